import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, isoText, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { BREACHES, BREACH_TITLES, type BreachKind, breachWords } from './breach.rules.ts'
import { PAY_WITHIN_DAYS } from './paying.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST = 500

const found = z.array(
  z.object({
    kind: z.enum(BREACHES),
    agreementId: z.string(),
    allocationId: z.string(),
    personId: z.string(),
    councilId: z.string(),
    holderId: z.string(),
    holder: z.string(),
    subjectId: z.string(),
    provider: z.string().nullable(),
    pence: z.number(),
    day: z.string(),
  }),
)

/**
 * Job: breaches of what was agreed about held funds: a fee above it, paid without asking, paid late, the holder's own service that
 * nobody was told of, an agreement that ended. One of a kind is open at a time for each fund; after it was closed, only what
 * happened since counts. The person, the holder and the council are told.
 * @returns how many were found
 */
export async function findBreaches(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  return deps.db.tx((tx) => findBreachesOf(tx, now, null))
}

/** The same for some agreements, in the caller's transaction; null: for all. */
export async function findBreachesOf(
  tx: Tx,
  now: Temporal.Instant,
  agreementIds: readonly string[] | null,
): Promise<number> {
  const rows = found.parse(await candidates(tx, now, agreementIds))
  if (rows.length === 0) return 0
  const breaches = rows.map((row) => ({
    ...row,
    id: newId(),
    words: breachWords({ ...row, on: Temporal.PlainDate.from(row.day) }, row.holder),
  }))
  // Two that look at the same moment find the same: the database keeps one.
  await tx.agreementBreach.createMany({
    data: breaches.map(({ id, agreementId, kind, words, subjectId }) => ({
      id,
      agreementId,
      kind,
      words,
      subjectId,
      foundAt: toDate(now),
    })),
    skipDuplicates: true,
  })
  const kept = new Set(
    (
      await tx.agreementBreach.findMany({
        where: { id: { in: breaches.map(({ id }) => id) } },
        select: { id: true },
      })
    ).map(({ id }) => id),
  )
  const fresh = breaches.filter(({ id }) => kept.has(id))
  await tell(
    tx,
    now,
    fresh.flatMap((one) => {
      const title = BREACH_TITLES[one.kind]
      const subjectId = one.allocationId
      return [
        {
          to: { personId: one.personId },
          kind: 'payment.breach',
          title,
          body: `${one.words} Your council has been told. Nothing you have booked changes.`,
          path: `/my/money/held/${one.allocationId}`,
          subjectId,
        },
        {
          to: { councilId: one.councilId },
          kind: 'holding.breach',
          title: `A held fund: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
          body: 'Sign in to see what happened, and close it when it is put right.',
          path: `/council/funds-held/${one.allocationId}`,
          subjectId,
        },
        {
          to: { providerId: one.holderId },
          kind: 'holding.breach',
          title: `A fund that you hold: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
          body: 'The person and their council were told. Sign in to see what happened, and put it right.',
          path: `/provider/money/accounts/${one.allocationId}`,
          subjectId,
        },
      ]
    }),
  )
  return fresh.length
}

/**
 * The oldest of each kind for each agreement that is not covered: none of the kind is open, and it happened after the
 * last one was closed. A payment begun before the agreement, or before it was last changed, is judged by what was agreed then.
 */
async function candidates(tx: Tx, now: Temporal.Instant, agreementIds: readonly string[] | null) {
  const moment = isoText(now)
  const late = `${String(PAY_WITHIN_DAYS)} days`
  return tx.$queryRaw`
    with mine as (
      select g.*, a.deployment, a.person_id, p.council_id, h.name as holder, greatest(g.created_at, g.changed_at) as since
      from fund_agreement g join allocation a on a.id = g.allocation_id and a.holder_provider_id = g.holder_provider_id
      join person p on p.id = a.person_id join provider h on h.id = g.holder_provider_id
      where a.deployment in ('direct_payment_managed_account', 'individual_service_fund')
        and (${agreementIds === null} or g.id = any(${[...(agreementIds ?? [])]}::uuid[]))
    ), paid as (
      -- What each payment of a holder was for, and whether anybody had said: pay this.
      select m.id as agreement_id, y.id as payment_id, y.provider_id, y.started_at, b.pence, b.id as payable_id,
        exists (select 1 from payment_instruction i where i.payable_id = b.id and i.state in ('asked', 'done')) as told
      from mine m join payable b on b.allocation_id = m.allocation_id
      join payment_line l on l.payable_id = b.id join payment y on y.id = l.payment_id
      where y.method = 'fund_holder' and y.payer_kind = 'fund_holder' and y.payer_id = m.holder_provider_id and b.pence > 0
    ), owed as (
      -- From when on each thing was to be paid: from the person's word, or where none is needed from the day that it was owed.
      select m.id as agreement_id, b.id as payable_id, b.provider_id, b.pence,
        coalesce((select min(i.asked_at) from payment_instruction i where i.payable_id = b.id and i.state in ('asked', 'done')),
          case when m.deployment = 'individual_service_fund' and (m.most_at_once_pence is null or b.pence <= m.most_at_once_pence) then b.created_at
            when m.deployment = 'direct_payment_managed_account' and m.standing_since is not null
              and (m.most_at_once_pence is null or b.pence <= m.most_at_once_pence) then greatest(b.created_at, m.standing_since) end) as from_when,
        (select min(y.sent_at) from payment_line l join payment y on y.id = l.payment_id where l.payable_id = b.id) as sent_at
      from mine m join payable b on b.allocation_id = m.allocation_id and b.payer_kind = 'fund_holder' and b.payer_id = m.holder_provider_id
      where b.pence > 0 and b.refund_id is null
    ), happened as (
      select 'fee_above_agreed' as kind, f.agreement_id, f.id as subject_id, null::uuid as provider_id,
        f.pence - f.back_pence - agreed.pence as pence, f.week_starts_on as day, greatest(f.taken_at, m.changed_at) as at
      from mine m join fund_fee f on f.agreement_id = m.id
      cross join lateral (select coalesce((select (r ->> 'pence')::int from jsonb_array_elements(m.fee_rates) r
        where (r ->> 'from')::date <= f.week_starts_on order by (r ->> 'from')::date desc limit 1), 0) as pence) agreed
      where f.pence - f.back_pence > agreed.pence
      union all
      select 'spent_without_asking', d.agreement_id, d.payment_id, d.provider_id, d.pence, (d.started_at at time zone 'Europe/London')::date, d.started_at
      from paid d join mine m on m.id = d.agreement_id
      where not d.told and d.started_at >= m.since
        and (m.deployment = 'direct_payment_managed_account' or d.pence > m.most_at_once_pence)
      union all
      select 'paid_late', o.agreement_id, o.payable_id, o.provider_id, o.pence, ((o.from_when + ${late}::interval) at time zone 'Europe/London')::date, o.from_when + ${late}::interval
      from owed o join mine m on m.id = o.agreement_id
      where o.from_when >= m.created_at and coalesce(o.sent_at, ${moment}::timestamptz) > o.from_when + ${late}::interval
      union all
      select 'own_service_not_told', d.agreement_id, d.payment_id, d.provider_id, d.pence, (d.started_at at time zone 'Europe/London')::date, d.started_at
      from paid d join mine m on m.id = d.agreement_id
      where d.provider_id = m.holder_provider_id and m.own_services = '' and d.started_at >= m.since
      union all
      select 'ended', d.agreement_id, d.payment_id, d.provider_id, d.pence, (d.started_at at time zone 'Europe/London')::date, d.started_at
      from paid d join mine m on m.id = d.agreement_id
      where m.ends_on is not null and (d.started_at at time zone 'Europe/London')::date > m.ends_on
    )
    select distinct on (n.agreement_id, n.kind) n.kind, n.agreement_id::text as "agreementId", m.allocation_id::text as "allocationId",
      m.person_id::text as "personId", m.council_id::text as "councilId", m.holder_provider_id::text as "holderId", m.holder,
      n.subject_id::text as "subjectId", v.name as provider, n.pence::int as pence, n.day::text as day
    from happened n join mine m on m.id = n.agreement_id left join provider v on v.id = n.provider_id
    where not exists (select 1 from agreement_breach k where k.agreement_id = n.agreement_id and k.kind = n.kind
      and (k.closed_at is null or k.closed_at >= n.at or k.subject_id = n.subject_id))
    order by n.agreement_id, n.kind, n.at, n.subject_id
    limit ${MOST}`
}

/** What an open or a closed breach is, for pages. */
export interface Breach {
  id: string
  kind: BreachKind
  words: string
  foundAt: Date
  closedAt: Date | null
  closedWhy: string
}

/** Breaches of one agreement, the open ones first, then the newest. */
export async function breachesOf(tx: Tx, agreementId: string): Promise<Breach[]> {
  const rows = await tx.agreementBreach.findMany({
    where: { agreementId },
    orderBy: [{ foundAt: 'desc' }, { id: 'desc' }],
    take: 100,
  })
  const breaches = rows.map((row): Breach => ({
    id: row.id,
    kind: z.enum(BREACHES).parse(row.kind),
    words: row.words,
    foundAt: row.foundAt,
    closedAt: row.closedAt,
    closedWhy: row.closedWhy,
  }))
  return [...breaches.filter((one) => !one.closedAt), ...breaches.filter((one) => one.closedAt)]
}
