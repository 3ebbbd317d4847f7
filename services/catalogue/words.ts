import type { PriceUnit } from '#services/bookings/terms.schema.ts'
import { pence, pounds, share } from '#services/kernel/money.ts'
import { duration } from '#services/kernel/time.ts'

/** What is told for each unit when a provider chooses one, and after a price. */
export const UNIT_CHOICES: readonly { value: PriceUnit; label: string; per: string }[] = [
  { value: 'hour', label: 'An hour', per: 'an hour' },
  { value: 'visit', label: 'A visit, however long', per: 'a visit' },
  { value: 'half_day', label: 'Half a day', per: 'half a day' },
  { value: 'day', label: 'A day', per: 'a day' },
  { value: 'night', label: 'A night', per: 'a night' },
  { value: 'week', label: 'A week', per: 'a week' },
  { value: 'session', label: 'A session', per: 'a session' },
  { value: 'item', label: 'An item, such as a meal', per: 'an item' },
  { value: 'fixed', label: 'One price for all of it', per: 'in all' },
]
export const perUnit = (unit: string): string =>
  UNIT_CHOICES.find((entry) => entry.value === unit)?.per ?? unit

export interface PriceWords {
  label: string
  value: string
}

/** Price lines in words, dearer times as what they come to: 'Saturday and Sunday: £31.25 an hour'. */
export function priceWords(
  unit: string,
  prices: readonly { kind: string; label: string; pence: number; upliftBps: number }[],
): PriceWords[] {
  const base = pence(prices.find((price) => price.kind === 'base')?.pence ?? 0)
  return prices.map((price) => {
    if (price.kind === 'base') return { label: 'Price', value: `${pounds(base)} ${perUnit(unit)}` }
    if (price.upliftBps > 0)
      return {
        label: price.label,
        value: `${pounds(base + share(base, price.upliftBps))} ${perUnit(unit)}`,
      }
    return { label: price.label, value: `${pounds(price.pence)} a visit` }
  })
}

/** '48 hours', '1 hour', '3 days', 'None': for notice and for cancelling. */
export function hoursWords(hours: number): string {
  if (hours === 0) return 'None'
  if (hours % 24 === 0) return hours === 24 ? '24 hours' : `${String(hours / 24)} days`
  return hours === 1 ? '1 hour' : `${String(hours)} hours`
}

/** What somebody pays who cancels late, in words; a share of all or nothing has a word of its own. */
export function shareWords(bps: number): string {
  if (bps === 0) return 'nothing'
  if (bps === 10_000) return 'the whole price'
  if (bps === 5_000) return 'half the price'
  return `${String(bps / 100)} per cent of the price`
}

export function lengthWords(min: number, max: number): string {
  return min === max ? duration(min) : `${duration(min)} to ${duration(max)}`
}

export const FUNDED_WORDS: Record<string, string> = {
  bought: 'People pay, from a budget or their own money',
  commissioned: 'A council or the NHS pays for it; people are sent on to it',
  free: 'Nobody pays; it is free for people',
}
