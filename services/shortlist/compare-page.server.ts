import { servicePage, type ServicePage } from '#services/catalogue/service-page.server.ts'
import { serviceCards } from '#services/catalogue/service-cards.server.ts'
import type { Paying } from '#services/catalogue/service-paying.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  compareHref,
  isSlug,
  MATTERS,
  MOST_COMPARED,
  orderedRows,
  readChosen,
  readMatters,
  settle,
  summaryOf,
} from './compare.rules.ts'
import { keptIds } from './kept-ids.server.ts'

export interface ComparedService extends Pick<
  ServicePage,
  | 'id'
  | 'slug'
  | 'title'
  | 'provider'
  | 'price'
  | 'freeWords'
  | 'nextFree'
  | 'notBookable'
  | 'intoWeek'
  | 'hours'
> {
  regulator: ServicePage['regulator']
  checks: { key: string; name: string; words: string; when: string | null }[]
  /** The question “kept me in control”: how many gave 1 to 5; null below three people. */
  said: { count: number; newest: string | null; scores: [number, number, number, number, number] | null }
  where: string
  languages: string
  ages: string
  access: string
  /** What holds when plans change; null where it does not apply, as for what is free. */
  terms: {
    notice: string | null
    absent: string
    cancel: string | null
    noAnswer: string | null
    stop: string | null
  }
  paying: Paying | null
  /** This comparison without this column. */
  without: string
}

export interface ComparePage {
  columns: ComparedService[]
  /** What could not be shown as it was asked, in sentences. */
  problems: string[]
  rows: { key: string; label: string }[]
  /** The table in a few sentences. */
  summary: string[]
  matters: { value: string; label: string }[]
  chosenMatters: string[]
  /** What is kept and could stand here too. */
  kept: { slug: string; title: string; provider: string; chosen: boolean }[]
  most: number
}

/**
 * Up to four published services side by side. Never throws for what stands in the address: what is unknown, double or too
 * much is left out and said. Each column is the service’s own page in short, so both say the same.
 * @param inBrowser ids that the browser keeps, to offer them
 */
export async function comparePage(
  deps: Deps,
  actor: Actor,
  params: URLSearchParams,
  inBrowser: readonly string[],
): Promise<ComparePage> {
  const chosen = readChosen(params.getAll('service'))
  const matters = readMatters(params.getAll('first'))
  const published = await deps.db.prisma.service.findMany({
    where: { slug: { in: chosen.slugs.filter(isSlug) }, state: 'published', provider: { claimed: true } },
    select: { slug: true },
  })
  const known = new Set(published.map(({ slug }) => slug))
  const { slugs, problems } = settle(chosen, (slug) => known.has(slug))
  const [pages, kept] = await Promise.all([
    // Four at most; each page is a handful of statements that lists of any length share.
    Promise.all(slugs.map((slug) => pageOrNothing(deps, actor, slug))),
    keptToOffer(deps, actor, inBrowser, slugs),
  ])
  const found = pages.flatMap((page) => (page ? [page] : []))
  const columns = found.map((page) =>
    columnOf(
      page,
      compareHref(
        slugs.filter((slug) => slug !== page.slug),
        matters,
      ),
    ),
  )
  return {
    columns,
    problems,
    rows: orderedRows(matters)
      .filter(({ key }) => key !== 'funds' || columns.some(({ paying }) => isTheirs(paying)))
      .map(({ key, label }) => ({ key, label: key === 'funds' ? fundsLabel(columns) : label })),
    summary: summaryOf(found.map((page) => ({ ...page, free: page.freeWords !== null, price: page.price }))),
    matters: MATTERS.map(({ value, label }) => ({ value, label })),
    chosenMatters: matters,
    kept,
    most: MOST_COMPARED,
  }
}

type Page = Awaited<ReturnType<typeof servicePage>>

/** Taken off between two statements is no error. */
async function pageOrNothing(deps: Deps, actor: Actor, slug: string): Promise<Page | null> {
  try {
    return await servicePage(deps, actor, slug, false)
  } catch (error) {
    if (isDomainError(error) && error.code === 'NOT_FOUND') return null
    throw error
  }
}

async function keptToOffer(
  deps: Deps,
  actor: Actor,
  inBrowser: readonly string[],
  slugs: readonly string[],
): Promise<ComparePage['kept']> {
  const kept = await keptIds(deps, actor, inBrowser)
  const cards = await serviceCards(deps, kept?.ids ?? [])
  return [...cards.values()]
    .filter(({ listed }) => listed !== null)
    .map(({ slug, title, provider }) => ({
      slug,
      title,
      provider: provider.name,
      chosen: slugs.includes(slug),
    }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en-GB') || a.slug.localeCompare(b.slug))
}

const isTheirs = (paying: Paying | null): paying is Exclude<Paying, { kind: 'anybody' }> =>
  paying?.kind === 'funds' || paying?.kind === 'hidden'

function fundsLabel(columns: readonly ComparedService[]): string {
  const whose = columns.map(({ paying }) => paying).find(isTheirs)
  if (!whose) return 'Which funds can pay'
  return whose.kind === 'funds' && whose.self
    ? 'Which of your funds can pay'
    : `Which of ${whose.shortName}’s funds can pay`
}

const valueOf = (rows: readonly { term: string; value: string }[], term: string): string | null =>
  rows.find((row) => row.term === term)?.value ?? null

function columnOf(page: Page, without: string): ComparedService {
  const { id, slug, title, provider, price, freeWords, nextFree, notBookable, intoWeek, hours } = page
  const control = page.said.spreads.find(({ key }) => key === 'keptMeInControl')
  return {
    id,
    slug,
    title,
    provider,
    price,
    freeWords,
    nextFree,
    notBookable,
    intoWeek,
    hours,
    regulator: page.regulator,
    checks: page.checks.map(({ key, name, words, checked, by }) => ({
      key,
      name,
      words,
      when: checked === null ? null : by === null ? checked : `${checked}, by ${by}`,
    })),
    said: { count: page.said.count, newest: page.said.newest, scores: control?.counts ?? null },
    where: valueOf(page.facts, 'Where') ?? 'Ask them',
    languages: valueOf(page.facts, 'Languages') ?? 'English',
    ages: valueOf(page.facts, 'Ages') ?? 'Any age',
    access: valueOf(page.facts, 'Getting in and taking part') ?? 'They have not said. Ask them first.',
    terms: {
      notice: valueOf(page.terms, 'How soon they can come'),
      absent: valueOf(page.terms, 'If they cannot come') ?? 'They have not said. Ask them first.',
      cancel: valueOf(page.terms, 'If you cancel'),
      noAnswer: valueOf(page.terms, 'No answer at the door'),
      stop: valueOf(page.terms, 'Notice to stop'),
    },
    paying: page.paying,
    without,
  }
}
