import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { type ReadyDraft, bookAgreed, readyDraft } from '#services/bookings/book-agreed.server.ts'
import { type Choices, choicesSchema } from '#services/bookings/draft.schema.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { asDomainError } from '#services/db/errors.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, isDomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { isWithinOffer } from './offer.rules.ts'
import { personMay, requirePersonMay } from './requests.policy.ts'
import { offerBecomes, offerMayFrom, requestBecomes, requestMayFrom } from './states.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface Taken {
  bookingId: string
  /** booked: the provider had said yes. asked: nobody of theirs is free any more, so they answer. not_yet: funds or dates first. */
  outcome: 'booked' | 'asked' | 'not_yet'
}
interface Press {
  personId: string
  requestId: string
  offerId: string
}

const GONE = 'This offer cannot be taken any more. Nothing was booked. Look at what else there is.'

/** An offer that can be taken now, with what fills in a draft. */
async function takeable(tx: Tx, now: Temporal.Instant, press: Press) {
  if (!isId(press.offerId) || !isId(press.requestId)) throw notFound()
  const offer = await tx.supportOffer.findFirst({
    where: { id: press.offerId, requestId: press.requestId, request: { personId: press.personId } },
    include: {
      request: { select: { state: true, matters: true, openUntil: true } },
      service: { select: { slug: true, currentVersionId: true, state: true } },
      booking: { select: { id: true, state: true } },
    },
  })
  if (!offer) throw notFound()
  return {
    ...offer,
    choices: choicesSchema.parse(offer.choices),
    stands:
      offer.state === 'made' &&
      offer.request.state === 'open' &&
      offer.holdsUntil.getTime() > now.epochMilliseconds &&
      offer.request.openUntil.getTime() > now.epochMilliseconds,
  }
}
type Offer = Awaited<ReturnType<typeof takeable>>

/**
 * Fills in a booking from an offer, so that price, funds and terms can be looked at before anything is asked.
 * @returns the draft; for an offer that was taken, its booking
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN without the scope `book`; STALE_STATE when the offer is over or its price changed
 */
export async function draftOfOffer(
  deps: Needs,
  actor: Actor,
  press: Press,
): Promise<{ bookingId: string; taken: boolean }> {
  requirePersonInView(actor, press.personId)
  requirePersonMay(actor, press.personId, 'take')
  const now = deps.clock.now()
  const offer = await takeable(deps.db.prisma, now, press)
  if (offer.state === 'accepted' && offer.bookingId) return { bookingId: offer.bookingId, taken: true }
  if (!offer.stands) throw new DomainError('STALE_STATE', GONE)
  if (offer.service.state !== 'published' || offer.service.currentVersionId !== offer.serviceVersionId)
    throw new DomainError(
      'STALE_STATE',
      'They have changed the price or the terms of this support since they offered it. Nothing was booked. They can make a new offer.',
    )
  return { bookingId: await fillIn(deps, actor, press.personId, offer), taken: false }
}

async function fillIn(deps: Needs, actor: Actor, personId: string, offer: Offer): Promise<string> {
  const { choices } = offer
  const draftId = offer.booking?.state === 'draft' ? offer.booking.id : null
  try {
    const { bookingId } = await startDraft(deps, actor, {
      slug: offer.service.slug,
      draftId,
      times: {
        personId,
        date: choices.firstDate,
        time: choices.time,
        minutes: choices.minutes,
        repeat: choices.visits > 1 ? 'weekly' : 'once',
        weeks: choices.visits,
        note: offer.request.matters.slice(0, 500),
      },
    })
    if (bookingId === draftId) return bookingId
    const kept = await deps.db.prisma.supportOffer.updateMany({
      where: { id: offer.id, state: 'made', bookingId: offer.bookingId },
      data: { bookingId },
    })
    if (kept.count === 1) return bookingId
    // Another press was a moment earlier: its draft is the one that counts.
    const now = await deps.db.prisma.supportOffer.findUniqueOrThrow({
      where: { id: offer.id },
      select: { bookingId: true },
    })
    return now.bookingId ?? bookingId
  } catch (error) {
    // What is wrong with the dates stands beside no field here.
    if (isDomainError(error) && error.code === 'INVALID') throw new DomainError('STALE_STATE', GONE)
    throw error
  }
}

/**
 * One press from an offer to a booking: the draft is filled in, its price is compared with the one that was shown, the
 * funds are split, money is set aside, and, because the offer was the provider's yes, it is booked. The other offers are
 * declined with a kind word. Where the funds do not pay for all of it, or a date has gone, nothing is booked: the draft
 * says what is to be done.
 * @param input.expectedPence the price in all that the person saw
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN without the scope `book`; STALE_STATE when another press was first, or the offer,
 *   the request or the price is no longer what was shown
 */
export async function takeOffer(
  deps: Needs,
  actor: Actor,
  input: Press & { expectedPence: number },
): Promise<Taken> {
  const { bookingId, taken } = await draftOfOffer(deps, actor, input)
  if (taken) return takenBefore(deps, bookingId)
  const draft = await readyDraft(deps, actor, { bookingId, personId: input.personId })
  if (!draft) return takenBefore(deps, bookingId)
  if (draft.proposal.total !== input.expectedPence && draft.proposal.refused.length === 0)
    throw new DomainError(
      'STALE_STATE',
      'The price is not the one that you saw. Nothing was booked. Look at the offer again first.',
    )
  if (!draft.ready) return { bookingId, outcome: 'not_yet' }
  return finish(deps, actor, { ...input, draft })
}

/** The second press of one offer finds it done. */
async function takenBefore(deps: Needs, bookingId: string): Promise<Taken> {
  const booking = await deps.db.prisma.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { state: true },
  })
  return { bookingId, outcome: booking.state === 'requested' ? 'asked' : 'booked' }
}

/**
 * The last press of the booking's own pages: a draft that is what a standing offer says takes that offer; any other is
 * asked for as always.
 * @throws as `takeOffer` and `askForVisits`
 */
export async function askOrTake(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; personId: string; expectedPence: number },
): Promise<Taken> {
  const offer = await offerOfDraft(deps, actor, input.bookingId, input.personId)
  const draft = offer ? await readyDraft(deps, actor, input) : null
  if (offer && draft && isTheOffer(draft, offer))
    return finish(deps, actor, { ...input, ...offer, offerId: offer.id, draft })
  await askForVisits(deps, actor, input)
  return { bookingId: input.bookingId, outcome: 'asked' }
}

const isTheOffer = (draft: ReadyDraft, offer: { serviceVersionId: string; choices: Choices }): boolean =>
  draft.facts.booking.versionId === offer.serviceVersionId &&
  isWithinOffer(draft.facts.booking.choices, offer.choices)

/** The offer that stands and filled in this draft of theirs; null for every other draft. */
export async function offerOfDraft(deps: Needs, actor: Actor, bookingId: string, personId: string) {
  if (!isId(bookingId) || !personMay(actor, personId, 'take')) return null
  const now = toDate(deps.clock.now())
  const offer = await deps.db.prisma.supportOffer.findFirst({
    where: {
      bookingId,
      state: 'made',
      holdsUntil: { gt: now },
      request: { personId, state: 'open', openUntil: { gt: now } },
    },
    select: { id: true, requestId: true, serviceVersionId: true, choices: true },
  })
  return offer && { ...offer, choices: choicesSchema.parse(offer.choices) }
}

async function finish(
  deps: Needs,
  actor: Actor,
  input: Press & { expectedPence: number; draft: ReadyDraft },
): Promise<Taken> {
  const now = deps.clock.now()
  const at = toDate(now)
  const { requestId, offerId, personId, draft } = input
  const bookingId = draft.facts.booking.id
  try {
    return await deps.db.tx(async (tx) => {
      // The state is part of the WHERE, so of two presses one wins; the other waits here and finds it gone.
      const moved = await tx.supportRequest.updateMany({
        where: { id: requestId, personId, state: { in: requestMayFrom('take') }, openUntil: { gt: at } },
        data: { state: requestBecomes('take'), closedAt: at },
      })
      if (moved.count !== 1) throw new DomainError('STALE_STATE', GONE)
      const took = await tx.supportOffer.updateMany({
        where: { id: offerId, bookingId, state: { in: offerMayFrom('take') }, holdsUntil: { gt: at } },
        data: { state: offerBecomes('take'), closedAt: at },
      })
      if (took.count !== 1) throw new DomainError('STALE_STATE', GONE)
      const others = await declineOthers(tx, now, requestId)
      const outcome = await bookAgreed(tx, deps, actor, draft, input.expectedPence)
      await recordAudit(tx, now, actor, {
        action: 'support_request.taken',
        subjectType: 'support_request',
        subjectId: requestId,
        forPersonId: personId,
        facts: { offerId, bookingId, outcome },
      })
      await tell(tx, now, [
        ...(outcome === 'booked' ? bookedNotices(draft, personId) : []),
        ...others.map((providerId) => declinedNotice(providerId, requestId, 'taken')),
      ])
      return { bookingId, outcome }
    })
  } catch (error) {
    throw asDomainError(error)
  }
}

/** Offers that were not taken. @returns whom to tell */
export async function declineOthers(tx: Tx, now: Temporal.Instant, requestId: string): Promise<string[]> {
  const others = await tx.supportOffer.findMany({
    where: { requestId, state: { in: offerMayFrom('decline') } },
    select: { id: true, providerId: true },
  })
  await tx.supportOffer.updateMany({
    where: { id: { in: others.map(({ id }) => id) }, state: { in: offerMayFrom('decline') } },
    data: { state: offerBecomes('decline'), closedAt: toDate(now) },
  })
  return [...new Set(others.map(({ providerId }) => providerId))]
}

/** Kind, and without a word about who took what. */
export const declinedNotice = (
  providerId: string,
  requestId: string,
  why: 'taken' | 'withdrawn',
): NewNotice => ({
  to: { providerId },
  kind: 'support.offer_declined',
  title: why === 'taken' ? 'They chose another offer this time' : 'They no longer look for what you offered',
  body: 'Thank you for answering. Your offer gave somebody a choice. There is nothing for you to do.',
  path: `/provider/asked/${requestId}`,
  subjectId: requestId,
})

const bookedNotices = ({ facts }: ReadyDraft, personId: string): NewNotice[] => [
  {
    to: { providerId: facts.provider.id },
    kind: 'booking.offer_taken',
    title: 'Your offer was taken',
    body: 'It is booked. The visits are in your diary, and you can see now for whom they are.',
    path: `/provider/requests/${facts.booking.id}`,
    subjectId: facts.booking.id,
  },
  {
    to: { personId },
    kind: 'booking.accepted',
    title: `It is booked with ${facts.provider.name}`,
    body: 'They had said yes with their offer. The visits are in your week.',
    path: `/my/bookings/${facts.booking.id}`,
    subjectId: facts.booking.id,
  },
]
