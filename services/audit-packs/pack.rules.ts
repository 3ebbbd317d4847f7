/** The shape of a pack: one page, one paper and one file say the same. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'

/** Text, or pence where the column is money. */
export type Cell = string | number | null

export interface PackDocument {
  kind: 'invoice' | 'receipt'
  id: string
  /** 'Invoice WCC-0042', 'receipt.pdf' */
  label: string
}

export interface PackRow {
  key: string
  /** ISO, for files; where a row has a day of its own. */
  day?: string | undefined
  cells: readonly Cell[]
  documents: readonly PackDocument[]
}

export interface PackTable {
  id: string
  title: string
  /** Said before the table. */
  says: string
  /** Share of a paper's width; money stands to the right. */
  columns: readonly { label: string; kind: 'text' | 'money'; share: number }[]
  rows: readonly PackRow[]
  foot: readonly Cell[] | null
  /** Whether its rows may lead to papers. */
  documents: boolean
  /** Rows that did not fit; said, never hidden. */
  leftOut: number
}

export interface PackPeriod {
  from: Temporal.PlainDate
  /** The last day; it is included. */
  until: Temporal.PlainDate
}

/** What stood in the fund before and after, and what moved between: opening + in − out = closing = left + set aside + kept. */
export interface PackSums {
  opening: number
  in: number
  out: number
  closing: number
  setAside: number
  kept: number
  left: number
}

export const addsUp = (sums: PackSums): boolean =>
  sums.opening + sums.in - sums.out === sums.closing && sums.left + sums.setAside + sums.kept === sums.closing

/** So long after its end bills still come in and what is left goes back. */
const DAYS_AFTER_END = 60
const MOST_DAYS = 400

const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) < 0 ? a : b
const later = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) > 0 ? a : b

/** The whole life of a fund up to today; its last 400 days when it is longer. */
export function wholeLife(
  fund: { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate },
  today: Temporal.PlainDate,
): PackPeriod {
  const until = later(
    earlier(today, fund.endsOn.add({ days: DAYS_AFTER_END })),
    earlier(fund.startsOn, today),
  )
  return { from: later(earlier(fund.startsOn, until), until.subtract({ days: MOST_DAYS - 1 })), until }
}

export const bareDay = (day: Temporal.PlainDate): string => longDate(day).replace(/^\S+ /, '')
export const periodWords = ({ from, until }: PackPeriod): string => `${bareDay(from)} to ${bareDay(until)}`

/** The figures in sentences. */
export const sumsWords = (sums: PackSums): string =>
  `${pounds(sums.opening)} was in the fund before the first day. ${pounds(sums.in)} came in and ${pounds(sums.out)} went out. That leaves ${pounds(sums.closing)}: ${pounds(sums.left)} to use, ${pounds(sums.setAside)} set aside and ${pounds(sums.kept)} kept back.`

/** '£12.50' of a money cell; nothing for nothing. */
export const cellText = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'number' ? pounds(cell) : cell

/** How a fund is held, for whoever reads the pack. */
export const HELD: Readonly<Record<string, string>> = {
  council_managed: 'Looked after by the council, which orders and pays',
  direct_payment_bank: 'A direct payment into a bank account',
  direct_payment_card: 'A direct payment on a prepaid card',
  direct_payment_managed_account: 'A direct payment in an account that somebody looks after',
  individual_service_fund: 'An individual service fund',
  adviser_held: 'Spent by a personal adviser with the person',
}

export interface Asked {
  key: string
  /** What it is about: 'A washing machine, Hartley Electrical'. */
  what: string
  pence: number
  day: string
}

/**
 * What the scheme asks for and does not have. Only things that were bought outside Kith can be asked about: what was booked
 * and paid here is known.
 */
export function missingReceipts(
  bought: readonly {
    id: string
    what: string
    paid: boolean
    asked: boolean
    pence: number
    day: string
    papers: number
  }[],
): Asked[] {
  return bought
    .filter(({ paid, asked, papers }) => paid && asked && papers === 0)
    .map(({ id, what, pence, day }) => ({ key: id, what, pence, day }))
}

/** In one sentence, with the scheme's own rule before it. */
export function missingWords(rule: string, missing: readonly Asked[]): string {
  const known = 'What was booked and paid in Kith is known, so nobody is asked for a receipt for it.'
  if (missing.length === 0) return `${rule} Nothing is missing. ${known}`
  const sum = missing.reduce((all, one) => all + one.pence, 0)
  return `${rule} ${missing.length === 1 ? 'One receipt is' : `${String(missing.length)} receipts are`} missing, for ${pounds(sum)}. ${known}`
}
