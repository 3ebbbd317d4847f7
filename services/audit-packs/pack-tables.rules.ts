/** The money's side of a pack: how it came, how it was decided, and every line with its papers. Pure. */
import type { StatementLine } from '#services/budgets/statement-words.rules.ts'
import { pounds } from '#services/kernel/money.ts'
import { bareDay, type PackDocument, type PackSums, type PackTable } from './pack.rules.ts'
import type { Temporal } from '#services/kernel/time.ts'

type Day = Temporal.PlainDate

const text = (label: string, share: number) => ({ label, kind: 'text' as const, share })
const money = (label: string, share = 1.5) => ({ label, kind: 'money' as const, share })

const SOURCE: Readonly<Record<string, string>> = {
  schedule: 'By the calendar',
  file: 'A file said so',
  bank: 'A bank’s line shows it',
  card: 'Loaded onto the card',
  hand: 'Finance wrote it down',
}

export interface Arrival {
  id: string
  payIn: boolean
  dueOn: Day
  pence: number
  arrivedOn: Day | null
  arrivedPence: number | null
  source: string | null
}

/** What was to come, and what came. */
export function grantTable(instalments: readonly Arrival[], funder: string): PackTable {
  const sum = (pick: (one: Arrival) => number): number => instalments.reduce((all, one) => all + pick(one), 0)
  const [due, came] = [sum((one) => one.pence), sum((one) => one.arrivedPence ?? 0)]
  return {
    id: 'grant',
    title: 'What was to come, and what came',
    says:
      instalments.length === 0
        ? 'No part of it was due in these days.'
        : `${pounds(due)} was due in these days, and ${pounds(came)} of it has come.`,
    columns: [
      text('Due on', 2),
      text('From', 2.4),
      money('Due'),
      text('Came on', 2),
      money('Came'),
      text('How it is known', 2.2),
    ],
    rows: instalments.map((one) => ({
      key: one.id,
      cells: [
        bareDay(one.dueOn),
        one.payIn ? 'The person, towards it' : funder,
        one.pence,
        one.arrivedOn ? bareDay(one.arrivedOn) : 'Not yet',
        one.arrivedPence,
        one.arrivedOn ? (SOURCE[one.source ?? ''] ?? 'It was recorded when it came') : '',
      ],
      documents: [],
    })),
    foot: instalments.length === 0 ? null : ['In all', '', due, '', came, ''],
    documents: false,
    leftOut: 0,
  }
}

export interface Decision {
  key: string
  on: Day
  what: string
  why: string
  by: string
}

/** Choices, agreements, orders and assessments: what was decided about the fund, in the order of their days. */
export function decisionsTable(decisions: readonly Decision[]): PackTable {
  return {
    id: 'decisions',
    title: 'What was decided',
    says:
      decisions.length === 0
        ? 'Nothing was decided in these days besides what the lines below say.'
        : 'How the fund is held, what was agreed or ordered, and what the person pays towards it.',
    columns: [
      text('From', 1.8),
      text('What', 3.6),
      text('Why, in the words that were kept', 3.2),
      text('Who', 2),
    ],
    rows: [...decisions]
      .sort((a, b) => a.on.toString().localeCompare(b.on.toString()) || a.key.localeCompare(b.key))
      .map(({ key, on, what, why, by }) => ({ key, cells: [bareDay(on), what, why, by], documents: [] })),
    foot: null,
    documents: false,
    leftOut: 0,
  }
}

export interface LinePapers {
  documents: readonly PackDocument[]
  /** As it stands in a bank. */
  payment: string | null
}

/** Every line of the fund, each with its papers. Its foot is what came in and went out, to the penny. */
export function linesTable(
  lines: readonly StatementLine[],
  papersOf: (line: StatementLine) => LinePapers,
  sums: Pick<PackSums, 'in' | 'out'>,
  leftOut: number,
): PackTable {
  return {
    id: 'lines',
    title: 'Every line, from the first day to the last',
    says:
      lines.length === 0
        ? 'Nothing came in and nothing went out.'
        : 'What came in and what went out, each with where it stands and the papers about it. What was only set aside and given back moved nothing and is left out.',
    columns: [
      text('Day', 1.7),
      text('What', 4),
      money('Out'),
      money('In'),
      text('Where it stands', 1.8),
      text('Payment', 1.6),
    ],
    rows: lines.map((line) => {
      const { documents, payment } = papersOf(line)
      return {
        key: line.key,
        day: line.date,
        cells: [
          `${line.day} ${line.date.slice(0, 4)}`,
          line.what,
          line.out,
          line.in,
          line.stands.words,
          payment ?? '',
        ],
        documents,
      }
    }),
    foot: ['In all', '', sums.out, sums.in, '', ''],
    documents: true,
    leftOut,
  }
}

const METHOD: Readonly<Record<string, string>> = {
  card: 'Card',
  bank_transfer: 'Bank transfer',
  prepaid_card: 'The fund’s prepaid card',
  payment_run: 'The council’s payment run',
  fund_holder: 'By whoever holds the fund',
  set_off: 'Set against money that came back',
}
const STATE: Readonly<Record<string, string>> = {
  started: 'Begun',
  needs_you: 'Waits for the person at their bank',
  sent: 'Sent, not known to have arrived',
  confirmed: 'Arrived',
  failed: 'Did not arrive',
  returned: 'Came back',
  cancelled: 'Not sent',
}

export interface PackPayment {
  id: string
  reference: string
  to: string
  method: string
  state: string
  on: Day
  pence: number
  whole: number
}

export function paymentsTable(payments: readonly PackPayment[], leftOut: number): PackTable {
  const arrived = payments
    .filter(({ state }) => state === 'confirmed')
    .reduce((sum, { pence }) => sum + pence, 0)
  return {
    id: 'payments',
    title: 'Payments to providers',
    says:
      payments.length === 0
        ? 'No payment for it was begun in these days.'
        : `${String(payments.length)} ${payments.length === 1 ? 'payment was' : 'payments were'} begun in these days. ${pounds(arrived)} of this fund’s money is known to have arrived.`,
    columns: [
      text('Day', 1.8),
      text('To', 2.6),
      text('How', 2),
      text('Reference', 1.7),
      text('Where it stands', 2),
      money('For this fund'),
      money('Payment in all'),
    ],
    rows: payments.map((one) => ({
      key: one.id,
      cells: [
        bareDay(one.on),
        one.to,
        METHOD[one.method] ?? one.method,
        one.reference,
        STATE[one.state] ?? one.state,
        one.pence,
        one.whole,
      ],
      documents: [],
    })),
    foot: null,
    documents: false,
    leftOut,
  }
}
