import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Details } from '../details/details.tsx'
import { Empty } from '../empty/empty.tsx'
import type { FieldError } from '../forms/field.tsx'
import { Select } from '../forms/select.tsx'
import { Pages, Tabs } from '../navigation/navigation.tsx'

type State = 'suggested' | 'unmatched' | 'matched' | 'left_out'

export interface BankLinesProps {
  state: State
  counts: Readonly<Record<State, number>>
  lines: readonly {
    id: string
    day: string
    description: string
    pence: number
    state: State
    subject: string | null
    why: string
    choices: readonly { value: string; label: string }[]
  }[]
  page: number
  pages: number
  /** '/my/money/bank' */
  path: string
  /** Hidden fields of each press, such as whose account it is. */
  hidden: Readonly<Record<string, string>>
  /** Sentences about the line that was pressed last. */
  refused: { lineId: string; error: FieldError } | null
}

const TABS: readonly (readonly [State, string])[] = [
  ['suggested', 'For you to say'],
  ['unmatched', 'Not recognised'],
  ['matched', 'Done'],
  ['left_out', 'Left out'],
]
const NONE: Record<State, string> = {
  suggested: 'Nothing waits for your answer',
  unmatched: 'Every line was recognised',
  matched: 'No line was matched yet',
  left_out: 'Nothing was left out',
}

/** Lines of an account by what became of them, each with what can be said of it. */
export function BankLines(props: BankLinesProps) {
  const { state, counts, lines, path } = props
  return (
    <section className="stack" aria-labelledby="lines">
      <h2 id="lines">Lines of your files</h2>
      <Tabs
        label="Lines by what became of them"
        tabs={TABS.map(([value, label]) => ({
          label: `${label} (${String(counts[value])})`,
          href: `${path}?state=${value}`,
          current: value === state,
        }))}
      />
      {lines.length === 0 ? (
        <Empty title={NONE[state]} />
      ) : (
        <ul className="plain stack">
          {lines.map((line) => (
            <li key={line.id} id={`line-${line.id}`}>
              <OneLine line={line} {...props} />
            </li>
          ))}
        </ul>
      )}
      <Pages
        current={props.page}
        total={props.pages}
        base={`${path}?state=${state}&page=`}
        label="Pages of lines"
      />
    </section>
  )
}

function OneLine({ line, hidden, refused }: BankLinesProps & { line: BankLinesProps['lines'][number] }) {
  const { id, state, pence } = line
  const name = `${line.description}, ${line.day}`
  const amount = `${pounds(Math.abs(pence))} ${pence < 0 ? 'out' : 'in'}`
  const fields = (press: string) => (
    <>
      <input type="hidden" name="intent" value="line" />
      <input type="hidden" name="press" value={press} />
      <input type="hidden" name="lineId" value={id} />
      {Object.entries(hidden).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
    </>
  )
  return (
    <Card>
      <div className="stack-s">
        <h3>{line.description}</h3>
        <p>
          {line.day}. <strong className="num">{amount}</strong>
        </p>
        {state === 'suggested' && line.subject ? <p>Is it this? {line.subject}.</p> : null}
        {state === 'matched' && line.subject ? <p>{line.subject}.</p> : null}
        {line.why ? <p className="small soft">{line.why}</p> : null}
        {state === 'matched' ? null : (
          <div className="row-s">
            {state === 'suggested' ? (
              <form method="post">
                {fields('accept')}
                <Button size="small">
                  Yes, that is it<span className="vh">: {name}</span>
                </Button>
              </form>
            ) : null}
            {state === 'left_out' ? null : (
              <form method="post">
                {fields('leave_out')}
                <Button kind="second" size="small">
                  Leave it out<span className="vh">: {name}</span>
                </Button>
              </form>
            )}
          </div>
        )}
        {state !== 'matched' && line.choices.length > 0 ? (
          <Details
            summary={
              <>
                It was something else<span className="vh">: {name}</span>
              </>
            }
            open={refused?.lineId === id}
          >
            <form method="post" className="stack-s">
              {fields('choose')}
              <Select
                name="subject"
                id={`subject-${id}`}
                label="What was it?"
                options={line.choices}
                firstLine="Choose one"
                error={refused?.lineId === id ? refused.error : null}
              />
              <Button kind="second" size="small">
                That is what it was<span className="vh">: {name}</span>
              </Button>
            </form>
          </Details>
        ) : null}
      </div>
    </Card>
  )
}
