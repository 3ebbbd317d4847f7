import type { ConcernState, Consent } from './concern.schema.ts'

export const STATE_WORDS: Readonly<Record<ConcernState, string>> = {
  received: 'Received',
  looking_into_it: 'Being looked into',
  closed: 'Closed',
}

export const CONSENT_WORDS: Readonly<Record<Consent, string>> = {
  agrees: 'They know, and they agree',
  does_not_agree: 'They do not agree',
  cannot_say: 'They cannot make this decision, even with support',
  not_known: 'Nobody has asked them',
}

/** A closed concern can be opened again when something new is known; nothing goes back to being unread. */
const NEXT: Readonly<Record<ConcernState, readonly ConcernState[]>> = {
  received: ['looking_into_it', 'closed'],
  // A note without a change of state is work too.
  looking_into_it: ['looking_into_it', 'closed'],
  closed: ['looking_into_it'],
}
export const nextStates = (from: ConcernState): readonly ConcernState[] => NEXT[from]
export const mayBecome = (from: ConcernState, to: ConcernState): boolean => NEXT[from].includes(to)
