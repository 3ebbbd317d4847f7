import { expect, test } from 'vitest'
import { asDomainError, sqlState } from '#services/db/errors.server.ts'
import { DomainError } from '#services/kernel/errors.ts'

const fromPrisma = (code: string, originalCode: string) =>
  Object.assign(new Error('no'), { code, meta: { driverAdapterError: { cause: { originalCode } } } })
const fromPg = (code: string) => Object.assign(new Error('no'), { code })

test.each([
  ['an overlap in a model call', fromPrisma('P2039', '23P01'), 'CLASH'],
  ['an overlap in raw SQL', fromPrisma('P2010', '23P01'), 'CLASH'],
  ['an overlap on the pool', fromPg('23P01'), 'CLASH'],
  ['a duplicate', fromPrisma('P2002', '23505'), 'STALE_STATE'],
  ['a deadlock', fromPrisma('P2034', '40P01'), 'STALE_STATE'],
  ['a null byte', fromPg('22021'), 'INVALID'],
  ['a row that is gone', Object.assign(new Error('no'), { code: 'P2025' }), 'STALE_STATE'],
  ['no connection', fromPg('ECONNREFUSED'), 'UNAVAILABLE'],
  ['a server that is stopping', fromPg('57P01'), 'UNAVAILABLE'],
])('%s becomes a refusal for a person', (_name, error, code) => {
  expect(asDomainError(error)).toMatchObject({ code })
})

test('anything else stays what it was', () => {
  const error = new TypeError('x is not a function')
  expect(asDomainError(error)).toBe(error)
  expect(asDomainError('text')).toBe('text')
})

test('a refusal passes through', () => {
  const error = new DomainError('FORBIDDEN', 'No.')
  expect(asDomainError(error)).toBe(error)
})

test('Prisma’s own codes are not taken for those of PostgreSQL', () => {
  expect(sqlState(Object.assign(new Error('no'), { code: 'P2002' }))).toBeNull()
})
