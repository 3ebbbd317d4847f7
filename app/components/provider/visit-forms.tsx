import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Details } from '../details/details.tsx'
import { Select } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'

interface Said {
  errors: Record<string, string[]>
  values: Readonly<Record<string, string | string[]>>
}

export interface VisitToAnswer {
  person: string
  state: string
  outcome: string | null
  begun: boolean
  missed: { answerBy: string } | null
  bookedMinutes: number
  actualMinutes: number | null
  mostMinutes: number
  /** What each side last said, while it is disputed. */
  offered: { own: string | null; theirs: { minutes: number; words: string } | null }
  noAnswerPence: number | null
  chargedByTheMinute: boolean
  /** Who else is free then. */
  others: readonly { id: string; name: string }[]
  worker: string | null
  may: {
    start: boolean
    deliver: boolean
    noAnswer: boolean
    agreeMissed: boolean
    cancel: boolean
    agree: boolean
  }
}

const one = (said: Said | null, name: string): string | undefined => {
  const value = said?.values[name]
  return Array.isArray(value) ? value[0] : value
}

/** All that may be said about a visit now: one filled button, the rest folded away below it. */
export function VisitForms({ page, said }: { page: VisitToAnswer; said: Said | null }) {
  const { may } = page
  const intent = one(said, 'intent')
  const of = (name: string): Said | null => (intent === name ? said : null)
  const door = of('door')
  const cannot = of('cannot')
  if (!Object.values(may).includes(true) && page.others.length === 0) return null
  return (
    <div className="stack">
      {may.deliver ? <Delivered page={page} said={of('deliver')} /> : null}
      {may.start && !page.begun ? (
        <form method="post">
          <Button wide size="big" name="intent" value="start">
            We are there: it starts
          </Button>
        </form>
      ) : null}
      {may.agree ? <PutRight page={page} said={of('agree')} /> : null}
      {may.agreeMissed ? (
        <Details summary="Nobody came" kind="box">
          <form method="post" className="stack">
            <p>Then nothing is owed, and the money set aside goes back to {page.person} at once.</p>
            <Button kind="danger" wide name="intent" value="missed">
              Agree that nobody came
            </Button>
          </form>
        </Details>
      ) : null}
      {may.start && page.begun ? (
        <form method="post">
          <Button kind="second" wide name="intent" value="start">
            It has only just started
          </Button>
        </form>
      ) : null}
      {may.noAnswer ? (
        <Details summary="No answer at the door" kind="box" open={door !== null}>
          <form method="post" className="stack" noValidate>
            <p>
              {page.noAnswerPence === null || page.noAnswerPence === 0
                ? 'Ring them first: somebody may need help.'
                : `Ring them first: somebody may need help. By your terms ${pounds(page.noAnswerPence)} is owed.`}{' '}
              {page.person} can say for 7 days that it was different.
            </p>
            <Textarea
              name="doorNote"
              label="What did you try? (you may leave this empty)"
              hint={`${page.person} reads it.`}
              rows={2}
              defaultValue={one(door, 'doorNote')}
              error={door?.errors['doorNote']}
            />
            <Button kind="second" wide name="intent" value="door">
              Say: no answer at the door
            </Button>
          </form>
        </Details>
      ) : null}
      {page.others.length > 0 ? (
        <Details
          summary={page.worker ? `Send somebody else, not ${page.worker}` : 'Say who goes'}
          kind="box"
          open={of('give') !== null}
        >
          <form method="post" className="stack" noValidate>
            <p>The time stays. {page.person} is told that somebody else comes.</p>
            <Select
              name="laneId"
              label="Who goes?"
              firstLine="Choose somebody who is free"
              options={page.others.map(({ id, name }) => ({ value: id, label: name }))}
              error={of('give')?.errors['laneId']}
            />
            <Button kind="second" wide name="intent" value="give">
              Give it to them
            </Button>
          </form>
        </Details>
      ) : null}
      {may.cancel ? (
        <Details summary="We cannot come" kind="box" open={cannot !== null}>
          <form method="post" className="stack" noValidate>
            <p>{page.person} is told at once and pays nothing. If it is soon, ring them as well.</p>
            <Textarea
              name="reason"
              label="Why can you not come?"
              hint={`${page.person} reads it.`}
              rows={2}
              defaultValue={one(cannot, 'reason')}
              error={cannot?.errors['reason']}
            />
            <Button kind="danger" wide name="intent" value="cannot">
              Cancel this visit
            </Button>
          </form>
        </Details>
      ) : null}
    </div>
  )
}

function Delivered({ page, said }: { page: VisitToAnswer; said: Said | null }) {
  return (
    <Card labelledBy="how">
      <h2 id="how">{page.missed ? 'Somebody did come' : 'How did it go?'}</h2>
      <form method="post" className="stack" noValidate>
        <TextField
          name="minutes"
          label="How many minutes were you there?"
          hint={`Booked: ${String(page.bookedMinutes)} minutes.${page.chargedByTheMinute ? ' You are paid for the time it took, up to what was booked.' : ' The price is the booked one, however long it took.'}`}
          width={4}
          inputMode="numeric"
          defaultValue={one(said, 'minutes') ?? String(page.bookedMinutes)}
          error={said?.errors['minutes']}
        />
        <Textarea
          name="note"
          label="A note (you may leave this empty)"
          hint={`${page.person} reads it.`}
          rows={2}
          defaultValue={one(said, 'note')}
          error={said?.errors['note']}
        />
        <Button wide size="big" name="intent" value="deliver">
          {page.missed ? 'Say that somebody came' : 'Say that it happened'}
        </Button>
      </form>
    </Card>
  )
}

/** Agreeing after "something was different": with what they say, or by another word that they answer. */
function PutRight({ page, said }: { page: VisitToAnswer; said: Said | null }) {
  const { own, theirs } = page.offered
  const door = page.outcome === 'no_answer'
  return (
    <Card labelledBy="right">
      <h2 id="right">{theirs ? `${page.person} says it was ${theirs.words}` : 'Agree on the time'}</h2>
      {theirs ? (
        <form method="post" className="stack">
          <input type="hidden" name="minutes" value={theirs.minutes} />
          <Button wide size="big" name="intent" value="agree">
            {theirs.minutes === 0 ? 'Agree: nothing is owed' : `Agree to ${theirs.words}`}
          </Button>
        </form>
      ) : own ? (
        <p>
          You said it was <strong>{own}</strong>. {page.person} has not answered yet.
        </p>
      ) : null}
      <form method="post" className="stack" noValidate>
        <TextField
          name="minutes"
          label={theirs || own ? 'Or say another number of minutes' : 'How many minutes do you agree to?'}
          hint={`From 0 to ${String(page.mostMinutes)}. 0 means that nothing is owed.${door ? ` If you were there after all, ${page.person} is asked to agree.` : ` ${page.person} is asked to agree only to more than you said.`}`}
          width={4}
          inputMode="numeric"
          defaultValue={one(said, 'minutes')}
          error={said?.errors['minutes']}
        />
        <Button wide {...(theirs ? { kind: 'second' } : { size: 'big' })} name="intent" value="agree">
          {door ? 'Say this time' : 'Agree to this time'}
        </Button>
      </form>
    </Card>
  )
}
