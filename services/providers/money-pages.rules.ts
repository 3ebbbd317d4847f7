import type { PageLink } from '#services/kernel/page-link.ts'

/** The pages behind "Money" of a provider, in the order in which a week needs them. */
export const PROVIDER_MONEY_PAGES: readonly PageLink[] = [
  {
    href: '/provider/money/invoices',
    label: 'Invoices',
    says: 'What you can bill, what you sent, what is owed and how old it is.',
  },
  {
    href: '/provider/money/refunds',
    label: 'Money given back',
    says: 'Who asks for money back, what you decided, and whether it has arrived.',
  },
  {
    href: '/provider/money/billing',
    label: 'How you bill',
    says: 'Your address, your numbers, how often, days to pay, and VAT.',
  },
  {
    href: '/provider/money/bills',
    label: 'Bills for funds you hold',
    says: 'Invoices to pay from money that you hold for somebody.',
  },
  {
    href: '/provider/money/remittances',
    label: 'Payments from councils',
    says: 'Each payment with the visits that it pays for.',
  },
  {
    href: '/provider/money/bank-details',
    label: 'Bank details',
    says: 'Where councils pay you by bank transfer.',
  },
  {
    href: '/provider/money/accounts',
    label: 'Money you hold for people',
    says: 'For those who look after accounts or hold funds: what waits, what is to be paid, each person’s statement.',
  },
  {
    href: '/provider/money/purchases',
    label: 'Things to buy for people',
    says: 'For those who hold funds: what people want bought from somebody who is not listed here.',
  },
  {
    href: '/provider/money/payroll',
    label: 'Payroll',
    says: 'Approved hours of people whose payroll you run: take them out, bring the results back.',
  },
  {
    href: '/provider/money/card-payments',
    label: 'Card payments',
    says: 'Your account with the payment service, what it paid into your bank, and payments that are questioned.',
  },
]
