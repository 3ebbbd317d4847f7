import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cancelsFree,
  chargedMinutes,
  finalQuote,
  quoteVisit,
  unitTotal,
} from '#services/bookings/quote.rules.ts'
import { settledLines } from '#services/bookings/settled-lines.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { londonInstant } from '#services/kernel/time.ts'
import { terms } from '#tests/factories/terms.ts'

const monday = londonInstant('2026-11-09', '09:00')
const uplift = (kind: 'weekend' | 'evening' | 'bank_holiday', upliftBps: number) => ({
  kind,
  label: `${kind} rate`,
  pence: 0,
  upliftBps,
  category: null,
})
const withUplifts = terms({
  prices: [
    ...terms().prices,
    uplift('weekend', 2000),
    uplift('evening', 1000),
    uplift('bank_holiday', 10_000),
  ],
})

describe('a quote', () => {
  test('has a line for time and a line for travel', () =>
    expect(quoteVisit(terms(), monday, 60).lines.map((line) => [line.label, line.pence])).toEqual([
      ['1 hour', 2500],
      ['Travel', 250],
    ]))

  test('the total is the sum of its lines, and never below the plain price', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), fc.integer({ min: 0, max: 8760 }), (minutes, hours) => {
        const quote = quoteVisit(withUplifts, monday.add({ hours }), minutes)
        expect(quote.total).toBe(quote.lines.reduce((sum, line) => sum + line.pence, 0))
        expect(quote.total).toBeGreaterThanOrEqual(quoteVisit(terms(), monday, minutes).total)
      }),
    ))

  test('only the hours after eight are dearer in the evening', () =>
    expect(quoteVisit(withUplifts, londonInstant('2026-11-09', '19:00'), 120).lines[1]).toMatchObject({
      label: 'evening rate (1 hour)',
      pence: 250,
    }))

  test('the dearest rate holds; rates never add up', () =>
    expect(
      quoteVisit(withUplifts, londonInstant('2026-12-26', '21:00'), 60).lines.map((line) => line.kind),
    ).toEqual(['base', 'weekend', 'travel']))

  test('Christmas Day is a bank holiday', () =>
    expect(quoteVisit(withUplifts, londonInstant('2026-12-25', '09:00'), 60).lines[1]).toMatchObject({
      kind: 'bank_holiday',
      pence: 2500,
    }))

  test('a night over the change of the clocks is charged for the hours it lasts', () =>
    expect(quoteVisit(terms(), londonInstant('2027-03-27', '22:00'), 480).lines[0]?.pence).toBe(20_000))

  test('a session is one price however long it is', () =>
    expect(quoteVisit(terms({ unit: 'session' }), monday, 90).lines[0]).toMatchObject({
      label: 'One session',
      pence: 2500,
    }))

  test('what a card shows has travel in it', () => expect(unitTotal(terms())).toBe(2750))
  test('something free has no lines', () =>
    expect(quoteVisit(terms({ prices: [] }), monday, 60)).toEqual({ lines: [], total: 0 }))
})

describe('what is charged', () => {
  test.each([
    ['booked time is charged as booked', terms({ chargingBasis: 'booked_time' }), 20, 60],
    ['five minutes either way is nobody’s business', terms(), 56, 60],
    ['less is rounded up to the next quarter', terms(), 40, 45],
    ['never under the minimum', terms(), 5, 30],
    ['more is more, before anybody approved it', terms(), 80, 90],
  ])('%s', (_name, by, actual, charged) => expect(chargedMinutes(by, 60, actual)).toBe(charged))

  test('the worked example of the ledger: 45 minutes are £21.25', () =>
    expect(finalQuote(terms(), monday, 60, 45).total).toBe(2125))
  test('more than was quoted needs approval', () => {
    expect(finalQuote(terms(), monday, 60, 90).total).toBe(2750)
    expect(finalQuote(terms(), monday, 60, 90, true).total).toBe(4000)
  })
})

test('cancelling is free until the window, counted in real hours over a clock change', () => {
  const visit = londonInstant('2027-03-28', '09:00')
  expect(cancelsFree(terms(), visit, londonInstant('2027-03-27', '08:00'))).toBe(true)
  expect(cancelsFree(terms(), visit, londonInstant('2027-03-27', '09:00'))).toBe(false)
})

test('a final price spread over its lines adds up', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 60_000 }),
      (lines, final) => {
        fc.pre(lines.some((line) => line > 0))
        const parts = settledLines(lines.map(pence), pence(final))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(final)
      },
    ),
  ))
