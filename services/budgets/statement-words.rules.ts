/** What happened to a fund, in plain English, and where each thing stands. Pure. */
import { Temporal, fromDate, longDate, londonDate, shortDate } from '#services/kernel/time.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { PayerKind } from '#services/ledger/accounts.rules.ts'
import type { StatementRow } from '#services/ledger/read-statement.server.ts'
import { PAYMENT_WORDS, type Deployment, setAsideWhenAgreed } from './payer.rules.ts'

export interface WordedFund {
  name: string
  funder: string
  streamKind: string
  deployment: Deployment
  payer: PayerKind
}

export interface WordedVisit {
  title: string
  provider: string
  startsAt: Date
  outcome: string | null
}

/** Something bought from somebody who is not listed. */
export interface WordedPurchase {
  what: string
  seller: string
}

export interface Standing {
  tone: 'plain' | 'asked' | 'done' | 'stop'
  words: string
}

export interface StatementLine {
  key: string
  /** '20 Nov' */
  day: string
  /** ISO, for the file. */
  date: string
  what: string
  /** The visit it is about, when it is about one. */
  visitId: string | null
  /** The purchase it is about, when it is about one. */
  purchaseId: string | null
  fund: string
  /** Pence; null where nothing moved that way. */
  out: number | null
  in: number | null
  /** Set aside (above zero) or given back by this line. */
  setAside: number
  stands: Standing
}

const done = (words: string): Standing => ({ tone: 'done', words })
const plain = (words: string): Standing => ({ tone: 'plain', words })

/** Who gave the money, after “to”: what the person put in goes back to “you”. */
export const toFunder = (funder: string): string => (funder === 'You' ? 'you' : funder)

function funded(fund: WordedFund): { what: string; stands: Standing } {
  if (fund.streamKind === 'own_money') return { what: 'Your own money, put in', stands: done('Received') }
  if (fund.streamKind === 'contribution') return { what: 'What you pay towards it', stands: done('Received') }
  if (setAsideWhenAgreed(fund.deployment))
    return { what: `Money agreed by ${fund.funder} for this time`, stands: done('Agreed') }
  return { what: `Payment from ${fund.funder}`, stands: done('Received') }
}

function settled(row: StatementRow, fund: WordedFund): Standing {
  const state = row.payment ?? 'not_yet'
  const words = PAYMENT_WORDS[fund.payer][state].tag
  if (state === 'paid') return done(words)
  return state === 'not_yet' && fund.payer !== 'person' ? plain(words) : { tone: 'asked', words }
}

const OUTCOME: Partial<Record<string, string>> = {
  late_cancellation: 'Cancelled late: ',
  no_answer: 'No answer at the door: ',
}

/** 'Morning help, Weavers Care Co-op, 18 Nov'; several visits of one press are counted. */
function about(row: StatementRow, visits: ReadonlyMap<string, WordedVisit>): string {
  const [first] = row.visitIds
  const visit = first ? visits.get(first) : undefined
  if (!visit) return 'a visit'
  const name = `${visit.title}, ${visit.provider}`
  if (row.visitIds.length > 1) return `${String(row.visitIds.length)} visits: ${name}`
  return `${name}, ${shortDay(visit.startsAt)}`
}
const shortDay = (at: Date): string => shortDate(londonDate(fromDate(at))).replace(/^\S+ /, '')

/** What was bought from somebody who is not listed; a movement on a card has words of its own. */
function boughtWords(row: StatementRow, purchase: WordedPurchase): { what: string; stands: Standing } | null {
  const it = `${purchase.what}, ${purchase.seller}`
  switch (row.kind) {
    case 'card_authorised':
      return { what: `Set aside to buy: ${it}`, stands: { tone: 'asked', words: 'Set aside' } }
    case 'card_cleared':
      return { what: it, stands: done('Paid') }
    case 'card_reversed':
      return { what: `No longer set aside: ${it}`, stands: done('Back in your fund') }
    case 'refund':
      return { what: `Money back: ${it}`, stands: done('Back in your fund') }
    default:
      return null
  }
}

function words(
  row: StatementRow,
  fund: WordedFund,
  visits: ReadonlyMap<string, WordedVisit>,
  purchases: ReadonlyMap<string, WordedPurchase>,
): { what: string; stands: Standing } {
  const note = row.note ? `: ${row.note}` : ''
  const purchase = purchases.get(row.refId ?? '')
  const bought = purchase && boughtWords(row, purchase)
  if (bought) return bought
  switch (row.kind) {
    case 'allocation_funded':
      return funded(fund)
    case 'hold_placed':
      return { what: `Set aside for ${about(row, visits)}`, stands: { tone: 'asked', words: 'Set aside' } }
    case 'hold_released':
      return { what: `No longer needed for ${about(row, visits)}`, stands: done('Back in your fund') }
    case 'visit_settled': {
      const visit = visits.get(row.visitIds[0] ?? '')
      return {
        what: `${OUTCOME[visit?.outcome ?? ''] ?? ''}${about(row, visits)}`,
        stands: row.net === 0 ? done('Nothing to pay') : settled(row, fund),
      }
    }
    case 'refund':
      return {
        what: row.visitIds.length > 0 ? `Money back: ${about(row, visits)}${note}` : `Money back${note}`,
        stands: row.net > 0 ? done('Back in your fund') : plain(`Back to ${toFunder(fund.funder)}`),
      }
    case 'card_authorised':
      return fund.deployment === 'direct_payment_card'
        ? { what: `On your card${note}`, stands: { tone: 'asked', words: 'Not cleared yet' } }
        : { what: `Set aside${note}`, stands: { tone: 'asked', words: 'Set aside' } }
    case 'card_cleared':
      // Bought outside Kith, or a fee, without a card: the note says what.
      return fund.deployment === 'direct_payment_card'
        ? { what: `Paid with your card${note}`, stands: done('Paid') }
        : { what: row.note || 'Something bought', stands: done('Paid') }
    case 'card_reversed':
      return fund.deployment === 'direct_payment_card'
        ? { what: `Card payment taken back${note}`, stands: done('Back in your fund') }
        : { what: `No longer needed${note}`, stands: done('Back in your fund') }
    case 'payroll_paid':
      return { what: `Wages${note}`, stands: done('Paid') }
    case 'ring_fenced':
      return { what: `Kept for wages and notice${note}`, stands: plain('Kept') }
    case 'ring_fence_freed':
      return { what: `No longer kept for wages and notice${note}`, stands: done('Back in your fund') }
    case 'allocation_adjusted':
      return { what: `${fund.funder} changed the amount${note}`, stands: plain('Changed') }
    case 'remainder_moved':
      return {
        what: `Held another way from now on${note}`,
        stands: plain(row.net > 0 ? 'Moved here' : 'Moved on'),
      }
    case 'surplus_reclaimed':
      return {
        what: `Not used, so it went back to ${toFunder(fund.funder)}${note}`,
        stands: plain('Went back'),
      }
    case 'correction':
      return { what: `A mistake put right${note}`, stands: plain('Put right') }
    case 'person_charged':
    case 'person_paid':
    case 'person_written_off':
      return { what: `What you pay towards it${note}`, stands: plain('Noted') }
    case 'payment_sent':
    case 'payment_confirmed':
    case 'payment_failed':
    case 'payment_returned':
      return { what: `Payment to a provider${note}`, stands: plain('Noted') }
  }
}

/** One line of the statement. */
export function statementLine(
  row: StatementRow,
  fund: WordedFund,
  visits: ReadonlyMap<string, WordedVisit>,
  purchases: ReadonlyMap<string, WordedPurchase> = new Map(),
): StatementLine {
  const date = londonDate(fromDate(row.at))
  return {
    key: `${row.journalId}:${row.allocationId}`,
    day: shortDate(date).replace(/^\S+ /, ''),
    date: date.toString(),
    ...words(row, fund, visits, purchases),
    visitId: row.visitIds.length === 1 ? (row.visitIds[0] ?? null) : null,
    purchaseId: row.refId !== null && purchases.has(row.refId) ? row.refId : null,
    fund: fund.name,
    out: row.net < 0 ? -row.net : null,
    in: row.net > 0 ? row.net : null,
    setAside: row.held,
  }
}

const MONTHS_SHOWN = 4
const MOST_YEARS = 20

/** The month of `?month=`: 'all', a month that exists, or this one. @throws INVALID */
export function readMonth(text: string | null, today: Temporal.PlainDate): Temporal.PlainYearMonth | 'all' {
  if (text === null || text === '') return today.toPlainYearMonth()
  if (text === 'all') return 'all'
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? Temporal.PlainYearMonth.from(text) : null
  if (!month || Math.abs(month.year - today.year) > MOST_YEARS)
    throw new DomainError(
      'INVALID',
      'We cannot show that month. The address should end in a month such as 2026-11.',
    )
  return month
}

/** 'November 2026' */
export const monthWords = (month: Temporal.PlainYearMonth): string =>
  `${longDate(month.toPlainDate({ day: 1 })).split(' ')[2] ?? ''} ${String(month.year)}`

/** This month and the three before it, the one that is shown if it is older, and all. */
export function monthTabs(
  shown: Temporal.PlainYearMonth | 'all',
  today: Temporal.PlainDate,
): { value: string; label: string; current: boolean }[] {
  const now = today.toPlainYearMonth()
  const months = Array.from({ length: MONTHS_SHOWN }, (_, back) => now.subtract({ months: back }))
  if (shown !== 'all' && !months.some((month) => month.equals(shown))) months.push(shown)
  return [
    ...months.map((month) => ({
      value: month.toString(),
      label: month.year === now.year ? (monthWords(month).split(' ')[0] ?? '') : monthWords(month),
      current: shown !== 'all' && month.equals(shown),
    })),
    { value: 'all', label: 'All months', current: shown === 'all' },
  ]
}
