import type { Tone } from '../tag/tag.tsx'

/** How a run, and a payment in it, stand. */
export const RUN_TONE: Record<string, Tone> = {
  draft: 'plain',
  submitted: 'asked',
  approved: 'asked',
  sent: 'asked',
  finished: 'done',
  abandoned: 'stop',
}
export const PAYMENT_TONE: Record<string, Tone> = {
  sent: 'asked',
  confirmed: 'done',
  failed: 'stop',
  returned: 'stop',
  cancelled: 'plain',
}
