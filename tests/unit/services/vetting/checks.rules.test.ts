import { describe, expect, test } from 'vitest'
import {
  type CheckPress,
  type CheckState,
  TRANSITIONS,
  mayPress,
  standingOf,
} from '#services/vetting/checks.rules.ts'
import { readDay } from '#services/vetting/day.schema.ts'
import { mayCheck, requireChecker } from '#services/vetting/vetting.policy.ts'

const states: CheckState[] = ['not_needed', 'asked', 'evidence_given', 'verified', 'expired', 'refused']
const allowed: Record<CheckPress, CheckState[]> = {
  give_evidence: ['asked', 'evidence_given', 'expired', 'refused'],
  verify: ['asked', 'evidence_given', 'expired'],
  refuse: ['asked', 'evidence_given', 'verified', 'expired'],
  expire: ['verified'],
}

describe('a check', () => {
  test('moves on only from the states that the table names', () => {
    for (const press of Object.keys(allowed) as CheckPress[])
      expect(states.filter((state) => mayPress(press, state))).toEqual(allowed[press])
  })
  test('is verified by a checker alone', () =>
    expect(Object.values(TRANSITIONS).filter(({ to }) => to === 'verified')).toEqual([
      expect.objectContaining({ by: 'checker' }),
    ]))
  test.each([
    ['verified', null, 'checked'],
    ['verified', 61, 'checked'],
    ['verified', 60, 'runs_out'],
    ['verified', 0, 'runs_out'],
    ['verified', -1, 'ended'],
    ['asked', -1, 'wanted'],
    ['evidence_given', null, 'waiting'],
    ['expired', -9, 'ended'],
    ['refused', null, 'refused'],
  ] as const)('%s with %s days left is %s', (state, days, standing) =>
    expect(standingOf(state, days)).toBe(standing),
  )
})

test.each([
  ['2028-02-29', '2028-02-29'],
  ['2027-02-29', undefined],
  ['1900-01-01', undefined],
  ['tomorrow', undefined],
  ["2027-01-01'; --", undefined],
])('the day “%s” is read as %s', (text, day) => expect(readDay(text)?.toString()).toBe(day))

describe('who may check', () => {
  const provider = { id: 'p', councilId: 'c' }
  test('a job may check every provider', () => {
    const actor = { kind: 'system', job: 'expire_checks' } as const
    expect(mayCheck(actor, requireChecker(actor), provider)).toBe(true)
  })
  test('somebody signed out is sent to sign in', () =>
    expect(() => requireChecker({ kind: 'anonymous' })).toThrow(/SIGN_IN/))
})
