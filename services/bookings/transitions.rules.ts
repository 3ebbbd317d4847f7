/** What may become what, who presses it, and whom it tells: the tables are the rule; everything else reads them. */
export const BOOKING_STATES = [
  'draft',
  'requested',
  'countered',
  'accepted',
  'paused',
  'declined',
  'withdrawn',
  'expired',
  'ended',
] as const
export type BookingState = (typeof BOOKING_STATES)[number]

export const VISIT_STATES = [
  'planned',
  'started',
  'delivered',
  'disputed',
  'confirmed',
  'settled',
  'cancelled_free',
  'missed_by_provider',
] as const
export type VisitState = (typeof VISIT_STATES)[number]

/** Who may press: the person or a supporter with this scope; the provider's people; the clock. */
export type Presser = 'person' | 'provider' | 'clock'

interface Transition<State> {
  from: readonly State[]
  by: readonly Presser[]
  to: State
  /** What it does to money set aside. */
  ledger: 'hold' | 'release' | 'release_and_hold' | 'settle' | 'none'
  tells: 'provider' | 'person' | 'both' | 'other_side' | 'nobody'
}

export const BOOKING_TRANSITIONS = {
  ask: { from: ['draft'], by: ['person'], to: 'requested', ledger: 'hold', tells: 'provider' },
  accept: { from: ['requested'], by: ['provider'], to: 'accepted', ledger: 'none', tells: 'person' },
  decline: { from: ['requested'], by: ['provider'], to: 'declined', ledger: 'release', tells: 'person' },
  counter: { from: ['requested'], by: ['provider'], to: 'countered', ledger: 'none', tells: 'person' },
  take_counter: {
    from: ['countered'],
    by: ['person'],
    to: 'accepted',
    ledger: 'release_and_hold',
    tells: 'provider',
  },
  withdraw: {
    from: ['requested', 'countered'],
    by: ['person'],
    to: 'withdrawn',
    ledger: 'release',
    tells: 'provider',
  },
  expire: {
    from: ['requested', 'countered'],
    by: ['clock'],
    to: 'expired',
    ledger: 'release',
    tells: 'both',
  },
  pause: { from: ['accepted'], by: ['person'], to: 'paused', ledger: 'release', tells: 'provider' },
  resume: { from: ['paused'], by: ['person'], to: 'accepted', ledger: 'hold', tells: 'provider' },
  end: {
    from: ['accepted', 'paused'],
    by: ['person', 'provider'],
    to: 'ended',
    ledger: 'release',
    tells: 'both',
  },
} as const satisfies Record<string, Transition<BookingState>>
export type BookingPress = keyof typeof BOOKING_TRANSITIONS

export const VISIT_TRANSITIONS = {
  start: { from: ['planned'], by: ['provider'], to: 'started', ledger: 'none', tells: 'nobody' },
  deliver: {
    from: ['planned', 'started'],
    by: ['provider'],
    to: 'delivered',
    ledger: 'none',
    tells: 'person',
  },
  confirm: { from: ['delivered'], by: ['person', 'clock'], to: 'confirmed', ledger: 'none', tells: 'nobody' },
  dispute: { from: ['delivered'], by: ['person'], to: 'disputed', ledger: 'none', tells: 'provider' },
  // The person may say for 7 days that somebody was there after all; it is not settled before.
  dispute_no_answer: {
    from: ['confirmed'],
    by: ['person'],
    to: 'disputed',
    ledger: 'none',
    tells: 'provider',
  },
  agree_minutes: {
    from: ['disputed'],
    by: ['person', 'provider'],
    to: 'confirmed',
    ledger: 'none',
    tells: 'other_side',
  },
  agree_none: {
    from: ['disputed'],
    by: ['provider'],
    to: 'cancelled_free',
    ledger: 'release',
    tells: 'person',
  },
  cancel_free: {
    from: ['planned'],
    by: ['person', 'provider'],
    to: 'cancelled_free',
    ledger: 'release',
    tells: 'other_side',
  },
  cancel_late: { from: ['planned'], by: ['person'], to: 'confirmed', ledger: 'none', tells: 'provider' },
  missed: {
    from: ['planned'],
    by: ['provider', 'clock'],
    to: 'missed_by_provider',
    ledger: 'release',
    tells: 'both',
  },
  no_answer: { from: ['planned'], by: ['provider'], to: 'confirmed', ledger: 'none', tells: 'person' },
  settle: { from: ['confirmed'], by: ['clock'], to: 'settled', ledger: 'settle', tells: 'nobody' },
} as const satisfies Record<string, Transition<VisitState>>
export type VisitPress = keyof typeof VISIT_TRANSITIONS

/** States from which this press is possible, for the WHERE of the UPDATE. */
export const bookingMayFrom = (press: BookingPress): BookingState[] => [...BOOKING_TRANSITIONS[press].from]
export const visitMayFrom = (press: VisitPress): VisitState[] => [...VISIT_TRANSITIONS[press].from]
export const bookingBecomes = (press: BookingPress): BookingState => BOOKING_TRANSITIONS[press].to
export const visitBecomes = (press: VisitPress): VisitState => VISIT_TRANSITIONS[press].to

export const bookingMay = (press: BookingPress, from: BookingState, by: Presser): boolean => {
  const rule: Transition<BookingState> = BOOKING_TRANSITIONS[press]
  return rule.from.includes(from) && rule.by.includes(by)
}
export const visitMay = (press: VisitPress, from: VisitState, by: Presser): boolean => {
  const rule: Transition<VisitState> = VISIT_TRANSITIONS[press]
  return rule.from.includes(from) && rule.by.includes(by)
}
