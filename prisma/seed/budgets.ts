import type { Prisma } from '#services/db/generated/client.ts'
import { quoteVisit } from '#services/bookings/quote.rules.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import { payerOf } from '#services/budgets/payer.rules.ts'
import { Temporal } from '#services/kernel/time.ts'
import { at, column, DAY, HOUR, wallMs, type Kit } from './kit.ts'
import type { SeededPerson } from './people.ts'
import type { FundSeed } from './people-list.ts'
import type { SeededProvider } from './providers.ts'
import type { Slot } from './slots.ts'
import { streamFor, type SeededStream, type StreamCode, type Streams } from './streams.ts'
import type { Users } from './users.ts'

export interface SeededInstalment {
  id: string
  /** ISO date. */
  dueOn: string
  pence: number
  arrivesMs: number
  row: Prisma.InstalmentCreateManyInput
}

/** An allocation, and how it stands while history is played through it. */
export interface SeededAllocation {
  id: string
  person: SeededPerson
  code: StreamCode
  stream: SeededStream
  held: FundSeed['held']
  payer: Payer
  startsOn: string
  endsOn: string
  knownMs: number
  endsMs: number
  /** What the person was assessed to pay towards it; nothing for the pay-in itself. */
  weeklyContribution: number
  /** The fund that it is paid into, for what a person pays net. */
  towards: SeededAllocation | null
  planLines: { category: string; approved: boolean; startsOn: string; endsOn: string }[]
  instalments: SeededInstalment[]
  available: number
}

export interface BudgetRows {
  budget: Prisma.BudgetCreateManyInput[]
  allocation: Prisma.AllocationCreateManyInput[]
  instalment: Prisma.InstalmentCreateManyInput[]
  planLine: Prisma.PlanLineCreateManyInput[]
}

/** What they pay towards it each week: Joan into the account of her card, Margaret into her bank account, Halima by bill. */
const ASSESSED: Readonly<Record<string, number>> = {
  'Joan Ellery': 1_500,
  'Margaret Ashby': 800,
  'Halima Yusuf': 3_240,
}
const EXPLAINERS = ['Leon Marsh', 'Farida Hussain'] as const

/** What one visit of a slot costs on an ordinary day, by the fund that would pay each line. */
function weeklyNeeds(
  slots: readonly Slot[],
  has: readonly StreamCode[],
  streams: Record<StreamCode, SeededStream>,
): Map<StreamCode, Map<string, number>> {
  const needs = new Map<StreamCode, Map<string, number>>()
  for (const slot of slots) {
    const day = new Temporal.PlainDate(2026, 6, slot.weekday)
    const startsAt = Temporal.Instant.fromEpochMilliseconds(wallMs(day, slot.startMinute))
    for (const line of quoteVisit(slot.service.terms, startsAt, slot.minutes).lines) {
      const code = streamFor(line.category, has, streams)
      if (!code) continue
      const byCategory = needs.get(code) ?? new Map<string, number>()
      byCategory.set(line.category, (byCategory.get(line.category) ?? 0) + line.pence / slot.every)
      needs.set(code, byCategory)
    }
  }
  return needs
}

export function makeBudgets(
  kit: Kit,
  people: readonly SeededPerson[],
  slots: readonly Slot[],
  streams: Streams,
  providers: readonly SeededProvider[],
  users: Users,
): { allocations: SeededAllocation[]; rows: BudgetRows } {
  const { rng } = kit
  const rows: BudgetRows = { budget: [], allocation: [], instalment: [], planLine: [] }
  const allocations: SeededAllocation[] = []
  for (const person of people) {
    const schemes = streams[person.council]
    const has = person.seed.funds.map((fund) => fund.stream)
    const theirs = slots.filter((slot) => slot.person === person)
    const needs = weeklyNeeds(theirs, has, schemes)
    const weeksOfHistory = Math.round((kit.nowMs - person.sinceMs) / (7 * DAY))
    const sinceNow = person.seed.name === 'Joan Ellery' ? 11 : Math.min(weeksOfHistory, rng.int(3, 34))
    const monday = kit.today.subtract({ days: kit.today.dayOfWeek - 1 })
    const start = monday.subtract({ weeks: sinceNow })
    const begun = monday.subtract({ weeks: weeksOfHistory })
    const periods = [
      // The year before, cut off where this history begins.
      ...(weeksOfHistory - sinceNow >= 4
        ? [{ from: begun, until: start.subtract({ days: 1 }), now: false }]
        : []),
      { from: start, until: null, now: true },
    ]
    for (const period of periods) {
      const funds = person.seed.funds.filter((fund) => period.now || fund.once === undefined)
      if (funds.length === 0) continue
      const until = (fund: FundSeed): Temporal.PlainDate =>
        period.until ?? start.add({ weeks: fund.weeks ?? 52 }).subtract({ days: 1 })
      const last = funds.map(until).reduce((a, b) => (Temporal.PlainDate.compare(a, b) > 0 ? a : b))
      const createdMs = wallMs(period.from, 540) - 15 * DAY
      const budgetId = kit.id(createdMs)
      rows.budget.push({
        id: budgetId,
        personId: person.id,
        startsOn: column(period.from),
        endsOn: column(last),
        createdAt: at(createdMs),
      })
      for (const fund of funds) {
        const byCategory = needs.get(fund.stream) ?? new Map<string, number>()
        const need = [...byCategory.values()].reduce((sum, one) => sum + one, 0)
        const weekly = Math.max(2_500, Math.ceil((need * (1.3 + rng.next() * 0.5)) / 500) * 500)
        const one = addAllocation({ kit, person, fund, stream: schemes[fund.stream], budgetId, createdMs, from: period.from, until: until(fund), weekly, now: period.now, providers, users, rows }) // prettier-ignore
        addPlanLines(kit, one, byCategory, users, rows)
        allocations.push(one)
      }
    }
  }
  return { allocations, rows }
}

interface NewAllocation {
  kit: Kit
  person: SeededPerson
  fund: FundSeed
  stream: SeededStream
  budgetId: string
  createdMs: number
  from: Temporal.PlainDate
  until: Temporal.PlainDate
  weekly: number
  now: boolean
  providers: readonly SeededProvider[]
  users: Users
  rows: BudgetRows
}

function addAllocation(made: NewAllocation): SeededAllocation {
  const { kit, person, fund, stream, from, until, rows } = made
  const { rng } = kit
  const id = kit.id(made.createdMs)
  const weeks = Math.max(1, Math.round((from.until(until).days + 1) / 7))
  const cadence = fund.once ? 'once' : fund.agreed ? 'four_weekly' : rng.weighted([['four_weekly', 8], ['weekly', 1], ['monthly', 1]] as const) // prettier-ignore
  const agreed = fund.once ?? (fund.agreed && made.now ? fund.agreed : weeks * (fund.agreed ? Math.round(fund.agreed / (fund.weeks ?? 52)) : made.weekly)) // prettier-ignore
  const weekly = Math.round(agreed / weeks)
  const instalment =
    fund.once ??
    (cadence === 'weekly' ? weekly : cadence === 'four_weekly' ? weekly * 4 : Math.round((weekly * 52) / 12))
  const instalments: SeededInstalment[] = []
  let left = agreed
  for (let number = 1; left > 0; number += 1) {
    const step = number - 1
    const due =
      cadence === 'weekly'
        ? from.add({ weeks: step })
        : cadence === 'monthly'
          ? from.add({ months: step })
          : from.add({ weeks: step * 4 })
    const lastOne =
      Temporal.PlainDate.compare(due, until.subtract({ weeks: cadence === 'weekly' ? 1 : 4 })) > 0
    const part = lastOne || fund.once ? left : Math.min(left, instalment)
    left -= part
    // Six in the morning, give or take, as a bank's files come.
    const arrivesMs = wallMs(due, 330 + rng.int(0, 60))
    const instalmentId = kit.id(made.createdMs)
    const row = {
      id: instalmentId,
      allocationId: id,
      number,
      dueOn: column(due),
      pence: part,
      arrivedAt: null,
    }
    instalments.push({ id: instalmentId, dueOn: due.toString(), pence: part, arrivesMs, row })
    rows.instalment.push(row)
  }
  const holder = made.providers.find((provider) => provider.seed.slug === fund.holder)
  const needsHolder =
    fund.held === 'individual_service_fund' || fund.held === 'direct_payment_managed_account'
  if (needsHolder && !holder) throw new Error(`Nobody holds the ${fund.stream} fund of ${person.seed.name}`)
  const adviserId =
    made.users.byName.get(person.council === 'aldermere' ? 'Leon Marsh' : 'Sian Beckett')?.id ?? ''
  const grossly = fund.held === 'council_managed' && fund.stream === 'social_care' && !person.seed.section117
  const weeklyContribution =
    fund.stream === 'social_care' && ASSESSED[person.seed.name] !== undefined
      ? (ASSESSED[person.seed.name] ?? 0)
      : grossly && rng.chance(0.5)
        ? rng.int(4, 18) * 100
        : 0
  const holderId = needsHolder ? (holder?.id ?? null) : null
  rows.allocation.push({
    id,
    budgetId: made.budgetId,
    streamId: stream.id,
    personId: person.id,
    deployment: fund.held,
    agreedPence: agreed,
    cadence,
    instalmentPence: Math.min(instalment, agreed),
    startsOn: column(from),
    endsOn: column(until),
    holderProviderId: holderId,
    adviserUserId: fund.held === 'adviser_held' ? adviserId : null,
    chosenBecause: fund.because ?? '',
    explainedBy: `${person.council === 'aldermere' ? rng.pick(EXPLAINERS) : 'Sian Beckett'}, adviser`,
    chosen: fund.chosen ?? true,
    towardsId: null,
    createdAt: at(made.createdMs),
  })
  return {
    id,
    person,
    code: fund.stream,
    stream,
    held: fund.held,
    payer: payerOf({
      deployment: fund.held,
      personId: person.id,
      councilId: person.councilId,
      holderProviderId: holderId,
    }),
    startsOn: from.toString(),
    endsOn: until.toString(),
    knownMs: made.createdMs,
    endsMs: wallMs(until, 1439) + HOUR,
    weeklyContribution,
    towards: null,
    planLines: [],
    instalments,
    available: 0,
  }
}

/** What the fund is meant to buy. For a council-managed one each approved line is the council's standing order. */
function addPlanLines(
  kit: Kit,
  one: SeededAllocation,
  needs: Map<string, number>,
  users: Users,
  rows: BudgetRows,
): void {
  if (one.code === 'own') return
  const wanted = new Map(needs)
  if (one.code === 'voucher')
    for (const category of one.stream.allowed) wanted.set(category, wanted.get(category) ?? 500)
  if (one.held === 'council_managed' && one.code === 'social_care')
    for (const category of ['help_at_home', 'meals_delivered', 'transport'])
      wanted.set(category, wanted.get(category) ?? 1_000)
  if (one.code === 'equipment') for (const category of one.stream.allowed) wanted.set(category, 500)
  const approver =
    users.byName.get(one.person.council === 'aldermere' ? 'Leon Marsh' : 'Sian Beckett')?.id ?? null
  const managed = one.held === 'council_managed'
  const add = (category: string, weeklyPence: number, approved: boolean): void => {
    const number = String(kit.rng.int(10_000, 99_999))
    rows.planLine.push({
      id: kit.id(one.knownMs),
      allocationId: one.id,
      categoryCode: category,
      weeklyPence: Math.round(weeklyPence),
      approvedAt: approved ? at(one.knownMs + 2 * DAY) : null,
      approvedById: approved ? approver : null,
      orderNumber: managed && approved ? `PO-${number}` : null,
      costCode: managed && approved ? `ASC-${String(kit.rng.int(100, 999))}` : null,
      caseReference: managed && approved ? `C${number}` : null,
      startsOn: column(Temporal.PlainDate.from(one.startsOn)),
      endsOn: column(Temporal.PlainDate.from(one.endsOn)),
    })
    one.planLines.push({ category, approved, startsOn: one.startsOn, endsOn: one.endsOn })
  }
  for (const [category, weekly] of wanted) add(category, weekly, true)
  // Asked for and not yet agreed: the page says why it cannot be paid from this fund.
  if (one.person.seed.name === 'Halima Yusuf' && managed && !wanted.has('getting_out'))
    add('getting_out', 2_000, false)
}
