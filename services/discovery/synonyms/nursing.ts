import type { CategorySynonyms } from './synonyms.ts'

export const nursing: CategorySynonyms = {
  category: 'nursing',
  words: [
    'nurse',
    'nurses',
    'district nurse',
    'nursing care',
    'complex care',
    'continuing healthcare',
    'continuing care',
    'chc',
    'palliative care',
    'end of life care',
    'end of life care at home',
    'hospice at home',
  ],
  within: [
    'wound care',
    'dressings',
    'injections',
    'catheter',
    'peg feed',
    'peg feeding',
    'feeding tube',
    'tube feeding',
    'tracheostomy',
    'stoma',
    'ventilator',
    'hospice',
    'palliative',
  ],
}
