import type { CategorySynonyms } from './synonyms.ts'

export const technology: CategorySynonyms = {
  category: 'technology',
  words: [
    'alarm',
    'pendant',
    'pendant alarm',
    'falls alarm',
    'fall detector',
    'telecare',
    'sensor',
    'sensors',
    'computer help',
    'help with my phone',
    'tablet',
    'smart speaker',
    'internet help',
    'digital help',
    'video doorbell',
  ],
}
