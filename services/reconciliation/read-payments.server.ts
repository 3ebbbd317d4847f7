/** Both sides of card payments and Direct Debits: the payment service's own lists, and what Kith has. */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { type Temporal, isoText, toDate } from '#services/kernel/time.ts'
import type { Listed } from '#services/ports/payment-accounts.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  type AccountOwner,
  type KithsPayment,
  type KithsPayout,
  type ServiceMovement,
  comparePayments,
  comparePayouts,
} from './compare-payments.rules.ts'
import type { Difference } from './difference.rules.ts'

type Needs = Pick<Deps, 'db' | 'payments' | 'log'>

/** 100 rows each; an account that moved more in the time is looked at as far as this. */
const MOST_PAGES = 50
const MOST_ACCOUNTS = 5_000
/** What is told by events may still be on its way. */
const GRACE_MINUTES = 60
/** The service may have taken it long before Kith heard of it. */
const EARLIER_DAYS = 3

export interface PaymentsSeen {
  found: Difference[]
  /** Accounts that could be read to the end: only of these it is known what no longer holds. */
  owners: AccountOwner[]
}

/** @param from the first moment that is looked at; `now` is the last, less what may still be on its way */
export async function readPaymentDifferences(
  deps: Needs,
  from: Temporal.Instant,
  now: Temporal.Instant,
): Promise<PaymentsSeen> {
  const { prisma } = deps.db
  const until = now.subtract({ minutes: GRACE_MINUTES })
  const accounts = await prisma.connectedAccount.findMany({
    orderBy: { id: 'asc' },
    take: MOST_ACCOUNTS,
    include: { provider: { select: { name: true } }, council: { select: { name: true } } },
  })
  const seen: PaymentsSeen = { found: [], owners: [] }
  // One account after the other: the service counts requests.
  for (const row of accounts) {
    const owner: AccountOwner = {
      councilId: row.councilId,
      providerId: row.providerId,
      name: row.provider?.name ?? row.council?.name ?? '',
    }
    const account = row.externalId
    try {
      const movements = await allOf(
        (after) =>
        deps.payments.listMovements({
          account, from: from.subtract({ hours: EARLIER_DAYS * 24 }), until, after,
        }), // prettier-ignore
      )
      const payouts = await allOf((after) => deps.payments.listPayouts({ account, from, until, after }))
      const ids = movements.rows.flatMap(({ payment }) => payment ?? [])
      const payments = await readKiths(prisma, account, row.councilId, ids, from, until)
      const lately = movements.rows.filter((one) => isLate(one, from, payments))
      seen.found.push(
        ...comparePayments(lately, payments, owner),
        ...comparePayouts(
          payouts.rows.map((one) => ({ reference: one.reference, status: one.status, pence: one.amount })),
          await readPayouts(
            prisma,
            payouts.rows.map(({ reference }) => reference),
          ),
          owner,
        ),
      )
      if (movements.whole && payouts.whole) seen.owners.push(owner)
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'UNAVAILABLE') throw error
      deps.log.warn(
        { account: row.id },
        'reconciliation: an account at the payment service could not be read',
      )
    }
  }
  return seen
}

/** A movement of the days before is there only to be found by a payment of the time itself. */
const isLate = (
  one: ServiceMovement & { at: Temporal.Instant },
  from: Temporal.Instant,
  payments: readonly KithsPayment[],
): boolean =>
  one.at.epochMilliseconds >= from.epochMilliseconds ||
  payments.some(({ id, inTime }) => inTime && id === one.payment)

async function allOf<Row>(
  list: (after: string | null) => Promise<Listed<Row>>,
): Promise<{ rows: Row[]; whole: boolean }> {
  const rows: Row[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Listed<Row> = await list(after)
    rows.push(...answer.rows)
    if (answer.next === null) return { rows, whole: true }
    after = answer.next
  }
  return { rows, whole: false }
}

const kiths = z.array(
  z.object({
    id: z.string(),
    pence: z.number(),
    state: z.enum(['started', 'needs_you', 'sent', 'confirmed', 'failed', 'returned', 'cancelled']),
    back: z.coerce.number(),
    questioned: z.boolean(),
    inTime: z.boolean(),
    councilId: z.string().nullable(),
  }),
)

/**
 * Payments of an account: those that ended in the time, and those that the service speaks of. What was given back is a
 * payment of its own below zero, for a credit of the same visit and fund.
 */
async function readKiths(
  tx: Tx,
  account: string,
  councilId: string | null,
  ids: readonly string[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<KithsPayment[]> {
  const uuids = ids.filter((id) => z.uuid().safeParse(id).success)
  return kiths.parse(
    await tx.$queryRaw`
      select p.id::text, p.pence, p.state::text,
        coalesce((select sum(-c.pence) from payment_line l join payable b on b.id = l.payable_id
          join payable c on c.visit_id = b.visit_id and c.allocation_id = b.allocation_id and c.refund_id is not null
          join payment r on r.id = c.payment_id and r.method = 'card' and r.pence < 0 and r.state in ('sent', 'confirmed')
          where l.payment_id = p.id and b.refund_id is null), 0)::bigint as back,
        exists (select 1 from payment_dispute d where d.payment_id = p.id) as questioned,
        (p.state in ('confirmed', 'returned') and p.ended_at >= ${isoText(from)}::timestamptz and p.ended_at < ${isoText(until)}::timestamptz) as "inTime",
        coalesce(case when p.payer_kind = 'council' then p.payer_id end, o.council_id)::text as "councilId"
      from payment p left join person o on o.id = p.person_id
      where p.method = 'card' and p.pence > 0 and p.external_account = ${account}
        and (p.id = any(${uuids}::uuid[])
          or (p.state in ('confirmed', 'returned') and p.ended_at >= ${isoText(from)}::timestamptz and p.ended_at < ${isoText(until)}::timestamptz))
      union all
      select c.id::text, c.pence, c.state::text, 0, c.state = 'returned',
        (c.state in ('confirmed', 'returned') and c.ended_at >= ${isoText(from)}::timestamptz and c.ended_at < ${isoText(until)}::timestamptz),
        c.council_id::text
      from contribution_payment c
      where c.method in ('card', 'direct_debit') and c.council_id = ${councilId}::uuid and c.external_id is not null
        and (c.id = any(${uuids}::uuid[])
          or (c.state in ('confirmed', 'returned') and c.ended_at >= ${isoText(from)}::timestamptz and c.ended_at < ${isoText(until)}::timestamptz))`,
  )
}

async function readPayouts(tx: Tx, references: readonly string[]): Promise<KithsPayout[]> {
  const rows = await tx.payout.findMany({
    where: { externalId: { in: [...references] } },
    select: { externalId: true, state: true, pence: true },
  })
  return rows.map(({ externalId, ...row }) => ({ reference: externalId, ...row }))
}

/** How far back the books and the service are compared: to the oldest item that is open, and 35 days at least. */
export async function comparedFrom(tx: Tx, now: Temporal.Instant): Promise<Temporal.Instant> {
  const days = (count: number): Temporal.Instant => now.subtract({ hours: count * 24 })
  const oldest = await tx.reconciliationItem.findFirst({
    where: { source: 'payments', state: 'open', foundAt: { gte: toDate(days(120)) } },
    orderBy: { foundAt: 'asc' },
    select: { foundAt: true },
  })
  if (!oldest) return days(35)
  const reach = Math.ceil((now.epochMilliseconds - oldest.foundAt.getTime()) / 86_400_000)
  return days(35 + reach)
}
