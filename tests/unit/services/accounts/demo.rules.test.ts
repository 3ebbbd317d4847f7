import { describe, expect, test } from 'vitest'
import { groupDemoPeople, type DemoUser } from '#services/accounts/demo.rules.ts'

const user = (changes: Partial<DemoUser>): DemoUser => ({
  id: 'a',
  name: 'Joan Ellis',
  operator: false,
  person: null,
  supports: [],
  memberships: [],
  staff: [],
  ...changes,
})
const only = (changes: Partial<DemoUser>) => {
  const groups = groupDemoPeople([user(changes)])
  const [group, people] = Object.entries(groups).find(([, list]) => list.length > 0) ?? ['', []]
  return { group, who: people[0]?.who, tryThis: people[0]?.tryThis }
}

describe('the demo’s people', () => {
  test('somebody with a budget is shown with how it is held', () => {
    const funds = [{ name: 'Social care budget', deployment: 'direct_payment_card' }]
    expect(only({ person: { isCarer: false, council: 'Aldermere Council', funds } })).toMatchObject({
      group: 'person',
      who: 'Has a budget in Aldermere Council: Social care budget on a prepaid card',
    })
  })
  test('a brother is a supporter', () =>
    expect(only({ supports: [{ type: 'informal', relationship: 'brother', person: 'Joan' }] })).toMatchObject(
      {
        group: 'supporter',
        who: 'brother of Joan',
      },
    ))
  test('a worker of a support organisation is a supporter, its owner a provider', () => {
    const supports = [{ type: 'broker' as const, relationship: 'broker', person: 'Joan' }]
    expect(only({ supports, memberships: [{ role: 'worker', provider: 'Lantern Living' }] }).group).toBe(
      'supporter',
    )
    expect(only({ supports, memberships: [{ role: 'owner', provider: 'Lantern Living' }] }).group).toBe(
      'provider',
    )
  })
  test('staff are shown with their role and council', () =>
    expect(only({ staff: [{ roles: ['safeguarding'], council: 'Aldermere Council' }] })).toMatchObject({
      group: 'staff',
      who: 'Adult safeguarding team, Aldermere Council',
    }))
  test('the operator is an operator whatever else they are', () =>
    expect(only({ operator: true, person: { isCarer: false, council: 'A', funds: [] } }).group).toBe(
      'operator',
    ))
  test('an advocate is told what they cannot do', () =>
    expect(
      only({ supports: [{ type: 'advocate', relationship: 'advocate', person: 'Joan' }] }).tryThis,
    ).toContain('not spend'))
})
