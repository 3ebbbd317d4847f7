import type { Tx } from '#services/db/client.server.ts'
import { shortReference } from '#services/kernel/ids.ts'
import {
  type Temporal,
  dateColumn,
  fromDate,
  londonDate,
  plainDateOf,
  toDate,
} from '#services/kernel/time.ts'
import type { Owner } from './bank.policy.ts'
import type { Candidate } from './match.rules.ts'

const MOST = 1_000
/** A second line of a payment that was matched is said to be one, for so long. */
const DAYS_REMEMBERED = 120
const DAYS_AHEAD = 14

const OVER: readonly string[] = ['cancelled', 'failed', 'returned']

export interface Candidates {
  candidates: Candidate[]
  /** Of these, what a line was already. */
  gone: string[]
}

/**
 * What a line of this owner's account may be: payments that they send, instalments that are due to them, what people pay a
 * council towards their care.
 * @param allocationId of one fund only, for the file of one account that somebody holds
 */
export async function readCandidates(
  tx: Tx,
  owner: Owner,
  allocationId: string | null,
  now: Temporal.Instant,
): Promise<Candidates> {
  if (owner.kind === 'council') return contributionsTo(tx, owner.id)
  const [payments, instalments] = await Promise.all([
    paymentsOf(tx, owner.kind, owner.id, allocationId, now),
    instalmentsTo(tx, owner.kind, owner.id, allocationId, now),
  ])
  return {
    candidates: [...payments.candidates, ...instalments.candidates],
    gone: [...payments.gone, ...instalments.gone],
  }
}

async function paymentsOf(
  tx: Tx,
  kind: 'person' | 'fund_holder',
  payerId: string,
  allocationId: string | null,
  now: Temporal.Instant,
): Promise<Candidates> {
  const rows = await tx.payment.findMany({
    where: {
      payerKind: kind,
      payerId,
      method: kind === 'person' ? 'bank_transfer' : 'fund_holder',
      pence: { gt: 0 },
      OR: [
        { state: { in: ['started', 'needs_you', 'sent'] } },
        { startedAt: { gte: toDate(now.subtract({ hours: DAYS_REMEMBERED * 24 })) } },
      ],
      ...(allocationId ? { lines: { some: { payable: { allocationId } } } } : {}),
    },
    orderBy: { startedAt: 'desc' },
    take: MOST,
    select: {
      id: true,
      reference: true,
      pence: true,
      state: true,
      startedAt: true,
      provider: { select: { name: true } },
    },
  })
  return {
    candidates: rows.map((row) => ({
      type: 'payment',
      id: row.id,
      reference: row.reference,
      pence: row.pence,
      name: row.provider.name,
      startedOn: londonDate(fromDate(row.startedAt)).toString(),
      over: OVER.includes(row.state),
    })),
    gone: rows.filter(({ state }) => state === 'confirmed' || OVER.includes(state)).map(({ id }) => id),
  }
}

async function instalmentsTo(
  tx: Tx,
  kind: 'person' | 'fund_holder',
  ownerId: string,
  allocationId: string | null,
  now: Temporal.Instant,
): Promise<Candidates> {
  const today = londonDate(now)
  const rows = await tx.instalment.findMany({
    where: {
      dueOn: { lte: dateColumn(today.add({ days: DAYS_AHEAD })) },
      // What the calendar counted, a bank may still prove.
      OR: [
        { arrivedAt: null },
        { source: 'schedule', dueOn: { gte: dateColumn(today.subtract({ days: DAYS_REMEMBERED })) } },
      ],
      allocation: {
        ...(kind === 'person'
          ? { personId: ownerId, deployment: 'direct_payment_bank' }
          : {
              holderProviderId: ownerId,
              deployment: { in: ['individual_service_fund', 'direct_payment_managed_account'] },
            }),
        ...(allocationId ? { id: allocationId } : {}),
      },
    },
    orderBy: { dueOn: 'asc' },
    take: MOST,
    select: {
      id: true,
      pence: true,
      dueOn: true,
      arrivedAt: true,
      allocation: {
        select: {
          id: true,
          towardsId: true,
          stream: { select: { funder: true, kind: true } },
          budget: { select: { person: { select: { name: true } } } },
        },
      },
    },
  })
  const known = await tx.bankLine.findMany({
    where: { state: 'matched', subjectType: 'instalment', subjectId: { in: rows.map(({ id }) => id) } },
    select: { subjectId: true },
    take: MOST,
  })
  return {
    candidates: rows.map(({ allocation, ...row }) => ({
      type: 'instalment',
      id: row.id,
      allocationId: allocation.id,
      reference: fundReference(allocation.id),
      pence: row.pence,
      name:
        allocation.towardsId !== null || ['own_money', 'contribution'].includes(allocation.stream.kind)
          ? allocation.budget.person.name
          : allocation.stream.funder,
      dueOn: plainDateOf(row.dueOn).toString(),
      counted: row.arrivedAt !== null,
    })),
    gone: known.flatMap(({ subjectId }) => (subjectId ? [subjectId] : [])),
  }
}

/** A fund's own short name, for whoever pays it: 'K7F-3QX'. */
export const fundReference = (allocationId: string): string => shortReference(allocationId)

async function contributionsTo(tx: Tx, councilId: string): Promise<Candidates> {
  const rows = await tx.contributionPayment.findMany({
    where: { councilId, method: 'transfer', state: { in: ['started', 'needs_you', 'sent'] } },
    orderBy: { startedAt: 'desc' },
    take: MOST,
    select: { id: true, reference: true, pence: true, startedAt: true, person: { select: { name: true } } },
  })
  return {
    candidates: rows.map((row) => ({
      type: 'contribution',
      id: row.id,
      reference: row.reference,
      pence: row.pence,
      name: row.person.name,
      startedOn: londonDate(fromDate(row.startedAt)).toString(),
    })),
    gone: [],
  }
}
