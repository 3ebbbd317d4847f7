import type { CategorySynonyms } from './synonyms.ts'

export const wellbeing: CategorySynonyms = {
  category: 'wellbeing',
  words: [
    'massage',
    'gym',
    'yoga',
    'swimming',
    'swim',
    'dance',
    'dancing',
    'art group',
    'choir',
    'singing',
    'mindfulness',
    'relax',
    'relaxation',
    'keep fit',
    'exercise class',
    'gardening group',
    'aromatherapy',
    'fitness',
  ],
}
