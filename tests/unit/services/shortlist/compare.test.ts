import { describe, expect, test } from 'vitest'
import {
  compareHref,
  isSlug,
  NOT_LISTED,
  orderedRows,
  readChosen,
  readMatters,
  ROWS,
  settle,
  summaryOf,
} from '#services/shortlist/compare.rules.ts'

const choose = (values: string[], known: readonly string[] = values) =>
  settle(readChosen(values), (slug) => known.includes(slug))

describe('which services an address chooses', () => {
  test('up to four stand as they are named', () => {
    expect(choose(['a', 'b', 'c', 'd'])).toEqual({ slugs: ['a', 'b', 'c', 'd'], problems: [] })
    expect(choose([])).toEqual({ slugs: [], problems: [] })
    expect(choose(['', ' '])).toEqual({ slugs: [], problems: [] })
  })

  test('one that was chosen twice is shown once, and that is said', () => {
    expect(choose(['a', 'b', 'a'])).toEqual({
      slugs: ['a', 'b'],
      problems: ['A service was chosen twice. It is shown once.'],
    })
  })

  test('what is not listed is left out, and never repeated to the reader', () => {
    expect(choose(['a', '<b>'], ['a'])).toEqual({ slugs: ['a'], problems: [NOT_LISTED] })
    expect(choose(['x', 'y'], []).problems).toEqual([
      '2 of the services are not listed here, so they are left out.',
    ])
  })

  test('of five the first four that are there are shown', () => {
    const { slugs, problems } = choose(['gone', 'a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd', 'e'])
    expect(slugs).toEqual(['a', 'b', 'c', 'd'])
    expect(problems).toHaveLength(2)
    expect(problems[1]).toBe('Up to 4 can stand side by side. These are the first 4 of the 5 you chose.')
  })

  test.each([
    ['morning-help', true],
    ["a'; drop table service", false],
    ['../x', false],
    ['', false],
    ['a'.repeat(300), false],
  ])('%s could be an address of a service: %s', (text, is) => {
    expect(isSlug(text)).toBe(is)
  })

  test('an address says which, and what comes first', () => {
    expect(compareHref([])).toBe('/compare')
    expect(compareHref(['a', 'b'], ['price'])).toBe('/compare?service=a&service=b&first=price')
  })
})

describe('what matters comes first', () => {
  test('and everything else follows in its usual order', () => {
    const usual = ROWS.map(({ key }) => key)
    expect(orderedRows([]).map(({ key }) => key)).toEqual(usual)
    const rows = orderedRows(readMatters(['change', 'said', 'nonsense'])).map(({ key }) => key)
    expect(rows.slice(0, 4)).toEqual(['said', 'absent', 'cancel', 'stop'])
    expect([...rows].sort()).toEqual([...usual].sort())
  })
})

describe('the table in short', () => {
  const hour = (title: string, total: number, on: string | null = null) => ({
    title,
    price: { total, unit: 'for one hour, all in' },
    free: false,
    nextFreeOn: on,
    nextFree: on && `${on} in words`,
  })

  test('says the lowest price and what is free soonest', () => {
    expect(summaryOf([hour('A', 2_000, '2026-11-05'), hour('B', 1_950, '2026-11-09')])).toEqual([
      'For one hour, all in, the lowest price is £19.50: B.',
      'Soonest free: A, 2026-11-05 in words.',
    ])
  })

  test('names all that are equal', () => {
    expect(summaryOf([hour('A', 2_000, '2026-11-05'), hour('B', 2_000, '2026-11-05')])).toEqual([
      'For one hour, all in, each costs £20.00.',
      'Soonest free, on the same day: A and B.',
    ])
    expect(summaryOf([hour('A', 2_000), hour('B', 2_000), hour('C', 2_100)])).toEqual([
      'For one hour, all in, the lowest price is £20.00: A and B.',
    ])
  })

  test('never compares an hour with a session', () => {
    const session = { ...hour('S', 500), price: { total: 500, unit: 'for one session, all in' } }
    expect(summaryOf([hour('A', 2_000), session])).toEqual([
      'The prices are for different things, such as an hour or a visit. Look at what each is for.',
    ])
  })

  test('says what is free for everybody apart from prices', () => {
    const gift = { title: 'Café', price: null, free: true, nextFreeOn: null, nextFree: null }
    expect(summaryOf([hour('A', 2_000), gift])).toEqual(['Café costs you nothing.'])
    expect(summaryOf([hour('A', 2_000)])).toEqual([])
  })
})
