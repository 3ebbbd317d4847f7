import type { CategorySynonyms } from './synonyms.ts'

export const personalAssistant: CategorySynonyms = {
  category: 'personal_assistant',
  words: [
    'pa',
    'pas',
    'own carer',
    'my own carer',
    'carer',
    'support worker',
    'support workers',
    'employ someone',
    'employ a carer',
    'somebody i employ',
  ],
}
