import type { CategorySynonyms } from './synonyms.ts'

export const rehabilitationAndTherapy: CategorySynonyms = {
  category: 'rehabilitation_and_therapy',
  words: [
    'physio',
    'physiotherapy',
    'physiotherapist',
    'ot',
    'occupational therapy',
    'occupational therapist',
    'speech therapy',
    'slt',
    'salt',
    'reablement',
    'rehab',
    'get back on my feet',
    'exercises after a fall',
    'stroke rehab',
    'counselling',
    'counsellor',
    'talking therapy',
    'psychologist',
    'music therapy',
    'art therapy',
  ],
}
