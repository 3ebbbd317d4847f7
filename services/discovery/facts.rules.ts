import type { EntryDocument } from './write-entries.server.ts'
import { audienceNumber, bits, categoryNumber, kindNumber, settingNumber, unitNumber } from './vocabulary.ts'
import { hash32 } from './words.rules.ts'

/**
 * What is filtered, counted and ranked by, in 24 bytes: six big-endian integers of 32 bits. Postgres hands them over
 * untouched for every entry that the words and the place let through, so that ten thousand cost no more than a
 * few hundred rows of columns would.
 *
 * | integer | bits, lowest first |
 * |---|---|
 * | 0 | category 5, provider kind 4, setting 3, regulated, bookable, tiny, place, comes to you, days 7, known 1 |
 * | 1 | audiences 28, what the price is for 4 |
 * | 2 | price in pence; −1 when there is none |
 * | 3 | listed, day since 1970, 16; confirmed, the same, 16 |
 * | 4 | hash of the provider 16; experience × 6,000, 16 |
 * | 5 | next free, minute since 1970; NO_TIME when nothing is |
 */
export const FACTS_BYTES = 24
/** Where `overlay` puts a new value: bytes are counted from 1 there. */
export const KNOWN_BYTE = 1
export const EXPERIENCE_BYTE = 17
export const NEXT_FREE_BYTE = 21
export const NO_TIME = 0x7fffffff
const EXPERIENCE_STEPS = 6_000
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const AUDIENCE_BITS = 0x0fff_ffff

/** Below ten workers. */
const TINY = new Set(['one', 'two_to_nine'])

/** Fewer people than this say nothing that others may rely on. */
const KNOWN_FROM = 3
/** The byte that holds nothing but "at least three people have said". */
export const packKnown = (experienceCount: number): number => (experienceCount >= KNOWN_FROM ? 1 : 0)
export const packExperience = (score: number): number =>
  Math.round(Math.min(5, Math.max(0, score)) * EXPERIENCE_STEPS)
export const packMinutes = (time: Date | null): number =>
  time === null ? NO_TIME : Math.min(NO_TIME - 1, Math.floor(time.getTime() / MINUTE_MS))
const packDay = (time: Date): number => Math.min(0xffff, Math.max(0, Math.floor(time.getTime() / DAY_MS)))

/** The facts of an entry, as hexadecimal text. */
export function factsOf(document: EntryDocument): string {
  const bytes = Buffer.alloc(FACTS_BYTES)
  const flags = [
    document.regulated,
    document.bookable,
    TINY.has(document.providerSize ?? ''),
    document.entryKind === 'place',
    document.comesToYou,
  ]
  let first = categoryNumber(document.categoryCode)
  first |= kindNumber(document.providerKind) << 5
  first |= settingNumber(document.setting) << 9
  for (const [index, flag] of flags.entries()) if (flag) first |= 1 << (12 + index)
  first |= bits(document.days.filter((day) => day <= 7)) << 17
  first |= packKnown(document.experienceCount) << 24
  bytes.writeInt32BE(first, 0)
  const unit = document.free || document.pricePence === null ? 0 : unitNumber(document.priceUnit)
  bytes.writeInt32BE((bits(document.audiences.map(audienceNumber)) & AUDIENCE_BITS) | (unit << 28), 4)
  bytes.writeInt32BE(document.free ? 0 : (document.pricePence ?? -1), 8)
  bytes.writeUInt16BE(packDay(document.confirmedAt), 12)
  bytes.writeUInt16BE(packDay(document.listedAt), 14)
  bytes.writeUInt16BE(packExperience(document.experienceScore), 16)
  bytes.writeUInt16BE(hash32(document.providerId) & 0xffff, 18)
  bytes.writeInt32BE(packMinutes(document.nextFreeAt), 20)
  return bytes.toString('hex')
}

/** One entry that the words and the place let through. */
export interface Candidate {
  no: number
  category: number
  kind: number
  setting: number
  regulated: boolean
  bookable: boolean
  tiny: boolean
  place: boolean
  comesToYou: boolean
  /** Bits, Monday lowest. */
  days: number
  audiences: number
  /** −1 when there is no price. */
  pricePence: number
  /** Number of PRICE_UNITS; 0 when it is free or has no price. */
  unit: number
  confirmedDay: number
  listedDay: number
  experience: number
  /** At least three people have said how it was. */
  known: boolean
  providerHash: number
  /** Minutes since 1970; NO_TIME when nothing is free. */
  nextFree: number
  /** ts_rank of the words; 0 without words. */
  rank: number
  /** Straight line through the unit sphere; below 0 when no place was named or the entry has none. */
  chord: number
}

/** Its number, its facts, its rank and its distance, one after another. */
export const ROW_BYTES = 4 + FACTS_BYTES + 4 + 4

/** Reads packed rows. `read` fills the object that it is given, so that ten thousand rows make no ten thousand objects. */
export function readCandidates(rows: Buffer): {
  length: number
  read(this: void, index: number, into: Candidate): void
} {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength)
  return {
    length: Math.floor(rows.byteLength / ROW_BYTES),
    read(index, into) {
      const at = index * ROW_BYTES
      const first = view.getInt32(at + 4)
      into.no = view.getInt32(at)
      into.category = first & 31
      into.kind = (first >>> 5) & 15
      into.setting = (first >>> 9) & 7
      into.regulated = (first & (1 << 12)) !== 0
      into.bookable = (first & (1 << 13)) !== 0
      into.tiny = (first & (1 << 14)) !== 0
      into.place = (first & (1 << 15)) !== 0
      into.comesToYou = (first & (1 << 16)) !== 0
      into.days = (first >>> 17) & 127
      into.known = (first & (1 << 24)) !== 0
      const second = view.getInt32(at + 8)
      into.audiences = second & AUDIENCE_BITS
      into.unit = second >>> 28
      into.pricePence = view.getInt32(at + 12)
      into.confirmedDay = view.getUint16(at + 16)
      into.listedDay = view.getUint16(at + 18)
      into.experience = view.getUint16(at + 20) / EXPERIENCE_STEPS
      into.providerHash = view.getUint16(at + 22)
      into.nextFree = view.getInt32(at + 24)
      into.rank = view.getFloat32(at + 28)
      into.chord = view.getFloat32(at + 32)
    },
  }
}
