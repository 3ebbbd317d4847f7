import { pounds } from '#services/kernel/money.ts'
import { Empty } from '../empty/empty.tsx'
import { Pages, Tabs } from '../navigation/navigation.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

export interface InvoiceListProps {
  /** Where the list stands: '/my/money/invoices'. One invoice is below it. */
  base: string
  /** More that the address holds: 'org=…'. */
  extra?: string
  shown: 'all' | 'open' | 'paid' | 'credit_notes'
  page: number
  pages: number
  total: number
  /** Which of the two names says more to whoever looks. */
  names: 'from' | 'to'
  /** Said when there is none at all. */
  none: string
  /** Of the heading that says so. */
  level?: 2 | 3
  invoices: readonly {
    id: string
    number: string
    kind: 'invoice' | 'credit_note'
    from: string
    to: string
    person: string
    issued: string
    issuedOn: string
    period: string
    gross: number
    stands: { tone: 'plain' | 'asked' | 'done' | 'stop'; words: string }
  }[]
}

const TABS = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Not paid' },
  { value: 'paid', label: 'Paid' },
  { value: 'credit_notes', label: 'Credit notes' },
] as const

/** Invoices by how they stand, newest first. */
export function InvoiceList(props: InvoiceListProps) {
  const { base, extra, shown, page, pages, invoices, names, level = 2 } = props
  const more = extra ? `&${extra}` : ''
  return (
    <div className="stack">
      <div className="no-print">
        <Tabs
          label="Which invoices"
          tabs={TABS.map(({ value, label }) => ({
            label,
            href: `${base}?show=${value}${more}`,
            current: value === shown,
          }))}
        />
      </div>
      {invoices.length === 0 ? (
        <Empty title={shown === 'all' ? 'There is no invoice yet' : 'There is none of these'} level={level}>
          <p>{props.none}</p>
        </Empty>
      ) : (
        <>
          <p>{`${String(props.total)}, newest first.`}</p>
          <DataTable
            caption="Invoices and credit notes"
            hideCaption
            columns={[
              { key: 'number', label: 'Number', nowrap: true },
              { key: 'issued', label: 'Sent', nowrap: true },
              { key: 'who', label: names === 'from' ? 'From' : 'To' },
              { key: 'person', label: 'Support for' },
              { key: 'gross', label: 'Amount', numeric: true },
              { key: 'stands', label: 'How it stands' },
            ]}
            rows={invoices.map((one) => ({
              key: one.id,
              cells: {
                number: (
                  <a href={`${base}/${one.id}${extra ? `?${extra}` : ''}`}>
                    <span className="vh">{one.kind === 'invoice' ? 'Invoice ' : 'Credit note '}</span>
                    {one.number}
                  </a>
                ),
                issued: <time dateTime={one.issuedOn}>{one.issued}</time>,
                who: names === 'from' ? one.from : one.to,
                person: one.person,
                gross: pounds(one.kind === 'invoice' ? one.gross : -one.gross),
                stands: <Tag tone={one.stands.tone}>{one.stands.words}</Tag>,
              },
            }))}
          />
          <Pages
            current={page}
            total={pages}
            base={`${base}?show=${shown}${more}&page=`}
            label="Pages of invoices"
          />
        </>
      )}
    </div>
  )
}
