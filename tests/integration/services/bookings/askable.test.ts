import { beforeEach, describe, expect, test } from 'vitest'
import { readAskFacts } from '#services/bookings/askable.server.ts'
import { choicesOf, startDraft } from '#services/bookings/start-draft.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { ask, book, type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makePerson, times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

const draft = async (w: BookingWorld, date = '2026-11-09', changes: Parameters<typeof times>[3] = {}) =>
  (
    await startDraft(deps(), w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, date, '09:00', changes),
    })
  ).bookingId
async function facts(w: BookingWorld, id: string, now = TEST_NOW, instead: Parameters<typeof readAskFacts>[4] = null) {
  const read = await readAskFacts(deps().db, id, w.person.personId, now, instead)
  if (!read) throw new Error('It is not there.')
  return read
} // prettier-ignore

describe('whose facts they are', () => {
  test('a person’s own booking’s, and nobody else’s', async () => {
    const w = await makeBookingWorld(deps())
    const id = await draft(w)
    const other = await makePerson(deps(), w.councilId, [])
    expect((await facts(w, id)).person).toMatchObject({ id: w.person.personId, shortName: 'Ada' })
    expect(await readAskFacts(deps().db, id, other.personId, TEST_NOW)).toBeNull()
    expect(await readAskFacts(deps().db, newId(), w.person.personId, TEST_NOW)).toBeNull()
  })
})

describe('who is free', () => {
  test('for each slot in order: a lane with its buffers, and none when the visit beside it needs them', async () => {
    const w = await makeBookingWorld(deps(), { service: { bufferMinutes: 15 } })
    await book(w, '2026-11-16')
    expect((await facts(w, await draft(w, '2026-11-09', { repeat: 'weekly', weeks: 3 }))).freeLanes).toEqual([
      true,
      false,
      true,
    ])
    const at = (time: string) =>
      choicesOf({ firstDate: '2026-11-16', time, minutes: 60, visits: 1, without: [] })
    const id = await draft(w)
    // The visit holds 8.45 to 10.15, and another needs a quarter of an hour of its own before that.
    expect((await facts(w, id, TEST_NOW, at('10:15'))).freeLanes).toEqual([false])
    expect((await facts(w, id, TEST_NOW, at('10:30'))).freeLanes).toEqual([true])
    expect((await facts(w, id, TEST_NOW, at('07:30'))).freeLanes).toEqual([true])
    expect((await facts(w, id, TEST_NOW, at('07:45'))).freeLanes).toEqual([false])
  })

  test('a second worker is free when the first is not; one who has left is not', async () => {
    const w = await makeBookingWorld(deps(), { lanes: 2 })
    await book(w, '2026-11-09')
    const id = await draft(w)
    expect((await facts(w, id)).freeLanes).toEqual([true])
    const busy = await deps().db.prisma.visit.findFirstOrThrow({
      where: { providerId: w.provider.providerId },
    })
    const free = w.provider.laneIds.find((lane) => lane !== busy.laneId) ?? ''
    await deps().db.prisma.lane.update({ where: { id: free }, data: { active: false } })
    expect((await facts(w, id)).freeLanes).toEqual([false])
  })

  test('what is only asked for keeps nobody from asking too', async () => {
    const w = await makeBookingWorld(deps())
    await ask(w, '2026-11-09')
    expect((await facts(w, await draft(w))).freeLanes).toEqual([true])
  })
})

describe('which money', () => {
  test('what this booking has set aside counts as available to it; another’s does not', async () => {
    const w = await makeBookingWorld(deps())
    const [first, second] = [await ask(w, '2026-11-09'), await draft(w, '2026-11-10')]
    expect((await facts(w, first)).funds).toMatchObject([{ available: 48_000, held: 2750, spent: 0 }])
    expect((await facts(w, second)).funds).toMatchObject([{ available: 45_250, held: 2750, spent: 0 }])
  })

  test('a fund that is over is left out; one that has not begun is there with its dates', async () => {
    const w = await makeBookingWorld(deps(), {
      funds: [{ pence: 1000, endsOn: '2026-11-01' }, { pence: 2000, endsOn: '2026-11-02' }, { pence: 3000 }],
    })
    const id = await draft(w)
    expect((await facts(w, id)).funds.map(({ endsOn }) => endsOn)).toEqual(['2026-11-02', '2027-03-31'])
    expect((await facts(w, id, '2026-11-03T00:30:00Z')).funds).toHaveLength(1)
  })

  test('instalments to come and what others have planned on them are both there', async () => {
    const w = await makeBookingWorld(deps(), {
      funds: [{ pence: 2750, expected: [{ dueOn: '2026-11-12', pence: 6000 }] }],
    })
    await ask(w, '2026-11-09', 5500, { repeat: 'weekly', weeks: 2 })
    const [fund] = (await facts(w, await draft(w, '2026-11-10'))).funds
    expect(fund).toMatchObject({
      available: 0,
      held: 2750,
      expected: [{ dueOn: '2026-11-12', pence: 6000 }],
    })
    expect(new Set(fund?.planned.map(({ on }) => on))).toEqual(new Set(['2026-11-16']))
    expect(fund?.planned.reduce((sum, { pence }) => sum + pence, 0)).toBe(2750)
  })

  test('a plan line says whether it is approved', async () => {
    const line = { pence: 48_000, deployment: 'council_managed' as const, planCategory: 'help_at_home' }
    const w = await makeBookingWorld(deps(), { funds: [line, { ...line, approved: true }] })
    const { funds } = await facts(w, await draft(w))
    expect(funds.map(({ planLines }) => planLines.map(({ approved }) => approved)).sort()).toEqual([
      [false],
      [true],
    ])
  })
})

describe('what the provider is', () => {
  test('accredited only while a training check holds', async () => {
    const w = await makeBookingWorld(deps())
    const id = await draft(w)
    expect((await facts(w, id)).provider).toMatchObject({ accredited: false, paused: false })
    const check = await deps().db.prisma.verification.create({
      data: {
        providerId: w.provider.providerId,
        kind: 'training',
        state: 'verified',
        checkedOn: new Date('2026-01-05T00:00:00Z'),
      },
    })
    expect((await facts(w, id)).provider.accredited).toBe(true)
    await deps().db.prisma.verification.update({ where: { id: check.id }, data: { state: 'expired' } })
    expect((await facts(w, id)).provider.accredited).toBe(false)
  })

  test('closed days from yesterday on are read, older ones are not', async () => {
    const w = await makeBookingWorld(deps())
    const day = (iso: string) => new Date(`${iso}T00:00:00Z`)
    await deps().db.prisma.availabilityException.createMany({
      data: ['2026-10-31', '2026-11-01', '2026-12-25'].map((iso) => ({
        serviceId: w.serviceId,
        day: day(iso),
        closed: true,
      })),
    })
    const { exceptions } = await facts(w, await draft(w))
    expect(exceptions.map((entry) => entry.day).sort()).toEqual(['2026-11-01', '2026-12-25'])
  })
})
