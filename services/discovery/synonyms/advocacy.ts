import type { CategorySynonyms } from './synonyms.ts'

export const advocacy: CategorySynonyms = {
  category: 'advocacy',
  words: [
    'advocate',
    'advocates',
    'speak up for me',
    'speaking up',
    'someone on my side',
    'imca',
    'imha',
    'care act advocate',
    'self advocacy',
    'help me be heard',
    'complain',
    'complaint',
    'help to complain',
  ],
}
