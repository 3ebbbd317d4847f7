import type { Tx } from '#services/db/client.server.ts'
import { removeEntries } from '#services/discovery/write-entries.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { recordAudit } from '#services/accounts/record-audit.server.ts'

/**
 * A provider whose registration was verified takes over the places that were imported for it from the register: they
 * move to it, leave the search (its own listings stand there now) and its page gets the address of the imported one.
 * The imported row stays, empty, because concerns may name it.
 * @param registerId a provider's or a location's id at the regulator
 * @throws DomainError REFUSED_BY_RULE when another organisation on Kith holds that registration
 */
export async function mergeImported(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  providerId: string,
  registerId: string,
): Promise<void> {
  const holder = await tx.provider.findFirst({
    where: { OR: [{ cqcProviderId: registerId }, { places: { some: { cqcLocationId: registerId } } }] },
    select: { id: true, slug: true, claimed: true, cqcProviderId: true, places: { select: { id: true } } },
  })
  if (holder?.id === providerId) return
  if (holder?.claimed)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'Another organisation on Kith already holds this registration. Find out whose it is before you go on.',
    )
  const own = await tx.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: {
      cqcProviderId: true,
      slug: true,
      services: { where: { publishedAt: { not: null } }, select: { id: true }, take: 1 },
    },
  })
  if (!holder) {
    // Not imported yet: the id is kept, so that the next import finds its owner.
    if (!own.cqcProviderId && registerId.includes('-'))
      await tx.provider.update({
        where: { id: providerId },
        data: { cqcProviderId: registerId },
        select: { id: true },
      })
    return
  }
  const placeIds = holder.places.map((place) => place.id)
  await tx.place.updateMany({ where: { id: { in: placeIds } }, data: { providerId } })
  await removeEntries(tx, placeIds)
  await tx.provider.update({
    where: { id: holder.id },
    data: { cqcProviderId: null, slug: `${holder.slug}-earlier-${newId().slice(-6)}` },
    select: { id: true },
  })
  const takesAddress = own.services.length === 0
  await tx.provider.update({
    where: { id: providerId },
    data: {
      cqcProviderId: own.cqcProviderId ?? holder.cqcProviderId,
      ...(takesAddress ? { slug: holder.slug } : {}),
    },
    select: { id: true },
  })
  await recordAudit(tx, now, actor, {
    action: 'provider.claimed',
    subjectType: 'provider',
    subjectId: providerId,
    facts: { from: holder.id, places: placeIds.length },
  })
}
