import { describe, expect, test } from 'vitest'
import { landingPage, safeNext } from '#services/accounts/landing.rules.ts'
import { userActor } from '#tests/factories/world.ts'

describe('where somebody goes on to', () => {
  test.each([
    ['a page of ours', '/my/week?day=2026-11-02', '/my/week?day=2026-11-02'],
    ['nothing', null, null],
    ['another site', 'https://elsewhere.example/my', null],
    ['another site without its scheme', '//elsewhere.example', null],
    ['a backslash, which browsers read as a slash', '/\\elsewhere.example', null],
    ['a backslash further on', '/my\\..\\..', null],
    ['a tab, which browsers leave out', '/\t/elsewhere.example', null],
    ['a script', 'javascript:alert(1)', null],
    ['the sign-in page itself, which would go round in a circle', '/sign-in/code', null],
    ['signing out', '/sign-out', null],
    ['far too long', `/${'a'.repeat(1_001)}`, null],
  ])('%s', (_name, next, page) => expect(safeNext(next)).toBe(page))
})

describe('the first page after signing in', () => {
  const council = '01900000-0000-7000-8000-000000000001'
  test.each([
    [
      'staff',
      { staff: [{ councilId: council, roles: ['adviser'] as const }], personId: council },
      false,
      '/council',
    ],
    ['an operator', { operator: true }, false, '/council'],
    ['a person', { personId: council }, true, '/my/week'],
    ['a supporter', {}, true, '/my/circle'],
    [
      'a member of a provider',
      { providers: [{ providerId: council, memberId: council, role: 'owner' as const }] },
      false,
      '/provider',
    ],
    ['somebody new', {}, false, '/'],
  ])('%s', (_name, changes, supports, page) =>
    expect(landingPage({ actor: userActor(council, changes), supports })).toBe(page),
  )
})
