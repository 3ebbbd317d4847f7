import type { CategorySynonyms } from './synonyms.ts'

export const helpAtHome: CategorySynonyms = {
  category: 'help_at_home',
  words: [
    'cleaner',
    'housework',
    'house work',
    'home help',
    'domestic help',
    'hoovering',
    'vacuuming',
    'ironing',
    'laundry',
    'shopping for',
    'do the shopping',
    'tidy',
    'tidying',
    'decluttering',
    'hoarding',
    'odd jobs',
    'handyman',
    'jobs round the house',
    'change the bed',
    'cook at home',
  ],
}
