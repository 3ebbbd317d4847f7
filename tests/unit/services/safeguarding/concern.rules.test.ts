import { describe, expect, test } from 'vitest'
import { mayBecome } from '#services/safeguarding/concern.rules.ts'
import { CONCERN_STATES, raiseConcernSchema } from '#services/safeguarding/concern.schema.ts'

const allowed = [
  'received looking_into_it',
  'received closed',
  'looking_into_it looking_into_it',
  'looking_into_it closed',
  'closed looking_into_it',
]

describe('how a concern goes on', () => {
  const pairs = CONCERN_STATES.flatMap((from) => CONCERN_STATES.map((to) => [from, to] as const))
  test.each(pairs)('from %s to %s', (from, to) =>
    expect(mayBecome(from, to)).toBe(allowed.includes(`${from} ${to}`)),
  )
})

describe('the form', () => {
  const form = {
    councilId: '01900000-0000-7000-8000-000000000001',
    about: 'Joan',
    whatHappened: 'She was shouted at.',
    inDanger: 'no',
    consent: 'agrees',
  }
  const problems = (changes: object) =>
    raiseConcernSchema.safeParse({ ...form, ...changes }).error?.issues.map(({ path }) => path.join('.')) ??
    []
  test('needs no name of whoever raises it', () => expect(problems({})).toEqual([]))
  test.each([
    ['no council', { councilId: '' }, ['councilId']],
    ['nobody it is about', { about: ' ' }, ['about']],
    ['nothing that happened', { whatHappened: '' }, ['whatHappened']],
    ['a book', { whatHappened: 'a'.repeat(5_001) }, ['whatHappened']],
    ['no word on danger', { inDanger: '' }, ['inDanger']],
    ['no word on consent', { consent: '' }, ['consent']],
    ['no reason against their will', { consent: 'does_not_agree' }, ['consentReason']],
  ])('says what is wrong with %s', (_name, changes, fields) => expect(problems(changes)).toEqual(fields))
  test('nobody having asked yet needs no reason: the team asks', () =>
    expect(problems({ consent: 'not_known' })).toEqual([]))
})
