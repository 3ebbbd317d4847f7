import type { CategorySynonyms } from './synonyms.ts'

export const learningAndSkills: CategorySynonyms = {
  category: 'learning_and_skills',
  words: [
    'course',
    'courses',
    'class',
    'classes',
    'college',
    'training',
    'learn',
    'learning',
    'literacy',
    'numeracy',
    'reading and writing',
    'travel training',
    'independence skills',
    'life skills',
    'cooking lessons',
    'education',
  ],
}
