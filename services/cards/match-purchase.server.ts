import type { Tx } from '#services/db/client.server.ts'
import type { Pence } from '#services/kernel/money.ts'
import { sameSeller } from './cards.rules.ts'

const MOST = 100

/**
 * The one agreed purchase that a movement of this amount at this shop is: its own seller, its own price, from this fund, and not
 * another card movement's. Two that fit are none: nobody guesses.
 */
async function agreedFor(
  tx: Tx,
  of: { allocationId: string; merchant: string; amount: Pence },
  states: readonly ('ordered' | 'paid')[],
): Promise<string | null> {
  const rows = await tx.purchase.findMany({
    where: {
      allocationId: of.allocationId,
      OR: states.map((state) =>
        state === 'ordered' ? { state, pence: of.amount } : { state, paidPence: of.amount, refundedPence: 0 },
      ),
    },
    orderBy: { id: 'asc' },
    take: MOST,
    select: { id: true, seller: true },
  })
  const fits = rows.filter(({ seller }) => sameSeller(of.merchant, seller))
  const taken = await tx.cardTransaction.findMany({
    where: { purchaseId: { in: fits.map(({ id }) => id) }, state: { in: ['authorised', 'cleared'] } },
    select: { purchaseId: true },
  })
  const free = fits.filter(({ id }) => taken.every(({ purchaseId }) => purchaseId !== id))
  return free.length === 1 ? (free[0]?.id ?? null) : null
}

/** One whose money is set aside for it: a card that asks may have exactly that. */
export const orderedFor = (
  tx: Tx,
  of: { allocationId: string; merchant: string; amount: Pence },
): Promise<string | null> => agreedFor(tx, of, ['ordered'])

/** One that a card has paid: also when somebody had written it down by hand. */
export const boughtFor = (
  tx: Tx,
  of: { allocationId: string; merchant: string; amount: Pence },
): Promise<string | null> => agreedFor(tx, of, ['ordered', 'paid'])
