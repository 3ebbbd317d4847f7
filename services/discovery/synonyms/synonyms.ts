import type { AudienceCode, CategoryCode } from '../vocabulary.ts'

/**
 * Lay words and shorthand for one category, lower case, without punctuation. A word belongs here when it means the
 * whole category, not one thing in it: 'respite' means short breaks, 'gardening' is one kind of help at home.
 * Reviewed by people who use support before it changes; one phrase may stand in several categories.
 */
export interface CategorySynonyms {
  category: CategoryCode
  words: readonly string[]
}
export interface AudienceSynonyms {
  audience: AudienceCode
  words: readonly string[]
}
