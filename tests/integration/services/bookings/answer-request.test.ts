import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest, counterOffer, declineRequest } from '#services/bookings/answer-request.server.ts'
import { expireRequests, withdrawRequest } from '#services/bookings/end-booking.server.ts'
import { takeCounterOffer } from '#services/bookings/take-counter-offer.server.ts'
import { ask, balances, makeBookingWorld, visitsOf } from '#tests/factories/bookings.ts'
import { makePerson, makeProvider, times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: Parameters<typeof makeBookingWorld>[1] = {}) =>
  makeBookingWorld(house().deps, options)
const faults = () => house().asOwner('select * from ledger_faults()')

describe('the provider’s answer', () => {
  test('no: everything that was set aside comes back', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await declineRequest(w.deps, w.provider.owner, { bookingId, reason: 'We are full that week.' })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })
    expect(await faults()).toEqual([])
  })

  test('yes to two requests for one worker at one time: the second is refused and explained', async () => {
    const w = await world()
    const other = await makePerson(w.deps, w.councilId, [{ pence: 48_000 }])
    const first = await ask(w, '2026-11-09', 2750)
    const second = await ask(w, '2026-11-09', 2750, { person: other })
    await acceptRequest(w.deps, w.provider.owner, { bookingId: first })
    await expect(acceptRequest(w.deps, w.provider.owner, { bookingId: second })).rejects.toMatchObject({
      code: 'CLASH',
      publicMessage: expect.stringContaining('Monday 9 November') as unknown,
    })
    expect(await w.deps.db.prisma.booking.findUnique({ where: { id: second } })).toMatchObject({
      state: 'requested',
    })
  })

  test('another time: the person takes it, money and lane move over in one go', async () => {
    const w = await world({ funds: [{ pence: 3000 }] })
    const bookingId = await ask(w, '2026-11-09', 2750)
    const { personId: _, ...otherTime } = times(w.person.personId, '2026-11-10', '14:00')
    await counterOffer(w.deps, w.provider.owner, {
      bookingId,
      times: otherTime,
      message: 'Tuesday suits us better.',
    })
    await takeCounterOffer(w.deps, w.person.actor, {
      bookingId,
      personId: w.person.personId,
      expectedPence: 2750,
    })
    const visits = await visitsOf(w, bookingId)
    expect(visits.map((visit) => visit.state)).toEqual(['cancelled_free', 'planned'])
    expect(visits[1]?.holdsLane).toBe(true)
    expect(await balances(w)).toMatchObject({ available: 250, held: 2750 })
    expect(await faults()).toEqual([])
  })

  test('a stranger and a worker cannot answer', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    const stranger = await makeProvider(w.deps)
    await expect(acceptRequest(w.deps, stranger.owner, { bookingId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(acceptRequest(w.deps, w.provider.worker, { bookingId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('none in five working days: it ends and the money comes back', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-20', 2750)
    house().clock.set('2026-11-09T17:30:00Z')
    await expireRequests(w.deps)
    expect(await w.deps.db.prisma.booking.findUnique({ where: { id: bookingId } })).toMatchObject({
      state: 'expired',
    })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })
  })

  test('the person takes it back before there is one', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await withdrawRequest(w.deps, w.person.actor, { bookingId, personId: w.person.personId })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })
    await expect(acceptRequest(w.deps, w.provider.owner, { bookingId })).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })
})
