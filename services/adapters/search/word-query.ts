/** A query of words, as `textQuery` writes it in PostgreSQL's form, read into a tree. Pure. */
export type WordNode =
  | { kind: 'word'; word: string }
  /** Words one after another, each so many places after the one before. */
  | { kind: 'phrase'; words: { word: string; after: number }[] }
  | { kind: 'and' | 'or'; of: WordNode[] }

const TOKEN = /'((?:[^'\\]|''|\\.)*)'|<(\d+)>|[&|()]/g

interface Token {
  text: string
  word: string | null
  distance: number | null
}

const tokensOf = (query: string): Token[] =>
  [...query.matchAll(TOKEN)].map(([text, word, distance]) => ({
    text,
    word: word === undefined ? null : word.replaceAll("''", "'").replaceAll('\\\\', '\\'),
    distance: distance === undefined ? null : Number(distance),
  }))

/**
 * Reads a query: `<n>` binds closest, then `&`, then `|`.
 * @throws Error for what `textQuery` never writes
 */
export function parseWords(query: string): WordNode {
  const tokens = tokensOf(query)
  let at = 0
  const peek = (): Token | undefined => tokens[at]
  const next = (): Token => {
    const token = tokens[at]
    if (!token) throw new Error('a query of words ends too soon')
    at += 1
    return token
  }
  function either(): WordNode {
    const of = [all()]
    while (peek()?.text === '|') {
      next()
      of.push(all())
    }
    return of.length === 1 ? (of[0] as WordNode) : { kind: 'or', of }
  }
  function all(): WordNode {
    const of = [phrase()]
    while (peek()?.text === '&') {
      next()
      of.push(phrase())
    }
    return of.length === 1 ? (of[0] as WordNode) : { kind: 'and', of }
  }
  function phrase(): WordNode {
    const first = one()
    if (peek()?.distance === null || peek() === undefined) return first
    if (first.kind !== 'word') throw new Error('in a query of words only words stand in a phrase')
    const words = [{ word: first.word, after: 0 }]
    for (let token = peek(); token && token.distance !== null; token = peek()) {
      next()
      const { word } = next()
      if (word === null) throw new Error('in a query of words only words stand in a phrase')
      words.push({ word, after: token.distance })
    }
    return { kind: 'phrase', words }
  }
  function one(): WordNode {
    const token = next()
    if (token.word !== null) return { kind: 'word', word: token.word }
    if (token.text !== '(') throw new Error('a query of words has a sign out of place')
    const inside = either()
    if (next().text !== ')') throw new Error('a query of words is not closed')
    return inside
  }
  const tree = either()
  if (at < tokens.length) throw new Error('a query of words goes on after its end')
  return tree
}
