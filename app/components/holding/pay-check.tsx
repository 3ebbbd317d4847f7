import { pounds } from '#services/kernel/money.ts'
import { DataTable } from '../table/data-table.tsx'

export interface PayGroup {
  provider: string
  own: boolean
  pence: number
  /** What they give back, taken off. */
  back: number
  lines: readonly { payableId: string; what: string; pence: number; own: boolean }[]
}

/** What is about to be paid, to whom, and what it comes to: to check before pressing. */
export function PayCheck({ groups, pence }: { groups: readonly PayGroup[]; pence: number }) {
  return (
    <>
      {groups.map((group) => (
        <DataTable
          key={group.provider}
          caption={group.own ? `${group.provider}, its own service` : group.provider}
          columns={[
            { key: 'what', label: 'What for' },
            { key: 'pence', label: 'Amount', numeric: true },
          ]}
          rows={[
            ...group.lines.map((line) => ({
              key: line.payableId,
              cells: { what: line.what, pence: pounds(line.pence) },
            })),
            ...(group.back > 0
              ? [{ key: 'back', cells: { what: 'They give back, from before', pence: pounds(-group.back) } }]
              : []),
          ]}
          foot={{ key: 'sum', cells: { what: 'To pay', pence: pounds(group.pence) } }}
          cards={false}
        />
      ))}
      {groups.length > 1 ? (
        <p className="lead">
          In all: <strong className="num">{pounds(pence)}</strong>
        </p>
      ) : null}
    </>
  )
}
