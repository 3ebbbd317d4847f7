import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { giveBackTo } from '#services/budgets/purse.rules.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, plainDateOf } from '#services/kernel/time.ts'
import { findJournal, findSpent } from '#services/ledger/find-journal.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { allocationAdjusted } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import {
  type PurchaseRow,
  changedMeanwhile,
  factsOf,
  movePurchase,
  readPurchase,
  recorderFor,
} from './purchase-row.server.ts'
import { refundSchema } from './purchase.schema.ts'
import { councilRecords, councilSees, requireCouncilSees, requirePersonMay } from './purchases.policy.ts'

/**
 * The seller gave money back: it returns to what paid, the person's own part first, or, when the fund has ended, to whoever funded it.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID; REFUSED_BY_RULE for more than was paid; STALE_STATE
 */
export async function recordRefund(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'record')
  const given = parseInput(refundSchema, input)
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, given.purchaseId)
    if (row.personId !== given.personId) throw notFound()
    const recorder = recorderFor(row)
    // What comes back to an account that somebody holds for the person shows there; the person may say so as well.
    if (recorder !== 'person' && recorder !== 'holder')
      throw new DomainError('FORBIDDEN', 'The council paid this, and writes down what came back.')
    await refund(tx, deps.clock.now(), actor, row, given.price)
  })
}

/** The same where the council's side paid. @throws as `recordRefund`; SECOND_STEP */
export async function recordRefundByCouncil(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { purchaseId: string },
): Promise<void> {
  requireCouncilSees(actor)
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (!councilSees(actor, row.person.councilId)) throw notFound()
    if (!councilRecords(actor, factsOf(row), recorderFor(row)))
      throw new DomainError('FORBIDDEN', 'Whoever pays from this fund writes down what came back.')
    requireFreshSecondStep(actor)
    const given = parseInput(refundSchema, { ...input, personId: row.personId })
    await refund(tx, deps.clock.now(), actor, row, given.price)
  })
}

async function refund(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  row: PurchaseRow,
  amount: Pence,
): Promise<void> {
  if (row.state !== 'paid') throw changedMeanwhile()
  const left = (row.paidPence ?? 0) - row.refundedPence
  if (amount > left) {
    const words =
      left === 0
        ? 'All of what was paid has come back already.'
        : `Not more can come back than was paid: ${pounds(left)} at most.`
    throw new DomainError('REFUSED_BY_RULE', words, { fields: { price: [words] } })
  }
  const spent = await findSpent(tx, `purchase:${row.id}:paid`)
  if (spent === null || (await findJournal(tx, `purchase:${row.id}:by_card`)) !== null)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'This was paid with the card. What comes back is written down when it is back on the card.',
    )
  const { endsOn, movedOn } = row.allocation
  const last = plainDateOf(movedOn ?? endsOn)
  const ended = londonDate(now).until(last).days < 0
  // What came back before names this one: a sum never comes back twice.
  const key = `purchase:${row.id}:refund:${String(row.refundedPence)}`
  await movePurchase(tx, row, null, { refundedPence: row.refundedPence + amount })
  const parts = giveBackTo(spent.parts, pence(amount))
  await postJournals(tx, now, actor, [
    purchaseRefunded(key, spent.journalId, parts),
    ...(ended
      ? parts.map((part) =>
          allocationAdjusted(`${key}:on:${part.allocationId}`, part.allocationId, part.amount),
        )
      : []),
  ])
  await recordAudit(tx, now, actor, {
    action: 'purchase.refunded',
    subjectType: 'purchase',
    subjectId: row.id,
    forPersonId: row.personId,
    facts: { pence: amount, allocationId: row.allocationId, ended },
  })
}
