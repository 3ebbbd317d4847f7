/** What the parts of the payments contract suite share. */
import { isDomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import type { Movement } from '#services/ports/payment-accounts.ts'
import type { PayRequest, SavedMethod } from '#services/ports/payments.ts'
import type { PaymentsWorld } from '#tests/support/payment-worlds.ts'
import type { Behaviour } from '#tests/support/stripe/world.ts'

/** The world of the adapter under test; it is there once its tests run. */
export type At = () => PaymentsWorld

export const PAGES = { doneUrl: 'https://kith.test/done', backUrl: 'https://kith.test/back' }
export const key = (): string => `test:${newId()}`

export async function readyAccount(world: PaymentsWorld, collectsDebits = false): Promise<string> {
  const { account } = await world.payments.openAccount({
    key: key(),
    owner: newId(),
    kind: 'organisation',
    collectsDebits,
  })
  await world.setAccount(account, 'ready')
  return account
}
export async function savedCard(world: PaymentsWorld, does: Behaviour = 'pays'): Promise<SavedMethod> {
  const page = await world.payments.saveCard({ key: key(), customer: null, setup: newId(), ...PAGES })
  await world.leave({ ...page, account: null }, true)
  const setup = await world.payments.findSetup({ account: null, reference: page.reference })
  if (!setup?.saved) throw new Error('no card was saved')
  const { customer, method } = setup.saved
  await world.will({ customer, method }, does)
  return { customer, method }
}
export interface Wanted extends PayRequest {
  account: string
  card: SavedMethod
  payment: string
}
export async function request(world: PaymentsWorld, more: Partial<PayRequest> = {}): Promise<Wanted> {
  return {
    key: key(),
    amount: pence(2_750),
    providerId: newId(),
    payer: { kind: 'person', id: newId() },
    payment: newId(),
    ...more,
    account: more.account ?? (await readyAccount(world)),
    card: more.card ?? (await savedCard(world)),
  }
}
export async function movements(world: PaymentsWorld, account: string): Promise<readonly Movement[]> {
  const { rows } = await world.payments.listMovements({
    account,
    from: world.now().subtract({ hours: 24 * 365 }),
    until: world.now().add({ hours: 1 }),
  })
  return rows
}
export const paid = (rows: readonly Movement[]): number[] =>
  rows.filter(({ kind }) => kind === 'payment').map(({ gross }) => gross)
export const domainCode = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no refusal',
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  )
