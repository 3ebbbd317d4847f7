import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { pence } from '#services/kernel/money.ts'
import type { Part } from './purchase-templates.rules.ts'

/** The id of the journal that was posted under this key, for a refund or correction to name; null when none was. */
export async function findJournal(tx: Tx, key: string): Promise<string | null> {
  const found = await tx.ledgerJournal.findUnique({ where: { key }, select: { id: true } })
  return found?.id ?? null
}

const spentRows = z.array(
  z.object({
    id: z.string(),
    allocationId: z.string(),
    amount: z.union([z.bigint(), z.number()]).transform((amount) => pence(Number(amount))),
  }),
)

/**
 * What the journal under this key has spent and not got back, by allocation, in the order in which it was taken; null when none was
 * posted, or it spent nothing.
 */
export async function findSpent(tx: Tx, key: string): Promise<{ journalId: string; parts: Part[] } | null> {
  const rows = spentRows.parse(
    await tx.$queryRaw`
      select j.id::text, a.allocation_id::text as "allocationId",
        (p.amount + coalesce((select sum(q.amount) from ledger_journal r join ledger_posting q on q.journal_id = r.id
           where r.reverses_id = j.id and r.kind = 'refund' and q.account_id = a.id), 0))::bigint as amount
      from ledger_journal j join ledger_posting p on p.journal_id = j.id join ledger_account a on a.id = p.account_id and a.kind = 'spent'
      where j.key = ${key} order by p.line`,
  )
  const [first] = rows
  return first
    ? { journalId: first.id, parts: rows.map(({ allocationId, amount }) => ({ allocationId, amount })) }
    : null
}
