import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { withdrawRequest } from '#services/bookings/end-booking.server.ts'
import { readWeekVisits } from '#services/bookings/week-visits.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import { ask, book, type BookingWorld, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { makePerson } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

/** The week of Monday 9 November, London's winter time being UTC. */
const WEEK = { from: '2026-11-09T00:00:00Z', until: '2026-11-16T00:00:00Z' }
const read = (w: BookingWorld, { from, until } = WEEK, personId = w.person.personId) =>
  deps().db.tx((tx) =>
    readWeekVisits(
      tx,
      personId,
      { from: Temporal.Instant.from(from), until: Temporal.Instant.from(until) },
      deps().clock.now(),
    ),
  )
const ids = (visits: readonly { id: string }[]) => visits.map(({ id }) => id)

describe('the week', () => {
  test('has its visits in order, agreed or only asked for; not the weeks beside it, nor another person’s', async () => {
    const w = await makeBookingWorld(deps(), { lanes: 2 })
    await book(w, '2026-11-08')
    const asked = await onlyVisit(w, await ask(w, '2026-11-15'))
    const agreed = await book(w, '2026-11-09')
    await book(w, '2026-11-16')
    const other = await makePerson(deps(), w.councilId, [{ pence: 48_000 }])
    await ask(w, '2026-11-10', 2750, { person: other })
    expect(await read(w)).toMatchObject([
      {
        id: agreed.visitId,
        bookingState: 'accepted',
        pence: 2750,
        funds: ['Social care budget'],
        planned: false,
        paused: false,
        providerName: 'A provider',
        worker: null,
      },
      { id: asked, bookingState: 'requested', worker: null },
    ])
  })

  test('has what reaches into it from the night before, and ends where the next begins', async () => {
    const w = await makeBookingWorld(deps(), { lanes: 2 })
    const { visitId } = await book(w, '2026-11-09')
    const until = (time: string) => read(w, { from: '2026-11-02T00:00:00Z', until: `2026-11-09T${time}Z` })
    expect(ids(await until('09:00:00'))).toEqual([])
    expect(ids(await until('09:00:01'))).toEqual([visitId])
    const from = (time: string) => read(w, { from: `2026-11-09T${time}Z`, until: WEEK.until })
    expect(ids(await from('09:59:59'))).toEqual([visitId])
    expect(ids(await from('10:00:00'))).toEqual([])
  })

  test('says the worker’s first name when the lane is somebody’s', async () => {
    const w = await makeBookingWorld(deps())
    const { visitId } = await book(w)
    const memberId = w.provider.worker.providers[0]?.memberId ?? ''
    await deps().db.prisma.member.update({ where: { id: memberId }, data: { name: 'Halina Nowak' } })
    await deps().db.prisma.lane.updateMany({
      where: { providerId: w.provider.providerId },
      data: { memberId },
    })
    expect(await read(w)).toMatchObject([{ id: visitId, worker: 'Halina' }])
  })

  test('says that money is still to come, and which funds pay', async () => {
    const w = await makeBookingWorld(deps(), {
      funds: [
        { pence: 1000, name: 'Care' },
        { pence: 0, name: 'Own', expected: [{ dueOn: '2026-11-06', pence: 9000 }] },
      ],
    })
    await ask(w, '2026-11-09')
    const [visit] = await read(w)
    expect(visit?.planned).toBe(true)
    expect([...(visit?.funds ?? [])].sort()).toEqual(['Care', 'Own'])
  })
})

describe('what is still to be said', () => {
  test('stays on every week until it is: not told yet, or told and not answered', async () => {
    const w = await makeBookingWorld(deps(), { lanes: 2 })
    const [untold, told] = [await book(w, '2026-11-09'), await book(w, '2026-11-10')]
    const later = { from: '2026-12-07T00:00:00Z', until: '2026-12-14T00:00:00Z' }
    expect(await read(w, later)).toEqual([])
    house().clock.set('2026-11-10T11:00:00Z')
    await deliverVisit(deps(), w.provider.owner, { visitId: told.visitId, minutes: 45, note: '' })
    expect(await read(w, later)).toMatchObject([
      { id: untold.visitId, state: 'planned' },
      { id: told.visitId, state: 'delivered', actualMinutes: 45 },
    ])
    await confirmVisits(deps(), w.person.actor, {
      personId: w.person.personId,
      visitIds: [told.visitId],
    })
    expect(ids(await read(w, later))).toEqual([untold.visitId])
    expect(await read(w)).toMatchObject([{ id: untold.visitId }, { id: told.visitId, pence: 2125 }])
  })

  test('a request that was not answered in time to happen is not asked about; one that was taken back is gone', async () => {
    const w = await makeBookingWorld(deps())
    const id = await ask(w, '2026-11-09')
    house().clock.set('2026-11-30T11:00:00Z')
    expect(await read(w, { from: '2026-11-30T00:00:00Z', until: '2026-12-07T00:00:00Z' })).toEqual([])
    expect(await read(w)).toHaveLength(1)
    house().clock.set(TEST_NOW)
    await withdrawRequest(deps(), w.person.actor, { bookingId: id, personId: w.person.personId })
    expect(await read(w)).toEqual([])
  })

  test('a visit that was cancelled is shown as cancelled in its own week, and no other', async () => {
    const w = await makeBookingWorld(deps())
    const id = await ask(w, '2026-11-09', 5500, { repeat: 'weekly', weeks: 2 })
    await acceptRequest(deps(), w.provider.owner, { bookingId: id })
    const [first] = await read(w)
    await cancelVisit(deps(), w.person.actor, {
      visitId: first?.id ?? '',
      personId: w.person.personId,
      expectedFee: 0,
    })
    expect(await read(w)).toMatchObject([{ id: first?.id, state: 'cancelled_free', funds: [] }])
    expect(await read(w, { from: '2026-11-16T00:00:00Z', until: '2026-11-23T00:00:00Z' })).toHaveLength(1)
  })
})
