import type { CategorySynonyms } from './synonyms.ts'

export const sharedLives: CategorySynonyms = {
  category: 'shared_lives',
  words: [
    'adult placement',
    'adult fostering',
    'live with a family',
    'family placement',
    'share a home',
    'homeshare',
  ],
}
