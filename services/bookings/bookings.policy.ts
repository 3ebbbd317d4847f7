/** Who may press what. The person's side is the circle's policy; this is the provider's. Deny by default. */
import type { Actor, MemberRole } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

export type ProviderPress = 'see' | 'answer' | 'deliver' | 'cancel' | 'reply'

const MAY: Record<MemberRole, readonly ProviderPress[]> = {
  owner: ['see', 'answer', 'deliver', 'cancel', 'reply'],
  coordinator: ['see', 'answer', 'deliver', 'cancel', 'reply'],
  worker: ['see', 'deliver'],
}

/** The actor's membership of a provider. @throws NOT_FOUND for strangers, FORBIDDEN for members without the right. */
export function requireProvider(
  actor: Actor,
  providerId: string,
  press: ProviderPress,
): { memberId: string; role: MemberRole } {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const membership =
    actor.kind === 'user' ? actor.providers.find((entry) => entry.providerId === providerId) : undefined
  if (!membership) throw notFound()
  if (!MAY[membership.role].includes(press))
    throw new DomainError(
      'FORBIDDEN',
      'Only an owner or coordinator of your organisation can do this. Ask one of them.',
    )
  return { memberId: membership.memberId, role: membership.role }
}

export const providerMay = (role: MemberRole, press: ProviderPress): boolean => MAY[role].includes(press)
