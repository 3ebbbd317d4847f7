/** Tables of a paper: they go on over pages with their head repeated, and no figure, date or word is broken that need not be. */
import { columnWidths, leastWidth } from './pdf-columns.rules.ts'
import type { Line } from './pdf-letters.server.ts'
import { GAP, LEADING, MARGIN, type Page, SMALL, TEXT } from './pdf-page.server.ts'

export interface PdfColumn {
  label: string
  /** Share of the page's width. */
  share: number
  align?: 'left' | 'right'
}
export interface PdfTable {
  columns: readonly PdfColumn[]
  /** The first cell names the row. */
  rows: readonly (readonly string[])[]
  /** Sums; they stay with the last row. */
  foot?: readonly (readonly string[])[]
}

const CELL = 4
/** Text beside figures would read as one with them. */
const AFTER_FIGURES = 12

type Struct = PDFKit.PDFStructureElement

/** Where the cells of a table lie, and how high its rows are. */
function layOut(page: Page, { columns, rows, foot = [] }: PdfTable) {
  const size = columns.length > 5 ? SMALL : TEXT - 1
  const heads = columns.map(({ label }) => label)
  const before = columns.map(({ align }, i) =>
    align !== 'right' && columns[i - 1]?.align === 'right' ? AFTER_FIGURES : CELL,
  )
  // Bold is drawn by an outline: a hair wider than it is measured.
  const widthOf = (text: string): number => page.letters.width(text, size) + 1
  const least = columns.map((_, i) =>
    [heads, ...rows, ...foot].reduce(
      (most, cells) => Math.max(most, leastWidth(cells[i] ?? '', widthOf) + (before[i] ?? CELL) + CELL),
      0,
    ),
  )
  const widths = columnWidths(
    columns.map(({ share }) => share),
    least,
    page.width,
  )
  const inner = (i: number): number => (widths[i] ?? 0) - (before[i] ?? CELL) - CELL
  const cellsOf = (cells: readonly string[]): Line[][] =>
    columns.map((_, i) => [...page.fits(page.letters.lines(cells[i] ?? '', size, inner(i)), size)])
  const heightOf = (cells: readonly string[]): number =>
    Math.max(1, ...cellsOf(cells).map((lines) => lines.length)) * size * LEADING + 2 * CELL
  return {
    size,
    heads,
    headed: heads.some((label) => label !== ''),
    widths,
    before,
    inner,
    cellsOf,
    heightOf,
  }
}

/** How high the least of a table is that may stand alone at the foot of a page: its head and its first row. */
export function startHeight(page: Page, table: PdfTable): number {
  const { headed, heads, heightOf } = layOut(page, table)
  return (headed ? heightOf(heads) : 0) + (table.rows[0] ? heightOf(table.rows[0]) : 0)
}

export function writeTable(page: Page, given: PdfTable): void {
  const { columns, rows, foot = [] } = given
  const { size, heads, headed, widths, before, inner, cellsOf, heightOf } = layOut(page, given)
  const table = page.doc.struct('Table')
  page.root.add(table)

  /** On a later page the head is repeated for the eye; a screen reader knows it from the first. */
  const row = (cells: readonly string[], how: 'head' | 'again' | 'row' | 'foot', keepWith = 0): void => {
    const lines = cellsOf(cells)
    const height = heightOf(cells)
    if ((how === 'row' || how === 'foot') && page.room(height + keepWith) && headed) row(heads, 'again')
    if (how === 'head') page.room(height + keepWith)
    const top = page.y
    const draw = (at: number) => () => {
      let x = MARGIN
      for (let i = 0; i < at; i += 1) x += widths[i] ?? 0
      ;(lines[at] ?? []).forEach((line, i) => {
        page.letters.draw(
          line,
          {
            x: x + (before[at] ?? CELL),
            y: top + CELL + i * size * LEADING,
            width: inner(at),
            align: columns[at]?.align ?? 'left',
          },
          size,
          how !== 'row' || (!headed && at === 0),
        )
      })
    }
    page.artifact('Layout', () => {
      page.doc
        .lineWidth(how === 'row' ? 0.4 : 1)
        .moveTo(MARGIN, top + (how === 'foot' ? 0 : height))
        .lineTo(MARGIN + page.width, top + (how === 'foot' ? 0 : height))
        .stroke()
    })
    if (how === 'again')
      page.artifact('Layout', () => {
        columns.forEach((_, at) => {
          draw(at)()
        })
      })
    else {
      const tr = page.doc.struct('TR')
      table.add(tr)
      columns.forEach((_, at) => {
        tr.add(cell(page, how, at, draw(at)))
      })
    }
    page.down(height)
  }

  const next = rows[0] ? heightOf(rows[0]) : 0
  if (headed) row(heads, 'head', next)
  const footHeight = foot.reduce((sum, cells) => sum + heightOf(cells), 0)
  rows.forEach((cells, i) => {
    row(cells, 'row', i === rows.length - 1 ? footHeight : 0)
  })
  for (const cells of foot) row(cells, 'foot')
  page.down(GAP + (headed ? 2 : 0))
}

function cell(page: Page, how: string, at: number, draw: () => void): Struct {
  const scope = how === 'head' ? 'Column' : at === 0 ? 'Row' : null
  return page.doc.struct(
    scope ? 'TH' : 'TD',
    (scope ? { scope } : {}) as PDFKit.Mixins.StructureElementOptions,
    draw,
  )
}
