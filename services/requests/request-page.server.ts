import { choicesSchema } from '#services/bookings/draft.schema.ts'
import { seriesWords } from '#services/bookings/series-words.rules.ts'
import { termsOf } from '#services/bookings/terms.schema.ts'
import { cancelWords } from '#services/bookings/book-page.server.ts'
import { personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Temporal, duration, fromDate, longDate, londonDate } from '#services/kernel/time.ts'
import { noticesRead } from '#services/messages/person-notices.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readExperience } from '#services/quality/read-experience.server.ts'
import { MOST_OFFERS } from './make-offer.server.ts'
import { experienceWords, offerPrices } from './offer.rules.ts'
import { NEEDS_COLUMNS, lastDay, rowWords } from './request-row.ts'
import { personMay, requirePersonMay } from './requests.policy.ts'
import { offerWords, requestStanding } from './words.rules.ts'

export type RequestPage = Awaited<ReturnType<typeof requestPage>>

/** Standing ones first come all; of those that are over some are enough. */
const MOST_SHOWN = MOST_OFFERS * 2

/**
 * One request of a person with the offers side by side, in the order in which they came.
 * @throws SIGN_IN; NOT_FOUND for somebody else's; FORBIDDEN for a supporter who may neither propose nor book
 */
export async function requestPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, requestId: string) {
  const personId = personInView(actor)
  requirePersonMay(actor, personId, 'see')
  if (!isId(requestId)) throw notFound()
  const now = deps.clock.now()
  const { prisma } = deps.db
  const row = await prisma.supportRequest.findFirst({
    where: { id: requestId, personId },
    select: {
      ...NEEDS_COLUMNS,
      createdAt: true,
      person: { select: { shortName: true } },
      offers: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: MOST_SHOWN,
        include: {
          provider: { select: { id: true, name: true, kind: true } },
          service: { select: { id: true, slug: true, state: true, currentVersionId: true } },
          version: { include: { prices: true } },
          booking: { select: { state: true } },
        },
      },
    },
  })
  if (!row) throw notFound()
  const self = !(actor.kind === 'user' && actor.actingFor)
  if (self) await noticesRead(prisma, now, personId, { subjectId: row.id })
  const experience = await readExperience(prisma, [...new Set(row.offers.map(({ serviceId }) => serviceId))])
  const open = row.state === 'open' && row.openUntil.getTime() > now.epochMilliseconds
  const offers = row.offers.map((offer) => {
    const choices = choicesSchema.parse(offer.choices)
    const terms = termsOf(offer.version)
    const { each, total } = offerPrices(terms, choices)
    const current =
      offer.service.state === 'published' && offer.service.currentVersionId === offer.serviceVersionId
    const stands = open && offer.state === 'made' && offer.holdsUntil.getTime() > now.epochMilliseconds
    return {
      id: offer.id,
      provider: offer.provider,
      title: terms.title,
      slug: offer.service.slug,
      came: longDate(londonDate(fromDate(offer.createdAt)), { year: false }),
      firstDay: longDate(Temporal.PlainDate.from(choices.firstDate)),
      when: seriesWords(choices),
      visits: choices.slots.length,
      length: duration(choices.minutes),
      total: total,
      dearest: Math.max(...each, 0),
      cheapest: Math.min(...each),
      weekly: choices.visits > 1,
      experience: experienceWords(experience.get(offer.serviceId)?.counts ?? []),
      message: offer.message,
      cancelling: cancelWords(terms),
      holds: lastDay(offer.holdsUntil, { year: false }),
      takeable: stands && current,
      standing:
        stands && !current
          ? 'They have changed their price or terms since'
          : offer.state === 'made' && !stands
            ? offerWords('lapsed', 'person')
            : offerWords(offer.state, 'person'),
      taken: offer.state === 'accepted',
      bookingId: offer.state === 'accepted' ? offer.bookingId : null,
    }
  })
  const standing = offers.filter((offer) => offer.takeable)
  return {
    id: row.id,
    person: { id: personId, shortName: row.person.shortName, self },
    words: rowWords(row),
    open,
    state: row.state,
    asked: longDate(londonDate(fromDate(row.createdAt)), { year: false }),
    until: lastDay(row.openUntil),
    standing: requestStanding(row.state === 'open' && !open ? 'expired' : row.state, standing.length, lastDay(row.openUntil, { year: false })), // prettier-ignore
    mayTake: personMay(actor, personId, 'take'),
    mayWithdraw: open && personMay(actor, personId, 'withdraw'),
    bookingId: offers.find((offer) => offer.taken)?.bookingId ?? null,
    offers: standing,
    /** Taken back, declined, or over. */
    others: offers.filter((offer) => !offer.takeable),
  }
}
