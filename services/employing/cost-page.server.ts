import { leftIn } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Pence, pounds } from '#services/kernel/money.ts'
import { londonDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type EmploymentCost, employmentCost, leastPay } from './cost.rules.ts'
import { costSchema } from './cost.schema.ts'
import { fourWeeksOf, fundRefuses } from './fund.rules.ts'
import { ratesOn } from './rates.ts'

/** A fund of somebody's that the cost is held against. */
export interface CostFund {
  id: string
  name: string
  /** What it gives for four weeks, and what is left in it today. */
  fourWeeks: Pence
  left: Pence
  /** Its rule, when it cannot pay for somebody employed. */
  refuses: string | null
}

export interface CostPage {
  year: string
  /** False when the rates of this year are not known to Kith yet. */
  current: boolean
  sources: { label: string; href: string }[]
  sickWaitingDays: number
  /** What was typed, as it was typed. */
  typed: Record<string, string>
  errors: Record<string, string[]>
  cost: EmploymentCost | null
  /** What somebody has for four weeks; null when they did not say. */
  budget: number | null
  fund: CostFund | null
}

const FIELDS = ['hourly', 'hours', 'age', 'fee', 'insurance', 'budget'] as const

/** What employing costs on a day (ISO), by what was typed: figures, or sentences beside the fields. */
export function costOf(today: string, asked: URLSearchParams, fund: CostFund | null = null): CostPage {
  const { rates, current } = ratesOn(today)
  const typed = Object.fromEntries(FIELDS.map((name) => [name, asked.get(name) ?? '']))
  const page: CostPage = {
    year: rates.year,
    current,
    sources: rates.sources,
    sickWaitingDays: rates.sickWaitingDays,
    typed,
    errors: {},
    cost: null,
    budget: null,
    fund,
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
  const least = leastPay(age, today)
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
    budget: fund ? fund.fourWeeks : typed['budget']?.trim() ? budget : null,
  }
}

/**
 * The page that says what employing somebody costs. For anybody: nothing is kept of what is asked. With `fund` in the address it is held
 * against that fund, for those who may see it.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN when a fund is asked for that the reader may not see
 */
export async function costPage(
  deps: Pick<Deps, 'clock' | 'db'>,
  actor: Actor,
  asked: URLSearchParams,
): Promise<CostPage> {
  const fund = asked.get('fund') ? await fundOf(deps, actor, asked.get('fund') ?? '') : null
  return costOf(londonDate(deps.clock.now()).toString(), asked, fund)
}

async function fundOf(deps: Pick<Deps, 'db'>, actor: Actor, id: string): Promise<CostFund> {
  const found = isId(id)
    ? await deps.db.prisma.allocation.findUnique({ where: { id }, include: { stream: true } })
    : null
  if (!found) throw notFound()
  requireScope(actor, found.personId, 'see_money')
  return {
    id,
    name: found.stream.name,
    fourWeeks: fourWeeksOf({
      ...found,
      agreedPence: Number(found.agreedPence),
      startsOn: plainDateOf(found.startsOn),
      endsOn: plainDateOf(found.endsOn),
    }),
    left: leftIn(await readPurse(deps.db.prisma, id)),
    refuses: fundRefuses(found.stream),
  }
}
