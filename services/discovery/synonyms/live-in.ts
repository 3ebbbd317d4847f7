import type { CategorySynonyms } from './synonyms.ts'

export const liveIn: CategorySynonyms = {
  category: 'live_in',
  words: [
    'live in care',
    'live in carer',
    'livein',
    'carer who lives in',
    '24 hour care',
    'round the clock',
    '24 7',
    'stay with us all the time',
  ],
}
