/** A contribution's payment as pages show it. */
import { longDate, plainDateOf } from '#services/kernel/time.ts'
import { failureSentence } from '#services/settlement/payment-words.rules.ts'

interface PaymentRow {
  id: string
  reference: string
  pence: number
  method: string
  state: string
  failure: string | null
  onDay: Date | null
  startedAt: Date
}

const HOW: Record<string, string> = {
  transfer: 'Bank transfer',
  card: 'Card',
  direct_debit: 'Direct Debit',
}
/** What each state means, and what comes next. */
const STATES: Record<string, { words: string; tone: 'plain' | 'asked' | 'done' | 'stop' }> = {
  started: { words: 'Begun. Nothing has left yet', tone: 'asked' },
  needs_you: { words: 'Waits for you', tone: 'asked' },
  sent: { words: 'On its way', tone: 'asked' },
  confirmed: { words: 'Arrived', tone: 'done' },
  failed: { words: 'Did not arrive', tone: 'stop' },
  returned: { words: 'Came back', tone: 'stop' },
  cancelled: { words: 'Called off', tone: 'plain' },
}
const ANNOUNCED = 'The council collects it on the day that it told you'

export interface PaymentView {
  id: string
  reference: string
  pence: number
  how: string
  day: string
  state: string
  words: string
  tone: 'plain' | 'asked' | 'done' | 'stop'
  why: string | null
}

export function paymentView(row: PaymentRow): PaymentView {
  const { words, tone } = STATES[row.state] ?? { words: row.state, tone: 'plain' as const }
  return {
    id: row.id,
    reference: row.reference,
    pence: row.pence,
    how: HOW[row.method] ?? row.method,
    day: longDate(plainDateOf(row.onDay ?? row.startedAt)),
    state: row.state,
    words: row.method === 'direct_debit' && row.state === 'started' ? ANNOUNCED : words,
    tone,
    why: row.state === 'failed' || row.state === 'returned' ? failureSentence(row.failure) : null,
  }
}
