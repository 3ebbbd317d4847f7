import { z } from 'zod'
import { pounds } from '#services/kernel/money.ts'
import { isoText, londonDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'

const MOST = 500
const REMIND_AFTER = '7 days'

const waiting = z.array(
  z.object({
    allocationId: z.string(),
    personId: z.string(),
    holder: z.string(),
    things: z.number(),
    pence: z.number(),
  }),
)

/**
 * Job: what a held fund owes and nobody has said "pay this" for waits on the person's page: they are told, and reminded
 * once a week while something waits. Otherwise a provider would wait for a word that nobody knows is asked.
 * @returns how many were told
 */
export async function askForWord(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const today = londonDate(now).toString()
  return deps.db.tx(async (tx) => {
    const rows = waiting.parse(
      await tx.$queryRaw`
        select a.id::text as "allocationId", a.person_id::text as "personId", h.name as holder, count(*)::int as things, sum(b.pence)::int as pence
        from payable b join allocation a on a.id = b.allocation_id and a.holder_provider_id = b.payer_id join provider h on h.id = b.payer_id
        left join fund_agreement g on g.allocation_id = a.id and g.holder_provider_id = a.holder_provider_id
          and g.starts_on <= ${today}::date and (g.ends_on is null or g.ends_on >= ${today}::date)
        where b.state = 'due' and b.payer_kind = 'fund_holder' and b.pence > 0
          and not exists (select 1 from payment_instruction i where i.payable_id = b.id and i.state in ('asked', 'done'))
          and (g.id is null or b.pence > g.most_at_once_pence or (a.deployment = 'direct_payment_managed_account' and g.standing_since is null))
          and not exists (select 1 from notice n where n.person_id = a.person_id and n.subject_id = a.id and n.kind = 'payment.asks_word'
            and n.created_at > ${isoText(now)}::timestamptz - ${REMIND_AFTER}::interval)
        group by a.id, a.person_id, h.name order by a.id limit ${MOST}`,
    )
    await tell(
      tx,
      now,
      rows.map((row) => ({
        to: { personId: row.personId },
        kind: 'payment.asks_word',
        title: `${row.holder} waits for your word`,
        body: `${row.things === 1 ? 'One thing' : `${String(row.things)} things`} for ${pounds(row.pence)} can be paid once you say “pay this”. If something is not right, tell them instead.`,
        path: `/my/money/held/${row.allocationId}`,
        subjectId: row.allocationId,
      })),
    )
    return rows.length
  })
}
