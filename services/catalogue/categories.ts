import { CATEGORIES as NAMES, type CategoryCode } from '#services/discovery/vocabulary.ts'

export type { CategoryCode }

/** Whether a kind of support is personal care: always, never, or it depends on what is done (one question at listing). */
export type PersonalCareAnswer = 'yes' | 'no' | 'maybe'

/** Everything that is not listed here is never personal care. Source: CQC's scope of registration; domain.md. */
const PERSONAL_CARE: Partial<Record<CategoryCode, Exclude<PersonalCareAnswer, 'no'>>> = {
  personal_care: 'yes',
  supported_living: 'yes',
  shared_lives: 'yes',
  nursing: 'yes',
  care_home: 'yes',
  short_breaks: 'maybe',
  live_in: 'maybe',
  nights: 'maybe',
  personal_assistant: 'maybe',
}

export interface CategoryEntry {
  code: CategoryCode
  name: string
  personalCare: PersonalCareAnswer
  position: number
}

/** The rows of the `category` table, in their order. The names are the vocabulary's, so that there is one list of them. */
export const CATEGORIES: readonly CategoryEntry[] = NAMES.map(([code, name], index) => ({
  code,
  name,
  personalCare: PERSONAL_CARE[code] ?? 'no',
  position: index + 1,
}))

export const CATEGORY_CODES = NAMES.map(([code]) => code) as [CategoryCode, ...CategoryCode[]]

const byCode = new Map<string, CategoryEntry>(CATEGORIES.map((category) => [category.code, category]))

/** @throws RangeError for a code that is no category; what a person typed is checked by its schema first. */
export function categoryOf(code: string): CategoryEntry {
  const found = byCode.get(code)
  if (!found) throw new RangeError('No such category')
  return found
}
