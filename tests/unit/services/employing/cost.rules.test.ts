import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AGES, employmentCost, leastPay, sickWeek } from '#services/employing/cost.rules.ts'
import { costOf } from '#services/employing/cost-page.server.ts'
import { RATES, ratesOn } from '#services/employing/rates.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

const { rates } = ratesOn('2026-11-22')
const page = (query: string, day = '2026-11-22') => costOf(day, new URLSearchParams(query))
const TWENTY = 'hourly=14&hours=20&age=adult&fee=18&insurance=&budget=1280'

describe('what employing somebody costs', () => {
  test('20 hours a week at £14.00, to the penny', () => {
    const { cost, budget } = page(TWENTY)
    expect(cost).toMatchObject({
      wages: 112_000,
      // 15 % of £1,120.00 − 4 × £96.00
      nationalInsurance: 11_040,
      nationalInsuranceWithAllowance: 0,
      // 3 % of £1,120.00 − 4 × £120.00
      pension: 1920,
      fee: 1800,
      totalWithAllowance: 115_720,
      totalWithout: 126_760,
      joins: 'by_law',
      holidayCover: 12_062,
      sickWeek: 12_325,
    })
    expect([
      (budget ?? 0) - (cost?.totalWithAllowance ?? 0),
      (budget ?? 0) - (cost?.totalWithout ?? 0),
    ]).toEqual([12_280, 1240])
  })

  test('somebody of 19 costs no National Insurance and need not be in a pension, but may ask', () => {
    expect(page('hourly=12&hours=30&age=under_21&fee=&insurance=&budget=').cost).toMatchObject({
      nationalInsurance: 0,
      pension: 0,
      joins: 'may_ask',
      pensionIfAsked: 2880,
    })
  })

  test('few hours are below every threshold: the wage is all there is', () => {
    const { cost } = page('hourly=13&hours=5&age=adult&fee=&insurance=&budget=')
    expect(cost).toMatchObject({ wages: 26_000, totalWithout: 26_000, joins: 'no', sickWeek: 5200 })
  })

  test('insurance for a year is spread over thirteen times four weeks', () => {
    expect(page('hourly=14&hours=20&age=adult&fee=0&insurance=130&budget=').cost?.insurance).toBe(1000)
  })

  test('the total is the sum of its lines, more hours never cost less, and the allowance never makes it dearer', () => {
    const some = fc.record({
      hourly: fc.integer({ min: 800, max: 6000 }).map(pence),
      minutesAWeek: fc.integer({ min: 15, max: 168 * 60 }),
      age: fc.constantFrom(...AGES),
      fee: fc.integer({ min: 0, max: 10_000 }).map(pence),
      insuranceAYear: fc.integer({ min: 0, max: 50_000 }).map(pence),
    })
    fc.assert(
      fc.property(some, (input) => {
        const cost = employmentCost(input, rates)
        expect(cost.totalWithout).toBe(
          cost.wages + cost.nationalInsurance + cost.pension + cost.fee + cost.insurance,
        )
        expect(cost.totalWithAllowance).toBeLessThanOrEqual(cost.totalWithout)
        expect(cost.sickWeek).toBeLessThanOrEqual(cost.wages)
        const more = employmentCost({ ...input, minutesAWeek: input.minutesAWeek + 15 }, rates)
        expect(more.totalWithout).toBeGreaterThanOrEqual(cost.totalWithout)
      }),
    )
  })
})

describe('what is typed', () => {
  test('nothing yet: no figures and no complaint', () => {
    expect(page('')).toMatchObject({ errors: {}, cost: null })
  })

  test.each([
    ['hourly=&hours=20&age=adult', 'hourly', 'Enter the pay for an hour, for example 14.00'],
    [
      'hourly=12.70&hours=20&age=twenty_one',
      'hourly',
      'By law somebody of this age is paid at least £12.71 an hour',
    ],
    ['hourly=-14&hours=20&age=adult', 'hourly', 'Enter the pay for an hour, for example 14.00'],
    ['hourly=14&hours=0&age=adult', 'hours', 'Enter at least a quarter of an hour'],
    ['hourly=14&hours=169&age=adult', 'hours', 'A week has 168 hours'],
    ['hourly=14&hours=twenty&age=adult', 'hours', 'Enter how many hours a week, for example 20 or 7.5'],
    ['hourly=14&hours=20&age=old', 'age', 'Choose how old they are'],
    [
      'hourly=14&hours=20&age=adult&fee=1.005',
      'fee',
      'Enter what the payroll service costs for four weeks, or leave it empty',
    ],
    [
      'hourly=14&hours=20&age=adult&budget=9999999999999999',
      'budget',
      'Enter what you have for four weeks, or leave it empty',
    ],
  ])('%s is refused beside %s, and stays as it was typed', (query, field, sentence) => {
    const answer = page(query)
    expect(answer.errors).toEqual({ [field]: [sentence] })
    expect(answer.cost).toBeNull()
    expect(answer.typed['hours']).toBe(new URLSearchParams(query).get('hours'))
  })

  test('the least pay is what the law says for the age', () => {
    expect(AGES.map((age) => leastPay(age, '2026-11-22'))).toEqual([800, 1085, 1271, 1271, 1271])
  })
})

describe('rates have a year', () => {
  test('years follow one another without a gap, each with its sources', () => {
    for (const [n, one] of RATES.entries()) {
      expect(one.sources.length).toBeGreaterThan(0)
      const next = RATES[n + 1]
      if (next) expect(Temporal.PlainDate.from(one.until).add({ days: 1 }).toString()).toBe(next.from)
    }
  })

  test('National Insurance, pension and sick pay change on 6 April, the least pay five days before', () => {
    expect(ratesOn('2026-04-05').rates.year).toBe('2025/26')
    expect(ratesOn('2026-04-06').rates.year).toBe('2026/27')
    expect(['2026-03-31', '2026-04-01'].map((day) => leastPay('adult', day))).toEqual([1221, 1271])
    // Until 5 April sick pay is for those who earn £125.00 a week; from 6 April for all, but no more than 80 % of what they earn.
    const [before, after] = ['2026-04-05', '2026-04-06'].map((day) => ratesOn(day).rates)
    const week = (earned: number) => [before, after].map((one) => one && sickWeek(pence(earned), one))
    expect(week(124_99)).toEqual([0, 99_99])
    expect(week(125_00)).toEqual([118_75, 100_00])
    expect(week(280_00)).toEqual([118_75, 123_25])
  })

  test('from 6 April the page says that its rates are of the year before, until the new ones are in', () => {
    expect(page(TWENTY, '2027-04-05').current).toBe(true)
    expect(page(TWENTY, '2027-04-06')).toMatchObject({ current: false, year: '2026/27' })
  })
})
