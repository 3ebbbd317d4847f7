import { describe, expect, test } from 'vitest'
import { keyedHash, seal, secretOf, unseal } from '#services/accounts/seal.server.ts'
import { Temporal } from '#services/kernel/time.ts'

const secret = 'a secret that only tests know, long enough'
const now = Temporal.Instant.from('2026-11-02T10:00:00Z')
const later = now.add({ minutes: 10 })

describe('what is sealed', () => {
  const sealed = seal(secret, 'test', { email: 'joan@example.org' }, later)
  test('comes back', () => expect(unseal(secret, 'test', sealed, now)).toEqual({ email: 'joan@example.org' }))
  test('cannot be read from outside', () =>
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('joan'))
  test('is over when its time is', () => expect(unseal(secret, 'test', sealed, later)).toBeNull())
  test('opens nothing else', () => expect(unseal(secret, 'another purpose', sealed, now)).toBeNull())
  test('opens with no other secret', () => expect(unseal(`${secret}!`, 'test', sealed, now)).toBeNull())
  test('is never the same twice', () =>
    expect(seal(secret, 'test', { email: 'joan@example.org' }, later)).not.toBe(sealed))
  test('a changed letter makes it worthless', () => {
    const changed = `${sealed.slice(0, 30)}${sealed[30] === 'A' ? 'B' : 'A'}${sealed.slice(31)}`
    expect(unseal(secret, 'test', changed, now)).toBeNull()
  })
  test.each(['', 'x', '😀', 'A'.repeat(5_000)])('nonsense is nothing: %s', (text) =>
    expect(unseal(secret, 'test', text, now)).toBeNull(),
  )
})

test('a keyed hash depends on the secret and on the purpose', () => {
  const hash = keyedHash(secret, 'tries', 'joan@example.org')
  expect(keyedHash(secret, 'tries', 'joan@example.org')).toBe(hash)
  expect(keyedHash(`${secret}!`, 'tries', 'joan@example.org')).not.toBe(hash)
  expect(keyedHash(secret, 'code', 'joan@example.org')).not.toBe(hash)
})

test('without a secret nothing is signed', () => expect(() => secretOf({ sessionSecret: null })).toThrow())
