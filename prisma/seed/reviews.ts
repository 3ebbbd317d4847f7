import type { Prisma } from '#services/db/generated/client.ts'
import { at, DAY, HOUR, type Kit } from './kit.ts'
import type { SeededService } from './services.ts'
import { COMMENTS, groupOf, REPLIES, SECOND, type Band } from './voices.ts'
import { notify, type World } from './world.ts'

/** How good a provider is at leaving people in control, on average: what a year's voices say of it. */
const KNOWN: Record<string, number> = {
  'castle-homecare': 3.35, 'saltergate-home-care': 3.5, 'moorend-living': 3.9, 'northgate-live-in': 3.9, 'weavers-care': 4.5,
  'lantern-living': 4.8, 'otter-swim-buddies': 4.8, 'bright-kettle': 4.7, 'hearthside': 4.8, 'st-annes-home-care': 4.1,
} // prettier-ignore
const AGAIN_AFTER = 91 * DAY

function score(kit: Kit, mean: number): number {
  const { rng } = kit
  const spread = (rng.next() + rng.next() + rng.next() - 1.5) * 1.6
  const rare = rng.chance(0.05) ? -2 : 0
  return Math.max(1, Math.min(5, Math.round(mean + spread + rare)))
}

/** Reviews by those who had the visit, at most one a quarter for the same support; some answered. */
export function makeReviews(kit: Kit, world: World): Prisma.ReviewCreateManyInput[] {
  const { rng } = kit
  const reviews: Prisma.ReviewCreateManyInput[] = []
  const lastAsked = new Map<string, number>()
  const unused = new Map<string, Record<Band, string[]>>()
  const qualities = new Map<string, number>()
  for (const { visit, ms } of [...world.received].sort((a, b) => a.ms - b.ms)) {
    const { service, person } = visit.booking
    const key = `${person.id} ${service.id}`
    const last = lastAsked.get(key)
    if (last !== undefined && ms - last < AGAIN_AFTER) continue
    // The first visits of standing support are too early to tell; a single visit is told of at once.
    if (last === undefined && visit.booking.visits.length > 3 && visit.booking.visits.indexOf(visit) < 2)
      continue
    const writtenMs = ms + rng.int(2, 220) * HOUR
    if (writtenMs > kit.nowMs) continue
    lastAsked.set(key, ms)
    if (!rng.chance(0.92)) continue
    const mean =
      qualities.get(service.provider.seed.slug) ?? KNOWN[service.provider.seed.slug] ?? 4.2 + rng.next() * 0.6
    qualities.set(service.provider.seed.slug, mean)
    const kept = score(kit, mean)
    const like = (shift: number): number =>
      Math.max(1, Math.min(5, Math.round((score(kit, mean) + kept) / 2 + shift)))
    const band: Band = kept >= 4 ? 'good' : kept === 3 ? 'middling' : 'poor'
    const supporter = person.supporters.find((one) => one.mayConfirm && one.mayBook)
    const bySupporter = supporter !== undefined && (!person.userId || rng.chance(0.25))
    const replied = rng.chance(band === 'good' ? 0.15 : 0.55)
      ? Math.min(kit.nowMs - HOUR, writtenMs + rng.int(4, 120) * HOUR)
      : null
    const id = kit.id(writtenMs)
    reviews.push({
      id,
      visitId: visit.row.id ?? '',
      serviceId: service.id,
      providerId: service.provider.id,
      personId: person.id,
      keptMeInControl: kept,
      reliable: like(service.provider.seed.size === 'fifty_to_249' ? -0.4 : 0),
      respectful: like(0.3),
      listened: like(0),
      madeADifference: like(0.1),
      comment: rng.chance(0.72) ? comment(kit, service, band, unused) : '',
      writtenById: bySupporter ? supporter.userId : person.userId,
      authorityId: bySupporter ? supporter.authorityId : null,
      createdAt: at(writtenMs),
      editedAt: rng.chance(0.03) ? at(Math.min(kit.nowMs, writtenMs + 2 * DAY)) : null,
      reply: replied === null || replied <= writtenMs ? null : rng.pick(REPLIES[band]),
      repliedAt: replied === null || replied <= writtenMs ? null : at(replied),
    })
    notify(world, writtenMs, { providerId: service.provider.id }, () => ({
      kind: 'review.written',
      title: 'Somebody said how a visit went',
      body: `${service.terms.title}. You may answer once.`,
      path: '/provider/reviews',
      subjectId: id,
    }))
  }
  return reviews
}

/** No sentence twice at one provider; when they are used up, scores without words. */
function comment(
  kit: Kit,
  service: SeededService,
  band: Band,
  unused: Map<string, Record<Band, string[]>>,
): string {
  const group = groupOf(service.seed.category)
  const key = `${service.provider.seed.slug} ${group}`
  const all = COMMENTS[group]
  const left = unused.get(key) ?? {
    good: kit.rng.shuffled(all.good),
    middling: kit.rng.shuffled(all.middling),
    poor: kit.rng.shuffled(all.poor),
  }
  unused.set(key, left)
  const first = left[band].pop()
  if (!first) return ''
  return kit.rng.chance(0.3) ? `${first} ${kit.rng.pick(SECOND[band])}` : first
}
