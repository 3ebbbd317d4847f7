import type { CategorySynonyms } from './synonyms.ts'

export const dayActivities: CategorySynonyms = {
  category: 'day_activities',
  words: [
    'day centre',
    'day center',
    'day service',
    'day care',
    'daycare',
    'day opportunities',
    'somewhere to go in the day',
    'lunch club',
    'activity group',
    'clubs',
    'things to do',
    'drop in',
  ],
}
