import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PERIODS, type Period } from '#services/market/months.rules.ts'
import { movement, movementTable } from '#services/market/movement.rules.ts'
import { spendMask } from '#services/market/spend-mask.rules.ts'
import type { SpendView } from '#services/market/spend-tables.rules.ts'
import type { ProviderFact, Spend } from '#services/market/spend.rules.ts'
import { firstRecord, headlines, thisYear, yearAgo, yearBefore } from '#services/market/year.rules.ts'

const provider = (id: string, kind: string, owner = id, sole = false): ProviderFact => ({
  id,
  name: id,
  kind,
  size: 'two_to_nine',
  owner,
  sole,
  userLedChecked: false,
})
const PROVIDERS = new Map(
  [
    provider('led', 'user_led_organisation'),
    provider('castle', 'private_company', 'Northgate'),
    provider('moorend', 'private_company', 'Northgate'),
    provider('weavers', 'cooperative'),
    provider('quarry', 'charity'),
    ...['p', 'q', 'r', 's', 't'].map((id) => provider(id, 'personal_assistant', id, true)),
  ].map((one) => [one.id, one]),
)
/** So much from each of six people, in one month. */
const six = (providerId: string, pence: number, month: number): Spend[] =>
  Array.from({ length: 6 }, (_, person) => ({
    person,
    providerId,
    pence,
    month,
    category: 'help_at_home',
    ward: 'w1',
  }))
const viewOf = (spends: Spend[], period: Period, words = 'now'): SpendView => ({
  spends,
  period,
  periodWords: words,
  slice: { by: 'all' },
  providers: PROVIDERS,
  mask: spendMask(spends, period, PROVIDERS),
})
const compare = (spends: Spend[], period: Period) =>
  yearAgo(
    viewOf(thisYear(spends), period, 'August to October 2026'),
    viewOf(yearBefore(spends), period, 'August to October 2025'),
    firstRecord(spends),
    'December 2025',
  )
const cells = (spends: Spend[], period: Period, key: string) =>
  compare(spends, period).table.rows.find((row) => row.key === key)?.cells

describe('a year ago', () => {
  // Now: 100, 200, 100 and 100 from each of six; then: 100, 100.
  const both = [
    ...six('led', 100, 11),
    ...six('castle', 200, 11),
    ...six('moorend', 100, 11),
    ...six('weavers', 100, 11),
    ...six('led', 100, -1),
    ...six('castle', 100, -1),
    ...six('quarry', 1, -3),
  ]
  test('each headline stands beside that of the same months a year before', () => {
    const now = headlines(viewOf(thisYear(both), 3))
    // Shares 20, 40, 20, 20: 400 + 1,600 + 400 + 400; the two of one owner are 60: 400 + 3,600 + 400.
    expect(now).toEqual({
      spend: 3_000,
      people: 6,
      byProvider: 2_800,
      byOwner: 4_400,
      three: 1,
      userLed: 0.2,
    })
    const then = compare(both, 3).before
    expect(then?.spend).toBe(1_206)
    expect(then?.userLed).toBeCloseTo(600 / 1_206, 12)
    expect(cells(both, 3, 'spend')).toMatchObject({
      now: { csv: '30.00' },
      before: { csv: '12.06' },
      change: { csv: '17.94', text: '+£18' },
    })
    expect(cells(both, 3, 'people')).toMatchObject({ change: { csv: '0', text: 'none' } })
    expect(cells(both, 3, 'userLed')?.['change']?.csv).toBe((20 - 60_000 / 1_206).toFixed(1))
    expect(compare(both, 3).lead).toContain('149% more than')
  })
  test('without records of all of those months there is no figure, and the page says why', () => {
    const late = [...six('led', 100, 11), ...six('castle', 100, -2)]
    const { before, lead } = compare(late, 3)
    expect(before).toBeNull()
    expect(lead).toContain('There is no figure a year ago')
    expect(lead).toContain('December 2025')
    for (const row of compare(late, 3).table.rows) {
      expect(row.cells['before']).toMatchObject({ text: 'no figure', hidden: true })
      expect(row.cells['change']?.text).toBe('–')
    }
  })
  test('nothing settled at all is said as that', () => {
    expect(compare([], 12).lead).toContain('no visit has been settled')
  })
  test('what may not be told now or then has no difference either', () => {
    const few = [...both.filter(({ month }) => month > 0), ...six('led', 100, -3).slice(0, 4)]
    expect(cells(few, 3, 'spend')).toMatchObject({
      before: { hidden: true, text: 'not shown' },
      change: { text: '–', csv: '–' },
    })
    expect(JSON.stringify(compare(few, 3))).not.toContain('"4.00"')
  })
  test('the figures are those of a page printed a year ago, whatever came after', () => {
    const spend = fc.record({
      person: fc.integer({ min: 0, max: 15 }),
      providerId: fc.constantFrom(...PROVIDERS.keys()),
      category: fc.constantFrom('help_at_home', 'wellbeing'),
      ward: fc.constantFrom('w1', 'w2'),
      month: fc.integer({ min: -12, max: 11 }),
      pence: fc.integer({ min: 1, max: 9_000 }),
    })
    fc.assert(
      fc.property(fc.array(spend, { maxLength: 120 }), fc.constantFrom(...PERIODS), (spends, period) => {
        const all = [...spends, ...six('led', 1, -12)]
        const printed = all.filter(({ month }) => month < 0).map((one) => ({ ...one, month: one.month + 12 }))
        expect(compare(all, period).before).toEqual(headlines(viewOf(printed, period)))
      }),
      { numRuns: 40 },
    )
  })
})

describe('who came in and who left', () => {
  const spends = [
    ...six('led', 1, 7),
    ...six('led', 1, 10),
    ...six('castle', 1, 8),
    ...six('weavers', 1, 9),
    ...six('p', 1, 6),
    ...six('q', 1, 11),
  ]
  test('against as many months just before, by kind, those who work alone together', () => {
    const { table, all } = movementTable(viewOf(spends, 3), [...spends, ...six('led', 1, 0)], 0, 'May 2025')
    expect(all).toEqual({ before: 3, came: 2, left: 2, now: 3 })
    const csv = (key: string) =>
      ['before', 'came', 'left', 'now'].map(
        (column) =>
          [...table.rows, ...(table.foot ? [table.foot] : [])].find((row) => row.key === key)?.cells[column]
            ?.csv,
      )
    expect(csv('user_led_organisation')).toEqual(['1', '0', '0', '1'])
    expect(csv('private_company')).toEqual(['1', '0', '1', '0'])
    expect(csv('cooperative')).toEqual(['0', '1', '0', '1'])
    expect(csv('sole_workers')).toEqual(['1', '1', '1', '1'])
    expect(csv('total')).toEqual(['3', '2', '2', '3'])
    expect(JSON.stringify(table)).not.toContain('castle')
  })
  test('those before, and who came, less who left, are those now', () => {
    const month = fc.integer({ min: -12, max: 11 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...PROVIDERS.keys()), month), { maxLength: 60 }),
        fc.constantFrom(...PERIODS),
        (some, period) => {
          const parts = movement(
            some.flatMap(([id, at]) => six(id, 1, at)),
            period,
          )
          const size = (key: string) => parts.get(key)?.size ?? 0
          expect(size('before') + size('came') - size('left')).toBe(size('now'))
        },
      ),
    )
  })
  test('records that begin later give no figure, and say so', () => {
    const { all, lead, table } = movementTable(viewOf(spends, 12), spends, 6, 'May 2026')
    expect(all).toBeNull()
    expect(lead).toContain('first visit was settled in May 2026')
    expect(table.foot?.cells['came']).toMatchObject({ text: 'no figure', hidden: true })
    expect(table.foot?.cells['now']?.csv).toBe('5')
  })
})
