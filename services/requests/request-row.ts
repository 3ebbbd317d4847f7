import { fromDate, longDate, londonDate, plainDateOf, plusMinutes } from '#services/kernel/time.ts'
import { type NeedsInWords, needsWords } from './words.rules.ts'

/** The columns that both sides may read. Who asked is not among them. */
export const NEEDS_COLUMNS = {
  id: true,
  categoryCode: true,
  audiences: true,
  setting: true,
  outcode: true,
  days: true,
  fromMinute: true,
  untilMinute: true,
  repeats: true,
  minutes: true,
  startsOn: true,
  matters: true,
  fundKinds: true,
  state: true,
  openUntil: true,
} as const

interface NeedsRow {
  categoryCode: string
  audiences: string[]
  setting: string | null
  outcode: string
  days: number[]
  fromMinute: number
  untilMinute: number
  repeats: boolean
  minutes: number
  startsOn: Date
  matters: string
  fundKinds: string[]
}
export const rowWords = (row: NeedsRow): NeedsInWords =>
  needsWords({ ...row, startsOn: plainDateOf(row.startsOn) })

/** The last day of something that ends at midnight, or in the middle of a day: 'Monday 16 November 2026'. */
export const lastDay = (end: Date, options: { year?: boolean } = {}): string =>
  longDate(londonDate(plusMinutes(fromDate(end), -1)), options)
