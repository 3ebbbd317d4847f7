import type { CategorySynonyms } from './synonyms.ts'

export const shortBreaks: CategorySynonyms = {
  category: 'short_breaks',
  words: [
    'respite',
    'respite care',
    'sit with',
    'someone to sit',
    'sitter',
    'sitting service',
    'short break',
    'weekend away',
    'a break',
    'give me a break',
    'break for carers',
    'time off from caring',
    'sit with mum',
    'sit with dad',
    'sit with my husband',
    'sit with my wife',
    'replacement care',
    'holiday',
    'while i am away',
    'while we are away',
    'going on holiday',
  ],
}
