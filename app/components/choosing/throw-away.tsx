import { Button } from '../button/button.tsx'

/** Answers are gone for good with one press, from every page that shows them. */
export function ThrowAway({ personId }: { personId: string | null }) {
  return (
    <form method="post" action="/choose" className="no-print">
      {personId ? <input type="hidden" name="personId" value={personId} /> : null}
      <Button kind="quiet" size="small" name="intent" value="throw_away">
        Throw my answers away
      </Button>
    </form>
  )
}
