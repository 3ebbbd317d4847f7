import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { adviserSpends } from './purchases.policy.ts'

/**
 * A fund that the actor holds as its adviser, and whose it is.
 * @throws SIGN_IN; NOT_FOUND for everybody but the adviser named in it
 */
export async function adviserFund(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  allocationId: string,
): Promise<{ personId: string; name: string; shortName: string }> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const found = isId(allocationId)
    ? await deps.db.prisma.allocation.findFirst({
        where: { id: allocationId, deployment: 'adviser_held' },
        select: {
          adviserUserId: true,
          budget: {
            select: { person: { select: { id: true, name: true, shortName: true, councilId: true } } },
          },
        },
      })
    : null
  const person = found?.budget.person
  if (
    !found ||
    !person ||
    !adviserSpends(actor, {
      personId: person.id,
      councilId: person.councilId,
      adviserUserId: found.adviserUserId,
    })
  )
    throw notFound()
  return { personId: person.id, name: person.name, shortName: person.shortName }
}
