import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import {
  ask,
  balances,
  makeBookingWorld,
  onlyVisit,
  visitsOf,
  type BookingWorld,
} from '#tests/factories/bookings.ts'
import { times, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: Parameters<typeof makeBookingWorld>[1] = {}) =>
  makeBookingWorld(house().deps, options)
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
    expect(await payVisits(w.deps, [visitId])).toMatchObject([{ amount: 2125, status: 'confirmed' }])
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

describe('a supporter', () => {
  const acting = (w: BookingWorld, scopes: ('book' | 'see_money' | 'confirm_hours')[]) =>
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

describe('a weekly series', () => {
  test('sets aside what comes before the next instalment and plans the rest; the hold follows its instalment in date order', async () => {
    const w = await world({ funds: [{ pence: 6000, expected: [{ dueOn: '2026-11-20', pence: 6000 }] }] })
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
    ).toBe(5500)
    expect(
      before.filter(([, state]) => state === 'planned').reduce((sum, [amount]) => sum + Number(amount), 0),
    ).toBe(5500)
    house().clock.set('2026-11-20T09:00:00Z')
    await receiveInstalments(w.deps)
    expect((await states()).every(([, state]) => state === 'set_aside')).toBe(true)
    expect(await balances(w)).toMatchObject({ held: 11_000, available: 1000 })
    expect(await faults()).toEqual([])
  })
})
