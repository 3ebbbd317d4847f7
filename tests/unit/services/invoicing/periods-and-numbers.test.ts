import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Temporal } from '#services/kernel/time.ts'
import { numberWords, prefixOf, readPrefix, suggestPrefix } from '#services/invoicing/numbers.rules.ts'
import {
  BILLED_EVERY,
  lastClosed,
  periodBefore,
  periodOf,
  periodWords,
} from '#services/invoicing/periods.rules.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const days = fc.integer({ min: -3_000, max: 20_000 }).map((n) => day('2026-01-01').add({ days: n }))

describe('periods', () => {
  test('every day lies in exactly one; the next one begins the day after', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...BILLED_EVERY), (at, every) => {
        const { from, until } = periodOf(every, at)
        expect(Temporal.PlainDate.compare(from, at)).toBeLessThanOrEqual(0)
        expect(Temporal.PlainDate.compare(at, until)).toBeLessThanOrEqual(0)
        expect(periodOf(every, until.add({ days: 1 })).from.toString()).toBe(
          until.add({ days: 1 }).toString(),
        )
        expect(periodBefore(every, { from, until }).until.toString()).toBe(
          from.subtract({ days: 1 }).toString(),
        )
        if (every !== 'month') expect(from.dayOfWeek).toBe(1)
      }),
    )
  })

  test('the last one that is over has ended before today', () => {
    expect(periodWords(lastClosed('week', day('2026-11-02')))).toBe('26 October to 1 November 2026')
    expect(periodWords(lastClosed('four_weeks', day('2026-11-02')))).toBe('14 September to 11 October 2026')
    expect(periodWords(lastClosed('month', day('2027-01-01')))).toBe('1 to 31 December 2026')
    expect(periodWords({ from: day('2026-12-28'), until: day('2027-01-03') })).toBe(
      '28 December 2026 to 3 January 2027',
    )
  })
})

describe('numbers', () => {
  test.each([
    ['Weavers Care Co-op', 'WCC'],
    ['Otter Swim Buddies', 'OSB'],
    ['Quarry', 'QUA'],
    ['St Anne’s Lunch Table', 'SALT'],
    ['The Society of Friends and Neighbours for a Better and Kinder Town', 'SFNABKT'],
    ['…', 'INV'],
  ])('%s is suggested %s', (name, prefix) => {
    expect(suggestPrefix(name)).toBe(prefix)
  })
  test('whatever the name, what is suggested can be kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(readPrefix(suggestPrefix(name))).not.toBeNull()
      }),
    )
  })
  test.each([
    ['wcc', 'WCC-'],
    [' WCC- ', 'WCC-'],
    ['WCCWCCWC', 'WCCWCCWC-'],
  ])('“%s” is kept as %s', (typed, kept) => {
    expect(readPrefix(typed)).toBe(kept)
  })
  test.each(['', '-', 'WCC WCC', 'WCCWCCWCC', '=WCC', 'Wç'])('“%s” is no prefix', (typed) => {
    expect(readPrefix(typed)).toBeNull()
  })
  test('credit notes have a run of numbers of their own', () => {
    expect(numberWords({ prefix: prefixOf('WCC-', 'invoice'), number: 42 })).toBe('WCC-0042')
    expect(numberWords({ prefix: prefixOf('WCC-', 'credit_note'), number: 12_345 })).toBe('WCC-CN-12345')
  })
})
