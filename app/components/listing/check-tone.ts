import type { Tone } from '../tag/tag.tsx'

/** How loudly a check's standing is said. */
export const STANDING_TONE: Record<
  'checked' | 'runs_out' | 'waiting' | 'wanted' | 'ended' | 'refused' | 'not_needed',
  Tone
> = {
  checked: 'done',
  runs_out: 'asked',
  waiting: 'asked',
  wanted: 'asked',
  ended: 'stop',
  refused: 'stop',
  not_needed: 'plain',
}
