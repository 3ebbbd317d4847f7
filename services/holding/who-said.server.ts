import type { Tx } from '#services/db/client.server.ts'

/** A press as it was recorded. */
export interface Press {
  userId: string | null
  authorityId: string | null
}

/**
 * Who pressed, in words: 'Jamie', 'Daniel Ellery, brother', 'Bethan Rowe of Evenhand'. Three small statements for all of them.
 * @param person whose fund it is: their own presses carry the name they go by
 */
export async function whoSaid(
  tx: Tx,
  presses: readonly Press[],
  person: { userId: string | null; shortName: string },
): Promise<(press: Press) => string> {
  const ids = (pick: (press: Press) => string | null): string[] => [
    ...new Set(presses.flatMap((press) => pick(press) ?? [])),
  ]
  const [users, authorities] = await Promise.all([
    tx.user.findMany({
      where: { id: { in: ids(({ userId }) => userId) } },
      select: { id: true, name: true },
    }),
    tx.authority.findMany({
      where: { id: { in: ids(({ authorityId }) => authorityId) } },
      select: { id: true, relationship: true, supporterProvider: { select: { name: true } } },
    }),
  ])
  const names = new Map(users.map(({ id, name }) => [id, name]))
  const rights = new Map(authorities.map((one) => [one.id, one]))
  return ({ userId, authorityId }) => {
    const right = authorityId ? rights.get(authorityId) : undefined
    const name = userId ? (names.get(userId) ?? 'Somebody') : 'Kith, by itself'
    if (right?.supporterProvider) return `${name} of ${right.supporterProvider.name}`
    if (right) return `${name}, ${right.relationship}`
    return userId !== null && userId === person.userId ? person.shortName : name
  }
}
