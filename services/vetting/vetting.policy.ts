import { opensPage } from '#services/councils/council-pages.rules.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/** Whose providers an actor may check: all of them, or those of some councils. */
export type CheckScope = { all: true } | { all: false; councilIds: readonly string[] }

/**
 * @throws DomainError SIGN_IN when signed out; NOT_FOUND for everybody who checks nothing, as if there were no such page
 */
export function requireChecker(actor: Actor): CheckScope {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.kind === 'system') return { all: true }
  if (actor.operator && opensPage('checks', ['operator'])) return { all: true }
  const councilIds = actor.staff
    .filter(({ roles }) => opensPage('checks', roles))
    .map((staff) => staff.councilId)
  if (councilIds.length === 0) throw notFound()
  return { all: false, councilIds }
}

/** A provider that named no council is for the operators. Nobody checks an organisation that they belong to. */
export function mayCheck(
  actor: Actor,
  scope: CheckScope,
  provider: { id: string; councilId: string | null },
): boolean {
  if (actor.kind === 'user' && actor.providers.some((entry) => entry.providerId === provider.id)) return false
  return scope.all || (provider.councilId !== null && scope.councilIds.includes(provider.councilId))
}
