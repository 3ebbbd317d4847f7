import { pounds } from '#services/kernel/money.ts'
import { DataTable } from '../table/data-table.tsx'

export interface AgedDebtProps {
  debt: {
    rows: readonly { payerKind: string; label: string; bands: readonly number[]; total: number }[]
    bands: readonly number[]
    total: number
  }
  owesBack: number
}

const BANDS = ['0 to 14 days', '15 to 30 days', '31 to 60 days', '61 days or more'] as const

/** What is owed, by who pays and how long ago it was billed. Sums, and nobody's name. */
export function AgedDebt({ debt, owesBack }: AgedDebtProps) {
  const old = debt.bands.slice(2).reduce((sum, band) => sum + band, 0)
  const cells = (bands: readonly number[], total: number) => ({
    ...Object.fromEntries(bands.map((band, at) => [`band${String(at)}`, pounds(band)])),
    total: pounds(total),
  })
  return (
    <section className="stack" aria-labelledby="debt">
      <h2 id="debt">What is owed, and how old it is</h2>
      <p>
        {debt.total === 0
          ? 'Nothing that you billed is owed.'
          : `${pounds(debt.total)} of what you billed is owed. ${old === 0 ? 'None of it is older than 30 days.' : `${pounds(old)} is older than 30 days.`}`}
        {owesBack > 0 ? ` You owe ${pounds(owesBack)} back.` : ''}
      </p>
      {debt.total === 0 ? null : (
        <DataTable
          caption="Owed, by days since it was billed"
          columns={[
            { key: 'who', label: 'Who pays' },
            ...BANDS.map((label, at) => ({ key: `band${String(at)}`, label, numeric: true })),
            { key: 'total', label: 'In all', numeric: true },
          ]}
          rows={debt.rows.map((row) => ({
            key: row.payerKind,
            cells: { who: row.label, ...cells(row.bands, row.total) },
          }))}
          foot={{ key: 'all', cells: { who: 'In all', ...cells(debt.bands, debt.total) } }}
        />
      )}
    </section>
  )
}
