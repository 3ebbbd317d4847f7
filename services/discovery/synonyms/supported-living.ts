import type { CategorySynonyms } from './synonyms.ts'

export const supportedLiving: CategorySynonyms = {
  category: 'supported_living',
  words: [
    'supported housing',
    'supported tenancy',
    'supported accommodation',
    'own tenancy',
    'sheltered housing',
    'extra care',
    'extra care housing',
    'somewhere to live',
    'move out of home',
    'assisted living',
    'own front door',
  ],
}
