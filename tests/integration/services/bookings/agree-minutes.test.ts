import { beforeEach, describe, expect, test } from 'vitest'
import { acceptAsSaid, sayMinutes } from '#services/bookings/agree-minutes.server.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit, noAnswer } from '#services/bookings/deliver-visit.server.ts'
import { cancelOnce, disputeOnce } from '#services/bookings/press-once.server.ts'
import { providerVisitPage } from '#services/bookings/provider-visit-page.server.ts'
import { visitPage } from '#services/bookings/visit-page.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { ask, balances, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { makePerson, makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

async function booked() {
  house().clock.set(TEST_NOW)
  const w = await makeBookingWorld(house().deps)
  const bookingId = await ask(w, '2026-11-09', 2750)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  const visitId = await onlyVisit(w, bookingId)
  const { personId } = w.person
  const row = () => w.deps.db.prisma.visit.findUniqueOrThrow({ where: { id: visitId } })
  return {
    ...w,
    bookingId,
    visitId,
    personId,
    w,
    row,
    person: w.person,
    provider: w.provider,
    personSays: (minutes: number) => sayMinutes(w.deps, w.person.actor, { visitId, by: 'person', minutes }),
    providerSays: (minutes: number) =>
      sayMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes }),
    dispute: () => disputeVisit(w.deps, w.person.actor, { visitId, personId, reason: 'It was different.' }),
    notices: (kind: string) => w.deps.db.prisma.notice.count({ where: { kind, subjectId: visitId } }),
  }
}
async function doorDisputed() {
  const b = await booked()
  house().clock.set('2026-11-09T10:00:00Z')
  await noAnswer(b.deps, b.provider.owner, { visitId: b.visitId, note: '' })
  await b.dispute()
  return b
}
async function delivered(minutes = 45) {
  const b = await booked()
  house().clock.set('2026-11-09T10:00:00Z')
  await deliverVisit(b.deps, b.provider.owner, { visitId: b.visitId, minutes, note: '' })
  return b
}

describe('no answer at the door, and the person says otherwise', () => {
  test('the provider says how long they were there after all; it counts when the person says yes', async () => {
    const b = await doorDisputed()
    expect(await b.providerSays(30)).toBe('offered')
    expect(await settleVisits(b.deps, [b.visitId])).toEqual({ settled: [], waiting: [] })
    const page = await visitPage(b.deps, b.person.actor, b.visitId)
    expect(page.agreement).toMatchObject({ theirs: { minutes: 30, pence: 1500 }, most: 60 })
    expect(await b.personSays(30)).toBe('agreed')
    expect(await b.row()).toMatchObject({ state: 'confirmed', outcome: 'amended', finalPence: 1500 })
    await settleVisits(b.deps, [b.visitId])
    expect(await balances(b.w)).toMatchObject({ held: 0, spent: 1500 })
  })

  test('the person says how long; it counts when the provider says yes', async () => {
    const b = await doorDisputed()
    expect(await b.personSays(20)).toBe('offered')
    const page = await providerVisitPage(b.deps, b.provider.owner, b.visitId)
    expect(page.offered).toMatchObject({ theirs: { minutes: 20, words: '20 minutes' }, own: null })
    expect(await b.providerSays(20)).toBe('agreed')
    expect(await b.row()).toMatchObject({ state: 'confirmed', actualMinutes: 20, offeredMinutes: null })
  })

  test('the person says none and the provider agrees: nothing is owed, all of it comes back', async () => {
    const b = await doorDisputed()
    expect(await b.personSays(0)).toBe('offered')
    expect(await b.providerSays(0)).toBe('agreed')
    expect((await b.row()).state).toBe('cancelled_free')
    expect(await balances(b.w)).toMatchObject({ held: 0, spent: 0 })
  })

  test('each may answer with another number, as often as it takes', async () => {
    const b = await doorDisputed()
    expect([await b.personSays(10), await b.providerSays(40), await b.personSays(30)]).toEqual([
      'offered',
      'offered',
      'offered',
    ])
    expect(await b.providerSays(30)).toBe('agreed')
  })

  test('the same word again tells nobody twice; more than was booked is refused', async () => {
    const b = await doorDisputed()
    await b.personSays(20)
    await b.personSays(20)
    expect(await b.notices('visit.minutes_offered')).toBe(1)
    await expect(b.personSays(61)).rejects.toMatchObject({ code: 'INVALID' })
    await b.providerSays(20)
    expect(await b.providerSays(20)).toBe('agreed')
    expect(await b.personSays(20)).toBe('agreed')
    expect(await b.notices('visit.agreed')).toBe(1)
    await expect(b.personSays(30)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('strangers find nothing, and a worker may not agree', async () => {
    const b = await doorDisputed()
    const stranger = await makePerson(b.deps, b.councilId, [])
    const other = await makeProvider(b.deps)
    const say = (actor: typeof stranger.actor, by: 'person' | 'provider') =>
      sayMinutes(b.deps, actor, { visitId: b.visitId, by, minutes: 0 })
    await expect(say(stranger.actor, 'person')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(say(other.owner, 'provider')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(say(b.provider.worker, 'provider')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('the same press twice does no harm, another press is refused', () => {
  test('yes', async () => {
    const b = await delivered()
    const yes = () => confirmVisits(b.deps, b.person.actor, { personId: b.personId, visitIds: [b.visitId] })
    const both = await Promise.all([yes(), yes()])
    expect(both.map((said) => said.now).sort()).toEqual([0, 1])
    await settleVisits(b.deps, [b.visitId])
    expect(await yes()).toEqual({ now: 0, already: 1 })
    await expect(b.dispute()).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(
      await b.deps.db.prisma.auditEvent.count({ where: { action: 'visit.confirmed', subjectId: b.visitId } }),
    ).toBe(1)
  })

  test('something was different', async () => {
    const b = await delivered()
    const input = { visitId: b.visitId, personId: b.personId, reason: 'She left early.' }
    await disputeOnce(b.deps, b.person.actor, input)
    await disputeOnce(b.deps, b.person.actor, input)
    expect(await b.notices('visit.disputed')).toBe(1)
    await expect(
      confirmVisits(b.deps, b.person.actor, { personId: b.personId, visitIds: [b.visitId] }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    await expect(
      disputeOnce(b.deps, b.person.actor, { ...input, reason: 'Something else.' }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('it was as they said, of minutes and of a door that nobody answered', async () => {
    const b = await delivered()
    await b.dispute()
    const d = await doorDisputed()
    for (const one of [b, d]) {
      const accept = () =>
        acceptAsSaid(one.deps, one.person.actor, { visitId: one.visitId, personId: one.personId })
      await accept()
      await accept()
      expect(await one.notices('visit.agreed')).toBe(1)
      expect((await one.row()).state).toBe('confirmed')
    }
    expect((await b.row()).finalPence).toBe(2125)
    expect((await d.row()).outcome).toBe('no_answer')
  })

  test('cancel; but not cancel after yes', async () => {
    const b = await booked()
    const input = { visitId: b.visitId, personId: b.personId, expectedFee: 0 }
    await cancelOnce(b.deps, b.person.actor, input)
    await cancelOnce(b.deps, b.person.actor, input)
    expect(await b.notices('visit.cancelled')).toBe(1)
    const d = await delivered()
    await confirmVisits(d.deps, d.person.actor, { personId: d.personId, visitIds: [d.visitId] })
    await expect(
      cancelOnce(d.deps, d.person.actor, { visitId: d.visitId, personId: d.personId, expectedFee: 1375 }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })
})
