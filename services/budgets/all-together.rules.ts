/** All funds of a person in one picture. Pure. */
import type { FundView } from './fund-words.rules.ts'

export interface AllTogether {
  /** All in pence. */
  agreed: number
  parts: FundView['parts']
  /** One line a fund, for beside the picture. */
  funds: { id: string; name: string; left: number; next: string | null; until: string }[]
}

/** Sums of what each fund shows; null for a single fund, which is its own picture. */
export function allTogether(funds: readonly FundView[]): AllTogether | null {
  if (funds.length < 2) return null
  const sum = (pick: (fund: FundView) => number): number => funds.reduce((all, fund) => all + pick(fund), 0)
  return {
    agreed: sum(({ agreed }) => agreed),
    parts: {
      spent: sum(({ parts }) => parts.spent),
      setAside: sum(({ parts }) => parts.setAside),
      left: sum(({ parts }) => parts.left),
      keptBack: sum(({ parts }) => parts.keptBack),
      toCome: sum(({ parts }) => parts.toCome),
    },
    funds: funds.map(({ id, name, parts, nextWords, until }) => ({
      id,
      name,
      left: parts.left,
      next: nextWords,
      until,
    })),
  }
}
