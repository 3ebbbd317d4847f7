import type { CategorySynonyms } from './synonyms.ts'

export const adviceAndInformation: CategorySynonyms = {
  category: 'advice_and_information',
  words: [
    'advice',
    'information',
    'benefits',
    'benefit advice',
    'welfare rights',
    'pip',
    'attendance allowance',
    'fill in forms',
    'form filling',
    'forms',
    'debt',
    'money advice',
    'who can help',
    'where do i start',
    'citizens advice',
  ],
}
