import type { AuthorityType, MemberRole, StaffRole } from '#services/kernel/actor.ts'

/** How the demo's people are known: their addresses can receive nothing. */
export const DEMO_ADDRESS = '@demo.kith.example'

export const DEMO_GROUPS = ['person', 'supporter', 'provider', 'staff', 'operator'] as const
export type DemoGroup = (typeof DEMO_GROUPS)[number]

/** All that is asked of a demo user to say who they are. */
export interface DemoUser {
  id: string
  name: string
  operator: boolean
  person: { isCarer: boolean; council: string; funds: readonly { name: string; deployment: string }[] } | null
  supports: readonly { type: AuthorityType; relationship: string; person: string }[]
  memberships: readonly { role: MemberRole; provider: string }[]
  staff: readonly { roles: readonly StaffRole[]; council: string }[]
}

export interface DemoPerson {
  userId: string
  name: string
  who: string
  /** What to try as them. */
  tryThis: string
}

const HELD: Readonly<Record<string, string>> = {
  council_managed: 'arranged by the council',
  direct_payment_bank: 'paid to their own bank account',
  direct_payment_card: 'on a prepaid card',
  direct_payment_managed_account: 'in an account managed for them',
  individual_service_fund: 'held by an organisation for them',
  adviser_held: 'spent with a personal adviser',
}
const STAFF: Readonly<Record<StaffRole, { who: string; tryThis: string }>> = {
  adviser: {
    who: 'Adviser',
    tryThis: 'Set up a person who has no e-mail address, and record who may act for them.',
  },
  finance: { who: 'Finance', tryThis: 'See what a council’s finance team sees so far.' },
  commissioner: {
    who: 'Commissioner',
    tryThis: 'See whether spending is spread out, and where support is missing.',
  },
  safeguarding: {
    who: 'Adult safeguarding team',
    tryThis: 'Read the concerns that were raised and say what was done.',
  },
  council_admin: {
    who: 'Council administrator',
    tryThis: 'Look at a provider’s papers and say whether they are in order.',
  },
}
const SUPPORTER: Readonly<Record<AuthorityType, string>> = {
  informal: 'See the week of somebody close and help with it.',
  nominated_person: 'Ask for a visit for the person whose direct payment you manage.',
  authorised_person: 'Arrange support for somebody who cannot make this decision, even with support.',
  attorney_or_deputy_finance: 'Look after somebody’s money.',
  attorney_or_deputy_welfare: 'Decide on care for somebody who cannot.',
  dwp_appointee: 'See what an appointee may see and what not.',
  broker: 'Put support forward for the people you broker for.',
  advocate: 'See and say, but not spend: try to ask for a visit and read why not.',
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
const unique = (words: readonly string[]): string[] => [...new Set(words)]

/** The one group somebody is listed in: the role that is rarest. */
export function demoGroup(user: DemoUser): DemoGroup {
  if (user.operator) return 'operator'
  if (user.staff.length > 0) return 'staff'
  if (user.person) return 'person'
  // Who runs an organisation is a provider here, also when the organisation supports people; its workers are supporters.
  if (user.memberships.some(({ role }) => role !== 'worker')) return 'provider'
  return user.supports.length > 0 ? 'supporter' : 'provider'
}

function describe(user: DemoUser, group: DemoGroup): Omit<DemoPerson, 'userId' | 'name'> {
  switch (group) {
    case 'operator':
      return {
        who: 'Runs this installation',
        tryThis: 'Check a new provider, so that it can be found and booked.',
      }
    case 'staff': {
      const roles = unique(user.staff.flatMap((one) => one.roles)) as StaffRole[]
      return {
        who: `${list(roles.map((role) => STAFF[role].who))}, ${list(unique(user.staff.map((one) => one.council)))}`,
        tryThis: STAFF[roles[0] ?? 'adviser'].tryThis,
      }
    }
    case 'person': {
      const funds = user.person?.funds ?? []
      const held = unique(funds.map(({ name, deployment }) => `${name} ${HELD[deployment] ?? ''}`.trim()))
      return {
        who: `${user.person?.isCarer ? 'Carer' : 'Has a budget'} in ${user.person?.council ?? ''}${held.length > 0 ? `: ${list(held.slice(0, 3))}` : ''}`,
        tryThis:
          funds.length > 1
            ? 'Ask for a visit and choose which fund pays what.'
            : 'Find support, ask for a visit, then say how it went.',
      }
    }
    case 'supporter': {
      const people = user.supports
      const first = people[0]
      const organisation = user.memberships[0]?.provider
      return {
        who: organisation
          ? `${organisation}: supports ${people.length === 1 ? (first?.person ?? '') : `${String(people.length)} people`}`
          : list(people.slice(0, 3).map((one) => `${one.relationship} of ${one.person}`)),
        tryThis: SUPPORTER[first?.type ?? 'informal'],
      }
    }
    case 'provider': {
      const member = user.memberships[0]
      const ROLE: Record<MemberRole, string> = {
        owner: 'Owner',
        coordinator: 'Coordinator',
        worker: 'Worker',
      }
      return {
        who: member
          ? `${ROLE[member.role]} at ${list(unique(user.memberships.map((one) => one.provider)))}`
          : 'New to Kith',
        tryThis: member
          ? member.role === 'worker'
            ? 'See today’s visits and say that one was done.'
            : 'Answer a request and say that a visit was done.'
          : 'Sign up as a provider and list what you offer.',
      }
    }
  }
}

/** Everybody in the demo, by what they are. */
export function groupDemoPeople(users: readonly DemoUser[]): Record<DemoGroup, DemoPerson[]> {
  const groups: Record<DemoGroup, DemoPerson[]> = {
    person: [],
    supporter: [],
    provider: [],
    staff: [],
    operator: [],
  }
  // Who runs an organisation can try more than who works there.
  const rank = ({ memberships }: DemoUser): number =>
    memberships.some(({ role }) => role === 'owner')
      ? 0
      : memberships.some(({ role }) => role === 'coordinator')
        ? 1
        : 2
  const ordered = users.toSorted((a, b) => rank(a) - rank(b))
  for (const user of ordered) {
    const group = demoGroup(user)
    groups[group].push({ userId: user.id, name: user.name, ...describe(user, group) })
  }
  return groups
}
