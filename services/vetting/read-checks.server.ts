import type { Tx } from '#services/db/client.server.ts'
import type { CheckKind, CheckState } from './checks.rules.ts'

/** As much of a check as decides whether something may be published. */
export interface CheckFact {
  id: string
  kind: CheckKind
  state: CheckState
  serviceId: string | null
  reference: string | null
  statement: string | null
  expiresOn: Date | null
}

/**
 * Lets decisions about a provider's checks, and listings that are sent in and rest on them, take turns until the
 * transaction ends: else each of two would read what was true before the other, and a listing that nothing hinders any
 * more would wait for ever. Held before any of its services.
 */
export async function holdChecks(tx: Tx, providerId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM provider WHERE id = ${providerId}::uuid FOR NO KEY UPDATE`
}

/** All checks of some providers, by provider. Bounded: a provider has tens of checks, not thousands. */
export async function readChecks(tx: Tx, providerIds: readonly string[]): Promise<Map<string, CheckFact[]>> {
  const rows = await tx.verification.findMany({
    where: { providerId: { in: [...providerIds] } },
    select: {
      id: true,
      providerId: true,
      kind: true,
      state: true,
      serviceId: true,
      reference: true,
      statement: true,
      expiresOn: true,
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 5_000,
  })
  const byProvider = new Map<string, CheckFact[]>(providerIds.map((id) => [id, []]))
  for (const { providerId, ...check } of rows) byProvider.get(providerId)?.push(check)
  return byProvider
}
