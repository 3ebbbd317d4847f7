import type { CategorySynonyms } from './synonyms.ts'

export const directPaymentSupport: CategorySynonyms = {
  category: 'direct_payment_support',
  words: [
    'direct payment',
    'direct payments',
    'dp',
    'dps',
    'payroll',
    'managed account',
    'wages',
    'paying my pa',
    'pay my carer',
    'employment advice',
    'timesheets',
    'personal budget help',
  ],
}
