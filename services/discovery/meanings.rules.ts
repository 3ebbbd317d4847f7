import { audienceSynonyms, categorySynonyms, sameWords } from './synonyms/index.ts'
import { AUDIENCES, audienceNumber, CATEGORIES, categoryNumber } from './vocabulary.ts'
import { plain } from './words.rules.ts'

/** Longest phrase that is looked up, people named in the middle of it among them. */
export const LONGEST_PHRASE = 8

/** What a phrase means beside its own words. */
export interface Meaning {
  /** Tokens of the index that mean the same: 'category:3', 'audience:2'. */
  tokens: readonly string[]
  /** Other words that mean the same, each list together. */
  also: readonly (readonly string[])[]
  /** Tokens for when nothing holds the words: what it is one kind of. */
  instead: readonly string[]
}
export const NOTHING_MEANT: Meaning = { tokens: [], also: [], instead: [] }

interface Learned {
  tokens: Set<string>
  also: string[][]
  instead: Set<string>
}
const phrases = new Map<string, Learned>()
function learn(words: readonly string[], note: (learned: Learned) => void): void {
  for (const phrase of words) {
    const known = phrases.get(phrase) ?? { tokens: new Set(), also: [], instead: new Set() }
    phrases.set(phrase, known)
    note(known)
  }
}
const categoryToken = (code: string): string => `category:${String(categoryNumber(code))}`
const audienceToken = (code: string): string => `audience:${String(audienceNumber(code))}`
// What the filters are called may be typed too.
for (const [code, name] of CATEGORIES) learn([plain(name)], ({ tokens }) => tokens.add(categoryToken(code)))
for (const [code, name] of AUDIENCES) learn([plain(name)], ({ tokens }) => tokens.add(audienceToken(code)))
for (const { category, words, within = [] } of categorySynonyms) {
  const token = categoryToken(category)
  learn(words, ({ tokens }) => tokens.add(token))
  learn(within, ({ instead }) => instead.add(token))
}
for (const { audience, words } of audienceSynonyms)
  learn(words, ({ tokens }) => tokens.add(audienceToken(audience)))
for (const { words, also } of sameWords)
  learn(words, (learned) => learned.also.push(...also.map((phrase) => phrase.split(' '))))

/** 'carers' is looked up as 'carer' too. */
const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word)

/** What words together mean beside themselves; null when no reviewed list names them. */
export function meaningOf(words: readonly string[]): Meaning | null {
  const found = phrases.get(words.join(' ')) ?? phrases.get(words.map(singular).join(' '))
  return found ? { tokens: [...found.tokens], also: found.also, instead: [...found.instead] } : null
}

/** Every reviewed phrase and what it means, for engines that keep synonyms themselves. */
export const reviewedMeanings = (): [phrase: string, meaning: Meaning][] =>
  [...phrases].map(([phrase, { tokens, also, instead }]) => [
    phrase,
    { tokens: [...tokens], also, instead: [...instead] },
  ])

const vocabulary = new Set([...phrases.keys()].flatMap((phrase) => phrase.split(' ')))
/** A word of a reviewed phrase is a word: never taken for a slip of another. */
export const isPhraseWord = (word: string): boolean => vocabulary.has(word)
/** Words that a slip may have meant. */
export const PHRASE_WORDS: readonly string[] = [...vocabulary].filter((word) => /^[a-z]{5,}$/.test(word))
