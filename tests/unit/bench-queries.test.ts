import { expect, test } from 'vitest'
import { parseFind } from '#services/discovery/find.schema.ts'
import { queries } from '#tests/bench/queries.ts'

test('the bench asks 300 different searches, each of which the page takes', () => {
  const asked = queries()
  expect(new Set(asked).size).toBe(300)
  const refused = asked.filter(
    (address) => Object.keys(parseFind(new URLSearchParams(address)).errors).length > 0,
  )
  expect(refused).toEqual([])
})
