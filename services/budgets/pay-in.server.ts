/** The person's part of a fund that the council pays net: an allocation of its own beside the council's, shown with it. */
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { type PayInPeriod, type PayInPlan, planPayIns, spreadPayIn } from './pay-in.rules.ts'
import { setAsidePlanned } from './receive-instalments.server.ts'

const MOST = 1_000
const FOUR_WEEKS = 28

const withAll = {
  stream: true,
  instalments: { orderBy: [{ dueOn: 'asc' }, { number: 'asc' }], take: MOST },
  payIn: { include: { instalments: { orderBy: [{ dueOn: 'asc' }, { number: 'asc' }], take: MOST } } },
} satisfies Prisma.AllocationInclude
type FundRow = Prisma.AllocationGetPayload<{ include: typeof withAll }>
type InstalmentRow = FundRow['instalments'][number]

const isoOf = (date: Date): string => plainDateOf(date).toString()
const before = (iso: string): string => Temporal.PlainDate.from(iso).subtract({ days: 1 }).toString()
const arrivedOf = (one: InstalmentRow): number => (one.arrivedAt ? (one.arrivedPence ?? one.pence) : 0)

/** The days that each of the council's instalments is for; four weeks at a time where it came all at once. */
function periodsOf(fund: FundRow, today: string): PayInPeriod[] {
  const ends = isoOf(fund.endsOn)
  const council = new Map<string, { pence: number; mayChange: boolean }>()
  if (fund.cadence !== 'once')
    for (const one of fund.instalments) {
      const day = isoOf(one.dueOn)
      const mayChange = !one.arrivedAt && day > today
      const known = council.get(day)
      council.set(day, {
        pence: (known?.pence ?? 0) + one.pence,
        mayChange: mayChange && known === undefined,
      })
    }
  const starts = [...council.keys()].sort()
  if (starts.length === 0)
    for (
      let day = plainDateOf(fund.startsOn);
      day.toString() <= ends && starts.length < MOST;
      day = day.add({ days: FOUR_WEEKS })
    )
      starts.push(day.toString())
  return starts.map((dueOn, index) => {
    const next = starts[index + 1]
    const own = (fund.payIn?.instalments ?? []).filter((one) => isoOf(one.dueOn) === dueOn)
    return {
      dueOn,
      until: next === undefined ? ends : before(next),
      council: council.get(dueOn) ?? null,
      arrived: own.reduce((sum, one) => sum + arrivedOf(one), 0),
      open: own.reduce((sum, one) => sum + (one.arrivedAt ? 0 : one.pence), 0),
    }
  })
}

export interface PayInWanted {
  /** The council's fund that it goes towards. */
  fundId: string
  /** What is assessed for the days from one to another, both included, in pence (services/contributions). */
  target: (from: string, until: string) => number
  /** Whether the council's instalments leave it out already, or become smaller by it. */
  council: 'within' | 'beside'
}

export interface FundPlan extends PayInPlan {
  fundId: string
  name: string
  /** As it stands now, period by period. */
  was: PayInPeriod[]
}

async function planned(tx: Tx, now: Temporal.Instant, wanted: PayInWanted) {
  const fund = await tx.allocation.findUniqueOrThrow({ where: { id: wanted.fundId }, include: withAll })
  const was = periodsOf(fund, londonDate(now).toString())
  return { fund, was, plan: planPayIns(was, wanted.target, wanted.council) }
}

/** What opening or changing it would come to; changes nothing. */
export async function previewPayIn(tx: Tx, now: Temporal.Instant, wanted: PayInWanted): Promise<FundPlan> {
  const { fund, was, plan } = await planned(tx, now, wanted)
  return { fundId: fund.id, name: fund.stream.name, was, ...plan }
}

/**
 * Makes the allocation that takes what the person pays in, with its instalments beside the council's, or brings the
 * instalments that have not arrived to what is assessed now. Nothing arrives by it: no account moves. Repeated with the
 * same assessment it changes nothing.
 * @returns the plan, and the allocation's id; null when nothing is to be paid in and nothing ever was
 */
export async function openPayIn(
  tx: Tx,
  now: Temporal.Instant,
  wanted: PayInWanted,
): Promise<FundPlan & { payInId: string | null }> {
  await tx.$executeRaw`select 1 from allocation where id = ${wanted.fundId}::uuid for no key update`
  const { fund, was, plan } = await planned(tx, now, wanted)
  const result = { fundId: fund.id, name: fund.stream.name, was, ...plan }
  const nothing = plan.periods.every((period) => period.open + period.arrived === 0)
  if (nothing && !fund.payIn) return { ...result, payInId: null }
  const payInId = fund.payIn?.id ?? (await makeAllocation(tx, now, fund))
  await writeOpen(tx, payInId, fund.payIn?.instalments ?? [], plan)
  await writeCouncils(tx, fund, was, plan)
  return { ...result, payInId }
}

/** Held as the fund is that it goes towards: the same account. Its amounts follow from its instalments. */
async function makeAllocation(tx: Tx, now: Temporal.Instant, fund: FundRow): Promise<string> {
  const id = newId()
  await tx.allocation.create({
    data: {
      id,
      budgetId: fund.budgetId,
      streamId: await streamLike(tx, now, fund),
      personId: fund.personId,
      deployment: fund.deployment,
      agreedPence: 1n,
      cadence: fund.cadence === 'once' ? 'four_weekly' : fund.cadence,
      instalmentPence: 1,
      startsOn: fund.startsOn,
      endsOn: fund.endsOn,
      holderProviderId: fund.holderProviderId,
      chosen: fund.chosen,
      payBy: fund.payBy,
      towardsId: fund.id,
      createdAt: toDate(now),
    },
    select: { id: true },
  })
  return id
}

const PAY_IN_NAME = 'What you pay towards it'

/** It buys what the fund buys that it goes towards: a stream with the same rules, made when there is none. */
async function streamLike(tx: Tx, now: Temporal.Instant, { stream }: FundRow): Promise<string> {
  const rules = {
    councilId: stream.councilId,
    kind: 'contribution' as const,
    name: PAY_IN_NAME,
    funder: 'You',
    allowedCategories: stream.allowedCategories,
    refusedCategories: stream.refusedCategories,
    canBuy: stream.canBuy,
    refusalReason: stream.refusalReason,
    accreditedOnly: stream.accreditedOnly,
    unitCeilingPence: stream.unitCeilingPence,
    area: stream.area,
  }
  const known = await tx.fundingStream.findFirst({
    where: {
      ...rules,
      allowedCategories: { equals: stream.allowedCategories },
      refusedCategories: { equals: stream.refusedCategories },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  if (known) return known.id
  const id = newId()
  await tx.fundingStream.create({
    data: {
      ...rules,
      id,
      refusedReasons: stream.refusedReasons ?? {},
      carryOver: stream.carryOver,
      createdAt: toDate(now),
    },
    select: { id: true },
  })
  return id
}

/** One open instalment a period at most; what is nothing is no instalment. */
async function writeOpen(
  tx: Tx,
  payInId: string,
  rows: readonly InstalmentRow[],
  plan: PayInPlan,
): Promise<void> {
  let number = rows.reduce((most, one) => Math.max(most, one.number), 0)
  const gone: string[] = []
  const changed: { id: string; pence: number }[] = []
  const made: Prisma.InstalmentCreateManyInput[] = []
  for (const { dueOn, open } of plan.periods) {
    const [first, ...more] = rows.filter((one) => !one.arrivedAt && isoOf(one.dueOn) === dueOn)
    gone.push(...more.map(({ id }) => id))
    if (!first && open > 0) {
      number += 1
      made.push({
        id: newId(),
        allocationId: payInId,
        number,
        dueOn: dateColumn(Temporal.PlainDate.from(dueOn)),
        pence: open,
      })
    } else if (first && open === 0) gone.push(first.id)
    else if (first && first.pence !== open) changed.push({ id: first.id, pence: open })
  }
  if (gone.length > 0) await tx.instalment.deleteMany({ where: { id: { in: gone }, arrivedAt: null } })
  if (made.length > 0) await tx.instalment.createMany({ data: made })
  await writePence(tx, changed)
  await tx.$executeRaw`
    update allocation a set agreed_pence = greatest(1, coalesce(i.pence, 0)), instalment_pence = greatest(1, coalesce(i.most, 0))
    from (select sum(coalesce(arrived_pence, pence)) as pence, max(pence) as most from instalment where allocation_id = ${payInId}::uuid) i
    where a.id = ${payInId}::uuid`
}

const writePence = (tx: Tx, changed: readonly { id: string; pence: number }[]) =>
  changed.length === 0
    ? Promise.resolve(0)
    : tx.$executeRaw`
        update instalment i set pence = w.pence from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map((one) => one.pence)}::int[]) as w (id, pence)
        where i.id = w.id and i.arrived_at is null`

/** The council pays less as the person pays more: only in what is still to come. */
async function writeCouncils(
  tx: Tx,
  fund: FundRow,
  was: readonly PayInPeriod[],
  plan: PayInPlan,
): Promise<void> {
  const changed = plan.periods.flatMap((period, index) => {
    const now = was[index]?.council
    if (!now || period.council === null || period.council === now.pence) return []
    const row = fund.instalments.find((one) => isoOf(one.dueOn) === period.dueOn && !one.arrivedAt)
    return row ? [{ id: row.id, pence: period.council, by: period.council - now.pence }] : []
  })
  if (changed.length === 0) return
  await writePence(tx, changed)
  const by = changed.reduce((sum, one) => sum + one.by, 0)
  await tx.$executeRaw`
    update allocation a set agreed_pence = greatest(1, a.agreed_pence + ${by}), instalment_pence = coalesce(i.most, a.instalment_pence)
    from (select max(pence) as most from instalment where allocation_id = ${fund.id}::uuid and arrived_at is null) i
    where a.id = ${fund.id}::uuid`
}

export interface PaidIn {
  /** The allocation of the pay-in, not the fund that it goes towards. */
  allocationId: string
  pence: Pence
  source: 'file' | 'bank' | 'card' | 'hand'
}

/**
 * The person's money has come into the account: somebody saw it, or a line of a bank file says so. It counts for what is
 * due longest; visits that waited for it get their money set aside.
 * @returns the instalments that arrived, whole or in part
 * @throws INVALID when it is more than all that is still to be paid in
 */
export async function recordPayIn(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  paid: PaidIn,
): Promise<{ instalmentId: string; pence: Pence }[]> {
  await tx.$executeRaw`select 1 from allocation where id = ${paid.allocationId}::uuid for no key update`
  const open = await tx.instalment.findMany({
    where: { allocationId: paid.allocationId, arrivedAt: null },
    orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
    take: MOST,
  })
  const { arrives, over } = spreadPayIn(paid.pence, open)
  if (over > 0 || arrives.length === 0)
    throw new DomainError(
      'INVALID',
      `That is ${pounds(over)} more than all that is still to be paid in. Check the amount; nothing was changed.`,
    )
  await tx.$executeRaw`
    update instalment i set pence = w.pence, arrived_pence = w.pence, arrived_at = ${toDate(now)}, source = ${paid.source}
    from unnest(${arrives.map(({ id }) => id)}::uuid[], ${arrives.map((one) => one.pence as number)}::int[]) as w (id, pence)
    where i.id = w.id and i.arrived_at is null`
  // Only the last one may have come in part; its rest is due on the same day as before.
  const part = arrives.find(({ rest }) => rest > 0)
  const row = open.find(({ id }) => id === part?.id)
  if (part && row) {
    const last = await tx.instalment.aggregate({
      where: { allocationId: paid.allocationId },
      _max: { number: true },
    })
    await tx.instalment.create({
      data: {
        id: newId(),
        allocationId: paid.allocationId,
        number: (last._max.number ?? 0) + 1,
        dueOn: row.dueOn,
        pence: part.rest,
      },
      select: { id: true },
    })
  }
  await postJournals(
    tx,
    now,
    actor,
    arrives.map((one) => allocationFunded(`funded:${one.id}`, paid.allocationId, pence(one.pence))),
  )
  await setAsidePlanned(tx, now, actor, paid.allocationId)
  return arrives.map((one) => ({ instalmentId: one.id, pence: one.pence }))
}
