import { pounds } from '#services/kernel/money.ts'
import { FundBar, FundFigures, type FundParts } from './fund-bar.tsx'

export interface AllFundsProps {
  agreed: number
  parts: FundParts
  funds: readonly { id: string; name: string; left: number; next: string | null; until: string }[]
}

/** Several funds in one picture, and the same in words beside it. */
export function AllFunds({ agreed, parts, funds }: AllFundsProps) {
  return (
    <section className="section stack" aria-labelledby="together">
      <h2 id="together">All funds together</h2>
      <p>
        <span className="num">{pounds(parts.left)}</span> left of {pounds(agreed)} that is agreed.
      </p>
      <FundBar id="together-bar" name="All funds together" parts={parts} />
      <FundFigures id="together-bar" parts={parts} />
      <ul className="stack-s">
        {funds.map((fund) => (
          <li key={fund.id}>
            <a href={`#${fund.id}-h`}>{fund.name}</a>: <span className="num">{pounds(fund.left)}</span> left
            until {fund.until}
            {fund.next ? `. Next payment: ${fund.next}` : ''}.
          </li>
        ))}
      </ul>
    </section>
  )
}
