/** What a payroll service sends back: one line for each person and pay period. Pure. */
import { csvCells } from '#services/imports/csv-records.ts'
import { type Pence, pence, pounds, total } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

/** Parts of a result, in the order of the file; they come to its total. */
export const FIGURES = [
  'net',
  'tax',
  'employee_ni',
  'employer_ni',
  'employee_pension',
  'employer_pension',
  'fee',
] as const
export type Figure = (typeof FIGURES)[number]
export type Figures = Record<Figure, Pence> & { total: Pence }

export const RESULT_COLUMNS = ['reference', 'period', ...FIGURES, 'total'] as const
type Column = (typeof RESULT_COLUMNS)[number]

export const FIGURE_WORDS: Readonly<Record<Figure | 'total', string>> = {
  net: 'Net pay',
  tax: 'Tax',
  employee_ni: 'Their National Insurance',
  employer_ni: 'Your National Insurance',
  employee_pension: 'Their part of the pension',
  employer_pension: 'Your part of the pension',
  fee: 'Payroll service',
  total: 'All in',
}

export type ResultLine =
  | { line: number; reference: string; startsOn: string; figures: Figures; problem?: undefined }
  | { line: number; reference: string; problem: string }

export const MOST_LINES = 2_000
const MOST_PENCE = 10_000_000

const AMOUNT = 'write it in pounds and pence with a full stop, without a comma or a sign, such as 1157.20'

/** '1157.20', '1157.2' or '1157'; null for anything else: commas, signs, three decimals, or more than any wage. */
export function readAmount(text: string): Pence | null {
  const [, whole = '', part = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  if (whole === '') return null
  const amount = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return amount <= MOST_PENCE ? pence(amount) : null
}

/** '2026-11-02' or '02/11/2026', as spreadsheets write it; null when the calendar has no such day. */
export function readDate(text: string): string | null {
  const clean = text.trim()
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(clean) ?? []
  const iso = year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : clean
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}

/** Why these figures cannot be: the parts do not come to the total. Null when they do. */
export function figuresProblem(figures: Figures): string | null {
  const sum = total(FIGURES.map((figure) => figures[figure]))
  return sum === figures.total
    ? null
    : `The parts come to ${pounds(sum)}, and the total says ${pounds(figures.total)}`
}

const named = (cell: string): string =>
  cell
    .toLowerCase()
    .trim()
    .replace(/[^a-z]+/g, '_')

/** Where each column stands; or why the file cannot be read at all. */
function readHeader(cells: readonly string[] | null): Map<Column, number> | string {
  if (!cells) return 'The first line has a quotation mark that is never closed'
  const names = cells.map(named)
  const missing = RESULT_COLUMNS.filter((column) => !names.includes(column))
  if (missing.length > 0) return `The first line names the columns. Missing: ${missing.join(', ')}`
  const twice = RESULT_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice.length > 0) return `A column stands there twice: ${twice.join(', ')}`
  return new Map(RESULT_COLUMNS.map((column) => [column, names.indexOf(column)]))
}

function readLine(
  line: number,
  cells: readonly string[] | null,
  columns: ReadonlyMap<Column, number>,
  width: number,
): ResultLine {
  const cell = (column: Column): string => (cells?.[columns.get(column) ?? -1] ?? '').trim()
  const written = cell('reference')
  const reference = /^[\w ./-]{1,40}$/.test(written) ? written : ''
  const wrong = (problem: string): ResultLine => ({ line, reference, problem })
  if (!cells) return wrong('A quotation mark is never closed')
  if (cells.length !== width)
    return wrong(
      cells.length < width
        ? `It has ${String(cells.length)} columns where ${String(width)} are expected: the file may be cut off here`
        : `It has ${String(cells.length)} columns where ${String(width)} are expected: an amount may have a comma`,
    )
  if (reference === '') return wrong(written === '' ? 'It has no reference' : 'Its reference cannot be read')
  const startsOn = readDate(cell('period'))
  if (!startsOn)
    return wrong('Its pay period cannot be read: write the first day, such as 2026-11-02 or 02/11/2026')
  const figures: Partial<Figures> = {}
  for (const figure of [...FIGURES, 'total'] as const) {
    const amount = readAmount(cell(figure))
    if (amount === null) return wrong(`“${cell(figure).slice(0, 24)}” in “${figure}” is no amount: ${AMOUNT}`)
    figures[figure] = amount
  }
  const whole = figures as Figures
  const problem = figuresProblem(whole)
  return problem ? wrong(problem) : { line, reference, startsOn, figures: whole }
}

/**
 * Reads a file of results line by line: what is wrong with one costs that line alone.
 * @returns the lines, or one sentence when it is no such file
 */
export function readResults(text: string): ResultLine[] | string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const head = lines.findIndex((line) => line.trim() !== '')
  if (head < 0) return 'This file is empty. Choose the one that your payroll software made'
  const header = csvCells(lines[head] ?? '')
  const columns = readHeader(header)
  if (typeof columns === 'string') return columns
  const rest = lines
    .map((line, index) => ({ line, number: index + 1 }))
    .slice(head + 1)
    .filter(({ line }) => line.trim() !== '')
  if (rest.length === 0) return 'There is nothing below the first line of this file'
  if (rest.length > MOST_LINES) return `A file has at most ${String(MOST_LINES)} lines. Take it in in parts`
  const seen = new Map<string, number>()
  return rest.map(({ line, number }): ResultLine => {
    const read = readLine(number, csvCells(line), columns, header?.length ?? 0)
    if (read.problem !== undefined) return read
    const key = `${read.reference} ${read.startsOn}`
    const before = seen.get(key)
    if (before !== undefined)
      return {
        line: number,
        reference: read.reference,
        problem: `The same person and pay period stand in line ${String(before)}`,
      }
    seen.set(key, number)
    return read
  })
}
