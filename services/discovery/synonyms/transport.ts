import type { CategorySynonyms } from './synonyms.ts'

export const transport: CategorySynonyms = {
  category: 'transport',
  words: [
    'lift',
    'lifts',
    'lift to hospital',
    'taxi',
    'minibus',
    'bus',
    'dial a ride',
    'community transport',
    'patient transport',
    'drive me',
    'driver',
    'get to the hospital',
    'get to appointments',
  ],
}
