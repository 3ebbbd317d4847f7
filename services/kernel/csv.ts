/** Tables as files: written so that a spreadsheet runs nothing in them, read so that every line that is left out has a name. */
import { DomainError } from './errors.ts'

/** A cell: words, or a figure that may begin with a minus sign because it is nothing else. */
export type CsvCell = string | { figure: string }

/**
 * A spreadsheet runs a cell that begins with one of these as a formula, also behind spaces and in full width. What begins with
 * the mark against that is marked once more, so that taking one mark away always gives back what was written.
 */
const RUNS = /^'*(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/
const FIGURE = /^-?\d{1,12}(\.\d{1,4})?$/

/** Pounds without the sign, so that a sheet can add them up. */
export const csvMoney = (pence: number): CsvCell => ({ figure: (pence / 100).toFixed(2) })
export const csvNumber = (value: number): CsvCell => ({ figure: String(value) })

function cellText(cell: CsvCell): string {
  if (typeof cell !== 'string') {
    if (!FIGURE.test(cell.figure)) throw new RangeError('A figure holds digits and nothing else')
    return cell.figure
  }
  const guarded = RUNS.test(cell) ? `'${cell}` : cell
  return /[",;\r\n\t']|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** The file: a line of column names, then the rows; lines end as RFC 4180 says, and a mark tells Excel that it is UTF-8. */
export function csvFile(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`
}

/** The cells of one line; null when a quote is not closed, or something follows one. */
export function csvLine(text: string, delimiter = ','): string[] | null {
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      let cell = ''
      at += 1
      for (;;) {
        const end = text.indexOf('"', at)
        if (end === -1) return null
        cell += text.slice(at, end)
        at = end + 1
        if (text[at] !== '"') break
        cell += '"'
        at += 1
      }
      cells.push(cell)
      if (at < text.length && text[at] !== delimiter) return null
    } else {
      const end = text.indexOf(delimiter, at)
      cells.push(text.slice(at, end === -1 ? text.length : end))
      at = end === -1 ? text.length : end
    }
    if (at >= text.length) return cells
    at += 1
  }
}

export interface CsvProblem {
  /** As an editor counts them: the column names are line 1. */
  line: number
  says: string
}
export interface CsvTable<Key extends string> {
  rows: { line: number; cells: Record<Key, string> }[]
  problems: CsvProblem[]
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '')
const MOST_BYTES = 900_000

/**
 * Reads a table by the names of its columns.
 * @param columns for each key the names it may have; spaces, case and marks do not matter
 * @param optional keys whose column may be missing; their cells are empty
 * @returns the rows, and lines that cannot be read, each with why
 * @throws INVALID when it is no table, too large, or lacks a column: then nothing of it is used
 */
export function readCsv<Key extends string>(
  text: string,
  columns: Readonly<Record<Key, readonly string[]>>,
  { optional = [], mostRows = 10_000 }: { optional?: readonly NoInfer<Key>[]; mostRows?: number } = {},
): CsvTable<Key> {
  const refuse = (says: string): DomainError => new DomainError('INVALID', says, { fields: { file: [says] } })
  if (text.length > MOST_BYTES) throw refuse('The file is too large. Send it in parts.')
  if (/\0|\uFFFD/.test(text))
    throw refuse('This is not a CSV file in plain text. Save the table as CSV (UTF-8).')
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const headAt = lines.findIndex((line) => line.trim() !== '')
  const head = lines[headAt] ?? ''
  if (head === '') throw refuse('The file is empty.')
  const delimiter = [',', ';', '\t'].find((one) => head.includes(one)) ?? ','
  const names = (csvLine(head, delimiter) ?? []).map(plain)
  const keys = Object.keys(columns) as Key[]
  const place = new Map(
    keys.map((key) => [key, names.findIndex((name) => columns[key].map(plain).includes(name))]),
  )
  const missing = keys.filter((key) => place.get(key) === -1 && !optional.includes(key))
  if (missing.length > 0)
    throw refuse(
      `The first line has to name the columns. Missing: ${missing.map((key) => `“${columns[key][0] ?? key}”`).join(', ')}.`,
    )
  const table: CsvTable<Key> = { rows: [], problems: [] }
  for (const [index, line] of lines.entries()) {
    if (index <= headAt || line.trim() === '') continue
    if (table.rows.length + table.problems.length >= mostRows)
      throw refuse(`The file has more than ${String(mostRows)} lines. Send it in parts.`)
    const cells = csvLine(line, delimiter)
    if (!cells) table.problems.push({ line: index + 1, says: 'A quotation mark is not closed.' })
    else if (cells.length < names.length)
      table.problems.push({
        line: index + 1,
        says: `It has ${String(cells.length)} of ${String(names.length)} columns; it may be cut off.`,
      })
    else if (cells.length > names.length)
      table.problems.push({ line: index + 1, says: 'It has more columns than the first line.' })
    else
      table.rows.push({
        line: index + 1,
        cells: Object.fromEntries(
          keys.map((key) => [key, (cells[place.get(key) ?? -1] ?? '').trim()]),
        ) as Record<Key, string>,
      })
  }
  if (table.rows.length + table.problems.length === 0)
    throw refuse('The file has no lines below the column names.')
  return table
}
