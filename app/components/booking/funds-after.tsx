import { pounds } from '#services/kernel/money.ts'
import { Card } from '~/components/card/card.tsx'
import { FundBar } from '~/components/money/fund-bar.tsx'

/** Beside the decision: what each fund that pays would have left. */
export function FundsAfter({
  page,
}: {
  page: {
    funds: readonly {
      id: string
      name: string
      pays: number
      leftAfter: number
      agreed: number
      spent: number
      heldAfter: number
      /** As it stands now. Pence. */
      available: number
      heldNow: number
      /** Whether it still lasts to its end. */
      after: { lasts: boolean | null; lastsNow: boolean | null; words: string } | null
    }[]
  }
}) {
  const paying = page.funds.filter((fund) => fund.pays > 0)
  if (paying.length === 0) return null
  return (
    <Card labelledBy="after">
      <h2 id="after">If you ask for this</h2>
      {paying.map((fund) => (
        <div key={fund.id} className="stack-s">
          <p>
            <strong>{fund.name}</strong>
            <br />
            <span className="num">{pounds(fund.leftAfter)}</span> left of {pounds(fund.agreed)}
          </p>
          <dl className="now-after">
            <div>
              <dt>Left</dt>
              <dd>
                <span className="num">{pounds(fund.available)}</span> now,{' '}
                <span className="num">{pounds(fund.leftAfter)}</span> after
              </dd>
            </div>
            <div>
              <dt>Set aside</dt>
              <dd>
                <span className="num">{pounds(fund.heldNow)}</span> now,{' '}
                <span className="num">{pounds(fund.heldAfter)}</span> after
              </dd>
            </div>
          </dl>
          <FundBar
            id={`after-${fund.id}`}
            name={fund.name}
            parts={{
              spent: fund.spent,
              setAside: fund.heldAfter,
              left: fund.leftAfter,
              toCome: Math.max(0, fund.agreed - fund.spent - fund.heldAfter - fund.leftAfter),
            }}
          />
          {fund.after?.words ? (
            <p className="small">
              {fund.after.lasts === false ? (
                <strong>
                  {fund.after.lastsNow === false
                    ? 'It does not last as it is.'
                    : 'It would no longer last.'}{' '}
                </strong>
              ) : null}
              {fund.after.words}
            </p>
          ) : null}
        </div>
      ))}
      <p className="small soft">Solid: spent. Striped: set aside. Dotted: left.</p>
    </Card>
  )
}
