import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEPLOYMENTS, payerOf } from '#services/budgets/payer.rules.ts'
import {
  type Fund,
  type VisitToPay,
  fundRefusal,
  splitVisits,
  useLines,
} from '#services/budgets/split.rules.ts'
import { pence } from '#services/kernel/money.ts'

const fund = (allocationId: string, changes: Partial<Fund> = {}): Fund => ({
  allocationId,
  name: `Fund ${allocationId}`,
  streamKind: 'adult_social_care',
  deployment: 'direct_payment_bank',
  allowedCategories: [],
  refusedCategories: [],
  canBuy: 'help at home',
  refusalReason: '',
  refusedReasons: {},
  area: 'anywhere',
  accreditedOnly: false,
  unitCeilingPence: null,
  startsOn: '2026-10-01',
  endsOn: '2027-03-31',
  available: pence(100_000),
  planLines: [],
  orders: [],
  towards: null,
  expected: [],
  planned: [],
  ...changes,
})
const plan = (category: string, approved = true) => ({
  category,
  approved,
  startsOn: '2026-10-01',
  endsOn: '2027-03-31',
})
const visit = (amount: number, changes: Partial<VisitToPay> = {}): VisitToPay => ({
  on: '2026-12-02',
  unitPence: 2500,
  accredited: false,
  supplier: true,
  inArea: true,
  lines: [{ category: 'help_at_home', categoryName: 'Help at home', pence: pence(amount) }],
  ...changes,
})
const paid = (funds: Fund[], visits: VisitToPay[], chosen: string[] = []) =>
  splitVisits(funds, visits, chosen).visits.map((entry) =>
    entry.lines.map((line) => [line.allocationId, line.pence, line.state]),
  )

describe('which fund goes first', () => {
  test('the one whose plan line it is', () =>
    expect(
      paid(
        [fund('a', { endsOn: '2026-12-31' }), fund('b', { planLines: [plan('help_at_home')] })],
        [visit(2000)],
      ),
    ).toEqual([[['b', 2000, 'set_aside']]]))

  test('then the one that ends first', () =>
    expect(paid([fund('a'), fund('b', { endsOn: '2026-12-31' })], [visit(2000)])).toEqual([
      [['b', 2000, 'set_aside']],
    ]))

  test('then the one with the narrowest rules', () =>
    expect(paid([fund('a'), fund('b', { allowedCategories: ['help_at_home'] })], [visit(2000)])).toEqual([
      [['b', 2000, 'set_aside']],
    ]))

  test('own money is never used unless the person says so, and then last', () => {
    const funds = [
      fund('own', { streamKind: 'own_money', endsOn: '2026-12-03' }),
      fund('b', { available: pence(500) }),
    ]
    expect(splitVisits(funds, [visit(2000)]).short).toBe(1500)
    expect(paid(funds, [visit(2000)], ['b', 'own'])).toEqual([
      [
        ['b', 500, 'set_aside'],
        ['own', 1500, 'set_aside'],
      ],
    ])
  })

  test('a fund for the council’s own area pays nobody from elsewhere', () => {
    expect(paid([fund('a', { area: 'council' })], [visit(2000, { inArea: false })])).toEqual([[]])
    expect(paid([fund('a', { area: 'council' })], [visit(2000)])).toEqual([[['a', 2000, 'set_aside']]])
  })

  test('the person’s own order wins', () =>
    expect(paid([fund('a'), fund('b')], [visit(2000)], ['b', 'a'])).toEqual([[['b', 2000, 'set_aside']]]))
})

describe('what the person pays towards a fund', () => {
  test('pays right after that fund, by the same rules', () => {
    const funds = [
      fund('a-pay-in', { towards: 'b', streamKind: 'contribution', available: pence(6_000) }),
      fund('b', { available: pence(1_500) }),
    ]
    expect(paid(funds, [visit(2_000)])).toEqual([
      [
        ['b', 1_500, 'set_aside'],
        ['a-pay-in', 500, 'set_aside'],
      ],
    ])
  })
})

describe('what the council buys', () => {
  const managed = (changes: Partial<Fund> = {}) => fund('a', { deployment: 'council_managed', ...changes })
  const order = { category: 'help_at_home', startsOn: '2026-12-01', endsOn: '2026-12-31' }
  const refusal = (entry: Fund, changes: Partial<VisitToPay> = {}) =>
    fundRefusal(entry, 'help_at_home', visit(2_000, changes))

  test('needs its order with this provider for this day and kind of support', () => {
    expect(refusal(managed())).toMatch(/neither approved .* nor ordered/)
    expect(refusal(managed({ orders: [order] }))).toBeNull()
    expect(refusal(managed({ orders: [order] }), { on: '2027-01-01' })).toMatch(/nor ordered/)
    expect(refusal(managed({ orders: [{ ...order, category: 'nursing' }] }))).toMatch(/nor ordered/)
  })
  test('or a standing approval in the plan', () =>
    expect(refusal(managed({ planLines: [plan('help_at_home')] }))).toBeNull())
  test('and a provider whom it can pay', () =>
    expect(refusal(managed({ orders: [order] }), { supplier: false })).toMatch(/no supplier number/))
})

describe('each line of a quote finds its own fund', () => {
  test('the exercises go to the health budget, the rest to social care', () => {
    const lines = [
      { category: 'help_at_home', categoryName: 'Help at home', pence: pence(2000) },
      {
        category: 'rehabilitation_and_therapy',
        categoryName: 'Rehabilitation and therapy',
        pence: pence(750),
      },
    ]
    expect(
      paid(
        [
          fund('care', { refusedCategories: ['rehabilitation_and_therapy'] }),
          fund('health', { allowedCategories: ['rehabilitation_and_therapy'] }),
        ],
        [visit(0, { lines })],
      ),
    ).toEqual([
      [
        ['care', 2000, 'set_aside'],
        ['health', 750, 'set_aside'],
      ],
    ])
  })
})

describe('a refusal says what the fund can do first', () => {
  test.each([
    [
      'another category',
      fund('a', { allowedCategories: ['wellbeing'], canBuy: 'trips out' }),
      /^It can pay for trips out\./,
    ],
    ['after its end', fund('a', { endsOn: '2026-11-30' }), /^It ends on Monday 30 November 2026/],
    ['a price above its ceiling', fund('a', { unitCeilingPence: 2000 }), /^It pays up to £20\.00/],
    [
      'a provider that is not accredited',
      fund('a', { accreditedOnly: true }),
      /^It pays accredited providers/,
    ],
    [
      'a category with a reason of its own',
      fund('a', { refusedCategories: ['help_at_home'], refusedReasons: { help_at_home: 'Ask the NHS.' } }),
      /not on its list\. Ask the NHS\.$/,
    ],
    [
      'council-managed without an approved plan line',
      fund('a', { deployment: 'council_managed', planLines: [plan('help_at_home', false)] }),
      /neither approved this kind of support/,
    ],
  ])('%s', (_name, refusing, words) =>
    expect(fundRefusal(refusing, 'help_at_home', visit(2000))).toMatch(words),
  )
})

describe('money that has not arrived', () => {
  test('is planned for visits after its day, in date order, and short for visits before it', () => {
    const funds = [fund('a', { available: pence(3000), expected: [{ dueOn: '2026-12-10', pence: 3000 }] })]
    expect(
      paid(funds, [visit(2000), visit(2000, { on: '2026-12-09' }), visit(2000, { on: '2026-12-16' })]),
    ).toEqual([[['a', 2000, 'set_aside']], [['a', 1000, 'set_aside']], [['a', 2000, 'planned']]])
    expect(splitVisits(funds, [visit(2000), visit(2000, { on: '2026-12-09' })]).short).toBe(1000)
  })
})

const anyFund = (index: number) =>
  fc
    .record({
      available: fc.integer({ min: 0, max: 20_000 }),
      endsOn: fc.constantFrom('2026-12-31', '2027-03-31', '2026-11-01'),
      refused: fc.boolean(),
      own: fc.boolean(),
      deployment: fc.constantFrom(...DEPLOYMENTS),
      approved: fc.boolean(),
      coming: fc.integer({ min: 0, max: 20_000 }),
    })
    .map((made) =>
      fund(String(index), {
        available: pence(made.available),
        endsOn: made.endsOn,
        refusedCategories: made.refused ? ['help_at_home'] : [],
        streamKind: made.own ? 'own_money' : 'adult_social_care',
        deployment: made.deployment,
        planLines: made.approved ? [plan('help_at_home')] : [],
        expected: made.coming ? [{ dueOn: '2026-12-01', pence: made.coming }] : [],
      }),
    )
const anyFunds = fc.tuple(anyFund(0), anyFund(1), anyFund(2), anyFund(3)).map((funds): Fund[] => funds)
const anyVisits = fc
  .array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 6 })
  .map((amounts) => amounts.map((amount, index) => visit(amount, { on: `2026-12-0${String(index + 1)}` })))

describe('whatever the funds and visits', () => {
  test('what is paid and what is short add up to the price, and no fund pays more than it has or gets', () =>
    fc.assert(
      fc.property(anyFunds, anyVisits, fc.subarray(['0', '1', '2', '3']), (funds, visits, chosen) => {
        const split = splitVisits(funds, visits, chosen)
        expect(split.setAside + split.planned + split.short).toBe(split.total)
        for (const entry of funds) {
          const lines = split.visits
            .flatMap((each) => each.lines)
            .filter((line) => line.allocationId === entry.allocationId)
          const sum = (state: string) =>
            lines.filter((line) => line.state === state).reduce((all, line) => all + line.pence, 0)
          expect(sum('set_aside')).toBeLessThanOrEqual(entry.available)
          expect(sum('planned')).toBeLessThanOrEqual(
            entry.expected.reduce((all, coming) => all + coming.pence, 0),
          )
          if (lines.length > 0) expect(fundRefusal(entry, 'help_at_home', visits[0] ?? visit(0))).toBeNull()
          if (entry.streamKind === 'own_money' && lines.length > 0)
            expect(chosen).toContain(entry.allocationId)
        }
      }),
    ))

  test('the order in which funds are listed changes nothing', () =>
    fc.assert(
      fc.property(anyFunds, anyVisits, (funds, visits) => {
        expect(splitVisits([...funds].reverse(), visits).visits).toEqual(splitVisits(funds, visits).visits)
      }),
    ))

  test('what was not used goes back to the fund that came last', () =>
    expect(
      useLines(
        [
          { line: 0, pence: 1500 },
          { line: 0, pence: 1000 },
        ],
        [1800],
      ).map((line) => line.used),
    ).toEqual([1500, 300]))

  test('more than was quoted, because it was approved, is paid by the fund that came first; no penny is lost', () =>
    expect(
      useLines(
        [
          { line: 0, pence: 1500 },
          { line: 0, pence: 1000 },
          { line: 1, pence: 250 },
        ],
        [3163, 250],
      ).map((line) => line.used),
    ).toEqual([2163, 1000, 250]))
})

test('who owes the provider follows from how the fund is held', () => {
  const held = { personId: 'p', councilId: 'c', holderProviderId: 'h' }
  expect(DEPLOYMENTS.map((deployment) => payerOf({ ...held, deployment }).kind)).toEqual([
    'council',
    'person',
    'person',
    'fund_holder',
    'fund_holder',
    'council',
  ])
})

describe('a visit after the next instalment', () => {
  const next = fund('a', { available: pence(37_000), expected: [{ dueOn: '2026-12-28', pence: 42_000 }] })
  const split = (on: string, changes: Partial<Fund> = {}, today: string | null = '2026-12-01') =>
    splitVisits([{ ...next, ...changes }], [visit(2_750, { on })], [], today).visits[0]?.lines.map((line) => [
      line.pence,
      line.state,
    ])

  test('is planned against it, and what is there stays free for what comes before', () => {
    expect(split('2026-12-27')).toEqual([[2_750, 'set_aside']])
    expect(split('2026-12-28')).toEqual([[2_750, 'planned']])
    expect(split('2026-12-28', {}, null)).toEqual([[2_750, 'set_aside']])
  })
  test('takes what is there only when what comes is not enough', () => {
    expect(split('2026-12-28', { expected: [{ dueOn: '2026-12-28', pence: 1_000 }] })).toEqual([
      [1_000, 'planned'],
      [1_750, 'set_aside'],
    ])
  })
  test('is not planned against money that is late', () => {
    expect(split('2026-12-05', { expected: [{ dueOn: '2026-11-28', pence: 42_000 }] })).toEqual([
      [2_750, 'set_aside'],
    ])
  })
  test('of money that a council manages is set aside: it is agreed, and travels to nobody', () => {
    expect(split('2026-12-28', { deployment: 'council_managed', planLines: [plan('help_at_home')] })).toEqual(
      [[2_750, 'set_aside']],
    )
  })
  test('money that a later visit counts on is not planned for an earlier one too', () => {
    const expected = [
      { dueOn: '2026-12-10', pence: 1_000 },
      { dueOn: '2026-12-20', pence: 1_000 },
    ]
    const one = fund('a', { available: pence(0), expected, planned: [{ on: '2026-12-21', pence: 1_500 }] })
    expect(splitVisits([one], [visit(1_000, { on: '2026-12-12' })], [], '2026-12-01')).toMatchObject({
      planned: 500,
      short: 500,
    })
  })
})
