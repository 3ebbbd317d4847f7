import type { MarketTable } from '#services/market/table.rules.ts'
import { PlainBars } from '../charts/plain-bars.tsx'

export interface TableBarsProps {
  id: string
  table: MarketTable
  /** Columns of the label and of the figure. */
  label: string
  value: string
  caption: string
  /** What a full bar means; the largest figure unless given. */
  most?: number
  /** Shorter words for labels that are long in the table. */
  short?: Readonly<Record<string, string>>
  /** Leave hidden figures to the table, and say how many there are. */
  onlyShown?: boolean
}

/** One column of a market table as bars. A hidden figure has an empty bar and its words. */
export function TableBars(props: TableBarsProps) {
  const { id, table, label, value, caption, most, short = {}, onlyShown = false } = props
  const heads = new Map(table.columns.map((column) => [column.key, column.label]))
  const rows = onlyShown ? table.rows.filter(({ cells }) => cells[value]?.hidden === false) : table.rows
  const left = table.rows.length - rows.length
  const bars = rows.map(({ key, cells, kind }) => ({
    key,
    label: short[key] ?? cells[label]?.text ?? '',
    value: cells[value]?.hidden === false ? Number(cells[value].csv) || 0 : 0,
    display: cells[value]?.text ?? '',
    ...(kind ? { kind } : {}),
  }))
  // Bars that are all empty would look like nothing was spent.
  if (!table.rows.some(({ cells }) => cells[value]?.hidden === false)) return null
  return (
    <>
      <PlainBars
        id={id}
        caption={caption}
        labelHead={heads.get(label) ?? ''}
        valueHead={heads.get(value) ?? ''}
        bars={bars}
        {...(most === undefined ? {} : { most })}
      />
      {left > 0 ? (
        <p className="small">
          {left === 1 ? '1 more has' : `${String(left)} more have`} no figure here: the table says why.
        </p>
      ) : null}
    </>
  )
}

/** Names that fit beside a bar on a phone; the table below has them in full. */
export const SHORT = {
  sole_workers: 'People who work alone',
  direct_payment_bank: 'Bank account',
  direct_payment_card: 'Card',
  direct_payment_managed_account: 'Managed account',
  individual_service_fund: 'Service fund',
  adviser_held: 'Held by adviser',
  council_managed: 'Managed by council',
} as const
