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
  readonly no: number
  readonly category: number
  readonly kind: number
  readonly setting: number
  readonly size: number
  readonly regulated: boolean
  readonly bookable: boolean
  readonly tiny: boolean
  readonly place: boolean
  readonly comesToYou: boolean
  /** Weekdays on which it is offered, as bits, Monday lowest. */
  readonly offered: number
  /** The same, or, when hours were asked for, the weekdays on which it is free at those hours. */
  readonly days: number
  readonly audiences: number
  readonly languages: number
  readonly checks: number
  readonly access: number
  readonly workers: number
  /** −1 when there is no price. */
  readonly pricePence: number
  /** Number of PRICE_UNITS; 0 when it is free or has no price. */
  readonly unit: number
  readonly confirmedDay: number
  readonly listedDay: number
  readonly experience: number
  /** At least three people have said how it was. */
  readonly known: boolean
  readonly providerHash: number
  /** Minutes since 1970; NO_TIME when nothing is free. */
  readonly nextFree: number
  /** ts_rank of the words; 0 without words. */
  readonly rank: number
  /** Straight line through the unit sphere; below 0 when no place was named or the entry has none. */
  readonly chord: number
}

/**
 * An entry that is read out of the packed facts as far as somebody asks: most candidates of a search fall out by two or three of them.
 * One object goes through all the candidates of a search, so that a hundred thousand of them make no objects.
 */
export class PackedCandidate implements Candidate {
  no = 0
  // Numbers that are no whole ones from the start, so that the object never changes its shape.
  rank = 0.5
  chord = 0.5
  private view: DataView = new DataView(new ArrayBuffer(FACTS_BYTES))
  private at = 0
  /** Weekdays at the hours that were asked for; below 0 when none were. */
  private free = -1

  /** Another entry, by its packed facts; without a place, words or hours that were asked for. */
  set(view: DataView, at: number): void {
    this.view = view
    this.at = at
    this.free = -1
  }
  set freeDays(days: number) {
    this.free = days
  }
  private get first(): number {
    return this.view.getInt32(this.at)
  }
  private get second(): number {
    return this.view.getInt32(this.at + 4)
  }
  private get seventh(): number {
    return this.view.getInt32(this.at + 24)
  }
  private get eighth(): number {
    return this.view.getInt32(this.at + 28)
  }
  get category(): number {
    return this.first & 31
  }
  get kind(): number {
    return (this.first >>> 5) & 15
  }
  get setting(): number {
    return (this.first >>> 9) & 7
  }
  get regulated(): boolean {
    return (this.first & (1 << 12)) !== 0
  }
  get bookable(): boolean {
    return (this.first & (1 << 13)) !== 0
  }
  get tiny(): boolean {
    return (this.first & (1 << 14)) !== 0
  }
  get place(): boolean {
    return (this.first & (1 << 15)) !== 0
  }
  get comesToYou(): boolean {
    return (this.first & (1 << 16)) !== 0
  }
  get offered(): number {
    return (this.first >>> 17) & 127
  }
  get days(): number {
    return this.free < 0 ? this.offered : this.free
  }
  get known(): boolean {
    return (this.first & (1 << 24)) !== 0
  }
  get size(): number {
    return (this.first >>> 25) & 7
  }
  get audiences(): number {
    return this.second & AUDIENCE_BITS
  }
  get unit(): number {
    return this.second >>> 28
  }
  get pricePence(): number {
    return this.view.getInt32(this.at + 8)
  }
  get confirmedDay(): number {
    return this.view.getUint16(this.at + 12)
  }
  get listedDay(): number {
    return this.view.getUint16(this.at + 14)
  }
  get experience(): number {
    return this.view.getUint16(this.at + 16) / EXPERIENCE_STEPS
  }
  get providerHash(): number {
    return this.view.getUint16(this.at + 18)
  }
  get nextFree(): number {
    return this.view.getInt32(this.at + 20)
  }
  get languages(): number {
    return this.seventh & LOW_24
  }
  get checks(): number {
    return this.seventh >>> 24
  }
  get access(): number {
    return this.eighth & LOW_24
  }
  get workers(): number {
    return this.eighth >>> 24
  }
}
