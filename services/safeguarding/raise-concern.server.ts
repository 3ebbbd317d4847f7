import type { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId, shortReference } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { raiseConcernSchema } from './concern.schema.ts'

/**
 * Anybody raises a concern, signed in or not. It reaches the adult safeguarding team of that council and nobody else:
 * it is written without being read back, because not even who raised it may see it afterwards. The mail to the team
 * says that there is one, and nothing of it.
 * @returns the reference to quote on the telephone
 * @throws ZodError beside fields; INVALID for a council that is none
 */
export async function raiseConcern(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof raiseConcernSchema>,
): Promise<string> {
  const concern = raiseConcernSchema.parse(input)
  const sentence = 'Choose the council of the place where they live'
  const now = deps.clock.now()
  const id = newId()
  const reference = `C-${shortReference(id)}`
  await deps.db.asActor(actor, async (tx) => {
    const council = await tx.council.findUnique({ where: { id: concern.councilId }, select: { id: true } })
    if (!council) throw new DomainError('INVALID', sentence, { fields: { councilId: [sentence] } })
    // An insert that returns rows would need to read them, which row-level security forbids to all but the team.
    await tx.concern.createMany({
      data: [
        {
          id,
          reference,
          ...concern,
          raisedById: actor.kind === 'user' ? actor.userId : null,
          createdAt: toDate(now),
          updatedAt: toDate(now),
        },
      ],
    })
    const team = await tx.staffMembership.findMany({
      where: { councilId: council.id, endedAt: null, roles: { has: 'safeguarding' } },
      select: { userId: true },
      take: 200,
    })
    await tell(
      tx,
      now,
      team.map(({ userId }) => ({
        to: { userId },
        kind: 'concern.raised',
        title: concern.inDanger
          ? 'A concern was raised: somebody may be in danger now'
          : 'A concern was raised',
        body: `Sign in to read it. Its reference is ${reference}.`,
        path: '/council/concerns',
        subjectId: id,
      })),
    )
  })
  return reference
}
