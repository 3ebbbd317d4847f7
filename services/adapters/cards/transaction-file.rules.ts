/**
 * A card scheme's file of transactions, as councils get them: CSV with the scheme's own columns and words, which a mapping
 * names. Each row is read or refused by its line; nothing is guessed, and a file that was cut short is not half taken.
 */
import { parse } from 'csv-parse/sync'
import { type AmountFault, readAmount } from '#services/kernel/file-amount.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type {
  CardFiles,
  CardTransaction,
  LineFault,
  TransactionFile,
  TransactionKind,
  TransactionMapping,
} from '#services/ports/card-files.ts'
import { isCash } from '#services/ports/card-controls.ts'

const FIELDS = [
  'reference',
  'card',
  'date',
  'amount',
  'moneyIn',
  'type',
  'merchant',
  'town',
  'mcc',
  'reason',
] as const
type Field = (typeof FIELDS)[number]

const LINES = 50_000
const LONGEST = 4_000
const HEADING_WITHIN = 20
/** Which way each kind goes; a decline goes no way. */
const OUT: Readonly<Record<TransactionKind, boolean | null>> = {
  load: false,
  unload: true,
  purchase: true,
  refund: false,
  cash: true,
  fee: true,
  decline: null,
}

/** The cards port's adapter for schemes that send files. `today`: London's, after which no transaction can be. */
export const csvCardFiles: CardFiles = { read: readTransactionFile }

function readTransactionFile(
  text: string,
  mapping: TransactionMapping,
  today: Temporal.PlainDate,
): TransactionFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  if (lines.every((line) => line.trim() === '')) return { ok: false, why: 'empty' }
  if (lines.length > LINES) return { ok: false, why: 'too_large' }
  const heading = findHeading(lines, mapping)
  if (!heading) return { ok: false, why: 'no_heading' }

  const rows: CardTransaction[] = []
  const refused: { line: number; why: LineFault }[] = []
  const seen = new Map<string, string>()
  let counted: string | null = null
  let found = 0
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    if (number <= heading.line || line.trim() === '') continue
    if (mapping.trailer && line.trim().toLowerCase().startsWith(mapping.trailer.begins.toLowerCase())) {
      counted = cellsOf(line, mapping.delimiter)?.[mapping.trailer.count]?.trim() ?? ''
      continue
    }
    found += 1
    const read = readLine(line, heading, mapping, today)
    if (typeof read === 'string') {
      refused.push({ line: number, why: read })
      continue
    }
    const same = JSON.stringify(read)
    const earlier = seen.get(read.reference)
    if (earlier !== undefined) {
      refused.push({ line: number, why: earlier === same ? 'repeated' : 'reference_again' })
      continue
    }
    seen.set(read.reference, same)
    rows.push({ line: number, ...read })
  }
  if (mapping.trailer && counted === null) return { ok: false, why: 'cut_short' }
  if (counted !== null && counted !== String(found)) return { ok: false, why: 'wrong_count' }
  return { ok: true, rows, refused }
}

interface Heading {
  line: number
  width: number
  at: Partial<Record<Field, number>>
}

function findHeading(
  lines: readonly string[],
  { columns, delimiter, spending }: TransactionMapping,
): Heading | null {
  for (const [index, line] of lines.slice(0, HEADING_WITHIN).entries()) {
    const names = cellsOf(line, delimiter)?.map((cell) => cell.trim().toLowerCase()) ?? []
    const at: Partial<Record<Field, number>> = {}
    for (const field of FIELDS) {
      const name = columns[field]
      if (name !== undefined) at[field] = names.indexOf(name.trim().toLowerCase())
    }
    const whole = Object.values(at).every((position) => position >= 0)
    if (whole && (spending !== 'two_columns' || at.moneyIn !== undefined))
      return { line: index + 1, width: names.length, at }
  }
  return null
}

/** Null when the quotation marks do not match. */
function cellsOf(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter)
  try {
    const records: string[][] = parse(line, { delimiter, relax_column_count: true })
    return records.length === 1 ? (records[0] ?? null) : null
  } catch {
    return null
  }
}

function readLine(
  line: string,
  heading: Heading,
  mapping: TransactionMapping,
  today: Temporal.PlainDate,
): Omit<CardTransaction, 'line'> | LineFault {
  if (line.length > LONGEST) return 'too_long'
  if (/[\u0000\uFFFD]/.test(line)) return 'not_text'
  const cells = cellsOf(line, mapping.delimiter)
  if (!cells) return 'bad_quotes'
  if (cells.length !== heading.width) return 'wrong_columns'
  const cell = (field: Field): string => cells[heading.at[field] ?? -1]?.trim() ?? ''

  const reference = cell('reference')
  if (reference === '') return 'no_reference'
  const card = cell('card')
  if (card === '') return 'no_card'
  const on = readDay(cell('date'), mapping.date)
  if (!on) return 'bad_date'
  if (Temporal.PlainDate.compare(on, today) > 0) return 'date_to_come'
  const mcc = cell('mcc')
  if (mcc !== '' && !/^\d{4}$/.test(mcc)) return 'bad_mcc'
  const merchant = cell('merchant') || null

  const money = readMoney(cell('amount'), cell('moneyIn'), mapping.spending)
  if (typeof money === 'string') return money
  const kind = kindOf(cell('type'), mapping, { out: money > 0, mcc, merchant })
  if (!kind) return 'unknown_type'
  if (money === 0 && kind !== 'decline') return 'amount_nothing'
  const out = OUT[kind]
  if (out !== null && out !== money > 0) return 'wrong_sign'
  return {
    reference,
    card,
    on,
    kind,
    amount: pence(Math.abs(money)),
    merchant,
    town: cell('town') || null,
    mcc: mcc || null,
    reason: cell('reason') || null,
  }
}

/** What leaves the card above zero, what comes onto it below. */
function readMoney(
  amount: string,
  moneyIn: string,
  spending: TransactionMapping['spending'],
): Pence | LineFault {
  if (spending !== 'two_columns') {
    const read = readAmount(amount)
    if ('why' in read) return read.why
    return pence(spending === 'below_zero' ? -read.amount : read.amount)
  }
  const isNothing = (text: string): boolean => text === '' || /^£?0+(\.00?)?$/.test(text)
  if (!isNothing(amount) && !isNothing(moneyIn)) return 'two_amounts'
  const comesIn = isNothing(amount) && !isNothing(moneyIn)
  const read: { amount: Pence } | { why: AmountFault } = readAmount(comesIn ? moneyIn : amount || moneyIn)
  if ('why' in read) return read.why
  // A column says the way already: a minus in it would say it twice.
  if (read.amount < 0) return 'amount_unreadable'
  return pence(comesIn ? -read.amount : read.amount)
}

function kindOf(
  word: string,
  { columns, types }: TransactionMapping,
  { out, mcc, merchant }: { out: boolean; mcc: string; merchant: string | null },
): TransactionKind | null {
  if (columns.type !== undefined) {
    const found = Object.entries(types).find(([name]) => name.trim().toLowerCase() === word.toLowerCase())
    return found?.[1] ?? null
  }
  if (out) return isCash(mcc) ? 'cash' : 'purchase'
  return merchant === null && mcc === '' ? 'load' : 'refund'
}

function readDay(text: string, order: TransactionMapping['date']): Temporal.PlainDate | null {
  const match =
    order === 'year-month-day'
      ? /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ][\d:.Z+]+)?$/.exec(text)
      : /^(?<day>\d{1,2})[/.](?<month>\d{1,2})[/.](?<year>\d{4})(?: [\d:]+)?$/.exec(text)
  if (!match?.groups) return null
  const { year, month, day } = match.groups
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    )
  } catch {
    return null
  }
}
