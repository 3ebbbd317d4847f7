import { payerOf } from '#services/budgets/payer.rules.ts'
import { system } from '#services/kernel/actor.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { paymentConfirmed, paymentSent } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'

export interface PaidPart {
  payer: Payer
  amount: Pence
  status: 'confirmed' | 'sent' | 'declined' | 'not_ours'
}

/**
 * Pays a provider for a settled visit where the person is the payer (their card or account), through the payments port.
 * What a council or a fund holder owes stays owed until their own payment run. The port gets a key, so trying again
 * never pays twice; the ledger is told only what the port answered.
 */
export async function payVisit(
  deps: Pick<Deps, 'db' | 'clock' | 'payments'>,
  visitId: string,
): Promise<PaidPart[]> {
  const visit = await deps.db.prisma.visit.findUnique({
    where: { id: visitId },
    include: { fundingLines: { where: { state: 'used' }, include: { allocation: true } } },
  })
  if (visit?.state !== 'settled') return []
  const person = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: visit.personId },
    select: { councilId: true },
  })
  const owed = new Map<string, { payer: Payer; amount: number }>()
  for (const line of visit.fundingLines) {
    const payer = payerOf({ ...line.allocation, personId: visit.personId, councilId: person.councilId })
    const key = `${payer.kind}:${payer.id}`
    owed.set(key, { payer, amount: (owed.get(key)?.amount ?? 0) + (line.usedPence ?? 0) })
  }
  const result: PaidPart[] = []
  for (const [who, { payer, amount }] of owed) {
    if (amount === 0) continue
    if (payer.kind !== 'person') {
      result.push({ payer, amount: pence(amount), status: 'not_ours' })
      continue
    }
    const key = `pay:${visit.id}:${who}`
    const answer = await deps.payments.pay({
      key,
      amount: pence(amount),
      providerId: visit.providerId,
      payer,
    })
    result.push({ payer, amount: pence(amount), status: answer.status })
    if (answer.status === 'declined') continue
    const journals = [paymentSent(`${key}:sent`, payer, visit.providerId, pence(amount))]
    if (answer.status === 'confirmed')
      journals.push(paymentConfirmed(`${key}:confirmed`, payer, visit.providerId, pence(amount)))
    await deps.db.tx((tx) => postJournals(tx, deps.clock.now(), system('pay_visits'), journals))
  }
  return result
}
