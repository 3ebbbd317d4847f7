import { beforeEach, describe, expect, test } from 'vitest'
import { bookPage, cancelWords } from '#services/bookings/book-page.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { ANONYMOUS, type Scope } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makeUser, times, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

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

describe('the first page of asking', () => {
  test('says what it costs, when they work, how much notice they need and what cancelling costs', async () => {
    const w = await makeBookingWorld(deps())
    const page = await bookPage(deps(), w.person.actor, w.slug, null)
    expect(page).toMatchObject({
      title: 'Morning help at home',
      person: { id: w.person.personId, shortName: 'Ada', self: true },
      draftId: null,
      hours: [{ day: 'Monday to Sunday', times: '6am to 10pm' }],
      notice: '24 hours',
      cancelling: 'You can cancel each visit free until 24 hours before. After that half the price is owed.',
      lengthFixed: false,
      defaults: { date: '', time: '', minutes: '60', repeat: 'once', weeks: '4', note: '' },
    })
    expect(page.earliest).toBe('Tue 3 Nov, 10am')
    // A quarter past three at night is nobody's hour: from when they are open.
    house().clock.set('2026-11-02T03:10:00Z')
    expect((await bookPage(deps(), w.person.actor, w.slug, null)).earliest).toBe('Tue 3 Nov, 6am')
    house().clock.set('2026-11-02T22:10:00Z')
    expect((await bookPage(deps(), w.person.actor, w.slug, null)).earliest).toBe('Wed 4 Nov, 6am')
    house().clock.set(TEST_NOW)
    expect(page.lengths.at(0)).toMatchObject({ value: '30' })
    expect(page.lengths.at(-1)).toMatchObject({ value: '480' })
  })

  test('a day that is closed for a while is a row less; hours that differ are rows of their own', async () => {
    const w = await makeBookingWorld(deps(), { service: { noticeHours: 72 } })
    const { prisma } = deps().db
    await prisma.availabilityRule.updateMany({
      where: { serviceId: w.serviceId, weekday: 3 },
      data: { untilMinute: 720 },
    })
    await prisma.availabilityRule.deleteMany({ where: { serviceId: w.serviceId, weekday: { in: [6, 7] } } })
    const page = await bookPage(deps(), w.person.actor, w.slug, null)
    expect(page.hours).toEqual([
      { day: 'Monday to Tuesday', times: '6am to 10pm' },
      { day: 'Wednesday', times: '6am to 12 noon' },
      { day: 'Thursday to Friday', times: '6am to 10pm' },
    ])
    expect(page.notice).toBe('3 days')
  })

  test('what was chosen before is still there; another person’s draft is not', async () => {
    const w = await makeBookingWorld(deps())
    const draft = await startDraft(deps(), w.person.actor, {
      slug: w.slug,
      times: {
        ...times(w.person.personId, '2026-11-09', '09:30', { minutes: 90, repeat: 'weekly', weeks: 3 }),
        note: 'The bell is broken.',
      },
    })
    const page = await bookPage(deps(), w.person.actor, w.slug, draft.bookingId)
    expect(page.draftId).toBe(draft.bookingId)
    expect(page.defaults).toEqual({
      date: '2026-11-09',
      time: '09:30',
      minutes: '90',
      repeat: 'weekly',
      weeks: '3',
      note: 'The bell is broken.',
    })
    const other = await makeBookingWorld(deps())
    for (const [who, slug] of [
      [other.person.actor, w.slug],
      [w.person.actor, other.slug],
    ] as const)
      expect((await bookPage(deps(), who, slug, draft.bookingId)).draftId).toBeNull()
    expect((await bookPage(deps(), w.person.actor, w.slug, 'no id at all')).draftId).toBeNull()
  })

  test('a length that is fixed is offered alone', async () => {
    const w = await makeBookingWorld(deps())
    const service = await deps().db.prisma.service.findUniqueOrThrow({ where: { id: w.serviceId } })
    // A published version never changes, so a new one takes its place.
    const before = await deps().db.prisma.serviceVersion.findUniqueOrThrow({
      where: { id: service.currentVersionId ?? '' },
    })
    const id = newId()
    await deps().db.prisma.serviceVersion.create({
      data: {
        id,
        serviceId: w.serviceId,
        number: 2,
        title: before.title,
        summary: before.summary,
        categoryCode: before.categoryCode,
        setting: before.setting,
        minMinutes: 120,
        maxMinutes: 120,
        prices: { create: [{ kind: 'base', label: 'An hour', pence: 2500, upliftBps: 0, position: 0 }] },
      },
    })
    await deps().db.prisma.serviceVersion.update({ where: { id }, data: { frozenAt: new Date(TEST_NOW) } })
    await deps().db.prisma.service.update({ where: { id: w.serviceId }, data: { currentVersionId: id } })
    const page = await bookPage(deps(), w.person.actor, w.slug, null)
    expect(page).toMatchObject({
      lengthFixed: true,
      lengths: [{ value: '120' }],
      defaults: { minutes: '120' },
    })
  })
})

describe('who may ask, and for what', () => {
  test('a supporter with the scope asks for the person, and not as themselves', async () => {
    const w = await makeBookingWorld(deps())
    const page = await bookPage(deps(), await supporter(w, ['book']), w.slug, null)
    expect(page.person).toEqual({ id: w.person.personId, shortName: 'Ada', self: false })
  })

  test('a supporter without it is refused, who is signed out signs in, who has no budget is told what helps', async () => {
    const w = await makeBookingWorld(deps())
    const as = async (who: Parameters<typeof bookPage>[1]) => bookPage(deps(), who, w.slug, null)
    await expect(as(await supporter(w, ['see_money']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(as(ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
    await expect(as(w.provider.owner)).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
      publicMessage: expect.stringContaining('choose first for whom') as unknown,
    })
  })

  test('what is not published is not there; what takes nobody new says so', async () => {
    const w = await makeBookingWorld(deps())
    const { prisma } = deps().db
    const where = { id: w.serviceId }
    const ask = () => bookPage(deps(), w.person.actor, w.slug, null)
    await expect(bookPage(deps(), w.person.actor, 'no-such-thing', null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await prisma.service.update({ where, data: { acceptsNew: false } })
    await expect(ask()).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await prisma.service.update({ where, data: { acceptsNew: true } })
    const provider = { id: w.provider.providerId }
    await prisma.provider.update({ where: provider, data: { pausedAt: new Date(TEST_NOW) } })
    await expect(ask()).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await prisma.provider.update({ where: provider, data: { pausedAt: null } })
    await prisma.service.update({ where, data: { state: 'paused' } })
    await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('cancelling in words', () => {
  test.each([
    [{ cancelWindowHours: 24, cancelShareBps: 0 }, 'You can cancel each visit free at any time before it starts.'],
    [{ cancelWindowHours: 0, cancelShareBps: 10_000 }, 'You can cancel each visit free until it starts. After that all of the price is owed.'],
    [{ cancelWindowHours: 72, cancelShareBps: 5000 }, 'You can cancel each visit free until 3 days before. After that half the price is owed.'],
    [{ cancelWindowHours: 36, cancelShareBps: 2500 }, 'You can cancel each visit free until 36 hours before. After that 25 in every 100 pounds of the price is owed.'],
  ])('%j', (terms, words) => { expect(cancelWords(terms)).toBe(words) }) // prettier-ignore
})
