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
    'independence skills',
    'life skills',
    'education',
    'independent living skills',
  ],
  within: [
    'literacy',
    'numeracy',
    'maths',
    'english lessons',
    'reading and writing',
    'travel training',
    'cooking lessons',
    'computers',
    'computer',
    'budgeting',
  ],
}
