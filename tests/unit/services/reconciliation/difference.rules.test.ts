import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Difference,
  type KnownItem,
  ageWords,
  between,
  planOf,
} from '#services/reconciliation/difference.rules.ts'

const difference = (key: string, changes: Partial<Difference> = {}): Difference => ({
  source: 'bank', key, councilId: null, providerId: null, subjectId: null, words: 'They differ.', ledgerPence: 100, outsidePence: 90, ...changes,
}) // prettier-ignore
const item = (key: string, changes: Partial<KnownItem> = {}): KnownItem => ({
  id: `id-${key}`, key, state: 'open', words: 'They differ.', ledgerPence: 100, outsidePence: 90, ...changes,
}) // prettier-ignore

describe('a difference', () => {
  test('that is found for the first time is a new item, once, however often it is in the list', () => {
    expect(planOf([difference('a'), difference('a')], []).insert).toHaveLength(1)
  })
  test('that is known and open stays as it is', () => {
    expect(planOf([difference('a')], [item('a')])).toEqual({ insert: [], reopen: [], change: [], gone: [] })
  })
  test('whose figures change is the same item', () => {
    const plan = planOf([difference('a', { outsidePence: 80 })], [item('a')])
    expect(plan.change.map(({ id }) => id)).toEqual(['id-a'])
    expect([plan.insert, plan.reopen, plan.gone]).toEqual([[], [], []])
  })
  test('that holds no longer is gone; one that was explained stays explained', () => {
    expect(planOf([], [item('a'), item('b', { state: 'explained' })]).gone).toEqual(['id-a'])
  })
  test('that was explained is open again only with other figures; one that was gone always', () => {
    const explained = item('a', { state: 'explained' })
    expect(planOf([difference('a')], [explained]).reopen).toEqual([])
    expect(planOf([difference('a', { words: 'In other words.' })], [explained]).reopen).toEqual([])
    expect(planOf([difference('a', { ledgerPence: null })], [explained]).reopen).toHaveLength(1)
    expect(planOf([difference('a')], [item('a', { state: 'gone' })]).reopen).toHaveLength(1)
  })
})

describe('whatever is found day after day', () => {
  const pence = fc.option(fc.integer({ min: -1_000, max: 1_000 }))
  const found = fc.uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), ledgerPence: pence, outsidePence: pence }),
    { selector: ({ key }) => key, maxLength: 4 },
  )
  /** What writing a plan makes of the items. */
  const write = (items: readonly KnownItem[], list: readonly Difference[]): KnownItem[] => {
    const plan = planOf(list, items)
    const after = items.map((one): KnownItem => {
      const again = [...plan.reopen, ...plan.change].find(({ id }) => id === one.id)
      if (again) return { ...one, ...again.now, id: one.id, state: 'open' }
      return plan.gone.includes(one.id) ? { ...one, state: 'gone' } : one
    })
    return [
      ...after,
      ...plan.insert.map((one): KnownItem => ({ ...one, id: `id-${one.key}`, state: 'open' })),
    ]
  }

  test('each is one item, what is open is what holds, and the same list twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(found, { maxLength: 6 }), (days) => {
        let items: KnownItem[] = []
        for (const day of days) {
          const list = day.map((one) => difference(one.key, one))
          items = write(items, list)
          expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
          expect(
            items
              .filter(({ state }) => state === 'open')
              .map(({ key }) => key)
              .sort(),
          ).toEqual(day.map(({ key }) => key).sort())
          expect(planOf(list, items)).toEqual({ insert: [], reopen: [], change: [], gone: [] })
        }
      }),
    )
  })
})

test.each([
  [0, 'today'],
  [1, '1 day'],
  [12, '12 days'],
])('%s days old is said as %s', (days, words) => {
  expect(ageWords(days)).toBe(words)
})

test('between the two sides is nothing while one of them says nothing', () => {
  expect(between({ ledgerPence: 100, outsidePence: 90 })).toBe(-10)
  expect(between({ ledgerPence: null, outsidePence: 90 })).toBeNull()
})
