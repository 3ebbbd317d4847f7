import { evenness, hhi, topShare } from './concentration.rules.ts'
import type { Period } from './months.rules.ts'
import { grouped, inPeriod, maySayIn, penceOf, FEWEST, type Providers, type Spend } from './spend.rules.ts'

export interface Spread {
  providers: number
  owners: number
  /** null: too few to show without telling what one of them was paid. */
  byProvider: number | null
  byOwner: number | null
  /** Shares (0 to 1) of the largest owners. */
  top: { one: number | null; three: number | null; five: number | null }
}

/** A sole worker owns themselves, whatever is written down: two people of one name are two owners. */
const ownerOf = (providers: Providers, providerId: string): string => {
  const provider = providers.get(providerId)
  return !provider || provider.sole ? `person:${providerId}` : `owner:${provider.owner.trim().toLowerCase()}`
}

/**
 * How far spend is spread out. The index is a sum of squares, which with the totals gives away single shares when few of
 * them are unknown: it is told only when none, or at least 5, of those it is made of may not be told themselves. The share
 * of the largest is told only when they and what is left of the whole may be told.
 */
export function spread(spends: readonly Spend[], period: Period, providers: Providers): Spread {
  const paid = (parts: Map<string, Spend[]>): Spend[][] =>
    [...parts.values()].filter((part) => penceOf(inPeriod(part, period)) > 0)
  const byProvider = paid(grouped(spends, ({ providerId }) => providerId))
  const byOwner = paid(grouped(spends, ({ providerId }) => ownerOf(providers, providerId)))
  const amounts = (parts: readonly Spend[][]): number[] =>
    parts.map((part) => penceOf(inPeriod(part, period)))
  const index = (parts: readonly Spend[][]): number | null => {
    const unknown = parts.filter((part) => !maySayIn(part, period, providers)).length
    return parts.length > 0 && (unknown === 0 || unknown >= FEWEST) ? Math.round(hhi(amounts(parts))) : null
  }
  const ordered = [...byOwner].sort((a, b) => penceOf(inPeriod(b, period)) - penceOf(inPeriod(a, period)))
  const mayBeSaidOrNothing = (parts: readonly Spend[][]): boolean =>
    parts.length === 0 || maySayIn(parts.flat(), period, providers)
  const top = (count: number): number | null =>
    ordered.length > 0 &&
    mayBeSaidOrNothing(ordered.slice(0, count)) &&
    mayBeSaidOrNothing(ordered.slice(count))
      ? topShare(amounts(byOwner), count)
      : null
  return {
    providers: byProvider.length,
    owners: byOwner.length,
    byProvider: index(byProvider),
    byOwner: index(byOwner),
    top: { one: top(1), three: top(3), five: top(5) },
  }
}

/** Evenness between kinds; null when one or two kinds are hidden, whose shares it would give away. */
export function evennessOfKinds(amounts: readonly number[], hidden: number): number | null {
  return hidden === 0 || hidden >= 3 ? evenness(amounts) : null
}
