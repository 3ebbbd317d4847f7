import { pounds } from '#services/kernel/money.ts'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

interface ListedVisit {
  id: string
  title: string
  when: string
  provider: string
  person: { name: string }
  refunds: readonly {
    id: string
    state: 'asked' | 'decided' | 'refused' | 'returned'
    pence: number
    asked: string
    words: { tone: 'plain' | 'asked' | 'done' | 'stop'; tag: string }
  }[]
}

export interface RefundListProps {
  caption: string
  visits: readonly ListedVisit[]
  /** Shows those that wait, or those that were answered. */
  waiting: boolean
  href: (visitId: string) => string
  /** The provider, for a council; a provider knows who it is. */
  withProvider: boolean
}

/** Refunds as rows: for which visit, how much, how it stands. */
export function RefundList({ caption, visits, waiting, href, withProvider }: RefundListProps) {
  const rows = visits.flatMap((visit) =>
    visit.refunds.filter(({ state }) => (state === 'asked') === waiting).map((refund) => ({ visit, refund })),
  )
  if (rows.length === 0) return null
  return (
    <DataTable
      caption={caption}
      hideCaption
      columns={[
        { key: 'visit', label: 'Visit' },
        { key: 'person', label: 'Support for' },
        ...(withProvider ? [{ key: 'provider', label: 'Provider' }] : []),
        { key: 'asked', label: 'Asked on' },
        { key: 'pence', label: 'Amount', numeric: true },
        { key: 'stands', label: 'How it stands' },
      ]}
      rows={rows.map(({ visit, refund }) => ({
        key: refund.id,
        cells: {
          visit: (
            <a href={href(visit.id)}>
              {visit.title}, {visit.when}
            </a>
          ),
          person: visit.person.name,
          provider: visit.provider,
          asked: refund.asked,
          pence: pounds(refund.pence),
          stands: <Tag tone={refund.words.tone}>{refund.words.tag}</Tag>,
        },
      }))}
    />
  )
}
