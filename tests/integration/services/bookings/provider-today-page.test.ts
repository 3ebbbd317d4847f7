import { beforeEach, describe, expect, test } from 'vitest'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverOnce } from '#services/bookings/press-once.server.ts'
import { providerTodayPage } from '#services/bookings/provider-today-page.server.ts'
import { sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { ADDRESS, ask, book, makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: { lanes?: number } = {}) => makeNeighbourWorld(house().deps, options)

describe('the provider’s day', () => {
  test('the next visit first, with its address; requests, money and papers for those who answer', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-05')
    await ask(w, '2026-11-12')
    const page = await providerTodayPage(w.deps, w.provider.owner, null)
    expect(page.next).toMatchObject({ id: visitId, where: `${ADDRESS}, AM2 4TT`, day: 'Thursday 5 November' })
    expect(page.office?.requests).toMatchObject([{ person: 'Ada', area: 'Millgate (AM2)', pence: 2750 }])
    expect(JSON.stringify(page.office)).not.toContain(ADDRESS)
    const worker = await providerTodayPage(w.deps, w.provider.worker, null)
    expect(worker.next?.id).toBe(visitId)
    expect(worker.office).toBeNull()
  })

  test('a worker sees their own visits and those of nobody in particular, not a colleague’s', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-05')
    const member = w.provider.owner.providers[0]?.memberId ?? ''
    const lane = (await w.deps.db.prisma.visit.findUniqueOrThrow({ where: { id: visitId } })).laneId ?? ''
    await w.deps.db.prisma.lane.update({ where: { id: lane }, data: { memberId: member } })
    expect((await providerTodayPage(w.deps, w.provider.worker, null)).next).toBeNull()
    expect((await providerTodayPage(w.deps, w.provider.owner, null)).next?.id).toBe(visitId)
  })

  test('what began and is over waits for one press; nobody came is before everything', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-05')
    house().clock.set('2026-11-05T09:30:00Z')
    expect(await providerTodayPage(w.deps, w.provider.owner, null)).toMatchObject({
      next: { id: visitId, begun: true },
      unsaid: [],
      todays: 1,
    })
    house().clock.set('2026-11-05T10:30:00Z')
    expect(await providerTodayPage(w.deps, w.provider.owner, null)).toMatchObject({
      next: null,
      unsaid: [{ id: visitId, minutes: 60 }],
    })
    await sayNobodyCame(w.deps, w.person.actor, { visitId, personId: w.person.personId })
    expect(await providerTodayPage(w.deps, w.provider.owner, null)).toMatchObject({
      missed: [{ id: visitId, answerBy: 'Saturday 7 November, 10:30am' }],
      unsaid: [],
    })
  })

  test('says what is owed and what waits for a yes, to the penny', async () => {
    const w = await world()
    const first = await book(w, '2026-11-05')
    const second = await book(w, '2026-11-06')
    house().clock.set('2026-11-06T11:00:00Z')
    await deliverOnce(w.deps, w.provider.owner, { visitId: first.visitId, minutes: 60, note: '' })
    await deliverOnce(w.deps, w.provider.owner, { visitId: second.visitId, minutes: 30, note: '' })
    const money = async () => (await providerTodayPage(w.deps, w.provider.owner, null)).office?.money
    expect(await money()).toEqual({ owed: 0, waiting: 2750 + 1500, people: 1 })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [first.visitId] })
    await settleVisits(w.deps, [first.visitId])
    expect(await money()).toEqual({ owed: 2750, waiting: 1500, people: 1 })
  })

  test('a paper that runs out within 60 days is named', async () => {
    const w = await world()
    await w.deps.db.prisma.verification.create({
      data: {
        providerId: w.provider.providerId,
        kind: 'insurance',
        state: 'verified',
        checkedOn: new Date('2025-12-04T00:00:00Z'),
        expiresOn: new Date('2026-12-04T00:00:00Z'),
      },
    })
    const page = await providerTodayPage(w.deps, w.provider.owner, null)
    expect(page.office?.papers).toMatchObject([{ until: 'Friday 4 December 2026', ended: false }])
  })

  test('another organisation is not there; without one there is no page', async () => {
    const w = await world()
    const other = await makeProvider(w.deps)
    await expect(providerTodayPage(w.deps, w.provider.owner, other.providerId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(providerTodayPage(w.deps, w.person.actor, null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(providerTodayPage(w.deps, ANONYMOUS, null)).rejects.toMatchObject({ code: 'SIGN_IN' })
    const both = { ...w.provider.owner, providers: [...w.provider.owner.providers, ...other.owner.providers] }
    const page = await providerTodayPage(w.deps, both, other.providerId)
    expect(page.provider.id).toBe(other.providerId)
    expect(page.others.map((entry) => entry.id)).toEqual([w.provider.providerId])
  })
})
