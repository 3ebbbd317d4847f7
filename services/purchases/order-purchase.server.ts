import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { takeFrom } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseHeld, purchaseReleased } from '#services/ledger/purchase-templates.rules.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { type PurchaseFund, readPurchaseFunds } from './purchase-funds.server.ts'
import {
  type PurchaseRow,
  changedMeanwhile,
  factsOf,
  movePurchase,
  readPurchase,
  recorderFor,
} from './purchase-row.server.ts'
import { mayPress, purchaseRefusal } from './purchase.rules.ts'
import { pressSchema } from './purchase.schema.ts'
import { adviserSpends, requireCouncilSees, requirePersonMay } from './purchases.policy.ts'

/** What is set aside for a purchase, by allocation: the fund's, and what the person paid in towards it. */
export const heldFor = async (tx: Tx, purchaseId: string): Promise<ReadonlyMap<string, Pence>> =>
  (await readHolds(tx, [purchaseId])).get(purchaseId) ?? new Map<string, Pence>()

/** One agreement is one round of journals: agreed again at another price, it is set aside anew. */
export const roundOf = (row: Pick<PurchaseRow, 'id' | 'agreedAt'>): string =>
  `purchase:${row.id}:${String(row.agreedAt?.getTime() ?? 0)}`

/**
 * Sets aside the money of an agreed purchase, so that it cannot be spent twice, and asks whoever holds the fund to pay.
 * The fund's rules are asked once more: it may have ended, or its rules may be others by now.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; REFUSED_BY_RULE naming the fund and its rule; NOT_ENOUGH_MONEY with what is left
 *   and when more comes; STALE_STATE
 */
export async function setAside(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; purchaseId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'set_aside')
  const { purchaseId, personId } = parseInput(pressSchema, input)
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, purchaseId)
    if (row.personId !== personId) throw notFound()
    await order(tx, deps.clock.now(), actor, row)
  })
}

/** The same by the adviser who holds the fund. @throws as `setAside`; SECOND_STEP; NOT_FOUND for everybody else */
export async function setAsideAsAdviser(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { purchaseId: string },
): Promise<void> {
  requireCouncilSees(actor)
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (row.allocation.deployment !== 'adviser_held' || !adviserSpends(actor, factsOf(row))) throw notFound()
    requireFreshSecondStep(actor)
    await order(tx, deps.clock.now(), actor, row)
  })
}

async function order(tx: Tx, now: Temporal.Instant, actor: Actor, row: PurchaseRow): Promise<void> {
  if (!mayPress('order', row.state)) throw changedMeanwhile()
  const fund = (await readPurchaseFunds(tx, row.personId, now)).find(({ id }) => id === row.allocationId)
  if (!fund) throw notFound()
  const refusal = purchaseRefusal(fund.rules, {
    category: row.categoryCode,
    categoryName: row.category.name,
    on: londonDate(now).toString(),
    pence: row.pence,
    units: row.units,
  })
  if (refusal !== null)
    throw new DomainError('REFUSED_BY_RULE', `${refusal} Nothing was set aside. Another fund may do.`)
  if (fund.left < row.pence) throw notEnough(fund, row.pence)
  await movePurchase(tx, row, 'order', { state: 'ordered' })
  const parts = takeFrom(await readPurse(tx, row.allocationId), pence(row.pence))
  await postJournals(tx, now, actor, [purchaseHeld(`${roundOf(row)}:held`, row.id, parts)])
  await recordAudit(tx, now, actor, {
    action: 'purchase.ordered',
    subjectType: 'purchase',
    subjectId: row.id,
    forPersonId: row.personId,
    facts: { pence: row.pence, allocationId: row.allocationId },
  })
  await askWhoPays(tx, now, actor, row, fund)
}

/** What is missing, and what helps. */
export function notEnough(fund: PurchaseFund, needed: number): DomainError {
  const next = fund.nextMoneyOn ? ` Its next money comes on ${fund.nextMoneyOn}.` : ''
  return new DomainError(
    'NOT_ENOUGH_MONEY',
    `${fund.rules.name} has ${pounds(fund.left)} left today, and this needs ${pounds(needed)}.${next} Nothing was set aside. You can wait, choose something that costs less, or tell the council that this budget is too small.`,
  )
}

/** Whoever holds the fund is told to pay, as for anything else; a council's finance sees it on its list. */
async function askWhoPays(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  row: PurchaseRow,
  fund: PurchaseFund,
): Promise<void> {
  const recorder = recorderFor(row)
  if (recorder === 'holder' && fund.holder) {
    const trace = traceOf(actor)
    await tx.paymentInstruction.create({
      data: {
        id: newId(),
        allocationId: row.allocationId,
        personId: row.personId,
        holderId: fund.holder.id,
        purchaseId: row.id,
        pence: row.pence,
        state: 'asked',
        note: `${row.what}, ${row.seller}`,
        askedById: trace.actorUserId,
        authorityId: trace.authorityId,
        askedAt: toDate(now),
      },
      select: { id: true },
    })
    await tell(tx, now, [
      {
        to: { providerId: fund.holder.id },
        kind: 'payment.asked',
        title: 'You are asked to pay something from a fund that you hold',
        body: `${pounds(row.pence)} for ${row.person.shortName}.`,
        path: `/provider/money/purchases/${row.id}`,
        subjectId: row.id,
      },
    ])
  }
  if (recorder === 'finance')
    await tell(tx, now, [
      {
        to: { councilId: row.person.councilId },
        kind: 'finance.purchase_to_pay',
        title: 'A purchase that was agreed is to be paid',
        body: 'Its money is set aside. Pay the seller, then write down what it came to.',
        path: `/council/purchases/${row.id}`,
        subjectId: row.id,
      },
    ])
}

/**
 * It will not be bought after all: what is set aside goes back.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when it is paid already, or the holder of the fund says that it is
 */
export async function giveUp(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; purchaseId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'set_aside')
  const { purchaseId, personId } = parseInput(pressSchema, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, purchaseId)
    if (row.personId !== personId) throw notFound()
    await movePurchase(tx, row, 'give_up', { state: 'withdrawn' })
    await release(tx, now, actor, row)
    await recordAudit(tx, now, actor, {
      action: 'purchase.given_up',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: personId,
      facts: { pence: row.pence },
    })
  })
}

/**
 * Gives back what is set aside, and takes back what a holder was asked to pay.
 * @throws STALE_STATE when the holder has paid it
 */
export async function release(tx: Tx, now: Temporal.Instant, actor: Actor, row: PurchaseRow): Promise<void> {
  const done = await tx.paymentInstruction.count({ where: { purchaseId: row.id, state: 'done' } })
  if (done > 0) throw changedMeanwhile()
  await tx.paymentInstruction.updateMany({
    where: { purchaseId: row.id, state: 'asked' },
    data: { state: 'withdrawn' },
  })
  const held = [...(await heldFor(tx, row.id))].map(([allocationId, amount]) => ({ allocationId, amount }))
  await postJournals(tx, now, actor, [purchaseReleased(`${roundOf(row)}:released`, row.id, held)])
}
