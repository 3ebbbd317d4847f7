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
    'take out',
    'take him out',
    'take her out',
    'go out with',
    'wants to go out',
    'want to go out',
    'woman to help',
    'lady to help',
    'man to help',
  ],
}
