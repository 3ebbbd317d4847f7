import { describe, expect, test } from 'vitest'
import { modulusCheck } from '#services/payees/modulus.rules.ts'
import { CHECKS, RANGES, SUBSTITUTES } from '#services/payees/sort-code-table.ts'

/** The cases that are published with the rules, in their order: one for each method and each exception. */
const VALID = [
  ['089999', '66374958'], ['107999', '88837491'], ['202959', '63748472'], ['871427', '46238510'], ['872427', '46238510'],
  ['871427', '09123496'], ['871427', '99123496'], ['820000', '73688637'], ['827999', '73988638'], ['827101', '28748352'],
  ['134020', '63849203'], ['118765', '64371389'], ['200915', '41011166'], ['938611', '07806039'], ['938600', '42368003'],
  ['938063', '55065200'], ['772798', '99345694'], ['086090', '06774744'], ['309070', '02355688'], ['309070', '12345668'],
  ['309070', '12345677'], ['309070', '99345694'], ['074456', '12345112'], ['070116', '34012583'], ['074456', '11104102'],
  ['180002', '00000190'],
] as const // prettier-ignore
const INVALID = [
  ['938063', '15764273'], ['938063', '15764264'], ['938063', '15763217'], ['118765', '64371388'], ['203099', '66831036'],
  ['203099', '58716970'], ['089999', '66374959'], ['107999', '88837493'],
] as const // prettier-ignore

describe('the published check of account numbers', () => {
  test.each(VALID)('%s %s can belong together', (sortCode, account) => {
    expect(modulusCheck(sortCode, account)).toBe('valid')
  })
  test.each(INVALID)('%s %s cannot', (sortCode, account) => {
    expect(modulusCheck(sortCode, account)).toBe('invalid')
  })
  test('asked again it answers the same: nothing of the table is changed by asking', () => {
    const ask = () => [...VALID, ...INVALID].map(([sortCode, account]) => modulusCheck(sortCode, account))
    expect(ask()).toEqual(ask())
  })
  test('a sort code that nothing is published for is not held against anybody', () => {
    expect(modulusCheck('000012', '12345678')).toBe('not_covered')
  })
  test('a single wrong digit in the account number is found nearly always', () => {
    const wrong = [...'66374958'].flatMap((digit, place) =>
      [...'0123456789']
        .filter((other) => other !== digit)
        .map((other) => `66374958`.slice(0, place) + other + `66374958`.slice(place + 1)),
    )
    expect(wrong.filter((account) => modulusCheck('089999', account) === 'valid')).toEqual([])
  })
})

test('the table is whole: ranges in order, apart from each other, each with one or two known checks', () => {
  let before = -1
  const entries = RANGES.trim().split(/\s+/)
  expect(entries).toHaveLength(723)
  for (const entry of entries) {
    const match = /^(\d{6})(?:-(\d{6}))?:(\d+)(?:\+(\d+))?$/.exec(entry)
    expect(match, entry).not.toBeNull()
    const [from, until] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])]
    expect(from, entry).toBeGreaterThan(before)
    expect(until).toBeGreaterThanOrEqual(from)
    before = until
    expect(Number(match?.[3])).toBeLessThan(CHECKS.length)
    expect(Number(match?.[4] ?? 0)).toBeLessThan(CHECKS.length)
  }
  for (const check of CHECKS) expect(check).toMatch(/^(MOD10|MOD11|DBLAL)( -?\d{1,3}){14}( \d{1,2})?$/)
  expect(SUBSTITUTES.trim().split(/\s+/)).toHaveLength(21)
})
