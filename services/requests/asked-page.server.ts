import { categoryName } from '#services/discovery/vocabulary.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { miles } from '#services/kernel/geo.ts'
import { notFound } from '#services/kernel/errors.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requestsForProviders } from './fitting.server.ts'
import { NEEDS_COLUMNS, lastDay, rowWords } from './request-row.ts'
import { officesOf } from './requests.policy.ts'
import { offerWords } from './words.rules.ts'

const MOST = 50
/** Offers that are over, the newest. */
const MOST_OVER = 20

export type AskedPage = Awaited<ReturnType<typeof askedPage>>

/** The organisation whose page it is. @throws SIGN_IN; NOT_FOUND for everybody but its owners and coordinators */
function officeInView(actor: Actor, wanted: string | null): string {
  const offices = officesOf(actor)
  const office = wanted ? offices.find((id) => id === wanted) : offices[0]
  if (!office) throw notFound()
  return office
}

/** From where they start, said roughly: the middle of an outcode is no address. */
export const awayWords = (metres: number | null): string =>
  metres === null ? 'Online, so it does not matter where' : `About ${miles(metres)} from where you start`

/**
 * Open requests that fit what a provider lists, without a name, and what came of its offers.
 * @param wanted the organisation, for somebody who belongs to several
 * @throws SIGN_IN; NOT_FOUND for everybody but owners and coordinators
 */
export async function askedPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, wanted: string | null) {
  const providerId = officeInView(actor, wanted)
  const now = deps.clock.now()
  const { prisma } = deps.db
  const [provider, fits, offers] = await Promise.all([
    prisma.provider.findUniqueOrThrow({
      where: { id: providerId },
      select: { id: true, name: true, pausedAt: true },
    }),
    requestsForProviders(prisma, now, [providerId], MOST),
    prisma.supportOffer.findMany({
      where: { providerId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST + MOST_OVER,
      select: {
        id: true,
        state: true,
        requestId: true,
        holdsUntil: true,
        bookingId: true,
        version: { select: { title: true } },
        request: { select: { categoryCode: true, outcode: true } },
      },
    }),
  ])
  const rows = await prisma.supportRequest.findMany({
    where: { id: { in: fits.map(({ requestId }) => requestId) } },
    select: NEEDS_COLUMNS,
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const answered = new Set(offers.filter(({ state }) => state === 'made').map(({ requestId }) => requestId))
  return {
    provider: { id: provider.id, name: provider.name },
    paused: provider.pausedAt !== null,
    requests: fits.flatMap((fit) => {
      const row = byId.get(fit.requestId)
      if (!row) return []
      const { category, where, when, length, starts } = rowWords(row)
      return [
        {
          id: row.id,
          category,
          where,
          when,
          length,
          starts,
          away: awayWords(fit.metres),
          service: fit.title,
          until: lastDay(row.openUntil, { year: false }),
          offered: answered.has(row.id),
        },
      ]
    }),
    offers: offers.slice(0, MOST_OVER).map((offer) => ({
      id: offer.id,
      requestId: offer.requestId,
      service: offer.version.title,
      what: `${categoryName(offer.request.categoryCode)} near ${offer.request.outcode}`,
      holds: lastDay(offer.holdsUntil, { year: false }),
      standing: offerWords(offer.state, 'provider'),
      open: offer.state === 'made',
      bookingId: offer.state === 'accepted' ? offer.bookingId : null,
    })),
  }
}

/** How many open requests a provider could answer, for the first page of its people. */
export async function countAsked(tx: Tx, now: Temporal.Instant, providerId: string): Promise<number> {
  return (await requestsForProviders(tx, now, [providerId], MOST)).length
}
