/** How an invoice stands. "Paid" is said only when the bank or the card says so: it comes from its payables. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { InvoiceKind } from './numbers.rules.ts'

export interface InvoiceFacts {
  kind: InvoiceKind
  gross: number
  /** By credit notes that name it. */
  credited: number
  /** Of it and of what was credited: nothing done yet, on its way, arrived. Below zero: comes back. */
  unpaid: number
  sent: number
  paid: number
  /** Somebody asks for money back, or the card's holder questioned the payment. */
  questioned: boolean
  dueOn: Temporal.PlainDate
}

export type InvoiceState =
  | 'questioned'
  | 'credited'
  | 'comes_back'
  | 'paid'
  | 'sent'
  | 'part_paid'
  | 'late'
  | 'unpaid'
  | 'given_back'
  | 'to_give_back'

export function invoiceState(facts: InvoiceFacts, today: Temporal.PlainDate): InvoiceState {
  if (facts.kind === 'credit_note') return facts.unpaid + facts.sent === 0 ? 'given_back' : 'to_give_back'
  if (facts.questioned) return 'questioned'
  if (facts.unpaid < 0) return 'comes_back'
  if (facts.unpaid === 0 && facts.sent === 0) return facts.credited === facts.gross ? 'credited' : 'paid'
  if (facts.unpaid === 0) return 'sent'
  if (facts.paid > 0) return 'part_paid'
  return Temporal.PlainDate.compare(today, facts.dueOn) > 0 ? 'late' : 'unpaid'
}

export interface Standing {
  state: InvoiceState
  tone: 'plain' | 'asked' | 'done' | 'stop'
  words: string
}

export function standingOf(facts: InvoiceFacts, today: Temporal.PlainDate): Standing {
  const state = invoiceState(facts, today)
  const left = pounds(facts.unpaid)
  const of: Record<InvoiceState, Omit<Standing, 'state'>> = {
    questioned: { tone: 'stop', words: 'Somebody asks about it' },
    credited: { tone: 'done', words: 'All given back' },
    comes_back: { tone: 'asked', words: `Paid; ${pounds(-facts.unpaid)} is to come back` },
    paid: { tone: 'done', words: 'Paid' },
    sent: { tone: 'asked', words: 'Payment on its way' },
    part_paid: { tone: 'asked', words: `${left} is not paid yet` },
    late: { tone: 'stop', words: `${left} is late` },
    unpaid: { tone: 'plain', words: 'Not paid yet' },
    given_back: { tone: 'done', words: 'Given back' },
    to_give_back: { tone: 'asked', words: 'To be given back' },
  }
  return { state, ...of[state] }
}

/** Days since an invoice was sent: the bands of what is owed, oldest last. */
export const DEBT_BANDS = [
  { label: '0 to 14 days', from: 0, until: 14 },
  { label: '15 to 30 days', from: 15, until: 30 },
  { label: '31 to 60 days', from: 31, until: 60 },
  { label: '61 days or more', from: 61, until: null },
] as const

export const bandOf = (days: number): number =>
  DEBT_BANDS.findIndex(({ until }) => until === null || days <= until)

export interface Owed {
  payerKind: 'person' | 'council' | 'fund_holder'
  days: number
  pence: number
}

export const PAYER_WORDS: Record<Owed['payerKind'], string> = {
  person: 'People, from their own payments',
  council: 'Councils',
  fund_holder: 'Those who hold a fund',
}

export interface AgedDebt {
  rows: { payerKind: Owed['payerKind']; label: string; bands: number[]; total: number }[]
  bands: number[]
  total: number
}

/** What is owed, by kind of payer and age: sums, and nobody's name. */
export function agedDebt(owed: readonly Owed[]): AgedDebt {
  const sums = (of: readonly Owed[]): number[] =>
    DEBT_BANDS.map((_, band) =>
      of.filter(({ days }) => bandOf(days) === band).reduce((sum, one) => sum + one.pence, 0),
    )
  const all = (of: readonly Owed[]): number => of.reduce((sum, one) => sum + one.pence, 0)
  const kinds = (['person', 'council', 'fund_holder'] as const).map((kind) => ({
    kind,
    of: owed.filter(({ payerKind }) => payerKind === kind),
  }))
  return {
    rows: kinds
      .filter(({ of }) => of.length > 0)
      .map(({ kind, of }) => ({
        payerKind: kind,
        label: PAYER_WORDS[kind],
        bands: sums(of),
        total: all(of),
      })),
    bands: sums(owed),
    total: all(owed),
  }
}
