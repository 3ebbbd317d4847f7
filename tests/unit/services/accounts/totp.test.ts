import { describe, expect, test } from 'vitest'
import { appShows, base32 } from '#services/accounts/totp.server.ts'
import { Temporal } from '#services/kernel/time.ts'

// RFC 6238, appendix B (SHA-1), the last six of its eight digits.
const SECRET = '12345678901234567890'
const at = (seconds: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)

describe('what an authenticator app shows', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %d seconds is the code of the standard', (seconds, code) =>
    expect(appShows(SECRET, code, at(seconds))).toBe(true),
  )
  test('counts half a minute early and late, and no longer', () => {
    expect(appShows(SECRET, '287082', at(59 + 30))).toBe(true)
    expect(appShows(SECRET, '287082', at(59 - 30))).toBe(true)
    expect(appShows(SECRET, '287082', at(59 + 61))).toBe(false)
  })
  test('is six digits and nothing else', () => {
    expect(appShows(SECRET, '94287082', at(59))).toBe(false)
    expect(appShows(SECRET, '', at(59))).toBe(false)
  })
})

test('the key is typed in base 32', () => {
  expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(base32('f')).toBe('MY')
})
