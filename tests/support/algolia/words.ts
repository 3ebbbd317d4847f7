/**
 * Words as Algolia finds them, as far as Kith leans on it: whole words (`prefixNone`), singular and plural, one-way synonyms for words
 * and phrases, and slips of one letter from four letters on and of two from six on, where `typoTolerance: min` keeps those with the
 * fewest. It knows no stop words, no splitting of compounds, and of "proximity" only that it is 0.
 */
const plain = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word)

/** The fields of one object, cut into words. */
export interface Searched {
  /** Where each word (in the singular) stands first: a thousand times the field, and its place in it when order counts. */
  at: Map<string, number>
}

export function searched(object: Record<string, unknown>, attributes: readonly string[]): Searched {
  const at = new Map<string, number>()
  for (const [field, attribute] of attributes.entries()) {
    const unordered = /^unordered\((.*)\)$/.exec(attribute)
    const text = object[unordered?.[1] ?? attribute]
    for (const [i, word] of plain(typeof text === 'string' ? text : '').entries()) {
      const place = field * 1_000 + (unordered ? 0 : Math.min(i, 999))
      if (!at.has(singular(word))) at.set(singular(word), place)
    }
  }
  return { at }
}

function lettersApart(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, i) => i)]
  const get = (i: number, j: number): number => rows[i]?.[j] ?? 99
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i])
    for (let j = 1; j <= b.length; j += 1) {
      let least = Math.min(
        get(i - 1, j) + 1,
        get(i, j - 1) + 1,
        get(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, get(i - 2, j - 2) + 1)
      rows[i]?.push(least)
    }
  }
  return get(a.length, b.length)
}

export interface WordSettings {
  minWordSizefor1Typo: number
  minWordSizefor2Typos: number
}
export interface Match {
  typos: number
  firstMatchedWord: number
  words: number
  exact: number
}
interface Found {
  typos: number
  at: number
  exact: number
}

export class WordsAsked {
  private readonly words: string[]
  private readonly synonyms: ReadonlyMap<string, readonly string[]>
  private readonly optional: boolean
  private readonly settings: WordSettings
  private readonly near = new Map<string, Map<string, number>>()

  constructor(
    query: string,
    synonyms: ReadonlyMap<string, readonly string[]>,
    optionalWords: readonly string[],
    settings: WordSettings,
  ) {
    this.words = plain(query)
    this.synonyms = synonyms
    this.settings = settings
    const optional = new Set(optionalWords.flatMap(plain))
    this.optional = this.words.length > 0 && this.words.every((word) => optional.has(word))
  }

  /** How this object holds the words; null when it does not. */
  match({ at }: Searched): Match | null {
    if (this.words.length === 0) return { typos: 0, firstMatchedWord: 0, words: 0, exact: 0 }
    const found = this.optional ? this.any(at) : this.all(at, 0)
    if (!found || found.length === 0) return null
    return {
      typos: found.reduce((sum, { typos }) => sum + typos, 0),
      firstMatchedWord: Math.min(...found.map((one) => one.at)),
      words: found.length,
      exact: found.reduce((sum, { exact }) => sum + exact, 0),
    }
  }

  /** Whether a word of an object is what was found for a word of the query. */
  marks(word: string): boolean {
    const at = new Map(plain(word).map((one) => [singular(one), 0]))
    return this.words.some((asked) => this.word(at, asked) !== null)
  }

  /** All words from here on, each as itself or as part of a phrase with synonyms; the way with the fewest slips. */
  private all(at: Searched['at'], from: number): Found[] | null {
    if (from === this.words.length) return []
    let best: Found[] | null = null
    const cost = (way: Found[]): number => way.reduce((sum, { typos }) => sum + typos, 0)
    for (let length = 1; from + length <= this.words.length; length += 1) {
      const here = this.here(at, this.words.slice(from, from + length))
      const rest = here && this.all(at, from + length)
      if (here && rest && (!best || cost([here, ...rest]) < cost(best))) best = [here, ...rest]
    }
    return best
  }

  private any(at: Searched['at']): Found[] {
    const found: Found[] = []
    for (let from = 0; from < this.words.length;) {
      let taken = 1
      for (let length = Math.min(8, this.words.length - from); length >= 1; length -= 1) {
        const one = this.here(at, this.words.slice(from, from + length))
        if (!one) continue
        found.push(one)
        taken = length
        break
      }
      from += taken
    }
    return found
  }

  private here(at: Searched['at'], span: readonly string[]): Found | null {
    const ways: Found[] = []
    const [only] = span
    const itself = span.length === 1 && only !== undefined ? this.word(at, only) : null
    if (itself) ways.push(itself)
    for (const other of this.synonyms.get(span.join(' ')) ?? []) {
      const places = plain(other).map((word) => at.get(singular(word)))
      if (places.every((place) => place !== undefined))
        ways.push({ typos: 0, at: Math.min(...places), exact: 0 })
    }
    return ways.sort((a, b) => a.typos - b.typos || a.at - b.at)[0] ?? null
  }

  private word(at: Searched['at'], word: string): Found | null {
    const place = at.get(singular(word))
    if (place !== undefined) return { typos: 0, at: place, exact: 1 }
    const most =
      word.length >= this.settings.minWordSizefor2Typos
        ? 2
        : word.length >= this.settings.minWordSizefor1Typo
          ? 1
          : 0
    if (most === 0) return null
    const known = this.near.get(word) ?? new Map<string, number>()
    this.near.set(word, known)
    let best: Found | null = null
    for (const [other, where] of at) {
      if (Math.abs(other.length - word.length) > most) continue
      const typos = known.get(other) ?? lettersApart(word, other)
      known.set(other, typos)
      if (typos <= most && (!best || typos < best.typos)) best = { typos, at: where, exact: 0 }
    }
    return best
  }
}
