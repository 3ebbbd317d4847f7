import { parse } from 'csv-parse/sync'
import type { SkipReason } from './skipped.ts'
import type { SourceLine } from './source-lines.ts'

/** Cells of one record, numbered by the line it starts on. */
export type CsvRecord =
  | { number: number; cells: string[]; problem?: undefined }
  | { number: number; cells?: undefined; problem: SkipReason }

/** A quoted cell may run over this many lines; beyond that its closing quote is taken to be missing. */
const LINES_IN_A_RECORD = 20
const OPTIONS = { relax_column_count: true, record_delimiter: '\n' } as const

/**
 * Groups lines into CSV records and has csv-parse read them, many at a time. A record with a quote that is never
 * closed costs that one line: reading goes on at the next, where a plain parser would swallow the rest of the file.
 * @param multiline whether a quoted cell may hold line breaks in this kind of file.
 */
export async function* csvRecords(
  blocks: AsyncIterable<SourceLine[]>,
  { multiline }: { multiline: boolean },
): AsyncGenerator<CsvRecord[]> {
  let waiting: SourceLine[] = []
  for await (const block of blocks) {
    const grouped = group([...waiting, ...block], multiline, false)
    waiting = grouped.waiting
    yield readRecords(grouped.units)
  }
  if (waiting.length > 0) yield readRecords(group(waiting, multiline, true).units)
}

/** One line of CSV by itself; null when its quotes do not match. */
export function csvCells(text: string): string[] | null {
  try {
    const records: string[][] = parse(text, OPTIONS)
    return records.length === 1 ? (records[0] ?? null) : null
  } catch {
    return null
  }
}

function group(lines: SourceLine[], multiline: boolean, last: boolean) {
  const units: SourceLine[] = []
  let index = 0
  while (index < lines.length) {
    const line = lines[index]
    if (!line) break
    if (line.problem || !hasOpenQuote(line.text)) {
      units.push(line)
      index += 1
      continue
    }
    const end = multiline ? closingLine(lines, index) : -1
    const mayComeYet = multiline && !last && lines.length - index < LINES_IN_A_RECORD
    if (end < 0 && mayComeYet) break
    if (end < 0) {
      units.push({ number: line.number, text: '', problem: 'bad_quotes' })
      index += 1
      continue
    }
    const text = lines.slice(index, end + 1).map((part) => part.text)
    units.push({ number: line.number, text: text.join('\n') })
    index = end + 1
  }
  return { units, waiting: lines.slice(index) }
}

function closingLine(lines: SourceLine[], from: number): number {
  const limit = Math.min(lines.length, from + LINES_IN_A_RECORD)
  for (let index = from + 1; index < limit; index += 1) {
    const line = lines[index]
    if (!line || line.problem) return -1
    if (hasOpenQuote(line.text)) return index
  }
  return -1
}

function hasOpenQuote(text: string): boolean {
  let open = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) open = !open
  return open
}

function readRecords(units: SourceLine[]): CsvRecord[] {
  const cells = readTogether(units.filter((unit) => unit.problem === undefined))
  let next = 0
  return units.flatMap((unit): CsvRecord[] => {
    if (unit.problem) return [{ number: unit.number, problem: unit.problem }]
    const found = cells ? cells[next++] : csvCells(unit.text)
    return found ? [{ number: unit.number, cells: found }] : readApart(unit)
  })
}

/** Lines that were taken for one record and are none: each gets its own chance and its own report. */
function readApart(unit: SourceLine): CsvRecord[] {
  return unit.text.split('\n').map((text, index): CsvRecord => {
    const number = unit.number + index
    const cells = csvCells(text)
    return cells ? { number, cells } : { number, problem: 'bad_quotes' }
  })
}

/** Null when one of them is broken, or when they do not come out one for one. */
function readTogether(units: SourceLine[]): string[][] | null {
  if (units.length === 0) return []
  try {
    const records: string[][] = parse(units.map((unit) => unit.text).join('\n'), OPTIONS)
    return records.length === units.length ? records : null
  } catch {
    return null
  }
}
