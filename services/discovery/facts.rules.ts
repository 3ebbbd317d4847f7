import type { EntryDocument } from './write-entries.server.ts'
import {
  accessNumber,
  audienceNumber,
  bits,
  categoryNumber,
  checkNumber,
  kindNumber,
  languageCodes,
  languageNumber,
  settingNumber,
  sizeNumber,
  unitNumber,
  workerNumber,
} from './vocabulary.ts'
import { hash32 } from './words.rules.ts'

/**
 * What is filtered, counted and ranked by, in 32 bytes: eight big-endian integers of 32 bits. Every process keeps them in memory for all
 * entries (`services/adapters/search/entry-table.ts`), so that a search reads a few bytes an entry and no rows.
 *
 * | integer | bits, lowest first |
 * |---|---|
 * | 0 | category 5, provider kind 4, setting 3, regulated, bookable, tiny, place, comes to you, days 7, known 1, size 3 |
 * | 1 | audiences 28, what the price is for 4 |
 * | 2 | price in pence; −1 when there is none |
 * | 3 | listed, day since 1970, 16; confirmed, the same, 16 |
 * | 4 | hash of the provider 16; experience × 6,000, 16 |
 * | 5 | next free, minute since 1970; NO_TIME when nothing is |
 * | 6 | languages 24, checks 5 |
 * | 7 | what makes it easier to use 24, workers 2 |
 */
export const FACTS_BYTES = 32
/** Raised when the layout or what is in it changes: then all entries are written anew (`layout.server.ts`). */
export const FACTS_LAYOUT = 2
export const NO_TIME = 0x7fffffff
const EXPERIENCE_STEPS = 6_000
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const AUDIENCE_BITS = 0x0fff_ffff
const LOW_24 = 0x00ff_ffff

/** Below ten workers. */
const TINY = new Set(['one', 'two_to_nine'])

/** Fewer people than this say nothing that others may rely on. */
const KNOWN_FROM = 3
const packExperience = (score: number): number =>
  Math.round(Math.min(5, Math.max(0, score)) * EXPERIENCE_STEPS)
const packMinutes = (time: Date | null): number =>
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
  first |= (document.experienceCount >= KNOWN_FROM ? 1 : 0) << 24
  first |= sizeNumber(document.providerSize) << 25
  bytes.writeInt32BE(first, 0)
  const unit = document.free || document.pricePence === null ? 0 : unitNumber(document.priceUnit)
  bytes.writeInt32BE((bits(document.audiences.map(audienceNumber)) & AUDIENCE_BITS) | (unit << 28), 4)
  bytes.writeInt32BE(document.free ? 0 : (document.pricePence ?? -1), 8)
  bytes.writeUInt16BE(packDay(document.confirmedAt), 12)
  bytes.writeUInt16BE(packDay(document.listedAt), 14)
  bytes.writeUInt16BE(packExperience(document.experienceScore), 16)
  bytes.writeUInt16BE(hash32(document.providerId) & 0xffff, 18)
  bytes.writeInt32BE(packMinutes(document.nextFreeAt), 20)
  const languages = bits(languageCodes(document.languages ?? []).map(languageNumber)) & LOW_24
  bytes.writeInt32BE(languages | (bits((document.checks ?? []).map(checkNumber)) << 24), 24)
  const access = bits((document.access ?? []).map(accessNumber)) & LOW_24
  bytes.writeInt32BE(access | (bits((document.workers ?? []).map(workerNumber)) << 24), 28)
  return bytes.toString('hex')
}

/** For each hour of a week from which week on it is free, four bits each, after the day since 1970 of the Monday they are counted from. */
export const FREE_WEEK_BYTES = 2 + (7 * 24) / 2

/** The week as hexadecimal text; null where no hours are kept. */
export function freeWeekOf({ freeWeek }: Pick<EntryDocument, 'freeWeek'>): string | null {
  if (!freeWeek) return null
  const bytes = Buffer.alloc(FREE_WEEK_BYTES)
  bytes.writeUInt16BE(packDay(new Date(`${freeWeek.monday}T00:00:00Z`)), 0)
  for (let hour = 0; hour < 7 * 24; hour += 2)
    bytes[2 + hour / 2] = ((freeWeek.from[hour] ?? 15) << 4) | (freeWeek.from[hour + 1] ?? 15)
  return bytes.toString('hex')
}

/** From which week on an hour of the week is free, of packed bytes: 0 to 15. */
export const freeFrom = (bytes: Uint8Array, at: number, hour: number): number =>
  ((bytes[at + 2 + (hour >> 1)] ?? 0xff) >> (hour % 2 === 0 ? 4 : 0)) & 15

/** One entry that the words and the place let through. */
export interface Candidate {
  no: number
  category: number
  kind: number
  setting: number
  size: number
  regulated: boolean
  bookable: boolean
  tiny: boolean
  place: boolean
  comesToYou: boolean
  /** Weekdays on which it is offered, as bits, Monday lowest. */
  offered: number
  /** The same, or, when hours were asked for, the weekdays on which it is free at those hours. */
  days: number
  audiences: number
  languages: number
  checks: number
  access: number
  workers: number
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

/** One to read into: with every field from the start, since an object that gains them one by one is slow to read for good. */
export const emptyCandidate = (): Candidate => ({
  no: 0,
  category: 0,
  kind: 0,
  setting: 0,
  size: 0,
  regulated: false,
  bookable: false,
  tiny: false,
  place: false,
  comesToYou: false,
  offered: 0,
  days: 0,
  audiences: 0,
  languages: 0,
  checks: 0,
  access: 0,
  workers: 0,
  pricePence: 0,
  unit: 0,
  confirmedDay: 0,
  listedDay: 0,
  experience: 0.5,
  known: false,
  providerHash: 0,
  nextFree: 0,
  rank: 0.5,
  chord: 0.5,
})

/** Reads packed facts into the object that is given, so that a hundred thousand of them make no objects. */
export function readFacts(view: DataView, at: number, into: Candidate): void {
  const first = view.getInt32(at)
  into.category = first & 31
  into.kind = (first >>> 5) & 15
  into.setting = (first >>> 9) & 7
  into.regulated = (first & (1 << 12)) !== 0
  into.bookable = (first & (1 << 13)) !== 0
  into.tiny = (first & (1 << 14)) !== 0
  into.place = (first & (1 << 15)) !== 0
  into.comesToYou = (first & (1 << 16)) !== 0
  into.offered = (first >>> 17) & 127
  into.days = into.offered
  into.known = (first & (1 << 24)) !== 0
  into.size = (first >>> 25) & 7
  const second = view.getInt32(at + 4)
  into.audiences = second & AUDIENCE_BITS
  into.unit = second >>> 28
  into.pricePence = view.getInt32(at + 8)
  into.confirmedDay = view.getUint16(at + 12)
  into.listedDay = view.getUint16(at + 14)
  into.experience = view.getUint16(at + 16) / EXPERIENCE_STEPS
  into.providerHash = view.getUint16(at + 18)
  into.nextFree = view.getInt32(at + 20)
  const seventh = view.getInt32(at + 24)
  into.languages = seventh & LOW_24
  into.checks = seventh >>> 24
  const eighth = view.getInt32(at + 28)
  into.access = eighth & LOW_24
  into.workers = eighth >>> 24
}
