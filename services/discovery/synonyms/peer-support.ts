import type { CategorySynonyms } from './synonyms.ts'

export const peerSupport: CategorySynonyms = {
  category: 'peer_support',
  words: [
    'support group',
    'support groups',
    'self help group',
    'people like me',
    'others like me',
    'meet others',
    'meet people',
    'make friends',
    'people in the same boat',
    'lived experience group',
    'buddy',
    'group for',
    'social group',
  ],
}
