import type { Tx } from '#services/db/client.server.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Press, TRANSITIONS, deciderOf, recorderOf } from './purchase.rules.ts'
import { readLimits } from './purchase-funds.server.ts'
import type { Facts } from './purchases.policy.ts'

const INCLUDE = {
  person: { select: { id: true, name: true, shortName: true, councilId: true } },
  allocation: {
    select: {
      id: true,
      deployment: true,
      adviserUserId: true,
      holderProviderId: true,
      endsOn: true,
      movedOn: true,
      stream: true,
    },
  },
  category: { select: { name: true } },
} as const

const read = (tx: Tx, id: string) => tx.purchase.findUnique({ where: { id }, include: INCLUDE })
export type PurchaseRow = NonNullable<Awaited<ReturnType<typeof read>>>

/** One purchase with its person and fund. @throws NOT_FOUND; who may see it is for the caller to ask */
export async function readPurchase(tx: Tx, id: string): Promise<PurchaseRow> {
  const found = isId(id) ? await read(tx, id) : null
  if (!found) throw notFound()
  return found
}

/** What the policy asks of a purchase. */
export const factsOf = (row: PurchaseRow): Facts => ({
  personId: row.personId,
  councilId: row.person.councilId,
  adviserUserId: row.allocation.adviserUserId,
  agreedById: row.agreedById,
  recordedById: row.recordedById,
})

/** Who decides about it for the council, at its price and by the limits of today. */
export async function deciderFor(tx: Tx, row: PurchaseRow) {
  const limits = await readLimits(tx, row.person.councilId)
  const fund = { streamKind: row.allocation.stream.kind, deployment: row.allocation.deployment }
  return deciderOf(fund, row.pence, limits)
}

export const recorderFor = (row: PurchaseRow) => recorderOf(row.allocation.deployment)

/** Two presses at once, or one on a page that is old. */
export const changedMeanwhile = (): DomainError =>
  new DomainError(
    'STALE_STATE',
    'This purchase has changed since you opened the page. Open it again to see how it stands. Nothing was changed now.',
  )

type Data = Parameters<Tx['purchase']['updateMany']>[0]['data']

/**
 * Moves a purchase on, or changes it where it stands. The old state, and the price that the page showed, are part of the
 * WHERE, so that of two presses one wins.
 * @throws STALE_STATE
 */
export async function movePurchase(
  tx: Tx,
  row: Pick<PurchaseRow, 'id' | 'state' | 'pence' | 'refundedPence'>,
  press: Press | null,
  data: Data,
): Promise<void> {
  const from: readonly string[] = press ? TRANSITIONS[press].from : [row.state]
  if (!from.includes(row.state)) throw changedMeanwhile()
  const moved = await tx.purchase.updateMany({
    where: { id: row.id, state: row.state, pence: row.pence, refundedPence: row.refundedPence },
    data,
  })
  if (moved.count !== 1) throw changedMeanwhile()
}
