import { describe, expect, test } from 'vitest'
import {
  isTold,
  needsEvidence,
  personMayEnd,
  SCOPES_OF,
  scopesTooMany,
} from '#services/circle/authority.rules.ts'
import { giveAuthoritySchema, recordAuthoritySchema } from '#services/circle/circle.schema.ts'
import { AUTHORITY_TYPES, SCOPES } from '#services/kernel/actor.ts'

const personId = '01900000-0000-7000-8000-000000000001'

describe('what a supporter may be given', () => {
  test('an advocate never asks for support and never has the money', () => {
    expect(SCOPES_OF.advocate).not.toContain('book')
    expect(SCOPES_OF.advocate).not.toContain('manage_money')
  })
  test('only three kinds manage money', () =>
    expect(AUTHORITY_TYPES.filter((type) => SCOPES_OF[type].includes('manage_money'))).toEqual([
      'nominated_person',
      'authorised_person',
      'attorney_or_deputy_finance',
    ]))
  test('everything that is too much is named', () =>
    expect(scopesTooMany('advocate', SCOPES)).toEqual(['book', 'manage_money']))
  test('papers are needed for all that a person cannot give by their own word', () =>
    expect(AUTHORITY_TYPES.filter((type) => !needsEvidence(type))).toEqual([
      'informal',
      'broker',
      'advocate',
    ]))
  test('what a court or deed made is not ended with one press', () =>
    expect(AUTHORITY_TYPES.filter((type) => !personMayEnd(type))).toEqual([
      'authorised_person',
      'attorney_or_deputy_finance',
      'attorney_or_deputy_welfare',
      'dwp_appointee',
    ]))
})

describe('who is told', () => {
  test('an advocate is, whatever they were given', () => expect(isTold('advocate', ['see_plan'])).toBe(true))
  test('a friend with nothing to do is not', () =>
    expect(isTold('informal', ['see_plan', 'review'])).toBe(false))
  test.each(['book', 'confirm_hours', 'message'] as const)('a friend who may %s is', (scope) =>
    expect(isTold('informal', [scope])).toBe(true),
  )
})

describe('the form', () => {
  const form = {
    personId,
    who: 'somebody',
    name: 'Martin',
    email: 'Martin@Example.org',
    providerId: '',
    relationship: 'brother',
    type: 'informal',
    scopes: ['book'],
    endsOn: '',
  }
  const problems = (
    changes: object,
    schema: typeof giveAuthoritySchema | typeof recordAuthoritySchema = giveAuthoritySchema,
  ) => schema.safeParse({ ...form, ...changes }).error?.issues.map(({ path }) => path.join('.')) ?? []
  test('is right as it is', () => expect(problems({})).toEqual([]))
  test.each([
    ['nobody', { who: '' }, ['who']],
    ['no name', { name: ' ' }, ['name']],
    ['no address', { email: '' }, ['email']],
    ['an organisation that was not chosen', { who: 'organisation' }, ['providerId']],
    ['nothing they may do', { scopes: [] }, ['scopes']],
    ['something that is no scope', { scopes: ['everything'] }, ['scopes.0']],
    ['a kind that only the council records', { type: 'nominated_person' }, ['type']],
    ['an advocate who books', { type: 'advocate' }, ['scopes']],
    ['a date that does not exist', { endsOn: '2027-02-30' }, ['endsOn']],
    ['no relationship', { relationship: '' }, ['relationship']],
  ])('says what is wrong with %s', (_name, changes, fields) => expect(problems(changes)).toEqual(fields))
  test('a nominated person is recorded with papers only', () => {
    const nominated = { type: 'nominated_person', scopes: ['manage_money'] }
    expect(problems({ ...nominated, evidenceSeen: '' }, recordAuthoritySchema)).toEqual(['evidenceSeen'])
    expect(problems({ ...nominated, evidenceSeen: 'agreement of 3 March' }, recordAuthoritySchema)).toEqual(
      [],
    )
  })
})
