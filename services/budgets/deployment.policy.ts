import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'

/**
 * A fund, for an adviser of the council of the person whose it is: they write down what the person chose.
 * @throws SIGN_IN; NOT_FOUND for everybody else and for ids that are none
 */
export async function fundForAdviser(tx: Tx, actor: Actor, allocationId: string) {
  const allocation = isId(allocationId)
    ? await tx.allocation.findUnique({
        where: { id: allocationId },
        include: {
          stream: { select: { name: true, kind: true, funder: true } },
          holder: { select: { name: true } },
          replacedBy: { select: { id: true } },
        },
      })
    : null
  if (!allocation) throw notFound()
  const person = await tx.person.findUniqueOrThrow({
    where: { id: allocation.personId },
    select: { id: true, name: true, shortName: true, councilId: true },
  })
  const adviser: UserActor = requireStaffOf(actor, 'deployments.record', person.councilId)
  return { allocation, person, adviser }
}
