/** Records of a bank's file as lines of money. A line that cannot be read for certain is refused, with why. Pure. */
import { type Temporal } from '#services/kernel/time.ts'
import { type Read, readAmount, readDay } from './bank-amounts.rules.ts'
import type { Layout } from './bank-layout.rules.ts'

/** A record with the number of the line it starts on; without cells, with what is wrong with it. */
export type FileRecord = { number: number; cells: string[] } | { number: number; cells: null; why: string }

export interface BankFileLine {
  line: number
  on: Temporal.PlainDate
  description: string
  /** Whole pence; above zero in, below zero out. */
  pence: number
  /** Which of the equal lines of this file it is: 1, 2, … */
  occurrence: number
}
export interface Refused {
  line: number
  /** 'its amount has more than two decimals' */
  why: string
}

/** A bank books a day or two ahead at weekends; beyond that something is wrong with the date. */
const DAYS_AHEAD = 5
const LONGEST_DESCRIPTION = 400

/** Control characters, and spaces in a row, say nothing; what a database cannot keep is left out. */
const cleanWords = (words: string): string =>
  words
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_DESCRIPTION)
    // Cutting may leave half a character.
    .replace(/\p{Surrogate}/gu, '')

/** What makes two lines of one account the same, without their number among equals. */
export const sameness = (line: Pick<BankFileLine, 'on' | 'pence' | 'description'>): string =>
  `${line.on.toString()}|${String(line.pence)}|${line.description.toUpperCase().replace(/[^A-Z0-9]/g, '')}`

export function readLines(
  records: readonly FileRecord[],
  layout: Layout,
  today: Temporal.PlainDate,
): { lines: BankFileLine[]; refused: Refused[] } {
  const lines: BankFileLine[] = []
  const refused: Refused[] = []
  const seen = new Map<string, number>()
  const money = records.slice(layout.skip)
  const minusOut = outIsWrittenWithMinus(money, layout)
  for (const record of money) {
    if (record.cells === null) {
      refused.push({ line: record.number, why: record.why })
      continue
    }
    if (record.cells.every((cell) => cell.trim() === '')) continue
    const read = readLine(record.cells, layout, today, minusOut)
    if (!read.ok) {
      refused.push({ line: record.number, why: read.why })
      continue
    }
    const key = sameness(read.value)
    const occurrence = (seen.get(key) ?? 0) + 1
    seen.set(key, occurrence)
    lines.push({ ...read.value, line: record.number, occurrence })
  }
  return { lines, refused }
}

const refuse = (why: string): { ok: false; why: string } => ({ ok: false, why })
const cellAt = (cells: readonly string[], at: number | null): string =>
  at === null ? '' : (cells[at] ?? '').trim()

function readLine(
  cells: readonly string[],
  layout: Layout,
  today: Temporal.PlainDate,
  minusOut: boolean,
): Read<Omit<BankFileLine, 'line' | 'occurrence'>> {
  if (cells.length < layout.width)
    return refuse(`it has ${String(cells.length)} columns instead of ${String(layout.width)}: it was cut off`)
  if (cells.slice(layout.width).some((cell) => cell.trim() !== ''))
    return refuse(`it has more than ${String(layout.width)} columns`)
  const day = readDay(cellAt(cells, layout.date))
  if (!day.ok) return day
  if (today.until(day.value).days > DAYS_AHEAD) return refuse('its date is in the future')
  const currency = cellAt(cells, layout.currency)
  if (currency !== '' && !/^(GBP|£)$/i.test(currency)) return refuse('it is not in pounds')
  const state = cellAt(cells, layout.status)
  if (/pending|revert|declin|fail|cancel/i.test(state)) return refuse('the bank has not booked it')
  const amount = layout.amount === null ? amountApart(cells, layout, minusOut) : amountOf(cells, layout)
  if (!amount.ok) return amount
  if (amount.value === 0) return refuse('its amount is nothing')
  const description = cleanWords(layout.description.map((at) => cellAt(cells, at)).join(' '))
  if (description === '') return refuse('it does not say who or what it was')
  return { ok: true, value: { on: day.value, description, pence: amount.value } }
}

function amountOf(cells: readonly string[], layout: Layout): Read<number> {
  const amount = readAmount(cellAt(cells, layout.amount))
  if (!amount.ok) return amount
  if (layout.sign === null) return { ok: true, value: layout.plusIsOut ? -amount.value || 0 : amount.value }
  const sign = cellAt(cells, layout.sign)
  const size = Math.abs(amount.value)
  if (/^(cr|c|credit|in)$/i.test(sign))
    return amount.value < 0 ? refuse('its amount and its sign disagree') : { ok: true, value: size }
  if (/^(dr|d|debit|out)$/i.test(sign)) return { ok: true, value: -size || 0 }
  return refuse('it does not say whether it came in or went out')
}

/** Some banks write −12.00 in their column of money out, for every line. */
function outIsWrittenWithMinus(records: readonly FileRecord[], layout: Layout): boolean {
  if (layout.moneyOut === null) return false
  const outs = records.flatMap(({ cells }) => {
    const read = readAmount(cells ? cellAt(cells, layout.moneyOut) : '')
    return read.ok && read.value !== 0 ? [read.value] : []
  })
  return outs.length > 0 && outs.every((value) => value < 0)
}

function amountApart(cells: readonly string[], layout: Layout, minusOut: boolean): Read<number> {
  const side = (at: number | null, sign: 1 | -1): Read<number> => {
    const text = cellAt(cells, at)
    if (text === '' || text === '-') return { ok: true, value: 0 }
    const read = readAmount(text)
    return read.ok ? { ok: true, value: read.value * sign || 0 } : read
  }
  const came = side(layout.moneyIn, 1)
  if (!came.ok) return came
  const went = side(layout.moneyOut, minusOut ? -1 : 1)
  if (!went.ok) return went
  if (came.value < 0 || went.value < 0) return refuse('its amount has a minus where none belongs')
  if (came.value > 0 && went.value > 0) return refuse('it has money in and money out')
  if (came.value === 0 && went.value === 0) return refuse('it has no amount')
  return { ok: true, value: came.value - went.value }
}
