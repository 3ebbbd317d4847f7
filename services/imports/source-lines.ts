import type { SkipReason } from './skipped.ts'

/** A line of a file, numbered from 1. `problem` is set when its text cannot be trusted. */
export interface SourceLine {
  number: number
  text: string
  problem?: SkipReason
}

export const ENCODINGS = ['utf-8', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** The file as a whole is none that can be read; the message is a sentence for the operator. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}

export interface LineOptions {
  /** Bytes; a longer line is reported and thrown away as it streams past, never held. */
  longest: number
  encoding?: Encoding
}

const NEWLINE = 0x0a
const RETURN = 0x0d
const NOTHING = new Uint8Array(0)

/** @throws UnreadableFile for archives and UTF-16, which no line of would make sense. */
export function refuseUnreadable(start: Uint8Array): void {
  const [a, b] = start
  if (a === 0x50 && b === 0x4b)
    throw new UnreadableFile('This is a zip file or a spreadsheet. Unpack it, or save it as CSV, first.')
  if (a === 0x1f && b === 0x8b) throw new UnreadableFile('This is a gzip file. Unpack it first.')
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    throw new UnreadableFile('This file is in UTF-16. Save it as UTF-8 first.')
}

/**
 * Splits bytes into lines, a block at a time, holding no more than a chunk and one line. A byte-order mark, CRLF
 * and blank lines are passed over in silence; a last line needs no newline.
 */
export async function* sourceLines(
  chunks: AsyncIterable<Uint8Array>,
  { longest, encoding = 'utf-8' }: LineOptions,
): AsyncGenerator<SourceLine[]> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let rest: Uint8Array = NOTHING
  let number = 0
  let started = false
  /** True while the rest of a line that was too long streams past. */
  let skipping = false

  for await (const chunk of chunks) {
    if (!started && chunk.length > 0) {
      refuseUnreadable(chunk)
      started = true
    }
    let data = chunk
    if (skipping) {
      const end = data.indexOf(NEWLINE)
      if (end < 0) continue
      skipping = false
      data = data.subarray(end + 1)
    }
    const end = data.lastIndexOf(NEWLINE)
    if (end < 0) {
      rest = joined(rest, data)
      if (rest.length > longest) {
        number += 1
        yield [{ number, text: '', problem: 'too_long' }]
        rest = NOTHING
        skipping = true
      }
      continue
    }
    const lines = linesOf(joined(rest, data.subarray(0, end)), number, longest, decoder)
    number += lines.count
    // A copy, because a stream may use the same memory for its next chunk.
    rest = data.slice(end + 1)
    if (lines.kept.length > 0) yield lines.kept
  }
  if (rest.length > 0) {
    const lines = linesOf(rest, number, longest, decoder)
    if (lines.kept.length > 0) yield lines.kept
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b.slice()
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

/** Decodes whole blocks at once, which is ten times faster, and line by line only when a block holds a bad byte. */
function linesOf(bytes: Uint8Array, before: number, longest: number, decoder: TextDecoder) {
  let texts: (string | null)[]
  try {
    texts = decoder.decode(bytes).split('\n')
  } catch {
    texts = splitBytes(bytes).map((line) => {
      try {
        return decoder.decode(line)
      } catch {
        return null
      }
    })
  }
  const kept: SourceLine[] = []
  texts.forEach((found, index) => {
    const number = before + index + 1
    if (found === null) {
      kept.push({ number, text: '', problem: 'not_utf8' })
      return
    }
    const text = found.endsWith('\r') ? found.slice(0, -1) : found
    if (text.trim() === '') return
    if (text.length > longest) kept.push({ number, text: '', problem: 'too_long' })
    else if (text.includes('\0')) kept.push({ number, text: '', problem: 'null_byte' })
    else kept.push({ number, text })
  })
  return { kept, count: texts.length }
}

function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let from = 0
  for (;;) {
    const end = bytes.indexOf(NEWLINE, from)
    const to = end < 0 ? bytes.length : end
    lines.push(bytes.subarray(from, bytes[to - 1] === RETURN && to > from ? to - 1 : to))
    if (end < 0) return lines
    from = end + 1
  }
}
