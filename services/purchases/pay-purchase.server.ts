import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { clearFrom } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, londonDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseCleared } from '#services/ledger/purchase-templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import type { z } from 'zod'
import { heldFor } from './order-purchase.server.ts'
import { type PurchaseFund, readPurchaseFunds } from './purchase-funds.server.ts'
import {
  type PurchaseRow,
  changedMeanwhile,
  factsOf,
  movePurchase,
  readPurchase,
  recorderFor,
} from './purchase-row.server.ts'
import { needsReceipt } from '#services/budgets/receipts.rules.ts'
import { eachOf, mayPress, mostOver, paidMore } from './purchase.rules.ts'
import { paidSchema } from './purchase.schema.ts'
import { councilRecords, councilSees, requireCouncilSees, requirePersonMay } from './purchases.policy.ts'

type Given = z.output<typeof paidSchema>

/**
 * Writes down that something was paid, by whoever paid it from an account or a card of the person's. What was set aside
 * becomes spent; what it cost less goes back to the fund; what it cost more, up to a tenth or £20.00, is taken after
 * asking once more.
 * @param input `price` and `paidOn` as typed; `more` 'yes' takes what it cost more
 * @returns whether the scheme asks for a receipt now
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID beside fields; REFUSED_BY_RULE when it cost much more; NOT_ENOUGH_MONEY;
 *   STALE_STATE when it was written down already
 */
export async function recordPaid(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<{ receipt: boolean }> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'record')
  const given = parseInput(paidSchema, input)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, given.purchaseId)
    if (row.personId !== given.personId) throw notFound()
    if (recorderFor(row) !== 'person')
      throw new DomainError('FORBIDDEN', 'Whoever holds this fund pays, and writes down that they have.')
    return paid(tx, now, actor, row, given)
  })
}

/**
 * The same for a fund from which the council's side pays: finance, or the adviser who holds it.
 * @throws as `recordPaid`; SECOND_STEP
 */
export async function recordPaidByCouncil(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { purchaseId: string },
): Promise<void> {
  requireCouncilSees(actor)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (!councilSees(actor, row.person.councilId)) throw notFound()
    if (!councilRecords(actor, factsOf(row), recorderFor(row)))
      throw new DomainError('FORBIDDEN', 'Whoever pays from this fund writes down that it was paid.')
    requireFreshSecondStep(actor)
    const given = parseInput(paidSchema, { ...input, personId: row.personId })
    await paid(tx, now, actor, row, given)
    await tell(tx, now, [
      {
        to: { personId: row.personId },
        kind: 'purchase.paid',
        title: `Paid: ${row.what}`,
        body: `${pounds(given.price)} to ${row.seller}, from ${row.allocation.stream.name}.`,
        path: `/my/money/purchases/${row.id}`,
        subjectId: row.id,
      },
    ])
  })
}

/**
 * For those who pay in the person's name, in their transaction: the holder of a fund does what they were asked. Up to a
 * tenth or £20.00 more than was agreed is taken, because it is paid.
 * @throws NOT_FOUND; REFUSED_BY_RULE, NOT_ENOUGH_MONEY, STALE_STATE as `recordPaid`
 */
export async function markPurchasePaid(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  of: { purchaseId: string; pence: Pence; paidOn: Temporal.PlainDate },
): Promise<void> {
  const row = await readPurchase(tx, of.purchaseId)
  await paid(tx, now, actor, row, { price: of.pence, paidOn: of.paidOn, more: 'yes' })
}

async function paid(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  row: PurchaseRow,
  given: Pick<Given, 'price' | 'paidOn' | 'more'>,
): Promise<{ receipt: boolean }> {
  if (!mayPress('pay', row.state)) throw row.state === 'paid' ? paidAlready() : changedMeanwhile()
  const fund = (await readPurchaseFunds(tx, row.personId, now)).find(({ id }) => id === row.allocationId)
  if (!fund) throw notFound()
  const today = londonDate(now)
  if (given.paidOn.until(today).days < 0)
    throw invalid({ paidOn: ['This day is still to come. Write the day on which it was paid.'] })
  if (given.paidOn.toString() < fund.rules.startsOn)
    throw invalid({ paidOn: [`${fund.rules.name} had not begun on that day. Look at the date again.`] })
  refuseMuchMore(row, fund, given, today)
  await movePurchase(tx, row, 'pay', {
    state: 'paid',
    paidPence: given.price,
    paidOn: dateColumn(given.paidOn),
    recordedById: traceOf(actor).actorUserId,
  })
  const parts = clearFrom(await readPurse(tx, row.allocationId), await heldFor(tx, row.id), given.price)
  await postJournals(tx, now, actor, [purchaseCleared(`purchase:${row.id}:paid`, row.id, parts)])
  await recordAudit(tx, now, actor, {
    action: 'purchase.paid',
    subjectType: 'purchase',
    subjectId: row.id,
    forPersonId: row.personId,
    facts: { agreed: row.pence, paid: given.price, allocationId: row.allocationId },
  })
  return { receipt: needsReceipt(fund.receipts, given.price) }
}

const paidAlready = (): DomainError =>
  new DomainError(
    'STALE_STATE',
    'This is written down as paid already. Nothing was changed now. Open it again to see how it stands.',
  )

function refuseMuchMore(
  row: PurchaseRow,
  fund: PurchaseFund,
  given: Pick<Given, 'price' | 'more'>,
  today: Temporal.PlainDate,
): void {
  const agreed = pence(row.pence)
  const more = paidMore(agreed, given.price)
  if (more === 'as_agreed') return
  const extra = pounds(given.price - agreed)
  if (more === 'agree_again')
    throw refusedAtPrice(
      `This is ${extra} more than was agreed. Up to ${pounds(mostOver(agreed))} more can be taken without a new yes. Ask for the new price first.`,
    )
  const ceiling = fund.rules.unitCeilingPence
  if (ceiling !== null && eachOf(given.price, row.units) > ceiling)
    throw refusedAtPrice(
      `${fund.rules.name} pays up to ${pounds(ceiling)} for each hour, visit or item. This would be more. The rest can be paid with other money.`,
    )
  if (today.until(fund.endsOn).days < 0)
    throw refusedAtPrice(
      `${fund.rules.name} has ended. It pays what was set aside before that, and nothing more. The rest can be paid with other money.`,
    )
  if (given.more !== 'yes')
    throw invalid({
      more: [`It came to ${extra} more than was agreed. Tick the box to take that from the fund, too.`],
    })
  if (fund.left < given.price - agreed)
    throw new DomainError(
      'NOT_ENOUGH_MONEY',
      `${fund.rules.name} has ${pounds(fund.left)} left beside what is set aside, and this came to ${extra} more than was agreed. Nothing was changed. The rest can be paid with other money.`,
    )
}

const refusedAtPrice = (words: string): DomainError =>
  new DomainError('REFUSED_BY_RULE', words, { fields: { price: [words] } })
