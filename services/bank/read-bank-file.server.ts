import { csvRecords } from '#services/imports/csv-records.ts'
import { sourceLines } from '#services/imports/source-lines.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { FileRecord } from './bank-lines.rules.ts'

/** A year of a busy account is some hundred kilobytes. */
const MOST_BYTES = 2_000_000
const MOST_RECORDS = 10_000
const LONGEST_LINE = 4_000

const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  bad_quotes: 'its quotation marks do not match',
  too_long: 'it is longer than a line of a bank can be',
  null_byte: 'it holds a character that is no text',
}

/** @throws INVALID beside the field `file` */
export function refuseFile(sentence: string): never {
  throw new DomainError('INVALID', sentence, { fields: { file: [sentence] } })
}

/**
 * A CSV file as records, each with the number of the line it begins on. It is known by its content, not by its name. UTF-8
 * with or without a mark, else Windows-1252.
 * @throws INVALID, saying what it is instead and what to do: empty, too large, a PDF, a spreadsheet, UTF-16, no text
 */
export async function readRecords(given: Uint8Array | string): Promise<FileRecord[]> {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given
  requireText(bytes)
  const records: FileRecord[] = []
  const lines = sourceLines(oneChunk(asUtf8(bytes)), { longest: LONGEST_LINE })
  for await (const block of csvRecords(lines, { multiline: true }))
    for (const record of block) {
      if (records.length >= MOST_RECORDS)
        refuseFile('This file has more than 10,000 lines. Ask your bank for fewer months at a time.')
      records.push(
        record.problem === undefined
          ? { number: record.number, cells: record.cells }
          : {
              number: record.number,
              cells: null,
              why: PROBLEM_WORDS[record.problem] ?? 'it cannot be read',
            },
      )
    }
  if (records.every(({ cells }) => cells === null))
    refuseFile('This file holds no text that can be read. Save it as CSV and choose it again.')
  if (records.every(({ cells }) => (cells?.length ?? 0) < 3))
    refuseFile('This is not a CSV file of a bank: its lines have no columns. Ask your bank for “CSV”.')
  return records
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** @throws INVALID for a file that is empty, too large, or of another kind, by its content */
export function requireText(bytes: Uint8Array): void {
  if (bytes.length === 0) refuseFile('This file is empty. Choose another one.')
  if (bytes.length > MOST_BYTES)
    refuseFile('This file is larger than 2 MB. Choose one with fewer days in it.')
  const begins = (...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte)
  if (begins(0x25, 0x50, 0x44, 0x46)) refuseFile('This is a PDF. Ask your bank for the same as “CSV”.')
  if (begins(0x50, 0x4b) || begins(0xd0, 0xcf, 0x11, 0xe0))
    refuseFile('This is a spreadsheet or a zip file. Save it as CSV and choose that.')
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff))
    refuseFile('This file is written as UTF-16. Save it as “CSV UTF-8” and choose that.')
  if (begins(0x1f, 0x8b)) refuseFile('This file is packed. Unpack it and choose what is in it.')
  // A few zero bytes are a slip of the bank's; many are a picture or a program.
  let zeros = 0
  for (const byte of bytes) if (byte === 0) zeros += 1
  if (zeros > bytes.length / 50) refuseFile('This is not a text file. Ask your bank for “CSV”.')
}

/** What a file holds, as text. */
export const textOf = (given: Uint8Array | string): string =>
  typeof given === 'string' ? given : new TextDecoder().decode(asUtf8(given))

/** What Windows-1252 has where Latin-1 has control characters: bytes 0x80 to 0x9f. */
const WINDOWS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** By hand, because TextDecoder of Node 20 takes Windows-1252 for Latin-1, and dashes and quotation marks are lost. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return bytes
  } catch {
    const text = Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80] ?? '')
    return new TextEncoder().encode(text)
  }
}
