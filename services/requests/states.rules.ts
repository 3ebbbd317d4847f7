/** What may become what, and who presses it: the tables are the rule, and the WHERE of every UPDATE is read from them. */
export const REQUEST_STATES = ['open', 'accepted', 'withdrawn', 'expired'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export const OFFER_STATES = ['made', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const
export type OfferState = (typeof OFFER_STATES)[number]
export type Presser = 'person' | 'provider' | 'clock'

interface Transition<State> {
  from: readonly State[]
  by: Presser
  to: State
}

export const REQUEST_TRANSITIONS = {
  take: { from: ['open'], by: 'person', to: 'accepted' },
  withdraw: { from: ['open'], by: 'person', to: 'withdrawn' },
  expire: { from: ['open'], by: 'clock', to: 'expired' },
} as const satisfies Record<string, Transition<RequestState>>
export type RequestPress = keyof typeof REQUEST_TRANSITIONS

export const OFFER_TRANSITIONS = {
  take: { from: ['made'], by: 'person', to: 'accepted' },
  /** Another was taken, or nothing is wanted any more. */
  decline: { from: ['made'], by: 'person', to: 'declined' },
  withdraw: { from: ['made'], by: 'provider', to: 'withdrawn' },
  lapse: { from: ['made'], by: 'clock', to: 'lapsed' },
} as const satisfies Record<string, Transition<OfferState>>
export type OfferPress = keyof typeof OFFER_TRANSITIONS

export const requestMayFrom = (press: RequestPress): RequestState[] => [...REQUEST_TRANSITIONS[press].from]
export const requestBecomes = (press: RequestPress): RequestState => REQUEST_TRANSITIONS[press].to
export const offerMayFrom = (press: OfferPress): OfferState[] => [...OFFER_TRANSITIONS[press].from]
export const offerBecomes = (press: OfferPress): OfferState => OFFER_TRANSITIONS[press].to

export const requestMay = (press: RequestPress, from: RequestState, by: Presser): boolean => {
  const rule: Transition<RequestState> = REQUEST_TRANSITIONS[press]
  return rule.from.includes(from) && rule.by === by
}
export const offerMay = (press: OfferPress, from: OfferState, by: Presser): boolean => {
  const rule: Transition<OfferState> = OFFER_TRANSITIONS[press]
  return rule.from.includes(from) && rule.by === by
}
