import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import { type CheckFact, readChecks } from '#services/vetting/read-checks.server.ts'
import { indexServices } from './index-services.server.ts'
import { hindrancesTo } from './listing.rules.ts'
import { type Version, holdServices, versionInclude, waitingServices } from './versions.server.ts'

interface Listing {
  id: string
  providerId: string
  state: string
  publishedAt: Date | null
  provider: { claimed: boolean }
}

const listingSelect = {
  id: true,
  providerId: true,
  state: true,
  publishedAt: true,
  provider: { select: { claimed: true } },
} as const

/**
 * Holds these services until the transaction ends. What they are is read after that: while this waited for its turn, one
 * may have been taken back or published.
 * @returns their ids
 */
async function hold(tx: Tx, which: Prisma.ServiceWhereInput): Promise<string[]> {
  const found = await tx.service.findMany({ where: which, select: { id: true }, take: 500 })
  const ids = found.map(({ id }) => id)
  await holdServices(tx, ids)
  return ids
}

/**
 * Publishes those of a provider's waiting listings that nothing hinders any more: the version is frozen, becomes the one
 * that people see, is put into the search and the provider is told, all in the caller's transaction. A change of a
 * published listing goes the same way; until then people see the version before.
 * @returns ids of the services that were published
 */
export async function publishReady(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  providerId: string,
  onlyServiceId?: string,
): Promise<string[]> {
  const ids = await hold(tx, {
    providerId,
    ...waitingServices,
    ...(onlyServiceId ? { id: onlyServiceId } : {}),
  })
  if (ids.length === 0) return []
  const waiting = await tx.service.findMany({
    where: { id: { in: ids }, ...waitingServices },
    select: listingSelect,
  })
  const checks = (await readChecks(tx, [providerId])).get(providerId) ?? []
  const drafts = await tx.serviceVersion.findMany({
    where: { serviceId: { in: ids }, frozenAt: null },
    orderBy: { number: 'asc' },
    include: versionInclude,
  })
  const draftBy = new Map(drafts.map((draft) => [draft.serviceId, draft]))
  const ready = waiting.flatMap((service) => {
    const draft = draftBy.get(service.id)
    if (!draft || hindrancesTo(draft, service.id, service.provider, checks).length > 0) return []
    return [{ service, draft }]
  })
  if (ready.length === 0) return []
  await publishVersions(tx, now, ready)
  await indexServices(
    tx,
    now,
    ready.map(({ service }) => service.id),
  )
  for (const { service, draft } of ready)
    await recordAudit(tx, now, actor, {
      action: 'service.published',
      subjectType: 'service',
      subjectId: service.id,
      forPersonId: null,
      facts: { versionId: draft.id, number: draft.number, category: draft.categoryCode },
    })
  await tell(
    tx,
    now,
    ready.map(({ service, draft }) => publishedNotice(service, draft)),
  )
  return ready.map(({ service }) => service.id)
}

async function publishVersions(
  tx: Tx,
  now: Temporal.Instant,
  ready: readonly { service: Listing; draft: Version }[],
): Promise<void> {
  const versionIds = ready.map(({ draft }) => draft.id)
  const at = toDate(now)
  await tx.$executeRaw`UPDATE service_version SET frozen_at = ${at}::timestamptz WHERE id = ANY (${versionIds}::uuid[]) AND frozen_at IS NULL`
  await tx.$executeRaw`
    UPDATE service s SET current_version_id = v.id, place_id = CASE WHEN v.setting = 'at_venue' THEN coalesce(v.place_id, s.place_id) END, state = CASE WHEN s.state = 'paused' THEN s.state ELSE 'published' END,
      submitted_at = NULL, confirmed_at = ${at}::timestamptz, published_at = coalesce(s.published_at, ${at}::timestamptz)
    FROM service_version v WHERE v.service_id = s.id AND v.id = ANY (${versionIds}::uuid[])`
}

const publishedNotice = (service: Listing, draft: Version): NewNotice => ({
  to: { providerId: service.providerId },
  kind: 'service.published',
  title: service.publishedAt
    ? `Your changes to “${draft.title}” can be seen now`
    : `“${draft.title}” is published`,
  body: service.publishedAt
    ? 'Bookings that were made before keep the terms they were made on.'
    : 'People can find it and ask for it. You are told when somebody does.',
  path: `/provider/services/${service.id}`,
  subjectId: service.id,
})

/**
 * After a check was refused or ran out: published listings that rested on it leave the search, waiting ones go back to
 * their provider. Agreed bookings stand; whether they go on is between the person, the provider and the council.
 * @returns ids of the services that were taken off or sent back
 */
export async function withdrawUnlawful(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  providerId: string,
  lost: (check: CheckFact) => boolean,
  reason: string,
): Promise<string[]> {
  const ids = await hold(tx, {
    providerId,
    OR: [{ state: { in: ['published', 'paused', 'submitted'] } }, waitingServices],
  })
  const services = await tx.service.findMany({
    where: { id: { in: ids } },
    select: { ...listingSelect, submittedAt: true, currentVersion: { include: versionInclude } },
  })
  const checks = (await readChecks(tx, [providerId])).get(providerId) ?? []
  const drafts = await tx.serviceVersion.findMany({
    where: { serviceId: { in: ids }, frozenAt: null },
    include: versionInclude,
  })
  // What a listing would rest on if the lost checks still stood: only those that need one of them are touched.
  const before = checks.map((check) => (lost(check) ? { ...check, state: 'verified' as const } : check))
  const needsLost = (version: Version, service: Listing): boolean =>
    hindrancesTo(version, service.id, service.provider, checks).length >
    hindrancesTo(version, service.id, service.provider, before).length
  const takenOff: string[] = []
  const sentBack: string[] = []
  const notices: NewNotice[] = []
  for (const service of services) {
    const draft = drafts.find((version) => version.serviceId === service.id)
    const shown = service.currentVersion
    const live = service.state === 'published' || service.state === 'paused'
    if (live && shown && needsLost(shown, service)) {
      takenOff.push(service.id)
      notices.push(backNotice(service, `“${shown.title}” was taken off`, reason))
    } else if (service.submittedAt && draft && needsLost(draft, service)) {
      sentBack.push(service.id)
      notices.push(backNotice(service, `“${draft.title}” could not be published yet`, reason))
    }
  }
  await tx.service.updateMany({
    where: { id: { in: takenOff } },
    data: { state: 'unpublished', submittedAt: null },
  })
  await tx.service.updateMany({
    where: { id: { in: sentBack }, state: 'submitted' },
    data: { state: 'draft' },
  })
  await tx.service.updateMany({ where: { id: { in: sentBack } }, data: { submittedAt: null } })
  await indexServices(tx, now, takenOff)
  for (const id of takenOff)
    await recordAudit(tx, now, actor, {
      action: 'service.taken_off',
      subjectType: 'service',
      subjectId: id,
      forPersonId: null,
    })
  await tell(tx, now, notices)
  return [...takenOff, ...sentBack]
}

const backNotice = (service: Listing, title: string, reason: string): NewNotice => ({
  to: { providerId: service.providerId },
  kind: 'service.sent_back',
  title,
  body: reason,
  path: `/provider/services/${service.id}`,
  subjectId: service.id,
})
