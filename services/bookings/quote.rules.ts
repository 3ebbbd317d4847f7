/** What a visit costs, line by line. Pure: the same terms and times always give the same lines. */
import { type Pence, ZERO, pence, share, times, total } from '#services/kernel/money.ts'
import { type Temporal, duration, inLondon } from '#services/kernel/time.ts'
import { isBankHoliday } from './bank-holidays.rules.ts'
import type { LineKind, PriceUnit, Terms } from './terms.schema.ts'

export interface QuoteLine {
  kind: LineKind
  label: string
  /** Minutes for time priced by the hour, else how many. */
  quantity: number
  category: string
  pence: Pence
}

export interface Quote {
  lines: QuoteLine[]
  total: Pence
}

/** Evening and night rates hold from 8pm to 7am, London wall time. */
export const EVENING_FROM = 20
export const EVENING_UNTIL = 7

const UNIT_WORDS: Record<PriceUnit, string> = {
  hour: 'hour',
  visit: 'visit',
  half_day: 'half day',
  day: 'day',
  night: 'night',
  week: 'week',
  session: 'session',
  item: 'item',
  fixed: 'all in',
}
/** 'for one hour', 'for one half day', 'all in'. */
export const unitWords = (unit: PriceUnit): string =>
  unit === 'fixed' ? 'all in' : `for one ${UNIT_WORDS[unit]}`

type Uplift = 'weekend' | 'bank_holiday' | 'evening'
const isUplift = (kind: LineKind): kind is Uplift =>
  kind === 'weekend' || kind === 'bank_holiday' || kind === 'evening'

function upliftsAt(at: Temporal.ZonedDateTime): Uplift[] {
  const found: Uplift[] = []
  if (isBankHoliday(at.toPlainDate())) found.push('bank_holiday')
  if (at.dayOfWeek >= 6) found.push('weekend')
  if (at.hour >= EVENING_FROM || at.hour < EVENING_UNTIL) found.push('evening')
  return found
}

/** The dearest rate that holds at this moment: rates never add up. */
function rateAt(
  terms: Terms,
  at: Temporal.ZonedDateTime,
): { label: string; kind: Uplift; bps: number } | null {
  const holding = upliftsAt(at)
  let best: { label: string; kind: Uplift; bps: number } | null = null
  for (const price of terms.prices) {
    if (!isUplift(price.kind) || !holding.includes(price.kind) || price.upliftBps === 0) continue
    if (!best || price.upliftBps > best.bps)
      best = { label: price.label, kind: price.kind, bps: price.upliftBps }
  }
  return best
}

/** Minutes at each dearer rate, walking the visit in steps that end where a rate may change (each whole hour). */
function minutesByRate(
  terms: Terms,
  startsAt: Temporal.Instant,
  minutes: number,
): Map<string, { rate: NonNullable<ReturnType<typeof rateAt>>; minutes: number }> {
  const found = new Map<string, { rate: NonNullable<ReturnType<typeof rateAt>>; minutes: number }>()
  if (!terms.prices.some((price) => isUplift(price.kind))) return found
  let at = inLondon(startsAt)
  let left = minutes
  while (left > 0) {
    const toHour = 60 - at.minute
    const step = Math.min(left, toHour)
    const rate = rateAt(terms, at)
    if (rate) {
      const entry = found.get(rate.kind) ?? { rate, minutes: 0 }
      entry.minutes += step
      found.set(rate.kind, entry)
    }
    at = at.add({ minutes: step })
    left -= step
  }
  return found
}

/**
 * The price of one visit: time or unit, dearer hours, travel and extras, each on its own line.
 * @param minutes elapsed minutes, above zero
 */
export function quoteVisit(terms: Terms, startsAt: Temporal.Instant, minutes: number): Quote {
  const lines: QuoteLine[] = []
  const base = terms.prices.find((price) => price.kind === 'base')
  if (base) {
    const category = base.category ?? terms.category
    const rate = pence(base.pence)
    if (terms.unit === 'hour') {
      lines.push({
        kind: 'base',
        label: duration(minutes),
        quantity: minutes,
        category,
        pence: times(rate, minutes, 60),
      })
      for (const { rate: dearer, minutes: at } of minutesByRate(terms, startsAt, minutes).values()) {
        const label = at === minutes ? dearer.label : `${dearer.label} (${duration(at)})`
        lines.push({
          kind: dearer.kind,
          label,
          quantity: at,
          category,
          pence: times(rate, at * dearer.bps, 600_000),
        })
      }
    } else {
      const word = UNIT_WORDS[terms.unit]
      const label = terms.unit === 'fixed' ? 'Everything' : `One ${word}`
      lines.push({ kind: 'base', label, quantity: 1, category, pence: rate })
      const dearer = rateAt(terms, inLondon(startsAt))
      if (dearer)
        lines.push({
          kind: dearer.kind,
          label: dearer.label,
          quantity: 1,
          category,
          pence: share(rate, dearer.bps),
        })
    }
  }
  for (const price of terms.prices) {
    if (price.kind !== 'travel' && price.kind !== 'extra') continue
    if (price.pence === 0) continue
    lines.push({
      kind: price.kind,
      label: price.label,
      quantity: 1,
      category: price.category ?? terms.category,
      pence: pence(price.pence),
    })
  }
  return { lines, total: total(lines.map((entry) => entry.pence)) }
}

/** Total for one unit with all that cannot be avoided: what a result card shows. Null for a service without a price. */
export function unitTotal(terms: Pick<Terms, 'prices'>): Pence | null {
  if (!terms.prices.some((price) => price.kind === 'base')) return null
  return total(
    terms.prices
      .filter((price) => price.kind === 'base' || price.kind === 'travel' || price.kind === 'extra')
      .map((price) => pence(price.pence)),
  )
}

/**
 * Minutes that are charged, by the terms' charging basis. Booked time: always what was booked. Actual minutes: within the
 * tolerance of what was booked, the booked time; else rounded up to the terms' step, never under the minimum.
 */
export function chargedMinutes(terms: Terms, booked: number, actual: number): number {
  if (terms.chargingBasis === 'booked_time' || terms.unit !== 'hour') return booked
  if (Math.abs(actual - booked) <= terms.toleranceMinutes) return booked
  const rounded = Math.ceil(actual / terms.roundingMinutes) * terms.roundingMinutes
  return Math.max(rounded, Math.min(terms.minMinutes, booked))
}

/**
 * The lines of a visit as it turned out. More than was quoted is charged only when the person approved it, so
 * without `approved` the answer is never above the quote.
 */
export function finalQuote(
  terms: Terms,
  startsAt: Temporal.Instant,
  booked: number,
  actual: number,
  approved = false,
): Quote {
  const charged = chargedMinutes(terms, booked, actual)
  return quoteVisit(terms, startsAt, approved ? charged : Math.min(charged, booked))
}

/**
 * The lines of a visit as the provider, or the council's record, says that it was: never above the quote, unless that much was
 * approved by whoever pays.
 */
export const deliveredQuote = (
  terms: Terms,
  startsAt: Temporal.Instant,
  visit: { minutes: number; actualMinutes: number | null; approvedMinutes: number | null },
): Quote => {
  const actual = visit.actualMinutes ?? visit.minutes
  return finalQuote(terms, startsAt, visit.minutes, actual, actual <= (visit.approvedMinutes ?? 0))
}

/** What is owed when a person cancels inside the window, or nobody answers the door. */
export function shareOfQuote(quoted: readonly Pence[], basisPoints: number): Pence[] {
  if (basisPoints === 0) return quoted.map(() => ZERO)
  return quoted.map((amount) => share(amount, basisPoints))
}

/** Whether cancelling now is free. */
export function cancelsFree(terms: Terms, startsAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return now.until(startsAt).total('hours') >= terms.cancelWindowHours
}
