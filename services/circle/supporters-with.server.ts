import type { Tx } from '#services/db/client.server.ts'
import type { Scope } from '#services/kernel/actor.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { supporterName } from './circle-page.server.ts'
import { live } from './live.ts'

const NAMES = {
  id: true,
  relationship: true,
  supporterName: true,
  supporterUser: { select: { name: true } },
  supporterProvider: { select: { name: true } },
} as const

/** Somebody of the circle, as the person knows them: a name, and 'brother'. */
export interface CircleName {
  name: string
  relationship: string
  /** `name` is an organisation’s, whose staff stand in for each other. */
  organisation: boolean
}

const nameOf = (one: Parameters<typeof supporterName>[0] & { relationship: string }): CircleName => ({
  name: supporterName(one),
  relationship: one.relationship,
  organisation: one.supporterProvider !== null,
})

/** Who may do this for the person now. For the person's own eyes: a supporter does not see who else supports them. */
export async function supportersWith(
  tx: Tx,
  personId: string,
  scope: Scope,
  now: Temporal.Instant,
): Promise<CircleName[]> {
  const found = await tx.authority.findMany({
    where: { personId, scopes: { has: scope }, ...live(now) },
    orderBy: { createdAt: 'asc' },
    take: 100,
    select: NAMES,
  })
  return found.map(nameOf)
}

/** How those are called who did something under these authorities, also when one has ended since. */
export async function namesOfAuthorities(tx: Tx, ids: readonly string[]): Promise<Map<string, CircleName>> {
  if (ids.length === 0) return new Map()
  const found = await tx.authority.findMany({ where: { id: { in: [...new Set(ids)] } }, select: NAMES })
  return new Map(found.map((one) => [one.id, nameOf(one)]))
}
