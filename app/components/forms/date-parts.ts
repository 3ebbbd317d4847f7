export interface DatePieces {
  day: string
  month: string
  year: string
}

/** What the three boxes show for a date, or for what was typed before. */
export function datePieces(value: string | DatePieces | null | undefined): DatePieces {
  if (value && typeof value === 'object') return value
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value ?? '')
  if (!match) return { day: '', month: '', year: '' }
  return { day: String(Number(match[3])), month: String(Number(match[2])), year: match[1] ?? '' }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * The date in the three boxes of a DateField: '2026-12-02'. A month may be a word, a year two digits.
 * Empty when nothing was typed. What is no date comes back as typed, joined, for the schema to refuse.
 */
export function readDate(form: FormData | URLSearchParams, name: string): string {
  const text = (piece: string): string => {
    const value = form.get(`${name}.${piece}`)
    return typeof value === 'string' ? value.normalize('NFKC').trim() : ''
  }
  const day = text('day')
  const month = text('month')
  const year = text('year')
  if (!day && !month && !year) return ''
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  const number = named > 0 ? String(named) : month
  const whole = /^\d{2}$/.test(year) ? `20${year}` : year
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(number) || !/^\d{4}$/.test(whole))
    return [day, month, year].join(' ').slice(0, 40)
  return `${whole}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`
}
