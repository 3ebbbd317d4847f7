import { reviewedMeanings } from './meanings.rules.ts'
import { wantedIn } from './query-words.rules.ts'
import { type KnownWord, type Slip, slipsIn } from './slips.rules.ts'
import { AUDIENCES, CATEGORIES } from './vocabulary.ts'

/**
 * How words are handed to an engine that keeps words and synonyms itself. What a phrase means is a made-up word there, which stands in
 * the records of everything that is meant: 'meansnursing', 'fordementia'. Nobody types such words and no slip comes near one.
 */
const solid = (code: string): string => code.replaceAll('_', '')
export const categoryWord = (code: string): string => `means${solid(code)}`
export const audienceWord = (code: string): string => `for${solid(code)}`

/** 'meansnursing' for 'category:13'. */
function wordOfToken(token: string): string {
  const [kind = '', number = ''] = token.split(':')
  const [code] = (kind === 'category' ? CATEGORIES : AUDIENCES)[Number(number) - 1] ?? ['']
  return kind === 'category' ? categoryWord(code) : audienceWord(code)
}

/** One thing that was asked for, as it is sent. */
export interface QueryTerm {
  /** Sent as it is; synonyms of the engine add what it means. */
  words: string
  /** What somebody typed of it, for saying that nothing holds it. */
  typed: readonly string[]
  /** For when nothing holds it: what it is one kind of; null when that is not known. */
  instead: string | null
}

const REVIEWED = new Set(reviewedMeanings().map(([phrase]) => phrase))

/** What somebody wants, without the words around it, and with the slips put right. Their own sentence goes nowhere. */
export function queryTerms(text: string, slips: readonly Slip[] = []): QueryTerm[] {
  return wantedIn(text, slips).map(({ words, phrase, tokens, instead }) => {
    const [token] = tokens
    const [kind] = instead
    const asTyped = phrase.join(' ')
    const reviewed = REVIEWED.has(asTyped)
    return {
      // With a person named in its middle, or of several, a phrase is no reviewed one any more: what it means is sent in its place.
      words: reviewed ? asTyped : token === undefined ? words.join(' ') : wordOfToken(token),
      typed: words,
      instead: kind === undefined ? null : wordOfToken(kind),
    }
  })
}

/** Typed this, these are searched for, too. */
export interface ReviewedSynonym {
  input: string
  synonyms: string[]
}

/** The reviewed lists of `synonyms/`, all of them, one way: "respite" finds short breaks, "short breaks" does not become "respite". */
export const reviewedSynonyms = (): ReviewedSynonym[] =>
  reviewedMeanings().flatMap(([input, { tokens, also }]) => {
    const synonyms = [...tokens.map(wordOfToken), ...also.map((words) => words.join(' '))]
    const others = [...new Set(synonyms)].filter((one) => one !== input)
    return others.length > 0 ? [{ input, synonyms: others }] : []
  })

/** Which of the words are slips, by what the engine knows of them. */
export const slipsAmong = (text: string, knowledge: readonly KnownWord[]): Slip[] =>
  slipsIn(wantedIn(text), knowledge)
