import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { bookingPage } from '#services/bookings/booking-page.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { startVisit } from '#services/bookings/deliver-visit.server.ts'
import { endBooking } from '#services/bookings/end-booking.server.ts'
import { pauseBooking } from '#services/bookings/pause-booking.server.ts'
import { pauseOnce, resumeOnce } from '#services/bookings/press-once.server.ts'
import { providerTodayPage } from '#services/bookings/provider-today-page.server.ts'
import { requestPage } from '#services/bookings/request-page.server.ts'
import { sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { resumeBooking } from '#services/bookings/resume-booking.server.ts'
import { resumePage } from '#services/bookings/resume-page.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { weekPage } from '#services/bookings/week-page.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import {
  type FundOptions,
  type TestPerson,
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeUser,
  times,
  userActor,
} from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

/** Four Mondays from 9 November, at £27.50 each, booked. */
async function series(funds: FundOptions[] = [{ pence: 48_000 }], lanes = 1) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps, { lanes })
  const listed = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, councilId, funds)
  const bookingId = await book(person, listed.slug, { repeat: 'weekly', weeks: 4 })
  await acceptRequest(deps, provider.owner, { bookingId })
  return { deps, councilId, provider, ...listed, person, personId: person.personId, bookingId }
}
async function book(
  person: TestPerson,
  slug: string,
  changes: Parameters<typeof times>[3] = {},
  date = '2026-11-09',
) {
  const { deps } = house()
  const draft = await startDraft(deps, person.actor, {
    slug,
    times: times(person.personId, date, '09:00', changes),
  })
  const expectedPence = 2750 * (changes.repeat === 'weekly' ? (changes.weeks ?? 2) : 1)
  await askForVisits(deps, person.actor, { ...draft, personId: person.personId, expectedPence })
  return draft.bookingId
}
type World = Awaited<ReturnType<typeof series>>
const pause = (w: World, from = '2026-11-16') =>
  pauseBooking(w.deps, w.person.actor, { bookingId: w.bookingId, personId: w.personId, from })
const resume = (w: World, from: string, without: string[] = []) =>
  resumeBooking(w.deps, w.person.actor, { bookingId: w.bookingId, personId: w.personId, from, without })
const balances = async (w: World, index = 0) => {
  const id = w.person.allocationIds[index] ?? ''
  return (await readBalances(w.deps.db.prisma, [id])).get(id)
}
const visitsOf = (w: World) =>
  w.deps.db.prisma.visit.findMany({
    where: { bookingId: w.bookingId },
    orderBy: { startsAt: 'asc' },
    include: { fundingLines: true },
  })
const stateOf = async (w: World) =>
  (await w.deps.db.prisma.booking.findUniqueOrThrow({ where: { id: w.bookingId } })).state
const faults = () => house().asOwner('select * from ledger_faults()')

describe('pausing', () => {
  test('stops the visits from that day, gives their money back and frees their time', async () => {
    const w = await series()
    expect(await balances(w)).toMatchObject({ held: 11_000 })
    expect(await pause(w)).toEqual({ visits: 3, back: 8250, standing: 0 })
    expect(await stateOf(w)).toBe('paused')
    expect(await balances(w)).toMatchObject({ available: 45_250, held: 2750 })
    const visits = await visitsOf(w)
    expect(visits.map((visit) => [visit.holdsLane, visit.pausedAt !== null])).toEqual([
      [true, false],
      [false, true],
      [false, true],
      [false, true],
    ])
    // Somebody else can have the time.
    const other = await makePerson(w.deps, w.councilId, [{ pence: 10_000 }])
    const bookingId = await book(other, w.slug, {}, '2026-11-16')
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    expect(await faults()).toEqual([])
  })

  test('tells the provider, leaves an audit row, and shows on both sides', async () => {
    const w = await series()
    await pause(w)
    const notice = await w.deps.db.prisma.notice.findFirst({
      where: { providerId: w.provider.providerId, kind: 'booking.paused' },
    })
    expect(notice?.body).toContain('3 visits stop, the first on Monday 16 November 2026')
    const audit = await w.deps.db.prisma.auditEvent.findFirst({
      where: { action: 'booking.paused', subjectId: w.bookingId },
    })
    expect(audit).toMatchObject({ forPersonId: w.personId, facts: { visits: 3, pence: 8250 } })
    const page = await bookingPage(w.deps, w.person.actor, w.bookingId)
    expect(page.pause).toMatchObject({ visits: 3, standing: 1, since: 'Monday 16 November 2026' })
    expect(page.visits.map((visit) => visit.paused)).toEqual([false, true, true, true])
    const request = await requestPage(w.deps, w.provider.owner, w.bookingId)
    expect(request).toMatchObject({ pausedVisits: 3, standingVisits: 1 })
    house().clock.set('2026-11-16T09:30:00Z')
    const week = await weekPage(w.deps, w.person.actor, null)
    expect(week.urgent).toEqual([])
    expect(week.days[0]?.visits[0]).toMatchObject({ paused: true })
    const today = await providerTodayPage(w.deps, w.provider.owner, w.provider.providerId)
    expect(JSON.stringify(today)).not.toContain(page.visits[1]?.id)
  })

  test('a visit that is too near to cancel free stands, with its money', async () => {
    const w = await series()
    house().clock.set('2026-11-08T10:00:00Z')
    expect(await pause(w, '2026-11-08')).toEqual({ visits: 3, back: 8250, standing: 1 })
    expect(await balances(w)).toMatchObject({ held: 2750 })
  })

  test('a paused visit cannot begin, be missed, or cost anything to cancel', async () => {
    const w = await series()
    await pause(w)
    const visitId = (await visitsOf(w))[1]?.id ?? ''
    house().clock.set('2026-11-16T09:10:00Z')
    await expect(startVisit(w.deps, w.provider.worker, visitId)).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    await expect(
      sayNobodyCame(w.deps, w.person.actor, { visitId, personId: w.personId }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    await cancelVisit(w.deps, w.person.actor, { visitId, personId: w.personId, expectedFee: 0 })
    expect((await visitsOf(w))[1]?.state).toBe('cancelled_free')
  })

  test.each([
    ['a day that is over', '2026-11-01', 'INVALID'],
    ['a day after the last visit', '2026-12-25', 'INVALID'],
  ])('%s is refused and nothing changes', async (_words, from, code) => {
    const w = await series()
    await expect(pause(w, from)).rejects.toMatchObject({ code })
    expect(await stateOf(w)).toBe('accepted')
    expect(await balances(w)).toMatchObject({ held: 11_000 })
  })

  test('a second press does no harm', async () => {
    const w = await series()
    const input = { bookingId: w.bookingId, personId: w.personId, from: '2026-11-16' }
    const answers = await Promise.all([
      pauseOnce(w.deps, w.person.actor, input),
      pauseOnce(w.deps, w.person.actor, input),
    ])
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(await balances(w)).toMatchObject({ held: 2750 })
  })

  test('strangers and providers cannot; a supporter needs the scope, and the person is told', async () => {
    const w = await series()
    const input = { bookingId: w.bookingId, personId: w.personId, from: '2026-11-16' }
    const stranger = await makePerson(w.deps, w.councilId, [])
    await expect(pauseBooking(w.deps, stranger.actor, input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(pauseBooking(w.deps, w.provider.owner, input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const supporterUserId = await makeUser(w.deps, 'Ben')
    const authorityId = await makeAuthority(w.deps, { personId: w.personId, supporterUserId })
    const acting = (scopes: 'book'[]) =>
      userActor(supporterUserId, {
        actingFor: {
          personId: w.personId,
          personName: 'Ada',
          authorityId,
          type: 'informal',
          scopes,
          organisationName: null,
        },
      })
    await expect(pauseBooking(w.deps, acting([]), input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await pauseBooking(w.deps, acting(['book']), input)
    expect(
      await w.deps.db.prisma.notice.count({ where: { personId: w.personId, kind: 'booking.paused' } }),
    ).toBe(1)
  })
})

describe('starting again', () => {
  test('books the visits again from that day, and sets their money aside; the others are gone', async () => {
    const w = await series()
    await pause(w)
    house().clock.set('2026-11-17T10:00:00Z')
    const page = await resumePage(w.deps, w.person.actor, w.bookingId, null)
    expect([page.coming.length, page.taken.length, page.gone.length, page.enough]).toEqual([2, 0, 1, true])
    expect(await resume(w, '2026-11-17')).toEqual({ visits: 2, setAside: 2 })
    expect(await stateOf(w)).toBe('accepted')
    expect(await balances(w)).toMatchObject({ held: 8250 })
    expect((await visitsOf(w)).map((visit) => [visit.state, visit.holdsLane])).toEqual([
      ['planned', true],
      ['cancelled_free', false],
      ['planned', true],
      ['planned', true],
    ])
    expect(
      await w.deps.db.prisma.notice.count({
        where: { providerId: w.provider.providerId, kind: 'booking.resumed' },
      }),
    ).toBe(1)
    expect(
      await w.deps.db.prisma.auditEvent.count({
        where: { action: 'booking.resumed', subjectId: w.bookingId },
      }),
    ).toBe(1)
    expect(await faults()).toEqual([])
  })

  test('can be paused and started again as often as it takes', async () => {
    const w = await series()
    for (let round = 0; round < 3; round += 1) {
      await pause(w)
      expect(await balances(w)).toMatchObject({ held: 2750 })
      await resume(w, '2026-11-16')
      expect(await balances(w)).toMatchObject({ held: 11_000 })
    }
    expect(await faults()).toEqual([])
  })

  test('visits after the next payment wait for it, and get their money in date order when it comes', async () => {
    const w = await series([{ pence: 12_000, expected: [{ dueOn: '2026-11-14', pence: 12_000 }] }])
    await pause(w)
    // Meanwhile most of it was promised to another visit.
    for (const date of ['2026-11-10', '2026-11-11'])
      await acceptRequest(w.deps, w.provider.owner, {
        bookingId: await book(w.person, w.slug, {}, date),
      })
    expect(await balances(w)).toMatchObject({ available: 3750 })
    expect((await resumePage(w.deps, w.person.actor, w.bookingId, null)).enough).toBe(false)
    expect(await resume(w, '2026-11-12')).toEqual({ visits: 3, setAside: 0 })
    expect((await visitsOf(w)).map((visit) => visit.fundingLines[0]?.state)).toEqual([
      'set_aside',
      'planned',
      'planned',
      'planned',
    ])
    house().clock.set('2026-11-14T10:00:00Z')
    await receiveInstalments(w.deps)
    expect((await visitsOf(w)).map((visit) => visit.fundingLines[0]?.state)).toEqual(
      Array.from({ length: 4 }, () => 'set_aside'),
    )
    expect(await balances(w)).toMatchObject({ held: 4 * 2750 + 2 * 2750 })
    expect(await faults()).toEqual([])
  })

  test('a date that somebody else has now is named, and it goes on only without it', async () => {
    const w = await series()
    await pause(w)
    const other = await makePerson(w.deps, w.councilId, [{ pence: 10_000 }])
    const bookingId = await book(other, w.slug, {}, '2026-11-23')
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    await expect(resume(w, '2026-11-16')).rejects.toMatchObject({
      code: 'CLASH',
      publicMessage: expect.stringContaining('Monday 23 November') as unknown,
    })
    expect(await stateOf(w)).toBe('paused')
    const page = await resumePage(w.deps, w.person.actor, w.bookingId, '2026-11-16')
    expect(page.taken.map((visit) => visit.when)).toEqual([expect.stringContaining('23 November')])
    expect(
      await resume(
        w,
        '2026-11-16',
        page.taken.map((visit) => visit.id),
      ),
    ).toMatchObject({ visits: 2 })
    expect(await faults()).toEqual([])
  })

  test('a second press does no harm; a day after the last visit is refused', async () => {
    const w = await series()
    await pause(w)
    await expect(resume(w, '2026-12-25')).rejects.toMatchObject({ code: 'INVALID' })
    const input = { bookingId: w.bookingId, personId: w.personId, from: '2026-11-16', without: [] }
    await resumeOnce(w.deps, w.person.actor, input)
    expect(await resumeOnce(w.deps, w.person.actor, input)).toBeNull()
    expect(await balances(w)).toMatchObject({ held: 11_000 })
    await expect(resumePage(w.deps, w.person.actor, w.bookingId, null)).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('ending it while it is paused ends every paused visit, also inside the notice', async () => {
    const w = await series()
    await pause(w, '2026-11-10')
    await endBooking(w.deps, w.person.actor, { bookingId: w.bookingId, by: 'person' })
    expect((await visitsOf(w)).map((visit) => visit.state)).toEqual([
      'planned',
      'cancelled_free',
      'cancelled_free',
      'cancelled_free',
    ])
    expect(await balances(w)).toMatchObject({ held: 2750 })
    expect(await faults()).toEqual([])
  })
})
