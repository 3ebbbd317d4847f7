import type { CategorySynonyms } from './synonyms.ts'

export const adviceAndInformation: CategorySynonyms = {
  category: 'advice_and_information',
  words: [
    'advice',
    'information',
    'who can help',
    'where do i start',
    'citizens advice',
    'money advice',
    'benefit advice',
    'benefits advice',
    'help with benefits',
    'fill in forms',
    'form filling',
    'help with forms',
  ],
  within: [
    'benefits',
    'welfare rights',
    'pip',
    'dla',
    'attendance allowance',
    'universal credit',
    'blue badge',
    'forms',
    'debt',
    'council tax',
    'housing advice',
  ],
}
