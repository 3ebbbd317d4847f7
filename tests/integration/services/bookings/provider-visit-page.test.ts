import { beforeEach, describe, expect, test } from 'vitest'
import { sayMinutes } from '#services/bookings/agree-minutes.server.ts'
import { disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { cannotComeOnce, deliverOnce } from '#services/bookings/press-once.server.ts'
import { providerVisitPage } from '#services/bookings/provider-visit-page.server.ts'
import { ADDRESS, book, makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: { lanes?: number } = {}) => makeNeighbourWorld(house().deps, options)

describe('one visit', () => {
  test('offers what may be said now, and to workers no money', async () => {
    const w = await world()
    const { visitId } = await book(w)
    expect((await providerVisitPage(w.deps, w.provider.owner, visitId)).may).toEqual({
      start: false, deliver: false, noAnswer: false, agreeMissed: false, cancel: true, agree: false,
    }) // prettier-ignore
    house().clock.set('2026-11-09T09:05:00Z')
    const worker = await providerVisitPage(w.deps, w.provider.worker, visitId)
    expect(worker).toMatchObject({ pence: null, noAnswerPence: null, may: { deliver: true, cancel: false } })
  })

  test('the address goes when nobody has to go there any more', async () => {
    const w = await world()
    const { visitId } = await book(w)
    expect((await providerVisitPage(w.deps, w.provider.worker, visitId)).where).toContain(ADDRESS)
    await cannotComeOnce(w.deps, w.provider.owner, { visitId, reason: 'Our worker is ill.' })
    const after = await providerVisitPage(w.deps, w.provider.owner, visitId)
    expect(after).toMatchObject({
      where: 'At home, in Millgate (AM2)',
      phone: null,
      reason: 'Our worker is ill.',
    })
  })

  test('a second press of "it happened" tells the person once', async () => {
    const w = await world()
    const { visitId } = await book(w)
    house().clock.set('2026-11-09T10:00:00Z')
    const press = () => deliverOnce(w.deps, w.provider.worker, { visitId, minutes: 60, note: '' })
    await press()
    await press()
    expect(
      await w.deps.db.prisma.notice.count({ where: { subjectId: visitId, kind: 'visit.delivered' } }),
    ).toBe(1)
    await expect(
      deliverOnce(w.deps, w.provider.worker, { visitId, minutes: 45, note: '' }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('what was different is read there and the minutes are put right', async () => {
    const w = await world()
    const { visitId } = await book(w)
    house().clock.set('2026-11-09T10:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    const reason = 'She left after half an hour.'
    await disputeVisit(w.deps, w.person.actor, { personId: w.person.personId, visitId, reason })
    const page = await providerVisitPage(w.deps, w.provider.owner, visitId)
    expect(page).toMatchObject({ state: 'disputed', reason, mostMinutes: 60, may: { agree: true } })
    await expect(
      sayMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 61 }),
    ).rejects.toMatchObject({
      code: 'INVALID',
    })
    await sayMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 30 })
    await sayMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 30 })
    expect(await providerVisitPage(w.deps, w.provider.owner, visitId)).toMatchObject({
      state: 'confirmed',
      outcome: 'amended',
      pence: 1500,
    })
  })

  test('is not there for strangers', async () => {
    const w = await world()
    const { visitId } = await book(w)
    const stranger = await makeProvider(w.deps)
    await expect(providerVisitPage(w.deps, stranger.owner, visitId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(providerVisitPage(w.deps, w.person.actor, visitId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
