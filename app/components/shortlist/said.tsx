import { Button } from '../button/button.tsx'
import { Details } from '../details/details.tsx'
import { Textarea } from '../forms/text-field.tsx'

export interface Written {
  entryId: string
  keptOn: string
  keptBy: string | null
  note: string
  comments: readonly { id: string; who: string; when: string; body: string; mine: boolean }[]
}

/** What was refused, and what had been typed. */
export interface Wrong {
  errors: Readonly<Record<string, string[]>>
  note: string | undefined
  comment: string | undefined
}

export interface SaidProps {
  title: string
  written: Written
  whose: { personId: string; shortName: string; self: boolean }
  wrong: Wrong | null
}

/** Why somebody keeps it, in their own words, and what the people around them say. */
export function Said({ title, written, whose, wrong }: SaidProps) {
  const { entryId, keptOn, keptBy, note, comments } = written
  const why = whose.self ? 'Why I kept it' : `Why ${whose.shortName} kept it`
  return (
    <div className="stack">
      <p className="small soft">
        Kept on {keptOn}
        {keptBy ? `, by ${keptBy}` : ''}.
      </p>
      {note ? (
        <div className="panel stack-s">
          <h3>{why}</h3>
          <p className="pre">{note}</p>
        </div>
      ) : null}
      {comments.length > 0 ? (
        <>
          <h3>Comments</h3>
          <ul className="plain stack-s">
            {comments.map((one) => (
              <li key={one.id} className="panel sand stack-s">
                <p className="small">
                  <strong>{one.who}</strong>, {one.when}
                </p>
                <p className="pre">{one.body}</p>
                {one.mine ? (
                  <form method="post" action="/shortlist" className="no-print">
                    <input type="hidden" name="personId" value={whose.personId} />
                    <input type="hidden" name="commentId" value={one.id} />
                    <Button kind="quiet" size="small" name="intent" value="take_back">
                      Take it back<span className="vh">: what you said about {title}</span>
                    </Button>
                  </form>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="row-s no-print top">
        {whose.self ? (
          <Write
            {...{ entryId, title }}
            personId={whose.personId}
            intent="note"
            summary={note ? 'Change why I kept it' : 'Write why I kept it'}
            label="Why I kept it"
            hint="Such as “Near my sister” or “Ask about lifts”. Leave it empty to take it away."
            press="Save"
            typed={wrong?.note ?? note}
            error={wrong?.errors['note']}
            open={wrong?.errors['note'] !== undefined}
          />
        ) : null}
        <Write
          {...{ entryId, title }}
          personId={whose.personId}
          intent="comment"
          summary="Add a comment"
          label="Your comment"
          hint={
            whose.self
              ? 'Supporters who see this list see it.'
              : `${whose.shortName} sees it, with your name, and so does everybody who sees this list.`
          }
          press="Add it"
          typed={wrong?.comment ?? ''}
          error={wrong?.errors['comment']}
          open={wrong?.errors['comment'] !== undefined}
        />
      </div>
    </div>
  )
}

interface WriteProps {
  entryId: string
  personId: string
  title: string
  intent: 'note' | 'comment'
  summary: string
  label: string
  hint: string
  press: string
  typed: string
  error: string[] | undefined
  open: boolean
}

function Write({
  entryId,
  personId,
  title,
  intent,
  summary,
  label,
  hint,
  press,
  typed,
  error,
  open,
}: WriteProps) {
  return (
    <Details
      open={open}
      summary={
        <>
          {summary}
          <span className="vh">: {title}</span>
        </>
      }
    >
      <form method="post" action="/shortlist" className="stack-s" noValidate>
        <input type="hidden" name="personId" value={personId} />
        <input type="hidden" name="entryId" value={entryId} />
        <Textarea
          name={intent}
          id={`${intent}-${entryId}`}
          label={label}
          hint={hint}
          rows={3}
          defaultValue={typed}
          error={error}
        />
        <Button kind="second" size="small" name="intent" value={intent}>
          {press}
        </Button>
      </form>
    </Details>
  )
}
