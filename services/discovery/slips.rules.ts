import { PHRASE_WORDS, isPhraseWord } from './meanings.rules.ts'
import type { Wanted } from './query-words.rules.ts'

/** What the index knows of a word. */
export interface KnownWord {
  word: string
  /** Stems; none for a word that the index leaves out ('the'). */
  lexemes: readonly string[]
  known: boolean
  /** Words like it that the index holds, when it does not hold this one. */
  similar: readonly string[]
}
/** Typed like this, searched like that. */
export interface Slip {
  typed: string
  used: string
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

/** How many letters may be wrong: none in three, one in up to five, two in up to eleven, three in longer words. */
const mayDiffer = (length: number): number => (length <= 3 ? 0 : length <= 5 ? 1 : length <= 11 ? 2 : 3)

/** "pets" is no slip of "pegs": of four letters one may be missing, too many or out of place, not another. */
const another = (a: string, b: string): boolean =>
  a.length === 4 && b.length === 4 && [...a].sort().join('') !== [...b].sort().join('')

/** The nearest of words; the earlier of two that are as near. */
export function nearest(word: string, others: readonly string[]): string | null {
  const most = mayDiffer(word.length)
  let best: string | null = null
  let apart = most + 1
  for (const other of others) {
    if (another(word, other)) continue
    const off = lettersApart(word, other, most)
    if (off < apart) {
      apart = off
      best = other
    }
  }
  return best
}

/**
 * Words that nothing here knows, with the word that was most likely meant: one that the index holds, or a reviewed
 * synonym. What was meant is then searched for as if it had been typed, so that a slip never finds less.
 */
export function slipsIn(wanted: readonly Wanted[], knowledge: readonly KnownWord[]): Slip[] {
  const byWord = new Map(knowledge.map((entry) => [entry.word, entry]))
  const typed = new Set(
    wanted
      .filter(({ tokens, also, instead }) => tokens.length + also.length + instead.length === 0)
      .flatMap(({ words }) => words),
  )
  return [...typed].flatMap((word) => {
    const entry = byWord.get(word)
    if (!entry || entry.known || entry.lexemes.length === 0 || isPhraseWord(word) || !/^[a-z]+$/.test(word))
      return []
    const used = nearest(word, [...[...entry.similar].sort(), ...PHRASE_WORDS])
    return used === null ? [] : [{ typed: word, used }]
  })
}
