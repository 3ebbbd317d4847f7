/** A council's payment runs against what came back of them, and against the ledger. Pure. */
import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate } from '#services/kernel/time.ts'
import type { Difference } from './difference.rules.ts'

/** A bank's own time for a Bacs payment, and one day to record it. */
export const WORKING_DAYS = 4

/** The last day from which this many working days of England have passed. */
export function workingDaysBefore(today: Temporal.PlainDate, days: number): Temporal.PlainDate {
  let day = today
  let left = days
  while (left > 0) {
    day = day.subtract({ days: 1 })
    if (day.dayOfWeek <= 5 && !isBankHoliday(day)) left -= 1
  }
  return day
}

export interface UnansweredRun {
  runId: string
  number: number
  councilId: string
  sentOn: Temporal.PlainDate
  payments: number
  pence: number
}

/** One item a run, however many payments it has: it grows less as results come in. */
export const unanswered = (runs: readonly UnansweredRun[]): Difference[] =>
  runs.map((run) => ({
    source: 'payment_run',
    key: `run:${run.runId}:unanswered`,
    councilId: run.councilId,
    providerId: null,
    subjectId: run.runId,
    words: `${String(run.payments)} ${run.payments === 1 ? 'payment' : 'payments'} of run ${String(run.number)} were sent on ${longDate(run.sentOn)}, and nobody has recorded whether they arrived.`,
    ledgerPence: run.pence,
    outsidePence: null,
  }))

export type PaymentState =
  'started' | 'needs_you' | 'sent' | 'confirmed' | 'failed' | 'returned' | 'cancelled'

/** A payment of a run, and what the ledger has of it. */
export interface RunPayment {
  paymentId: string
  runNumber: number
  councilId: string
  providerId: string
  provider: string
  state: PaymentState
  pence: number
  /** Pence by journal; null where there is none. */
  posted: { sent: number | null; confirmed: number | null; failed: number | null; returned: number | null }
}

/** What the ledger must say of a payment in a state: sent, arrived, come back. */
function expected({ state, pence, posted }: RunPayment): RunPayment['posted'] {
  const none = { sent: null, confirmed: null, failed: null, returned: null }
  switch (state) {
    case 'started':
    case 'needs_you':
    case 'cancelled':
      return none
    case 'sent':
      return { ...none, sent: pence }
    case 'confirmed':
      return { ...none, sent: pence, confirmed: pence }
    case 'returned':
      return { ...none, sent: pence, confirmed: pence, returned: pence }
    case 'failed':
      // It may have failed before it left.
      return posted.sent === null && posted.failed === null ? none : { ...none, sent: pence, failed: pence }
  }
}

/** What stands between the payer and the provider by these journals: sent and not yet failed or come back. */
const standing = ({ sent, failed, returned }: RunPayment['posted']): number =>
  (sent ?? 0) - (failed ?? 0) - (returned ?? 0)

export const againstLedger = (payments: readonly RunPayment[]): Difference[] =>
  payments.flatMap((one): Difference[] => {
    const [is, ought] = [one.posted, expected(one)]
    const agrees = (['sent', 'confirmed', 'failed', 'returned'] as const).every(
      (step) => is[step] === ought[step],
    )
    return agrees
      ? []
      : [
          {
            source: 'payment_run',
            key: `run:payment:${one.paymentId}:ledger`,
            councilId: one.councilId,
            providerId: one.providerId,
            subjectId: one.paymentId,
            words: `A payment of ${pounds(one.pence)} to ${one.provider} in run ${String(one.runNumber)} does not stand in the ledger as it stands in the run.`,
            ledgerPence: standing(is),
            outsidePence: standing(ought),
          },
        ]
  })

/** A line of a result file that says another amount than was sent. */
export interface ResultOfAnotherAmount {
  paymentId: string
  councilId: string
  providerId: string
  runNumber: number
  pence: number
  said: number
}

export const isResult = (key: string): boolean => key.endsWith(':result')
export const resultKey = (paymentId: string): string => `run:payment:${paymentId}:result`

export const otherAmounts = (results: readonly ResultOfAnotherAmount[]): Difference[] =>
  results.map((one) => ({
    source: 'payment_run',
    key: resultKey(one.paymentId),
    councilId: one.councilId,
    providerId: one.providerId,
    subjectId: one.paymentId,
    words: `A result file says ${pounds(one.said)} of a payment in run ${String(one.runNumber)}, and ${pounds(one.pence)} was sent. Its line was not used.`,
    ledgerPence: one.pence,
    outsidePence: one.said,
  }))
