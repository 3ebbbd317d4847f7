import { beforeEach, describe, expect, test } from 'vitest'
import { acceptAsSaid } from '#services/bookings/agree-minutes.server.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit, noAnswer } from '#services/bookings/deliver-visit.server.ts'
import { sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { visitPage } from '#services/bookings/visit-page.server.ts'
import { weekPage } from '#services/bookings/week-page.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Scope, UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, Temporal } from '#services/kernel/time.ts'
import { markRead } from '#services/messages/mark-read.server.ts'
import { writeReview } from '#services/quality/write-review.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import {
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

async function world() {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps, { lanes: 2, name: 'Weavers' })
  const listed = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, councilId, [{ pence: 48_000, name: 'Social care budget' }])
  return { deps, councilId, provider, ...listed, person }
}
type World = Awaited<ReturnType<typeof world>>

async function ask(w: World, date: string, time = '09:00', changes: Parameters<typeof times>[3] = {}) {
  const draft = await startDraft(w.deps, w.person.actor, {
    slug: w.slug,
    times: times(w.person.personId, date, time, changes),
  })
  const visits = changes.repeat === 'weekly' ? (changes.weeks ?? 2) : 1
  await askForVisits(w.deps, w.person.actor, {
    ...draft,
    personId: w.person.personId,
    expectedPence: 2750 * visits,
  })
  return draft.bookingId
}
async function book(...args: Parameters<typeof ask>) {
  const [w] = args
  const bookingId = await ask(...args)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  const visits = await w.deps.db.prisma.visit.findMany({ where: { bookingId }, orderBy: { startsAt: 'asc' } })
  return { bookingId, visitIds: visits.map((visit) => visit.id), visitId: visits[0]?.id ?? '' }
}

async function supporter(w: World, scopes: Scope[], endsOn: string | null = null): Promise<UserActor> {
  const userId = await makeUser(w.deps, 'Daniel')
  const authorityId = newId()
  await w.deps.db.prisma.authority.create({
    data: {
      id: authorityId,
      personId: w.person.personId,
      supporterUserId: userId,
      type: 'informal',
      relationship: 'brother',
      scopes,
      startsOn: dateColumn(Temporal.PlainDate.from('2026-01-01')),
      endsOn: endsOn ? dateColumn(Temporal.PlainDate.from(endsOn)) : null,
    },
  })
  return userActor(userId, {
    actingFor: {
      personId: w.person.personId,
      personName: 'Ada',
      authorityId,
      type: 'informal',
      scopes,
      organisationName: null,
    },
  })
}

describe('my week', () => {
  test('shows the week of a date, Monday to Sunday, and the weeks beside it', async () => {
    const w = await world()
    const { visitIds } = await book(w, '2026-11-09', '09:00', { repeat: 'weekly', weeks: 2 })
    const page = await weekPage(w.deps, w.person.actor, '2026-11-15')
    expect(page.days.map((day) => day.visits.map((visit) => visit.id))).toEqual([
      [visitIds[0]],
      [],
      [],
      [],
      [],
      [],
      [],
    ])
    expect(page).toMatchObject({ lastWeek: '2026-11-02', nextWeek: '2026-11-16', thisWeek: false })
    expect(page.days[0]?.visits[0]).toMatchObject({
      time: '9am to 10am',
      title: 'Morning help at home',
      free: false,
    })
  })

  test('a visit on the Sunday the clocks go back stands on that Sunday', async () => {
    const w = await world()
    house().clock.set('2026-10-20T10:00:00Z')
    const { visitId } = await book(w, '2026-10-25', '21:00')
    const page = await weekPage(w.deps, w.person.actor, null)
    expect(page.days[6]?.visits.map((visit) => visit.id)).toEqual([visitId])
    const next = await weekPage(w.deps, w.person.actor, '2026-10-26')
    expect(next.days.flatMap((day) => day.visits)).toEqual([])
  })

  test('asked is never said to be booked, and waits with its date', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09')
    const page = await weekPage(w.deps, w.person.actor, '2026-11-09')
    expect(page.days[0]?.visits[0]).toMatchObject({
      bookingState: 'requested',
      href: `/my/bookings/${bookingId}`,
    })
    expect(page.asked).toMatchObject([{ id: bookingId, provider: { name: 'Weavers' } }])
    expect(page.asked[0]?.answerBy).toMatch(/November/)
  })

  test('nobody has come: urgent while it is fresh, a question after a day', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T09:25:00Z')
    const page = await weekPage(w.deps, w.person.actor, null)
    expect(page.urgent).toMatchObject([
      { id: visitId, late: 'Today’s 9am visit is 25 minutes late', pence: 2750 },
    ])
    expect(page.council.urgentPhone).toBe('01632 960001')
    house().clock.set('2026-11-11T09:25:00Z')
    const later = await weekPage(w.deps, w.person.actor, null)
    expect(later.urgent).toEqual([])
    expect(later.stillOpen).toMatchObject([{ id: visitId, why: 'no_word' }])
  })

  test('once somebody said that nobody came it is no longer urgent', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T09:25:00Z')
    await sayNobodyCame(w.deps, w.person.actor, { visitId, personId: w.person.personId })
    const page = await weekPage(w.deps, w.person.actor, null)
    expect(page.urgent).toEqual([])
    expect(page.stillOpen).toMatchObject([{ id: visitId, why: 'missed_said' }])
  })

  test('what was delivered waits for a yes, with what it costs and what silence does; looking counts as told', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T10:30:00Z')
    await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 45, note: '' })
    const page = await weekPage(w.deps, w.person.actor, '2026-12-07')
    expect(page.waiting).toMatchObject([
      {
        id: visitId,
        stayed: '45 minutes',
        cost: 2125,
        funds: ['Social care budget'],
        silentOn: 'Monday 16 November',
        neverSilent: null,
      },
    ])
    const told = await w.deps.db.prisma.notice.findFirstOrThrow({
      where: { subjectId: visitId, kind: 'visit.delivered' },
    })
    expect(told.arrivedAt).not.toBeNull()
    expect(told.readAt).toBeNull()
    // The page asks about it, so it is not told a second time below.
    expect(page.notices.map((notice) => notice.id)).not.toContain(told.id)
  })

  test('in hospital no date is promised', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T10:30:00Z')
    await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 60, note: '' })
    await w.deps.db.prisma.personAbsence.create({
      data: { personId: w.person.personId, startsOn: dateColumn(Temporal.PlainDate.from('2026-11-09')) },
    })
    const page = await weekPage(w.deps, w.person.actor, null)
    expect(page.waiting[0]).toMatchObject({ silentOn: null, neverSilent: 'hospital' })
  })

  test('yes to all but one', async () => {
    const w = await world()
    const first = await book(w, '2026-11-09', '09:00')
    const second = await book(w, '2026-11-09', '14:00')
    house().clock.set('2026-11-09T16:00:00Z')
    for (const { visitId } of [first, second])
      await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [first.visitId] })
    const page = await weekPage(w.deps, w.person.actor, null)
    expect(page.waiting.map((visit) => visit.id)).toEqual([second.visitId])
  })

  test('news is taken away by a press, by nobody else and only one’s own', async () => {
    const w = await world()
    const other = await world()
    await book(w, '2026-11-09')
    const page = await weekPage(w.deps, w.person.actor, null)
    expect(page.notices.length).toBeGreaterThan(0)
    const noticeIds = page.notices.map((notice) => notice.id)
    await markRead(w.deps, other.person.actor, { personId: other.person.personId, noticeIds })
    expect((await weekPage(w.deps, w.person.actor, null)).notices).toHaveLength(noticeIds.length)
    await markRead(w.deps, w.person.actor, { personId: w.person.personId, noticeIds })
    expect((await weekPage(w.deps, w.person.actor, null)).notices).toEqual([])
  })

  test('a supporter sees no money without the scope, and reads what they may do and until when', async () => {
    const w = await world()
    await book(w, '2026-11-09')
    const without = await weekPage(w.deps, await supporter(w, ['see_plan']), null)
    expect(without).toMatchObject({ money: null, mayConfirm: false, mayBook: false, notices: [] })
    const daniel = await supporter(w, ['see_money', 'confirm_hours'], '2027-03-31')
    const withMoney = await weekPage(w.deps, daniel, null)
    expect(withMoney.money).toEqual({ funds: 1, left: 45_250, setAside: 2750 })
    expect(withMoney.authority).toMatchObject({ until: 'Wednesday 31 March 2027', personMayEnd: true })
  })

  test('is nobody else’s', async () => {
    const w = await world()
    await expect(weekPage(w.deps, userActor(newId()), null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(weekPage(w.deps, { kind: 'anonymous' }, null)).rejects.toMatchObject({ code: 'SIGN_IN' })
    await expect(weekPage(w.deps, w.person.actor, '2026-02-30')).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('a form that was opened for somebody else changes nothing', async () => {
    const w = await world()
    const daniel = await supporter(w, ['confirm_hours'])
    expect(() => {
      requirePersonInView(daniel, newId())
    }).toThrow(/switched to somebody else/)
    expect(() => {
      requirePersonInView(daniel, w.person.personId)
    }).not.toThrow()
  })
})

describe('one visit', () => {
  test('before it: the price, who pays and why, what cancelling costs now', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    const page = await visitPage(w.deps, w.person.actor, visitId)
    expect(page).toMatchObject({
      quoted: 2750,
      cost: 2750,
      lines: [
        { label: '1 hour', pence: 2500 },
        { label: 'Travel', pence: 250 },
      ],
      funds: [{ name: 'Social care budget', pence: 2750, standing: 'set_aside' }],
      cancel: { fee: 0, freeUntil: 'Sunday 8 November, 9am' },
      canConfirm: false,
      canSayMissed: false,
      canReview: false,
    })
    house().clock.set('2026-11-08T20:00:00Z')
    expect((await visitPage(w.deps, w.person.actor, visitId)).cancel).toEqual({ fee: 1375, freeUntil: null })
  })

  test('what can be pressed follows where it stands', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    const may = async () => {
      const page = await visitPage(w.deps, w.person.actor, visitId)
      return Object.entries({
        yes: page.canConfirm,
        different: page.canDispute,
        accept: page.canAccept,
        missed: page.canSayMissed,
        cancel: page.cancel !== null,
        review: page.canReview,
      })
        .filter(([, can]) => can)
        .map(([press]) => press)
    }
    expect(await may()).toEqual(['cancel'])
    house().clock.set('2026-11-09T10:30:00Z')
    expect(await may()).toEqual(['missed'])
    await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 45, note: '' })
    expect(await may()).toEqual(['yes', 'different'])
    await disputeVisit(w.deps, w.person.actor, {
      personId: w.person.personId,
      visitId,
      reason: 'Left early.',
    })
    expect(await may()).toEqual(['accept'])
    await acceptAsSaid(w.deps, w.person.actor, { visitId, personId: w.person.personId })
    expect(await may()).toEqual(['review'])
    await settleVisits(w.deps, [visitId])
    const page = await visitPage(w.deps, w.person.actor, visitId)
    expect(page).toMatchObject({ cost: 2125, funds: [{ pence: 2125, standing: 'used' }], state: 'settled' })
    expect(page.standing).toContain('owed and will be paid')
  })

  test('nobody at the door, disputed and taken back: the same price, not all of it free', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T10:30:00Z')
    await noAnswer(w.deps, w.provider.worker, { visitId, note: '' })
    const owed = (await visitPage(w.deps, w.person.actor, visitId)).cost
    expect(owed).toBeGreaterThan(0)
    await disputeVisit(w.deps, w.person.actor, { personId: w.person.personId, visitId, reason: 'I was in.' })
    expect(await visitPage(w.deps, w.person.actor, visitId)).toMatchObject({ canAccept: true, cost: owed })
    await acceptAsSaid(w.deps, w.person.actor, { visitId, personId: w.person.personId })
    expect(await visitPage(w.deps, w.person.actor, visitId)).toMatchObject({
      state: 'confirmed',
      outcome: 'no_answer',
      cost: owed,
    })
  })

  test('what was written shows, can be changed for 14 days, and carries the reply', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T10:30:00Z')
    await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    const review = {
      personId: w.person.personId,
      keptMeInControl: 5,
      reliable: 4,
      respectful: 5,
      listened: 5,
      madeADifference: 4,
      comment: 'Kind.',
    }
    await writeReview(w.deps, w.person.actor, { visitId, review })
    const page = await visitPage(w.deps, w.person.actor, visitId)
    expect(page).toMatchObject({
      canReview: false,
      review: {
        scores: { reliable: 4 },
        comment: 'Kind.',
        editUntil: 'Monday 23 November 2026',
        reply: null,
      },
    })
    house().clock.advance({ days: 15 })
    expect((await visitPage(w.deps, w.person.actor, visitId)).review?.editUntil).toBeNull()
  })

  test('opening it marks its news as read for the person, not for a supporter who looks', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    house().clock.set('2026-11-09T10:30:00Z')
    await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 60, note: '' })
    const notice = () =>
      w.deps.db.prisma.notice.findFirstOrThrow({ where: { subjectId: visitId, kind: 'visit.delivered' } })
    await visitPage(w.deps, await supporter(w, ['confirm_hours']), visitId)
    expect(await notice()).toMatchObject({ arrivedAt: expect.any(Date) as unknown, readAt: null })
    await visitPage(w.deps, w.person.actor, visitId)
    expect((await notice()).readAt).not.toBeNull()
  })

  test('is not there for anybody else, and a supporter without scopes sees no buttons and no funds', async () => {
    const w = await world()
    const { visitId } = await book(w, '2026-11-09')
    const other = await makePerson(w.deps, w.councilId, [{ pence: 1000 }])
    await expect(visitPage(w.deps, other.actor, visitId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(visitPage(w.deps, w.provider.owner, visitId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(visitPage(w.deps, w.person.actor, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const page = await visitPage(w.deps, await supporter(w, ['see_plan']), visitId)
    expect(page).toMatchObject({
      mayConfirm: false,
      mayBook: false,
      mayReview: false,
      funds: [],
      seesMoney: false,
    })
  })
})
