import { expect, test } from 'vitest'
import { DomainError } from '#services/kernel/errors.ts'
import { describeError, makeLog, masked } from '#services/log.server.ts'

class DatabaseError extends Error {
  override name = 'PrismaClientKnownRequestError'
  code = 'P2002'
  meta = {
    driverAdapterError: { cause: { originalCode: '23505', detail: 'Key (email)=(maureen@example.test)' } },
  }
}

test('an error of the database is written down without its words and values', () => {
  const written = describeError(new DatabaseError('Unique constraint failed on maureen@example.test'))
  expect(written).toMatchObject({ kind: 'PrismaClientKnownRequestError', code: 'P2002', sqlState: '23505' })
  expect(JSON.stringify(written)).not.toContain('maureen')
})

test('a refusal is written down with its public sentence', () => {
  expect(describeError(new DomainError('CLASH', 'That time is taken.'))).toMatchObject({
    message: 'That time is taken.',
  })
})

test('what caused an error is described in the same way', () => {
  const error = new Error('It failed', { cause: new DatabaseError('maureen@example.test') })
  expect(describeError(error)).toMatchObject({ message: 'It failed', cause: { sqlState: '23505' } })
  expect(JSON.stringify(describeError(error))).not.toContain('maureen')
})

test.each([
  ['Mail to maureen.a@example.test bounced', 'Mail to [e-mail] bounced'],
  ['No row 019354a0-0000-7000-8000-000000000000', 'No row [id]'],
  ['Nothing near OL1 1AA', 'Nothing near [postcode]'],
  ['Call 01632 960 100', 'Call [number]'],
])('"%s" becomes "%s"', (text, expected) => {
  expect(masked(text)).toBe(expected)
})

test('something thrown that is no error is not written down at all', () => {
  expect(describeError('maureen@example.test')).toEqual({ kind: 'string' })
})

test('the log passes errors through the description', () => {
  const lines: string[] = []
  makeLog('info', { write: (line) => void lines.push(line) }).error(
    { err: new DatabaseError('maureen') },
    'it failed',
  )
  expect(lines.join()).toContain('23505')
  expect(lines.join()).not.toContain('maureen')
})
