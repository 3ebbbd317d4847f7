/** What a bank or a finance system says of each line of a run, read from a file. Pure. */
import type { CsvProblem } from '#services/kernel/csv.ts'
import { pounds } from '#services/kernel/money.ts'
import type { PaymentFailure } from '#services/settlement/payment-words.rules.ts'

export type Outcome = 'paid' | 'failed' | 'returned'

export const RESULT_COLUMNS = {
  reference: ['Reference', 'Payment reference', 'Ref'],
  result: ['Result', 'Status', 'Outcome'],
  amount: ['Amount', 'Gross', 'Amount paid'],
  reason: ['Reason', 'Failure', 'Why'],
} as const
export type ResultKey = keyof typeof RESULT_COLUMNS

const OUTCOMES: Record<string, Outcome> = {
  paid: 'paid',
  confirmed: 'paid',
  success: 'paid',
  failed: 'failed',
  rejected: 'failed',
  unpaid: 'failed',
  returned: 'returned',
  recalled: 'returned',
}

/** A bank's word for why, as one of ours; what is not known is 'other'. */
export function failureOf(reason: string): PaymentFailure {
  const plain = reason.toLowerCase()
  if (/closed/.test(plain)) return 'account_closed'
  if (/sort code|account number|details|no account|not found|invalid/.test(plain)) return 'wrong_details'
  if (/return|recall/.test(plain)) return 'returned'
  return 'other'
}

/**
 * Pence of an amount as files write it: '1250.00', '1,250.00', '£26.5'. Null for anything else: a minus sign, three
 * decimals, commas in odd places, more digits than a payment has.
 */
export function amountInFile(text: string): number | null {
  const match = /^£?(\d{1,3}(?:,\d{3}){1,2}|\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return null
  return Number((match[1] ?? '').replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

export interface KnownLine {
  paymentId: string
  reference: string
  state: string
  pence: number
}
export interface ResultRow {
  line: number
  cells: Record<ResultKey, string>
}
export interface ReadResults {
  results: { paymentId: string; outcome: Outcome; failure: PaymentFailure }[]
  /** Said before, with the same result: nothing changes. */
  already: number
  problems: CsvProblem[]
  /** Lines that say another amount than was sent, and payments of which the file says what was sent. */
  differ: { paymentId: string; said: number }[]
  agree: string[]
}

const plainReference = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')
const STATE_OF: Record<Outcome, string> = { paid: 'confirmed', failed: 'failed', returned: 'returned' }
/** From which state a result can be said. */
const MAY_FROM: Record<Outcome, readonly string[]> = {
  paid: ['sent'],
  failed: ['sent'],
  returned: ['confirmed'],
}
const STOOD: Record<string, string> = {
  started: 'it has not been sent',
  sent: 'it is on its way',
  confirmed: 'it was recorded as paid',
  failed: 'it was recorded as failed',
  returned: 'it was recorded as come back',
  cancelled: 'it was given up',
}

/**
 * Which payment each row of a file is about, and what it says. A row that names nothing of this run, says another amount, or
 * says something else than is recorded is left out by name; so are rows that disagree with each other.
 */
export function readResults(rows: readonly ResultRow[], known: readonly KnownLine[]): ReadResults {
  const byReference = new Map(known.map((one) => [plainReference(one.reference), one]))
  const read: ReadResults = { results: [], already: 0, problems: [], differ: [], agree: [] }
  const said = new Map<string, { outcome: Outcome; line: number }>()
  const contradicted = new Set<string>()
  const problem = (line: number, says: string): void => {
    read.problems.push({ line, says })
  }
  for (const { line, cells } of rows) {
    const payment = byReference.get(plainReference(cells.reference))
    const outcome = OUTCOMES[cells.result.trim().toLowerCase()]
    if (cells.reference === '' || !payment) {
      problem(line, `No payment of this run has the reference “${cells.reference.slice(0, 40)}”.`)
      continue
    }
    if (!outcome) {
      problem(line, `“${cells.result.slice(0, 40)}” is no result. Write paid, failed or returned.`)
      continue
    }
    if (cells.amount !== '') {
      const amount = amountInFile(cells.amount)
      if (amount === null) {
        problem(line, `“${cells.amount.slice(0, 40)}” is no amount. Write it like 1250.00.`)
        continue
      }
      if (amount !== payment.pence) {
        problem(line, `It says ${pounds(amount)}; the payment is ${pounds(payment.pence)}.`)
        read.differ.push({ paymentId: payment.paymentId, said: amount })
        continue
      }
      read.agree.push(payment.paymentId)
    }
    const before = said.get(payment.paymentId)
    if (before) {
      if (before.outcome === outcome)
        problem(line, `It is in the file twice (line ${String(before.line)}); it counts once.`)
      else {
        contradicted.add(payment.paymentId)
        problem(line, `Line ${String(before.line)} says something else of it. Neither counts.`)
      }
      continue
    }
    said.set(payment.paymentId, { outcome, line })
    if (payment.state === STATE_OF[outcome]) read.already += 1
    else if (!MAY_FROM[outcome].includes(payment.state))
      problem(line, `It says ${outcome}, but ${STOOD[payment.state] ?? 'it has ended'}.`)
    else
      read.results.push({
        paymentId: payment.paymentId,
        outcome,
        failure: outcome === 'returned' ? 'returned' : failureOf(cells.reason),
      })
  }
  read.results = read.results.filter(({ paymentId }) => !contradicted.has(paymentId))
  return read
}
