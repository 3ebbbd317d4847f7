import type { CategorySynonyms } from './synonyms.ts'

export const peerSupport: CategorySynonyms = {
  category: 'peer_support',
  words: [
    'support group',
    'self help group',
    'people like me',
    'others like me',
    'meet others',
    'people in the same boat',
    'lived experience group',
    'buddy',
  ],
}
