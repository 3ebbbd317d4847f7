import type { CategorySynonyms } from './synonyms.ts'

export const employmentSupport: CategorySynonyms = {
  category: 'employment_support',
  words: [
    'job',
    'jobs',
    'work',
    'get a job',
    'find work',
    'find a job',
    'back to work',
    'job coach',
    'supported employment',
    'cv',
    'interview help',
    'volunteering',
    'paid work',
    'supported internship',
    'access to work',
  ],
}
