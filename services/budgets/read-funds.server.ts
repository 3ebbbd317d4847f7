import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, dateColumn, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import { type AllocationBalances, readBalances } from '#services/ledger/read-balances.server.ts'
import { payerOf } from './payer.rules.ts'

/** More funds than anybody has in a lifetime. */
const MOST = 100

/** Its own last day, or the one that the fund's rules set for everybody, whichever comes first. */
const earlier = (endsOn: Temporal.PlainDate, expiresOn: Date | null): Temporal.PlainDate =>
  expiresOn !== null && endsOn.since(plainDateOf(expiresOn)).days > 0 ? plainDateOf(expiresOn) : endsOn

async function readAllocations(tx: Tx, personId: string) {
  return tx.allocation.findMany({
    where: { personId },
    orderBy: [{ endsOn: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: {
      stream: true,
      holder: { select: { name: true } },
      instalments: { where: { arrivedAt: null }, orderBy: { dueOn: 'asc' } },
      planLines: { select: { weeklyPence: true, startsOn: true, endsOn: true }, take: 200 },
    },
  })
}
type Row = Awaited<ReturnType<typeof readAllocations>>[number]

export interface PersonFund {
  allocation: Omit<Row, 'instalments' | 'planLines' | 'startsOn' | 'endsOn'>
  payer: Payer
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate
  balances: AllocationBalances
  /** Instalments that have not arrived, by date. */
  expected: { dueOn: Temporal.PlainDate; pence: number }[]
  /** Planned for visits, against money that is still to come. */
  planned: number
  /** Set aside or planned for visits of the next four weeks. */
  aheadFourWeeks: number
  /** The same, week by week from now on. */
  booked: number[]
  /** What its plan gives each week now. */
  agreedWeekly: number
}

/** All funds of a person, ended ones too, with what stands in them and what is planned: some small statements. */
export async function readFunds(tx: Tx, personId: string, now: Temporal.Instant): Promise<PersonFund[]> {
  const [rows, person] = await Promise.all([
    readAllocations(tx, personId),
    tx.person.findUniqueOrThrow({ where: { id: personId }, select: { councilId: true } }),
  ])
  const ids = rows.map(({ id }) => id)
  const [balances, ahead, weeks] = await Promise.all([
    readBalances(tx, ids),
    readAhead(tx, ids, now),
    readBooked(tx, ids, now),
  ])
  const today = dateColumn(londonDate(now)).getTime()
  return rows.flatMap(({ instalments, planLines, startsOn, endsOn, ...allocation }) => {
    const of = balances.get(allocation.id)
    if (!of) return []
    return [
      {
        allocation,
        payer: payerOf({ ...allocation, councilId: person.councilId }),
        startsOn: plainDateOf(startsOn),
        endsOn: earlier(plainDateOf(endsOn), allocation.stream.expiresOn),
        balances: of,
        expected: instalments.map((one) => ({ dueOn: plainDateOf(one.dueOn), pence: one.pence })),
        planned: ahead.get(allocation.id)?.planned ?? 0,
        aheadFourWeeks: ahead.get(allocation.id)?.ahead ?? 0,
        booked: weeks.get(allocation.id) ?? [],
        agreedWeekly: planLines
          .filter((line) => line.startsOn.getTime() <= today && line.endsOn.getTime() >= today)
          .reduce((sum, line) => sum + line.weeklyPence, 0),
      },
    ]
  })
}

async function readAhead(
  tx: Tx,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, { planned: number; ahead: number }>> {
  const until = toDate(now.add({ hours: 28 * 24 }))
  const rows = await tx.$queryRaw<{ id: string; planned: number; ahead: number }[]>`
    select g.allocation_id::text as id,
      coalesce(sum(g.pence) filter (where g.state = 'planned'), 0)::int as planned,
      coalesce(sum(g.pence) filter (where v.starts_at >= ${toDate(now)} and v.starts_at < ${until}), 0)::int as ahead
    from funding_line g join visit v on v.id = g.visit_id join booking b on b.id = v.booking_id
    where g.allocation_id = any(${[...ids]}::uuid[]) and g.state in ('planned', 'set_aside')
      and v.state in ('planned', 'started', 'delivered', 'disputed', 'confirmed') and b.state <> 'draft'
    group by 1`
  return new Map(rows.map(({ id, planned, ahead }) => [id, { planned, ahead }]))
}

/** Two years of weeks: no fund is longer. */
const MOST_WEEKS = 104

async function readBooked(
  tx: Tx,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, number[]>> {
  const rows = await tx.$queryRaw<{ id: string; week: number; pence: number }[]>`
    select g.allocation_id::text as id, floor(extract(epoch from v.starts_at - ${toDate(now)}::timestamptz) / 604800)::int as week, sum(g.pence)::int as pence
    from funding_line g join visit v on v.id = g.visit_id join booking b on b.id = v.booking_id
    where g.allocation_id = any(${[...ids]}::uuid[]) and g.state in ('planned', 'set_aside') and v.starts_at >= ${toDate(now)}
      and v.state in ('planned', 'started', 'delivered', 'disputed', 'confirmed') and b.state <> 'draft'
    group by 1, 2 order by 1, 2`
  const result = new Map<string, number[]>()
  for (const { id, week, pence } of rows) {
    if (week >= MOST_WEEKS) continue
    const weeks = result.get(id) ?? []
    while (weeks.length < week) weeks.push(0)
    weeks[week] = pence
    result.set(id, weeks)
  }
  return result
}
