import type { CategorySynonyms } from './synonyms.ts'

export const careHomes: CategorySynonyms = {
  category: 'care_home',
  words: [
    'care home',
    'care homes',
    'residential home',
    'residential homes',
    'residential care',
    'residential care home',
    'nursing home',
    'nursing homes',
    'nursing care home',
    'old peoples home',
    'old folks home',
    'rest home',
    'retirement home',
    'care home with nursing',
    'dementia care home',
    'home for the elderly',
  ],
}
