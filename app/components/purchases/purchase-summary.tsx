import { pounds } from '#services/kernel/money.ts'
import { SummaryList, type SummaryRow } from '../summary-list/summary-list.tsx'

export interface PurchaseFacts {
  what: string
  seller: string
  category: string
  fund: string
  pence: number
  units: number
  each: number
  outcome: string
  reason: string
  state: string
  proposedOn: string
  paid: { pence: number; on: string; refunded: number } | null
}

/** What is bought, from whom, for how much, from which fund and for what; more rows may follow. */
export function PurchaseSummary({
  facts,
  more = [],
}: {
  facts: PurchaseFacts
  more?: readonly SummaryRow[]
}) {
  const { paid } = facts
  return (
    <SummaryList
      rows={[
        { term: 'What', value: facts.what },
        { term: 'From', value: facts.seller },
        {
          term: facts.state === 'proposed' || facts.state === 'refused' ? 'Price' : 'Agreed price',
          value:
            facts.units === 1
              ? pounds(facts.pence)
              : `${pounds(facts.pence)} for ${String(facts.units)}, that is ${pounds(facts.each)} for each`,
        },
        { term: 'Kind', value: facts.category },
        { term: 'Fund', value: facts.fund },
        ...(facts.outcome ? [{ term: 'It is for', value: facts.outcome }] : []),
        ...(paid ? [{ term: 'Paid', value: `${pounds(paid.pence)} on ${paid.on}` }] : []),
        ...(paid && paid.refunded > 0 ? [{ term: 'Came back', value: pounds(paid.refunded) }] : []),
        ...(facts.reason ? [{ term: 'The council wrote', value: facts.reason }] : []),
        ...more,
      ]}
    />
  )
}

/** Papers that were sent, each to be opened as a file. */
export function Papers({
  papers,
  base,
}: {
  papers: readonly { id: string; name: string; on: string }[]
  /** '/my/money/evidence' */
  base: string
}) {
  if (papers.length === 0) return <p>None has been sent.</p>
  return (
    <ul>
      {papers.map((paper) => (
        <li key={paper.id}>
          <a href={`${base}/${paper.id}`} download>
            {paper.name}
          </a>
          , sent on {paper.on}
        </li>
      ))}
    </ul>
  )
}
