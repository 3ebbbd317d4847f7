/**
 * Herfindahl–Hirschman index: every share in per cent, squared, and added up. From nearly 0 (countless small) to
 * 10,000 (one has everything); 0 when nothing was spent. The shares are of whatever is handed in: by provider, or by
 * ultimate owner when what belongs together has been added up first.
 */
export function hhi(amounts: readonly number[]): number {
  const total = sum(amounts)
  if (total <= 0) return 0
  return amounts.reduce((index, amount) => index + ((100 * amount) / total) ** 2, 0)
}

/** Share (0 to 1) of the largest `count`; 0 when nothing was spent. */
export function topShare(amounts: readonly number[], count: number): number {
  const total = sum(amounts)
  if (total <= 0) return 0
  return sum([...amounts].sort((a, b) => b - a).slice(0, count)) / total
}

/**
 * Shannon evenness (Pielou's J): H = −Σ p ln p over ln S, where S is how many have a share at all. 1 when all have the
 * same, towards 0 when one has nearly everything; null when fewer than two have any, because evenness needs two.
 */
export function evenness(amounts: readonly number[]): number | null {
  const some = amounts.filter((amount) => amount > 0)
  if (some.length < 2) return null
  const total = sum(some)
  const entropy = some.reduce((h, amount) => h - (amount / total) * Math.log(amount / total), 0)
  return Math.min(1, entropy / Math.log(some.length))
}

export type Band = 'low' | 'moderate' | 'high'
/**
 * Bands of the United States' Merger Guidelines of 2023 (Guideline 1): above 1,800 highly concentrated, from 1,000
 * moderately. They are American: UK policy applies no threshold, and pages say so.
 */
export const US_2023 = { moderate: 1_000, high: 1_800 } as const
export const band = (index: number): Band =>
  index > US_2023.high ? 'high' : index >= US_2023.moderate ? 'moderate' : 'low'

export interface Quartiles {
  low: number
  middle: number
  high: number
}

/**
 * Quartiles by linear interpolation between the two nearest values (Hyndman and Fan's type 7, the spreadsheet's
 * QUARTILE.INC), rounded to the penny; null for nothing.
 */
export function quartiles(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share
    const below = sorted[Math.floor(place)] ?? 0
    const above = sorted[Math.ceil(place)] ?? below
    return Math.round(below + (above - below) * (place - Math.floor(place)))
  }
  return { low: at(0.25), middle: at(0.5), high: at(0.75) }
}

export const sum = (amounts: Iterable<number>): number => {
  let total = 0
  for (const amount of amounts) total += amount
  return total
}
