import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ASSUMPTIONS, KINDS } from '#services/hours-saved/assumptions.ts'
import {
  answerSchema,
  assumptionOn,
  quarterBefore,
  quarterOf,
  quarterWords,
  roughly,
  savedBy,
  toldOf,
} from '#services/hours-saved/hours.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)

describe('an assumption', () => {
  test.each(KINDS)('there is one for %s today, with its minutes and its source', (kind) => {
    const holds = assumptionOn(kind, '2026-11-28')
    expect(holds?.minutes).toBeGreaterThan(0)
    expect(holds?.source).not.toBe('')
  })
  test('holds from its day on, until the next one of its kind', () => {
    const first = { kind: 'receipt' as const, from: '2026-01-01', minutes: 5, what: '', source: 'Ours' }
    const measured = { ...first, from: '2027-01-01', minutes: 3, source: 'Measured' }
    const all = [measured, first, { ...first, kind: 'invoice' as const, from: '2026-06-01', minutes: 8 }]
    expect(assumptionOn('receipt', '2025-12-31', all)).toBeNull()
    expect(assumptionOn('receipt', '2026-12-31', all)?.minutes).toBe(5)
    expect(assumptionOn('receipt', '2027-01-01', all)?.minutes).toBe(3)
    const spared = [
      { kind: 'receipt' as const, on: '2026-12-31', count: 2 },
      { kind: 'receipt' as const, on: '2027-01-01', count: 4 },
      { kind: 'invoice' as const, on: '2027-01-01', count: 100 },
    ]
    expect(savedBy(spared, 'receipt', all)).toEqual({ count: 6, minutes: 22 })
  })
  test('is added up piece by piece: in whatever order, and in whatever heaps', () => {
    const piece = fc.record({
      kind: fc.constantFrom(...KINDS),
      on: fc.date({ min: new Date('2021-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10)),
      count: fc.integer({ min: 0, max: 1_000 }),
    }) // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(20), (pieces, at) => {
        for (const kind of KINDS) {
          const whole = savedBy(pieces, kind)
          const [a, b] = [savedBy(pieces.slice(0, at), kind), savedBy(pieces.slice(at), kind)]
          expect(whole).toEqual({ count: a.count + b.count, minutes: a.minutes + b.minutes })
          expect(savedBy(pieces.toReversed(), kind)).toEqual(whole)
        }
      }),
    )
    expect(ASSUMPTIONS.every(({ minutes }) => Number.isInteger(minutes))).toBe(true)
  })
})

test.each([
  [0, '0 minutes'],
  [12, '10 minutes'],
  [58, '1 hour'],
  [60, '1 hour'],
  [95, '1.5 hours'],
  [6_000, '100 hours'],
])('%s minutes are said as %s', (minutes, words) => {
  expect(roughly(minutes)).toBe(words)
})

describe('a quarter', () => {
  test.each([
    ['2026-11-28', '2026-10-01', 'October to December 2026', '2026-07-01'],
    ['2026-01-01', '2026-01-01', 'January to March 2026', '2025-10-01'],
    ['2026-06-30', '2026-04-01', 'April to June 2026', '2026-01-01'],
  ])('of %s begins on %s: %s', (on, first, words, before) => {
    const quarter = quarterOf(day(on))
    expect([quarter.toString(), quarterWords(quarter), quarterBefore(quarter).toString()]).toEqual([
      first,
      words,
      before,
    ])
  })
})

describe('an answer', () => {
  const read = (hours: string, minutes: string) => answerSchema.safeParse({ hours, minutes })
  test.each([
    ['3', '', 180],
    ['3', '30', 210],
    ['', '45', 45],
    ['0', '0', 0],
    ['1000', '', 60_000],
  ])('of %s hours and %s minutes is kept', (hours, minutes, sum) => {
    expect(read(hours, minutes)).toMatchObject({ success: true, data: sum })
  })
  test.each([
    ['', '', 'hours'],
    ['three', '', 'hours'],
    ['-3', '', 'hours'],
    ['1001', '', 'hours'],
    ['3.5', '', 'hours'],
    ['99999999999999999999', '', 'hours'],
    ['1', '60', 'minutes'],
    ['1', 'half', 'minutes'],
    ['1000', '1', 'hours'],
  ])('of “%s” hours and “%s” minutes is refused beside %s', (hours, minutes, field) => {
    const answer = read(hours, minutes)
    expect(answer.success ? [] : answer.error.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })
})

describe('a council is told', () => {
  test('nothing of fewer than five people, nor of a sum that is mostly one person’s', () => {
    expect(toldOf({ people: 4, minutes: 400, most: 100 })).toEqual({ hidden: true })
    expect(toldOf({ people: 5, minutes: 500, most: 401 })).toEqual({ hidden: true })
    expect(toldOf({ people: 5, minutes: 500, most: 400 })).toEqual({ hidden: false, people: 5, minutes: 500 })
  })
  test('never of fewer than five, whatever they said', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60_000), { maxLength: 12 }), (said) => {
        const sum = said.reduce((all, one) => all + one, 0)
        const told = toldOf({ people: said.length, minutes: sum, most: Math.max(0, ...said) })
        if (said.length < 5) expect(told.hidden).toBe(true)
        if (!told.hidden) expect(Math.max(...said)).toBeLessThanOrEqual(sum * 0.8)
      }),
    )
  })
})
