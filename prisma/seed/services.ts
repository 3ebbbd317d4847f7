import type { Prisma } from '#services/db/generated/client.ts'
import { termsOf, type Terms, type VersionRow } from '#services/bookings/terms.schema.ts'
import { STEPS } from '#services/catalogue/steps.ts'
import { categoryName } from '#services/discovery/vocabulary.ts'
import type { DayException, WeeklyRule } from '#services/availability/hours.rules.ts'
import { at, column, DAY, slugOf, type Kit } from './kit.ts'
import type { ProviderRows, SeededLane, SeededProvider } from './providers.ts'
import { CARE_SERVICES } from './services-care.ts'
import { DAY_SERVICES } from './services-days.ts'
import { HELP_SERVICES } from './services-help.ts'
import { HOME_SERVICES } from './services-home.ts'
import { HOURS, TERMS } from './terms.ts'
import type { ServiceSeed } from './types.ts'

export const SERVICES = [...CARE_SERVICES, ...HOME_SERVICES, ...DAY_SERVICES, ...HELP_SERVICES]

export interface SeededService {
  id: string
  slug: string
  versionId: string
  seed: ServiceSeed
  provider: SeededProvider
  terms: Terms
  hours: readonly WeeklyRule[]
  closed: readonly DayException[]
  placeName: string | null
  /** The lanes that its visits take up. */
  lanes: readonly SeededLane[]
  published: boolean
}

export interface ServiceRows {
  service: Prisma.ServiceCreateManyInput[]
  version: Prisma.ServiceVersionCreateManyInput[]
  price: Prisma.PriceLineCreateManyInput[]
  rule: Prisma.AvailabilityRuleCreateManyInput[]
  exception: Prisma.AvailabilityExceptionCreateManyInput[]
}

const CONTINGENCY = [
  'We ring you as soon as we know, and send somebody you have met where we can. If nobody comes you pay nothing.',
  'Another of us comes. If that is not possible we offer you the next free time, and you pay nothing for the missed one.',
  'We tell you the day before where we can. You pay nothing, and your place is kept.',
  'You choose: another worker, another day, or your money back in its fund.',
]

export function makeServices(
  kit: Kit,
  providers: readonly SeededProvider[],
  providerRows: ProviderRows,
): { services: SeededService[]; rows: ServiceRows } {
  const rows: ServiceRows = { service: [], version: [], price: [], rule: [], exception: [] }
  const places = new Map(providerRows.place.map((place) => [place.id, place.name]))
  const bySlug = new Map(providers.map((provider) => [provider.seed.slug, provider]))
  const services = SERVICES.map((seed): SeededService => {
    const provider = bySlug.get(seed.by)
    if (!provider) throw new Error(`No provider ${seed.by}`)
    const state = seed.state ?? 'published'
    const listedMs = Math.min(kit.nowMs - 3 * DAY, provider.joinedMs + kit.rng.int(2, 90) * DAY)
    const [id, versionId] = [kit.id(listedMs), kit.id(listedMs)]
    const version = versionOf(kit, seed, provider, id, versionId, listedMs)
    const prices = pricesOf(kit, seed, versionId, listedMs)
    const published = state === 'published' || state === 'paused'
    rows.version.push({ ...version, frozenAt: published ? at(listedMs) : null })
    rows.price.push(...prices)
    const slug = slugOf(`${seed.title} ${seed.by}`)
    // Something to see on the "still right?" line: a few were not looked at again for half a year.
    const stale = kit.rng.chance(0.06)
    rows.service.push({
      id,
      providerId: provider.id,
      slug,
      state,
      currentVersionId: published ? versionId : null,
      placeId: seed.setting === 'at_venue' ? provider.placeId : null,
      acceptsNew: !FULL.has(seed.title),
      confirmedAt: at(
        Math.max(listedMs, kit.nowMs - (stale ? kit.rng.int(190, 260) : kit.rng.int(3, 150)) * DAY),
      ),
      submittedAt: state === 'draft' ? null : at(listedMs),
      publishedAt: published ? at(listedMs) : null,
      createdAt: at(listedMs),
    })
    const [days, fromMinute, untilMinute] = HOURS[seed.hours ?? 'weekdays']
    const hours = days.map((weekday) => ({
      weekday,
      fromMinute,
      untilMinute,
      validFrom: null,
      validUntil: null,
    }))
    for (const rule of hours) rows.rule.push({ ...rule, id: kit.id(listedMs), serviceId: id })
    const closed: DayException[] = []
    if (published && kit.rng.chance(0.3)) {
      const day = kit.today.add({ days: kit.rng.int(8, 40) })
      closed.push({ day: day.toString(), closed: true, fromMinute: null, untilMinute: null })
      rows.exception.push({
        id: kit.id(listedMs),
        serviceId: id,
        day: column(day),
        closed: true,
        fromMinute: null,
        untilMinute: null,
        note: kit.rng.pick(['Training day', 'Away', 'Annual meeting', 'The hall is let to somebody else']),
      })
    }
    const lanes = lanesOf(kit, seed, provider, id, providerRows, listedMs)
    if (seed.exempt) providerRows.verification.push(exemption(kit, seed, provider.id, id, listedMs))
    const terms = termsOf({ ...version, prices } as unknown as VersionRow)
    const placeName = seed.setting === 'at_venue' ? (places.get(provider.placeId) ?? null) : null
    return {
      id,
      slug,
      versionId,
      seed,
      provider,
      terms,
      hours,
      closed,
      placeName,
      lanes,
      published: state === 'published',
    }
  })
  return { services, rows }
}

/** Not taking anybody new just now. */
const FULL = new Set(['Living with a family', 'Your own flat with support'])

function lanesOf(
  kit: Kit,
  seed: ServiceSeed,
  provider: SeededProvider,
  serviceId: string,
  rows: ProviderRows,
  atMs: number,
): readonly SeededLane[] {
  if (!seed.places) return provider.lanes
  return Array.from({ length: seed.places }, (_, index) => {
    const lane: SeededLane = { id: kit.id(atMs), serviceId, memberId: null }
    const name = `Place ${String(index + 1)}`
    rows.lane.push({ id: lane.id, providerId: provider.id, memberId: null, serviceId, name, active: true })
    return lane
  })
}

/** A draft that somebody will come back to. */
const HALF_WRITTEN = ['what', 'who', 'care'] as const

const LANGUAGES = [
  'Urdu',
  'Punjabi',
  'Polish',
  'Bengali',
  'Yoruba',
  'Arabic',
  'Romanian',
  'Gujarati',
  'Somali',
]

function versionOf(
  kit: Kit,
  seed: ServiceSeed,
  provider: SeededProvider,
  serviceId: string,
  id: string,
  listedMs: number,
): Prisma.ServiceVersionCreateManyInput {
  const setting = seed.setting ?? 'at_home'
  const travels = setting !== 'at_venue' && setting !== 'online'
  const [minMinutes, maxMinutes, stepMinutes] = seed.minutes ?? [60, 240, 30]
  const care = seed.care ?? false
  return {
    id,
    serviceId,
    number: 1,
    title: seed.title,
    summary: seed.summary,
    description: seed.about,
    categoryCode: seed.category,
    setting,
    fundedBy: seed.funded ?? (seed.price ? 'bought' : 'free'),
    audiences: [...seed.for],
    minAge: seed.ages?.[0] ?? 18,
    maxAge: seed.ages?.[1] ?? null,
    languages: [
      ...(seed.languages ?? (kit.rng.chance(0.35) ? ['English', kit.rng.pick(LANGUAGES)] : ['English'])),
    ],
    workers: [...(seed.workers ?? (seed.care ? ['woman'] : []))],
    accessibility: [...(seed.access ?? (setting === 'at_venue' ? ['step_free', 'accessible_toilet'] : []))],
    personalCare: care,
    regulation: care ? (seed.exempt ? 'exempt' : 'registered') : 'not_regulated',
    registrationId: care && !seed.exempt ? (provider.registrationId ?? 'none yet') : null,
    exemptionReason: seed.exempt && care ? seed.exempt : null,
    lat: setting === 'online' ? null : provider.address.point.lat,
    lon: setting === 'online' ? null : provider.address.point.lon,
    areaLabel: setting === 'online' ? null : provider.address.ward.name,
    placeId: setting === 'at_venue' ? provider.placeId : null,
    answered: [...(seed.state === 'draft' && !care ? HALF_WRITTEN : STEPS)],
    radiusMetres: travels ? Math.round((seed.miles ?? 5) * 1_609) : null,
    unit: seed.price?.[1] ?? 'session',
    minMinutes,
    maxMinutes,
    stepMinutes,
    contingency: seed.contingency ?? kit.rng.pick(CONTINGENCY),
    createdAt: at(listedMs),
    ...TERMS[seed.terms ?? 'fair'],
    ...(seed.places ? { bufferMinutes: 0 } : {}),
  }
}

function pricesOf(
  kit: Kit,
  seed: ServiceSeed,
  versionId: string,
  atMs: number,
): Prisma.PriceLineCreateManyInput[] {
  if (!seed.price) return []
  const lines: Omit<Prisma.PriceLineCreateManyInput, 'id' | 'versionId' | 'position'>[] = []
  const uplift = (
    kind: 'weekend' | 'bank_holiday' | 'evening',
    label: string,
    bps: number | undefined,
  ): void => {
    if (bps) lines.push({ kind, label, pence: 0, upliftBps: bps, categoryCode: null })
  }
  lines.push({
    kind: 'base',
    label: categoryName(seed.category),
    pence: seed.price[0],
    upliftBps: 0,
    categoryCode: null,
  })
  uplift('weekend', 'Saturday or Sunday', seed.weekend)
  uplift('evening', 'Evening, after 8pm', seed.evening)
  uplift('bank_holiday', 'Bank holiday', seed.bankHoliday)
  if (seed.travel)
    lines.push({ kind: 'travel', label: 'Travel', pence: seed.travel, upliftBps: 0, categoryCode: null })
  for (const [label, pence, category] of seed.extras ?? [])
    lines.push({ kind: 'extra', label, pence, upliftBps: 0, categoryCode: category ?? null })
  return lines.map((line, position) => ({ id: kit.id(atMs), versionId, position, ...line }))
}

/** Personal care without a registration: the reason was read by somebody, or still waits to be. */
function exemption(
  kit: Kit,
  seed: ServiceSeed,
  providerId: string,
  serviceId: string,
  atMs: number,
): Prisma.VerificationCreateManyInput {
  const reviewed = (seed.state ?? 'published') === 'published'
  return {
    id: kit.id(atMs),
    providerId,
    serviceId,
    kind: 'regulation_exemption',
    state: reviewed ? 'verified' : 'evidence_given',
    reference: null,
    level: null,
    statement: seed.exempt ?? null,
    reason: null,
    checkedOn: reviewed ? column(kit.today.subtract({ days: 30 })) : null,
    expiresOn: reviewed ? column(kit.today.add({ days: 335 })) : null,
    checkedById: null,
    createdAt: at(atMs),
    updatedAt: at(atMs),
  }
}
