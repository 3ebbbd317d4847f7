import { audienceSynonyms, categorySynonyms } from './synonyms/index.ts'
import { audienceNumber, CATEGORIES, categoryNumber } from './vocabulary.ts'
import { plain } from './words.rules.ts'

/** More words than this say nothing more. */
const MOST_WORDS = 16
const LONGEST_PHRASE = 6

/** Said around what is meant. Left out while anything else is left. */
const AROUND = new Set(
  `a about after all am an and any anybody anyone are around at be best by can cheap could do does either find for from get getting give go good have he
  help helping her here him his how i im in is it its just like local lives living look looking make man me mum mother mums dad dads father my need needing needs
  nice nearby near not of on one or our out person people please she so some somebody someone something that the their them there they
  this to too us want wanting wants we what when where which while who will with woman would you your husband wife partner son daughter brother
  sister uncle aunt friend neighbour old lady gentleman`.split(/\s+/),
)
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
export interface Wanted {
  words: readonly string[]
  /** Tokens of the index: 'category:3', 'audience:2'. */
  tokens: readonly string[]
}

const phrases = new Map<string, Set<string>>()
function learn(words: readonly string[], token: string): void {
  for (const phrase of words) {
    const known = phrases.get(phrase) ?? new Set()
    phrases.set(phrase, known.add(token))
  }
}
for (const { category, words } of categorySynonyms)
  learn(words, `category:${String(categoryNumber(category))}`)
for (const { audience, words } of audienceSynonyms)
  learn(words, `audience:${String(audienceNumber(audience))}`)

/** 'carers' is looked up as 'carer' too. */
const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word)

function tokensOf(words: readonly string[]): readonly string[] {
  const found = phrases.get(words.join(' ')) ?? phrases.get(words.map(singular).join(' '))
  return found ? [...found] : []
}

/**
 * What somebody wants, from what they typed: sector words and lay words by the reviewed synonyms, longest phrase
 * first; words around the meaning are dropped. "someone to sit with mum" becomes sitting and short breaks.
 */
export function wantedIn(text: string): Wanted[] {
  const words = plain(text).split(' ').filter(Boolean).slice(0, MOST_WORDS)
  const wanted: Wanted[] = []
  for (let at = 0; at < words.length;) {
    let taken = 1
    let tokens: readonly string[] = []
    for (let length = Math.min(LONGEST_PHRASE, words.length - at); length >= 1; length -= 1) {
      tokens = tokensOf(words.slice(at, at + length))
      if (tokens.length > 0) {
        taken = length
        break
      }
    }
    wanted.push({ words: words.slice(at, at + taken), tokens })
    at += taken
  }
  const telling = wanted.filter(({ words: [first = ''], tokens }) => tokens.length > 0 || !AROUND.has(first))
  const narrow = telling.filter(({ words: [first = ''], tokens }) => tokens.length > 0 || !BROAD.has(first))
  const kept = narrow.length > 0 ? narrow : telling.length > 0 ? telling : wanted
  return kept.map(({ words: all, tokens }) => ({
    words: all.length > 1 ? all.filter((word) => !AROUND.has(word)) : all,
    tokens,
  }))
}

/** The one category that the words mean, when they mean just one: what gaps are counted by. */
export function categoryMeant(text: string): string | null {
  const meant = new Set(
    wantedIn(text).flatMap(({ tokens }) => tokens.filter((token) => token.startsWith('category:'))),
  )
  const [only] = meant
  if (meant.size !== 1 || only === undefined) return null
  return CATEGORIES[Number(only.slice('category:'.length)) - 1]?.[0] ?? null
}

/** What the index knows of a word. */
export interface KnownWord {
  word: string
  /** Stems; none for a word that the index leaves out ('the'). */
  lexemes: readonly string[]
  known: boolean
  /** Words like it, with their stems, when it is not known. */
  similar: readonly { word: string; lexeme: string }[]
}

/** How many letters must be put in, taken out, changed or swapped to make `b` of `a`; `most` + 1 when it is more. */
export function lettersApart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? 0, most + 1)
}

/** The nearest of the words that are like it: one letter off for short words, two for long ones, three for very long. */
export function nearest({ word, similar }: KnownWord): { word: string; lexeme: string } | null {
  const most = word.length <= 3 ? 0 : word.length <= 5 ? 1 : word.length <= 9 ? 2 : 3
  let best: { word: string; lexeme: string } | null = null
  let apart = most + 1
  for (const other of similar) {
    const off = lettersApart(word, other.word, most)
    if (off < apart || (off === apart && best !== null && other.word < best.word)) {
      apart = off
      best = other
    }
  }
  return apart <= most ? best : null
}

const PHRASE_WORDS = [...phrases.keys()].filter((phrase) => /^[a-z]{5,}$/.test(phrase))

/** The synonym that a word is a slip of: 'alzhiemers'. */
function nearestSynonym(word: string): { word: string; tokens: readonly string[] } | null {
  const similar = PHRASE_WORDS.map((phrase) => ({ word: phrase, lexeme: phrase }))
  const found = nearest({ word, lexemes: [], known: false, similar })
  return found ? { word: found.word, tokens: tokensOf([found.word]) } : null
}

/** A query in PostgreSQL's own form, and what was made of the words. */
export interface TextQuery {
  /** All that was wanted; null when nothing of it can be searched for. */
  all: string | null
  /** Any of it: also what the rank is counted by. */
  any: string | null
  corrected: { typed: string; used: string }[]
  unknown: string[]
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** Builds the query from what is wanted and what the index knows of the words. */
export function textQuery(wanted: readonly Wanted[], knowledge: readonly KnownWord[]): TextQuery {
  const byWord = new Map(knowledge.map((entry) => [entry.word, entry]))
  const corrected: { typed: string; used: string }[] = []
  const unknown: string[] = []
  const parts: string[] = []
  for (const { words, tokens } of wanted) {
    const lexemes: string[] = []
    const more: string[] = []
    let whole = true
    for (const word of words) {
      const entry = byWord.get(word)
      if (!entry || entry.lexemes.length === 0) continue
      if (entry.known) {
        lexemes.push(...entry.lexemes)
        continue
      }
      const other = tokens.length > 0 ? null : nearest(entry)
      const synonym = tokens.length > 0 || other ? null : nearestSynonym(word)
      if (synonym) {
        corrected.push({ typed: word, used: synonym.word })
        more.push(...synonym.tokens)
        whole = false
      } else if (other) {
        corrected.push({ typed: word, used: other.word })
        lexemes.push(other.lexeme)
        more.push(...tokensOf([other.word]))
      } else {
        whole = false
        if (tokens.length === 0) unknown.push(word)
      }
    }
    const alternatives = [...tokens, ...more].map(quoted)
    if (whole && lexemes.length > 0)
      alternatives.unshift(`(${[...new Set(lexemes)].map(quoted).join(' & ')})`)
    if (alternatives.length > 0) parts.push(`(${alternatives.join(' | ')})`)
  }
  const some = parts.length > 0
  return { all: some ? parts.join(' & ') : null, any: some ? parts.join(' | ') : null, corrected, unknown }
}
