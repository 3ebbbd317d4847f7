import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import { assessmentOn } from '#services/contributions/read-assessments.server.ts'
import { readStanding } from '#services/contributions/read-standing.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, LONDON, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readToPay, toPaySum } from '#services/settlement/to-pay.server.ts'
import { openQuestions } from '#services/surplus/open-questions.server.ts'
import { type Forecast, history } from './forecast.rules.ts'
import { fundView } from './fund-words.rules.ts'
import { allTogether } from './all-together.rules.ts'
import { type JointFund, jointFunds } from './joint-funds.rules.ts'
import { paceWords } from './pace-words.rules.ts'
import { type MoneyFacts, moneyLinks } from './money-pages.rules.ts'
import { type PersonFund, readFunds } from './read-funds.server.ts'
import { readUse } from './read-use.server.ts'
import { statementCsv } from './statement-csv.rules.ts'
import { statementLines } from './statement-lines.server.ts'
import { monthTabs, monthWords, readMonth } from './statement-words.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const A_PAGE = 50
const MOST_IN_A_FILE = 20_000

export interface MoneyQuery {
  /** 'YYYY-MM', 'all', or null for this month. */
  month: string | null
  /** 1 and up, as it stands in the address. */
  page: string | null
  /** Whether what was only set aside or given back is shown too. */
  holds: boolean
}

export type MoneyPage = Awaited<ReturnType<typeof moneyPage>>

/**
 * A person's money: every fund as figures and words, whether it lasts, and the statement of a month.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without the scope `see_money`, INVALID for a month that is none
 */
export async function moneyPage(deps: Needs, actor: Actor, query: MoneyQuery) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = londonDate(now)
  const [funds, assessed, person] = await Promise.all([
    readFunds(prisma, personId, now),
    assessmentOn(prisma, personId, today),
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { name: true, shortName: true, councilId: true, _count: { select: COUNTED } },
    }),
  ])
  const [use, due, owedTowards, questions] = await Promise.all([
    readUse(
      prisma,
      funds.map(({ allocation }) => allocation.id),
      today,
    ),
    readToPay(prisma, personId),
    person._count.chargedWeeks > 0
      ? readStanding(prisma, personId, person.councilId, today).then(
          ({ collectable }) => collectable as number,
        )
      : 0,
    openQuestions(prisma, personId),
  ])
  const toPay = toPaySum(due)
  const views = jointFunds(funds, today).map((fund) => ({
    fund,
    ...fundView(fund, today, use.of(fund.allocationIds), assessed),
  }))
  const current = views
    .filter(({ fund }) => today.until(fund.endsOn).days >= 0)
    .sort((a, b) => Number(b.fund.allocation.agreedPence - a.fund.allocation.agreedPence))
  const ended = views.filter(({ fund }) => today.until(fund.endsOn).days < 0)
  const sum = (pick: (of: PersonFund['balances']) => number): number =>
    current.reduce((all, { fund }) => all + pick(fund.balances), 0)
  const main = current.find(({ seen }) => seen !== null)
  return {
    person: {
      name: person.name,
      shortName: person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    today: longDate(today),
    total: {
      funds: current.length,
      left: sum((of) => of.available),
      setAside: sum((of) => of.held),
      spent: sum((of) => of.spent),
    },
    together: allTogether(current.map(({ view }) => view)),
    toPay,
    /** Of what they pay towards it, what the council asks for now. */
    owedTowards,
    /** What the council asks about money that lies in a fund. */
    questions,
    current: current.map(({ view }) => view),
    ended: ended.map(({ view }) => view),
    lasting: current.flatMap(({ fund, seen }) => (seen ? [lastingWords(fund, seen, today)] : [])),
    chart: main?.seen ? chartOf(main.fund, main.seen, today, use.weeks) : null,
    statement: await statementOf(deps, funds, query, today),
    links: moneyLinks(factsOf(funds, today, person._count, toPay)),
  }
}

/** What the pages behind this one depend on, counted in the statement that reads the person. */
const COUNTED = {
  employments: true,
  savedCards: { where: { endedAt: null } },
  assessments: true,
  chargedWeeks: true,
  invoices: true,
  purchases: true,
} as const

function factsOf(
  funds: readonly PersonFund[],
  today: Temporal.PlainDate,
  count: Record<keyof typeof COUNTED, number>,
  toPay: number,
): MoneyFacts {
  return {
    funds: funds.map(({ allocation, endsOn, balances }) => ({
      deployment: allocation.deployment,
      kind: allocation.stream.kind,
      towards: allocation.towardsId !== null,
      ended: today.until(endsOn).days < 0,
      keptBack: balances.ringFenced > 0,
    })),
    waits: toPay > 0,
    paysTowards: count.assessments > 0 || count.chargedWeeks > 0,
    employs: count.employments > 0,
    savedCard: count.savedCards > 0,
    billed: count.invoices > 0,
    bought: count.purchases > 0,
  }
}

const day = (date: Temporal.PlainDate): string => longDate(date, { year: false }).replace(/^\S+ /, '')
/** Forecasts are rough: to the pound. */
const about = (amount: number): string =>
  `£${new Intl.NumberFormat('en-GB').format(Math.round(amount / 100))}`

/** Yes or no first, then the figure. */
function lastingWords(fund: JointFund, seen: Forecast, today: Temporal.PlainDate) {
  const name = fund.allocation.stream.name
  const rate = `${pounds(seen.weekly)} a week`
  const basis = paceWords(seen, rate)
  const ends = today.year === fund.endsOn.year ? day(fund.endsOn) : longDate(fund.endsOn).replace(/^\S+ /, '')
  return {
    id: fund.allocation.id,
    name,
    lasts: seen.over >= 0,
    words:
      seen.over >= 0
        ? `${name}: yes. If your weeks go on like this, about ${about(seen.over)} will be over on ${ends}.`
        : `${name}: no. If your weeks go on like this, it runs out about ${seen.runsOutOn ? day(seen.runsOutOn) : 'soon'}. About ${about(-seen.over)} is missing by ${ends}.`,
    basis,
  }
}

function chartOf(
  fund: JointFund,
  seen: Forecast,
  today: Temporal.PlainDate,
  weeks: readonly { allocationId: string; week: string; spent: number }[],
) {
  const past = history(
    { startsOn: fund.startsOn, today, notSpentNow: seen.notSpent },
    byWeek(weeks.filter((one) => fund.allocationIds.includes(one.allocationId))),
  )
  if (past.length < 3) return null
  const end = seen.runsOutOn ?? fund.endsOn
  const last = Math.max(0, seen.over)
  const name = fund.allocation.stream.name
  const from = fund.startsOn
  const first = past[0]
  return {
    name,
    label: `Line chart. ${name} had ${pounds(first?.notSpent ?? 0)} not yet spent on ${day(from)}, has ${pounds(seen.notSpent)} today and, if things go on, will have about ${about(last)} on ${day(end)}.`,
    weekly: pounds(seen.weekly),
    points: [
      ...past.map((point, i) => ({
        label: day(point.day),
        value: point.notSpent,
        display: pounds(point.notSpent),
        at: from.until(point.day).days,
        ...(i === past.length - 1 ? { note: `Today: ${pounds(point.notSpent)}` } : {}),
      })),
      {
        label: day(end),
        value: last,
        display: `about ${about(last)}`,
        at: from.until(end).days,
        forecast: true,
        note: seen.over >= 0 ? `About ${about(last)} over` : `Runs out about ${day(end)}`,
      },
    ],
  }
}

/** Both allocations of a fund spend in the same week. */
function byWeek(weeks: readonly { week: string; spent: number }[]): { week: string; spent: number }[] {
  const sums = new Map<string, number>()
  for (const { week, spent } of weeks) sums.set(week, (sums.get(week) ?? 0) + spent)
  return [...sums].map(([week, spent]) => ({ week, spent })).sort((a, b) => (a.week < b.week ? -1 : 1))
}

/** Instants of a month in London; of nothing for all months. */
function boundsOf(month: Temporal.PlainYearMonth | 'all') {
  if (month === 'all') return { from: null, until: null }
  const first = month.toPlainDate({ day: 1 })
  return {
    from: first.toZonedDateTime(LONDON).toInstant(),
    until: first.add({ months: 1 }).toZonedDateTime(LONDON).toInstant(),
  }
}

/** Lines of the statement of these funds, in words. */
export const linesOf = (
  deps: Needs,
  funds: readonly PersonFund[],
  month: Temporal.PlainYearMonth | 'all',
  options: { moved: boolean; limit: number; offset: number },
) => statementLines(deps.db.prisma, funds, boundsOf(month), options)

const readPage = (text: string | null): number => {
  if (text === null || text === '') return 1
  if (!/^[1-9]\d{0,4}$/.test(text)) throw notFound()
  return Number(text)
}

async function statementOf(
  deps: Needs,
  funds: readonly PersonFund[],
  query: MoneyQuery,
  today: Temporal.PlainDate,
) {
  const month = readMonth(query.month, today)
  const page = readPage(query.page)
  const found = await linesOf(deps, funds, month, {
    moved: !query.holds,
    limit: A_PAGE,
    offset: (page - 1) * A_PAGE,
  })
  if (found.lines.length === 0 && page > 1) throw notFound()
  return {
    month: month === 'all' ? 'all' : month.toString(),
    words: month === 'all' ? 'All months' : monthWords(month),
    tabs: monthTabs(month, today),
    lines: found.lines,
    holds: query.holds,
    out: found.moneyOut as number,
    in: found.moneyIn as number,
    owed: found.unpaid.person as number,
    page,
    pages: Math.max(1, Math.ceil(found.total / A_PAGE)),
  }
}

/**
 * The statement as a file, with what was set aside and given back too.
 * @throws as moneyPage
 */
export async function moneyCsv(
  deps: Needs,
  actor: Actor,
  query: Pick<MoneyQuery, 'month'>,
): Promise<{ filename: string; csv: string }> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const now = deps.clock.now()
  const month = readMonth(query.month ?? 'all', londonDate(now))
  const funds = await readFunds(deps.db.prisma, personId, now)
  const { lines } = await linesOf(deps, funds, month, { moved: false, limit: MOST_IN_A_FILE, offset: 0 })
  // No name in it: a file's name ends up in lists of downloads.
  return { filename: `money-${month === 'all' ? 'all' : month.toString()}.csv`, csv: statementCsv(lines) }
}
