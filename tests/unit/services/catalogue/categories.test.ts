import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CATEGORIES, categoryOf } from '#services/catalogue/categories.ts'

describe('categories', () => {
  test('are the rows of the category table, word for word', () => {
    const sql = ['20261121000100_rules', '20261122000401_care_homes_and_price_units']
      .map((name) => readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'))
      .join('\n')
    const rows = [...sql.matchAll(/^ {2}\('(\w+)', '([^']+)', '(yes|no|maybe)', (\d+)\)/gm)].map(
      ([, code, name, personalCare, position]) => ({ code, name, personalCare, position: Number(position) }),
    )
    expect(rows).toHaveLength(27)
    expect(CATEGORIES).toEqual(rows)
  })

  test('a code that is none is a mistake of ours, not a category', () => {
    expect(() => categoryOf('magic')).toThrow(RangeError)
  })
})
