import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnWidths, leastWidth } from '#services/documents/pdf-columns.rules.ts'

const widthOf = (text: string): number => text.length * 6

describe('columns of a paper', () => {
  test.each([
    ['a sum', '£14,400.00'],
    ['a day', '27 November 2026'],
    ['a reference', 'YMXC VMWZ'],
  ])('%s stays on one line', (_name, text) => {
    expect(leastWidth(text, widthOf)).toBe(widthOf(text))
  })

  test('of other words the longest stays whole', () => {
    expect(leastWidth('Open pottery morning', widthOf)).toBe(widthOf('pottery'))
  })

  test('a column that is too narrow by its share gets what it needs, and the others give way', () => {
    expect(columnWidths([1, 1, 8], [60, 0, 0], 100)).toEqual([60, 40 / 9, (40 * 8) / 9])
    expect(columnWidths([1, 1], [10, 10], 100)).toEqual([50, 50])
  })

  test('where all together need more than there is, the shares stand', () => {
    expect(columnWidths([1, 3], [80, 80], 100)).toEqual([25, 75])
  })

  test('they always fill the page, none narrower than it may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 60 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (columns) => {
          const least = columns.map(([, one]) => one)
          const widths = columnWidths(
            columns.map(([share]) => share),
            least,
            480,
          )
          expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(480)
          widths.forEach((width, i) => {
            expect(width).toBeGreaterThanOrEqual((least[i] ?? 0) - 1e-9)
          })
        },
      ),
    )
  })
})
