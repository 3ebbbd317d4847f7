import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mayBecome } from './concern.rules.ts'
import { workOnConcernSchema } from './concern.schema.ts'

/**
 * Writes down what the team did and how the concern stands now. The note stays with the concern, as private as it; the
 * audit log gets the change and the note's id, since others read that log.
 * @throws SIGN_IN; SECOND_STEP when theirs is long ago; NOT_FOUND for all but the team of its council; REFUSED_BY_RULE for a step that is none;
 * STALE_STATE when somebody else was first
 */
export async function workOnConcern(
  deps: Deps,
  given: Actor,
  input: z.input<typeof workOnConcernSchema>,
): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'concerns.work')
  requireFreshSecondStep(actor)
  const { concernId, from, to, note } = workOnConcernSchema.parse(input)
  if (!mayBecome(from, to))
    throw new DomainError('REFUSED_BY_RULE', 'It cannot go from how it stands to that.')
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (tx) => {
    const known = await tx.concern.count({ where: { id: concernId, councilId: { in: councilIds } } })
    if (known === 0) throw notFound()
    const { count } = await tx.concern.updateMany({
      where: { id: concernId, councilId: { in: councilIds }, state: from },
      data: { state: to, updatedAt: toDate(now) },
    })
    if (count !== 1)
      throw new DomainError(
        'STALE_STATE',
        'A colleague has changed this meanwhile. Open it afresh and look what they wrote.',
      )
    const noteId = newId()
    await tx.concernNote.create({
      data: {
        id: noteId,
        concernId,
        at: toDate(now),
        byUserId: actor.userId,
        fromState: from,
        toState: to,
        note,
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'concern.worked_on',
      subjectType: 'concern',
      subjectId: concernId,
      forPersonId: null,
      facts: { from, to, noteId },
    })
  })
}
