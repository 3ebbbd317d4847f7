import { standsAround } from './query-words.rules.ts'
import { plain } from './words.rules.ts'

/**
 * Other forms of what a record says, for engines that know no stems: "mow" finds "mowing" and "swimming" finds "swim". Regular English alone;
 * a form that no dictionary has does no harm, since nobody types it.
 */
const VOWEL = /[aeiouy]/
/** One syllable that ends in consonant, vowel, consonant: its last letter is doubled, or an e was dropped ('swim', 'driv'). */
const SHORT = /^[^aeiou]*[aeiouy][^aeiouwxy]$/
/** What no such ending is put to. */
const NO_VERB = /...(?:tion|sion|ment|ness|ance|ence|ity|ship|ist|ism|ful|less|ous|able|ible|ive|al|ic|ly|s)$/

/** What stands before "-ing" or "-ed", as it is written without. */
function withoutEnding(stem: string): string[] {
  if (stem.length < 3 || !VOWEL.test(stem)) return []
  if (/([^aeioulsz])\1$/.test(stem)) return [stem.slice(0, -1)]
  if (SHORT.test(stem)) return [`${stem}e`]
  return /(?:[czvgu]|[^s]s)$/.test(stem) ? [stem, `${stem}e`] : [stem]
}

function withEnding(word: string): string {
  if (/[^e]e$/.test(word)) return `${word.slice(0, -1)}ing`
  return SHORT.test(word) ? `${word}${word.at(-1) ?? ''}ing` : `${word}ing`
}

/** 'swim' for 'swimming', 'mowing' for 'mow', 'dress' and 'dressing' for 'dressed'. */
export function formsOf(word: string): string[] {
  if (!/^[a-z]{3,20}$/.test(word) || standsAround(word)) return []
  const ending = /^(.{3,})(?:ing|ed)$/.exec(word)
  if (ending) {
    const bases = withoutEnding(ending[1] ?? '')
    return word.endsWith('ed') ? [...bases, ...bases.map(withEnding)] : bases
  }
  return NO_VERB.test(word) && !/[^u]ss$/.test(word) ? [] : [withEnding(word)]
}

/** A text, and behind it the other forms of its words that it does not have itself. */
export function withForms(text: string): string {
  const words = new Set(plain(text).split(' '))
  const others = new Set([...words].flatMap(formsOf).filter((form) => !words.has(form)))
  return [text, ...others].join(' ')
}
