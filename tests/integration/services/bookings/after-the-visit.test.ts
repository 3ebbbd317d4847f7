import { beforeEach, describe, expect, test } from 'vitest'
import { sayMinutes } from '#services/bookings/agree-minutes.server.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit, noAnswer } from '#services/bookings/deliver-visit.server.ts'
import { writeReview } from '#services/quality/write-review.server.ts'
import { settleDueVisits, settleVisits } from '#services/settlement/settle-visits.server.ts'
import { ask, balances, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: Parameters<typeof makeBookingWorld>[1] = {}) =>
  makeBookingWorld(house().deps, options)

describe('when something was different', () => {
  async function delivered() {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    house().clock.set('2026-11-09T11:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    return { w, visitId }
  }

  test('nothing is paid until both agree; the provider puts the minutes right', async () => {
    const { w, visitId } = await delivered()
    await disputeVisit(w.deps, w.person.actor, {
      personId: w.person.personId,
      visitId,
      reason: 'She left after half an hour.',
    })
    expect(await settleVisits(w.deps, [visitId])).toEqual({ settled: [], waiting: [] })
    await sayMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 30 })
    await settleVisits(w.deps, [visitId])
    expect(await balances(w)).toMatchObject({ held: 0, spent: 1500 })
  })

  test('they agree that it did not happen: all of it comes back', async () => {
    const { w, visitId } = await delivered()
    await disputeVisit(w.deps, w.person.actor, {
      personId: w.person.personId,
      visitId,
      reason: 'Nobody came.',
    })
    await sayMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 0 })
    expect(await balances(w)).toMatchObject({ held: 0, spent: 0, available: 48_000 })
  })
})

describe('no answer at the door', () => {
  test('the terms’ share is owed, and settled only after the 7 days in which the person may say otherwise', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    house().clock.set('2026-11-09T10:00:00Z')
    await noAnswer(w.deps, w.provider.owner, { visitId, note: 'Rang twice.' })
    house().clock.set('2026-11-16T09:00:00Z')
    expect((await settleDueVisits(w.deps)).settled).not.toContain(visitId)
    expect(await balances(w)).toMatchObject({ held: 2750 })
    house().clock.set('2026-11-16T10:00:00Z')
    expect((await settleDueVisits(w.deps)).settled).toContain(visitId)
    expect(await balances(w)).toMatchObject({ held: 0, spent: 2750 })
  })
})

describe('cancelling', () => {
  test('before the window is free; inside it the terms’ share is owed and the rest comes back', async () => {
    const w = await world()
    const free = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId: free })
    await cancelVisit(w.deps, w.person.actor, {
      visitId: await onlyVisit(w, free),
      personId: w.person.personId,
      expectedFee: 0,
    })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })

    const late = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId: late })
    const visitId = await onlyVisit(w, late)
    house().clock.set('2026-11-08T20:00:00Z')
    await expect(
      cancelVisit(w.deps, w.person.actor, { visitId, personId: w.person.personId, expectedFee: 0 }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    await cancelVisit(w.deps, w.person.actor, { visitId, personId: w.person.personId, expectedFee: 1375 })
    await settleVisits(w.deps, [visitId])
    expect(await balances(w)).toMatchObject({ held: 0, spent: 1375, available: 46_625 })
  })
})

describe('saying how it went', () => {
  const review = (personId: string) => ({
    personId,
    keptMeInControl: 5,
    reliable: 4,
    respectful: 5,
    listened: 5,
    madeADifference: 4,
    comment: 'On time and kind.',
  })

  test('only after a confirmed visit, once a quarter', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    await expect(
      writeReview(w.deps, w.person.actor, { visitId, review: review(w.person.personId) }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    house().clock.set('2026-11-09T11:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    await writeReview(w.deps, w.person.actor, { visitId, review: review(w.person.personId) })
    expect(await w.deps.db.prisma.review.count({ where: { visitId } })).toBe(1)
  })

  test('the database itself refuses one without a visit', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    const visitId = await onlyVisit(w, bookingId)
    await expect(
      house().asOwner(
        `insert into review (id, visit_id, service_id, provider_id, person_id, kept_me_in_control, reliable, respectful, listened, made_a_difference)
         values (gen_random_uuid(), $1, $2, $3, $4, 5, 5, 5, 5, 5)`,
        [visitId, w.serviceId, w.provider.providerId, w.person.personId],
      ),
    ).rejects.toMatchObject({ code: 'KR001' })
  })
})
