/** An approved run leaves: its file is taken, then it is said to be sent. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { markConfirmed, markSent } from '#services/settlement/payments.server.ts'
import { readColumns } from './export-columns.server.ts'
import { exportFile } from './export.rules.ts'
import { endWhenDone } from './end-run.server.ts'
import { moveRun, ownRun } from './move-run.server.ts'
import { type RunLineRow, readRunLines } from './read-run-lines.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** What is paid to somebody: a payment of nothing is no line of a file. */
const inFile = (line: RunLineRow): boolean => line.method !== 'set_off'

/** Bank details that were changed after the run was made would send money where nobody has checked it. */
function refuseChangedPayees(lines: readonly RunLineRow[]): void {
  const changed = [
    ...new Set(lines.filter((one) => inFile(one) && one.payeeState !== 'active').map((one) => one.provider)),
  ]
  if (changed.length > 0)
    throw new DomainError(
      'STALE_STATE',
      `Bank details have changed since this run was made: ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ' and others' : ''}. Give it up, and make it anew.`,
    )
}

/**
 * The file of a run for the council's finance system, in its own columns. That it was taken, and by whom, is kept.
 * @throws SIGN_IN; NOT_FOUND for all but the council's finance; STALE_STATE before it is approved, or when a provider's bank
 *   details have changed since it was made
 */
export async function takeRunFile(
  deps: Needs,
  given: Actor,
  runId: string,
): Promise<{ filename: string; csv: string }> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, runId)
    if (run.state === 'draft' || run.state === 'submitted' || run.state === 'abandoned')
      throw new DomainError('STALE_STATE', 'There is no file before somebody else has approved the run.')
    const lines = await readRunLines(tx, runId)
    if (run.state === 'approved') refuseChangedPayees(lines)
    await tx.paymentRun.updateMany({
      where: { id: runId, fileTakenAt: null },
      data: { fileTakenAt: toDate(now), fileTakenById: actor.userId },
    })
    await recordAudit(tx, now, actor, {
      action: 'run.file_taken',
      subjectType: 'payment_run',
      subjectId: runId,
      forPersonId: null,
      facts: { number: run.number },
    })
    const { columns } = await readColumns(tx, run.councilId)
    return {
      filename: `payment-run-${String(run.number)}-${plainDateOf(run.untilDay).toString()}.csv`,
      csv: exportFile(
        columns,
        lines.filter(inFile).map((line) => ({
          ...line,
          net: line.gross - line.vat,
          accountName: line.accountName ?? '',
          sortCode: (line.sortCode ?? '').replace(/(\d\d)(?=\d)/g, '$1-'),
          accountNumber: line.accountNumber ?? '',
        })),
      ),
    }
  })
}

/** Each provider hears once of a run, however many payments it has. */
async function newsForProviders(
  tx: Tx,
  councilId: string,
  payments: readonly { providerId: string; pence: number }[],
  until: Temporal.PlainDate,
): Promise<NewNotice[]> {
  const council = await tx.council.findUniqueOrThrow({ where: { id: councilId }, select: { name: true } })
  const byProvider = new Map<string, { pence: number; payments: number }>()
  for (const { providerId, pence } of payments) {
    const before = byProvider.get(providerId) ?? { pence: 0, payments: 0 }
    byProvider.set(providerId, { pence: before.pence + pence, payments: before.payments + 1 })
  }
  return [...byProvider].map(([providerId, sum]) => ({
    to: { providerId },
    kind: 'payment.sent',
    title: `${council.name} has sent you ${pounds(sum.pence)}`,
    body: `For visits up to ${longDate(until)}, in ${String(sum.payments)} ${sum.payments === 1 ? 'payment' : 'payments'}. See which visits each one pays for. It is not in your account until your bank says so.`,
    path: '/provider/money/remittances',
  }))
}

/**
 * The file went to the bank or the finance system: its payments are on their way, and the providers are told.
 * @throws SECOND_STEP; STALE_STATE before its file was taken, or when it was said already
 */
export async function markRunSent(deps: Needs, given: Actor, runId: string): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  requireFreshSecondStep(actor)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, runId)
    if (run.state === 'approved' && !run.fileTakenAt)
      throw new DomainError('STALE_STATE', 'Take the file first. Without it nothing can have been sent.')
    await moveRun(tx, runId, ['approved'], { state: 'sent', sentById: actor.userId, sentAt: toDate(now) })
    const payments = await tx.payment.findMany({
      where: { runId },
      select: { id: true, method: true },
      take: 20_000,
    })
    const of = (setOff: boolean) =>
      payments.filter(({ method }) => (method === 'set_off') === setOff).map(({ id }) => id)
    const sent = await markSent(tx, now, actor, of(false))
    const met = await markConfirmed(tx, now, actor, of(true))
    await tell(
      tx,
      now,
      await newsForProviders(tx, run.councilId, [...sent, ...met], plainDateOf(run.untilDay)),
    )
    await recordAudit(tx, now, actor, {
      action: 'run.sent',
      subjectType: 'payment_run',
      subjectId: runId,
      forPersonId: null,
      facts: { payments: sent.length },
    })
    await endWhenDone(tx, now, runId)
  })
}
