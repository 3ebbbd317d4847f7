import { payerOf } from '#services/budgets/payer.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, allocate, pence, total } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { poolHeld, poolRefunded, poolReleased, poolSettled } from '#services/ledger/pool-templates.rules.ts'

/** More members than any kitchen table has. */
const MOST_MEMBERS = 50

export interface NewPool {
  providerId: string
  title: string
  shares: readonly { personId: string; allocationId: string; amount: Pence }[]
}

/**
 * Opens a pool. Nobody has agreed yet, and nothing is set aside.
 * @throws INVALID when a member is named twice, a fund is not theirs, or a part is nothing
 */
export async function openPool(tx: Tx, now: Temporal.Instant, wanted: NewPool): Promise<string> {
  const { shares } = wanted
  const own = await tx.allocation.count({
    where: { OR: shares.map(({ personId, allocationId }) => ({ id: allocationId, personId })) },
  })
  const members = new Set(shares.map(({ personId }) => personId))
  if (
    shares.length < 2 ||
    shares.length > MOST_MEMBERS ||
    members.size !== shares.length ||
    own !== shares.length ||
    shares.some(({ amount }) => amount <= 0)
  )
    throw new DomainError('INVALID', 'Each member pays a part of their own, from a fund of their own.')
  const id = newId()
  await tx.pool.create({
    data: {
      id,
      providerId: wanted.providerId,
      title: wanted.title,
      totalPence: total(shares.map(({ amount }) => amount)),
      createdAt: toDate(now),
      shares: {
        create: shares.map(({ personId, allocationId, amount }) => ({
          personId,
          allocationId,
          pence: amount,
        })),
      },
    },
  })
  return id
}

/** A member agrees to their part. Again is harmless. */
export async function agreeShare(
  tx: Tx,
  now: Temporal.Instant,
  poolId: string,
  personId: string,
): Promise<void> {
  await tx.poolShare.updateMany({
    where: { poolId, personId, agreedAt: null, pool: { state: 'open' } },
    data: { agreedAt: toDate(now) },
  })
}

async function readShares(tx: Tx, poolId: string) {
  const pool = await tx.pool.findUniqueOrThrow({
    where: { id: poolId },
    include: {
      shares: {
        orderBy: { id: 'asc' },
        take: MOST_MEMBERS,
        include: { allocation: true, person: { select: { councilId: true } } },
      },
    },
  })
  return {
    pool,
    shares: pool.shares.map((share) => ({
      ...share,
      money: { allocationId: share.allocationId, shareId: share.id, amount: pence(share.pence) },
      payer: payerOf({ ...share.allocation, councilId: share.person.councilId }),
    })),
  }
}

async function move(tx: Tx, poolId: string, from: string, to: string): Promise<void> {
  const moved = await tx.pool.updateMany({ where: { id: poolId, state: from }, data: { state: to } })
  if (moved.count !== 1)
    throw new DomainError('STALE_STATE', 'This has gone on since you opened the page. Nothing was done.')
}

/**
 * Sets every member's part aside, in one journal.
 * @throws STALE_STATE unless all have agreed; NOT_ENOUGH_MONEY when one of them cannot pay: then nobody's money moved
 */
export async function commitPool(tx: Tx, now: Temporal.Instant, actor: Actor, poolId: string): Promise<void> {
  const { shares } = await readShares(tx, poolId)
  if (shares.some(({ agreedAt }) => agreedAt === null))
    throw new DomainError('STALE_STATE', 'Not everybody has agreed yet. Nothing was set aside.')
  await move(tx, poolId, 'open', 'committed')
  await postJournals(tx, now, actor, [
    poolHeld(
      `pool:${poolId}:held`,
      shares.map(({ money }) => money),
    ),
  ])
}

/** Gives every member's part back, in one journal. @throws STALE_STATE when it is not committed */
export async function releasePool(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  poolId: string,
): Promise<void> {
  const { shares } = await readShares(tx, poolId)
  await move(tx, poolId, 'committed', 'released')
  await postJournals(tx, now, actor, [
    poolReleased(
      `pool:${poolId}:released`,
      shares.map(({ money }) => money),
    ),
  ])
}

/**
 * It happened and cost so much: split over the members as their parts are, to the penny; what was set aside above that
 * goes back to each; each member's payer owes the provider.
 * @throws STALE_STATE when it is not committed; INVALID for a cost above what was agreed
 */
export async function settlePool(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  poolId: string,
  cost: Pence,
): Promise<void> {
  const { pool, shares } = await readShares(tx, poolId)
  if (cost <= 0 || cost > pool.totalPence)
    throw new DomainError('INVALID', 'It cannot cost more than all members agreed to.')
  await move(tx, poolId, 'committed', 'settled')
  const parts = allocate(
    cost,
    shares.map((share) => share.pence),
  )
  const holds = await readHolds(
    tx,
    shares.map(({ id }) => id),
  )
  await postJournals(tx, now, actor, [
    poolSettled(
      `pool:${poolId}:settled`,
      pool.providerId,
      shares.map(({ id, money, payer }, index) => ({
        ...money,
        payer,
        amount: parts[index] ?? pence(0),
        held: holds.get(id)?.get(money.allocationId) ?? pence(0),
      })),
    ),
  ])
  await tx.payable.createMany({
    data: shares.flatMap(({ id, personId, allocationId, payer }, index) => {
      const part = parts[index] ?? pence(0)
      return part === 0 ? [] : [payableOf(now, pool.providerId, id, personId, allocationId, payer, part)]
    }),
  })
}

/**
 * One member gets part of theirs back.
 * @param key of the decision: the same one twice moves money once
 * @throws STALE_STATE before it is settled; REFUSED_BY_RULE or NOT_ENOUGH_MONEY above what that fund paid
 */
export async function refundShare(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  input: { poolId: string; personId: string; amount: Pence; key: string },
): Promise<void> {
  const { pool, shares } = await readShares(tx, input.poolId)
  const share = shares.find(({ personId }) => personId === input.personId)
  const settled = await tx.ledgerJournal.findUnique({
    where: { key: `pool:${input.poolId}:settled` },
    select: { id: true },
  })
  if (!share || !settled || input.amount <= 0)
    throw new DomainError('STALE_STATE', 'There is nothing to give back to this member.')
  const [posted] = await postJournals(tx, now, actor, [
    poolRefunded(`pool-refund:${input.key}`, settled.id, pool.providerId, {
      allocationId: share.allocationId,
      amount: input.amount,
      payer: share.payer,
    }),
  ])
  if (!posted?.created) return
  await tx.payable.create({
    data: payableOf(
      now,
      pool.providerId,
      share.id,
      share.personId,
      share.allocationId,
      share.payer,
      pence(-input.amount),
    ),
  })
}

const payableOf = (
  now: Temporal.Instant,
  providerId: string,
  poolShareId: string,
  personId: string,
  allocationId: string,
  payer: ReturnType<typeof payerOf>,
  amount: Pence,
) => ({
  poolShareId,
  allocationId,
  personId,
  providerId,
  payerKind: payer.kind,
  payerId: payer.id,
  pence: amount,
  onDay: dateColumn(londonDate(now)),
  createdAt: toDate(now),
})
