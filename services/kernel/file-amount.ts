import { type Pence, pence } from './money.ts'

export type AmountFault = 'no_amount' | 'amount_unreadable' | 'amount_three_decimals' | 'amount_too_large'

/** Ten million pounds: more is a slip, or not for us. */
const MOST = 1_000_000_000

/**
 * An amount as files have it: '1,234.56', '-12.50', '(12.50)', '12.50-', '£12.50', '12.50 CR'. Commas only between
 * thousands; one or two decimals. What could mean two things is refused, never guessed.
 * @returns pence with the sign as written (CR above zero, DR below), or why not
 */
export function readAmount(text: string): { amount: Pence } | { why: AmountFault } {
  const clean = text.normalize('NFKC').replace(/[−–]/g, '-').trim()
  if (clean === '') return { why: 'no_amount' }
  const match =
    /^(?<open>\()?\s*(?<before>[+-])?\s*£?\s*(?<after>[+-])?\s*(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<part>\d+))?\s*(?<close>\))?\s*(?<behind>[+-]|CR|DR)?$/i.exec(
      clean,
    )?.groups
  if (!match) return { why: 'amount_unreadable' }
  const { open, close, before, after, behind, whole = '', part = '' } = match
  const signs = [open ?? close, before, after, behind].filter((sign) => sign !== undefined)
  if ((open === undefined) !== (close === undefined) || signs.length > 1) return { why: 'amount_unreadable' }
  if (part.length > 2) return { why: 'amount_three_decimals' }
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  if (digits.length > 9) return { why: 'amount_too_large' }
  const value = Number(digits) * 100 + Number(part.padEnd(2, '0'))
  if (value > MOST) return { why: 'amount_too_large' }
  const below =
    open !== undefined || [before, after, behind?.toUpperCase()].some((sign) => sign === '-' || sign === 'DR')
  return { amount: pence(below ? -value : value) }
}
