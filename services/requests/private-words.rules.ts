/** What must not stand in words that strangers read: an e-mail address, a postcode, a telephone number, the person's name. */

const EMAIL = /[^\s@]+\s?@\s?[^\s@]+\.[a-z]{2,}/iu
/** A whole UK postcode, with or without its space. The first half alone is on the request already. */
const POSTCODE = /\b(?:[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}|gir\s*0aa)\b/iu
/** Ten or more digits in one go, however they are spaced, as a British number has; or seven after a code or '+'. */
const DIGITS = /(?:\+|\b0|\b\d)(?:[\s().–-]*\d){6,}/gu

/** Digits that are no number to ring: a day such as 01/12/2026 holds slashes, which a telephone number does not. */
function holdsTelephone(text: string): boolean {
  for (const [run] of text.matchAll(DIGITS)) {
    const digits = run.replace(/\D/g, '').length
    if (digits >= 10 || (digits >= 7 && /^(?:\+|0)/.test(run))) return true
  }
  return false
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A whole name of two words or more; a first name alone may be a word of every day, such as May or Will. */
const holdsName = (text: string, name: string): boolean =>
  /\S\s+\S/.test(name.trim()) &&
  new RegExp(`(?<!\\p{L})${escaped(name.trim()).replace(/\s+/g, '\\s+')}(?!\\p{L})`, 'iu').test(text)

/**
 * The sentence for the first thing that would say who or where somebody is; null when there is none.
 * @param names whole names that are known: the person's own
 */
export function givesAway(words: string, names: readonly string[] = []): string | null {
  const text = words.normalize('NFKC')
  if (EMAIL.test(text)) return 'Take out the e-mail address. Providers you do not know yet read this.'
  if (POSTCODE.test(text))
    return 'Take out the postcode. Providers see the first half of it, and the rest only when it is booked.'
  if (holdsTelephone(text)) return 'Take out the telephone number. Providers you do not know yet read this.'
  if (names.some((name) => holdsName(text, name)))
    return 'Take out the name. Providers learn it only when it is booked.'
  return null
}
