import { describe, expect, test } from 'vitest'
import { bookAgreed, readyDraft } from '#services/bookings/book-agreed.server.ts'
import { leaveOutDates, startDraft } from '#services/bookings/start-draft.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { checkPage } from '#services/requests/agreed-check-page.server.ts'
import { withdrawSupportRequest } from '#services/requests/end-requests.server.ts'
import { withdrawOffer } from '#services/requests/make-offer.server.ts'
import { requestPage } from '#services/requests/request-page.server.ts'
import { askOrTake, draftOfOffer, takeOffer } from '#services/requests/take-offer.server.ts'
import {
  askIn,
  type AskingWorld,
  makeAskingWorld,
  makeFitting,
  offerIn,
  supporterOf,
} from '#tests/factories/requests.ts'
import { times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const world = (options?: Parameters<typeof makeAskingWorld>[1]) => makeAskingWorld(house().deps, options)

/** Three Mondays at £27.50. */
const PRICE = 8250
const pressOf = (w: AskingWorld, requestId: string, offerId: string, expectedPence = PRICE) => ({
  personId: w.person.personId,
  requestId,
  offerId,
  expectedPence,
})
const bookingOf = (w: AskingWorld, id: string) =>
  w.deps.db.prisma.booking.findUniqueOrThrow({
    where: { id },
    include: { visits: { orderBy: { startsAt: 'asc' } } },
  })
const heldBy = async (w: AskingWorld) => {
  const id = w.person.allocationIds[0] ?? ''
  return (await readBalances(w.deps.db.prisma, [id])).get(id)?.held
}
const kinds = async (w: AskingWorld, where: { personId?: string; providerId?: string }) =>
  (await w.deps.db.prisma.notice.findMany({ where, orderBy: { id: 'asc' } })).map(({ kind }) => kind)

describe('taking an offer', () => {
  test('books it with one press: money set aside, lanes reserved, the others told kindly', async () => {
    const w = await world()
    const other = await makeFitting(w.deps)
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    await offerIn(w, id, {}, other)
    const { bookingId, outcome } = await takeOffer(w.deps, w.person.actor, pressOf(w, id, offerId))
    expect(outcome).toBe('booked')
    const booking = await bookingOf(w, bookingId)
    expect(booking).toMatchObject({
      state: 'accepted',
      providerId: w.provider.providerId,
      note: 'Somebody patient, who lets me do what I can myself.',
    })
    expect(
      booking.visits.map(({ startsAt, holdsLane, quotedPence }) => [
        startsAt.toISOString(),
        holdsLane,
        quotedPence,
      ]),
    ).toEqual([
      ['2026-11-16T09:30:00.000Z', true, 2750],
      ['2026-11-23T09:30:00.000Z', true, 2750],
      ['2026-11-30T09:30:00.000Z', true, 2750],
    ])
    expect(await heldBy(w)).toBe(PRICE)
    const page = await requestPage(w.deps, w.person.actor, id)
    expect(page).toMatchObject({ state: 'accepted', open: false, bookingId })
    expect(page.others.map(({ standing }) => standing)).toEqual(['You took it', 'Not taken'])
    expect(await kinds(w, { providerId: w.provider.providerId })).toContain('booking.offer_taken')
    expect(await kinds(w, { providerId: other.provider.providerId })).toContain('support.offer_declined')
    expect(await kinds(w, { personId: w.person.personId })).toContain('booking.accepted')
  })

  test('twice is once, also at the same moment', async () => {
    const w = await world()
    const id = await askIn(w)
    const press = pressOf(w, id, await offerIn(w, id))
    const both = await Promise.allSettled([
      takeOffer(w.deps, w.person.actor, press),
      takeOffer(w.deps, w.person.actor, press),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
    const again = await takeOffer(w.deps, w.person.actor, press)
    expect(again.outcome).toBe('booked')
    expect(await heldBy(w)).toBe(PRICE)
    expect(
      await w.deps.db.prisma.booking.count({ where: { personId: w.person.personId, state: 'accepted' } }),
    ).toBe(1)
  })

  test('of two offers pressed at once one wins, and nothing is set aside for the other', async () => {
    const w = await world()
    const other = await makeFitting(w.deps)
    const id = await askIn(w)
    const offers = [await offerIn(w, id), await offerIn(w, id, {}, other)]
    const both = await Promise.allSettled(
      offers.map((offerId) => takeOffer(w.deps, w.person.actor, pressOf(w, id, offerId))),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'STALE_STATE' })
    const states = await w.deps.db.prisma.supportOffer.findMany({ where: { requestId: id } })
    expect(states.map(({ state }) => state).sort()).toEqual(['accepted', 'declined'])
    expect(await heldBy(w)).toBe(PRICE)
  })

  test.each([1, 2, 3])(
    'against taking the request back, or the offer, at the same moment: one wins (%i)',
    async () => {
      const w = await world()
      const id = await askIn(w)
      const offerId = await offerIn(w, id)
      const [took] = await Promise.allSettled([
        takeOffer(w.deps, w.person.actor, pressOf(w, id, offerId)),
        withdrawSupportRequest(w.deps, w.person.actor, { personId: w.person.personId, requestId: id }),
        withdrawOffer(w.deps, w.provider.owner, { requestId: id, offerId }),
      ])
      const request = await w.deps.db.prisma.supportRequest.findUniqueOrThrow({ where: { id } })
      const offer = await w.deps.db.prisma.supportOffer.findUniqueOrThrow({ where: { id: offerId } })
      const booked = took.status === 'fulfilled'
      expect(request.state === 'accepted').toBe(booked)
      expect(offer.state === 'accepted').toBe(booked)
      expect(await heldBy(w)).toBe(booked ? PRICE : 0)
    },
  )

  test('at another price than the one that was shown does nothing', async () => {
    const w = await world()
    const id = await askIn(w)
    const press = pressOf(w, id, await offerIn(w, id), 1)
    await expect(takeOffer(w.deps, w.person.actor, press)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await requestPage(w.deps, w.person.actor, id)).open).toBe(true)
  })

  test('after the listing has changed does nothing, and the page says why', async () => {
    const w = await world()
    const id = await askIn(w)
    const press = pressOf(w, id, await offerIn(w, id))
    await w.deps.db.prisma.service.update({ where: { id: w.serviceId }, data: { state: 'paused' } })
    await expect(takeOffer(w.deps, w.person.actor, press)).rejects.toMatchObject({ code: 'STALE_STATE' })
    const page = await requestPage(w.deps, w.person.actor, id)
    expect(page.offers).toEqual([])
    expect(page.others[0]?.standing).toBe('They have changed their price or terms since')
  })

  test('after it has ended does nothing', async () => {
    const w = await world()
    const id = await askIn(w)
    const press = pressOf(w, id, await offerIn(w, id, { holds: '2026-11-03' }))
    house().clock.set('2026-11-04T00:00:01Z')
    await expect(takeOffer(w.deps, w.person.actor, press)).rejects.toMatchObject({ code: 'STALE_STATE' })
    house().clock.set(TEST_NOW)
  })
})

describe('where something is to be settled first', () => {
  test('nothing is booked while the funds are short: the draft says so, and the offer still stands', async () => {
    const w = await world({ funds: [{ pence: 3_000 }] })
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    const { bookingId, outcome } = await takeOffer(w.deps, w.person.actor, pressOf(w, id, offerId))
    expect(outcome).toBe('not_yet')
    expect((await bookingOf(w, bookingId)).state).toBe('draft')
    expect(await heldBy(w)).toBe(0)
    const page = await requestPage(w.deps, w.person.actor, id)
    expect(page.offers).toHaveLength(1)
    // With two of the three dates left out it can be paid, and the last press of the booking's own pages takes the offer.
    await leaveOutDates(w.deps, w.person.actor, {
      bookingId,
      personId: w.person.personId,
      without: ['2026-11-23', '2026-11-30'],
    })
    expect(await checkPage(w.deps, w.person.actor, bookingId)).toMatchObject({ agreed: true, total: 2750 })
    const ask = { bookingId, personId: w.person.personId, expectedPence: 2750 }
    expect((await askOrTake(w.deps, w.person.actor, ask)).outcome).toBe('booked')
    expect((await requestPage(w.deps, w.person.actor, id)).state).toBe('accepted')
    expect(await heldBy(w)).toBe(2750)
  })

  test('other times than those that were offered are asked for as always, and are not booked', async () => {
    const w = await world()
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    const { bookingId } = await draftOfOffer(w.deps, w.person.actor, pressOf(w, id, offerId))
    await startDraft(w.deps, w.person.actor, {
      slug: w.slug,
      draftId: bookingId,
      times: times(w.person.personId, '2026-11-17'),
    })
    expect(await checkPage(w.deps, w.person.actor, bookingId)).toMatchObject({
      agreed: false,
      requestId: null,
    })
    const ask = { bookingId, personId: w.person.personId, expectedPence: 2750 }
    expect((await askOrTake(w.deps, w.person.actor, ask)).outcome).toBe('asked')
    expect((await bookingOf(w, bookingId)).state).toBe('requested')
    expect((await requestPage(w.deps, w.person.actor, id)).state).toBe('open')
  })

  test('where nobody is free any more at the last moment it is asked for, and the provider answers', async () => {
    const w = await world()
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    const { bookingId } = await draftOfOffer(w.deps, w.person.actor, pressOf(w, id, offerId))
    const draft = await readyDraft(w.deps, w.person.actor, { bookingId, personId: w.person.personId })
    if (!draft) throw new Error('There is a draft')
    await w.deps.db.prisma.lane.updateMany({
      where: { providerId: w.provider.providerId },
      data: { active: false },
    })
    const outcome = await w.deps.db.tx((tx) => bookAgreed(tx, w.deps, w.person.actor, draft, PRICE))
    expect(outcome).toBe('asked')
    expect((await bookingOf(w, bookingId)).state).toBe('requested')
    await house().runJobs()
    expect(await kinds(w, { providerId: w.provider.providerId })).toContain('booking.asked')
    expect(await kinds(w, { personId: w.person.personId })).not.toContain('booking.accepted')
  })
})

describe('who may take an offer', () => {
  test('a supporter who may book, in whose name the record stands', async () => {
    const w = await world()
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    const supporter = await supporterOf(w, ['book'])
    const { bookingId } = await takeOffer(w.deps, supporter, pressOf(w, id, offerId))
    expect(await bookingOf(w, bookingId)).toMatchObject({
      state: 'accepted',
      createdById: supporter.userId,
      authorityId: supporter.actingFor?.authorityId,
    })
    const [audit] = await w.deps.db.prisma.auditEvent.findMany({
      where: { subjectId: id, action: 'support_request.taken' },
    })
    expect(audit).toMatchObject({ actorUserId: supporter.userId, forPersonId: w.person.personId })
  })

  test('never an advocate, or anybody who may only propose: they see the offers and no button', async () => {
    const w = await world()
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    const advocate = await supporterOf(w, ['propose'], 'advocate')
    const page = await requestPage(w.deps, advocate, id)
    expect(page).toMatchObject({ mayTake: false, mayWithdraw: true })
    expect(page.offers).toHaveLength(1)
    await expect(takeOffer(w.deps, advocate, pressOf(w, id, offerId))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(draftOfOffer(w.deps, advocate, pressOf(w, id, offerId))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('nobody for somebody else’s request', async () => {
    const w = await world()
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    const other = await world()
    const press = { ...pressOf(w, id, offerId), personId: other.person.personId }
    await expect(takeOffer(w.deps, other.person.actor, press)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
