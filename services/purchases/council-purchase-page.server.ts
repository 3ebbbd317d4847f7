import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readPurchaseFunds } from './purchase-funds.server.ts'
import { purchaseFacts, readNames, readPapers } from './purchase-page.server.ts'
import { deciderFor, factsOf, readPurchase, recorderFor } from './purchase-row.server.ts'
import { mayPress } from './purchase.rules.ts'
import {
  adviserSpends,
  councilDecides,
  councilRecords,
  councilSees,
  mayAudit,
  requireCouncilSees,
} from './purchases.policy.ts'

export type CouncilPurchasePage = Awaited<ReturnType<typeof councilPurchasePage>>

/**
 * One purchase for the council's side: what it is for, what the fund can buy, what the actor is to do about it.
 * @throws SIGN_IN; NOT_FOUND for strangers and for staff of another council
 */
export async function councilPurchasePage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  purchaseId: string,
) {
  requireCouncilSees(actor)
  const { prisma } = deps.db
  const row = await readPurchase(prisma, purchaseId)
  if (!councilSees(actor, row.person.councilId)) throw notFound()
  const [funds, decider, papers, names] = await Promise.all([
    readPurchaseFunds(prisma, row.personId, deps.clock.now()),
    deciderFor(prisma, row),
    readPapers(deps, row.id),
    readNames(deps, [
      row.proposedById,
      row.agreedById,
      row.recordedById,
      row.auditedById,
      row.allocation.adviserUserId,
    ]),
  ])
  const facts = factsOf(row)
  const fund = funds.find(({ id }) => id === row.allocationId)
  const recorder = recorderFor(row)
  const nameOf = (id: string | null): string | null => (id ? (names.get(id) ?? null) : null)
  const spends = adviserSpends(actor, facts) && row.allocation.deployment === 'adviser_held'
  const records = councilRecords(actor, facts, recorder)
  return {
    ...purchaseFacts(row),
    person: { name: row.person.name, shortName: row.person.shortName },
    adviser: nameOf(row.allocation.adviserUserId),
    by: nameOf(row.proposedById),
    agreedBy: nameOf(row.agreedById),
    recordedBy: nameOf(row.recordedById),
    canBuy: fund?.rules.canBuy ?? '',
    ceiling: fund?.rules.unitCeilingPence ?? null,
    left: fund?.left ?? 0,
    recorder,
    decider,
    papers,
    audit: {
      seen: row.auditedAt?.toISOString() ?? '',
      on: row.auditedAt ? longDate(londonDate(fromDate(row.auditedAt))) : null,
      by: nameOf(row.auditedById),
      note: row.auditNote,
      flagged: row.flagged,
    },
    may: {
      decide: row.state === 'proposed' && row.agreedAt === null && councilDecides(actor, facts, decider),
      setAside: mayPress('order', row.state) && spends,
      record: mayPress('pay', row.state) && records,
      refund: row.state === 'paid' && (row.paidPence ?? 0) > row.refundedPence && records,
      giveEvidence: purchaseFacts(row).asksForReceipt && records,
      audit: row.state === 'paid' && row.allocation.deployment === 'adviser_held' && mayAudit(actor, facts),
    },
  }
}
