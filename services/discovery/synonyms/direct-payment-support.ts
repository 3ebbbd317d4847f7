import type { CategorySynonyms } from './synonyms.ts'

export const directPaymentSupport: CategorySynonyms = {
  category: 'direct_payment_support',
  words: [
    'direct payment',
    'direct payments',
    'dp',
    'dps',
    'payroll',
    'payroll for pa',
    'payroll for pas',
    'payroll for carers',
    'managed account',
    'wages',
    'paying my pa',
    'pay my pa',
    'pay my carer',
    'pay a pa',
    'employment advice',
    'timesheets',
    'personal budget help',
    'being an employer',
  ],
}
