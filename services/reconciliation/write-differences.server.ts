import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, isoText, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import { type Difference, type ItemState, type KnownItem, type Source, planOf } from './difference.rules.ts'

const MOST_OPEN = 20_000

export interface Looked {
  source: Source
  /** Whether an open item would have been found if it still held: only then it is gone. All of the source when left out. */
  lookedFor?: (item: { key: string; councilId: string | null; providerId: string | null }) => boolean
}

/** What open items of a source are about: it is looked at again, however long ago it was. */
export async function openSubjects(tx: Tx, source: Source): Promise<string[]> {
  const rows = await tx.reconciliationItem.findMany({
    where: { source, state: 'open' },
    select: { key: true },
    orderBy: { id: 'asc' },
    take: MOST_OPEN,
  })
  return rows.flatMap(({ key }) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(key)?.[0] ?? [])
}

export interface Written {
  opened: number
  gone: number
}

/**
 * Writes what was found today against what is known, in the caller's transaction: the same difference once; open ones that no
 * longer hold are gone; each council hears how many are new.
 */
export async function writeDifferences(
  tx: Tx,
  now: Temporal.Instant,
  found: readonly Difference[],
  looked: Looked,
): Promise<Written> {
  // Two jobs at once would each find it for the first time.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`reconciliation:${looked.source}`}))`
  const rows = await tx.reconciliationItem.findMany({
    where: {
      source: looked.source,
      OR: [{ state: 'open' }, { key: { in: found.map(({ key }) => key) } }],
    },
    orderBy: { id: 'asc' },
    take: MOST_OPEN,
  })
  const keys = new Set(found.map(({ key }) => key))
  const inView = (row: (typeof rows)[number]): boolean =>
    keys.has(row.key) || (looked.lookedFor?.(row) ?? true)
  const known: KnownItem[] = rows.filter(inView).map((row) => ({ ...row, state: row.state as ItemState }))
  const plan = planOf(found, known)
  if (plan.insert.length > 0)
    await tx.reconciliationItem.createMany({
      data: plan.insert.map((one) => ({ id: newId(), ...one, state: 'open', foundAt: toDate(now) })),
      skipDuplicates: true,
    })
  const again = [
    ...plan.reopen.map(({ id, now: of }) => ({ id, ...of, anew: true })),
    ...plan.change.map(({ id, now: of }) => ({ id, ...of, anew: false })),
  ]
  if (again.length > 0)
    await tx.$executeRaw`
      update reconciliation_item i set words = w.words, ledger_pence = w."ledgerPence", outside_pence = w."outsidePence", state = 'open',
        found_at = case when w.anew then ${isoText(now)}::timestamptz else i.found_at end,
        closed_at = null, closed_by_id = null, owner_user_id = case when w.anew then null else i.owner_user_id end
      from jsonb_to_recordset(${JSON.stringify(again)}::jsonb) as w (id uuid, words text, "ledgerPence" int, "outsidePence" int, anew boolean)
      where i.id = w.id`
  if (plan.gone.length > 0)
    await tx.reconciliationItem.updateMany({
      where: { id: { in: plan.gone }, state: 'open' },
      data: { state: 'gone', closedAt: toDate(now) },
    })
  await tell(tx, now, newsFor([...plan.insert, ...plan.reopen.map((one) => one.now)]))
  return { opened: plan.insert.length + plan.reopen.length, gone: plan.gone.length }
}

/** Each council once, with how many. */
function newsFor(fresh: readonly Difference[]): NewNotice[] {
  const counts = new Map<string, number>()
  for (const { councilId } of fresh) if (councilId) counts.set(councilId, (counts.get(councilId) ?? 0) + 1)
  return [...counts].map(([councilId, count]) => ({
    to: { councilId },
    kind: 'money.reconciliation',
    title: `${String(count)} ${count === 1 ? 'thing does' : 'things do'} not agree with the world outside`,
    body: 'The books were held against the payment service, payment runs, cards and bank files. Somebody of you takes each and says what it is.',
    path: '/council/money/reconciliation',
  }))
}
