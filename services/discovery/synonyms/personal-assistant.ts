import type { CategorySynonyms } from './synonyms.ts'

export const personalAssistant: CategorySynonyms = {
  category: 'personal_assistant',
  words: [
    'pa',
    'pas',
    'own carer',
    'my own carer',
    'support worker',
    'employ someone',
    'employ a carer',
    'somebody i employ',
  ],
}
