import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { councilsFor } from '#services/accounts/staff.policy.ts'
import { actsFor, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate, plainDateOf, Temporal, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { needsOrder } from './order-standing.rules.ts'
import { askOrderSchema } from './order.schema.ts'

/** The person, a supporter who may ask for support, or an adviser of the person's council. */
function requireAsker(actor: Actor, personId: string, councilId: string | null): void {
  if (councilId && !actsFor(actor, personId).allowed && councilsFor(actor, 'people.read').includes(councilId))
    return
  requireScope(actor, personId, 'book')
}

export interface OrderAsked {
  orderId: string
  /** False when the same had been asked for before and still waits: nothing new was written. */
  now: boolean
}

/**
 * Asks the council to order support of one kind from one provider, paid from a fund from which the council itself pays.
 *
 * @param input personId, providerId, allocationId, categoryCode, reason (words, up to 1,000 letters)
 * @throws SIGN_IN; NOT_FOUND to strangers and for what is not the person's; FORBIDDEN without the scope `book`; INVALID;
 *   REFUSED_BY_RULE when the fund is not one that the council pays from
 */
export async function askForOrder(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: {
    personId: string
    providerId: string
    allocationId: string
    categoryCode: string
    reason: string
  },
): Promise<OrderAsked> {
  if (!isId(input.personId)) throw notFound()
  const person = await deps.db.prisma.person.findUnique({
    where: { id: input.personId },
    select: { councilId: true, shortName: true },
  })
  requireAsker(actor, input.personId, person?.councilId ?? null)
  if (!person) throw notFound()
  const asked = parseInput(askOrderSchema, input)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const [allocation, provider, category] = await Promise.all([
      tx.allocation.findFirst({ where: { id: asked.allocationId, personId: asked.personId } }),
      tx.provider.findFirst({ where: { id: asked.providerId, claimed: true }, select: { name: true } }),
      tx.category.findUnique({ where: { code: asked.categoryCode }, select: { name: true } }),
    ])
    if (!allocation || !provider) throw notFound()
    if (!category) throw invalid({ categoryCode: ['Choose the kind of support.'] })
    if (!needsOrder(allocation.deployment))
      throw new DomainError(
        'REFUSED_BY_RULE',
        'The council does not pay from this fund itself, so it needs no order. You can book with it.',
      )
    const today = londonDate(now)
    if (Temporal.PlainDate.compare(plainDateOf(allocation.endsOn), today) < 0)
      throw new DomainError('REFUSED_BY_RULE', 'This fund has ended, so nothing more can be ordered from it.')
    const same = {
      allocationId: asked.allocationId,
      providerId: asked.providerId,
      categoryCode: asked.categoryCode,
    }
    const waiting = await tx.councilOrder.findFirst({
      where: { ...same, state: 'asked' },
      select: { id: true },
    })
    if (waiting) return { orderId: waiting.id, now: false }
    const orderId = newId()
    const startsOn =
      Temporal.PlainDate.compare(plainDateOf(allocation.startsOn), today) > 0
        ? allocation.startsOn
        : dateColumn(today)
    await tx.councilOrder.create({
      data: {
        ...same,
        id: orderId,
        councilId: person.councilId,
        personId: asked.personId,
        startsOn,
        endsOn: allocation.endsOn,
        reason: asked.reason,
        askedById: actor.kind === 'user' ? actor.userId : null,
        askedAt: toDate(now),
      },
    })
    await tell(tx, now, [
      {
        to: { councilId: person.councilId },
        kind: 'money.order_asked',
        title: 'An order is asked for',
        body: `${category.name} from ${provider.name}. It cannot be booked before you have answered.`,
        path: `/council/money/orders/${orderId}`,
        subjectId: orderId,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'order.asked',
      subjectType: 'order',
      subjectId: orderId,
      forPersonId: asked.personId,
      facts: same,
    })
    return { orderId, now: true }
  })
}
