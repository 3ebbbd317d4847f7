import type { CategorySynonyms } from './synonyms.ts'

export const nights: CategorySynonyms = {
  category: 'nights',
  words: [
    'overnight',
    'overnight care',
    'night time',
    'nighttime',
    'night sitter',
    'waking night',
    'sleeping night',
    'sleep in',
    'sleepover',
    'sleep over',
    'someone at night',
    'at night',
    'through the night',
  ],
}
