declare const brand: unique symbol
/** Whole pence. Pounds exist only in forms and on pages. */
export type Pence = number & { readonly [brand]: 'Pence' }

/** Far above any budget, far below where integers lose precision. */
const LIMIT = 100_000_000_000

/** @throws RangeError when `value` is not a whole number of pence within ±£1 billion. */
export function pence(value: number): Pence {
  if (!Number.isSafeInteger(value) || Math.abs(value) > LIMIT)
    throw new RangeError('Not a whole number of pence')
  return (value === 0 ? 0 : value) as Pence
}

export const ZERO = pence(0)
export const subtract = (from: Pence, amount: Pence): Pence => pence(from - amount)
export const negate = (amount: Pence): Pence => pence(-amount)
export const smaller = (a: Pence, b: Pence): Pence => (a < b ? a : b)
export const total = (amounts: Iterable<Pence>): Pence => {
  let sum = 0
  for (const amount of amounts) sum += amount
  return pence(sum)
}

/** Multiplies by a fraction and rounds half away from zero, once, at the end. */
export function times(amount: Pence, numerator: number, denominator = 1): Pence {
  if (denominator <= 0) throw new RangeError('A share needs a whole above zero')
  const exact = (amount * numerator) / denominator
  return pence(Math.sign(exact) * Math.round(Math.abs(exact)))
}

/**
 * Splits `amount` (not negative) in proportion to `weights`, to the penny, by the largest-remainder rule;
 * equal remainders go to the earlier weight. The parts always add up to `amount`.
 */
export function allocate(amount: Pence, weights: readonly number[]): Pence[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length === 0 || whole <= 0 || weights.some((weight) => weight < 0) || amount < 0)
    throw new RangeError('Shares need an amount and weights that are not negative')
  const exact = weights.map((weight) => (amount * weight) / whole)
  const floors = exact.map(Math.floor)
  let left = amount - floors.reduce((sum, part) => sum + part, 0)
  const order = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }))
  order.sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of order) {
    if (left <= 0) break
    floors[index] = (floors[index] ?? 0) + 1
    left -= 1
  }
  return floors.map(pence)
}

/** Share in basis points (10,000 is all of it), rounded half up to the penny. */
export const share = (amount: Pence, basisPoints: number): Pence => times(amount, basisPoints, 10_000)

/** '1,248'; a whole number. Not by Intl: its first number takes a telephone some fifty milliseconds, of every page with a price. */
export const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

/** '£1,248.00'; below zero with a true minus sign. Parts of a penny are rounded, half away from zero. */
export function pounds(amount: Pence | number): string {
  const whole = Math.round(Math.abs(amount))
  const text = `£${thousands(Math.floor(whole / 100))}.${String(whole % 100).padStart(2, '0')}`
  return amount < 0 ? `−${text}` : text
}

/**
 * Reads what a person typed ('£1,250', '12.5', ' 20 pounds'); null when it is not an amount of money. A comma or a space stands
 * between thousands alone: who writes '12,50' means twelve pounds fifty, and must not be read as twelve hundred and fifty.
 */
export function parsePounds(text: string): Pence | null {
  const clean = text
    .normalize('NFKC')
    .trim()
    .replace(/^£\s*|\s*(£|pounds?)$/gi, '')
  const match = /^(\d{1,9}|\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?: \d{3}){1,2})(?:\.(\d{1,2}))?$/.exec(clean)
  if (!match) return null
  return pence(Number(match[1]?.replace(/[, ]/g, '')) * 100 + Number((match[2] ?? '').padEnd(2, '0')))
}
