import { withoutBudgetWithHits } from '#services/discovery/without-budget-page.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { easyHref } from './addresses.ts'
import type { EasyLine, EasyPart } from './lines.ts'
import { resultOf, type EasyResult } from './result.rules.ts'
import { line } from './say.ts'
import { WITHOUT_LEAD, withoutParts } from './without-budget.ts'

export interface EasyWithoutBudgetPage {
  near: string
  error: string | null
  lead: readonly EasyLine[]
  said: EasyLine
  results: EasyResult[]
  /** All that costs nothing, when there is more than stands here. */
  allHref: string | null
  parts: EasyPart[]
}

/** What is free near a place, and how to ask for an assessment, in Easy Read. @param params `near`, as typed */
export async function easyWithoutBudgetPage(
  deps: Deps,
  params: URLSearchParams,
): Promise<EasyWithoutBudgetPage> {
  const { page, hits } = await withoutBudgetWithHits(deps, params)
  return {
    near: page.near,
    error: page.error === null ? null : 'We do not know that place. Type your postcode or your town.',
    lead: WITHOUT_LEAD,
    said: saidLine(page),
    results: hits.map(resultOf),
    allHref: page.count > hits.length ? easyHref(page.allHref) : null,
    parts: withoutParts(page.council),
  }
}

function saidLine({ error, count, place }: { error: string | null; count: number; place: string | null }) {
  if (error !== null) return line('place', 'Type a place that we know. Then we look there.')
  if (count === 0) return line('phone', 'We found nothing free there yet. Ring us: we may know more.')
  return place === null
    ? line('free', 'These are free. Type where you live to see what is near.')
    : line('free', 'These are free, and near you:', { items: [place] })
}
