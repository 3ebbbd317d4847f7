/** Where a person's own bank transfer stands, and what comes next. Pure. */
import type { PaymentState } from '#services/db/generated/enums.ts'

const WORDS: Record<PaymentState, { state: string; next: string }> = {
  started: { state: 'Not sent yet', next: 'Send it from your bank, then say so here.' },
  needs_you: { state: 'Your bank asks you', next: 'Answer your bank, then say here that it is sent.' },
  sent: {
    state: 'Sent',
    next: 'It counts as paid when your bank’s file shows it. Bring the file when you have it.',
  },
  confirmed: { state: 'Paid', next: 'Your bank’s file shows it.' },
  failed: { state: 'It did not arrive', next: 'What it was for is due again.' },
  returned: { state: 'It came back', next: 'What it was for is due again.' },
  cancelled: { state: 'Called off', next: 'What it was for is due again.' },
}

export const transferWords = (state: PaymentState): { state: string; next: string } => WORDS[state]

export const TRANSFER_PRESSES = ['sent', 'not_sent', 'came_back'] as const
export type TransferPress = (typeof TRANSFER_PRESSES)[number]

/** What can be said of a transfer in a state; in the order of the page. */
export function pressesOf(state: PaymentState): readonly TransferPress[] {
  switch (state) {
    case 'started':
    case 'needs_you':
      return ['sent', 'not_sent']
    case 'sent':
    case 'confirmed':
      return ['came_back']
    default:
      return []
  }
}
