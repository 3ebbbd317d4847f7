import type { PageLink } from '#services/kernel/page-link.ts'
import { COUNCIL_PAGES } from './council-pages.rules.ts'

/** The pages behind "Money" of a council's finance staff, by what somebody comes to do; what a week needs first stands first. */
export const COUNCIL_MONEY_GROUPS: readonly { id: string; title: string; pages: readonly PageLink[] }[] = [
  {
    id: 'now',
    title: 'To do now',
    pages: [
      {
        href: '/council/money/due',
        label: 'What is due',
        says: 'By provider, person and order, with its age, and what is missing before it can be paid.',
      },
      {
        href: '/council/money/runs',
        label: 'Payment runs',
        says: 'Make one, approve a colleague’s, take its file, record what arrived.',
      },
      {
        href: '/council/money/orders',
        label: 'Orders',
        says: 'What people ask the council to order, and what it has ordered.',
      },
      {
        href: '/council/money/instalments',
        label: 'Direct payments',
        says: 'Which payments to people are due, and record that they were paid.',
      },
      {
        href: '/council/money/payees',
        label: 'Bank details of providers',
        says: 'Changes that wait for a payee check and a call back.',
      },
    ],
  },
  {
    id: 'providers',
    title: 'Pay providers',
    pages: [
      {
        href: '/council/money/monitoring',
        label: 'Actual times of visits',
        says: 'Import a monitoring file; say what is paid for visits that were longer.',
      },
      {
        href: '/council/money/invoices',
        label: 'Invoices',
        says: 'What providers billed to the council, and how each stands.',
      },
      {
        href: '/council/money/refunds',
        label: 'Money given back',
        says: 'Decide whether money is given back for visits that the council pays for.',
      },
      {
        href: '/council/money/suppliers',
        label: 'Suppliers',
        says: 'Which providers have a number in your finance system, and which have none.',
      },
    ],
  },
  {
    id: 'people',
    title: 'People’s money',
    pages: [
      {
        href: '/council/money/contributions',
        label: 'What people pay towards it',
        says: 'Who was assessed to pay what, what is owed and since when, and questions that wait for an answer.',
      },
      {
        href: '/council/money/bank',
        label: 'The council’s bank file',
        says: 'What people paid towards their care, by the lines of a bank.',
      },
      {
        href: '/council/money/surplus',
        label: 'Surplus',
        says: 'Funds in which more lies than your threshold: what people answered, and what you decide.',
      },
      {
        href: '/council/funds-held',
        label: 'Funds held for people',
        says: 'Managed accounts and individual service funds: what was agreed, and what is not as agreed.',
      },
      {
        href: '/council/money/cards',
        label: 'Prepaid cards',
        says: 'Card schemes and what is agreed for each, cards for funds that are held on one, and the schemes’ files.',
      },
      {
        href: '/council/money/adviser-spending',
        label: 'Spent by advisers',
        says: 'What personal advisers bought with people: look at each, or at this month’s sample, and ask about it.',
      },
    ],
  },
  {
    id: 'rules',
    title: 'Rules and set-up',
    pages: [
      {
        href: '/council/money/funds',
        label: 'What each fund pays for',
        says: 'The rules of your schemes. A change is shown before it is kept: what it would refuse of what people book now.',
      },
      {
        href: '/council/money/purchase-limits',
        label: 'Who agrees purchases',
        says: 'Up to which sum a carer chooses alone, and a personal adviser agrees alone.',
      },
      {
        href: '/council/money/export',
        label: 'Columns of the payment file',
        says: 'Name and order them as your finance system needs them.',
      },
    ],
  },
  {
    id: 'proof',
    title: 'Proof',
    pages: [
      {
        href: '/council/money/reconciliation',
        label: 'What does not agree',
        says: 'The books against the payment service, payment runs, cards and bank files: each difference, its age and who has it.',
      },
      {
        href: '/council/money/audit',
        label: 'Audit of a fund',
        says: 'Everything about one fund, from grant to spend, with its papers. You say why you look, and the person sees it.',
      },
      {
        href: COUNCIL_PAGES.hours_saved.href,
        label: COUNCIL_PAGES.hours_saved.label,
        says: COUNCIL_PAGES.hours_saved.says,
      },
    ],
  },
]
