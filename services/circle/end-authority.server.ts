import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { councilsFor } from '#services/accounts/staff.policy.ts'
import { actsFor, requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell, type NewNotice } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { personMayEnd, TYPE_WORDS } from './authority.rules.ts'

interface Ended {
  personId: string
  type: Parameters<typeof personMayEnd>[0]
  supporterUserId: string | null
  supporterProviderId: string | null
  person: { councilId: string }
}

/** Who may end it: the person (but for what a court or deed made), the supporter themselves, the council's adviser. */
function mustBeAllowed(actor: UserActor, authority: Ended): void {
  if (councilsFor(actor, 'authorities.record').includes(authority.person.councilId)) return
  const managed = actor.providers.filter(({ role }) => role !== 'worker').map(({ providerId }) => providerId)
  if (authority.supporterUserId === actor.userId) return
  if (authority.supporterProviderId && managed.includes(authority.supporterProviderId)) return
  const standing = actsFor(actor, authority.personId)
  if (!standing.allowed || standing.as !== 'self') throw notFound()
  if (!personMayEnd(authority.type))
    throw new DomainError(
      'REFUSED_BY_RULE',
      `A supporter of this kind (${TYPE_WORDS[authority.type].name.toLowerCase()}) was agreed with your council. Ask your council to end it.`,
    )
}

/**
 * Ends an authority: from the next request on it counts for nothing. Support that was agreed stands.
 * @param input.personId whose page it was pressed on, when it was a person's own
 * @throws SIGN_IN; NOT_FOUND for strangers and for what has ended; STALE_STATE when the session acts for another now; REFUSED_BY_RULE for what only the council ends
 */
export async function endAuthority(
  deps: Deps,
  actor: Actor,
  input: { authorityId: string; personId?: string },
): Promise<void> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (input.personId !== undefined) requirePersonInView(actor, input.personId)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const authority = await tx.authority.findFirst({
      where: { id: input.authorityId, endedAt: null },
      select: {
        personId: true,
        type: true,
        relationship: true,
        supporterUserId: true,
        supporterProviderId: true,
        person: { select: { councilId: true, shortName: true } },
      },
    })
    if (!authority) throw notFound()
    mustBeAllowed(actor, authority)
    const { count } = await tx.authority.updateMany({
      where: { id: input.authorityId, endedAt: null },
      data: { endedAt: toDate(now) },
    })
    if (count !== 1) throw new DomainError('STALE_STATE', 'This was ended already.')
    await tx.session.updateMany({
      where: { actingAuthorityId: input.authorityId },
      data: { actingAuthorityId: null },
    })
    await recordAudit(tx, now, actor, {
      action: 'authority.ended',
      subjectType: 'authority',
      subjectId: input.authorityId,
      forPersonId: authority.personId,
      facts: { type: authority.type },
    })
    const about = { kind: 'circle.ended', path: '/my/circle', subjectId: input.authorityId }
    const notices: NewNotice[] = [
      {
        ...about,
        to: { personId: authority.personId },
        title: 'Somebody no longer does things for you on Kith',
        body: `Your ${authority.relationship} can no longer do things for you here. Support that was agreed stands.`,
      },
      {
        ...about,
        to: authority.supporterUserId
          ? { userId: authority.supporterUserId }
          : { providerId: authority.supporterProviderId ?? '' },
        title: `You no longer do things for ${authority.person.shortName} on Kith`,
        body: 'It was ended. Support that was agreed stands.',
      },
    ]
    await tell(tx, now, notices)
  })
}
