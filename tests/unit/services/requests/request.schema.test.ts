import { describe, expect, test } from 'vitest'
import { askSchema } from '#services/requests/request.schema.ts'
import { askForm } from '#tests/factories/requests.ts'
import { newId } from '#services/kernel/ids.ts'

const read = (changes: Record<string, unknown>) => askSchema.safeParse(askForm(newId(), changes))
const wrong = (changes: Record<string, unknown>): string[] =>
  read(changes).error?.issues.map(({ path }) => String(path[0])) ?? []

test('of a whole postcode the second half is forgotten', () => {
  expect(read({ near: ' qa1 7zz' }).data?.near).toBe('QA1')
  expect(JSON.stringify(read({ near: 'QA1 7ZZ' }).data)).not.toContain('7ZZ')
})

test('where it happens may not matter', () => {
  expect(read({ setting: 'any' }).data?.setting).toBeNull()
})

describe('each slip has a sentence beside its own field', () => {
  test.each([
    ['near', 'Millgate'],
    ['category', ''],
    ['setting', 'kith-none'],
    ['days', []],
    ['days', ['8']],
    ['from', '25:61'],
    ['until', '08:00'],
    ['minutes', '-30'],
    ['date', '2026-02-31'],
    ['matters', '  '],
    ['matters', 'a'.repeat(1_001)],
    ['funds', ['gold']],
    ['open', '29'],
    ['open', '0'],
    ['repeat', 'often'],
  ])('%s: %j', (field, value) => {
    expect(wrong({ [field]: value })).toContain(field)
  })
})
