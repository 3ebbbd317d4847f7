import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  COUNT_BOUNDS,
  determined,
  MONEY_BOUNDS,
  suppress,
  withTotals,
  type Mark,
} from '#services/market/suppression.rules.ts'

const small = (_i: number, _j: number, value: number): Mark => (value >= 1 && value <= 4 ? 'small' : 'shown')

/**
 * Somebody with the published table, its totals and the words of the hidden cells, who tries every table that fits.
 * Answers the values that each hidden cell may still have. Knows nothing of how the cells were chosen.
 */
function attack(values: number[][], marks: Mark[][], most: number): Map<string, Set<number>> {
  const m = values.length - 1
  const n = (values[0]?.length ?? 1) - 1
  const possible = new Map<string, Set<number>>()
  const guess = values.map((row) => [...row])
  const open = values.flatMap((row, i) =>
    row.flatMap((_, j) => (marks[i]?.[j] === 'shown' || i === m || j === n ? [] : [{ i, j }])),
  )
  const fits = (i: number, j: number, value: number): boolean => {
    const mark = marks[i]?.[j] ?? 'shown'
    if (mark === 'shown') return value === values[i]?.[j]
    const { low, high } = COUNT_BOUNDS(mark)
    return value >= low && value <= high
  }
  const tryAll = (k: number): void => {
    const cell = open[k]
    if (!cell) {
      const whole = withTotals(
        guess.slice(0, m).map((row) => row.slice(0, n)),
        n,
      )
      if (!whole.every((row, i) => row.every((value, j) => fits(i, j, value)))) return
      whole.forEach((row, i) => {
        row.forEach((value, j) => {
          if (marks[i]?.[j] === 'shown') return
          const key = `${String(i)},${String(j)}`
          possible.set(key, (possible.get(key) ?? new Set()).add(value))
        })
      })
      return
    }
    const mark = marks[cell.i]?.[cell.j] ?? 'small'
    const { low, high } = COUNT_BOUNDS(mark === 'shown' ? 'small' : mark)
    for (let value = low; value <= Math.min(high, most); value += 1) {
      const row = guess[cell.i]
      if (row) row[cell.j] = value
      tryAll(k + 1)
    }
  }
  tryAll(0)
  return possible
}

const table = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).chain(([m, n]) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }), {
    minLength: m,
    maxLength: m,
  }),
)

test('somebody who tries every table that fits cannot tell the value of one hidden cell', () => {
  fc.assert(
    fc.property(table, (inner) => {
      const columns = inner[0]?.length ?? 1
      const marks = suppress({ inner, columns, first: small, boundsOf: COUNT_BOUNDS })
      const hiddenInside = marks
        .slice(0, -1)
        .flatMap((row) => row.slice(0, -1))
        .filter((mark) => mark !== 'shown')
      // Trying everything costs 10 to the power of what is hidden.
      fc.pre(hiddenInside.length <= 6)
      for (const values of attack(withTotals(inner, columns), marks, 12).values())
        expect(values.size).toBeGreaterThan(1)
    }),
    { numRuns: 400 },
  )
})

test('the audit agrees with trying every table', () => {
  const marked = table.chain((inner) =>
    fc.tuple(
      fc.constant(inner),
      fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
    ),
  )
  fc.assert(
    fc.property(marked, ([inner, hide]) => {
      const columns = inner[0]?.length ?? 1
      const values = withTotals(inner, columns)
      const marks = values.map((row, i) =>
        row.map((value, j): Mark =>
          value === 0 || !hide[i]?.[j] ? 'shown' : value <= 4 ? 'small' : 'protecting',
        ),
      )
      fc.pre(
        marks
          .slice(0, -1)
          .flatMap((row) => row.slice(0, -1))
          .filter((mark) => mark !== 'shown').length <= 4,
      )
      const found = new Set(
        determined(values, marks, COUNT_BOUNDS).map(({ i, j }) => `${String(i)},${String(j)}`),
      )
      for (const [key, possible] of attack(values, marks, 30))
        expect([key, found.has(key)]).toEqual([key, possible.size === 1])
    }),
    { numRuns: 150 },
  )
})

test('four cells of 1 and their total of 4 are not given away by their words, and hide nothing else', () => {
  const inner = [
    [1, 1, 1, 1, 0],
    [30, 40, 50, 60, 9],
    [11, 60, 70, 80, 7],
    [2, 3, 12, 14, 20],
  ]
  const marks = suppress({ inner, columns: 5, first: small, boundsOf: COUNT_BOUNDS })
  expect(determined(withTotals(inner, 5), marks, COUNT_BOUNDS)).toEqual([])
  expect(marks[0]?.[5]).toBe('vague')
  expect(marks[4]?.[5]).toBe('shown')
  expect(marks.slice(1, 4).filter((row) => row[5] === 'shown').length).toBeGreaterThanOrEqual(2)
})

test('wide tables of small counts end with nothing that can be worked out', () => {
  const wide = fc.array(fc.array(fc.nat({ max: 6 }), { minLength: 7, maxLength: 7 }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(wide, (inner) => {
      const marks = suppress({ inner, columns: 7, first: small, boundsOf: COUNT_BOUNDS })
      const values = withTotals(inner, 7)
      const known = determined(values, marks, COUNT_BOUNDS)
      // One row alone, or one cell, has nothing to hide behind but everything being hidden.
      const open = marks.flat().filter((mark, k) => mark === 'shown' && (values.flat()[k] ?? 0) > 0).length
      if (known.length > 0) expect(open).toBe(0)
    }),
  )
})

test('every count from 1 to 4 is hidden, totals included, and zeros stay', () => {
  fc.assert(
    fc.property(table, (inner) => {
      const columns = inner[0]?.length ?? 1
      const marks = suppress({ inner, columns, first: small, boundsOf: COUNT_BOUNDS })
      withTotals(inner, columns).forEach((row, i) => {
        row.forEach((value, j) => {
          if (value >= 1 && value <= 4) expect(['small', 'vague']).toContain(marks[i]?.[j])
          if (value === 0) expect(marks[i]?.[j]).toBe('shown')
        })
      })
    }),
  )
})

test('one small count takes the next smallest of its row and of its column with it', () => {
  const marks = suppress({
    inner: [
      [3, 20, 9],
      [30, 40, 50],
      [11, 60, 70],
    ],
    columns: 3,
    first: small,
    boundsOf: COUNT_BOUNDS,
  })
  expect(marks).toEqual([
    ['small', 'shown', 'protecting', 'shown'],
    ['shown', 'shown', 'shown', 'shown'],
    ['protecting', 'shown', 'protecting', 'shown'],
    ['shown', 'shown', 'shown', 'shown'],
  ])
})

test('two counts of four that add up to eight are no protection for each other', () => {
  const marks = suppress({ inner: [[4, 4, 9, 12]], columns: 4, first: small, boundsOf: COUNT_BOUNDS })
  expect(marks[0]?.slice(0, 3)).toEqual(['small', 'small', 'protecting'])
})

test('hidden sums of money that may not be told together take more with them', () => {
  const marks = suppress({
    inner: [[10, 20, 300, 4000]],
    columns: 4,
    first: (_i, j) => (j === 0 || j === 1 ? 'small' : 'shown'),
    boundsOf: MONEY_BOUNDS,
    mayTellSum: (line) => line.some(({ j }) => j > 1),
  })
  expect(marks[0]?.slice(0, 4)).toEqual(['small', 'small', 'protecting', 'shown'])
})
