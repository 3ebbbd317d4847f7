import { pounds } from '#services/kernel/money.ts'
import { DataTable } from '../table/data-table.tsx'

export interface FundRow {
  id: string
  name: string
  /** All in pence. */
  agreed: number
  received: number
  setAside: number
  spent: number
  left: number
  /** '£480.00 on 2 December', or null when nothing more comes. */
  next: string | null
}

/** Every fund in one table, for print and for those who would rather read than look. */
export function FundTable({
  rows,
  caption = 'Your funds in figures',
}: {
  rows: readonly FundRow[]
  caption?: string
}) {
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'name', label: 'Fund' },
        { key: 'agreed', label: 'Agreed', numeric: true },
        { key: 'received', label: 'Arrived', numeric: true },
        { key: 'spent', label: 'Spent', numeric: true },
        { key: 'setAside', label: 'Set aside', numeric: true },
        { key: 'left', label: 'Left', numeric: true },
        { key: 'next', label: 'Next payment' },
      ]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: {
          name: row.name,
          agreed: pounds(row.agreed),
          received: pounds(row.received),
          spent: pounds(row.spent),
          setAside: pounds(row.setAside),
          left: pounds(row.left),
          next: row.next ?? 'None',
        },
      }))}
    />
  )
}

export interface QuoteTableProps {
  /** In pence; a line may have a remark. */
  lines: readonly { label: string; pence: number; note?: string | null }[]
  total: number
  totalLabel?: string
  caption: string
  showCaption?: boolean
}

/** Every line of a price, and the whole. */
export function QuoteTable({
  lines,
  total,
  totalLabel = 'Total',
  caption,
  showCaption = false,
}: QuoteTableProps) {
  return (
    <table className="quote">
      <caption {...(showCaption ? {} : { className: 'vh' })}>{caption}</caption>
      <thead className="vh">
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.label}>
            <th scope="row">
              {line.label}
              {line.note ? <span className="small soft block">{line.note}</span> : null}
            </th>
            <td className="n">{pounds(line.pence)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{totalLabel}</th>
          <td className="n">{pounds(total)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

export interface FundSplitRow {
  id: string
  name: string
  /** 'It covers the exercises in each visit. It ends first, on 3 April.' */
  why: string
  /** In pence. */
  pays: number
  leftAfter: number
}

/** Which fund pays what, and why. */
export function FundSplitTable({ rows, total }: { rows: readonly FundSplitRow[]; total: number }) {
  return (
    <DataTable
      caption="Which fund pays what, and why"
      columns={[
        { key: 'name', label: 'Fund' },
        { key: 'why', label: 'Why' },
        { key: 'pays', label: 'Pays', numeric: true },
        { key: 'left', label: 'Left after', numeric: true },
      ]}
      rows={rows.map((row) => ({
        key: row.id,
        cells: { name: row.name, why: row.why, pays: pounds(row.pays), left: pounds(row.leftAfter) },
      }))}
      foot={{ key: 'total', cells: { name: 'In all', pays: pounds(total) } }}
    />
  )
}
