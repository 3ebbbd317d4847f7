/** An account of a provider's or a council's own at the payment service: opened once, and asked how it stands. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { AccountStatus } from '#services/ports/payment-accounts.ts'
import type { Deps } from '#services/ports/deps.ts'
import { saveAccount } from './save-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments'>
type Owner = { providerId: string } | { councilId: string }

/** Of an account of which nothing was filled in, or that is not there yet. */
export const NEW: AccountStatus = 'new'

/**
 * The owner's account at the payment service, opened when there is none or it was closed. Pressing twice opens one.
 * @returns what the service calls it
 * @throws UNAVAILABLE
 */
export async function openAccount(
  deps: Needs,
  actor: Actor,
  owner: Owner,
  how: Pick<Parameters<Deps['payments']['openAccount']>[0], 'kind' | 'collectsDebits'>,
): Promise<string> {
  const known = await deps.db.prisma.connectedAccount.findUnique({ where: owner })
  if (known && known.status !== 'closed') return known.externalId
  const id = 'providerId' in owner ? owner.providerId : owner.councilId
  const { account } = await deps.payments.openAccount({
    // A closed one is followed by another.
    key: `account:${id}:${known?.externalId ?? 'first'}`,
    owner: id,
    ...how,
  })
  const now = deps.clock.now()
  const fresh = { externalId: account, status: NEW, missing: [], dueBy: null, checkedAt: toDate(now) }
  await deps.db.tx(async (tx) => {
    const row = await tx.connectedAccount.upsert({
      where: owner,
      create: { id: newId(), ...owner, createdAt: toDate(now), ...fresh },
      update: { ...fresh, chargesEnabled: false, payoutsEnabled: false },
    })
    await recordAudit(tx, now, actor, {
      action: 'payment_account.opened',
      subjectType: 'connected_account',
      subjectId: row.id,
    })
  })
  return account
}

/** Asks the payment service how the owner's account stands, when there is one. Says nothing when nobody answers. */
export async function askHowItStands(deps: Needs & Pick<Deps, 'log'>, owner: Owner): Promise<void> {
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: owner })
  if (!account) return
  try {
    const state = await deps.payments.readAccount(account.externalId)
    await deps.db.tx((tx) => saveAccount(tx, deps.clock.now(), account.externalId, state))
  } catch (error) {
    deps.log.warn({ err: error }, 'an account could not be asked after')
  }
}
