import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { AccountState } from '#services/ports/payment-accounts.ts'

/** Keeps what the payment service says of an account now; null: there is none for us any more. */
export async function saveAccount(
  tx: Tx,
  now: Temporal.Instant,
  account: string,
  state: AccountState | null,
): Promise<boolean> {
  const { count } = await tx.connectedAccount.updateMany({
    where: { externalId: account },
    data: {
      status: state?.status ?? 'closed',
      chargesEnabled: state?.takesPayments ?? false,
      payoutsEnabled: state?.paysOut ?? false,
      missing: [...(state?.missing ?? [])],
      dueBy: state?.dueBy ? toDate(state.dueBy) : null,
      checkedAt: toDate(now),
    },
  })
  return count > 0
}
