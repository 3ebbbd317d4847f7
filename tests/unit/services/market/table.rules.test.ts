import { expect, test } from 'vitest'
import { Temporal } from '#services/kernel/time.ts'
import { closedMonths, periodWords } from '#services/market/months.rules.ts'
import { experienceTable, holding, priceRows } from '#services/market/choice-tables.rules.ts'
import { gapAt, gaps, holdersOf, rate } from '#services/market/gaps.rules.ts'
import { roughPounds, toCsv, words, type MarketTable } from '#services/market/table.rules.ts'

const table = (...names: string[]): MarketTable => ({
  id: 'providers',
  caption: '',
  period: 'May 2026',
  columns: [{ key: 'name', label: 'Name', numeric: false }],
  rows: names.map((name) => ({ key: name, cells: { name: words(name) } })),
  foot: null,
})

test.each([
  ['=1+1', `"'=1+1"`],
  ['+44', `"'+44"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['-cmd', `"'-cmd"`],
  ['-12.50', '-12.50'],
  ['\t=1', `"'\t=1"`],
  ['Bright "Kettle", Ltd', '"Bright ""Kettle"", Ltd"'],
  ['Weavers', 'Weavers'],
])('a file keeps %j from being run as a formula or breaking its row', (name, field) => {
  expect(toCsv(table(name))).toBe(`\uFEFFName,Period\r\n${field},May 2026\r\n`)
})

test('months are those that are over in London', () => {
  const months = closedMonths(Temporal.Instant.from('2026-10-31T23:59:59Z'))
  expect(months).toHaveLength(12)
  expect(periodWords(months, 3)).toBe('July to September 2026')
  // Half past midnight on 1 July in London is still June in UTC.
  expect(periodWords(closedMonths(Temporal.Instant.from('2026-06-30T23:30:00Z')), 12)).toBe(
    'July 2025 to June 2026',
  )
})

test('large sums are said roughly, small ones in pounds', () => {
  expect([
    roughPounds(237_412_345),
    roughPounds(40_212_300),
    roughPounds(934_000),
    roughPounds(200_000_000),
  ]).toEqual(['£2.37 million', '£402,000', '£9,340', '£2 million'])
})

test('money the council holds is not personalisation, even when it was chosen', () => {
  const { inControlOfTen } = holding(
    [
      { deployment: 'council_managed', chosen: true, funds: 15, people: 15 },
      { deployment: 'adviser_held', chosen: true, funds: 5, people: 5 },
      { deployment: 'direct_payment_bank', chosen: true, funds: 10, people: 10 },
      { deployment: 'direct_payment_card', chosen: false, funds: 20, people: 20 },
    ],
    'today',
  )
  expect(inControlOfTen).toBe(2)
})

test('six funds of three people are not shown as a count of funds', () => {
  const { table: shown } = holding(
    [
      { deployment: 'council_managed', chosen: true, funds: 6, people: 3 },
      { deployment: 'council_managed', chosen: false, funds: 30, people: 30 },
      { deployment: 'direct_payment_bank', chosen: true, funds: 30, people: 30 },
      { deployment: 'direct_payment_bank', chosen: false, funds: 20, people: 20 },
    ],
    'today',
  )
  expect(shown.rows.find(({ key }) => key === 'council_managed')?.cells['chosen']?.text).toBe('not shown')
})

const providers = new Map(
  ['a', 'b', 'c', 'd', 'e'].map((id) => [
    id,
    {
      id,
      name: id,
      kind: id === 'a' ? 'charity' : 'personal_assistant',
      size: null,
      owner: id,
      sole: id !== 'a',
      userLedChecked: false,
    },
  ]),
)

test('two reviews have no average, three have five beside each other', () => {
  const score = (reviews: number) =>
    experienceTable([{ providerId: 'a', reviews, sums: [reviews * 4, reviews * 5, 3, 3, 3] }], providers, '')
      .rows[0]?.cells
  expect(score(2)?.['reviews']?.text).toBe('fewer than 3')
  expect(score(2)?.['control']?.hidden).toBe(true)
  expect([score(3)?.['control']?.text, score(3)?.['reliable']?.text]).toEqual(['4.0', '5.0'])
})

test('four who work alone have no row of prices or of scores, however many they have', () => {
  const some = ['b', 'c', 'd', 'e']
  expect(
    experienceTable(
      some.map((providerId) => ({ providerId, reviews: 9, sums: [9, 9, 9, 9, 9] as const }) as never),
      providers,
      '',
    ).rows[0]?.cells['control']?.hidden,
  ).toBe(true)
  const prices = priceRows(
    [...some, ...some].map((providerId) => ({
      providerId,
      category: 'getting_out',
      unit: 'hour',
      pence: 2_000,
    })),
    providers,
    null,
  )
  expect(prices[0]?.range).toBeNull()
})

test('a gap that a longer time would give away is hidden too', () => {
  const fact = (month: number, count: number, ward = 'w1') => ({
    ward,
    category: 'x',
    month,
    count,
    person: null,
  })
  const table3 = gaps([fact(11, 7), fact(7, 2), fact(11, 40, 'w2'), fact(11, 50, 'w3')], 3)
  expect(gapAt(table3, 'w1', 'x').mark).toBe('protecting')
  const table12 = gaps([fact(11, 7), fact(7, 2), fact(11, 40, 'w2'), fact(11, 50, 'w3')], 12)
  expect(gapAt(table12, 'w1', 'x')).toEqual({ value: 9, mark: 'shown' })
})

test('six requests of one person are not a count to show', () => {
  const facts = [6, 30, 40].map((count, i) => ({
    ward: `w${String(i)}`,
    category: 'x',
    month: 11,
    count,
    person: i,
  }))
  expect(gapAt(gaps(facts, 12), 'w0', 'x').mark).not.toBe('shown')
})

test('a rate is hidden where it would tell how few people have a budget', () => {
  const holders = holdersOf([
    { ward: 'w1', people: 3 },
    { ward: 'w2', people: 40 },
    { ward: 'w3', people: 60 },
  ])
  const gap = { value: 20, mark: 'shown' } as const
  expect(rate(gap, holders.at('w1'))).toBeNull()
  expect(rate(gap, holders.at('w2'))).toBeNull()
  expect(rate(gap, holders.at('w3'))).toBeCloseTo(333.3, 1)
})
