import { choicesSchema } from '#services/bookings/draft.schema.ts'
import { priceWords } from '#services/bookings/price-words.rules.ts'
import { seriesWords } from '#services/bookings/series-words.rules.ts'
import { termsOf } from '#services/bookings/terms.schema.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Temporal, duration, fromDate, londonDate, plainDateOf, plusMinutes } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { awayWords } from './asked-page.server.ts'
import { type Fit, servicesForRequest } from './fitting.server.ts'
import { firstSuchDay } from './offer.rules.ts'
import { NEEDS_COLUMNS, lastDay, rowWords } from './request-row.ts'
import { officesOf } from './requests.policy.ts'
import { offerWords } from './words.rules.ts'

export type AskedOnePage = Awaited<ReturnType<typeof askedOnePage>>

/** How many weeks an offer begins with; they can write another number. */
const USUAL_WEEKS = 4

/**
 * One request as a provider that fits reads it: what, roughly where, when, what matters, what kind of money. Once it is
 * over, only those who had offered see the page, and of it only what became of their own offer.
 * @throws SIGN_IN; NOT_FOUND for everybody but owners and coordinators of a provider that fits, or that had offered
 */
export async function askedOnePage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, requestId: string) {
  const offices = officesOf(actor)
  if (!isId(requestId)) throw notFound()
  const now = deps.clock.now()
  const { prisma } = deps.db
  const [fits, row, offers] = await Promise.all([
    servicesForRequest(prisma, now, requestId, offices),
    prisma.supportRequest.findUnique({ where: { id: requestId }, select: NEEDS_COLUMNS }),
    prisma.supportOffer.findMany({
      where: { requestId, providerId: { in: offices } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 50,
      include: { version: { select: { title: true } } },
    }),
  ])
  if (!row || (fits.length === 0 && offers.length === 0)) throw notFound()
  const open = row.state === 'open' && row.openUntil.getTime() > now.epochMilliseconds
  const words = rowWords(row)
  const standing = offers.filter(({ state }) => state === 'made').map(({ serviceId }) => serviceId)
  const free = open ? fits.filter(({ serviceId }) => !standing.includes(serviceId)) : []
  return {
    id: row.id,
    title: `${words.category} near ${row.outcode}`,
    open,
    until: lastDay(row.openUntil),
    away: open ? awayWords(fits[0]?.metres ?? null) : null,
    /** What they wrote stays with those who may still answer. */
    words: open ? words : null,
    services: await pricesOf(deps, free),
    defaults: open ? defaultsOf(row, now) : null,
    offers: offers.map((offer) => ({
      id: offer.id,
      service: offer.version.title,
      when: seriesWords(choicesSchema.parse(offer.choices)),
      length: duration(choicesSchema.parse(offer.choices).minutes),
      pence: offer.quotedPence,
      message: offer.message,
      holds: lastDay(offer.holdsUntil),
      standing: offerWords(offer.state === 'made' && !open ? 'lapsed' : offer.state, 'provider'),
      open: offer.state === 'made' && open,
      bookingId: offer.state === 'accepted' ? offer.bookingId : null,
    })),
  }
}

/** The services that could be offered, with the prices that an offer would have. */
async function pricesOf(deps: Pick<Deps, 'db'>, fits: readonly Fit[]) {
  const versions = await deps.db.prisma.serviceVersion.findMany({
    where: { currentOf: { id: { in: fits.map(({ serviceId }) => serviceId) } } },
    include: { prices: true },
  })
  const byService = new Map(versions.map((version) => [version.serviceId, version]))
  return fits.flatMap((fit) => {
    const version = byService.get(fit.serviceId)
    if (!version) return []
    const lengths =
      version.minMinutes === version.maxMinutes
        ? duration(version.minMinutes)
        : `${duration(version.minMinutes)} to ${duration(version.maxMinutes)}`
    return [
      {
        id: fit.serviceId,
        title: fit.title,
        price: priceWords(termsOf(version)),
        lengths,
        notice: duration(version.noticeHours * 60),
      },
    ]
  })
}

function defaultsOf(
  row: {
    startsOn: Date
    days: number[]
    fromMinute: number
    minutes: number
    repeats: boolean
    openUntil: Date
  },
  now: Temporal.Instant,
): Record<string, string> {
  const today = londonDate(now).add({ days: 3 })
  const wanted = plainDateOf(row.startsOn)
  const from = Temporal.PlainDate.compare(wanted, today) < 0 ? today : wanted
  const first = firstSuchDay(from, row.days)
  const end = londonDate(plusMinutes(fromDate(row.openUntil), -1))
  const two = (n: number): string => String(n).padStart(2, '0')
  return {
    date: first.toString(),
    time: `${two(Math.floor(row.fromMinute / 60))}:${two(row.fromMinute % 60)}`,
    minutes: String(row.minutes),
    repeat: row.repeats ? 'weekly' : 'once',
    weeks: String(USUAL_WEEKS),
    holds: (Temporal.PlainDate.compare(end, first) > 0 ? first : end).toString(),
  }
}
