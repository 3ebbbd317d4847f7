import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { type Claim, askCheck } from '#services/vetting/ask-check.server.ts'
import { holdChecks, readChecks } from '#services/vetting/read-checks.server.ts'
import { missingFrom } from './listing.rules.ts'
import { publishReady } from './publish-ready.server.ts'
import { type Version, draftOf, draftToWrite, holdServices, isWaiting } from './versions.server.ts'

/**
 * Sends a listing, or a change of one, in. When every check that it needs is verified already it is published at once;
 * else its claims go to the checkers and it is published by their last decision.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for workers; REFUSED_BY_RULE with what is missing, by step, in
 *   `details.fields`; STALE_STATE when it was sent in already or there is nothing to send
 */
export async function submitListing(
  deps: Deps,
  actor: Actor,
  serviceId: string,
): Promise<{ published: boolean }> {
  const owner = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: { providerId: true },
  })
  if (!owner) throw notFound()
  requireMember(actor, owner.providerId, 'edit_listing')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    await holdChecks(tx, owner.providerId)
    await holdServices(tx, [serviceId])
    const service = await tx.service.findUniqueOrThrow({
      where: { id: serviceId },
      select: {
        id: true,
        state: true,
        submittedAt: true,
        currentVersionId: true,
        placeId: true,
        _count: { select: { rules: true, exceptions: { where: { closed: false } } } },
      },
    })
    // What was taken off may come back as it was: it gets a version of its own, so that its promises start today.
    const draft =
      service.state === 'unpublished'
        ? await draftToWrite(tx, now, actor, service)
        : await draftOf(tx, serviceId)
    if (!draft || (service.state !== 'unpublished' && isWaiting(service.submittedAt, draft)))
      throw new DomainError('STALE_STATE', 'This was sent in already, or there is nothing new to send.')
    const missing = missingFrom(draft, service._count.rules + service._count.exceptions)
    if (missing.length > 0)
      throw new DomainError('REFUSED_BY_RULE', 'Some answers are still missing. Nothing was sent.', {
        fields: Object.fromEntries(missing.map(({ step, sentence }) => [step, [sentence]])),
      })
    const live = service.state === 'published' || service.state === 'paused'
    await tx.service.update({
      where: { id: serviceId },
      data: { submittedAt: toDate(now), ...(live ? {} : { state: 'submitted' }) },
      select: { id: true },
    })
    const claim = claimOf(draft, serviceId)
    if (claim) {
      const known = (await readChecks(tx, [owner.providerId])).get(owner.providerId) ?? []
      await askCheck(tx, now, owner.providerId, claim, known)
    }
    await recordAudit(tx, now, actor, {
      action: 'service.submitted',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { versionId: draft.id, number: draft.number },
    })
    const published = await publishReady(tx, now, actor, owner.providerId, serviceId)
    return { published: published.includes(serviceId) }
  })
}

/** What somebody has to look at before this version may be published; null for what needs no registration. */
export function claimOf(
  version: Pick<Version, 'regulation' | 'registrationId' | 'exemptionReason'>,
  serviceId: string,
): Claim | null {
  if (version.regulation === 'registered' && version.registrationId)
    return { kind: 'cqc_registration', reference: version.registrationId }
  if (version.regulation === 'exempt' && version.exemptionReason)
    return { kind: 'regulation_exemption', serviceId, statement: version.exemptionReason }
  return null
}
