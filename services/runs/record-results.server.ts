/** What became of each payment of a run: by hand, for all that are left, or by a file. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { type CsvProblem, readCsv } from '#services/kernel/csv.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'
import {
  type PaymentFailure,
  failureSentence,
  isPaymentFailure,
} from '#services/settlement/payment-words.rules.ts'
import {
  type MovedPayment,
  markConfirmed,
  markFailed,
  markReturned,
} from '#services/settlement/payments.server.ts'
import { noteResultFile } from '#services/reconciliation/note-result-files.server.ts'
import { endWhenDone } from './end-run.server.ts'
import { ownRun } from './move-run.server.ts'
import { type Outcome, RESULT_COLUMNS, readResults } from './results-file.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

interface Result {
  paymentId: string
  outcome: Outcome
  failure: PaymentFailure
}

/** Provider and finance hear of what did not arrive; it is due again and goes into another run. */
async function tellOfFailures(
  tx: Tx,
  now: Temporal.Instant,
  run: { id: string; councilId: string; number: number },
  moved: readonly MovedPayment[],
  failures: ReadonlyMap<string, PaymentFailure>,
): Promise<void> {
  if (moved.length === 0) return
  const council = await tx.council.findUniqueOrThrow({
    where: { id: run.councilId },
    select: { name: true },
  })
  const sum = moved.reduce((all, one) => all + one.pence, 0)
  const notices: NewNotice[] = moved.map((one) => ({
    to: { providerId: one.providerId },
    kind: 'payment.failed',
    title: `A payment of ${pounds(one.pence)} did not arrive`,
    body: `${council.name} sent it. ${failureSentence(failures.get(one.id) ?? 'other') ?? ''} It is owed to you again. Look whether your bank details are right.`,
    path: '/provider/money/bank-details',
    subjectId: one.id,
  }))
  await tell(tx, now, [
    ...notices,
    {
      to: { councilId: run.councilId },
      kind: 'money.payment_failed',
      title: `${String(moved.length)} ${moved.length === 1 ? 'payment' : 'payments'} of run ${String(run.number)} did not arrive`,
      body: `${pounds(sum)} is due again. The providers are told.`,
      path: `/council/money/runs/${run.id}`,
      subjectId: run.id,
    },
  ])
}

async function apply(
  tx: Tx,
  now: Temporal.Instant,
  actor: UserActor,
  run: { id: string; councilId: string; number: number },
  results: readonly Result[],
): Promise<number> {
  const of = (outcome: Outcome) =>
    results
      .filter((one) => one.outcome === outcome)
      .map(({ paymentId, failure }) => ({ id: paymentId, failure }))
  const paid = await markConfirmed(
    tx,
    now,
    actor,
    of('paid').map(({ id }) => id),
  )
  const failed = await markFailed(tx, now, actor, of('failed'))
  const returned = await markReturned(tx, now, actor, of('returned'))
  const moved = paid.length + failed.length + returned.length
  // Somebody else recorded some of them at the same moment: all or none.
  if (moved !== results.length)
    throw new DomainError(
      'STALE_STATE',
      'Some of these were recorded meanwhile. Look at how they stand now; nothing was done.',
    )
  await tellOfFailures(
    tx,
    now,
    run,
    [...failed, ...returned],
    new Map(results.map((one) => [one.paymentId, one.failure])),
  )
  await recordAudit(tx, now, actor, {
    action: 'run.results',
    subjectType: 'payment_run',
    subjectId: run.id,
    forPersonId: null,
    facts: { paid: paid.length, failed: failed.length, returned: returned.length },
  })
  await endWhenDone(tx, now, run.id)
  return moved
}

const SENT = ['sent', 'finished']
const notSent = (): DomainError =>
  new DomainError('STALE_STATE', 'Results can be recorded once the run was sent.')

/**
 * What became of one payment of a run.
 * @param input.outcome paid, failed, or returned (it had been paid and came back); `failure` is needed for failed
 * @throws SECOND_STEP; NOT_FOUND for all but the council's finance; STALE_STATE when it was recorded already; INVALID
 */
export async function recordResult(
  deps: Needs,
  given: Actor,
  input: { runId: string; paymentId: string; outcome: string; failure: string },
): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  requireFreshSecondStep(actor)
  const outcome = (['paid', 'failed', 'returned'] as const).find((one) => one === input.outcome)
  if (!outcome) throw invalid({ outcome: ['Say what became of it.'] })
  const failure = isPaymentFailure(input.failure) ? input.failure : undefined
  if (!failure && (outcome === 'failed' || input.failure !== ''))
    throw invalid({ failure: ['Say why it did not arrive.'] })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, input.runId)
    const payment = await tx.payment.findFirst({
      where: { id: input.paymentId, runId: run.id },
      select: { id: true, state: true },
    })
    if (!payment) throw notFound()
    if (!SENT.includes(run.state)) throw notSent()
    const from = outcome === 'returned' ? 'confirmed' : 'sent'
    if (payment.state !== from)
      throw new DomainError(
        'STALE_STATE',
        `This payment is recorded already${payment.state === 'confirmed' ? ' as paid' : payment.state === 'failed' ? ' as failed' : ''}. Nothing was changed.`,
      )
    await apply(tx, now, actor, run, [
      { paymentId: payment.id, outcome, failure: outcome === 'returned' ? 'returned' : (failure ?? 'other') },
    ])
  })
}

/**
 * Everything of a run that is still on its way has arrived.
 * @returns how many payments
 * @throws as `recordResult`; INVALID unless `sure`
 */
export async function recordRestPaid(
  deps: Needs,
  given: Actor,
  input: { runId: string; sure: boolean },
): Promise<number> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  requireFreshSecondStep(actor)
  if (!input.sure) throw invalid({ sure: ['Tick this once your bank or your finance system says so.'] })
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, input.runId)
    if (!SENT.includes(run.state)) throw notSent()
    const rest = await tx.payment.findMany({
      where: { runId: run.id, state: 'sent' },
      select: { id: true },
      take: 20_000,
    })
    if (rest.length === 0)
      throw new DomainError('STALE_STATE', 'Nothing of this run is on its way any more. Nothing was changed.')
    return apply(
      tx,
      now,
      actor,
      run,
      rest.map(({ id }) => ({ paymentId: id, outcome: 'paid' as const, failure: 'other' as const })),
    )
  })
}

export interface ResultsRead {
  recorded: number
  /** Said before with the same result. */
  already: number
  /** Lines that were left out, each with why. */
  problems: CsvProblem[]
}

/**
 * The result file of a bank or a finance system: columns Reference and Result (paid, failed, returned); Amount and Reason if it has
 * them. What it says for the first time is recorded; lines that cannot be used are named and left out; the same file
 * again changes nothing.
 * @throws INVALID when it is no such file; otherwise as `recordResult`
 */
export async function recordResultFile(
  deps: Needs,
  given: Actor,
  input: { runId: string; text: string },
): Promise<ResultsRead> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  requireFreshSecondStep(actor)
  const table = readCsv(input.text, RESULT_COLUMNS, { optional: ['amount', 'reason'] })
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const run = await ownRun(tx, councilIds, input.runId)
    if (!SENT.includes(run.state)) throw notSent()
    const payments = await tx.payment.findMany({
      where: { runId: run.id },
      select: { id: true, reference: true, state: true, pence: true, providerId: true },
      take: 20_000,
    })
    const read = readResults(
      table.rows,
      payments.map(({ id, ...one }) => ({ paymentId: id, ...one })),
    )
    await noteResultFile(tx, now, {
      agree: read.agree,
      differ: read.differ.flatMap(({ paymentId, said }) => {
        const payment = payments.find(({ id }) => id === paymentId)
        return payment
          ? [
              {
                paymentId,
                said,
                pence: payment.pence,
                providerId: payment.providerId,
                councilId: run.councilId,
                runNumber: run.number,
              },
            ]
          : []
      }),
    })
    const recorded = read.results.length === 0 ? 0 : await apply(tx, now, actor, run, read.results)
    return {
      recorded,
      already: read.already,
      problems: [...table.problems, ...read.problems].sort((a, b) => a.line - b.line),
    }
  })
}
