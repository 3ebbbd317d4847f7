import { beforeEach, describe, expect, test } from 'vitest'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { draftPage } from '#services/bookings/draft-page.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { ANONYMOUS, type Scope } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makeUser, times, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

const draft = (w: BookingWorld, date = '2026-11-09', changes: Parameters<typeof times>[3] = {}) =>
  startDraft(deps(), w.person.actor, {
    slug: w.slug,
    times: times(w.person.personId, date, '09:00', changes),
  })
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
const mustBe = <T>(page: T | null): T => {
  if (page === null) throw new Error('It has been asked for.')
  return page
}

describe('what would be asked for', () => {
  test('adds up: the lines, the visits, the funds and what stays in them', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await draft(w)
    const page = mustBe(await draftPage(deps(), w.person.actor, bookingId))
    expect(page).toMatchObject({
      total: 2750,
      setAside: 2750,
      planned: 0,
      short: 0,
      ownMoney: 0,
      stopped: null,
      refused: [],
      leftOut: [],
      person: { shortName: 'Ada', self: true },
    })
    expect(page.lines.reduce((sum, line) => sum + line.pence, 0)).toBe(2750)
    expect(page.visits).toMatchObject([{ date: '2026-11-09', pence: 2750, planned: false }])
    expect(page.funds).toMatchObject([
      { id: w.person.allocationIds[0], pays: 2750, available: 48_000, leftAfter: 45_250, heldAfter: 2750, spent: 0 },
    ]) // prettier-ignore
  })

  test('money that has not arrived is planned, and which visits it is for is said', async () => {
    const w = await makeBookingWorld(deps(), {
      funds: [{ pence: 3000, expected: [{ dueOn: '2026-11-12', pence: 6000 }] }],
    })
    const { bookingId } = await draft(w, '2026-11-09', { repeat: 'weekly', weeks: 2 })
    const page = mustBe(await draftPage(deps(), w.person.actor, bookingId))
    expect([page.total, page.setAside, page.planned, page.short]).toEqual([5500, 2750, 2750, 0])
    expect(page.visits.map((visit) => visit.planned)).toEqual([false, true])
  })

  test('what is missing is said in pence', async () => {
    const w = await makeBookingWorld(deps(), { funds: [{ pence: 2000 }] })
    const { bookingId } = await draft(w)
    expect(mustBe(await draftPage(deps(), w.person.actor, bookingId)).short).toBe(750)
  })

  test('a date that stands in the way is named with its reason, and stops it when it is the only one', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await draft(w)
    await deps().db.prisma.availabilityException.create({
      data: { serviceId: w.serviceId, day: new Date('2026-11-09T00:00:00Z'), closed: true },
    })
    const page = mustBe(await draftPage(deps(), w.person.actor, bookingId))
    expect(page.refused).toMatchObject([{ date: '2026-11-09', words: 'Monday 9 November 2026' }])
    expect(page.stopped).toEqual({
      code: 'nothing_left',
      words: 'None of these dates can be asked for. Choose another day or time.',
    })
    expect(page.total).toBe(0)
  })

  test('a provider who takes nobody new stops it', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await draft(w)
    await deps().db.prisma.service.update({ where: { id: w.serviceId }, data: { acceptsNew: false } })
    expect(mustBe(await draftPage(deps(), w.person.actor, bookingId)).stopped?.code).toBe('not_offered')
  })
})

describe('whose it is', () => {
  test('what has been asked for is no draft any more', async () => {
    const w = await makeBookingWorld(deps())
    const begun = await draft(w)
    await askForVisits(deps(), w.person.actor, {
      ...begun,
      personId: w.person.personId,
      expectedPence: 2750,
    })
    expect(await draftPage(deps(), w.person.actor, begun.bookingId)).toBeNull()
  })

  test('a supporter needs the scope; strangers and unknown ids look alike; who is signed out signs in', async () => {
    const w = await makeBookingWorld(deps())
    const { bookingId } = await draft(w)
    const stranger = (await makeBookingWorld(deps())).person.actor
    expect(mustBe(await draftPage(deps(), await supporter(w, ['book']), bookingId)).person.self).toBe(false)
    await expect(draftPage(deps(), await supporter(w, ['see_plan']), bookingId)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    for (const [actor, id] of [
      [stranger, bookingId],
      [w.person.actor, newId()],
      [w.provider.owner, bookingId],
    ] as const)
      await expect(draftPage(deps(), actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(draftPage(deps(), ANONYMOUS, bookingId)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})
