import type { SearchHit } from '#services/ports/search.ts'
import { categoriesOfNeed, NEEDS } from './needs.ts'
import type { Answers } from './questions.ts'
import { hasWhatMatters, type Around } from './reasons.rules.ts'

/** A handful is what somebody can hold in mind. */
export const HANDFUL = 5
export const MOST_OPTIONS = 6
export const FEWEST_OPTIONS = 3

/**
 * Orders what fits by what matters most, and leaves the charter's order as it is within that: whatever has it comes
 * before what has it not; the nearest come first when near matters most.
 */
export function inOrder(hits: readonly SearchHit[], answers: Answers, around: Around): SearchHit[] {
  const has = (hit: SearchHit): boolean => hasWhatMatters(hit, answers, around)
  const first = hits.filter(has)
  if (answers.matters?.[0] === 'near') first.sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity))
  return [...first, ...hits.filter((hit) => !has(hit))]
}

/**
 * A handful of what fits: the first of the order for each wish, then further ones, one of each provider before a
 * second of any. They stand in the order in which they came.
 */
export function handfulOf(ordered: readonly SearchHit[], { what = [], home = [] }: Answers): SearchHit[] {
  const chosen = new Set<SearchHit>()
  const providers = new Set<string>()
  const take = (hit: SearchHit | undefined): void => {
    if (!hit || chosen.size >= MOST_OPTIONS) return
    chosen.add(hit)
    providers.add(hit.providerId)
  }
  const fresh = (hit: SearchHit): boolean => !chosen.has(hit) && !providers.has(hit.providerId)
  for (const wish of NEEDS.filter(({ value }) => what.includes(value))) {
    const codes: readonly string[] = categoriesOfNeed(wish, home)
    const meets = ({ category }: SearchHit): boolean => codes.includes(category)
    if (![...chosen].some(meets)) take(ordered.find((hit) => fresh(hit) && meets(hit)) ?? ordered.find(meets))
  }
  for (const hit of ordered) if (chosen.size < HANDFUL && fresh(hit)) take(hit)
  for (const hit of ordered) if (chosen.size < FEWEST_OPTIONS && !chosen.has(hit)) take(hit)
  return ordered.filter((hit) => chosen.has(hit))
}
