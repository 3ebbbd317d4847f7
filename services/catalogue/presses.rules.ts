/** What a provider presses about a listing as a whole. Data, so that every illegal pair can be tested. */
export const PRESSES = [
  'take_back',
  'drop_changes',
  'pause',
  'resume',
  'take_off',
  'still_right',
  'stop_new',
  'take_new',
] as const
export type Press = (typeof PRESSES)[number]
export type ServiceState = 'draft' | 'submitted' | 'published' | 'paused' | 'unpublished'

interface Rule {
  from: readonly ServiceState[]
  /** null: the state stays. */
  to: ServiceState | null
}

export const RULES: Record<Press, Rule> = {
  // From the checkers; a published listing stays published, only its change comes back.
  take_back: { from: ['submitted', 'published', 'paused', 'unpublished'], to: null },
  drop_changes: { from: ['published', 'paused', 'unpublished'], to: null },
  pause: { from: ['published'], to: 'paused' },
  resume: { from: ['paused'], to: 'published' },
  take_off: { from: ['published', 'paused'], to: 'unpublished' },
  still_right: { from: ['published', 'paused'], to: null },
  stop_new: { from: ['published', 'paused'], to: null },
  take_new: { from: ['published', 'paused'], to: null },
}

export const mayPress = (press: Press, state: ServiceState): boolean => RULES[press].from.includes(state)

/** Months after which a listing that nobody said is still right is marked, and after which it leaves the search. */
export const STALE_MONTHS = 6
export const GONE_MONTHS = 12
