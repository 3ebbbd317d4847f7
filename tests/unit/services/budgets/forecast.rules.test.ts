import { describe, expect, test } from 'vitest'
import { type FundOutlook, forecast, history, warnings } from '#services/budgets/forecast.rules.ts'
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

describe('warnings', () => {
  test('a fund that ends in ten weeks with money in it', () => {
    const voucher = fund({ left: 7_500, setAside: 0, aheadFourWeeks: 0, endsOn: day('2027-01-31') })
    expect(warnings(voucher, forecast(voucher))).toEqual([{ kind: 'ends_soon', weeks: 10, left: 7_500 }])
  })
  test('none when all of it will be used', () => {
    const used = fund({ left: 7_500, setAside: 0, aheadFourWeeks: 4_000, endsOn: day('2027-01-31') })
    expect(warnings(used, forecast(used)).map((one) => one.kind)).toEqual(['will_not_last'])
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
