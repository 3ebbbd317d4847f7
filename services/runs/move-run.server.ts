/** What becomes of a run that was made: sent for approval, approved by somebody else, given up. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { RunState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { cancelPayments } from '#services/settlement/payments.server.ts'
import { abandonSchema } from './run.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const CHANGED = 'This run has changed since you opened the page. Look at how it stands now; nothing was done.'

/** A run of one of the actor's councils. @throws NOT_FOUND */
export async function ownRun(tx: Tx, councilIds: readonly string[], runId: string) {
  const run = await tx.paymentRun.findFirst({ where: { id: runId, councilId: { in: [...councilIds] } } })
  if (!run) throw notFound()
  return run
}

/** Moves a run on from one of these states. @throws STALE_STATE when it is in another one */
export async function moveRun(
  tx: Tx,
  runId: string,
  from: readonly RunState[],
  data: Prisma.PaymentRunUncheckedUpdateManyInput,
): Promise<void> {
  const moved = await tx.paymentRun.updateMany({ where: { id: runId, state: { in: [...from] } }, data })
  if (moved.count !== 1) throw new DomainError('STALE_STATE', CHANGED)
}

/**
 * It was checked and goes to somebody else for approval.
 * @throws SECOND_STEP unless it was done in the last 10 minutes; NOT_FOUND for all but the council's finance; STALE_STATE
 */
export async function submitRun(deps: Needs, given: Actor, runId: string): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  requireFreshSecondStep(actor)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, runId)
    await moveRun(tx, runId, ['draft'], { state: 'submitted', submittedAt: toDate(now) })
    const sum = await tx.payment.aggregate({ where: { runId }, _sum: { pence: true }, _count: true })
    await tell(tx, now, [
      {
        to: { councilId: run.councilId },
        kind: 'money.run_submitted',
        title: `Payment run ${String(run.number)} waits for approval`,
        body: `${pounds(sum._sum.pence ?? 0)} in ${String(sum._count)} payments. Whoever made it cannot approve it.`,
        path: `/council/money/runs/${runId}`,
        subjectId: runId,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'run.submitted',
      subjectType: 'payment_run',
      subjectId: runId,
      forPersonId: null,
    })
  })
}

/**
 * A second person of the council's finance approves it. The database refuses the maker, too.
 * @throws FORBIDDEN to whoever made it; otherwise as `submitRun`
 */
export async function approveRun(deps: Needs, given: Actor, runId: string): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, runId)
    if (run.madeById === actor.userId)
      throw new DomainError(
        'FORBIDDEN',
        'You made this run, so somebody else has to approve it. Ask a colleague in finance.',
      )
    requireFreshSecondStep(actor)
    await moveRun(tx, runId, ['submitted'], {
      state: 'approved',
      approvedById: actor.userId,
      approvedAt: toDate(now),
    })
    await tell(tx, now, [
      {
        to: { userId: run.madeById },
        kind: 'money.run_approved',
        title: `Payment run ${String(run.number)} is approved`,
        body: 'Take its file to your finance system, then say that it was sent.',
        path: `/council/money/runs/${runId}`,
        subjectId: runId,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'run.approved',
      subjectType: 'payment_run',
      subjectId: runId,
      forPersonId: null,
      facts: { madeById: run.madeById },
    })
  })
}

/**
 * It will not be paid like this: what was in it is due again. Also how a run is sent back to whoever made it.
 * @param input.note why, up to 500 letters
 * @throws INVALID without a reason; STALE_STATE once it was sent
 */
export async function abandonRun(
  deps: Needs,
  given: Actor,
  runId: string,
  input: { note: string },
): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  const { note } = parseInput(abandonSchema, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, runId)
    await moveRun(tx, runId, ['draft', 'submitted', 'approved'], {
      state: 'abandoned',
      note,
      endedAt: toDate(now),
    })
    const payments = await tx.payment.findMany({ where: { runId }, select: { id: true }, take: 20_000 })
    await cancelPayments(
      tx,
      now,
      payments.map(({ id }) => id),
    )
    if (run.madeById !== actor.userId)
      await tell(tx, now, [
        {
          to: { userId: run.madeById },
          kind: 'money.run_abandoned',
          title: `Payment run ${String(run.number)} was sent back`,
          body: `${actor.name} says: “${note}” Nothing of it was paid; all of it is due again.`,
          path: `/council/money/runs/${runId}`,
          subjectId: runId,
        },
      ])
    await recordAudit(tx, now, actor, {
      action: 'run.abandoned',
      subjectType: 'payment_run',
      subjectId: runId,
      forPersonId: null,
    })
  })
}
