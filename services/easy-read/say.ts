/** Small words that sentences are put together from. */
import { pounds } from '#services/kernel/money.ts'
import type { EasyLine, Picture } from './lines.ts'

/** More words than this are hard to hold on to. */
export const MOST_WORDS = 15
/** A name of more words than this is not put into a sentence: the sentence would be too long to hold on to. */
const LONGEST_NAME = 4

export const line = (picture: Picture, words: string, more: Partial<EasyLine> = {}): EasyLine => ({
  picture,
  words,
  ...more,
})

/** Only the lines that there is something to say for. */
export const lines = (...all: (EasyLine | false | null | undefined | readonly EasyLine[])[]): EasyLine[] =>
  all.flatMap((one): readonly EasyLine[] => (one ? (isMany(one) ? one : [one]) : []))
const isMany = (one: EasyLine | readonly EasyLine[]): one is readonly EasyLine[] => Array.isArray(one)

/** Who does something, with the verb: 'Weavers Care comes', 'They come'. */
export const who = (name: string, singular: string, plural: string): string =>
  name.trim().split(/\s+/).length <= LONGEST_NAME ? `${name.trim()} ${singular}` : `They ${plural}`

const FOR_ONE: Readonly<Record<string, string>> = {
  hour: ' for one hour',
  visit: ' for one visit',
  half_day: ' for half a day',
  day: ' for one day',
  night: ' for one night',
  week: ' for one week',
  session: ' for one session',
  item: ' each',
  fixed: ' in all',
}
/** 'It costs £18.50 for one hour.' */
export const costs = (pence: number, unit: string | null): string =>
  `It costs ${pounds(pence)}${FOR_ONE[unit ?? ''] ?? ''}.`

/** '1 day', '2 days', '6 hours' */
export function timeBefore(hours: number): string {
  if (hours % 24 === 0) return hours === 24 ? '1 day' : `${String(hours / 24)} days`
  return hours === 1 ? '1 hour' : `${String(hours)} hours`
}

/** 'half the price' and the like; nothing for a share of nothing. */
export function shareOfPrice(bps: number): string | null {
  if (bps === 0) return null
  if (bps === 10_000) return 'the whole price'
  if (bps === 5_000) return 'half the price'
  if (bps === 2_500) return 'a quarter of the price'
  if (bps === 7_500) return 'three quarters of the price'
  return `${String(bps / 100)}% of the price`
}
