import type { Tone } from '../tag/tag.tsx'

/** How a purchase stands, for the council's side. */
export const STATE_WORDS: Readonly<
  Record<'proposed' | 'agreed' | 'ordered' | 'paid' | 'refused' | 'withdrawn', { tone: Tone; words: string }>
> = {
  proposed: { tone: 'asked', words: 'Waiting for an answer' },
  agreed: { tone: 'done', words: 'Agreed' },
  ordered: { tone: 'asked', words: 'Money set aside' },
  paid: { tone: 'done', words: 'Paid' },
  refused: { tone: 'stop', words: 'Not agreed' },
  withdrawn: { tone: 'plain', words: 'Not bought' },
}
