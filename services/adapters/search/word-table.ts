/**
 * The words of every entry, turned round: for each lexeme the rows that hold it, with what it adds to their rank and where it stands. It is
 * read from PostgreSQL's own tsvector and answers PostgreSQL's own queries (`&`, `|`, `<n>`), so that both find the same.
 */
import { parseWords, type WordNode } from './word-query.ts'

/** Of D, C, B, A: description, summary, provider and category, title. Half of the rank's room is the title's. */
const WEIGHTS = [0.1, 0.3, 0.6, 1]
/** Σ 1/n², which ts_rank divides by. */
const LIMIT = 1.64493406685
const WHERE_BITS = 0x3fff

/** Rows that hold one lexeme; an entry written anew leaves its old ones behind, with the turn they were of. */
interface Posting {
  length: number
  rows: Int32Array
  turns: Int32Array
  /** What the lexeme adds to the rank of the row. */
  adds: Float32Array
  /** Where its positions begin among all positions, and how many there are. */
  from: Int32Array
  count: Uint8Array
}

const grown = <Kind extends Int32Array | Uint8Array | Float32Array>(bigger: Kind, old: Kind): Kind => {
  bigger.set(old)
  return bigger
}

/** What the numbers of ts_rank come to for one lexeme with these positions, weights in their two highest bits. */
function rankOf(positions: Uint16Array, from: number, count: number): number {
  let sum = 0
  let most = -1
  let at = 0
  for (let j = 0; j < count; j += 1) {
    const weight = WEIGHTS[(positions[from + j] ?? 0) >> 14] ?? 0
    sum += weight / ((j + 1) * (j + 1))
    if (weight > most) {
      most = weight
      at = j
    }
  }
  return (most + sum - most / ((at + 1) * (at + 1))) / LIMIT
}

/** Rows as bits. */
type Bits = Uint32Array

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function setIn(bits: Bits): number {
  let set = 0
  for (let word = 0; word < bits.length; word += 1) {
    let b = bits[word] ?? 0
    b -= (b >>> 1) & 0x55555555
    b = (b & 0x33333333) + ((b >>> 2) & 0x33333333)
    set += Math.imul((b + (b >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return set
}

export class WordTable {
  private readonly postings = new Map<string, Posting>()
  private positions = new Uint16Array(1_024)
  private used = 0
  private turnOf = new Int32Array(0)
  private stale = 0
  private live = 0

  /** Room for so many rows. */
  reserve(rows: number): void {
    if (rows > this.turnOf.length) this.turnOf = grown(new Int32Array(rows), this.turnOf)
  }

  /** Whether so much is left behind that reading everything anew is worth it. */
  get worn(): boolean {
    return this.stale > 100_000 && this.stale > this.live
  }

  /** What the row held counts no more. */
  forget(row: number): void {
    this.turnOf[row] = (this.turnOf[row] ?? 0) + 1
  }

  /**
   * Takes the words of a row in, instead of what it had.
   * @param bytes a tsvector as `tsvectorsend` packs it, from `at` on
   */
  put(row: number, bytes: Buffer, at: number): void {
    this.forget(row)
    let place = at + 4
    const lexemes = bytes.readInt32BE(at)
    for (let n = 0; n < lexemes; n += 1) {
      const end = bytes.indexOf(0, place)
      const lexeme = bytes.toString('utf8', place, end)
      const count = bytes.readUInt16BE(end + 1)
      place = end + 3 + 2 * count
      this.add(lexeme, row, bytes, end + 3, count)
    }
    this.live += lexemes
    // It had about as many before.
    if ((this.turnOf[row] ?? 0) > 1) this.stale += lexemes
  }

  private add(lexeme: string, row: number, bytes: Buffer, at: number, count: number): void {
    const posting = this.postings.get(lexeme) ?? {
      length: 0,
      rows: new Int32Array(4),
      turns: new Int32Array(4),
      adds: new Float32Array(4),
      from: new Int32Array(4),
      count: new Uint8Array(4),
    }
    this.postings.set(lexeme, posting)
    if (posting.length === posting.rows.length) {
      const room = posting.rows.length * 2
      posting.rows = grown(new Int32Array(room), posting.rows)
      posting.turns = grown(new Int32Array(room), posting.turns)
      posting.adds = grown(new Float32Array(room), posting.adds)
      posting.from = grown(new Int32Array(room), posting.from)
      posting.count = grown(new Uint8Array(room), posting.count)
    }
    // Of a lexeme that stands everywhere in a text the first places are enough to know it by.
    const kept = Math.min(count, 255)
    if (this.used + kept > this.positions.length) {
      const bigger = new Uint16Array(Math.max(this.used + kept, 2 * this.positions.length))
      bigger.set(this.positions)
      this.positions = bigger
    }
    for (let j = 0; j < kept; j += 1) this.positions[this.used + j] = bytes.readUInt16BE(at + 2 * j)
    const n = posting.length
    posting.rows[n] = row
    posting.turns[n] = this.turnOf[row] ?? 0
    posting.adds[n] = kept === 0 ? (WEIGHTS[0] ?? 0) / LIMIT : rankOf(this.positions, this.used, kept)
    posting.from[n] = this.used
    posting.count[n] = kept
    posting.length += 1
    this.used += kept
  }

  /**
   * The rows that answer a query, in order, each with its rank.
   * @param match what a row has to hold
   * @param rank what it is ranked by; null for no rank
   */
  find(match: string, rank: string | null): { rows: Int32Array; rank: Float32Array } {
    const bits = this.bits(parseWords(match))
    const ranks = new Float32Array(this.turnOf.length)
    const operands = rank === null ? [] : lexemesOf(parseWords(rank))
    const { turnOf } = this
    for (const lexeme of operands) {
      const posting = this.postings.get(lexeme)
      if (!posting) continue
      const { length, rows, turns, adds } = posting
      for (let n = 0; n < length; n += 1) {
        const row = rows[n] ?? 0
        if (turns[n] === turnOf[row]) ranks[row] = (ranks[row] ?? 0) + (adds[n] ?? 0) / operands.length
      }
    }
    const rows = new Int32Array(setIn(bits))
    let length = 0
    for (let word = 0; word < bits.length; word += 1)
      for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) {
        rows[length] = word * 32 + 31 - Math.clz32(rest & -rest)
        length += 1
      }
    return { rows, rank: ranks }
  }

  private empty = (): Bits => new Uint32Array(Math.ceil(this.turnOf.length / 32))

  private bits(node: WordNode): Bits {
    if (node.kind === 'phrase') return this.inOrder(node.words)
    const bits = this.empty()
    if (node.kind === 'word') {
      const posting = this.postings.get(node.word)
      if (!posting) return bits
      const { length, rows, turns } = posting
      const { turnOf } = this
      for (let n = 0; n < length; n += 1) {
        const row = rows[n] ?? 0
        if (turns[n] === turnOf[row]) bits[row >> 5] = (bits[row >> 5] ?? 0) | (1 << (row & 31))
      }
      return bits
    }
    const [first, ...others] = node.of.map((one) => this.bits(one))
    if (first) bits.set(first)
    for (const other of others)
      for (let word = 0; word < bits.length; word += 1)
        bits[word] =
          node.kind === 'and'
            ? (bits[word] ?? 0) & (other[word] ?? 0)
            : (bits[word] ?? 0) | (other[word] ?? 0)
    return bits
  }

  /** Rows in which the words stand at these distances from each other. Plain loops: they run for every row that holds the first word. */
  private inOrder(words: readonly { word: string; after: number }[]): Bits {
    const bits = this.empty()
    const postings = words.flatMap(({ word }) => this.postings.get(word) ?? [])
    const [first, ...rest] = postings
    if (!first || postings.length < words.length) return bits
    // Where each row stands in the postings of the other words, from 1; 0 where it does not.
    const placed = rest.map((posting) => this.placed(posting))
    const { turnOf } = this
    for (let n = 0; n < first.length; n += 1) {
      const row = first.rows[n] ?? 0
      if (first.turns[n] !== turnOf[row]) continue
      let all = true
      for (let k = 0; all && k < placed.length; k += 1) all = placed[k]?.[row] !== 0
      if (all && this.follow(words, first, n, rest, placed, row))
        bits[row >> 5] = (bits[row >> 5] ?? 0) | (1 << (row & 31))
    }
    return bits
  }

  /** Whether from some place of the first word on the others stand where they should. */
  private follow(
    words: readonly { after: number }[],
    first: Posting,
    n: number,
    rest: readonly Posting[],
    placed: readonly Int32Array[],
    row: number,
  ): boolean {
    const count = first.count[n] ?? 0
    for (let start = 0; start < count; start += 1) {
      let place = this.placeOf(first, n, start)
      let k = 0
      for (; k < rest.length; k += 1) {
        place += words[k + 1]?.after ?? 1
        if (!this.standsAt(rest[k] as Posting, (placed[k]?.[row] ?? 0) - 1, place)) break
      }
      if (k === rest.length) return true
    }
    return false
  }

  private placed(posting: Posting): Int32Array {
    const at = new Int32Array(this.turnOf.length)
    for (let n = 0; n < posting.length; n += 1) {
      const row = posting.rows[n] ?? 0
      if (posting.turns[n] === this.turnOf[row]) at[row] = n + 1
    }
    return at
  }

  private placeOf = (posting: Posting, n: number, j: number): number =>
    (this.positions[(posting.from[n] ?? 0) + j] ?? 0) & WHERE_BITS

  private standsAt(posting: Posting, n: number, place: number): boolean {
    const count = posting.count[n] ?? 0
    for (let j = 0; j < count; j += 1) if (this.placeOf(posting, n, j) === place) return true
    return false
  }
}

/** Every word of a query once. */
function lexemesOf(node: WordNode): string[] {
  const all: string[] = []
  const walk = (one: WordNode): void => {
    if (one.kind === 'word') all.push(one.word)
    else if (one.kind === 'phrase') all.push(...one.words.map(({ word }) => word))
    else one.of.forEach(walk)
  }
  walk(node)
  return [...new Set(all)]
}
