import type { CategorySynonyms } from './synonyms.ts'

export const carersSupport: CategorySynonyms = {
  category: 'carers_support',
  words: [
    'carer',
    'carer support',
    'carers group',
    'carers groups',
    'carers centre',
    'support for carers',
    'i am a carer',
    'looking after my',
    'caring for my',
    'help for carers',
    'carers assessment',
    'young carer',
    'young carers',
    'unpaid carer',
    'unpaid carers',
    'family carer',
  ],
}
