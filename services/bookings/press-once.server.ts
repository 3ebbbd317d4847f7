/** A second press of the same button, by a thumb or by a slow network, finds the thing done and says so as the first did. */
import type { Actor } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Deps } from '#services/ports/deps.ts'
import { acceptRequest, declineRequest } from './answer-request.server.ts'
import { cancelVisit, cancelVisitByProvider } from './cancel-visit.server.ts'
import { disputeVisit } from './confirm-visits.server.ts'
import { deliverVisit, noAnswer, startVisit } from './deliver-visit.server.ts'
import { endBooking } from './end-booking.server.ts'
import { pauseBooking } from './pause-booking.server.ts'
import { agreeMissed } from './resolve-visit.server.ts'
import { resumeBooking } from './resume-booking.server.ts'
import type { BookingState, VisitState } from './transitions.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * What the press did, or null when it was so already. Only after the use case has found that the actor may: it refuses
 * strangers before it looks at the state.
 */
async function orSo<T>(work: () => Promise<T>, isSo: () => Promise<boolean>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isDomainError(error) && error.code === 'STALE_STATE' && (await isSo())) return null
    throw error
  }
}
async function once(work: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<void> {
  await orSo(work, isSo)
}
const bookingIs = async (deps: Needs, id: string, state: BookingState): Promise<boolean> =>
  (await deps.db.prisma.booking.count({ where: { id, state } })) === 1
const visitIs = async (
  deps: Needs,
  id: string,
  state: VisitState,
  also: Prisma.VisitWhereInput = {},
): Promise<boolean> => (await deps.db.prisma.visit.count({ where: { id, state, ...also } })) === 1

export const acceptOnce = (deps: Needs, actor: Actor, input: Parameters<typeof acceptRequest>[2]) =>
  once(
    () => acceptRequest(deps, actor, input),
    () => bookingIs(deps, input.bookingId, 'accepted'),
  )
export const declineOnce = (deps: Needs, actor: Actor, input: Parameters<typeof declineRequest>[2]) =>
  once(
    () => declineRequest(deps, actor, input),
    () => bookingIs(deps, input.bookingId, 'declined'),
  )
export const endOnce = (deps: Needs, actor: Actor, bookingId: string) =>
  once(
    () => endBooking(deps, actor, { bookingId, by: 'provider' }),
    () => bookingIs(deps, bookingId, 'ended'),
  )
export const pauseOnce = (deps: Needs, actor: Actor, input: Parameters<typeof pauseBooking>[2]) =>
  orSo(
    () => pauseBooking(deps, actor, input),
    () => bookingIs(deps, input.bookingId, 'paused'),
  )
export const resumeOnce = (deps: Needs, actor: Actor, input: Parameters<typeof resumeBooking>[2]) =>
  orSo(
    () => resumeBooking(deps, actor, input),
    () => bookingIs(deps, input.bookingId, 'accepted'),
  )
export const startOnce = (deps: Needs, actor: Actor, visitId: string) =>
  once(
    () => startVisit(deps, actor, visitId),
    () => visitIs(deps, visitId, 'started'),
  )
export const deliverOnce = (deps: Needs, actor: Actor, input: Parameters<typeof deliverVisit>[2]) =>
  once(
    () => deliverVisit(deps, actor, input),
    () => visitIs(deps, input.visitId, 'delivered', { actualMinutes: input.minutes }),
  )
export const noAnswerOnce = (deps: Needs, actor: Actor, input: Parameters<typeof noAnswer>[2]) =>
  once(
    () => noAnswer(deps, actor, input),
    () => visitIs(deps, input.visitId, 'confirmed', { outcome: 'no_answer' }),
  )
export const cannotComeOnce = (
  deps: Needs,
  actor: Actor,
  input: Parameters<typeof cancelVisitByProvider>[2],
) =>
  once(
    () => cancelVisitByProvider(deps, actor, input),
    () => visitIs(deps, input.visitId, 'cancelled_free'),
  )
export const agreeMissedOnce = (deps: Needs, actor: Actor, visitId: string) =>
  once(
    () => agreeMissed(deps, actor, visitId),
    () => visitIs(deps, visitId, 'missed_by_provider'),
  )
/** The person's own presses. */
export const disputeOnce = (deps: Needs, actor: Actor, input: Parameters<typeof disputeVisit>[2]) =>
  once(
    () => disputeVisit(deps, actor, input),
    () => visitIs(deps, input.visitId, 'disputed', { reason: input.reason.trim() }),
  )
export const cancelOnce = (deps: Needs, actor: Actor, input: Parameters<typeof cancelVisit>[2]) =>
  once(
    () => cancelVisit(deps, actor, input),
    async () =>
      input.expectedFee === 0
        ? visitIs(deps, input.visitId, 'cancelled_free')
        : (await lateFor(deps, input, 'confirmed')) || lateFor(deps, input, 'settled'),
  )
const lateFor = (
  deps: Needs,
  input: { visitId: string; expectedFee: number },
  state: VisitState,
): Promise<boolean> =>
  visitIs(deps, input.visitId, state, { outcome: 'late_cancellation', finalPence: input.expectedFee })
