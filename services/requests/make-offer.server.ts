import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { priceTimes } from '#services/bookings/price-times.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { asDomainError } from '#services/db/errors.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { Temporal, fromDate, longDate, londonDate, plusMinutes, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { endOfDay } from './ask-for-support.server.ts'
import { servicesForRequest } from './fitting.server.ts'
import { offerSchema } from './request.schema.ts'
import { officesOf } from './requests.policy.ts'
import { offerBecomes, offerMayFrom } from './states.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** More than these nobody can compare. */
export const MOST_OFFERS = 20

const OVER = 'This is not asked for any more. Nothing was offered.'

/**
 * Offers one of the provider's own services, on days and at times that it could keep, at that service's own prices: there
 * is no field for another. Nothing is reserved and nobody is named; the person is told that an offer came.
 * @throws SIGN_IN; NOT_FOUND for everybody but owners and coordinators of a provider that fits; INVALID beside fields;
 *   STALE_STATE when it is over; REFUSED_BY_RULE when an offer of this service stands already, or enough stand
 */
export async function makeOffer(
  deps: Needs,
  actor: Actor,
  requestId: string,
  form: Record<string, unknown>,
): Promise<{ offerId: string }> {
  const offices = officesOf(actor)
  if (!isId(requestId)) throw notFound()
  const now = deps.clock.now()
  const fits = await servicesForRequest(deps.db.prisma, now, requestId, offices)
  if (fits.length === 0) throw await overOrUnknown(deps, requestId, offices)
  const { message, holds, serviceId, ...times } = parseInput(offerSchema, form)
  const fit = fits.find((one) => one.serviceId === serviceId)
  if (!fit) throw invalid({ serviceId: ['Choose which of your services it is.'] })
  const priced = await priceTimes(deps, { serviceId, times })
  const holdsUntil = endOfDay(Temporal.PlainDate.from(holds))
  const first = Temporal.Instant.from(priced.choices.slots[0]?.startsAt ?? now.toString())
  const id = newId()
  try {
    await deps.db.tx(async (tx) => {
      const request = await standing(tx, now, requestId)
      const until = checkedEnd(now, holdsUntil, first, request.openUntil)
      const stands = await tx.supportOffer.findMany({
        where: { requestId, state: 'made' },
        select: { serviceId: true },
      })
      if (stands.some((one) => one.serviceId === serviceId))
        throw new DomainError(
          'REFUSED_BY_RULE',
          'You have offered this service for it already. Take that offer back first to make another.',
        )
      if (stands.length >= MOST_OFFERS)
        throw new DomainError('REFUSED_BY_RULE', 'They have as many offers as anybody can compare.')
      await tx.supportOffer.create({
        data: {
          id,
          requestId,
          providerId: priced.providerId,
          serviceId,
          serviceVersionId: priced.versionId,
          choices: priced.choices,
          quotedPence: priced.total,
          message,
          holdsUntil: toDate(until),
          offeredById: traceOf(actor).actorUserId,
          createdAt: toDate(now),
        },
        select: { id: true },
      })
      const provider = await tx.provider.findUniqueOrThrow({
        where: { id: priced.providerId },
        select: { name: true },
      })
      await tell(tx, now, [
        {
          to: { personId: request.personId },
          kind: 'support.offered',
          title: `${provider.name} offers what you asked for`,
          body: `${fit.title}. See what it costs and when it would be. Nothing is booked until you take an offer.`,
          path: `/my/requests/${requestId}`,
          subjectId: requestId,
        },
      ])
      // Nobody's name goes into what a provider's people may read: the row says which offer, not for whom.
      await recordAudit(tx, now, actor, {
        action: 'support_offer.made',
        subjectType: 'support_offer',
        subjectId: id,
        forPersonId: request.personId,
        facts: { pence: priced.total, visits: priced.prices.length },
      })
    })
  } catch (error) {
    throw asDomainError(error)
  }
  return { offerId: id }
}

/** Whoever may see that there was such a request is told that it is over; everybody else that there is none. */
async function overOrUnknown(deps: Needs, requestId: string, offices: string[]): Promise<DomainError> {
  const own = await deps.db.prisma.supportOffer.count({
    where: { requestId, providerId: { in: offices } },
  })
  return own > 0 ? new DomainError('STALE_STATE', OVER) : notFound()
}

/** The open request; shared with other offers, kept from being taken or withdrawn meanwhile. @throws STALE_STATE */
async function standing(
  tx: Tx,
  now: Temporal.Instant,
  requestId: string,
): Promise<{ personId: string; openUntil: Temporal.Instant }> {
  await tx.$queryRaw`select 1 from request_for_support where id = ${requestId}::uuid for update`
  const request = await tx.supportRequest.findFirst({
    where: { id: requestId, state: 'open', openUntil: { gt: toDate(now) } },
    select: { personId: true, openUntil: true },
  })
  if (!request) throw new DomainError('STALE_STATE', OVER)
  return { personId: request.personId, openUntil: fromDate(request.openUntil) }
}

/** Until when it holds: not past the request's own end, and not past the first visit. @throws INVALID beside the field */
function checkedEnd(
  now: Temporal.Instant,
  wanted: Temporal.Instant,
  firstVisit: Temporal.Instant,
  openUntil: Temporal.Instant,
): Temporal.Instant {
  const compare = (a: Temporal.Instant, b: Temporal.Instant): number => Temporal.Instant.compare(a, b)
  const lastDay = londonDate(plusMinutes(openUntil, -1))
  if (compare(wanted, now) <= 0)
    throw invalid({ holds: ['This date has passed. Enter a date from today on.'] })
  if (compare(wanted, openUntil) > 0)
    throw invalid({ holds: [`They choose until ${longDate(lastDay)}. Enter that day or an earlier one.`] })
  if (Temporal.PlainDate.compare(londonDate(plusMinutes(wanted, -1)), londonDate(firstVisit)) > 0)
    throw invalid({ holds: ['Enter a day that is not after the first visit.'] })
  // On the day of the first visit it holds until the visit would begin.
  return compare(wanted, firstVisit) > 0 ? firstVisit : wanted
}

/**
 * The provider takes its offer back. A second press finds it done.
 * @throws SIGN_IN; NOT_FOUND for another provider's; STALE_STATE when it was taken, or is over
 */
export async function withdrawOffer(
  deps: Needs,
  actor: Actor,
  input: { requestId: string; offerId: string },
): Promise<void> {
  const offices = officesOf(actor)
  if (!isId(input.offerId) || !isId(input.requestId)) throw notFound()
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const offer = await tx.supportOffer.findFirst({
      where: { id: input.offerId, requestId: input.requestId, providerId: { in: offices } },
      select: {
        state: true,
        provider: { select: { name: true } },
        request: { select: { personId: true, state: true } },
      },
    })
    if (!offer) throw notFound()
    if (offer.state === 'withdrawn') return
    const moved = await tx.supportOffer.updateMany({
      where: { id: input.offerId, state: { in: offerMayFrom('withdraw') } },
      data: { state: offerBecomes('withdraw'), closedAt: toDate(now) },
    })
    if (moved.count !== 1)
      throw new DomainError('STALE_STATE', 'This offer was answered, or is over. Look at how it stands now.')
    await recordAudit(tx, now, actor, {
      action: 'support_offer.withdrawn',
      subjectType: 'support_offer',
      subjectId: input.offerId,
      forPersonId: offer.request.personId,
    })
    if (offer.request.state !== 'open') return
    await tell(tx, now, [
      {
        to: { personId: offer.request.personId },
        kind: 'support.offer_withdrawn',
        title: `${offer.provider.name} took its offer back`,
        body: 'You can still take another one, or wait for more.',
        path: `/my/requests/${input.requestId}`,
        subjectId: input.requestId,
      },
    ])
  })
}
