import { describe, expect, test } from 'vitest'
import { providerTodayPage } from '#services/bookings/provider-today-page.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { askedOnePage } from '#services/requests/asked-one-page.server.ts'
import { askedPage } from '#services/requests/asked-page.server.ts'
import { withdrawSupportRequest } from '#services/requests/end-requests.server.ts'
import { makeOffer, withdrawOffer } from '#services/requests/make-offer.server.ts'
import { requestPage } from '#services/requests/request-page.server.ts'
import { draftOfOffer, takeOffer } from '#services/requests/take-offer.server.ts'
import { MOST_TOLD, tellOfSupportRequest } from '#services/requests/tell-of-support-request.server.ts'
import {
  askIn,
  makeAskingWorld,
  makeFitting,
  offerForm,
  offerIn,
  SECRETS,
} from '#tests/factories/requests.ts'
import { makeBookingWorld, book } from '#tests/factories/bookings.ts'
import { makeUser, type ServiceOptions, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const world = (options?: Parameters<typeof makeAskingWorld>[1]) => makeAskingWorld(house().deps, options)

describe('which providers fit', () => {
  const asked = async (
    service: ServiceOptions,
    request: Record<string, unknown> = {},
    after: (providerId: string, serviceId: string) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<boolean> => {
    const w = await world({ service })
    await after(w.provider.providerId, w.serviceId)
    const id = await askIn(w, request)
    const list = await askedPage(w.deps, w.provider.owner, null)
    const one = askedOnePage(w.deps, w.provider.owner, id)
    const sees = list.requests.some((entry) => entry.id === id)
    // The list and the page never differ.
    if (sees) await expect(one).resolves.toMatchObject({ id })
    else await expect(one).rejects.toMatchObject({ code: 'NOT_FOUND' })
    return sees
  }
  const near = { lat: 53.529, lon: -1.9, radiusMetres: 16_000 }

  test.each<[string, ServiceOptions, Record<string, unknown>, boolean]>([
    ['of the kind, within reach', { area: near }, {}, true],
    ['of another kind', { area: near, category: 'getting_out' }, {}, false],
    ['who do not come that far', { area: { ...near, radiusMetres: 3_000 } }, {}, false],
    ['who have not said how far they come', { area: { ...near, radiusMetres: null } }, {}, false],
    ['far away, but online', { setting: 'online', area: { lat: 50, lon: 0, radiusMetres: null } }, {}, true],
    ['asked from another place', { area: near }, { near: 'QA2' }, false],
    ['for others than those named', { area: near, audiences: ['autism'] }, { audience: ['dementia'] }, false],
    [
      'for one of those named',
      { area: near, audiences: ['autism', 'dementia'] },
      { audience: ['dementia'] },
      true,
    ],
    ['for anybody', { area: near, audiences: [] }, { audience: ['dementia'] }, true],
    ['for some, where nobody is named', { area: near, audiences: ['autism'] }, {}, true],
    ['for nothing', { area: near, funded: 'free' }, {}, false],
  ])('those %s', async (_which, service, request, sees) => {
    expect(await asked(service, request)).toBe(sees)
  })

  test('not those that are paused, take no new people, or have taken the service off', async () => {
    const { prisma } = house().deps.db
    const pause = (id: string) =>
      prisma.provider.update({ where: { id }, data: { pausedAt: new Date('2026-11-01') } })
    expect(await asked({}, {}, pause)).toBe(false)
    const full = (_: string, id: string) =>
      prisma.service.update({ where: { id }, data: { acceptsNew: false } })
    expect(await asked({}, {}, full)).toBe(false)
    const off = (_: string, id: string) => prisma.service.update({ where: { id }, data: { state: 'paused' } })
    expect(await asked({}, {}, off)).toBe(false)
  })

  test('only their owners and coordinators find it', async () => {
    const w = await world()
    const id = await askIn(w)
    const stranger = userActor(await makeUser(w.deps))
    for (const actor of [w.provider.worker, stranger, w.person.actor]) {
      await expect(askedOnePage(w.deps, actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(askedPage(w.deps, actor, null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(makeOffer(w.deps, actor, id, offerForm(w.serviceId))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    await expect(askedPage(w.deps, { kind: 'anonymous' }, null)).rejects.toMatchObject({ code: 'SIGN_IN' })
    await expect(askedPage(w.deps, w.provider.owner, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('telling providers', () => {
  test('reaches at most thirty, the nearest, once', async () => {
    const w = await world({ service: { category: 'meals_delivered' } })
    const far = await makeFitting(w.deps, {
      service: { category: 'meals_delivered', area: { lat: 53.62, lon: -1.9, radiusMetres: 16_000 } },
    })
    for (let n = 0; n < MOST_TOLD; n += 1)
      await makeFitting(w.deps, { service: { category: 'meals_delivered' } })
    const id = await askIn(w, { category: 'meals_delivered' })
    await house().runJobs()
    await tellOfSupportRequest(w.deps, id)
    const told = await w.deps.db.prisma.notice.findMany({ where: { subjectId: id } })
    expect(told).toHaveLength(MOST_TOLD)
    expect(told.some(({ providerId }) => providerId === far.provider.providerId)).toBe(false)
    expect(told[0]).toMatchObject({
      title: 'Somebody near QA1 looks for what you offer',
      path: `/provider/asked/${id}`,
    })
  })

  test('says nothing of a request that was taken back before the job ran', async () => {
    const w = await world()
    const id = await askIn(w)
    await withdrawSupportRequest(w.deps, w.person.actor, { personId: w.person.personId, requestId: id })
    await tellOfSupportRequest(w.deps, id)
    expect(await w.deps.db.prisma.notice.count({ where: { subjectId: id, kind: 'support.asked' } })).toBe(0)
  })
})

/** Everything that reaches a provider: its pages, its notices and the mails about them. */
async function everythingOfProvider(w: Awaited<ReturnType<typeof world>>, id: string): Promise<string> {
  await house().runJobs()
  const { owner, providerId } = w.provider
  const notices = await w.deps.db.prisma.notice.findMany({ where: { providerId } })
  const emails = (
    await w.deps.db.prisma.user.findMany({ where: { id: { in: [owner.userId, w.provider.worker.userId] } } })
  ).map(({ email }) => email)
  const mails = house().mail.sent.filter(({ to }) => emails.includes(to))
  expect(notices.length).toBeGreaterThan(0)
  expect(mails.length).toBeGreaterThan(0)
  return JSON.stringify({
    list: await askedPage(w.deps, owner, providerId),
    one: await askedOnePage(w.deps, owner, id),
    today: await providerTodayPage(w.deps, owner, providerId),
    notices,
    mails,
  })
}

describe('who it is and where exactly', () => {
  test('reaches no provider before an offer is taken: not by its pages, notices or mails', async () => {
    const w = await world()
    const id = await askIn(w, { near: 'QA1 7ZZ' })
    const secrets = [...SECRETS, w.person.personId, w.person.actor.userId, w.councilId, '53.5011', '-1.9022']
    const check = async () => {
      const all = await everythingOfProvider(w, id)
      expect(all).toContain('QA1')
      for (const secret of secrets) expect(all, secret).not.toContain(secret)
    }
    await check()
    const offerId = await offerIn(w, id)
    await check()
    // The person looks at who pays: a draft is filled in, and the provider still knows nothing.
    await draftOfOffer(w.deps, w.person.actor, { personId: w.person.personId, requestId: id, offerId })
    await check()
    await withdrawOffer(w.deps, w.provider.owner, { requestId: id, offerId })
    await check()
    await offerIn(w, id)
    await withdrawSupportRequest(w.deps, w.person.actor, { personId: w.person.personId, requestId: id })
    await check()
    // What they wrote is gone for the provider as well.
    expect(JSON.stringify(await askedOnePage(w.deps, w.provider.owner, id))).not.toContain('patient')
  })

  test('reaches the one whose offer is taken, and not the others', async () => {
    const w = await world()
    const other = await makeFitting(w.deps)
    const id = await askIn(w)
    const offerId = await offerIn(w, id)
    await offerIn(w, id, {}, other)
    const press = { personId: w.person.personId, requestId: id, offerId, expectedPence: 8250 }
    expect((await takeOffer(w.deps, w.person.actor, press)).outcome).toBe('booked')
    const all = await everythingOfProvider({ ...w, ...other }, id)
    for (const secret of [...SECRETS, w.person.personId]) expect(all, secret).not.toContain(secret)
    const winner = await askedOnePage(w.deps, w.provider.owner, id)
    expect(winner.offers[0]?.bookingId).toBeTruthy()
  })
})

describe('an offer', () => {
  test('has the listing’s own price, weekend rates and travel included, and cannot have another', async () => {
    const w = await world({ service: { weekendBps: 2000 } })
    const id = await askIn(w)
    await offerIn(w, id, {
      date: '2026-11-14',
      repeat: 'once',
      holds: '2026-11-13',
      pence: '1',
      quotedPence: 1,
    })
    const { offers } = await requestPage(w.deps, w.person.actor, id)
    // £25.00 and a fifth more at the weekend, £2.50 of travel.
    expect(offers[0]).toMatchObject({ total: 3250, cheapest: 3250, weekly: false, takeable: true })
  })

  test('is told to the person, and stands beside the others in the order in which they came', async () => {
    const w = await world()
    const other = await makeFitting(w.deps, { name: 'Second Hands', service: { pence: 2000 } })
    const id = await askIn(w)
    await offerIn(w, id)
    await offerIn(w, id, { message: '' }, other)
    const page = await requestPage(w.deps, w.person.actor, id)
    expect(
      page.offers.map(({ provider, total, cheapest, visits }) => [provider.name, total, cheapest, visits]),
    ).toEqual([
      ['A provider', 8250, 2750, 3],
      ['Second Hands', 6750, 2250, 3],
    ])
    expect(page.offers[0]).toMatchObject({
      firstDay: 'Monday 16 November 2026',
      experience: 'Nobody has said yet how it was.',
      message: 'Halina could come. She has time.',
      holds: 'Friday 13 November',
    })
    const notices = await w.deps.db.prisma.notice.findMany({ where: { personId: w.person.personId } })
    expect(notices.map(({ kind }) => kind)).toEqual(['support.offered', 'support.offered'])
    expect(notices.every(({ body }) => body.includes('Nothing is booked until you take an offer.'))).toBe(
      true,
    )
    // Reading the page reads the news.
    expect(notices.filter(({ readAt }) => readAt === null)).toHaveLength(0)
  })

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['serviceId', { serviceId: newId() }, /Choose which/],
    ['date', { date: '2026-11-01' }, /has passed/],
    ['date', { date: '2026-11-02', time: '20:00', repeat: 'once' }, /notice in your listing/],
    ['date', { time: '23:00' }, /your hours for this support do not cover it/],
    ['minutes', { minutes: '20' }, /Choose a length they offer/],
    ['holds', { holds: '2026-11-01' }, /has passed/],
    ['holds', { holds: '2026-11-18', date: '2026-11-23' }, /They choose until Monday 16 November 2026/],
    ['holds', { holds: '2026-11-13', date: '2026-11-11' }, /not after the first visit/],
    ['weeks', { weeks: '99' }, /from 2 to 52/],
  ])('says what is wrong beside %s: %j', async (field, changes, sentence) => {
    const w = await world()
    const id = await askIn(w)
    await expect(offerIn(w, id, changes)).rejects.toMatchObject({
      details: { fields: { [field]: [expect.stringMatching(sentence)] } },
    })
  })

  test('is not made for a time at which nobody of theirs is free', async () => {
    const b = await makeBookingWorld(house().deps, {
      service: { area: { lat: 53.529, lon: -1.9, radiusMetres: 16_000 } },
    })
    await book(b, '2026-11-16')
    const w = await world()
    const id = await askIn(w)
    const press = makeOffer(
      w.deps,
      b.provider.owner,
      id,
      offerForm(b.serviceId, { time: '09:30', repeat: 'once' }),
    )
    await expect(press).rejects.toMatchObject({
      details: { fields: { date: [expect.stringContaining('nobody in your team is free then')] } },
    })
  })

  test('of one service stands once; taken back, it can be made anew', async () => {
    const w = await world()
    const id = await askIn(w)
    const both = await Promise.allSettled([offerIn(w, id), offerIn(w, id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [offer] = await w.deps.db.prisma.supportOffer.findMany({ where: { requestId: id } })
    const press = { requestId: id, offerId: offer?.id ?? '' }
    const other = await makeFitting(w.deps)
    await expect(withdrawOffer(w.deps, other.provider.owner, press)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await withdrawOffer(w.deps, w.provider.owner, press)
    await withdrawOffer(w.deps, w.provider.owner, press)
    await offerIn(w, id)
    const page = await requestPage(w.deps, w.person.actor, id)
    expect(page.offers).toHaveLength(1)
    expect(page.others.map(({ standing }) => standing)).toEqual(['They took it back'])
  })

  test('is not made for what is no longer asked', async () => {
    const w = await world()
    const id = await askIn(w)
    await offerIn(w, id)
    await withdrawSupportRequest(w.deps, w.person.actor, { personId: w.person.personId, requestId: id })
    await expect(offerIn(w, id)).rejects.toMatchObject({ code: 'STALE_STATE' })
    const other = await makeFitting(w.deps)
    await expect(offerIn(w, id, {}, other)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
