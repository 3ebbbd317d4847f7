import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import {
  changeFundRules,
  checkFundRules,
  fundRulesPage,
  fundsPage,
  tellOfRules,
} from '#services/budgets/fund-rules.server.ts'
import type { FundRulesInput } from '#services/budgets/fund-rules.schema.ts'
import { newId } from '#services/kernel/ids.ts'
import { ask, makeBookingWorld, visitsOf } from '#tests/factories/bookings.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})

async function world() {
  const w = await makeBookingWorld(house().deps)
  const finance = userActor(await makeUser(w.deps, 'Finance'), {
    staff: [{ councilId: w.councilId, roles: ['finance'] }],
  })
  const { streamId } = await w.deps.db.prisma.allocation.findUniqueOrThrow({
    where: { id: w.person.allocationIds[0] ?? '' },
  })
  await w.deps.db.prisma.fundingStream.update({ where: { id: streamId }, data: { councilId: w.councilId } })
  const bookingId = await ask(w, '2026-11-09')
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  return { w, finance, streamId, bookingId }
}
const rules = (changes: Partial<FundRulesInput> = {}): FundRulesInput => ({
  canBuy: 'help at home and company',
  list: 'except',
  categories: [],
  refusalReason: '',
  reasons: {},
  accreditedOnly: false,
  councilOnly: false,
  ceiling: '',
  expiresOn: '',
  carryOver: 'none',
  receipts: 'none',
  receiptsOver: '',
  ...changes,
})

describe('before a change is kept', () => {
  test.each([
    [
      'a kind of support taken off the list',
      { categories: ['help_at_home'], reasons: { help_at_home: 'Ask the NHS.' } },
      /not on its list\. Ask the NHS\.$/,
    ],
    ['only other kinds of support', { list: 'only' as const, categories: ['nursing'] }, /not on its list/],
    ['a ceiling a penny below the price', { ceiling: '24.99' }, /up to £24\.99/],
    ['accredited providers only', { accreditedOnly: true }, /accredited/],
    ['the council’s own area only', { councilOnly: true }, /area/],
    ['a last day before the visit', { expiresOn: '2026-11-08' }, /ends on Sunday 8 November 2026/],
  ])('%s is shown with what it would refuse, in the words people would read', async (_name, changes, why) => {
    const { w, finance, streamId } = await world()
    expect(await checkFundRules(w.deps, finance, streamId, rules(changes))).toEqual({
      services: 1,
      refused: [
        expect.objectContaining({
          serviceId: w.serviceId,
          visits: 1,
          people: 1,
          why: expect.stringMatching(why) as unknown,
        }),
      ],
    })
  })

  test('what changes nothing refuses nothing: the very price as a ceiling, the very day as the last', async () => {
    const { w, finance, streamId } = await world()
    for (const changes of [
      { ceiling: '25' },
      { expiresOn: '2026-11-09' },
      { list: 'only' as const, categories: ['help_at_home'] },
    ])
      expect((await checkFundRules(w.deps, finance, streamId, rules(changes))).refused).toEqual([])
  })
})

describe('a change that is kept', () => {
  test('holds for what is asked next, leaves what is agreed, and is told', async () => {
    const { w, finance, streamId, bookingId } = await world()
    const { round } = await fundRulesPage(w.deps, finance, streamId)
    await changeFundRules(w.deps, finance, streamId, round, rules({ ceiling: '20' }))
    await expect(ask(w, '2026-11-16')).rejects.toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
    expect(await visitsOf(w, bookingId)).toMatchObject([{ state: 'planned' }])
    await tellOfRules(w.deps, { streamId, after: null })
    expect(
      await w.deps.db.prisma.notice.count({ where: { personId: w.person.personId, kind: 'budget.rules' } }),
    ).toBe(1)
    expect((await fundsPage(w.deps, finance)).funds).toMatchObject([{ changed: round + 1, running: 1 }])
  })

  test('does not overwrite somebody else’s change in between', async () => {
    const { w, finance, streamId } = await world()
    await changeFundRules(w.deps, finance, streamId, 0, rules({ ceiling: '20' }))
    await expect(changeFundRules(w.deps, finance, streamId, 0, rules())).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    expect((await fundRulesPage(w.deps, finance, streamId)).rules.ceilingPence).toBe(2_000)
  })
})

describe('what is refused', () => {
  test.each([
    ['no words for what it can buy', { canBuy: ' ' }],
    ['a list of nothing', { list: 'only' as const }],
    ['a ceiling of three decimals', { ceiling: '20.001' }],
    ['a ceiling below zero', { ceiling: '-20' }],
    ['twenty digits', { ceiling: '12345678901234567890' }],
    ['receipts above no sum', { receipts: 'over' as const }],
    ['a day that does not exist', { expiresOn: '2026-02-30' }],
    ['a last day that is over', { expiresOn: '2026-11-01' }],
    ['a kind of support that is none', { categories: ['gambling'] }],
  ])('%s', async (_name, changes) => {
    const { w, finance, streamId } = await world()
    await expect(changeFundRules(w.deps, finance, streamId, 0, rules(changes))).rejects.toThrow()
    expect((await fundRulesPage(w.deps, finance, streamId)).round).toBe(0)
  })

  test('everybody but the finance staff of that council', async () => {
    const { w, streamId } = await world()
    const elsewhere = userActor(await makeUser(w.deps), {
      staff: [{ councilId: newId(), roles: ['finance'] }],
    })
    const adviser = userActor(await makeUser(w.deps), {
      staff: [{ councilId: w.councilId, roles: ['adviser'] }],
    })
    for (const actor of [elsewhere, adviser, w.person.actor])
      await expect(fundRulesPage(w.deps, actor, streamId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
