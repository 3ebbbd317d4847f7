import type { CategorySynonyms } from './synonyms.ts'

export const nights: CategorySynonyms = {
  category: 'nights',
  words: [
    'overnight',
    'overnight care',
    'overnight carer',
    'night',
    'night time',
    'nighttime',
    'night sitter',
    'night carer',
    'night care',
    'waking night',
    'waking nights',
    'sleeping night',
    'sleep in',
    'sleep in carer',
    'sleep ins',
    'sleepover',
    'sleep over',
    'someone at night',
    'at night',
    'through the night',
    'carer at night',
  ],
}
