import type { Deps } from '#services/ports/deps.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { councilsAt } from '#services/councils/find-wards.server.ts'
import { cardOf, type ResultCard } from './card.ts'
import { findHref } from './find.schema.ts'
import { readQuestion } from './read-question.server.ts'
import { categoryName } from './vocabulary.ts'

const FEW = 5

export interface WithoutBudgetPage {
  /** As it was typed. */
  near: string
  /** As it was understood; null when none was typed or nobody knows it. */
  place: string | null
  error: string | null
  /** What costs nothing, best first, and how much there is. */
  free: ResultCard[]
  count: number
  allHref: string
  /** Kinds of it, most first. */
  kinds: { name: string; count: number; href: string }[]
  /** The council of that place, when it uses Kith. */
  council: { name: string; phone: string; urgentPhone: string } | null
}

/**
 * For people who have not been assessed: what there is now that costs nothing, near a place, and whom to ask. Nothing of who asks is
 * needed or kept.
 * @param params `near`, as typed
 */
export async function withoutBudgetPage(deps: Deps, params: URLSearchParams): Promise<WithoutBudgetPage> {
  return (await withoutBudgetWithHits(deps, params)).page
}

/** The same page, and its results themselves for whoever words them otherwise. */
export async function withoutBudgetWithHits(
  deps: Deps,
  params: URLSearchParams,
): Promise<{ page: WithoutBudgetPage; hits: readonly SearchHit[] }> {
  const near = params.get('near') ?? ''
  const question = await readQuestion(deps, new URLSearchParams({ max: 'free', near }), [])
  const { typed, place, errors, lost } = question
  const now = deps.clock.now()
  const answer = lost ? null : await deps.search.find({ ...question.query, perPage: FEW }, now)
  const [councilId] = place ? await councilsAt(deps.db, [place.point]) : []
  const council = councilId
    ? await deps.db.prisma.council.findUnique({
        where: { id: councilId },
        select: { name: true, phone: true, urgentPhone: true },
      })
    : null
  const kinds = (answer?.facets.category ?? [])
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, FEW + 3)
  const hits = answer?.hits ?? []
  const page: WithoutBudgetPage = {
    near: typed.near,
    place: place?.label ?? null,
    error: errors.near ?? null,
    free: hits.map((hit) => cardOf(hit, now, { near: place?.label ?? '', filtered: false, pin: null })),
    count: answer?.total ?? 0,
    allHref: findHref(typed),
    kinds: kinds.map(({ value, count }) => ({
      name: categoryName(value),
      count,
      href: findHref(typed, { category: [value] }),
    })),
    council,
  }
  return { page, hits }
}
