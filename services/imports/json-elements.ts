import { refuseUnreadable, UnreadableFile } from './source-lines.ts'
import type { SkipReason } from './skipped.ts'

/** The text of one JSON value, numbered by the line it starts on. */
export interface JsonElement {
  number: number
  text: string
  problem?: SkipReason
}

/**
 * `array`: [ {…}, {…} ]; `wrapper`: { "locations": [ {…}, … ] }, or the list under another key; `objects`: {…} {…}, over as many
 * lines as they like.
 * One object on each line (NDJSON) is read by lines instead, because there a broken line costs only itself.
 */
export type JsonShape = 'array' | 'wrapper' | 'objects'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const NEWLINE = 0x0a
const COLON = 0x3a
const COMMA = 0x2c
const OPEN = { object: 0x7b, array: 0x5b }
const CLOSE = { object: 0x7d, array: 0x5d }
const BLANKS = new Set([0x20, 0x09, 0x0d, NEWLINE, 0xef, 0xbb, 0xbf])

/** Cuts a JSON document into its records as the bytes stream past; memory holds one record and one chunk. */
export class JsonCutter {
  readonly #shape: JsonShape
  readonly #longest: number
  readonly #list: string
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  /** How many brackets are open outside a record when records may start; -1 until the list is found. */
  #level: number
  #depth = 0
  #line = 1
  #inString = false
  #escaped = false
  /** Of the record being read; null between records. */
  #startLine: number | null = null
  #parts: Uint8Array[] = []
  #size = 0
  /** For the wrapper: the last string seen outside records, to find the key of the list. */
  #key: number[] = []
  #keyIsNext = false
  #done = false

  constructor(shape: JsonShape, longest: number, list = 'locations') {
    this.#shape = shape
    this.#longest = longest
    this.#list = list
    this.#level = shape === 'objects' ? 0 : -1
  }

  /** The line on which a record started that has not ended, or null. */
  get unfinished(): number | null {
    return this.#startLine
  }
  get foundList(): boolean {
    return this.#level >= 0 || this.#done
  }

  /** Takes the next bytes and returns the records that ended in them. */
  push(chunk: Uint8Array): JsonElement[] {
    const out: JsonElement[] = []
    let from = this.#startLine === null ? -1 : 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (byte === NEWLINE) this.#line += 1
      if (this.#inString) {
        this.#insideString(byte)
        continue
      }
      if (this.#startLine !== null) {
        const ended = this.#insideRecord(byte)
        if (ended === 'after' || ended === 'before') {
          const end = ended === 'after' ? at + 1 : at
          this.#keep(chunk.subarray(from, end))
          out.push(this.#take())
          from = -1
          if (ended === 'before') this.#between(byte)
        }
        continue
      }
      if (this.#between(byte)) from = at
    }
    if (this.#startLine !== null) this.#keep(chunk.subarray(from))
    return out
  }

  #insideString(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === BACKSLASH) this.#escaped = true
    else if (byte === QUOTE) this.#inString = false
    else if (this.#startLine === null && this.#key.length < 32) this.#key.push(byte)
  }

  /** 'after': this byte closes the record; 'before': it stands after a bare value such as a number. */
  #insideRecord(byte: number): 'after' | 'before' | null {
    if (byte === QUOTE) this.#inString = true
    else if (byte === OPEN.object || byte === OPEN.array) this.#depth += 1
    else if (byte === CLOSE.object || byte === CLOSE.array) {
      if (this.#depth === this.#level) return 'before'
      this.#depth -= 1
      if (this.#depth === this.#level) return 'after'
    } else if (this.#depth === this.#level && (byte === COMMA || byte === NEWLINE)) return 'before'
    return null
  }

  /** Between records, or before the list. True when a record starts with this byte. */
  #between(byte: number): boolean {
    if (BLANKS.has(byte) || byte === COMMA) return false
    const inList = this.#level >= 0 && this.#depth === this.#level
    if (inList && byte !== CLOSE.array && byte !== CLOSE.object) {
      this.#startLine = this.#line
      if (byte === QUOTE) this.#inString = true
      if (byte === OPEN.object || byte === OPEN.array) this.#depth += 1
      return true
    }
    if (byte === QUOTE) {
      this.#inString = true
      this.#key = []
    } else if (byte === COLON) {
      this.#keyIsNext = this.#depth === 1 && String.fromCharCode(...this.#key) === this.#list
      return false
    } else if (byte === OPEN.object || byte === OPEN.array) this.#open(byte)
    else if (byte === CLOSE.object || byte === CLOSE.array) this.#close()
    this.#keyIsNext = false
    return false
  }

  #open(byte: number): void {
    const isList =
      !this.#done &&
      byte === OPEN.array &&
      (this.#shape === 'array' ? this.#depth === 0 : this.#shape === 'wrapper' && this.#keyIsNext)
    this.#depth += 1
    if (isList) this.#level = this.#depth
  }

  #close(): void {
    if (this.#depth === this.#level && this.#shape !== 'objects') {
      this.#level = -1
      this.#done = true
    }
    this.#depth = Math.max(0, this.#depth - 1)
  }

  #keep(bytes: Uint8Array): void {
    this.#size += bytes.length
    if (this.#size <= this.#longest) this.#parts.push(bytes.slice())
    else this.#parts = []
  }

  #take(): JsonElement {
    const number = this.#startLine ?? this.#line
    const size = this.#size
    const parts = this.#parts
    this.#startLine = null
    this.#parts = []
    this.#size = 0
    if (size > this.#longest) return { number, text: '', problem: 'too_long' }
    try {
      return { number, text: this.#decoder.decode(Buffer.concat(parts)) }
    } catch {
      return { number, text: '', problem: 'not_utf8' }
    }
  }
}

/** @throws UnreadableFile when the document ends inside a record, or holds no list of records at all. */
export async function* jsonElements(
  chunks: AsyncIterable<Uint8Array>,
  { shape, longest, list }: { shape: JsonShape; longest: number; list?: string },
): AsyncGenerator<JsonElement[]> {
  const cutter = new JsonCutter(shape, longest, list)
  let started = false
  for await (const chunk of chunks) {
    if (!started && chunk.length > 0) {
      refuseUnreadable(chunk)
      started = true
    }
    const elements = cutter.push(chunk)
    if (elements.length > 0) yield elements
  }
  if (cutter.unfinished !== null)
    throw new UnreadableFile(
      `The file ends in the middle of the record that starts on line ${String(cutter.unfinished)}.`,
    )
  if (!cutter.foundList) throw new UnreadableFile('The file holds no list of records.')
}
