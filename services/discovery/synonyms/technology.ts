import type { CategorySynonyms } from './synonyms.ts'

export const technology: CategorySynonyms = {
  category: 'technology',
  words: [
    'telecare',
    'gadgets',
    'assistive technology',
    'computer help',
    'digital help',
    'internet help',
    'help with my phone',
  ],
  within: [
    'alarm',
    'pendant',
    'pendant alarm',
    'falls alarm',
    'fall alarm',
    'fall detector',
    'sensor',
    'sensors',
    'tablet',
    'ipad',
    'smart speaker',
    'video doorbell',
    'computers',
    'computer',
    'laptop',
    'phone',
    'internet',
    'wifi',
  ],
}
