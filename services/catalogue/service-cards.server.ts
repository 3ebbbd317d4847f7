import { nextFreeAt } from '#services/availability/next-free.server.ts'
import { ratingCode, type RatingCode } from '#services/discovery/card.ts'
import { ago, dayInWords, monthOf, shortTime } from '#services/discovery/wording.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { FEWEST_SHOWN } from '#services/quality/public-reviews.server.ts'
import { readExperience } from '#services/quality/read-experience.server.ts'
import { ratedPlaceOf } from './rated-place.ts'
import { areaWords, priceOf } from './service-words.ts'

/** A service in short, for lists that are no search. */
export interface ServiceCard {
  id: string
  slug: string
  title: string
  summary: string
  provider: { id: string; name: string; kind: string }
  /** Null when it is not listed any more: then nothing below is said. */
  listed: {
    price: { pence: number; unit: string } | null
    /** Instead of a price. */
    priceWords: string | null
    /** Null for what is not booked. */
    nextFree: string | null
    /** What `nextFree` is the next of: 'Next free', or 'Next' for what is not booked. */
    nextIs: string
    where: string
    experience: {
      count: number
      scores: [number, number, number, number, number] | null
      newest: string | null
      since: string | null
    }
    regulator: { rating: RatingCode; date: string | null }
  } | null
}

const NONE = [0, 0, 0, 0, 0] as const
/** So many at most in one message to the database. */
const MOST = 100

/**
 * These services in short, in five statements whatever their number. What was never published, or is nobody's, is left out;
 * what was taken off since has no more than its name.
 */
export async function serviceCards(
  deps: Pick<Deps, 'db' | 'clock'>,
  serviceIds: readonly string[],
): Promise<Map<string, ServiceCard>> {
  const ids = [...new Set(serviceIds)].slice(0, MOST)
  if (ids.length === 0) return new Map()
  const { prisma } = deps.db
  const now = deps.clock.now()
  const services = await prisma.service.findMany({
    where: {
      id: { in: ids },
      publishedAt: { not: null },
      currentVersionId: { not: null },
      provider: { claimed: true },
    },
    include: {
      provider: { select: { id: true, name: true, kind: true } },
      place: true,
      currentVersion: { include: { prices: { orderBy: { position: 'asc' } } } },
    },
  })
  const listed = services.filter(({ state }) => state === 'published')
  const listedIds = listed.map(({ id }) => id)
  const registered = listed.filter(({ currentVersion }) => currentVersion?.regulation === 'registered')
  const [free, experience, places] = await Promise.all([
    nextFreeAt(prisma, now, listedIds),
    readExperience(prisma, listedIds),
    prisma.place.findMany({
      where: {
        providerId: { in: registered.map(({ providerId }) => providerId) },
        cqcLocationId: { not: null },
      },
      select: { id: true, providerId: true, cqcLocationId: true, rating: true, ratingDate: true },
      orderBy: { id: 'asc' },
      take: MOST * 50,
    }),
  ])
  return new Map(
    services.flatMap((service): [string, ServiceCard][] => {
      const version = service.currentVersion
      if (!version) return []
      const { id, slug, provider } = service
      const short = { id, slug, title: version.title, summary: version.summary, provider }
      if (service.state !== 'published') return [[id, { ...short, listed: null }]]
      const isRegistered = version.regulation === 'registered'
      const rated = isRegistered
        ? ratedPlaceOf(
            places.filter(({ providerId }) => providerId === service.providerId),
            service.placeId,
            version.registrationId,
          )
        : null
      const price = version.fundedBy === 'bought' ? priceOf(version) : null
      return [
        [
          id,
          {
            ...short,
            listed: {
              price: price && { pence: price.total, unit: price.unit },
              priceWords: version.fundedBy === 'bought' ? (price ? null : 'No price yet') : 'Free for you',
              nextIs: version.fundedBy === 'bought' ? 'Next free' : 'Next',
              nextFree: nextFreeWords(version.fundedBy, free.get(id) ?? null),
              where: areaWords(version, service.place),
              experience: experienceOf(experience.get(id), service.publishedAt, now),
              regulator: {
                rating: ratingCode(rated?.rating ?? null, isRegistered),
                date: rated?.ratingDate ? dayInWords(rated.ratingDate.toISOString()) : null,
              },
            },
          },
        ],
      ]
    }),
  )
}

function nextFreeWords(fundedBy: string, at: Date | null): string | null {
  if (at) return shortTime(at.getTime())
  return fundedBy === 'bought' ? 'nothing in the next 60 days' : null
}

type Said = NonNullable<ServiceCard['listed']>['experience']

function experienceOf(
  said: { counts: readonly number[]; count: number; newestAt: Date | null } | undefined,
  publishedAt: Date | null,
  now: Temporal.Instant,
): Said {
  const count = said?.count ?? 0
  if (!said || count < FEWEST_SHOWN)
    return { count, scores: null, newest: null, since: publishedAt ? monthOf(publishedAt.getTime()) : null }
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = said.counts.length === 5 ? said.counts : NONE
  return {
    count,
    scores: [a, b, c, d, e],
    newest: said.newestAt ? ago(said.newestAt.getTime(), now.epochMilliseconds) : null,
    since: null,
  }
}
