import { unitWords, type PriceRow } from './choice-tables.rules.ts'
import { kindsWords, kindWords } from './table.rules.ts'
import { pounds } from '#services/kernel/money.ts'

/** Prices of one kind of support by kind of provider, in pence. */
export interface PricePicture {
  title: string
  lead: string
  rows: { key: string; label: string; range: { low: number; middle: number; high: number } | null }[]
  ticks: number[]
}

/** The kind of support and unit with the most prices among those shown; null when none has enough. */
export function pricePicture(
  rows: readonly PriceRow[],
  categories: readonly { code: string; name: string }[],
): PricePicture | null {
  // Rows come with the best-filled kind of support first.
  const first = rows.find(({ range }) => range !== null)
  if (!first) return null
  const same = rows.filter(({ category, unit }) => category === first.category && unit === first.unit)
  const name = categories.find(({ code }) => code === first.category)?.name ?? first.category
  const known = same
    .flatMap(({ group, range }) => (range ? [{ group, range }] : []))
    .sort((a, b) => a.range.middle - b.range.middle)
  const lowest = known[0]
  const highest = known[known.length - 1]
  if (!lowest || !highest) return null
  const lead =
    known.length === 1
      ? `Half of the prices are ${pounds(lowest.range.middle)} or less.`
      : `The middle price is lowest from ${kindsWords(lowest.group)} (${pounds(lowest.range.middle)}) and highest from ${kindsWords(highest.group)} (${pounds(highest.range.middle)}).`
  return {
    title: `${name}: ${unitWords(first.unit)}, all in`,
    lead: `${lead} A low price is no praise where it means low pay.`,
    rows: same.map(({ key, group, range }) => ({ key, label: shortKind(group), range })),
    ticks: ticksFor(
      Math.min(...known.map(({ range }) => range.low)),
      Math.max(...known.map(({ range }) => range.high)),
    ),
  }
}

/** The chart has room for a short name. */
const shortKind = (group: string): string => (group === 'sole_workers' ? 'Works alone' : kindWords(group))

/** Five or so round figures round the prices. */
function ticksFor(low: number, high: number): number[] {
  const step =
    [100, 200, 400, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000].find(
      (one) => (high - low) / one <= 4,
    ) ?? 100_000
  const from = Math.floor(low / step) * step
  const count = Math.max(2, Math.ceil((high - from) / step) + 1)
  return Array.from({ length: count }, (_, i) => from + i * step)
}
