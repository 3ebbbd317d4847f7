import type { Tone } from '../tag/tag.tsx'

export const PAYEE_TONE: Record<string, Tone> = {
  proposed: 'asked',
  cooling: 'asked',
  active: 'done',
  replaced: 'plain',
  refused: 'stop',
}
