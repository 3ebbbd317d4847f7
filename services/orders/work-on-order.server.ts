import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { OrderState } from '#services/db/generated/enums.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { dateColumn, longDate, plainDateOf, Temporal, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { endOrderSchema, placeOrderSchema, refuseOrderSchema } from './order.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const readOrder = (tx: Tx, id: string, councilIds: string[]) =>
  tx.councilOrder.findFirst({
    where: { id, councilId: { in: councilIds } },
    include: {
      provider: { select: { name: true } },
      council: { select: { name: true } },
      category: { select: { name: true } },
      allocation: { select: { startsOn: true, endsOn: true } },
    },
  })
type Order = NonNullable<Awaited<ReturnType<typeof readOrder>>>

/** Moves an order on, tells the person, and writes down who did it. The old state is part of the WHERE. */
async function move(
  deps: Needs,
  given: Actor,
  orderId: string,
  from: OrderState,
  change: (
    order: Order,
    actor: UserActor,
  ) => Promise<{
    data: Prisma.CouncilOrderUncheckedUpdateManyInput
    action: string
    title: string
    body: string
  }>,
): Promise<void> {
  const { actor, councilIds } = requireStaff(given, 'money.work')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const order = await readOrder(tx, orderId, councilIds)
    if (!order) throw notFound()
    const { data, action, title, body } = await change(order, actor)
    const moved = await tx.councilOrder.updateMany({ where: { id: orderId, state: from }, data })
    if (moved.count !== 1)
      throw new DomainError(
        'STALE_STATE',
        'This order has been answered meanwhile. Look at how it stands now; nothing was done.',
      )
    await tell(tx, now, [
      {
        to: { personId: order.personId },
        kind: `order.${action}`,
        title,
        body,
        path: '/my/money',
        subjectId: order.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: `order.${action}`,
      subjectType: 'order',
      subjectId: order.id,
      forPersonId: order.personId,
      facts: { categoryCode: order.categoryCode, providerId: order.providerId },
    })
  })
}

const span = (from: string, until: string): string =>
  `${longDate(Temporal.PlainDate.from(from))} to ${longDate(Temporal.PlainDate.from(until))}`

/**
 * The council orders what was asked for: from now on it can be booked from the fund, within its dates.
 * @param input number, costCode, caseReference, startsOn, endsOn (ISO dates, both included)
 * @throws NOT_FOUND for all but the council's finance; INVALID; STALE_STATE when it was answered already
 */
export async function placeOrder(
  deps: Needs,
  actor: Actor,
  orderId: string,
  input: Record<string, unknown>,
): Promise<void> {
  await move(deps, actor, orderId, 'asked', async (order, { userId }) => {
    const placed = parseInput(placeOrderSchema, input)
    const [from, until] = [plainDateOf(order.allocation.startsOn), plainDateOf(order.allocation.endsOn)]
    if (placed.startsOn < from.toString())
      throw invalid({ startsOn: [`The fund begins on ${longDate(from)}. Choose that day or a later one.`] })
    if (placed.endsOn > until.toString())
      throw invalid({ endsOn: [`The fund ends on ${longDate(until)}. Choose that day or an earlier one.`] })
    const taken = await deps.db.prisma.councilOrder.count({
      where: { councilId: order.councilId, number: placed.number, id: { not: order.id } },
    })
    if (taken > 0)
      throw invalid({ number: ['Another order has this number. Look at the number in your finance system.'] })
    return {
      data: {
        state: 'placed',
        number: placed.number,
        costCode: placed.costCode,
        caseReference: placed.caseReference,
        startsOn: dateColumn(Temporal.PlainDate.from(placed.startsOn)),
        endsOn: dateColumn(Temporal.PlainDate.from(placed.endsOn)),
        placedById: userId,
        placedAt: toDate(deps.clock.now()),
      },
      action: 'placed',
      title: `${order.council.name} has ordered what you asked for`,
      body: `${order.category.name} from ${order.provider.name}, ${span(placed.startsOn, placed.endsOn)}. It is not booked yet: you can book it now.`,
    }
  })
}

/** The council says no to an order that was asked for, and why. */
export async function refuseOrder(
  deps: Needs,
  actor: Actor,
  orderId: string,
  input: Record<string, unknown>,
): Promise<void> {
  await move(deps, actor, orderId, 'asked', async (order) => {
    const { reason } = parseInput(refuseOrderSchema, input)
    return {
      data: { state: 'refused', reason },
      action: 'refused',
      title: `${order.council.name} has not ordered what you asked for`,
      body: `${order.category.name} from ${order.provider.name}. They say: “${reason}” You can ask somebody to talk it through with you.`,
    }
  })
}

/**
 * Ends an order early: visits up to and including the last day are still paid under it.
 * @throws INVALID for a day outside the order; otherwise as `placeOrder`
 */
export async function endOrder(
  deps: Needs,
  actor: Actor,
  orderId: string,
  input: Record<string, unknown>,
): Promise<void> {
  await move(deps, actor, orderId, 'placed', async (order) => {
    const { lastDay, reason } = parseInput(endOrderSchema, input)
    const [from, until] = [plainDateOf(order.startsOn).toString(), plainDateOf(order.endsOn).toString()]
    if (lastDay < from || lastDay > until)
      throw invalid({ lastDay: [`The order is for ${span(from, until)}. Choose a day in it.`] })
    return {
      data: { state: 'ended', endsOn: dateColumn(Temporal.PlainDate.from(lastDay)), reason },
      action: 'ended',
      title: 'An order of the council ends',
      body: `${order.category.name} from ${order.provider.name}: the last day is ${longDate(Temporal.PlainDate.from(lastDay))}. They say: “${reason}”`,
    }
  })
}
