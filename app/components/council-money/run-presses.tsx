import { Button, LinkButton } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Details } from '../details/details.tsx'
import { Textarea } from '../forms/text-field.tsx'

interface Run {
  id: string
  state: string
  isMaker: boolean
  fileTaken: string | null
  open: { payments: number }
}

const Press = ({ intent, children }: { intent: string; children: string }) => (
  <form method="post">
    <input type="hidden" name="intent" value={intent} />
    <Button>{children}</Button>
  </form>
)

/** What comes next for a run, and for whom: one thing at a time. */
export function RunPresses({
  page,
  note,
  noteError,
}: {
  page: Run
  note: string | undefined
  noteError: readonly string[] | undefined
}) {
  return (
    <Card labelledBy="next">
      <h2 id="next">What comes next</h2>
      <Next page={page} />
      {page.state === 'draft' || page.state === 'submitted' || page.state === 'approved' ? (
        <Details
          summary={page.isMaker ? 'Give this run up' : 'Send it back'}
          open={note !== undefined || noteError !== undefined}
        >
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="intent" value="abandon" />
            <p>All of it becomes due again, and can go into another run.</p>
            <Textarea
              name="note"
              label="Why?"
              {...(page.isMaker ? {} : { hint: 'Whoever made it reads this.' })}
              rows={3}
              defaultValue={note}
              error={noteError}
            />
            <Button kind="second">{page.isMaker ? 'Give it up' : 'Send it back'}</Button>
          </form>
        </Details>
      ) : null}
    </Card>
  )
}

function Next({ page }: { page: Run }) {
  switch (page.state) {
    case 'draft':
      return (
        <>
          <p>Look through the payments below. If they are right, somebody else in finance approves them.</p>
          <Press intent="submit">Send it for approval</Press>
        </>
      )
    case 'submitted':
      return page.isMaker ? (
        <p>You made this run, so somebody else has to approve it. They are told.</p>
      ) : (
        <>
          <p>Look through the payments below before you approve them.</p>
          <Press intent="approve">Approve this run</Press>
        </>
      )
    case 'approved':
      return (
        <>
          <p>Take the file to your finance system or your bank. When it has gone there, say so.</p>
          <p className="row">
            <LinkButton
              href={`/council/money/runs/${page.id}/file.csv`}
              kind={page.fileTaken ? 'second' : 'main'}
              download
            >
              Take the file (CSV)
            </LinkButton>
          </p>
          <Press intent="sent">It was sent</Press>
        </>
      )
    case 'sent':
    case 'finished':
      return (
        <>
          {page.state === 'finished' ? (
            <p>Every payment has come to its end. What did not arrive is due again.</p>
          ) : (
            <p>Record what became of each payment: by hand in the table below, or with a file.</p>
          )}
          <p className="row">
            {page.open.payments > 0 ? (
              <LinkButton href={`/council/money/runs/${page.id}/results`}>Record results</LinkButton>
            ) : null}
            <LinkButton href={`/council/money/runs/${page.id}/file.csv`} kind="second" download>
              Take the file again (CSV)
            </LinkButton>
          </p>
        </>
      )
    default:
      return <p>Nothing. This run was given up, and all that was in it is due again.</p>
  }
}
