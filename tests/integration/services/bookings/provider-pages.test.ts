import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { offerOtherTimes } from '#services/bookings/offer-other-times.server.ts'
import {
  acceptOnce,
  agreeMinutesOnce,
  cannotComeOnce,
  deliverOnce,
  endOnce,
} from '#services/bookings/press-once.server.ts'
import { providerTodayPage } from '#services/bookings/provider-today-page.server.ts'
import { providerVisitPage } from '#services/bookings/provider-visit-page.server.ts'
import { requestPage } from '#services/bookings/request-page.server.ts'
import { sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { takeCounterOffer } from '#services/bookings/take-counter-offer.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { reviewsPage } from '#services/quality/reviews-page.server.ts'
import { replyToReview, writeReview } from '#services/quality/write-review.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { makeCouncil, makePerson, makeProvider, makeService, times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

const ADDRESS = '7 Larch Close'

async function world(lanes = 2) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  await deps.db.prisma.ward.createMany({
    data: [
      { councilId, name: 'Millgate', lat: 53.55, lon: -1.8 },
      { councilId, name: 'Moorend', lat: 53.6, lon: -1.9 },
    ],
  })
  const provider = await makeProvider(deps, { lanes })
  const listed = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, councilId, [{ pence: 48_000 }])
  await deps.db.prisma.person.update({
    where: { id: person.personId },
    data: { addressLine: ADDRESS, postcode: 'AM2 4TT', lat: 53.551, lon: -1.801, phone: '01632 960111' },
  })
  return { deps, councilId, provider, ...listed, person }
}
type World = Awaited<ReturnType<typeof world>>

async function ask(
  w: World,
  date: string,
  pence = 2750,
  changes: Parameters<typeof times>[3] = {},
  time = '09:00',
) {
  const draft = await startDraft(w.deps, w.person.actor, {
    slug: w.slug,
    times: times(w.person.personId, date, time, changes),
  })
  await askForVisits(w.deps, w.person.actor, { ...draft, personId: w.person.personId, expectedPence: pence })
  return draft.bookingId
}
const visitsOf = (w: World, bookingId: string) =>
  w.deps.db.prisma.visit.findMany({ where: { bookingId }, orderBy: { startsAt: 'asc' } })
async function booked(w: World, date = '2026-11-09') {
  const bookingId = await ask(w, date)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  const visitId = (await visitsOf(w, bookingId))[0]?.id ?? ''
  return { bookingId, visitId }
}
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
    const w = await world(1)
    const series = await ask(w, '2026-11-09', 5500, { repeat: 'weekly', weeks: 2 })
    await booked(w, '2026-11-16')
    const page = await requestPage(w.deps, w.provider.owner, series)
    expect(page.visits.map((visit) => visit.free)).toEqual([['Worker 1'], []])
    expect(page.nobodyFor).toHaveLength(1)
    expect(page.money?.total).toBe(5500)
  })

  test('an overlap found by the database is told with its date, and nothing is lost', async () => {
    const w = await world(1)
    const second = await ask(w, '2026-11-09')
    await booked(w, '2026-11-09')
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
    const w = await world(2)
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
    const { bookingId } = await booked(w)
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
    const w = await world(1)
    await booked(w, '2026-11-10')
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

describe('the provider’s day', () => {
  test('the next visit first, with its address; requests, money and papers for those who answer', async () => {
    const w = await world()
    const { visitId } = await booked(w, '2026-11-05')
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
    const { visitId } = await booked(w, '2026-11-05')
    const member = w.provider.owner.providers[0]?.memberId ?? ''
    const lane = (await w.deps.db.prisma.visit.findUniqueOrThrow({ where: { id: visitId } })).laneId ?? ''
    await w.deps.db.prisma.lane.update({ where: { id: lane }, data: { memberId: member } })
    expect((await providerTodayPage(w.deps, w.provider.worker, null)).next).toBeNull()
    expect((await providerTodayPage(w.deps, w.provider.owner, null)).next?.id).toBe(visitId)
  })

  test('what began and is over waits for one press; nobody came is before everything', async () => {
    const w = await world()
    const { visitId } = await booked(w, '2026-11-05')
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
    const first = await booked(w, '2026-11-05')
    const second = await booked(w, '2026-11-06')
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

describe('one visit', () => {
  test('offers what may be said now, and to workers no money', async () => {
    const w = await world()
    const { visitId } = await booked(w)
    expect((await providerVisitPage(w.deps, w.provider.owner, visitId)).may).toEqual({
      start: false, deliver: false, noAnswer: false, agreeMissed: false, cancel: true, agree: false,
    }) // prettier-ignore
    house().clock.set('2026-11-09T09:05:00Z')
    const worker = await providerVisitPage(w.deps, w.provider.worker, visitId)
    expect(worker).toMatchObject({ pence: null, noAnswerPence: null, may: { deliver: true, cancel: false } })
  })

  test('the address goes when nobody has to go there any more', async () => {
    const w = await world()
    const { visitId } = await booked(w)
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
    const { visitId } = await booked(w)
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
    const { visitId } = await booked(w)
    house().clock.set('2026-11-09T10:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    const reason = 'She left after half an hour.'
    await disputeVisit(w.deps, w.person.actor, { personId: w.person.personId, visitId, reason })
    const page = await providerVisitPage(w.deps, w.provider.owner, visitId)
    expect(page).toMatchObject({ state: 'disputed', reason, mostMinutes: 60, may: { agree: true } })
    await expect(agreeMinutesOnce(w.deps, w.provider.owner, { visitId, minutes: 61 })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await agreeMinutesOnce(w.deps, w.provider.owner, { visitId, minutes: 30 })
    await agreeMinutesOnce(w.deps, w.provider.owner, { visitId, minutes: 30 })
    expect(await providerVisitPage(w.deps, w.provider.owner, visitId)).toMatchObject({
      state: 'confirmed',
      outcome: 'amended',
      pence: 1500,
    })
  })

  test('is not there for strangers', async () => {
    const w = await world()
    const { visitId } = await booked(w)
    const stranger = await makeProvider(w.deps)
    await expect(providerVisitPage(w.deps, stranger.owner, visitId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(providerVisitPage(w.deps, w.person.actor, visitId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('what people say', () => {
  test('words from the first on, figures from three people on, one reply, never who or which day', async () => {
    const w = await world()
    const { visitId } = await booked(w)
    house().clock.set('2026-11-09T10:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    await writeReview(w.deps, w.person.actor, {
      visitId,
      review: {
        personId: w.person.personId,
        keptMeInControl: 5, reliable: 2, respectful: 5, listened: 5, madeADifference: 4,
        comment: 'Kind, and late.',
      }, // prettier-ignore
    })
    const read = () => reviewsPage(w.deps, w.provider.owner, { org: null, page: 99 })
    const page = await read()
    expect(page).toMatchObject({ people: 1, inAll: 1, unanswered: 1, page: 1, pages: 1, mayReply: true })
    expect(page.spreads.every((spread) => spread.counts === null)).toBe(true)
    expect(page.reviews).toMatchObject([{ comment: 'Kind, and late.', month: 'November 2026', reply: null }])
    expect(JSON.stringify(page)).not.toContain(w.person.personId)
    const reviewId = page.reviews[0]?.id ?? ''
    await replyToReview(w.deps, w.provider.owner, { reviewId, reply: 'We now leave ten minutes earlier.' })
    await expect(
      replyToReview(w.deps, w.provider.owner, { reviewId, reply: 'And another thing.' }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await read()).reviews[0]?.reply).toBe('We now leave ten minutes earlier.')
  })

  test('a worker reads and does not reply; strangers find nothing', async () => {
    const w = await world()
    expect(await reviewsPage(w.deps, w.provider.worker, { org: null, page: 1 })).toMatchObject({
      mayReply: false,
    })
    const other = await makeProvider(w.deps)
    await expect(
      reviewsPage(w.deps, w.provider.owner, { org: other.providerId, page: 1 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
