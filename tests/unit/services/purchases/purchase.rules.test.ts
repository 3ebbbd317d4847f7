import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fund } from '#services/budgets/split.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { needsReceipt, receiptsOf } from '#services/budgets/receipts.rules.ts'
import {
  BOUGHT_CODES,
  STATES,
  TRANSITIONS,
  deciderOf,
  eachOf,
  mayPress,
  mostOver,
  paidMore,
  purchaseRefusal,
  recorderOf,
  type Press,
} from '#services/purchases/purchase.rules.ts'

const fund = (changes: Partial<Fund> = {}): Fund => ({
  allocationId: 'a',
  name: 'Work fund',
  streamKind: 'employment',
  deployment: 'adviser_held',
  allowedCategories: ['employment_support', 'technology'],
  refusedCategories: [],
  canBuy: 'what helps you into work.',
  refusalReason: 'It is for getting and keeping work.',
  accreditedOnly: false,
  unitCeilingPence: 4_500,
  startsOn: '2026-10-01',
  endsOn: '2027-03-31',
  available: pence(30_000),
  planLines: [],
  refusedReasons: {},
  area: 'anywhere',
  orders: [],
  towards: null,
  expected: [],
  planned: [],
  ...changes,
})
const ask = { category: 'technology', categoryName: 'Technology', on: '2026-11-02', pence: 4_500, units: 1 }

describe('what a fund’s rules say of a purchase', () => {
  test('nothing, when it is on its list, in its time and under its ceiling', () => {
    expect(purchaseRefusal(fund(), ask)).toBeNull()
  })
  test.each<[string, Partial<Fund>, Partial<typeof ask>, string]>([
    ['another kind of thing', {}, { category: 'wellbeing', categoryName: 'Wellbeing' }, 'Work fund can pay for what helps you into work. Wellbeing is not on its list. It is for getting and keeping work.'],
    ['a day after its end', {}, { on: '2027-04-01' }, 'It ended on Wednesday 31 March 2027, so it cannot pay for anything new.'],
    ['a day before it begins', {}, { on: '2026-09-30' }, 'It begins on Thursday 1 October 2026, so it cannot pay yet.'],
    ['a penny above its ceiling', {}, { pence: 4_501 }, 'up to £45.00 for each hour, visit or item. This is £45.01 for each.'],
    ['a seller who is not listed, where only accredited ones are paid', { accreditedOnly: true }, {}, 'It pays accredited providers only'],
  ])('%s: the fund, what it can buy, and the rule', (_what, changes, other, words) => {
    const refusal = purchaseRefusal(fund(changes), { ...ask, ...other })
    expect(refusal).toContain('Work fund can pay for what helps you into work')
    expect(refusal).toContain(words)
  }) // prettier-ignore
  test('its last day is still in time', () => {
    expect(purchaseRefusal(fund(), { ...ask, on: '2027-03-31' })).toBeNull()
  })
  test('the ceiling is held against one of several, the odd penny up', () => {
    expect(purchaseRefusal(fund(), { ...ask, pence: 18_000, units: 4 })).toBeNull()
    expect(purchaseRefusal(fund(), { ...ask, pence: 18_001, units: 4 })).toContain('£45.01 for each')
    expect(eachOf(100, 3)).toBe(34)
  })
  test('a council-managed fund needs no line in the plan: the yes to the purchase is that line', () => {
    expect(purchaseRefusal(fund({ deployment: 'council_managed' }), ask)).toBeNull()
  })
  test('care is never among what somebody who is not listed may be paid for', () => {
    for (const code of [
      'personal_care',
      'nursing',
      'live_in',
      'nights',
      'supported_living',
      'personal_assistant',
    ])
      expect(BOUGHT_CODES).not.toContain(code)
    expect(BOUGHT_CODES).toContain('short_breaks')
  })
})

describe('who says yes', () => {
  const limits = { atOncePence: 10_000, adviserPence: 20_000 }
  const none = { atOncePence: null, adviserPence: null }
  const of = (streamKind: string, deployment: Fund['deployment'] = 'direct_payment_bank') => ({
    streamKind,
    deployment,
  })
  test.each([
    ['own money: nobody, whatever it costs', of('own_money'), 5_000_000, none, 'rule'],
    ['a carer up to the council’s sum: nobody', of('carer'), 10_000, limits, 'rule'],
    ['a carer a penny above it: an adviser', of('carer'), 10_001, limits, 'adviser'],
    ['a carer where the council set no sum: an adviser', of('carer'), 1, none, 'adviser'],
    [
      'a carer’s money that an adviser holds: that adviser',
      of('carer', 'adviser_held'),
      1,
      limits,
      'named_adviser',
    ],
    [
      'held by an adviser, at the limit: that adviser',
      of('employment', 'adviser_held'),
      20_000,
      limits,
      'named_adviser',
    ],
    [
      'held by an adviser, a penny above: finance',
      of('employment', 'adviser_held'),
      20_001,
      limits,
      'finance',
    ],
    ['held by an adviser without a limit: finance', of('employment', 'adviser_held'), 1, none, 'finance'],
    ['anything else: an adviser', of('equipment', 'council_managed'), 90_000, limits, 'adviser'],
  ] as const)('%s', (_what, which, price, given, decider) => {
    expect(deciderOf(which, price, given)).toBe(decider)
  })
  test.each([
    ['direct_payment_bank', 'person'],
    ['direct_payment_card', 'person'],
    ['direct_payment_managed_account', 'holder'],
    ['individual_service_fund', 'holder'],
    ['adviser_held', 'adviser'],
    ['council_managed', 'finance'],
  ] as const)('%s: it is written down as paid by the %s', (deployment, recorder) => {
    expect(recorderOf(deployment)).toBe(recorder)
  })
})

describe('what it came to', () => {
  test.each([
    [90_000, 90_000, 'as_agreed'],
    [90_000, 1, 'as_agreed'],
    [90_000, 92_000, 'ask_once_more'],
    [90_000, 92_001, 'agree_again'],
    [5_000, 5_500, 'ask_once_more'],
    [5_000, 5_501, 'agree_again'],
    [4, 5, 'agree_again'],
  ] as const)('agreed %i, paid %i: %s', (agreed, paid, answer) => {
    expect(paidMore(pence(agreed), pence(paid))).toBe(answer)
  })
  test('never more than a tenth and never more than £20.00 without a new yes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1, max: 6_000_000 }),
        (agreed, paid) => {
          const over = paid - agreed
          const answer = paidMore(pence(agreed), pence(paid))
          expect(answer === 'as_agreed').toBe(over <= 0)
          if (answer === 'ask_once_more') expect(over).toBeLessThanOrEqual(Math.min(2_000, agreed / 10 + 0.5))
          if (answer === 'agree_again') expect(over).toBeGreaterThan(mostOver(pence(agreed)))
        },
      ),
    )
  })
})

describe('states', () => {
  const allowed = new Set(
    (Object.keys(TRANSITIONS) as Press[]).flatMap((press) =>
      TRANSITIONS[press].from.map((from) => `${press} ${from}`),
    ),
  )
  test('each press works from its own states and from no other', () => {
    for (const press of Object.keys(TRANSITIONS) as Press[])
      for (const state of STATES)
        expect([press, state, mayPress(press, state)]).toEqual([
          press,
          state,
          allowed.has(`${press} ${state}`),
        ])
  })
  test('what is paid, refused or taken back is over', () => {
    for (const state of ['paid', 'refused', 'withdrawn'] as const)
      for (const press of Object.keys(TRANSITIONS) as Press[]) expect(mayPress(press, state)).toBe(false)
  })
})

test.each([
  [{ receipts: 'none', receiptsOverPence: null }, 1_000_000, false],
  [{ receipts: 'all', receiptsOverPence: null }, 1, true],
  [{ receipts: 'over', receiptsOverPence: 5_000 }, 5_000, false],
  [{ receipts: 'over', receiptsOverPence: 5_000 }, 5_001, true],
])('a scheme with %o asks for a receipt of %i pence: %s', (stream, price, asks) => {
  expect(needsReceipt(receiptsOf(stream), price)).toBe(asks)
})
