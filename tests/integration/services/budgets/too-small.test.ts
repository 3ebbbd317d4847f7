import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import { shortPage } from '#services/budgets/short-page.server.ts'
import { answerTooSmall, tellBudgetTooSmall, tooSmallPage } from '#services/budgets/tell-too-small.server.ts'
import { tellShortFunds } from '#services/budgets/tell-short-funds.server.ts'
import { useAnotherFund } from '#services/budgets/use-another-fund.server.ts'
import { type Scope, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { type BookingWorld, ask, balances, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** A visit on 16 November is planned against money of 12 November that does not come, because its council records arrivals. */
async function waiting() {
  const w = await makeBookingWorld(house().deps, {
    funds: [
      { pence: 1_000, expected: [{ dueOn: '2026-11-12', pence: 3_000 }], planCategory: 'help_at_home' },
      { pence: 20_000, name: 'Other fund', endsOn: '2027-03-31' },
      { pence: 20_000, name: 'Trips', allowed: ['getting_out'] },
      { pence: 100, name: 'Nearly empty' },
    ],
  })
  await house().deps.db.prisma.councilMoney.create({
    data: { councilId: w.councilId, instalmentsArrive: 'recorded', updatedAt: new Date(TEST_NOW) },
  })
  const bookingId = await ask(w, '2026-11-16', 2_750)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  return { w, visitId: await onlyVisit(w, bookingId) }
}
const fundOf = (w: BookingWorld, index = 0) => w.person.allocationIds[index] ?? ''
const acting = async (w: BookingWorld, scopes: Scope[]) =>
  userActor(await makeUser(house().deps), {
    actingFor: { personId: w.person.personId, personName: 'Ada', authorityId: newId(), type: 'informal', scopes, organisationName: null }, // prettier-ignore
  })
const told = (w: BookingWorld) =>
  house().deps.db.prisma.notice.findMany({ where: { personId: w.person.personId, kind: 'budget.short' } })

describe('a shortfall is told before it bites', () => {
  test('not while the money is still to come; once when it is late; with its choices', async () => {
    const { w, visitId } = await waiting()
    expect(await tellShortFunds(house().deps)).toBe(0)
    expect(await shortPage(house().deps, w.person.actor, fundOf(w))).toMatchObject({ visits: [], missing: 0 })
    house().clock.set('2026-11-13T06:00:00Z')
    await receiveInstalments(house().deps)
    expect(await tellShortFunds(house().deps)).toBe(1)
    await tellShortFunds(house().deps)
    expect(await told(w)).toHaveLength(1)
    expect(await shortPage(house().deps, w.person.actor, fundOf(w))).toMatchObject({
      missing: 2_750,
      mayBook: true,
      told: null,
      visits: [{ id: visitId, day: 'Monday 16 November 2026', pence: 2_750, soon: true, others: [{ name: 'Other fund', left: 20_000 }] }], // prettier-ignore
    })
    house().clock.set('2026-11-20T06:00:00Z')
    await tellShortFunds(house().deps)
    expect(await told(w)).toHaveLength(2)
    expect(await faults()).toEqual([])
  })

  test('late money that is covered by what is free is set aside from that', async () => {
    const { w } = await waiting()
    house().clock.set('2026-11-13T06:00:00Z')
    await house().deps.db.tx((tx) =>
      postJournals(tx, house().deps.clock.now(), system('test'), [
        allocationFunded(`more:${fundOf(w)}`, fundOf(w), pence(2_000)),
      ]),
    )
    await tellShortFunds(house().deps)
    expect(await balances(w)).toMatchObject({ available: 250, held: 2_750 })
    expect(await told(w)).toEqual([])
    expect(await faults()).toEqual([])
  })
})

describe('another fund pays', () => {
  const use = (w: BookingWorld, visitId: string, toId: string, actor = w.person.actor) =>
    useAnotherFund(house().deps, actor, { personId: w.person.personId, visitId, fromId: fundOf(w), toId })

  test('for a visit that waits: its money is set aside at once, and only once', async () => {
    const { w, visitId } = await waiting()
    await use(w, visitId, fundOf(w, 1))
    expect(await balances(w, 1)).toMatchObject({ available: 17_250, held: 2_750 })
    await expect(use(w, visitId, fundOf(w, 1))).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await faults()).toEqual([])
  })

  test('not one whose rules say no, one without enough, the same one, or somebody else’s', async () => {
    const { w, visitId } = await waiting()
    const { w: other } = await waiting()
    await expect(use(w, visitId, fundOf(w, 2))).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
      publicMessage: expect.stringContaining('Trips: It can pay for') as unknown,
    })
    await expect(use(w, visitId, fundOf(w, 3))).rejects.toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
    await expect(use(w, visitId, fundOf(w))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(use(w, visitId, fundOf(other, 1))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(use(w, visitId, fundOf(w, 1), await acting(w, ['see_money']))).rejects.toMatchObject({ code: 'FORBIDDEN' }) // prettier-ignore
    await expect(shortPage(house().deps, other.person.actor, fundOf(w))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(shortPage(house().deps, w.person.actor, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await faults()).toEqual([])
  })
})

describe('the council is told that a budget is too small', () => {
  const say = (w: BookingWorld, allocationId: string | null, actor = w.person.actor) =>
    tellBudgetTooSmall(house().deps, actor, {
      personId: w.person.personId,
      allocationId,
      bookingId: null,
      missingPence: 2_750,
      words: 'The hourly price went up.',
    })
  const adviser = async (w: BookingWorld) =>
    userActor(await makeUser(house().deps), { staff: [{ councilId: w.councilId, roles: ['adviser'] }] })

  test('once until it is answered, and the answer reaches the person', async () => {
    const { w } = await waiting()
    const both = await Promise.all([say(w, fundOf(w)), say(w, fundOf(w))])
    expect(both.sort()).toEqual([false, true])
    expect(await house().deps.db.prisma.notice.count({ where: { councilId: w.councilId, kind: 'budget.too_small' } })).toBe(1) // prettier-ignore
    const one = await adviser(w)
    const page = await tooSmallPage(house().deps, one)
    expect(page).toMatchObject({
      more: 0,
      open: [{ person: 'Ada Test', fund: 'Social care budget', missing: 2_750, words: 'The hourly price went up.', saidBy: null }], // prettier-ignore
    })
    const id = page.open[0]?.id ?? ''
    const answer = (actor = one, words = 'We look at it on Friday.') => answerTooSmall(house().deps, actor, { id, answer: words }) // prettier-ignore
    await answer()
    await answer()
    await expect(answer(await adviser(w), 'Something else.')).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await tooSmallPage(house().deps, one)).open).toEqual([])
    expect(
      await house().deps.db.prisma.notice.findMany({
        where: { personId: w.person.personId, kind: 'budget.too_small_answered' },
      }),
    ).toMatchObject([{ body: 'We look at it on Friday.' }])
    // Answered: it may be said again.
    expect(await say(w, fundOf(w))).toBe(true)
  })

  test('by the person, or by a supporter who may ask for support or see the money', async () => {
    const { w } = await waiting()
    const { w: other } = await waiting()
    await expect(say(w, null, await acting(w, ['message']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(say(w, fundOf(other))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await say(w, null, await acting(w, ['book']))).toBe(true)
    const page = await tooSmallPage(house().deps, await adviser(w))
    expect(page.open).toMatchObject([{ fund: null, saidBy: 'A person' }])
    expect((await tooSmallPage(house().deps, await adviser(other))).open).toEqual([])
    await expect(tooSmallPage(house().deps, w.person.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      answerTooSmall(house().deps, await adviser(other), { id: page.open[0]?.id ?? '', answer: 'x' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
