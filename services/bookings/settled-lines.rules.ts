import { type Pence, allocate, pence } from '#services/kernel/money.ts'

/**
 * Spreads a visit's final price over its quote lines in proportion, so that each fund goes on paying for what it covers;
 * the parts add up to the penny. A final price above the quote grows the first line.
 */
export function settledLines(quoted: readonly Pence[], final: Pence): Pence[] {
  const whole = quoted.reduce((sum, line) => sum + line, 0)
  if (whole === 0) return quoted.map(() => pence(0))
  if (final === whole) return [...quoted]
  if (final > whole) return quoted.map((line, index) => (index === 0 ? pence(line + final - whole) : line))
  return allocate(final, quoted)
}
