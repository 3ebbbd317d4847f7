import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { slugWords } from './slug.rules.ts'

/**
 * An address part for a provider, a service or a place that nobody else has: 'weavers-care', else with a short tail.
 * The unique key decides when two ask at the same moment.
 */
export async function freeSlug(
  tx: Tx,
  table: 'provider' | 'service' | 'place',
  name: string,
): Promise<string> {
  const slug = slugWords(name)
  const where = { where: { slug }, select: { id: true } }
  const taken =
    table === 'provider'
      ? await tx.provider.findUnique(where)
      : table === 'service'
        ? await tx.service.findUnique(where)
        : await tx.place.findUnique(where)
  return taken ? `${slug}-${newId().slice(-6)}` : slug
}
