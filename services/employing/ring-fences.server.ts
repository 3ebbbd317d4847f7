import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, subtract } from '#services/kernel/money.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { noted, ringFenced } from '#services/ledger/templates.rules.ts'
import { noRingFences, PURPOSE_WORDS, type Purpose, type RingFences } from './ring-fence.rules.ts'

/** What is kept back in each of these allocations, by what for; their sum is the ledger's ring-fenced balance (money_faults 11). */
export async function readRingFencesOf(
  tx: Tx,
  allocationIds: readonly string[],
): Promise<Map<string, RingFences>> {
  const rows = await tx.ringFence.findMany({
    where: { allocationId: { in: [...allocationIds] } },
    select: { allocationId: true, purpose: true, pence: true },
    take: 10 * allocationIds.length,
  })
  const all = new Map(allocationIds.map((id) => [id, noRingFences()]))
  for (const row of rows) {
    const fences = all.get(row.allocationId)
    if (fences) fences[row.purpose] = pence(row.pence)
  }
  return all
}

/** What is kept back in one allocation. */
export const readRingFences = async (tx: Tx, allocationId: string): Promise<RingFences> =>
  (await readRingFencesOf(tx, [allocationId])).get(allocationId) ?? noRingFences()

const lockedRow = z.array(z.object({ id: z.string(), pence: z.number(), round: z.number() }))

/**
 * Keeps this much back in a fund for one purpose, in the caller's transaction: more comes from what is left, less goes back to it. It
 * says nothing about who may: the caller has asked. Setting what is set already moves nothing.
 * @param wanted.pence not below zero
 * @returns how much more (above zero) or less is kept back now
 * @throws NOT_ENOUGH_MONEY when the fund has not so much left; the transaction is over then
 */
export async function setRingFence(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  wanted: { allocationId: string; purpose: Purpose; pence: Pence; reason: string },
): Promise<Pence> {
  if (wanted.pence < 0) throw new RangeError('less than nothing cannot be kept back')
  await tx.$executeRaw`
    insert into ring_fence (id, allocation_id, purpose, pence, updated_at)
    values (${newId()}::uuid, ${wanted.allocationId}::uuid, ${wanted.purpose}::ring_fence_purpose, 0, ${toDate(now)})
    on conflict (allocation_id, purpose) do nothing`
  // Whoever comes second waits here, and then sees what the first has left.
  const [row] = lockedRow.parse(
    await tx.$queryRaw`
      select id::text, pence, round from ring_fence
      where allocation_id = ${wanted.allocationId}::uuid and purpose = ${wanted.purpose}::ring_fence_purpose for update`,
  )
  if (!row) throw new Error('a ring-fence that was made is not there')
  const more = subtract(wanted.pence, pence(row.pence))
  if (more === 0) return more
  const round = row.round + 1
  await tx.ringFence.update({
    where: { id: row.id },
    data: { pence: wanted.pence, reason: wanted.reason, round, updatedAt: toDate(now) },
  })
  await postJournals(tx, now, actor, [
    noted(
      ringFenced(`ring:${row.id}:${String(round)}`, wanted.allocationId, more),
      PURPOSE_WORDS[wanted.purpose].name.toLowerCase(),
    ),
  ])
  return more
}
