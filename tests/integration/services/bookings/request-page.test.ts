import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { offerOtherTimes } from '#services/bookings/offer-other-times.server.ts'
import { acceptOnce, endOnce } from '#services/bookings/press-once.server.ts'
import { requestPage } from '#services/bookings/request-page.server.ts'
import { takeCounterOffer } from '#services/bookings/take-counter-offer.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { ADDRESS, ask, book, makeNeighbourWorld, visitsOf } from '#tests/factories/bookings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: { lanes?: number } = {}) => makeNeighbourWorld(house().deps, options)

const offer = (date: string, time = '14:00') => ({
  date,
  time,
  minutes: 60,
  repeat: 'once' as const,
  weeks: 4,
  message: 'Tuesday suits us better.',
})

describe('a request', () => {
  test('shows a short name, the ward and the outcode; the address only once it is booked', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    const before = await requestPage(w.deps, w.provider.owner, bookingId)
    expect(before).toMatchObject({ person: 'Ada', area: 'Millgate (AM2)', addressHidden: true, phone: null })
    expect(JSON.stringify(before)).not.toContain(ADDRESS)
    expect(JSON.stringify(before)).not.toContain('4TT')
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const after = await requestPage(w.deps, w.provider.owner, bookingId)
    expect(after).toMatchObject({ where: `${ADDRESS}, AM2 4TT`, phone: '01632 960111' })
  })

  test('says for each date of a series who is free, and what it brings in all', async () => {
    const w = await world({ lanes: 1 })
    const series = await ask(w, '2026-11-09', 5500, { repeat: 'weekly', weeks: 2 })
    await book(w, '2026-11-16')
    const page = await requestPage(w.deps, w.provider.owner, series)
    expect(page.visits.map((visit) => visit.free)).toEqual([['Worker 1'], []])
    expect(page.nobodyFor).toHaveLength(1)
    expect(page.money?.total).toBe(5500)
  })

  test('an overlap found by the database is told with its date, and nothing is lost', async () => {
    const w = await world({ lanes: 1 })
    const second = await ask(w, '2026-11-09')
    await book(w, '2026-11-09')
    await expect(acceptOnce(w.deps, w.provider.owner, { bookingId: second })).rejects.toMatchObject({
      code: 'CLASH',
      publicMessage: expect.stringContaining('Monday 9 November') as unknown,
    })
    expect((await requestPage(w.deps, w.provider.owner, second)).state).toBe('requested')
  })

  test('a second press of yes is as good as the first; no after yes is not', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    const press = () => acceptOnce(w.deps, w.provider.owner, { bookingId })
    await Promise.all([press(), press()])
    await press()
    expect(
      await w.deps.db.prisma.notice.count({ where: { subjectId: bookingId, kind: 'booking.accepted' } }),
    ).toBe(1)
  })

  test('the chosen worker goes', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    await acceptOnce(w.deps, w.provider.owner, { bookingId, laneId: w.provider.laneIds[1] ?? null })
    expect((await visitsOf(w, bookingId))[0]?.laneId).toBe(w.provider.laneIds[1])
  })

  test('is not there for strangers, and a worker sees neither money nor note', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    const stranger = await makeProvider(w.deps)
    await expect(requestPage(w.deps, stranger.owner, bookingId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(requestPage(w.deps, ANONYMOUS, bookingId)).rejects.toMatchObject({ code: 'SIGN_IN' })
    const page = await requestPage(w.deps, w.provider.worker, bookingId)
    expect(page).toMatchObject({ mayAnswer: false, money: null, note: '' })
    expect(page.visits.map((visit) => visit.pence)).toEqual([null])
  })

  test('is ended by notice, twice without harm', async () => {
    const w = await world()
    const { bookingId } = await book(w)
    await endOnce(w.deps, w.provider.owner, bookingId)
    await endOnce(w.deps, w.provider.owner, bookingId)
    expect((await requestPage(w.deps, w.provider.owner, bookingId)).state).toBe('ended')
    await expect(endOnce(w.deps, w.provider.worker, bookingId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('offering another time', () => {
  test('what is offered can be taken, and the page says what was offered and what it brings', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    await offerOtherTimes(w.deps, w.provider.owner, { bookingId, offer: offer('2026-11-10') })
    const page = await requestPage(w.deps, w.provider.owner, bookingId)
    expect(page.offer).toMatchObject({
      when: 'Tuesday 10 November 2026, 2pm to 3pm',
      total: 2750,
      message: 'Tuesday suits us better.',
    })
    await takeCounterOffer(w.deps, w.person.actor, {
      bookingId,
      personId: w.person.personId,
      expectedPence: 2750,
    })
    expect((await requestPage(w.deps, w.provider.owner, bookingId)).state).toBe('accepted')
  })

  test.each([
    ['a time outside their own hours', '2026-11-10', '23:00', 'hours'],
    ['a time sooner than their notice', '2026-11-02', '14:00', 'notice'],
    ['a time that has passed today', '2026-11-02', '08:00', 'passed'],
  ])('%s is refused beside the date', async (_name, date, time, word) => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    await expect(
      offerOtherTimes(w.deps, w.provider.owner, { bookingId, offer: offer(date, time) }),
    ).rejects.toMatchObject({
      code: 'INVALID',
      details: { fields: { date: [expect.stringContaining(word) as unknown] } },
    })
    expect((await requestPage(w.deps, w.provider.owner, bookingId)).state).toBe('requested')
  })

  test('a time when nobody is free is refused', async () => {
    const w = await world({ lanes: 1 })
    await book(w, '2026-11-10')
    const bookingId = await ask(w, '2026-11-09')
    await expect(
      offerOtherTimes(w.deps, w.provider.owner, { bookingId, offer: offer('2026-11-10', '09:30') }),
    ).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('only by those who may answer', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    const by = (actor: typeof w.provider.owner) =>
      offerOtherTimes(w.deps, actor, { bookingId, offer: offer('2026-11-10') })
    await expect(by(w.provider.worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(by((await makeProvider(w.deps)).owner)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
