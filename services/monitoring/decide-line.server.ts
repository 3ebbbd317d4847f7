import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaff } from '#services/accounts/staff.policy.ts'
import { approveExtraMinutes } from '#services/bookings/approve-extra-minutes.server.ts'
import { deliverByRecord } from '#services/bookings/record-visits.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'

/**
 * A visit that was longer than booked: the council pays for all of it (approve), or for what was booked (refuse). Either way the
 * visit counts as delivered, and the person has 7 days to say that it was different.
 * @throws NOT_FOUND for all but the council's finance; INVALID; STALE_STATE when it was decided, or the visit has changed
 */
export async function decideLine(
  deps: Pick<Deps, 'db' | 'clock'>,
  given: Actor,
  input: { lineId: string; decision: string },
): Promise<'approved' | 'refused'> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  const state =
    input.decision === 'approve'
      ? ('approved' as const)
      : input.decision === 'refuse'
        ? ('refused' as const)
        : null
  if (!state) throw invalid({ decision: ['Choose what the council pays for.'] })
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const line = await tx.monitoringLine.findFirst({
      where: { id: input.lineId, import: { councilId: { in: councilIds } } },
      include: { import: { select: { council: { select: { name: true } } } } },
    })
    if (!line) throw notFound()
    const moved = await tx.monitoringLine.updateMany({
      where: { id: line.id, state: 'waits' },
      data: { state, decidedById: actor.userId, decidedAt: toDate(now) },
    })
    if (moved.count !== 1)
      throw new DomainError('STALE_STATE', 'This has been decided already. Look at how it stands now.')
    const visit = await tx.visit.findUniqueOrThrow({ where: { id: line.visitId }, select: { state: true } })
    const open = ['planned', 'started', 'delivered'].includes(visit.state)
    if (!open && state === 'approved')
      throw new DomainError(
        'STALE_STATE',
        'Meanwhile this visit was confirmed or ended at what was booked, so no more can be paid for it here. Say no to the rest.',
      )
    if (state === 'approved')
      await approveExtraMinutes(tx, now, actor, { visitId: line.visitId, minutes: line.minutes })
    // Without an approval the price never goes above what was quoted, however long it was.
    else if (open)
      await deliverByRecord(tx, now, actor, line.import.council.name, [
        { visitId: line.visitId, minutes: line.minutes },
      ])
    await recordAudit(tx, now, actor, {
      action: `monitoring.${state}`,
      subjectType: 'visit',
      subjectId: line.visitId,
      forPersonId: null,
      facts: { minutes: line.minutes },
    })
    return state
  })
}
