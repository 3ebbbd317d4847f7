import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type FundOutlook,
  forecast,
  forecastWith,
  history,
  warnings,
} from '#services/budgets/forecast.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const fund = (changes: Partial<FundOutlook> = {}): FundOutlook => ({
  today: day('2026-11-23'),
  endsOn: day('2027-04-04'),
  left: 124_800,
  setAside: 86_400,
  toCome: 0,
  aheadFourWeeks: 36_800,
  spentFourWeeks: 0,
  ...changes,
})

describe('whether a fund lasts', () => {
  test('£2,112 not yet spent at £92 a week for nineteen weeks leaves £364', () => {
    expect(forecast(fund())).toMatchObject({
      weekly: 9_200,
      notSpent: 211_200,
      over: 36_400,
      runsOutOn: null,
    })
  })
  test('money still to come counts', () => {
    expect(forecast(fund({ toCome: 10_000 }))?.over).toBe(46_400)
  })
  test('the day it runs out', () => {
    const seen = forecast(fund({ left: 0, setAside: 9_200 }))
    expect(seen?.runsOutOn?.toString()).toBe('2026-11-30')
    expect(seen?.over).toBe(9_200 - 174_800)
  })
  test('nothing booked: as in the last four weeks', () => {
    expect(forecast(fund({ aheadFourWeeks: 0, spentFourWeeks: 4_000 }))).toMatchObject({
      weekly: 1_000,
      from: 'spent',
    })
  })
  test.each([
    ['nothing booked and nothing spent', { aheadFourWeeks: 0 }],
    ['a fund that has ended', { endsOn: day('2026-11-22') }],
  ])('nothing is said about %s', (_words, changes) => {
    expect(forecast(fund(changes))).toBeNull()
  })
})

describe('support that is booked further ahead than four weeks', () => {
  const weeks = (...booked: number[]) =>
    fund({ left: 0, setAside: 0, toCome: 10_000, booked, aheadFourWeeks: 1 })
  test('counts week by week, and goes on as it was on average', () => {
    // 19 weeks: eight of £10.00, then eleven at the same rate.
    expect(forecast(weeks(...Array<number>(8).fill(1_000)))).toMatchObject({
      weekly: 1_000,
      from: 'booked',
      weeks: 8,
      over: 10_000 - 19_000,
    })
  })
  test('runs out in the week that takes the last of it', () => {
    const seen = forecast(weeks(0, 0, 0, 0, 0, 9_000, 2_000))
    // Six weeks leave £10.00 of the £20.00 of the seventh: half of it.
    expect(seen?.runsOutOn?.toString()).toBe(
      day('2026-11-23')
        .add({ days: 42 + 3 })
        .toString(),
    )
  })
  test('nothing booked and nothing spent: as the plan gives it', () => {
    expect(forecast(fund({ aheadFourWeeks: 0, agreedWeekly: 1_000 }))).toMatchObject({
      weekly: 1_000,
      from: 'agreed',
    })
  })
})

describe('what is not a visit', () => {
  const quiet = { setAside: 0, aheadFourWeeks: 0 }
  test('wages are paid beside the visits that are booked', () => {
    expect(forecast(fund({ wagesWeekly: 5_000 }))).toMatchObject({
      weekly: 14_200,
      wages: 5_000,
      over: 211_200 - 19 * 14_200,
    })
    const booked = [1_000, 0, 0, 0, 1_000]
    expect(forecast(fund({ booked, wagesWeekly: 5_000 }))).toMatchObject({
      weekly: 5_400,
      over: 211_200 - (5 * 5_000 + 2_000) - 14 * 5_400,
    })
  })
  test('wages are among what was spent, and among what the plan gives', () => {
    expect(forecast(fund({ ...quiet, spentFourWeeks: 40_000, wagesWeekly: 5_000 }))).toMatchObject({
      weekly: 10_000,
      from: 'spent',
    })
    expect(forecast(fund({ ...quiet, agreedWeekly: 6_000, wagesWeekly: 5_000 }))).toMatchObject({
      weekly: 6_000,
      from: 'agreed',
    })
  })
  test('whoever is employed is paid when nothing else is known', () => {
    expect(forecast(fund({ ...quiet, wagesWeekly: 5_000 }))).toMatchObject({ weekly: 5_000, from: 'wages' })
  })
  test('what is set aside for something else than visits ahead is as good as spent', () => {
    const plain = forecast(fund())
    const promised = forecast(fund({ promised: 10_000 }))
    expect(promised?.over).toBe((plain?.over ?? 0) - 10_000)
    expect(promised?.notSpent).toBe(plain?.notSpent)
    // All that is not promised is gone at once.
    expect(forecast(fund({ left: 0, setAside: 9_200, promised: 9_200 }))?.runsOutOn?.toString()).toBe(
      '2026-11-23',
    )
  })
})

describe('what happens if more is booked', () => {
  const one = fund({ left: 30_000, setAside: 0, aheadFourWeeks: 4_000 })
  test('a single visit is taken from what would be over', () => {
    const more = [{ on: day('2026-12-10'), pence: 2_750 }]
    expect(forecastWith(one, more)?.over).toBe((forecast(one)?.over ?? 0) - 2_750)
    expect(forecastWith(one, [])?.over).toBe(forecast(one)?.over)
  })
  test('a series of four goes on until the fund ends', () => {
    const more = [0, 1, 2, 3].map((week) => ({ on: day('2026-11-24').add({ weeks: week }), pence: 500 }))
    // 19 weeks at £10.00 and £5.00.
    expect(forecastWith(one, more)).toMatchObject({ weekly: 1_500, over: 30_000 - 19 * 1_500 })
    const three = forecastWith(one, more.slice(0, 3))
    expect(three).toMatchObject({ weekly: 1_000, over: 30_000 - 19_000 - 1_500 })
  })
  test('of a fund of which nothing is known says what is asked for', () => {
    const unknown = fund({ left: 5_000, setAside: 0, aheadFourWeeks: 0 })
    expect(forecastWith(unknown, [{ on: day('2026-12-10'), pence: 2_750 }])?.over).toBe(2_250)
    expect(forecastWith(fund({ endsOn: day('2026-11-22') }), [])).toBeNull()
  })
  test('more never lasts longer, and what is over and missing is the same to the penny', () => {
    const visits = fc.array(
      fc.record({ days: fc.integer({ min: 0, max: 200 }), pence: fc.integer({ min: 1, max: 20_000 }) }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(
        visits,
        fc.array(fc.integer({ min: 0, max: 9_000 }), { maxLength: 30 }),
        (given, booked) => {
          const before = fund({
            booked,
            aheadFourWeeks: booked.slice(0, 4).reduce((sum, pence) => sum + pence, 0),
          })
          const more = given.map(({ days, pence }) => ({ on: before.today.add({ days }), pence }))
          const [base, after] = [forecastWith(before, []), forecastWith(before, more)]
          if (!base || !after) return
          expect(after.over).toBeLessThanOrEqual(base.over)
          expect(after.runsOutOn === null).toBe(after.over >= 0)
          if (base.runsOutOn && after.runsOutOn)
            expect(Temporal.PlainDate.compare(after.runsOutOn, base.runsOutOn)).toBeLessThanOrEqual(0)
        },
      ),
    )
  })
})

describe('warnings', () => {
  test('a fund that ends in ten weeks with money in it', () => {
    const voucher = fund({ left: 7_500, setAside: 0, aheadFourWeeks: 0, endsOn: day('2027-01-31') })
    expect(warnings(voucher, forecast(voucher))).toEqual([{ kind: 'ends_soon', weeks: 10, left: 7_500 }])
  })
  test('none when all of it will be used', () => {
    const used = fund({ left: 7_500, setAside: 0, aheadFourWeeks: 4_000, endsOn: day('2027-01-31') })
    expect(warnings(used, forecast(used)).map((one) => one.kind)).toEqual(['will_not_last'])
  })
  test.each([
    ['2026-11-23', 1],
    ['2026-11-30', 1],
    ['2026-12-01', 2],
    ['2026-12-28', 5],
  ])('one that ends on %s ends in so many weeks: %i', (endsOn, weeks) => {
    const voucher = fund({ left: 7_500, setAside: 0, aheadFourWeeks: 0, endsOn: day(endsOn) })
    expect(warnings(voucher, null)).toMatchObject([{ kind: 'ends_soon', weeks }])
  })
  test('none a year before its end', () => {
    expect(warnings(fund({ endsOn: day('2027-11-22') }), null)).toEqual([])
  })
})

describe('the line of what was not yet spent', () => {
  test('begins with all of it and ends with what is there now', () => {
    const points = history({ startsOn: day('2026-11-04'), today: day('2026-11-23'), notSpentNow: 5_000 }, [
      { week: '2026-11-02', spent: 1_000 },
      { week: '2026-11-16', spent: 2_000 },
    ])
    expect(points.map((point) => [point.day.toString(), point.notSpent])).toEqual([
      ['2026-11-04', 8_000],
      ['2026-11-08', 7_000],
      ['2026-11-15', 7_000],
      ['2026-11-22', 5_000],
      ['2026-11-23', 5_000],
    ])
  })
  test('a fund that begins today has two points', () => {
    const today = day('2026-11-23')
    expect(history({ startsOn: today, today, notSpentNow: 100 }, [])).toHaveLength(2)
  })
})
