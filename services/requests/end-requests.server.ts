import { recordAudit, recordAudits } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requirePersonMay } from './requests.policy.ts'
import { offerBecomes, offerMayFrom, requestBecomes, requestMayFrom } from './states.rules.ts'
import { declineOthers, declinedNotice } from './take-offer.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * The person takes the request back; whoever offered is told so kindly. A second press finds it done.
 * @throws SIGN_IN; NOT_FOUND for somebody else's; FORBIDDEN; STALE_STATE when an offer was taken, or its time is over
 */
export async function withdrawSupportRequest(
  deps: Needs,
  actor: Actor,
  input: { personId: string; requestId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'withdraw')
  if (!isId(input.requestId)) throw notFound()
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const mine = { id: input.requestId, personId: input.personId }
    const moved = await tx.supportRequest.updateMany({
      where: { ...mine, state: { in: requestMayFrom('withdraw') } },
      data: { state: requestBecomes('withdraw'), closedAt: toDate(now) },
    })
    if (moved.count !== 1) {
      const request = await tx.supportRequest.findFirst({ where: mine, select: { state: true } })
      if (!request) throw notFound()
      if (request.state === 'withdrawn') return
      throw new DomainError(
        'STALE_STATE',
        request.state === 'accepted'
          ? 'An offer was taken, so there is nothing to take back here. You can cancel on the booking’s own page.'
          : 'Its time is over, so there is nothing to take back.',
      )
    }
    const others = await declineOthers(tx, now, input.requestId)
    await tell(
      tx,
      now,
      others.map((providerId) => declinedNotice(providerId, input.requestId, 'withdrawn')),
    )
    await recordAudit(tx, now, actor, {
      action: 'support_request.withdrawn',
      subjectType: 'support_request',
      subjectId: input.requestId,
      forPersonId: input.personId,
    })
  })
}

/** In one transaction; what is left waits for the next round. */
const AT_ONCE = 200

/**
 * The clock's part: requests whose time is over end and the person reads what they can do next; offers that no longer
 * hold lapse. Harmless twice.
 * @returns how many requests ended
 */
export async function endSupportRequests(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const at = toDate(now)
  return deps.db.tx(async (tx) => {
    const due = await tx.$queryRaw<{ id: string; person_id: string; offers: number }[]>`
      select r.id::text, r.person_id::text,
        (select count(*) from support_offer o where o.request_id = r.id and o.state = 'made')::int as offers
      from request_for_support r where r.state = 'open' and r.open_until <= ${at}
      order by r.open_until limit ${AT_ONCE} for update skip locked`
    const ids = due.map(({ id }) => id)
    await tx.supportRequest.updateMany({
      where: { id: { in: ids }, state: { in: requestMayFrom('expire') } },
      data: { state: requestBecomes('expire'), closedAt: at },
    })
    await tx.supportOffer.updateMany({
      where: {
        state: { in: offerMayFrom('lapse') },
        OR: [{ holdsUntil: { lte: at } }, { requestId: { in: ids } }],
      },
      data: { state: offerBecomes('lapse'), closedAt: at },
    })
    await tell(
      tx,
      now,
      due.map(({ id, person_id: personId, offers }) => ({
        to: { personId },
        kind: 'support.expired',
        title: 'The time for what you asked for is over',
        body:
          offers === 0
            ? 'Nobody has offered it. You can ask again with other days or a longer time, or talk to a person about it.'
            : 'No offer was taken. You can ask again with one press: your words are kept.',
        path: `/my/requests/${id}`,
        subjectId: id,
      })),
    )
    await recordAudits(
      tx,
      now,
      system('end_support_requests'),
      due.map(({ id, person_id: forPersonId }) => ({
        action: 'support_request.expired',
        subjectType: 'support_request',
        subjectId: id,
        forPersonId,
      })),
    )
    return due.length
  })
}
