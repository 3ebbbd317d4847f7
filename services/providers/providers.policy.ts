import type { Actor, MemberRole, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/** What members do in the provider's own pages about the organisation, its listings, its hours and its checks. */
export type ProviderAct =
  | 'see'
  | 'edit_listing'
  | 'edit_hours'
  | 'edit_details'
  | 'give_evidence'
  | 'manage_team'
  | 'see_money'
  | 'manage_money'
  /** Pay from funds that the provider holds for people, and see them. */
  | 'hold_money'
  | 'run_payroll'

/** One table, deny by default: workers see, coordinators keep listings, owners also say who belongs. */
const MAY: Record<MemberRole, readonly ProviderAct[]> = {
  owner: [
    'see',
    'edit_listing',
    'edit_hours',
    'edit_details',
    'give_evidence',
    'manage_team',
    'see_money',
    'manage_money',
    'hold_money',
    'run_payroll',
  ],
  coordinator: [
    'see',
    'edit_listing',
    'edit_hours',
    'edit_details',
    'give_evidence',
    'see_money',
    'hold_money',
    'run_payroll',
  ],
  worker: ['see'],
}

export const memberMay = (role: MemberRole, act: ProviderAct): boolean => MAY[role].includes(act)

/** @throws DomainError SIGN_IN when signed out */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  return actor
}

/**
 * The actor's role in this provider.
 * @throws DomainError SIGN_IN; NOT_FOUND for strangers, as for ids that do not exist; FORBIDDEN for a member whose role is too small
 */
export function requireMember(actor: Actor, providerId: string, act: ProviderAct): MemberRole {
  const membership = requireUser(actor).providers.find((entry) => entry.providerId === providerId)
  if (!membership) throw notFound()
  if (!memberMay(membership.role, act))
    throw new DomainError(
      'FORBIDDEN',
      act === 'manage_team'
        ? 'Only an owner of your organisation can change who belongs to it.'
        : act === 'manage_money'
          ? 'Only an owner of your organisation can change how it is paid.'
          : 'Only an owner or a coordinator of your organisation can change this.',
    )
  return membership.role
}

/**
 * Which of the actor's providers a page is about: the one asked for, else the first.
 * @throws DomainError SIGN_IN; NOT_FOUND when it is not theirs or they have none
 */
export function providerInView(
  actor: Actor,
  wanted: string | null,
): { providerId: string; role: MemberRole } {
  const { providers } = requireUser(actor)
  const found = wanted ? providers.find((entry) => entry.providerId === wanted) : providers[0]
  if (!found) throw notFound()
  return { providerId: found.providerId, role: found.role }
}
