import { indexServices } from '#services/catalogue/index-services.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'

/** Lists all published services of a provider anew, after its lanes, its name or its places changed. */
export async function reindexProvider(tx: Tx, now: Temporal.Instant, providerId: string): Promise<void> {
  const services = await tx.service.findMany({
    where: { providerId, state: 'published' },
    select: { id: true },
    take: 500,
  })
  await indexServices(
    tx,
    now,
    services.map((service) => service.id),
  )
}
