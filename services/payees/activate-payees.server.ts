import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { system } from '#services/kernel/actor.ts'
import { longDate, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'

const AT_ONCE = 500

/** Job: bank details whose working days are over take the place of those in use. Never before their time. */
export async function activatePayees(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const actor = system('activate_payees')
  return deps.db.tx(async (tx) => {
    const due = await tx.payeeAccount.findMany({
      where: { state: 'cooling', usableFrom: { lte: toDate(now) } },
      select: { id: true, providerId: true, accountNumber: true },
      orderBy: { usableFrom: 'asc' },
      take: AT_ONCE,
    })
    if (due.length === 0) return 0
    const of = { providerId: { in: due.map(({ providerId }) => providerId) } }
    await tx.payeeAccount.updateMany({
      where: { ...of, state: 'active' },
      data: { state: 'replaced', endedAt: toDate(now) },
    })
    await tx.payeeAccount.updateMany({
      where: { id: { in: due.map(({ id }) => id) }, state: 'cooling' },
      data: { state: 'active' },
    })
    await tell(
      tx,
      now,
      due.map(({ id, providerId, accountNumber }) => ({
        to: { providerId },
        kind: 'payee.active',
        title: 'Your new bank details are in use',
        body: `Since ${longDate(londonDate(now))} you are paid into the account that ends in ${accountNumber.slice(-3)}.`,
        path: '/provider/money/bank-details',
        subjectId: id,
      })),
    )
    for (const { id, providerId } of due)
      await recordAudit(tx, now, actor, {
        action: 'payee.active',
        subjectType: 'payee_account',
        subjectId: id,
        forPersonId: null,
        facts: { providerId },
      })
    return due.length
  })
}
