import { opensPage } from '#services/councils/council-pages.rules.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/**
 * The council whose market the actor may see: they have a role there that opens the page, and have done the second
 * step in this session. With several councils the one asked for, else the first.
 * @throws SIGN_IN when signed out; SECOND_STEP before the second step; NOT_FOUND for everybody else, another council's staff included.
 */
export function marketCouncil(actor: Actor, wanted?: string): string {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.kind !== 'user') throw notFound()
  const councils = actor.staff
    .filter(({ roles }) => opensPage('market', roles))
    .map(({ councilId }) => councilId)
  const council = wanted === undefined ? councils[0] : councils.find((id) => id === wanted)
  if (council === undefined) throw notFound()
  if (!actor.secondStep)
    throw new DomainError('SECOND_STEP', 'Do the second step of signing in to see this page.')
  return council
}
