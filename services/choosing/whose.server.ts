import type { Deps } from '#services/ports/deps.ts'
import type { WhoseList } from '#services/shortlist/shortlist.policy.ts'

/** Whose answers these are, as a page says it and its forms name it. */
export type Whose =
  { kind: 'browser' } | { kind: 'person'; personId: string; shortName: string; self: boolean }

/** Names the person whose answers these are. */
export async function whoOf({ db }: Pick<Deps, 'db'>, whose: WhoseList): Promise<Whose> {
  if (whose.kind === 'browser') return whose
  const { shortName } = await db.prisma.person.findUniqueOrThrow({
    where: { id: whose.personId },
    select: { shortName: true },
  })
  return { ...whose, shortName }
}
