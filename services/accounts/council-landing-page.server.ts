import type { Actor, StaffRole } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'

export interface CouncilLink {
  href: string
  label: string
  says: string
}

const MARKET: CouncilLink = {
  href: '/council/market',
  label: 'Market',
  says: 'Who gives support, whether spending is spread out, and what is missing. No named person anywhere.',
}
const CHECKS: CouncilLink = {
  href: '/council/checks',
  label: 'Checks',
  says: 'Providers and services that wait for somebody to look at their papers.',
}
const PEOPLE: CouncilLink = {
  href: '/council/people',
  label: 'People',
  says: 'Set somebody up, and write down who may act for them.',
}
const CONCERNS: CouncilLink = {
  href: '/council/concerns',
  label: 'Concerns',
  says: 'What was raised with the adult safeguarding team. Nobody else sees it.',
}

const LINKS: Readonly<Record<StaffRole, readonly CouncilLink[]>> = {
  adviser: [PEOPLE],
  finance: [],
  commissioner: [MARKET],
  safeguarding: [CONCERNS],
  council_admin: [CHECKS],
}

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
  const roles = new Set(actor.staff.flatMap((one) => one.roles))
  const links = [...[...roles].flatMap((role) => LINKS[role]), ...(actor.operator ? [CHECKS] : [])]
  return {
    title: councils.length > 0 ? councils.map(({ name }) => name).join(' and ') : 'This installation',
    links: links.filter((link, i) => links.indexOf(link) === i),
  }
}
