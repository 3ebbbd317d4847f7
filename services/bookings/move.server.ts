/** The state is part of the WHERE, so two presses cannot both win; what follows shares the transaction. */
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { type VisitMoney, holdReleased } from '#services/ledger/templates.rules.ts'
import { type Prisma } from '#services/db/generated/client.ts'
import {
  type BookingPress,
  type VisitPress,
  bookingBecomes,
  bookingMayFrom,
  visitBecomes,
  visitMayFrom,
} from './transitions.rules.ts'

const CHANGED = 'This has changed since you opened the page. Look at how it stands now; nothing was done.'

/** @throws STALE_STATE when the booking is no longer in a state from which this press is possible. */
export async function moveBooking(
  tx: Tx,
  now: Temporal.Instant,
  press: BookingPress,
  bookingId: string,
  also: Prisma.BookingUncheckedUpdateManyInput = {},
): Promise<void> {
  const moved = await tx.booking.updateMany({
    where: { id: bookingId, state: { in: bookingMayFrom(press) } },
    data: { ...also, state: bookingBecomes(press), updatedAt: toDate(now) },
  })
  if (moved.count !== 1) throw new DomainError('STALE_STATE', CHANGED)
}

/** @throws STALE_STATE when any of the visits is no longer in a state from which this press is possible. */
export async function moveVisits(
  tx: Tx,
  now: Temporal.Instant,
  press: VisitPress,
  visitIds: readonly string[],
  also: Prisma.VisitUncheckedUpdateManyInput = {},
): Promise<void> {
  const moved = await tx.visit.updateMany({
    where: {
      id: { in: [...visitIds] },
      state: { in: visitMayFrom(press) },
      // A paused visit can only be cancelled; nobody goes there.
      ...(press === 'cancel_free' ? {} : { pausedAt: null }),
    },
    data: { ...also, state: visitBecomes(press), updatedAt: toDate(now) },
  })
  if (moved.count !== visitIds.length) throw new DomainError('STALE_STATE', CHANGED)
}

/** Journal lines that give back all that is set aside for these visits. */
export async function heldFor(tx: Tx, bookingId: string, visitIds: readonly string[]): Promise<VisitMoney[]> {
  const holds = await readHolds(tx, visitIds)
  return [...holds].flatMap(([visitId, byAllocation]) =>
    [...byAllocation].map(([allocationId, amount]) => ({
      allocationId,
      bookingId,
      visitId,
      amount: pence(amount),
    })),
  )
}

/** Gives back what is set aside for these visits and ends their funding lines. */
export async function releaseVisits(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  key: string,
  bookingId: string,
  visitIds: readonly string[],
): Promise<void> {
  const parts = await heldFor(tx, bookingId, visitIds)
  await postJournals(tx, now, actor, [holdReleased(key, parts)])
  await tx.fundingLine.updateMany({
    where: { visitId: { in: [...visitIds] }, state: { in: ['planned', 'set_aside'] } },
    data: { state: 'released' },
  })
}

/** A service's next free time and search entry follow what happened to its visits; the job reads the state after commit. */
export const INDEX_JOB = 'index_services'
