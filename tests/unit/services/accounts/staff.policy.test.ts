import { describe, expect, test } from 'vitest'
import {
  councilsFor,
  requireFreshSecondStep,
  requireStaff,
  requireStaffOf,
} from '#services/accounts/staff.policy.ts'
import { ANONYMOUS, STAFF_ROLES, system } from '#services/kernel/actor.ts'
import { userActor } from '#tests/factories/world.ts'

const [ours, theirs, somebody] = [1, 2, 3].map((n) => `01900000-0000-7000-8000-00000000000${String(n)}`) as [
  string,
  string,
  string,
]
const staff = (role: (typeof STAFF_ROLES)[number]) =>
  userActor(somebody, { staff: [{ councilId: ours, roles: [role] }] })

describe('who may do what at a council', () => {
  test.each(STAFF_ROLES)('%s', (role) => {
    const may = (act: Parameters<typeof councilsFor>[1]) => councilsFor(staff(role), act).length > 0
    expect([may('people.read'), may('people.set_up'), may('authorities.record')]).toEqual(
      Array(3).fill(role === 'adviser'),
    )
    expect([may('concerns.read'), may('concerns.work')]).toEqual(Array(2).fill(role === 'safeguarding'))
  })
  test('an operator sees no people and no concerns', () => {
    const operator = userActor(somebody, { operator: true })
    expect(councilsFor(operator, 'people.read')).toEqual([])
    expect(councilsFor(operator, 'concerns.read')).toEqual([])
  })
  test('before the second step staff are nobody', () =>
    expect(councilsFor({ ...staff('adviser'), secondStep: false }, 'people.read')).toEqual([]))
  test('a signed-out visitor is asked to sign in', () =>
    expect(() => requireStaff(ANONYMOUS, 'people.read')).toThrow(/SIGN_IN/))
  test('a job is a stranger', () =>
    expect(() => requireStaff(system('a job'), 'people.read')).toThrow(/NOT_FOUND/))
  test('staff of another council are strangers', () => {
    expect(requireStaffOf(staff('adviser'), 'people.read', ours).userId).toBe(somebody)
    expect(() => requireStaffOf(staff('adviser'), 'people.read', theirs)).toThrow(/NOT_FOUND/)
  })
})

describe('what cannot be taken back', () => {
  test('is for a second step of the last ten minutes', () => {
    const asked = (fresh: boolean) => () => {
      requireFreshSecondStep({ ...staff('adviser'), secondStepFresh: fresh })
    }
    expect(asked(true)).not.toThrow()
    expect(asked(false)).toThrow(/SECOND_STEP/)
  })
  test('is not for somebody signed out; a job needs no second step', () => {
    expect(() => {
      requireFreshSecondStep(ANONYMOUS)
    }).toThrow(/SIGN_IN/)
    expect(() => {
      requireFreshSecondStep(system('a job'))
    }).not.toThrow()
  })
})
