/** Which pages behind "My money" somebody needs, by the funds that they have. Pure. */
import type { PageLink } from '#services/kernel/page-link.ts'
import type { Deployment } from './payer.rules.ts'

export interface FundFacts {
  deployment: Deployment
  /** The kind of its stream. */
  kind: string
  /** It goes towards another fund: what the person pays in. */
  towards: boolean
  ended: boolean
  /** Something is kept back in it for wages, notice or bad days. */
  keptBack: boolean
}

export interface MoneyFacts {
  funds: readonly FundFacts[]
  /** Something waits to be paid by the person. */
  waits: boolean
  /** Something was assessed or charged as what they pay towards it. */
  paysTowards: boolean
  employs: boolean
  savedCard: boolean
  billed: boolean
  bought: boolean
}

interface MoneyPage extends PageLink {
  applies: (facts: MoneyFacts) => boolean
}

const holds =
  (...deployments: readonly Deployment[]) =>
  ({ funds }: MoneyFacts): boolean =>
    funds.some((fund) => !fund.ended && !fund.towards && deployments.includes(fund.deployment))

const ownAccount = holds('direct_payment_bank')
const anyFund = ({ funds }: MoneyFacts): boolean => funds.length > 0

/** In the order in which a month needs them; each page says itself who may open it. */
const PAGES: readonly MoneyPage[] = [
  {
    href: '/my/money/pay',
    label: 'Pay providers',
    says: 'What waits to be paid by you, and what is on its way.',
    applies: (facts) => facts.waits || ownAccount(facts),
  },
  {
    href: '/my/money/bank',
    label: 'Bank file',
    says: 'Bring your bank’s file: it shows what came in and what is paid.',
    applies: ownAccount,
  },
  {
    href: '/my/money/how-you-pay',
    label: 'How each fund pays',
    says: 'By card, by bank transfer, or by itself.',
    applies: ownAccount,
  },
  {
    href: '/my/money/towards',
    label: 'What you pay towards it',
    says: 'Each week and why, what is owed, how to pay, and how to say that it is wrong.',
    applies: ({ paysTowards, funds }) => paysTowards || funds.some(({ towards }) => towards),
  },
  {
    href: '/my/money/held',
    label: 'Money held for you',
    says: 'A fund that somebody looks after: what they may do, every payment, and “pay this”.',
    applies: holds('individual_service_fund', 'direct_payment_managed_account'),
  },
  {
    href: '/my/assistants',
    label: 'People who are employed',
    says: 'Personal assistants with a contract: hours, holiday, wages, and what it costs before you decide.',
    applies: ({ employs }) => employs,
  },
  {
    href: '/my/kept-back',
    label: 'Money kept back',
    says: 'What stays in a fund for wages, holiday, notice and bad days.',
    applies: ({ employs, funds }) => employs || funds.some(({ keptBack }) => keptBack),
  },
  {
    href: '/my/money/purchases',
    label: 'Buy something else',
    says: 'From somebody who is not listed here: a holiday cottage, a washing machine, a course.',
    applies: ({ bought, funds }) => bought || funds.some(({ ended, towards }) => !ended && !towards),
  },
  {
    href: '/my/money/vouchers',
    label: 'Vouchers',
    says: 'What each is worth, what is left on it, and until when. To print and take along.',
    applies: ({ funds }) => funds.some(({ kind, ended }) => kind === 'voucher' && !ended),
  },
  {
    href: '/my/money/cards',
    label: 'Saved cards',
    says: 'The card that pays for support from your own bank account. Save one, or take it away.',
    applies: (facts) => facts.savedCard || ownAccount(facts),
  },
  {
    href: '/my/money/card',
    label: 'Prepaid card',
    says: 'The card of a fund that is held on one: what is left, what was bought, freeze it, have it replaced.',
    applies: holds('direct_payment_card'),
  },
  {
    href: '/my/money/statement',
    label: 'Statement of four weeks',
    says: 'What there was, what came in, what went out and what is left. To print, and in Easy Read.',
    applies: anyFund,
  },
  {
    href: '/my/money/invoices',
    label: 'Invoices',
    says: 'What providers billed for your support, and whether it is paid.',
    applies: ({ billed }) => billed,
  },
  {
    href: '/my/money/audit',
    label: 'Everything about a fund',
    says: 'From what was agreed to what it paid for, with every paper, in one press. And who of the council looked.',
    applies: anyFund,
  },
  {
    href: '/my/money/hours',
    label: 'Hours on paperwork',
    says: 'Receipts you did not have to keep. And how many hours paperwork took you, if you want to say.',
    // Asked for on this page itself, once a quarter.
    applies: () => false,
  },
]

export interface MoneyLinks {
  /** What these funds need. */
  near: PageLink[]
  /** For other ways of holding and paying: still there, and less loud. */
  others: PageLink[]
}

/** Every page is in one of the two lists, so that nothing is out of reach. */
export function moneyLinks(facts: MoneyFacts): MoneyLinks {
  const linkOf = ({ href, label, says }: MoneyPage): PageLink => ({ href, label, says })
  return {
    near: PAGES.filter(({ applies }) => applies(facts)).map(linkOf),
    others: PAGES.filter(({ applies }) => !applies(facts)).map(linkOf),
  }
}
