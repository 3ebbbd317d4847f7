import type { CategorySynonyms } from './synonyms.ts'

export const transport: CategorySynonyms = {
  category: 'transport',
  words: [
    'lift',
    'lifts',
    'lift to hospital',
    'taxi',
    'taxis',
    'dial a ride',
    'community transport',
    'patient transport',
    'drive me',
    'driver',
    'get to the hospital',
    'get to appointments',
    'get to hospital appointments',
  ],
  within: ['minibus', 'bus', 'bus pass', 'shopmobility'],
}
