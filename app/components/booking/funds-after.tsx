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
        </div>
      ))}
      <p className="small soft">Solid: spent. Striped: set aside. Dotted: left.</p>
    </Card>
  )
}
