import type { AudienceCode, CategoryCode } from '../vocabulary.ts'

/**
 * Lay words and shorthand for one category, lower case, without punctuation. Reviewed by people who use support before
 * it changes; one phrase may stand in several categories.
 */
export interface CategorySynonyms {
  category: CategoryCode
  /** Words that mean the whole category: 'respite' means short breaks. */
  words: readonly string[]
  /**
   * Words for one thing in it, for when nothing here names that thing: swimming is one kind of wellbeing, and whoever
   * asks for it does not want a massage while there is swimming.
   */
  within?: readonly string[]
}
export interface AudienceSynonyms {
  audience: AudienceCode
  words: readonly string[]
}
/** Other words for the very same thing, searched for beside the words typed: 'physio' and 'physiotherapy'. */
export interface SameWords {
  words: readonly string[]
  also: readonly string[]
}
