import type { CategorySynonyms } from './synonyms.ts'

export const gettingOut: CategorySynonyms = {
  category: 'getting_out',
  words: [
    'go out',
    'going out',
    'get out',
    'get out more',
    'take out',
    'take him out',
    'take her out',
    'days out',
    'day out',
    'trips',
    'outings',
    'outing',
    'walk with',
    'go to the shops',
    'accompany',
    'enabler',
    'community access',
    'out of the house',
    'wants to go out',
    'want to go out',
    'go out with',
  ],
}
