import { describe, expect, test } from 'vitest'
import { readSessionToken, sessionCookie } from '#services/accounts/session-cookie.server.ts'

const settings = {
  origin: 'http://localhost:3000',
  sessionSecret: 'a secret that only tests know, long enough',
}
const https = { ...settings, origin: 'https://kith.example' }
const headerOf = (cookie: string): string => cookie.split(';')[0] ?? ''

describe('the cookie of a session', () => {
  test('is kept from scripts and from other sites’ forms', () => {
    expect(sessionCookie(settings, 'token')).toMatch(/; HttpOnly; SameSite=Lax$/)
    expect(sessionCookie(https, 'token')).toMatch(/^__Secure-.*; HttpOnly; SameSite=Lax; Secure$/)
  })
  test('gives its token back among other cookies', () =>
    expect(readSessionToken(settings, `a=1; ${headerOf(sessionCookie(settings, 'abc.def'))}; b=2`)).toBe(
      'abc.def',
    ))
  test('counts for nothing when it was signed elsewhere', () => {
    const other = sessionCookie(
      { ...settings, sessionSecret: 'another secret, also long enough here' },
      'token',
    )
    expect(readSessionToken(settings, headerOf(other))).toBeNull()
  })
  test.each([
    null,
    '',
    'kith.session_token=',
    'kith.session_token=token',
    'kith.session_token=%E0%A4%A',
    'kith.session_token=.x',
  ])('counts for nothing when it is %s', (header) => expect(readSessionToken(settings, header)).toBeNull())
})
