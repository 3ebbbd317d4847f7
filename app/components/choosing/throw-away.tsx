import { Button } from '../button/button.tsx'

/** Answers are gone for good with one press, from every page that shows them. */
export function ThrowAway({
  personId,
  action = '/choose',
}: {
  personId: string | null
  /** The first page, ordinary or in Easy Read. */
  action?: string
}) {
  return (
    <form method="post" action={action} className="no-print">
      {personId ? <input type="hidden" name="personId" value={personId} /> : null}
      <Button kind="quiet" size="small" name="intent" value="throw_away">
        Throw my answers away
      </Button>
    </form>
  )
}
