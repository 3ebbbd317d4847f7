import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LONDON, londonDay, londonOffset, momentsOfWall } from '#services/kernel/london.ts'
import { Temporal, londonDate, readWallTime } from '#services/kernel/time.ts'

const from = Date.UTC(1965, 0, 1)
const until = Date.UTC(2090, 0, 1)
const zoned = (epochMs: number) => Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(LONDON)
/** Every moment, and those around the changes of the clocks much more often than chance would bring them. */
const changes: number[] = []
for (
  let at = zoned(from).getTimeZoneTransition('next');
  at && at.epochMilliseconds < until;
  at = at.getTimeZoneTransition('next')
)
  changes.push(at.epochMilliseconds)
const moment = fc.oneof(
  fc.integer({ min: from, max: until }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -7_200_000, max: 7_200_000 }))
    .map(([at, by]) => at + by),
  fc
    .tuple(fc.constantFrom(...changes), fc.constantFrom(-3_600_000, -1, 0, 1, 3_600_000))
    .map(([at, by]) => at + by),
)

describe("London's clock in milliseconds", () => {
  test('is where Temporal says it is, at every moment', () => {
    fc.assert(
      fc.property(moment, (at) => {
        expect(londonOffset(at)).toBe(zoned(at).offsetNanoseconds / 1_000_000)
        expect(londonDate(Temporal.Instant.fromEpochMilliseconds(at)).toString()).toBe(
          zoned(at).toPlainDate().toString(),
        )
        expect(londonDay(at)).toBe(
          new Temporal.PlainDate(1970, 1, 1).until(zoned(at).toPlainDate(), { largestUnit: 'days' }).days,
        )
      }),
      { numRuns: 3000 },
    )
  })

  test('finds the moments of a wall time: none when it is skipped, two when it comes twice', () => {
    fc.assert(
      fc.property(moment, (wallMs) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(wallMs)
          .toZonedDateTimeISO('UTC')
          .toPlainDateTime()
        const both = (['earlier', 'later'] as const).map((disambiguation) =>
          wall.toZonedDateTime(LONDON, { disambiguation }),
        )
        const right = both.filter((at) => at.toPlainDateTime().equals(wall)).map((at) => at.epochMilliseconds)
        expect(momentsOfWall(wallMs)).toEqual([...new Set(right)])
      }),
      { numRuns: 3000 },
    )
  })

  test('knows the hours that people ask about', () => {
    expect(readWallTime('2027-03-28', '01:30')).toEqual({ ok: false, why: 'skipped' })
    expect(readWallTime('2026-10-25', '01:30')).toEqual({ ok: false, why: 'repeated' })
    const after = readWallTime('2027-03-28', '02:00')
    expect(after.ok && after.instant.toString()).toBe('2027-03-28T01:00:00Z')
    const before = readWallTime('2026-10-25', '00:59')
    expect(before.ok && before.instant.toString()).toBe('2026-10-24T23:59:00Z')
    const second = readWallTime('2026-10-25', '02:00')
    expect(second.ok && second.instant.toString()).toBe('2026-10-25T02:00:00Z')
  })
})
