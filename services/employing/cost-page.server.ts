import { pounds } from '#services/kernel/money.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type EmploymentCost, employmentCost, leastPay } from './cost.rules.ts'
import { costSchema } from './cost.schema.ts'
import { ratesOn } from './rates.ts'

export interface CostPage {
  year: string
  /** False when the rates of this year are not known to Kith yet. */
  current: boolean
  sources: { label: string; href: string }[]
  /** What was typed, as it was typed. */
  typed: Record<string, string>
  errors: Record<string, string[]>
  cost: EmploymentCost | null
  /** What somebody has for four weeks; null when they did not say. */
  budget: number | null
}

const FIELDS = ['hourly', 'hours', 'age', 'fee', 'insurance', 'budget'] as const

/** The page that says what employing somebody costs. For anybody: nothing is kept of what is asked. */
export function costPage(deps: Pick<Deps, 'clock'>, asked: URLSearchParams): CostPage {
  const { rates, current } = ratesOn(londonDate(deps.clock.now()).toString())
  const typed = Object.fromEntries(FIELDS.map((name) => [name, asked.get(name) ?? '']))
  const page: CostPage = {
    year: rates.year,
    current,
    sources: rates.sources,
    typed,
    errors: {},
    cost: null,
    budget: null,
  }
  if (!FIELDS.some((name) => asked.has(name))) return page
  const read = costSchema.safeParse(typed)
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      const name = String(path[0])
      page.errors[name] ??= [message]
    }
    return page
  }
  const { hourly, hours, age, fee, insurance, budget } = read.data
  const least = leastPay(age, rates)
  if (hourly < least)
    return {
      ...page,
      errors: {
        hourly: [`By law somebody of this age is paid at least ${pounds(least)} an hour`],
      },
    }
  return {
    ...page,
    cost: employmentCost({ hourly, minutesAWeek: hours, age, fee, insuranceAYear: insurance }, rates),
    budget: typed['budget']?.trim() ? budget : null,
  }
}
