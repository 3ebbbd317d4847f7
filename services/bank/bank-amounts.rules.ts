/** Amounts and days as banks write them in their files. Strict: what can be read in two ways is not read. Pure. */
import { Temporal } from '#services/kernel/time.ts'

export type Read<T> = { ok: true; value: T } | { ok: false; why: string }
const no = (why: string): { ok: false; why: string } => ({ ok: false, why })

/** What a line may be at most: no household and no fund moves more at once, and the database counts whole pence. */
export const MOST_PENCE = 2_000_000_000

/** 1250, 1,250 or 1,234,567; then up to two decimals. Commas stand where thousands do, or nowhere. */
const AMOUNT = /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d{1,2}))?$/

/**
 * Whole pence with their sign: '1,250.00', '-27.5', '(27.50)', '27.50-', '27.50 DR', '£27.50 CR'.
 * @returns why not, as the end of a sentence about the line
 */
export function readAmount(text: string): Read<number> {
  let rest = text
    .normalize('NFKC')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[£\s]|gbp/gi, '')
  if (rest === '') return no('it has no amount')
  let below = false
  let marks = 0
  const marked = (pattern: RegExp, isBelow: boolean): void => {
    const next = rest.replace(pattern, '$1')
    if (next === rest) return
    rest = next
    marks += 1
    below ||= isBelow
  }
  marked(/^\((.*)\)$/, true)
  marked(/^-(.*)$/, true)
  marked(/^\+(.*)$/, false)
  marked(/^(.*)-$/, true)
  marked(/^(.*?)(?:DR|DB|debit)$/i, true)
  marked(/^(.*?)(?:CR|credit)$/i, false)
  if (marks > 1) return no('its amount has two signs')
  if (/^\d[\d,]*\.\d{3,}$/.test(rest)) return no('its amount has more than two decimals')
  const match = AMOUNT.exec(rest)
  if (!match || (match[1] === undefined && match[2] === undefined))
    return no('its amount is not one that can be read')
  const whole = (match[1] ?? '0').replaceAll(',', '')
  if (whole.length > 12) return no('its amount is larger than any account of ours')
  const pence = Number(whole) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  if (pence > MOST_PENCE) return no('its amount is larger than any account of ours')
  return { ok: true, value: below && pence > 0 ? -pence : pence }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const monthOf = (name: string): number => {
  const small = name.toLowerCase()
  const short = MONTHS.indexOf(small === 'sept' ? 'sep' : small)
  return (short >= 0 ? short : LONG_MONTHS.indexOf(small)) + 1
}

/**
 * A day: 02/12/2026 (day first, as banks here do), 2026-12-02, 02 Dec 2026, 2-Dec-2026; a time of day after it is left out.
 * A year of two figures is refused: 02/03/04 is three different days.
 */
export function readDay(text: string): Read<Temporal.PlainDate> {
  const clean = text
    .normalize('NFKC')
    .trim()
    .replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?Z| ?[+-]\d{2}:?\d{2})?$/i, '')
  if (clean === '') return no('it has no date')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(clean)
  const uk = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(clean)
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ ,-]{1,2}(\d{4})$/i.exec(clean)
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : uk
      ? [Number(uk[3]), Number(uk[2]), Number(uk[1])]
      : named
        ? [Number(named[3]), monthOf(named[2] ?? ''), Number(named[1])]
        : [0, 0, 0]
  if (year < 2000 || year > 2100 || month === 0) return no('its date is not one that can be read')
  try {
    return { ok: true, value: Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }) }
  } catch {
    return no('its date does not exist')
  }
}
