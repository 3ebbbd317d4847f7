import { councilLinks, type CouncilLink } from '#services/councils/council-pages.rules.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'

/**
 * What somebody's role at a council, or at this installation, lets them do.
 * @throws SIGN_IN; FORBIDDEN for all but council staff and operators: the first page links here for everybody, so that a
 *   404 would be a broken link
 */
export async function councilLandingPage(
  deps: Deps,
  actor: Actor,
): Promise<{ title: string; links: CouncilLink[] }> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.kind !== 'user' || (actor.staff.length === 0 && !actor.operator))
    throw new DomainError(
      'FORBIDDEN',
      'These pages are for people who work for a council. Your account is not one of theirs.',
    )
  const councils = await deps.db.prisma.council.findMany({
    where: { id: { in: actor.staff.map(({ councilId }) => councilId) } },
    orderBy: { name: 'asc' },
    select: { name: true },
  })
  return {
    title: councils.length > 0 ? councils.map(({ name }) => name).join(' and ') : 'This installation',
    links: councilLinks(actor),
  }
}
