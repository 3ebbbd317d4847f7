import type { CategorySynonyms } from './synonyms.ts'

export const advocacy: CategorySynonyms = {
  category: 'advocacy',
  words: [
    'advocate',
    'advocates',
    'speak up for me',
    'someone on my side',
    'imca',
    'care act advocate',
    'self advocacy',
    'help me be heard',
    'complain',
    'help to complain',
  ],
}
