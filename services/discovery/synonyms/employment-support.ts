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
    'job coaching',
    'supported employment',
    'paid work',
    'supported internship',
    'access to work',
    'employment',
    'work experience',
  ],
  within: ['cv', 'interview help', 'volunteering', 'apprenticeship'],
}
