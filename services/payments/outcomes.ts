/** The payments port's answers as what becomes of a payment. Pure. */
import type { PaymentResult, PaymentState } from '#services/ports/payments.ts'
import type { Outcome } from './apply-outcome.server.ts'

/** Null: no answer that can be relied on; ask again. */
export function outcomeOfAnswer(answer: PaymentResult): Outcome | null {
  switch (answer.status) {
    case 'confirmed':
      return { status: 'confirmed', reference: answer.reference, amount: null }
    case 'sent':
    case 'needs_you':
      return { status: answer.status, reference: answer.reference }
    case 'declined':
      return { status: 'failed', reference: answer.reference, failure: answer.reason }
    case 'unavailable':
      return null
  }
}

/** Null: it waits for the payer, as before. */
export function outcomeOfState(state: PaymentState): Outcome | null {
  const { reference } = state
  switch (state.status) {
    case 'confirmed':
      return { status: 'confirmed', reference, amount: state.amount }
    case 'sent':
      return { status: 'sent', reference }
    case 'cancelled':
      return { status: 'cancelled', reference: null }
    case 'declined':
      return { status: 'failed', reference, failure: state.reason ?? 'bank_said_no' }
    case 'open':
    case 'needs_you':
      return null
  }
}
