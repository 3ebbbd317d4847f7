import { councilsFor, type StaffAct } from '#services/accounts/staff.policy.ts'
import { actsFor, may, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor, Scope, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Decider, Recorder } from './purchase.rules.ts'

/**
 * Who may do what about a person's purchases, on the person's side: one of these scopes is enough. The person may do all.
 * These tables are under no row-level security, so every read and write of them asks here first.
 */
const NEEDS = {
  see: ['see_money'],
  /** Nothing is set aside by it. Who may only propose needs the person's own yes besides. */
  propose: ['propose', 'book'],
  say_yes: ['book', 'manage_money'],
  set_aside: ['book', 'manage_money'],
  /** That it was paid, what it came to, what came back. */
  record: ['manage_money'],
  give_evidence: ['book', 'manage_money'],
} as const satisfies Record<string, readonly Scope[]>
export type PersonAct = keyof typeof NEEDS

export const personMay = (actor: Actor, personId: string, act: PersonAct): boolean =>
  NEEDS[act].some((scope) => may(actor, personId, scope))

/** @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN, saying what is missing, for a supporter without the scope */
export function requirePersonMay(actor: Actor, personId: string, act: PersonAct): void {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (!personMay(actor, personId, act)) requireScope(actor, personId, NEEDS[act][0])
}

/** Whether what they put forward is the person's own wish already: not so for somebody who may only propose. */
export const speaksForPerson = (actor: Actor, personId: string): boolean =>
  personMay(actor, personId, 'say_yes')

export interface Facts {
  personId: string
  councilId: string
  adviserUserId: string | null
  agreedById: string | null
  recordedById: string | null
}

const staffOf = (actor: Actor, act: StaffAct, councilId: string): actor is UserActor =>
  councilsFor(actor, act).includes(councilId)

const isNamed = (actor: Actor, facts: Pick<Facts, 'adviserUserId' | 'councilId'>): boolean =>
  staffOf(actor, 'people.read', facts.councilId) && facts.adviserUserId === actor.userId

/** Nobody decides about their own budget, or while they act for that person. */
const isApart = (actor: Actor, personId: string): boolean =>
  actor.kind === 'user' && actor.personId !== personId && !actsFor(actor, personId).allowed

/** A council's advisers and finance see its people's purchases. */
export const councilSees = (actor: Actor, councilId: string): boolean =>
  staffOf(actor, 'purchases.read', councilId)

export function councilDecides(actor: Actor, facts: Facts, decider: Decider): boolean {
  if (!isApart(actor, facts.personId)) return false
  switch (decider) {
    case 'rule':
      return false
    case 'adviser':
      return staffOf(actor, 'people.read', facts.councilId)
    case 'named_adviser':
      return isNamed(actor, facts)
    case 'finance':
      // Above their limit the adviser needs somebody else, even with a second hat on.
      return staffOf(actor, 'money.work', facts.councilId) && actor.userId !== facts.adviserUserId
  }
}

/** The adviser who holds a fund puts things forward for it and sets its money aside, with the person's yes. */
export const adviserSpends = (
  actor: Actor,
  facts: Pick<Facts, 'personId' | 'councilId' | 'adviserUserId'>,
): boolean => isApart(actor, facts.personId) && isNamed(actor, facts)

/** Who writes down that the council's side has paid. */
export function councilRecords(actor: Actor, facts: Facts, recorder: Recorder): boolean {
  if (!isApart(actor, facts.personId)) return false
  if (recorder === 'adviser') return isNamed(actor, facts) || staffOf(actor, 'money.work', facts.councilId)
  return recorder === 'finance' && staffOf(actor, 'money.work', facts.councilId)
}

/** Finance looks at what an adviser spent; never whoever agreed it or wrote down that it was paid. */
export const mayAudit = (actor: Actor, facts: Facts): boolean =>
  isApart(actor, facts.personId) &&
  staffOf(actor, 'money.work', facts.councilId) &&
  actor.userId !== facts.agreedById &&
  actor.userId !== facts.recordedById &&
  actor.userId !== facts.adviserUserId

/** @throws SIGN_IN; NOT_FOUND for everybody who is not staff with a part in purchases */
export function requireCouncilSees(actor: Actor): { actor: UserActor; councilIds: string[] } {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const councilIds = councilsFor(actor, 'purchases.read')
  if (actor.kind !== 'user' || councilIds.length === 0) throw notFound()
  return { actor, councilIds }
}
