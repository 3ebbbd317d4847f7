import { pounds } from '#services/kernel/money.ts'
import { unitTotal, unitWords } from './quote.rules.ts'
import type { Terms } from './terms.schema.ts'

/** A price as a page says it: the total first, then each line. */
export function priceWords(terms: Terms): {
  total: string | null
  unit: string
  lines: { label: string; price: string }[]
} {
  const total = unitTotal(terms)
  return {
    total: total === null ? null : pounds(total),
    unit: unitWords(terms.unit),
    lines: terms.prices.map((price) => ({
      label: price.label,
      price: price.upliftBps > 0 ? `${String(price.upliftBps / 100)}% more` : pounds(price.pence),
    })),
  }
}
