import { staffRolesOf } from '#services/councils/council-pages.rules.ts'
import type { Actor, StaffRole, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/** What council staff may do in accounts, circle and safeguarding, and by which role. What is not here nobody may. */
const MAY = {
  'people.read': staffRolesOf('people'),
  'people.set_up': ['adviser'],
  'authorities.record': ['adviser'],
  'money.read': staffRolesOf('money'),
  'money.work': ['finance'],
  'funds.rules': ['finance'],
  'deployments.record': ['adviser'],
  'funds_held.agree': ['adviser', 'finance'],
  'purchases.read': staffRolesOf('purchases'),
  'vouchers.read': staffRolesOf('vouchers'),
  'hours_saved.read': staffRolesOf('hours_saved'),
  'concerns.read': staffRolesOf('concerns'),
  'concerns.work': ['safeguarding'],
  'colleagues.reset': staffRolesOf('colleagues'),
} as const satisfies Record<string, readonly StaffRole[]>

export type StaffAct = keyof typeof MAY

/** The councils for which the actor may do this; empty for everybody else, and before the second step of signing in. */
export function councilsFor(actor: Actor, act: StaffAct): string[] {
  if (actor.kind !== 'user' || !actor.secondStep) return []
  const roles: readonly StaffRole[] = MAY[act]
  return actor.staff
    .filter((one) => one.roles.some((role) => roles.includes(role)))
    .map((one) => one.councilId)
}

/**
 * The actor as staff, for all their councils.
 * @throws SIGN_IN when signed out; NOT_FOUND for everybody without the role: these pages do not exist for them
 */
export function requireStaff(actor: Actor, act: StaffAct): { actor: UserActor; councilIds: string[] } {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const councilIds = councilsFor(actor, act)
  if (actor.kind !== 'user' || councilIds.length === 0) throw notFound()
  return { actor, councilIds }
}

/** @throws as `requireStaff`, also for staff of another council */
export function requireStaffOf(actor: Actor, act: StaffAct, councilId: string): UserActor {
  const staff = requireStaff(actor, act)
  if (!staff.councilIds.includes(councilId)) throw notFound()
  return staff.actor
}

/**
 * Which of the actor's councils a page is about: the one asked for, else the first.
 * @throws as `requireStaff`, also for a council that is not theirs
 */
export function councilInView(
  given: Actor,
  act: StaffAct,
  wanted: string | null,
): { actor: UserActor; councilId: string } {
  const { actor, councilIds } = requireStaff(given, act)
  const councilId = wanted ? councilIds.find((id) => id === wanted) : councilIds[0]
  if (!councilId) throw notFound()
  return { actor, councilId }
}

/**
 * For what cannot be taken back: the second step, done in the last 10 minutes of this session (sessions.rules.ts). A page
 * that is refused so leads to the second step and comes back with what was typed.
 * @throws SIGN_IN; SECOND_STEP when it was longer ago
 */
export function requireFreshSecondStep(actor: Actor): void {
  if (actor.kind === 'system') return
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (!actor.secondStepFresh)
    throw new DomainError('SECOND_STEP', 'Show once more that it is you, then go on where you were.')
}
