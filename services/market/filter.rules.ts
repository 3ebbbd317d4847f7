import type { MarketFacts } from './facts.ts'
import { marketFilterSchema, type MarketFilter } from './market.schema.ts'
import type { Slice } from './spend-mask.rules.ts'

/** The fields as they were sent, so that nothing typed is lost. */
export interface FilterTexts {
  months: string
  area: string
  need: string
}
export type FilterProblems = Partial<Record<keyof FilterTexts, string>>
export type MarketInput = Readonly<Record<string, string | undefined>>

export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

export interface Choice {
  filter: MarketFilter
  typed: FilterTexts
  problems: FilterProblems
}

/** What was chosen, and a sentence beside each field that cannot be used. */
export function readFilter(input: MarketInput): Choice {
  const typed = { months: input['months'] ?? '3', area: input['area'] ?? '', need: input['need'] ?? '' }
  const read = marketFilterSchema.safeParse(typed)
  if (read.success) return { filter: read.data, typed, problems: {} }
  const problems: FilterProblems = {}
  for (const issue of read.error.issues) {
    const [field] = issue.path
    if (field === 'months' || field === 'area' || field === 'need') problems[field] ??= issue.message
  }
  return { filter: { months: 3, area: '', need: '' }, typed, problems }
}

/** The part of the market to look at; adds a sentence where the choice is none, and then shows all. */
export function chooseSlice(
  { filter, problems }: Choice,
  { wards, categories }: MarketFacts['places'],
): Slice {
  const ward = wards.find(({ name }) => slug(name) === filter.area)
  const category = categories.find(({ code }) => code === filter.need)
  if (filter.area && !ward) problems.area ??= 'Choose an area from the list'
  if (filter.need && !category) problems.need ??= 'Choose a kind of support from the list'
  if (filter.area && filter.need && !problems.area && !problems.need)
    problems.need =
      'Choose an area or a kind of support. Both at once would be so few people that they could be recognised.'
  if (Object.keys(problems).length > 0) return { by: 'all' }
  return ward
    ? { by: 'ward', ward: ward.id }
    : category
      ? { by: 'category', category: category.code }
      : { by: 'all' }
}
