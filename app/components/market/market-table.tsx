import type { MarketTable } from '#services/market/table.rules.ts'
import { Details } from '../details/details.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tile } from '../tile/picture.tsx'

/** A table of the market, folded away under its picture, with the same figures as a file. */
export function MarketTableBox({
  table,
  query,
  open = false,
}: {
  table: MarketTable
  query: string
  open?: boolean
}) {
  if (table.rows.length === 0 && !table.foot) return null
  const row = ({ key, cells, kind }: MarketTable['rows'][number]) => ({
    key,
    cells: Object.fromEntries(
      table.columns.map((column, i) => {
        const cell = cells[column.key]
        const text = cell?.hidden ? <span className="hidden-n">{cell.text}</span> : (cell?.text ?? '')
        return [
          column.key,
          i === 0 && kind ? (
            <span className="who">
              <Tile id={key} kind={kind} size="xs" />
              {text}
            </span>
          ) : (
            text
          ),
        ]
      }),
    ),
  })
  return (
    <Details kind="box" summary="The numbers as a table" open={open}>
      <div className="stack-s">
        <DataTable
          caption={table.caption}
          columns={table.columns}
          rows={table.rows.map(row)}
          {...(table.foot ? { foot: row(table.foot) } : {})}
        />
        <p className="small">
          <a href={`/council/market.csv?table=${table.id}&${query}`} download>
            Get this table as a file (CSV)<span className="vh">: {table.caption}</span>
          </a>
        </p>
      </div>
    </Details>
  )
}
