import { LONGEST_PHRASE, meaningOf, NOTHING_MEANT, type Meaning } from './meanings.rules.ts'
import type { KnownWord, Slip } from './slips.rules.ts'
import { CATEGORIES } from './vocabulary.ts'
import { plain } from './words.rules.ts'

/** More words than this say nothing more. */
const MOST_WORDS = 16

/** Said around what is meant. Left out while anything else is left. */
const AROUND = new Set(
  `a about after all am an and any anybody anyone are around at available be best by can cheap could do does either find for friendly from get getting
  give go good have he help helping her here him his how i im in is it its just like local lives living look looking make man me mum mother mums dad
  dads father my need needing needs nice nearby near not of offer offers on one or our out person people please she so some somebody someone something
  speaking speaks that the their them there they this to too us want wanted wanting wants we what when where which while who will with woman would
  you your husband wife partner son daughter brother sister uncle aunt friend neighbour old lady gentleman`.split(
    /\s+/,
  ),
)
/** Says nothing of what is meant, by itself. */
export const standsAround = (word: string): boolean => AROUND.has(word)

/** True of nearly everything here: left out while something more telling is left. */
const BROAD = new Set([
  'care',
  'caring',
  'support',
  'service',
  'services',
  'provider',
  'providers',
  'company',
  'adult',
  'adults',
  'social',
])

/** One thing that was asked for: words that all belong together, and what else means the same. */
export interface Wanted extends Meaning {
  words: readonly string[]
  /** The same with what stands around and between them. */
  phrase: readonly string[]
}

/** Whom it is for, said in the middle of what it is: "take my son out" is "take out". */
const WHOM = new Set(
  `my our the a him her them me mum mother dad father son daughter husband wife partner brother sister gran grandma grandad nan`.split(
    ' ',
  ),
)

/** What words mean as they stand, else without the people named among them. */
function meant(words: readonly string[]): Meaning | null {
  const found = meaningOf(words)
  if (found || words.length < 3) return found
  const without = words.filter((word, i) => i === 0 || i === words.length - 1 || !WHOM.has(word))
  return without.length < words.length && without.length > 1 ? meaningOf(without) : null
}
const means = ({ tokens, also, instead }: Meaning): boolean =>
  tokens.length > 0 || also.length > 0 || instead.length > 0

/**
 * What somebody wants, from what they typed: sector words and lay words by the reviewed synonyms, longest phrase
 * first; words around the meaning are dropped. "someone to sit with mum" becomes sitting and short breaks.
 */
export function wantedIn(text: string, slips: readonly Slip[] = []): Wanted[] {
  const right = new Map(slips.map(({ typed, used }) => [typed, used]))
  const words = plain(text)
    .split(' ')
    .filter(Boolean)
    .slice(0, MOST_WORDS)
    .map((word) => right.get(word) ?? word)
  const wanted: Wanted[] = []
  for (let at = 0; at < words.length;) {
    let taken = 1
    let meaning: Meaning = NOTHING_MEANT
    for (let length = Math.min(LONGEST_PHRASE, words.length - at); length >= 1; length -= 1) {
      const found = meant(words.slice(at, at + length))
      if (!found) continue
      taken = length
      meaning = found
      break
    }
    const phrase = words.slice(at, at + taken)
    wanted.push({ words: phrase, phrase, ...meaning })
    at += taken
  }
  const telling = wanted.filter((one) => means(one) || !AROUND.has(one.words[0] ?? ''))
  const narrow = telling.filter((one) => means(one) || !BROAD.has(one.words[0] ?? ''))
  const kept = narrow.length > 0 ? narrow : telling.length > 0 ? telling : wanted
  return kept.map((one) => ({
    ...one,
    words: one.words.length > 1 ? one.words.filter((word) => !AROUND.has(word)) : one.words,
  }))
}

/** The one category that the words mean, when they mean just one: what gaps are counted by. */
export function categoryMeant(text: string): string | null {
  const meantHere = new Set(
    wantedIn(text)
      .flatMap(({ tokens, instead }) => [...tokens, ...instead])
      .filter((token) => token.startsWith('category:')),
  )
  const [only] = meantHere
  if (meantHere.size !== 1 || only === undefined) return null
  return CATEGORIES[Number(only.slice('category:'.length)) - 1]?.[0] ?? null
}

/** Every word that the index is asked about. */
export const wordsOfAll = (wanted: readonly Wanted[]): string[] => [
  ...new Set(wanted.flatMap(({ words, also }) => [...words, ...also.flat()])),
]

/** A query in PostgreSQL's own form, and what was made of the words. */
export interface TextQuery {
  /** All that was wanted; null when nothing of it can be searched for. */
  all: string | null
  /** All but one, whichever; null when that says nothing more than `any`. */
  most: string | null
  /** Any of it, and what is near to it. */
  any: string | null
  /** What the rank is counted by: any of it, and the single words of a phrase that was understood as a whole. */
  rank: string | null
  unknown: string[]
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const oneOf = (alternatives: readonly string[]): string => `(${alternatives.join(' | ')})`

/** Builds the query from what is wanted and what the index knows of the words. */
export function textQuery(wanted: readonly Wanted[], knowledge: readonly KnownWord[]): TextQuery {
  const byWord = new Map(knowledge.map((entry) => [entry.word, entry]))
  const unknown: string[] = []
  const parts: string[] = []
  const wider: string[] = []
  const ranked: string[] = []
  /** Words that all stand in one entry; null when the index holds one of them nowhere. */
  function together(words: readonly string[]): string | null {
    const entries = words
      .flatMap((word) => byWord.get(word) ?? [])
      .filter(({ lexemes }) => lexemes.length > 0)
    if (entries.length === 0 || entries.some(({ known }) => !known)) return null
    return `(${[...new Set(entries.flatMap(({ lexemes }) => lexemes))].map(quoted).join(' & ')})`
  }
  /**
   * A phrase that means something as a whole, as it was typed: "care home" is not "home care", and of "a break" only
   * "break" would be left.
   */
  function inOrder({ words, phrase }: Wanted): string | null {
    const placed = words.flatMap((word) => {
      const entry = byWord.get(word)
      return entry?.known && entry.lexemes.length === 1 ? [{ entry, at: phrase.indexOf(word) }] : []
    })
    if (placed.length < words.length || placed.length < 2) return null
    const [first, ...rest] = placed.map(({ entry, at }, i) => {
      const lexeme = quoted(entry.lexemes[0] ?? '')
      return i === 0 ? lexeme : ` <${String(at - (placed[i - 1]?.at ?? 0))}> ${lexeme}`
    })
    return `(${[first, ...rest].join('')})`
  }
  for (const one of wanted) {
    const { words, phrase, tokens, also, instead } = one
    const asTyped = tokens.length > 0 && phrase.length > 1 ? inOrder(one) : together(words)
    const said = [asTyped, ...also.map(together)].filter((part) => part !== null)
    const alternatives = [...said, ...tokens.map(quoted)]
    if (alternatives.length === 0) {
      unknown.push(...words.filter((word) => byWord.get(word)?.known === false))
      // Nothing holds it: what it is one kind of is the nearest there is.
      alternatives.push(...instead.map(quoted))
    }
    if (alternatives.length === 0) continue
    parts.push(oneOf(alternatives))
    wider.push(oneOf([...new Set([...alternatives, ...instead.map(quoted)])]))
    // "Someone to sit with mum" is a kind of support; of that kind, what is called sitting comes first.
    if (tokens.length > 0 && phrase.length > 1)
      ranked.push(...words.map((word) => together([word])).filter((part) => part !== null))
  }
  if (parts.length === 0) return { all: null, most: null, any: null, rank: null, unknown }
  const allBut = (without: number): string => `(${parts.filter((_, i) => i !== without).join(' & ')})`
  return {
    all: parts.join(' & '),
    most: parts.length > 2 ? parts.map((_, i) => allBut(i)).join(' | ') : null,
    any: wider.join(' | '),
    rank: [...new Set([...wider, ...ranked])].join(' | '),
    unknown,
  }
}
