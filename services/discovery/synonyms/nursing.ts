import type { CategorySynonyms } from './synonyms.ts'

export const nursing: CategorySynonyms = {
  category: 'nursing',
  words: [
    'nurse',
    'district nurse',
    'wound care',
    'dressings',
    'injections',
    'catheter',
    'peg feed',
    'tube feeding',
    'nursing home',
    'complex care',
  ],
}
