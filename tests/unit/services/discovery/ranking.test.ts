import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_TIME, type Candidate } from '#services/discovery/facts.rules.ts'
import {
  drawOf,
  getsATurn,
  isHidden,
  momentOf,
  PARTS,
  reasonsFor,
  scoreOf,
  WEIGHTS,
  type Part,
} from '#services/discovery/ranking.rules.ts'
import { chord } from '#services/kernel/geo.ts'
import { Temporal } from '#services/kernel/time.ts'

const now = momentOf(Temporal.Instant.from('2026-11-02T10:00:00Z').epochMilliseconds)
const usual: Candidate = {
  no: 1,
  category: 2,
  kind: 3,
  setting: 1,
  regulated: false,
  bookable: true,
  tiny: false,
  place: false,
  comesToYou: false,
  days: 31,
  offered: 31,
  size: 3,
  languages: 1,
  checks: 0,
  access: 0,
  workers: 0,
  audiences: 1,
  pricePence: 2_000,
  unit: 1,
  confirmedDay: now.day - 10,
  listedDay: now.day - 400,
  experience: 4,
  known: true,
  providerHash: 7,
  nextFree: now.minute + 600,
  rank: 0,
  chord: -1,
}
const score = (changes: Partial<Candidate>, near = true) => scoreOf({ ...usual, ...changes }, now, near)
const anyCandidate: fc.Arbitrary<Candidate> = fc.record({
  no: fc.nat(),
  category: fc.nat(31),
  kind: fc.nat(15),
  setting: fc.nat(5),
  regulated: fc.boolean(),
  bookable: fc.boolean(),
  tiny: fc.boolean(),
  place: fc.boolean(),
  comesToYou: fc.boolean(),
  days: fc.nat(127),
  offered: fc.nat(127),
  size: fc.nat(5),
  languages: fc.nat(0xffffff),
  checks: fc.nat(31),
  access: fc.nat(0xffffff),
  workers: fc.nat(3),
  audiences: fc.nat(),
  pricePence: fc.integer({ min: -1, max: 1_000_000 }),
  unit: fc.nat(9),
  confirmedDay: fc.integer({ min: now.day - 800, max: now.day }),
  listedDay: fc.integer({ min: now.day - 3_000, max: now.day }),
  experience: fc.oneof(fc.constant(0), fc.double({ min: 1, max: 5, noNaN: true })),
  known: fc.boolean(),
  providerHash: fc.nat(0xffff),
  nextFree: fc.oneof(fc.constant(NO_TIME), fc.integer({ min: now.minute, max: now.minute + 100_000 })),
  rank: fc.double({ min: 0, max: 1, noNaN: true }),
  chord: fc.oneof(fc.constant(-1), fc.double({ min: 0, max: 0.01, noNaN: true })),
})

describe('the charter', () => {
  test('every part is a share between nothing and all of its weight', () => {
    fc.assert(
      fc.property(anyCandidate, (candidate) => {
        for (const part of Object.keys(PARTS) as Part[]) {
          expect(PARTS[part](candidate, now)).toBeGreaterThanOrEqual(0)
          expect(PARTS[part](candidate, now)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
  test('nothing outside it changes the order: not the price, the kind, the category, the regulator, the days or for whom', () => {
    fc.assert(
      fc.property(anyCandidate, anyCandidate, (candidate, other) => {
        const { rank, chord: line, comesToYou, setting, experience, nextFree, confirmedDay } = candidate
        const { tiny, listedDay, place, providerHash, bookable } = candidate
        // All that the charter names stays; everything else is another's.
        const changed = {
          ...other,
          ...{ rank, chord: line, comesToYou, setting, experience, nextFree, confirmedDay },
          ...{ tiny, listedDay, place, providerHash, bookable },
        }
        expect(scoreOf(changed, now, true)).toBe(scoreOf(candidate, now, true))
      }),
    )
  })
  test('better words, nearer, better liked, sooner and fresher are each higher', () => {
    expect(score({ rank: 0.6 })).toBeGreaterThan(score({ rank: 0.1 }))
    expect(score({ chord: chord(500) })).toBeGreaterThan(score({ chord: chord(9_000) }))
    expect(score({ experience: 4.6 })).toBeGreaterThan(score({ experience: 3.1 }))
    expect(score({ nextFree: now.minute + 60 })).toBeGreaterThan(score({ nextFree: now.minute + 30_000 }))
    expect(score({ confirmedDay: now.day - 100 })).toBeGreaterThan(score({ confirmedDay: now.day - 200 }))
  })
  test('what can be booked comes before what cannot when all else is equal', () => {
    expect(score({})).toBeGreaterThan(score({ bookable: false }))
  })
  test('distance does not count when no place was named', () => {
    expect(score({ chord: chord(500) }, false)).toBe(score({ chord: chord(50_000) }, false))
  })
  test('those who come to people lose little by starting further away', () => {
    const loss = (comesToYou: boolean) =>
      score({ comesToYou, chord: chord(100) }) - score({ comesToYou, chord: chord(12_000) })
    expect(loss(true)).toBeLessThan(loss(false) / 2)
  })
  test('nobody has said yet is no worse than the usual', () => {
    expect(score({ experience: 0 })).toBeGreaterThan(score({ experience: 3 }))
    expect(score({ experience: 0 })).toBeLessThan(score({ experience: 4.5 }))
  })
})

describe('a fair turn', () => {
  test('is for the new and the tiny, never for a place that nobody claimed', () => {
    expect(getsATurn({ ...usual, tiny: true }, now)).toBe(true)
    expect(getsATurn({ ...usual, listedDay: now.day - 30 }, now)).toBe(true)
    expect(getsATurn(usual, now)).toBe(false)
    expect(getsATurn({ ...usual, tiny: true, place: true }, now)).toBe(false)
  })
  test('is bounded: it never outdoes a title that matches or half a mile against ten', () => {
    fc.assert(
      fc.property(anyCandidate, (candidate) => {
        const without = scoreOf({ ...candidate, tiny: false, listedDay: now.day - 400 }, now, true)
        expect(scoreOf(candidate, now, true) - without).toBeLessThanOrEqual(WEIGHTS.turn + 1e-9)
      }),
    )
    expect(WEIGHTS.turn).toBeLessThan(WEIGHTS.words / 10)
  })
  test('is the same all day for everybody and changes with the day', () => {
    expect(drawOf(7, now.day)).toBe(drawOf(7, now.day))
    expect(drawOf(7, now.day)).not.toBe(drawOf(7, now.day + 1))
  })
  test('goes round: over a year each of fifty is in the first half about half of the days', () => {
    for (let provider = 0; provider < 50; provider += 1) {
      const days = Array.from({ length: 365 }, (_, day) => drawOf(provider * 977, now.day + day))
      const good = days.filter((draw) => draw > 0.5).length
      expect(good).toBeGreaterThan(140)
      expect(good).toBeLessThan(225)
    }
  })
})

describe('what is out of date', () => {
  test('is not found after a year without a word, and a register’s facts stay', () => {
    expect(isHidden({ ...usual, confirmedDay: now.day - 366 }, now)).toBe(true)
    expect(isHidden({ ...usual, confirmedDay: now.day - 365 }, now)).toBe(false)
    expect(isHidden({ ...usual, place: true, confirmedDay: now.day - 2_000 }, now)).toBe(false)
  })
})

describe('why a result is where it is', () => {
  test('names what moved it, strongest first', () => {
    const why = reasonsFor({ ...usual, rank: 0.6, comesToYou: true, chord: chord(400) }, now, {
      words: true,
      near: true,
    })
    expect(why.slice(0, 2)).toEqual(['words', 'comes_to_you'])
    expect(why).toContain('soon')
  })
  test('says liked only when at least three people have said so', () => {
    const asked = { words: false, near: false }
    expect(reasonsFor({ ...usual, experience: 4.5 }, now, asked)).toContain('liked')
    expect(reasonsFor({ ...usual, experience: 4.5, known: false }, now, asked)).not.toContain('liked')
  })
  test('says what holds it back last', () => {
    const why = reasonsFor({ ...usual, bookable: false, confirmedDay: now.day - 200 }, now, {
      words: false,
      near: false,
    })
    expect(why.slice(-2)).toEqual(['stale', 'not_bookable'])
  })
})
