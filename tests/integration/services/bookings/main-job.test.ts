import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest, counterOffer, declineRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit, noAnswer } from '#services/bookings/deliver-visit.server.ts'
import { expireRequests, withdrawRequest } from '#services/bookings/end-booking.server.ts'
import { agreeMinutes } from '#services/bookings/resolve-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { takeCounterOffer } from '#services/bookings/take-counter-offer.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { writeReview } from '#services/quality/write-review.server.ts'
import { payVisit } from '#services/settlement/pay-visits.server.ts'
import { settleDueVisits, settleVisits } from '#services/settlement/settle-visits.server.ts'
import {
  type FundOptions,
  type ServiceOptions,
  type TestPerson,
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  times,
  userActor,
} from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

async function world(funds: FundOptions[] = [{ pence: 48_000 }], service: ServiceOptions = {}, lanes = 1) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps, { lanes })
  const listed = await makeService(deps, provider.providerId, service)
  const person = await makePerson(deps, councilId, funds)
  return { deps, councilId, provider, ...listed, person }
}
type World = Awaited<ReturnType<typeof world>>

async function ask(
  w: World,
  date: string,
  expectedPence: number,
  changes: Parameters<typeof times>[3] = {},
  person: TestPerson = w.person,
  time = '09:00',
) {
  const draft = await startDraft(w.deps, person.actor, {
    slug: w.slug,
    times: times(person.personId, date, time, changes),
  })
  await askForVisits(w.deps, person.actor, { ...draft, personId: person.personId, expectedPence })
  return draft.bookingId
}
const balances = async (w: World, index = 0) => {
  const id = w.person.allocationIds[index] ?? ''
  return (await readBalances(w.deps.db.prisma, [id])).get(id)
}
const visitsOf = (w: World, bookingId: string) =>
  w.deps.db.prisma.visit.findMany({ where: { bookingId }, orderBy: { startsAt: 'asc' } })
const onlyVisit = async (w: World, bookingId: string) => (await visitsOf(w, bookingId))[0]?.id ?? ''
const faults = () => house().asOwner('select * from ledger_faults()')

describe('one visit, from asking to paid', () => {
  test('sets money aside on asking, spends what it cost, gives back the rest, and pays', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    expect(await balances(w)).toMatchObject({ available: 45_250, held: 2750, spent: 0 })

    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    house().clock.set('2026-11-09T10:00:00Z')
    await deliverVisit(w.deps, w.provider.worker, { visitId, minutes: 45, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    expect(await settleVisits(w.deps, [visitId])).toEqual({ settled: [visitId], waiting: [] })

    // 45 minutes at £25.00 and £2.50 travel: £21.25.
    expect(await balances(w)).toMatchObject({ available: 45_875, held: 0, spent: 2125 })
    expect(await payVisit(w.deps, visitId)).toMatchObject([{ amount: 2125, status: 'confirmed' }])
    const owed = await house().asOwner<{ key: string; balance: string }>(
      `select split_part(key, ':', 1) as key, balance from ledger_account where provider_id = $1 order by 1`,
      [w.provider.providerId],
    )
    expect(owed.map((row) => [row.key, Number(row.balance)])).toEqual([
      ['due', 0],
      ['earned', 0],
      ['in_transit', 0],
    ])
    expect(await faults()).toEqual([])
  })

  test('settling twice moves money once', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-10', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    house().clock.set('2026-11-10T11:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    await Promise.all(
      [settleVisits(w.deps, [visitId]), settleVisits(w.deps, [visitId])].map((done) =>
        done.catch(() => null),
      ),
    )
    expect(await balances(w)).toMatchObject({ held: 0, spent: 2750 })
  })

  test('a second press on "ask" changes nothing', async () => {
    const w = await world()
    const draft = await startDraft(w.deps, w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-09'),
    })
    const press = () =>
      askForVisits(w.deps, w.person.actor, { ...draft, personId: w.person.personId, expectedPence: 2750 })
    const answers = await Promise.all([press(), press(), press()])
    expect(answers.filter((answer) => answer.now)).toHaveLength(1)
    expect(await visitsOf(w, draft.bookingId)).toHaveLength(1)
    expect(await balances(w)).toMatchObject({ held: 2750 })
  })
})

describe('what stops a request', () => {
  test('another price than the one that was checked', async () => {
    const w = await world()
    await expect(ask(w, '2026-11-09', 2700)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await balances(w)).toMatchObject({ held: 0 })
  })

  test('not enough money, with the sum that is missing', async () => {
    const w = await world([{ pence: 2000 }])
    await expect(ask(w, '2026-11-09', 2750)).rejects.toMatchObject({
      code: 'NOT_ENOUGH_MONEY',
      publicMessage: expect.stringContaining('£7.50') as unknown,
    })
  })

  test('a council-managed fund without an approved plan line, until it is approved', async () => {
    const refused = await world([
      { pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home' },
    ])
    await expect(ask(refused, '2026-11-09', 2750)).rejects.toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
    const approved = await world([
      { pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true },
    ])
    await expect(ask(approved, '2026-11-09', 2750)).resolves.toBeTypeOf('string')
  })

  test('less notice than they need', async () => {
    const w = await world([{ pence: 48_000 }], { noticeHours: 48 })
    await expect(ask(w, '2026-11-03', 2750)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('somebody else’s draft looks like none at all', async () => {
    const w = await world()
    const other = await makePerson(w.deps, w.councilId, [{ pence: 48_000 }])
    const draft = await startDraft(w.deps, w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-09'),
    })
    await expect(
      askForVisits(w.deps, other.actor, { ...draft, personId: other.personId, expectedPence: 2750 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      askForVisits(w.deps, other.actor, { ...draft, personId: w.person.personId, expectedPence: 2750 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a supporter', () => {
  const acting = (w: World, scopes: ('book' | 'see_money' | 'confirm_hours')[]) =>
    userActor('01930000-0000-7000-8000-000000000001', {
      actingFor: {
        personId: w.person.personId,
        personName: 'Ada',
        authorityId: '01930000-0000-7000-8000-000000000002',
        type: 'informal',
        scopes,
        organisationName: null,
      },
    })

  test('asks for the person with the scope, and the record says who, for whom and by which authority', async () => {
    const w = await world()
    const supporter = acting(w, ['book'])
    const draft = await startDraft(w.deps, supporter, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-09'),
    })
    await askForVisits(w.deps, supporter, { ...draft, personId: w.person.personId, expectedPence: 2750 })
    expect(
      await w.deps.db.prisma.auditEvent.findFirst({
        where: { subjectId: draft.bookingId, action: 'booking.asked' },
      }),
    ).toMatchObject({
      actorUserId: supporter.userId,
      forPersonId: w.person.personId,
      authorityId: supporter.actingFor?.authorityId,
    })
  })

  test('is refused without the scope, and told what is missing', async () => {
    const w = await world()
    await expect(
      startDraft(w.deps, acting(w, ['see_money']), {
        slug: w.slug,
        times: times(w.person.personId, '2026-11-09'),
      }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
      publicMessage: expect.stringContaining('ask for support') as unknown,
    })
  })
})

describe('the provider’s answer', () => {
  test('no: everything that was set aside comes back', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await declineRequest(w.deps, w.provider.owner, { bookingId, reason: 'We are full that week.' })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })
    expect(await faults()).toEqual([])
  })

  test('yes to two requests for one worker at one time: the second is refused and explained', async () => {
    const w = await world()
    const other = await makePerson(w.deps, w.councilId, [{ pence: 48_000 }])
    const first = await ask(w, '2026-11-09', 2750)
    const second = await ask(w, '2026-11-09', 2750, {}, other)
    await acceptRequest(w.deps, w.provider.owner, { bookingId: first })
    await expect(acceptRequest(w.deps, w.provider.owner, { bookingId: second })).rejects.toMatchObject({
      code: 'CLASH',
      publicMessage: expect.stringContaining('Monday 9 November') as unknown,
    })
    expect(await w.deps.db.prisma.booking.findUnique({ where: { id: second } })).toMatchObject({
      state: 'requested',
    })
  })

  test('another time: the person takes it, money and lane move over in one go', async () => {
    const w = await world([{ pence: 3000 }])
    const bookingId = await ask(w, '2026-11-09', 2750)
    const { personId: _, ...otherTime } = times(w.person.personId, '2026-11-10', '14:00')
    await counterOffer(w.deps, w.provider.owner, {
      bookingId,
      times: otherTime,
      message: 'Tuesday suits us better.',
    })
    await takeCounterOffer(w.deps, w.person.actor, {
      bookingId,
      personId: w.person.personId,
      expectedPence: 2750,
    })
    const visits = await visitsOf(w, bookingId)
    expect(visits.map((visit) => visit.state)).toEqual(['cancelled_free', 'planned'])
    expect(visits[1]?.holdsLane).toBe(true)
    expect(await balances(w)).toMatchObject({ available: 250, held: 2750 })
    expect(await faults()).toEqual([])
  })

  test('a stranger and a worker cannot answer', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    const stranger = await makeProvider(w.deps)
    await expect(acceptRequest(w.deps, stranger.owner, { bookingId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(acceptRequest(w.deps, w.provider.worker, { bookingId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('none in five working days: it ends and the money comes back', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-20', 2750)
    house().clock.set('2026-11-09T17:30:00Z')
    await expireRequests(w.deps)
    expect(await w.deps.db.prisma.booking.findUnique({ where: { id: bookingId } })).toMatchObject({
      state: 'expired',
    })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })
  })

  test('the person takes it back before there is one', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await withdrawRequest(w.deps, w.person.actor, { bookingId, personId: w.person.personId })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })
    await expect(acceptRequest(w.deps, w.provider.owner, { bookingId })).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })
})

describe('a weekly series', () => {
  test('sets aside what has arrived and plans the rest; the hold follows its instalment in date order', async () => {
    const w = await world([{ pence: 6000, expected: [{ dueOn: '2026-11-20', pence: 6000 }] }])
    const bookingId = await ask(w, '2026-11-09', 11_000, { repeat: 'weekly', weeks: 4 })
    const states = async () =>
      (
        await w.deps.db.prisma.fundingLine.findMany({
          where: { visit: { bookingId } },
          orderBy: [{ visit: { startsAt: 'asc' } }, { position: 'asc' }],
        })
      ).map((line) => [line.pence, line.state])
    const before = await states()
    expect(
      before.filter(([, state]) => state === 'set_aside').reduce((sum, [amount]) => sum + Number(amount), 0),
    ).toBe(6000)
    expect(
      before.filter(([, state]) => state === 'planned').reduce((sum, [amount]) => sum + Number(amount), 0),
    ).toBe(5000)
    house().clock.set('2026-11-20T09:00:00Z')
    await receiveInstalments(w.deps)
    expect((await states()).every(([, state]) => state === 'set_aside')).toBe(true)
    expect(await balances(w)).toMatchObject({ held: 11_000, available: 1000 })
    expect(await faults()).toEqual([])
  })
})

describe('when something was different', () => {
  async function delivered() {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    house().clock.set('2026-11-09T11:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    return { w, visitId }
  }

  test('nothing is paid until both agree; the provider puts the minutes right', async () => {
    const { w, visitId } = await delivered()
    await disputeVisit(w.deps, w.person.actor, {
      personId: w.person.personId,
      visitId,
      reason: 'She left after half an hour.',
    })
    expect(await settleVisits(w.deps, [visitId])).toEqual({ settled: [], waiting: [] })
    await agreeMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 30 })
    await settleVisits(w.deps, [visitId])
    expect(await balances(w)).toMatchObject({ held: 0, spent: 1500 })
  })

  test('they agree that it did not happen: all of it comes back', async () => {
    const { w, visitId } = await delivered()
    await disputeVisit(w.deps, w.person.actor, {
      personId: w.person.personId,
      visitId,
      reason: 'Nobody came.',
    })
    await agreeMinutes(w.deps, w.provider.owner, { visitId, by: 'provider', minutes: 0 })
    expect(await balances(w)).toMatchObject({ held: 0, spent: 0, available: 48_000 })
  })
})

describe('no answer at the door', () => {
  test('the terms’ share is owed, and settled only after the 7 days in which the person may say otherwise', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    house().clock.set('2026-11-09T10:00:00Z')
    await noAnswer(w.deps, w.provider.owner, { visitId, note: 'Rang twice.' })
    house().clock.set('2026-11-16T09:00:00Z')
    expect((await settleDueVisits(w.deps)).settled).not.toContain(visitId)
    expect(await balances(w)).toMatchObject({ held: 2750 })
    house().clock.set('2026-11-16T10:00:00Z')
    expect((await settleDueVisits(w.deps)).settled).toContain(visitId)
    expect(await balances(w)).toMatchObject({ held: 0, spent: 2750 })
  })
})

describe('cancelling', () => {
  test('before the window is free; inside it the terms’ share is owed and the rest comes back', async () => {
    const w = await world()
    const free = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId: free })
    await cancelVisit(w.deps, w.person.actor, {
      visitId: await onlyVisit(w, free),
      personId: w.person.personId,
      expectedFee: 0,
    })
    expect(await balances(w)).toMatchObject({ available: 48_000, held: 0 })

    const late = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId: late })
    const visitId = await onlyVisit(w, late)
    house().clock.set('2026-11-08T20:00:00Z')
    await expect(
      cancelVisit(w.deps, w.person.actor, { visitId, personId: w.person.personId, expectedFee: 0 }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    await cancelVisit(w.deps, w.person.actor, { visitId, personId: w.person.personId, expectedFee: 1375 })
    await settleVisits(w.deps, [visitId])
    expect(await balances(w)).toMatchObject({ held: 0, spent: 1375, available: 46_625 })
  })
})

describe('saying how it went', () => {
  const review = (personId: string) => ({
    personId,
    keptMeInControl: 5,
    reliable: 4,
    respectful: 5,
    listened: 5,
    madeADifference: 4,
    comment: 'On time and kind.',
  })

  test('only after a confirmed visit, once a quarter', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    const visitId = await onlyVisit(w, bookingId)
    await expect(
      writeReview(w.deps, w.person.actor, { visitId, review: review(w.person.personId) }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    house().clock.set('2026-11-09T11:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    await writeReview(w.deps, w.person.actor, { visitId, review: review(w.person.personId) })
    expect(await w.deps.db.prisma.review.count({ where: { visitId } })).toBe(1)
  })

  test('the database itself refuses one without a visit', async () => {
    const w = await world()
    const bookingId = await ask(w, '2026-11-09', 2750)
    const visitId = await onlyVisit(w, bookingId)
    await expect(
      house().asOwner(
        `insert into review (id, visit_id, service_id, provider_id, person_id, kept_me_in_control, reliable, respectful, listened, made_a_difference)
         values (gen_random_uuid(), $1, $2, $3, $4, 5, 5, 5, 5, 5)`,
        [visitId, w.serviceId, w.provider.providerId, w.person.personId],
      ),
    ).rejects.toMatchObject({ code: 'KR001' })
  })
})
