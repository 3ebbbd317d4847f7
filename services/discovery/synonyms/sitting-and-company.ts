import type { CategorySynonyms } from './synonyms.ts'

export const sittingAndCompany: CategorySynonyms = {
  category: 'sitting_and_company',
  words: [
    'sit with',
    'sit in with',
    'sitter',
    'sitting service',
    'someone to sit',
    'keep company',
    'keep him company',
    'keep her company',
    'companion',
    'companionship',
    'befriending',
    'befriender',
    'lonely',
    'loneliness',
    'somebody to talk to',
    'someone to talk to',
    'visit my mum',
    'visitor',
    'cup of tea and a chat',
  ],
}
