import type { Actor, StaffRole } from '#services/kernel/actor.ts'

export type CouncilRole = StaffRole | 'operator'

interface CouncilPage {
  href: string
  label: string
  /** What it is for, on the first page of a council's staff. */
  says: string
  roles: readonly CouncilRole[]
}

/**
 * The pages under /council and whose they are: the one table behind the links at the top, the first page of a council's
 * staff and the policies of these pages. Who is not named here gets 404. A commissioner never opens a named person; an
 * adviser looks at papers, not at the market; what is behind "Money" is in money-pages.rules.ts.
 */
export const COUNCIL_PAGES = {
  people: {
    href: '/council/people',
    label: 'People',
    says: 'Set somebody up, and write down who may act for them.',
    roles: ['adviser'],
  },
  checks: {
    href: '/council/checks',
    label: 'Checks',
    says: 'Providers and services that wait for somebody to look at their papers.',
    roles: ['adviser', 'council_admin', 'operator'],
  },
  market: {
    href: '/council/market',
    label: 'Market',
    says: 'Who gives support, whether spending is spread out, and what is missing. No named person anywhere.',
    roles: ['commissioner', 'council_admin'],
  },
  money: {
    href: '/council/money',
    label: 'Money',
    says: 'What is due, what was paid, and whether the books agree with the bank.',
    roles: ['finance'],
  },
  purchases: {
    href: '/council/purchases',
    label: 'Purchases',
    says: 'What people want to buy from somebody who is not listed, and what advisers spend with them.',
    roles: ['adviser', 'finance'],
  },
  vouchers: {
    href: '/council/vouchers',
    label: 'Vouchers',
    says: 'How many were given, used and left over, and for what. No named person anywhere.',
    roles: ['finance', 'commissioner'],
  },
  hours_saved: {
    href: '/council/money/hours-saved',
    label: 'Hours saved',
    says: 'Receipts not kept and invoices not typed, what is assumed of each, and what people say themselves. No named person.',
    roles: ['finance', 'commissioner'],
  },
  concerns: {
    href: '/council/concerns',
    label: 'Concerns',
    says: 'What was raised with the adult safeguarding team. Nobody else sees it.',
    roles: ['safeguarding'],
  },
  colleagues: {
    href: '/council/colleagues',
    label: 'Colleagues',
    says: 'Which second step each has, and a way back in for somebody who lost theirs.',
    roles: ['council_admin', 'operator'],
  },
  webhooks: {
    href: '/council/webhooks',
    label: 'Payment events',
    says: 'What the payment service and card schemes told us, what became of it, and what somebody must look at.',
    roles: ['operator'],
  },
  reconciliation: {
    href: '/council/money/reconciliation',
    label: 'What does not agree',
    says: 'Where the books differ from the payment service, payment runs, cards and bank files; who has it, and for how long.',
    roles: ['finance', 'operator'],
  },
} as const satisfies Record<string, CouncilPage>

export type CouncilPageId = keyof typeof COUNCIL_PAGES

/** Roles at a council that open this page; an operator is of no council. */
export function staffRolesOf(page: CouncilPageId): StaffRole[] {
  const roles: readonly CouncilRole[] = COUNCIL_PAGES[page].roles
  return roles.filter((role) => role !== 'operator')
}

/** Whether somebody with one of these roles may open the page. */
export function opensPage(page: CouncilPageId, roles: readonly CouncilRole[]): boolean {
  const its: readonly CouncilRole[] = COUNCIL_PAGES[page].roles
  return roles.some((role) => its.includes(role))
}

export interface CouncilLink {
  href: string
  label: string
  says: string
}

/** Links to exactly the council pages that the actor may open, in the order of the table; none for everybody else. */
export function councilLinks(actor: Actor): CouncilLink[] {
  if (actor.kind !== 'user') return []
  const roles: CouncilRole[] = actor.staff.flatMap((one) => one.roles)
  if (actor.operator) roles.push('operator')
  return (Object.keys(COUNCIL_PAGES) as CouncilPageId[])
    .filter((page) => opensPage(page, roles))
    .map((page) => {
      const { href, label, says } = COUNCIL_PAGES[page]
      return { href, label, says }
    })
}
