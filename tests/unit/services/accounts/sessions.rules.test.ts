import { describe, expect, test } from 'vitest'
import { firstExpiry, isFreshStep, sessionKind, sessionState } from '#services/accounts/sessions.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const now = Temporal.Instant.from('2026-11-02T10:00:00Z')
const at = (hours: number): Temporal.Instant => now.add({ hours })

describe('the kind of a session', () => {
  test.each([
    ['somebody with no role is a person', { operator: false, staff: false, provider: false }, 'person'],
    ['a member of a provider is a provider', { operator: false, staff: false, provider: true }, 'provider'],
    ['staff who are members too are staff', { operator: false, staff: true, provider: true }, 'staff'],
    ['an operator is as strict as staff', { operator: true, staff: false, provider: false }, 'staff'],
  ] as const)('%s', (_name, roles, kind) => expect(sessionKind(roles)).toBe(kind))
})

describe('how long it lasts', () => {
  test.each([
    ['person', 720],
    ['provider', 336],
    ['staff', 8],
  ] as const)('a session of kind %s begins with %i hours', (kind, hours) =>
    expect(now.until(firstExpiry(kind, now)).total('hours')).toBe(hours),
  )
  test('it is over at its end', () =>
    expect(sessionState({ createdAt: at(-720), expiresAt: now }, 'person', now)).toEqual({ live: false }))
  test('a fresh one is not written again', () =>
    expect(sessionState({ createdAt: at(-1), expiresAt: at(719) }, 'person', now)).toEqual({
      live: true,
      extendTo: null,
    }))
  test('after a day of use it moves on by its whole length', () => {
    const state = sessionState({ createdAt: at(-30), expiresAt: at(690) }, 'person', now)
    expect(state.live && state.extendTo?.toString()).toBe(at(720).toString())
  })
  test('a staff session does not move on', () =>
    expect(sessionState({ createdAt: at(-7), expiresAt: at(1) }, 'staff', now)).toEqual({
      live: true,
      extendTo: null,
    }))
  test('a role given in the middle of a long session makes it short', () =>
    expect(sessionState({ createdAt: at(-9), expiresAt: at(700) }, 'staff', now)).toEqual({ live: false }))
})

describe('whether the second step is recent enough', () => {
  const before = (minutes: number): Temporal.Instant => now.subtract({ minutes })
  test.each([
    ['never done', null, false],
    ['just now', before(0), true],
    ['nine minutes ago', before(9), true],
    ['ten minutes ago', before(10), false],
  ] as const)('%s', (_name, doneAt, fresh) => expect(isFreshStep(doneAt, now)).toBe(fresh))
})
