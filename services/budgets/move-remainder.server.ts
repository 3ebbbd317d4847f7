import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, plainDateOf } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { remainderMoved } from '#services/ledger/templates.rules.ts'
import type { Deployment } from './payer.rules.ts'

/** Visits that may still go another way; what was delivered stays with the fund that it was agreed with. */
const STILL_TO_COME = ['planned', 'started'] as const

export interface Moving {
  available: Pence
  ringFenced: Pence
  /** Set aside for visits that are still to come, from the day on. */
  heldToCome: Pence
  visits: number
  /** Instalments that have not arrived. */
  toCome: Pence
}

async function visitsToMove(tx: Tx, allocationId: string, from: Temporal.PlainDate) {
  const start = from.toZonedDateTime('Europe/London').toInstant()
  return tx.fundingLine.findMany({
    where: {
      allocationId,
      state: { in: ['planned', 'set_aside'] },
      visit: {
        state: { in: [...STILL_TO_COME] },
        startsAt: { gte: new Date(start.epochMilliseconds) },
      },
    },
    select: { id: true, visitId: true, visit: { select: { bookingId: true } } },
    take: 5_000,
  })
}

async function holdsToMove(tx: Tx, allocationId: string, lines: Awaited<ReturnType<typeof visitsToMove>>) {
  const bookingOf = new Map(lines.map((line) => [line.visitId, line.visit.bookingId]))
  const holds = await tx.ledgerHold.findMany({
    where: { allocationId, refId: { in: [...bookingOf.keys()] }, amount: { gt: 0 } },
    take: 5_000,
  })
  return holds.map((hold) => ({
    bookingId: bookingOf.get(hold.refId) ?? '',
    visitId: hold.refId,
    amount: pence(Number(hold.amount)),
  }))
}

/** What would move if a fund were held another way from this day on: for the page on which it is checked. */
export async function readMoving(tx: Tx, allocationId: string, from: Temporal.PlainDate): Promise<Moving> {
  const [balances, lines, instalments] = await Promise.all([
    readBalances(tx, [allocationId]),
    visitsToMove(tx, allocationId, from),
    tx.instalment.aggregate({ where: { allocationId, arrivedAt: null }, _sum: { pence: true } }),
  ])
  const holds = await holdsToMove(tx, allocationId, lines)
  const of = balances.get(allocationId)
  return {
    available: of?.available ?? pence(0),
    ringFenced: of?.ringFenced ?? pence(0),
    heldToCome: pence(holds.reduce((sum, hold) => sum + hold.amount, 0)),
    visits: new Set(lines.map(({ visitId }) => visitId)).size,
    toCome: pence(instalments._sum.pence ?? 0),
  }
}

export interface HeldAnew {
  deployment: Deployment
  holderProviderId: string | null
  adviserUserId: string | null
  reason: string
  explainedBy: string
  chosen: boolean
}

/**
 * A fund is held another way from this day on: a new allocation of the same budget and stream takes over its plan, its
 * instalments to come, what is set aside for visits to come, and what is left, in one journal. The old one keeps its
 * history, and what was delivered before.
 * @returns the new allocation's id
 * @throws STALE_STATE when it was moved already
 */
export async function moveRemainder(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  allocationId: string,
  from: Temporal.PlainDate,
  anew: HeldAnew,
): Promise<string> {
  // One move at a time: a second one waits here and then finds it done.
  await tx.$queryRaw`select id from allocation where id = ${allocationId}::uuid for update`
  const old = await tx.allocation.findUniqueOrThrow({
    where: { id: allocationId },
    include: { replacedBy: { select: { id: true } } },
  })
  if (old.replacedBy)
    throw new DomainError('STALE_STATE', 'This fund is held another way already. Look at how it stands now.')
  const moving = await readMoving(tx, allocationId, from)
  const lines = await visitsToMove(tx, allocationId, from)
  const holds = await holdsToMove(tx, allocationId, lines)
  const whole = moving.available + moving.ringFenced + moving.heldToCome + moving.toCome
  const id = newId()
  const held = {
    deployment: anew.deployment,
    holderProviderId: anew.holderProviderId,
    adviserUserId: anew.adviserUserId,
    payBy: anew.deployment === 'direct_payment_card' ? ('prepaid_card' as const) : ('saved_card' as const),
  }
  const start = plainDateOf(old.startsOn)
  const lastDay = from.subtract({ days: 1 })
  const before = lastDay.since(start).days < 0 ? start : lastDay
  await tx.allocation.create({
    data: {
      id,
      budgetId: old.budgetId,
      streamId: old.streamId,
      personId: old.personId,
      ...held,
      agreedPence: BigInt(whole),
      cadence: old.cadence,
      instalmentPence: old.instalmentPence,
      startsOn: dateColumn(from),
      endsOn: old.endsOn,
      chosenBecause: anew.reason,
      explainedBy: anew.explainedBy,
      chosen: anew.chosen,
      replacesId: allocationId,
    },
  })
  await tx.allocation.update({
    where: { id: allocationId },
    data: {
      movedOn: dateColumn(before),
      endsOn: dateColumn(before),
      // What was agreed for this way of holding it is what came of it.
      agreedPence: BigInt(Math.max(1, Number(old.agreedPence) - whole)),
    },
  })
  await tx.instalment.updateMany({ where: { allocationId, arrivedAt: null }, data: { allocationId: id } })
  await tx.planLine.updateMany({ where: { allocationId }, data: { allocationId: id } })
  await tx.ringFence.updateMany({ where: { allocationId }, data: { allocationId: id } })
  await tx.employment.updateMany({ where: { allocationId, endsOn: null }, data: { allocationId: id } })
  // What the person pays in goes into the same account.
  await tx.allocation.updateMany({ where: { towardsId: allocationId }, data: { ...held, towardsId: id } })
  await tx.fundingLine.updateMany({
    where: { id: { in: lines.map((line) => line.id) } },
    data: { allocationId: id },
  })
  await postJournals(tx, now, actor, [
    remainderMoved(`moved:${allocationId}`, allocationId, id, {
      available: moving.available,
      ringFenced: moving.ringFenced,
      holds,
    }),
  ])
  return id
}
