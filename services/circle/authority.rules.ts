import { SCOPES, type AuthorityType, type Scope } from '#services/kernel/actor.ts'

/** Plain words for each type, and where its power comes from. */
export const TYPE_WORDS: Readonly<Record<AuthorityType, { name: string; explained: string }>> = {
  informal: { name: 'Family, friend or neighbour', explained: 'Helps because you asked them to.' },
  nominated_person: {
    name: 'Nominated person',
    explained:
      'Agreed with the council to receive and manage the direct payment for somebody who chose them (Care Act 2014, section 31).',
  },
  authorised_person: {
    name: 'Authorised person',
    explained:
      'Manages the direct payment for somebody who cannot make this decision, even with support (Care Act 2014, section 32).',
  },
  attorney_or_deputy_finance: {
    name: 'Attorney or deputy for money',
    explained: 'Appointed to look after money: a lasting power of attorney, or the Court of Protection.',
  },
  attorney_or_deputy_welfare: {
    name: 'Attorney or deputy for health and welfare',
    explained:
      'Appointed to decide on care for somebody who cannot: a lasting power of attorney, or the Court of Protection.',
  },
  dwp_appointee: { name: 'Appointee', explained: 'Deals with benefits only.' },
  broker: { name: 'Broker', explained: 'Looks for support and puts it forward.' },
  advocate: { name: 'Advocate', explained: 'Speaks up for you. Sees what you allow, and never spends.' },
}

export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  see_plan: 'See the plan',
  see_money: 'See the money',
  message: 'Be told what happens, and write messages',
  shortlist: 'Keep a shortlist',
  propose: 'Put support forward',
  book: 'Ask for support, change it and cancel it',
  confirm_hours: 'Say whether a visit happened',
  review: 'Say how it went',
  manage_money: 'Receive and manage the money',
}

const without = (...left: Scope[]): readonly Scope[] => SCOPES.filter((scope) => !left.includes(scope))

/** What each type may be given at most; the database refuses the gravest of these mistakes too. */
export const SCOPES_OF: Readonly<Record<AuthorityType, readonly Scope[]>> = {
  informal: without('manage_money'),
  nominated_person: SCOPES,
  authorised_person: SCOPES,
  attorney_or_deputy_finance: SCOPES,
  attorney_or_deputy_welfare: without('manage_money'),
  // An appointee's power is over benefits; over support they have what anybody may be given.
  dwp_appointee: ['see_plan', 'message', 'shortlist', 'propose'],
  broker: without('manage_money'),
  advocate: without('manage_money', 'book'),
}

/** A person gives these by their own word; the others rest on papers that the council must have seen. */
export const GIVEN_BY_PERSON = ['informal', 'broker', 'advocate'] as const satisfies readonly AuthorityType[]
export const needsEvidence = (type: AuthorityType): boolean =>
  !(GIVEN_BY_PERSON as readonly AuthorityType[]).includes(type)

/** What a person may end by themselves. The rest was made by a court, a deed or the council, which must hear of it. */
const ENDED_BY_PERSON: readonly AuthorityType[] = [...GIVEN_BY_PERSON, 'nominated_person']
export const personMayEnd = (type: AuthorityType): boolean => ENDED_BY_PERSON.includes(type)

/** The scopes that this type cannot have; empty when all is well. */
export function scopesTooMany(type: AuthorityType, scopes: readonly Scope[]): Scope[] {
  return scopes.filter((scope) => !SCOPES_OF[type].includes(scope))
}

/**
 * Whether a supporter is told what happens to the person. Everybody is, but for somebody informal who was given
 * nothing that they would need to know it for.
 */
export function isTold(type: AuthorityType, scopes: readonly Scope[]): boolean {
  if (type !== 'informal') return true
  return scopes.some((scope) => scope === 'book' || scope === 'confirm_hours' || scope === 'message')
}
