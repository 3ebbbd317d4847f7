import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { readDiary, readWaiting } from '#services/bookings/provider-visits.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import { ADDRESS, ask, book, type BookingWorld, makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makePerson } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

const diary = (w: BookingWorld, until = '2026-11-30T00:00:00Z', memberId: string | null = null) =>
  deps().db.tx((tx) => readDiary(tx, w.provider.providerId, memberId, Temporal.Instant.from(until)))
const waiting = (w: BookingWorld) => deps().db.tx((tx) => readWaiting(tx, w.provider.providerId))
const ids = (visits: readonly { id: string }[]) => visits.map(({ id }) => id)

describe('the diary', () => {
  test('has what was agreed, in order, with where it is; not what is only asked for, nor what comes later', async () => {
    const w = await makeNeighbourWorld(deps())
    await ask(w, '2026-11-05')
    const later = await book(w, '2026-11-10')
    const sooner = await book(w, '2026-11-06')
    expect(await diary(w)).toMatchObject([
      { id: sooner.visitId, person: 'Ada', addressLine: ADDRESS, postcode: 'AM2 4TT', phone: '01632 960111' },
      { id: later.visitId, title: 'Morning help at home', state: 'planned', bookingState: 'accepted' },
    ])
    // From nine o'clock on is not before nine o'clock.
    expect(ids(await diary(w, '2026-11-10T09:00:00Z'))).toEqual([sooner.visitId])
    expect(ids(await diary(w, '2026-11-10T09:00:01Z'))).toEqual([sooner.visitId, later.visitId])
  })

  test('keeps what was not said yet and what is disputed, however old; drops what is said or cancelled', async () => {
    const w = await makeNeighbourWorld(deps())
    const [unsaid, argued, said, cancelled] = [
      await book(w, '2026-11-05'),
      await book(w, '2026-11-06'),
      await book(w, '2026-11-07'),
      await book(w, '2026-11-08'),
    ]
    await cancelVisit(deps(), w.person.actor, {
      visitId: cancelled.visitId,
      personId: w.person.personId,
      expectedFee: 0,
    })
    house().clock.set('2026-11-09T12:00:00Z')
    for (const { visitId } of [argued, said])
      await deliverVisit(deps(), w.provider.owner, { visitId, minutes: 60, note: '' })
    await disputeVisit(deps(), w.person.actor, {
      personId: w.person.personId,
      visitId: argued.visitId,
      reason: 'It was shorter.',
    })
    house().clock.set('2027-02-01T12:00:00Z')
    expect(ids(await diary(w, '2027-02-02T00:00:00Z'))).toEqual([unsaid.visitId, argued.visitId])
    // What is disputed is there whatever the day asked about.
    expect(ids(await diary(w, '2026-11-01T00:00:00Z'))).toEqual([argued.visitId])
  })

  test('of one member has theirs and nobody’s in particular, not a colleague’s, nor another provider’s', async () => {
    const w = await makeNeighbourWorld(deps())
    const nobodys = await book(w, '2026-11-05')
    const theirs = await book(w, '2026-11-06')
    const [owner, worker] = [w.provider.owner, w.provider.worker].map(
      (actor) => actor.providers[0]?.memberId ?? '',
    )
    const id = w.provider.laneIds[1] ?? ''
    await deps().db.prisma.visit.update({ where: { id: theirs.visitId }, data: { laneId: id } })
    const other = (await deps().db.prisma.visit.findUniqueOrThrow({ where: { id: nobodys.visitId } })).laneId
    expect(other).not.toBe(id)
    await deps().db.prisma.lane.update({ where: { id }, data: { memberId: worker ?? null } })
    const until = '2026-11-30T00:00:00Z'
    expect(ids(await diary(w, until, worker))).toEqual([nobodys.visitId, theirs.visitId])
    expect(ids(await diary(w, until, owner))).toEqual([nobodys.visitId])
    expect(await diary(await makeNeighbourWorld(deps()))).toEqual([])
  })
})

describe('what waits for a yes', () => {
  test('is what the minutes that were said cost, of how many people; nothing when nothing waits', async () => {
    const w = await makeNeighbourWorld(deps())
    expect(await waiting(w)).toEqual({ pence: 0, people: 0 })
    const person = await makePerson(deps(), w.councilId, [{ pence: 48_000 }])
    const [one, two] = [await book(w, '2026-11-05'), await book(w, '2026-11-06')]
    const asked = await ask(w, '2026-11-07', 2750, { person })
    await acceptRequest(deps(), w.provider.owner, { bookingId: asked })
    const three = await deps().db.prisma.visit.findFirstOrThrow({ where: { bookingId: asked } })
    house().clock.set('2026-11-08T12:00:00Z')
    expect(await waiting(w)).toEqual({ pence: 0, people: 0 })
    // An hour is £27.50, half of one £15.00: travel is not halved.
    await deliverVisit(deps(), w.provider.owner, { visitId: one.visitId, minutes: 60, note: '' })
    await deliverVisit(deps(), w.provider.owner, { visitId: two.visitId, minutes: 30, note: '' })
    await deliverVisit(deps(), w.provider.owner, { visitId: three.id, minutes: 60, note: '' })
    expect(await waiting(w)).toEqual({ pence: 2750 + 1500 + 2750, people: 2 })
    await disputeVisit(deps(), w.person.actor, {
      personId: w.person.personId,
      visitId: two.visitId,
      reason: 'It was shorter.',
    })
    expect(await waiting(w)).toMatchObject({ pence: 7000 })
    await confirmVisits(deps(), w.person.actor, {
      personId: w.person.personId,
      visitIds: [one.visitId],
    })
    expect(await waiting(w)).toEqual({ pence: 1500 + 2750, people: 2 })
  })
})
