import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

export interface Column {
  key: string
  label: string
  /** Figures: to the right, lined up. */
  numeric?: boolean
  /** Keep on one line. */
  nowrap?: boolean
}
export interface Row {
  key: string
  cells: Readonly<Record<string, ReactNode>>
}
export interface DataTableProps {
  caption: string
  /** Name of the scroll box where it should differ from the caption. */
  label?: string
  columns: readonly Column[]
  /** Key of the column that names the row; the first unless given. */
  rowHeader?: string
  rows: readonly Row[]
  foot?: Row
  /** Rows become cards on a phone. Right for most; off for plain figures that fit. */
  cards?: boolean
  hideCaption?: boolean
}

/** A count that is not shown because it could point at a person. */
export function HiddenNumber() {
  return <span className="hidden-n">hidden</span>
}

/**
 * A table in a scroll box that can be reached by keyboard. Put a sentence that says the same before it.
 * CSS turns rows into cards on phones, which makes browsers forget the table, so the roles are written out.
 */
export function DataTable(props: DataTableProps) {
  const { caption, columns, rows, foot, cards = true } = props
  const header = props.rowHeader ?? columns[0]?.key ?? ''
  const role = (name: string) => (cards ? { role: name } : {})
  const line = (row: Row) => (
    <tr key={row.key} {...role('row')}>
      {columns.map((column) =>
        column.key === header ? (
          <th key={column.key} scope="row" {...role('rowheader')}>
            {row.cells[column.key]}
          </th>
        ) : (
          <td
            key={column.key}
            data-label={column.label}
            {...role('cell')}
            {...className(cx(column.numeric && 'n', column.nowrap && 'nowrap'))}
          >
            {row.cells[column.key]}
          </td>
        ),
      )}
    </tr>
  )
  return (
    // Scrollable with the arrow keys, so it must be reachable by keyboard: WCAG 2.1.1.
    <div className="scroll" role="region" aria-label={props.label ?? caption} tabIndex={0}>
      <table {...className(cards ? 'cards' : columns.length < 4 ? 'fits' : '')} {...role('table')}>
        <caption {...className(props.hideCaption ? 'vh' : '')}>{caption}</caption>
        <thead {...role('rowgroup')}>
          <tr {...role('row')}>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                {...role('columnheader')}
                {...className(column.numeric ? 'n' : '')}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role('rowgroup')}>{rows.map(line)}</tbody>
        {foot ? <tfoot {...role('rowgroup')}>{line(foot)}</tfoot> : null}
      </table>
    </div>
  )
}

const className = (name: string) => (name ? { className: name } : {})
