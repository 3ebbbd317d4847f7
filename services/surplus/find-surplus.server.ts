import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import {
  type Temporal,
  dateColumn,
  londonDate,
  longDate,
  plainDateOf,
  toDate,
} from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { surplusOf } from './surplus.rules.ts'

const AT_ONCE = 500
/** A fund is looked at after its first weeks: what comes at the start lies there by design. */
const FIRST_WEEKS = 12

const row = z.object({
  id: z.string(),
  personId: z.string(),
  councilId: z.string(),
  fund: z.string(),
  agreed: z.union([z.bigint(), z.number()]).transform((value) => pence(Number(value))),
  startsOn: z.date(),
  endsOn: z.date(),
  weeks: z.number(),
  answerDays: z.number(),
  planned: z.number(),
})

/** Funds of a council's own money, of councils that ask, that run, and about which no case is open or was closed in the last 12 weeks. */
async function readFundsToAsk(tx: Tx, today: Temporal.PlainDate, after: string) {
  return z.array(row).parse(
    await tx.$queryRaw`
      select a.id::text, a.person_id::text as "personId", p.council_id::text as "councilId", s.name as fund, a.agreed_pence as agreed,
        a.starts_on as "startsOn", a.ends_on as "endsOn", m.surplus_weeks as weeks, m.answer_days as "answerDays",
        coalesce((select sum(f.pence) from funding_line f where f.allocation_id = a.id and f.state = 'planned'), 0)::int as planned
      from allocation a
      join person p on p.id = a.person_id
      join council_money m on m.council_id = p.council_id and m.surplus_weeks is not null
      join funding_stream s on s.id = a.stream_id and s.kind in ('adult_social_care', 'carer')
      where a.deployment in ('direct_payment_bank', 'direct_payment_card', 'direct_payment_managed_account', 'individual_service_fund')
        and a.towards_id is null and a.ends_on >= ${today.toString()}::date
        and a.starts_on <= ${today.subtract({ weeks: FIRST_WEEKS }).toString()}::date
        and a.id > ${after}::uuid
        and not exists (select 1 from surplus_case c where c.allocation_id = a.id
          and (c.state not in ('reclaimed', 'closed') or c.ended_at > ${today.subtract({ weeks: 12 }).toString()}::date))
      order by a.id limit ${AT_ONCE}`,
  )
}

/** Job: finds surplus and asks the people about it. @returns how many cases were opened */
export async function findSurplus(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const today = londonDate(now)
  let after = '00000000-0000-0000-0000-000000000000'
  let opened = 0
  for (;;) {
    const funds = await readFundsToAsk(deps.db.prisma, today, after)
    const last = funds.at(-1)
    if (!last) return opened
    after = last.id
    opened += await deps.db.tx((tx) => openCases(tx, now, today, funds))
    if (funds.length < AT_ONCE) return opened
  }
}

async function openCases(
  tx: Tx,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
  funds: readonly z.infer<typeof row>[],
): Promise<number> {
  const balances = await readBalances(
    tx,
    funds.map(({ id }) => id),
  )
  const found = funds.flatMap((fund) => {
    const available = balances.get(fund.id)?.available ?? pence(0)
    const days = plainDateOf(fund.startsOn).until(plainDateOf(fund.endsOn)).days + 1
    const { keep, surplus } = surplusOf(
      { available, planned: pence(fund.planned), agreed: fund.agreed, days },
      fund.weeks,
    )
    return surplus > 0
      ? [{ fund, available, keep, surplus, answerBy: today.add({ days: fund.answerDays }) }]
      : []
  })
  if (found.length === 0) return 0
  const cases = found.map((one) => ({ id: newId(), ...one }))
  await tx.surplusCase.createMany({
    data: cases.map((one) => ({
      id: one.id,
      allocationId: one.fund.id,
      councilId: one.fund.councilId,
      personId: one.fund.personId,
      availablePence: one.available,
      keepPence: one.keep,
      surplusPence: one.surplus,
      foundAt: toDate(now),
      answerBy: dateColumn(one.answerBy),
    })),
    skipDuplicates: true,
  })
  await tell(
    tx,
    now,
    cases.map((one) => ({
      to: { personId: one.fund.personId },
      kind: 'budget.surplus',
      title: `${one.fund.fund}: more is there than your weeks need`,
      body: `${pounds(one.surplus)} is more than ${String(one.fund.weeks)} weeks of this fund. Money set aside, kept for wages or planned for visits is not counted. Tell the council what it is for by ${longDate(one.answerBy)}. Nothing is taken before that.`,
      path: `/my/money/surplus/${one.id}`,
      subjectId: one.id,
    })),
  )
  return cases.length
}
