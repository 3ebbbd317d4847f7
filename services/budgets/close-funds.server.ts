import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { type Journal, allocationAdjusted, noted, remainderMoved } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { toFunder } from './statement-words.rules.ts'

/** Long enough that the last visits are said yes to, disputed and settled. */
const DAYS_AFTER_THE_END = 40
const AT_ONCE = 200

const row = z.object({
  id: z.string(),
  personId: z.string(),
  fund: z.string(),
  funder: z.string(),
  left: z.union([z.bigint(), z.number()]).transform((value) => pence(Number(value))),
  /** What took over from it when it was held another way, or its next period, when its rules carry over. */
  nextId: z.string().nullable(),
})

async function readEnded(tx: Tx, today: Temporal.PlainDate) {
  return z.array(row).parse(
    await tx.$queryRaw`
      select a.id::text, a.person_id::text as "personId", s.name as fund, s.funder, l.balance as left,
        coalesce((select n.id::text from allocation n where n.replaces_id = a.id),
          case when s.carry_over = 'all' then (select n.id::text from allocation n where n.person_id = a.person_id and n.stream_id = a.stream_id
            and n.starts_on > a.starts_on and n.ends_on >= ${today.toString()}::date order by n.starts_on limit 1) end) as "nextId"
      from allocation a
      join funding_stream s on s.id = a.stream_id
      join ledger_account l on l.allocation_id = a.id and l.kind = 'available' and l.balance > 0
      where a.ends_on < ${today.subtract({ days: DAYS_AFTER_THE_END }).toString()}::date
        and not exists (select 1 from ledger_hold h where h.allocation_id = a.id and h.amount > 0)
      order by a.ends_on, a.id limit ${AT_ONCE}`,
  )
}

/**
 * Job: what an ended fund has left goes back to who funded it, or into its next period where the fund's rules carry it
 * over; not before its last visits are settled. @returns how many funds were closed
 */
export async function closeFunds(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const actor: Actor = system('close_funds')
  return deps.db.tx(async (tx) => {
    const ended = await readEnded(tx, londonDate(now))
    // The balance is part of the key: money that a late refund brings back is looked at anew.
    const journals = ended.map((fund): Journal => {
      const key = `closed:${fund.id}:${String(fund.left)}`
      return fund.nextId
        ? noted(
            remainderMoved(key, fund.id, fund.nextId, {
              available: fund.left,
              ringFenced: pence(0),
              holds: [],
            }),
            'carried over',
          )
        : allocationAdjusted(key, fund.id, fund.left, 'surplus_reclaimed')
    })
    const posted = await postJournals(tx, now, actor, journals)
    const fresh = new Set(posted.filter(({ created }) => created).map(({ key }) => key))
    await tell(
      tx,
      now,
      ended
        .filter((fund) => fresh.has(`closed:${fund.id}:${String(fund.left)}`))
        .map((fund) => ({
          to: { personId: fund.personId },
          kind: 'budget.closed',
          title: `${fund.fund} has ended`,
          body: fund.nextId
            ? `${pounds(fund.left)} was left and is carried over into the next one.`
            : `${pounds(fund.left)} was left and went back to ${toFunder(fund.funder)}.`,
          path: '/my/money',
          subjectId: fund.id,
        })),
    )
    return fresh.size
  })
}
