import { expect, test } from 'vitest'
import { freeNames, isUnnamed } from '#services/providers/lanes.rules.ts'

test.each([
  ['Worker 3', null, true],
  ['Place 12', null, true],
  ['Worker 3', 'a member', false],
  ['Sam', null, false],
  ['Worker', null, false],
  ['Worker 3b', null, false],
])('%s (%s) has no name of its own: %s', (name, memberId, unnamed) => {
  expect(isUnnamed({ name, memberId })).toBe(unnamed)
})

test('new ones take the first numbers that are free', () => {
  expect(freeNames(['Worker 1', 'Place 3', 'Sam'], 3)).toEqual(['Worker 2', 'Worker 4', 'Worker 5'])
  expect(freeNames([], 0)).toEqual([])
})
