import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest, counterOffer, declineRequest } from '#services/bookings/answer-request.server.ts'
import { bookingPage, isDraft } from '#services/bookings/booking-page.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { ANONYMOUS, type Scope } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { ask, book, type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makeUser, times, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

const supporter = async (w: BookingWorld, scopes: Scope[]) =>
  userActor(await makeUser(deps()), {
    actingFor: {
      personId: w.person.personId,
      personName: 'Ada',
      authorityId: newId(),
      type: 'informal',
      scopes,
      organisationName: null,
    },
  })
const read = (w: BookingWorld, id: string) => bookingPage(deps(), w.person.actor, id)

describe('a booking as the person sees it', () => {
  test('asked: until when they answer, what is set aside and by whom it was asked', async () => {
    const w = await makeBookingWorld(deps())
    const page = await read(w, await ask(w, '2026-11-09'))
    expect(page).toMatchObject({
      state: 'requested',
      title: 'Morning help at home',
      askedBy: 'A person',
      forSomebodyElse: false,
      total: 2750,
      money: { setAside: 2750, planned: 0, spent: 0 },
      visits: [{ pence: 2750, planned: false, worker: null, outcome: null }],
      counter: null,
      mayBook: true,
    })
    expect(page.answerBy).toMatch(/November 2026, /)
    expect(page.lines.reduce((sum, line) => sum + line.pence, 0)).toBe(2750)
  })

  test('booked: who comes; a visit that was cancelled free is left out of the total', async () => {
    const w = await makeBookingWorld(deps())
    const id = await ask(w, '2026-11-09', 5500, { repeat: 'weekly', weeks: 2 })
    await acceptRequest(deps(), w.provider.owner, { bookingId: id })
    const [first, second] = (await read(w, id)).visits
    expect(first?.worker).toBe('Worker 1')
    await cancelVisit(deps(), w.person.actor, {
      visitId: first?.id ?? '',
      personId: w.person.personId,
      expectedFee: 0,
    })
    const page = await read(w, id)
    expect(page.visits.map((visit) => visit.id)).toEqual([second?.id])
    expect([page.total, page.money?.setAside]).toEqual([2750, 2750])
  })

  test('refused: the reason, and what it would have been', async () => {
    const w = await makeBookingWorld(deps())
    const id = await ask(w, '2026-11-09')
    await declineRequest(deps(), w.provider.owner, { bookingId: id, reason: 'We are full that week.' })
    const page = await read(w, id)
    expect(page).toMatchObject({
      state: 'declined',
      reason: 'We are full that week.',
      money: { setAside: 0 },
    })
    expect(page.visits).toHaveLength(1)
  })

  test('money that has not come yet is planned', async () => {
    const w = await makeBookingWorld(deps(), {
      funds: [{ pence: 2750, expected: [{ dueOn: '2026-11-10', pence: 6000 }] }],
    })
    const page = await read(w, await ask(w, '2026-11-09', 5500, { repeat: 'weekly', weeks: 2 }))
    expect(page.money).toMatchObject({ setAside: 2750, planned: 2750, spent: 0 })
    expect(page.visits.map((visit) => visit.planned)).toEqual([false, true])
  })

  test('another time that was offered, with its price and words', async () => {
    const w = await makeBookingWorld(deps())
    const id = await ask(w, '2026-11-09')
    const { personId: _, ...otherTime } = times(w.person.personId, '2026-11-10', '14:00')
    await counterOffer(deps(), w.provider.owner, {
      bookingId: id,
      times: otherTime,
      message: 'Tuesday suits us better.',
    })
    expect(await read(w, id)).toMatchObject({
      state: 'countered',
      counter: { message: 'Tuesday suits us better.', total: 2750, short: 0, refused: [], stopped: false },
    })
  })
})

describe('whose it is', () => {
  test('a supporter sees money only with a scope for it, and the page says for whom it is', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await book(w)
    const seen = async (scopes: Scope[]) => bookingPage(deps(), await supporter(w, scopes), bookingId)
    expect(await seen(['see_plan'])).toMatchObject({ money: null, mayBook: false, person: { self: false } })
    expect(await seen(['see_money'])).toMatchObject({ money: { setAside: 2750 }, mayBook: false })
    expect(await seen(['book'])).toMatchObject({ money: { setAside: 2750 }, mayBook: true })
  })

  test('a draft, somebody else’s and one that is not there look alike; who is signed out signs in', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await book(w)
    const draft = await startDraft(deps(), w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-12'),
    })
    const stranger = (await makeBookingWorld(deps())).person.actor
    for (const [actor, id] of [
      [w.person.actor, draft.bookingId],
      [stranger, bookingId],
      [w.provider.owner, bookingId],
      [w.person.actor, newId()],
    ] as const)
      await expect(bookingPage(deps(), actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(bookingPage(deps(), ANONYMOUS, bookingId)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })

  test('an old link to a draft is told from one to a booking', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await book(w)
    const draft = await startDraft(deps(), w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-12'),
    })
    expect(await isDraft(deps(), w.person.actor, draft.bookingId)).toBe(true)
    expect(await isDraft(deps(), w.person.actor, bookingId)).toBe(false)
    await expect(isDraft(deps(), w.person.actor, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
