import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Tag } from '../tag/tag.tsx'

export interface ToPayLine {
  payableId: string
  instructionId: string | null
  provider: string
  own: boolean
  what: string
  pence: number
  why: string
  note: string
  again: boolean
}

/** What a holder may pay now, by whose word, to tick; the next page asks whether it was paid. */
export function ToPay({
  lines,
  comesBack,
  path,
  managed,
  shortName,
}: {
  lines: readonly ToPayLine[]
  comesBack: number
  path: string
  managed: boolean
  shortName: string
}) {
  const sum = lines.reduce((all, { pence }) => all + pence, 0)
  return (
    <section className="stack" aria-labelledby="to-pay">
      <h2 id="to-pay">To pay</h2>
      {lines.length === 0 ? (
        <p>
          {managed
            ? `Nothing. When ${shortName} tells you to pay something, it stands here.`
            : 'Nothing that you may pay now.'}
        </p>
      ) : (
        <form method="get" action={`${path}/pay`} className="stack">
          <p>
            {lines.length === 1 ? 'One thing' : `${String(lines.length)} things`} for {pounds(sum)}.{' '}
            {comesBack > 0 ? `${pounds(comesBack)} comes back from providers and is taken off. ` : ''}
            Pay from the account, then tick what you have paid.
          </p>
          <fieldset className="stack-s">
            <legend>What have you paid?</legend>
            {lines.map((line) => (
              <div key={line.payableId} className="card stack-s">
                <div className="check">
                  <input
                    type="checkbox"
                    id={`pay-${line.payableId}`}
                    name="pay"
                    value={line.payableId}
                    defaultChecked
                    aria-describedby={`why-${line.payableId}`}
                  />
                  <div className="check-text">
                    <label htmlFor={`pay-${line.payableId}`}>
                      <span>
                        <strong className="num">{pounds(line.pence)}</strong> to {line.provider}
                        {line.own ? ', your own service' : ''}: {line.what}
                      </span>
                    </label>
                    <span className="hint" id={`why-${line.payableId}`}>
                      {line.why}
                      {line.note ? ` “${line.note}”` : ''}
                    </span>
                  </div>
                </div>
                {line.again ? <Tag tone="stop">It was paid and came back: pay it again</Tag> : null}
                {line.instructionId ? (
                  <p className="go">
                    <a href={`${path}/refuse/${line.instructionId}`}>
                      Say why you do not pay it<span className="vh">: {line.what}</span>
                    </a>
                  </p>
                ) : null}
              </div>
            ))}
          </fieldset>
          <p>
            <Button size="big">Go on: check</Button>
          </p>
        </form>
      )}
    </section>
  )
}
