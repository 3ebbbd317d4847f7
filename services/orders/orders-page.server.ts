import { councilInView, requireStaff } from '#services/accounts/staff.policy.ts'
import type { OrderState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile } from '#services/kernel/csv.ts'
import { notFound } from '#services/kernel/errors.ts'
import { fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

export const ORDER_STATE_WORDS: Record<OrderState, string> = {
  asked: 'Asked for: waits for an answer',
  placed: 'Placed',
  refused: 'Refused',
  ended: 'Ended',
}

const MOST = 1_000
const INCLUDE = {
  person: { select: { id: true, name: true } },
  provider: { select: { id: true, name: true, kind: true } },
  category: { select: { name: true } },
  allocation: { select: { startsOn: true, endsOn: true, stream: { select: { name: true } } } },
} as const

/**
 * Orders of a council: those that wait for an answer first.
 * @throws SIGN_IN; NOT_FOUND for all but the council's finance
 */
export async function ordersPage(deps: Pick<Deps, 'db'>, actor: Actor, council: string | null) {
  const { councilId } = councilInView(actor, 'money.read', council)
  const rows = await deps.db.prisma.councilOrder.findMany({
    where: { councilId },
    include: INCLUDE,
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const orders = rows.map((row) => ({
    id: row.id,
    state: row.state,
    stateWords: ORDER_STATE_WORDS[row.state],
    person: row.person.name,
    provider: row.provider.name,
    category: row.category.name,
    number: row.number,
    costCode: row.costCode,
    caseReference: row.caseReference,
    from: plainDateOf(row.startsOn).toString(),
    until: plainDateOf(row.endsOn).toString(),
    dates: `${longDate(plainDateOf(row.startsOn))} to ${longDate(plainDateOf(row.endsOn))}`,
    askedOn: longDate(londonDate(fromDate(row.askedAt))),
  }))
  const order: Record<OrderState, number> = { asked: 0, placed: 1, ended: 2, refused: 3 }
  orders.sort((a, b) => order[a.state] - order[b.state])
  return {
    councilId,
    orders,
    waiting: orders.filter(({ state }) => state === 'asked').length,
    standing: await deps.db.prisma.planLine.count({
      where: {
        approvedAt: { not: null },
        orderNumber: { not: null },
        allocation: { budget: { person: { councilId } } },
      },
    }),
  }
}

export async function ordersCsv(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  council: string | null,
): Promise<{ filename: string; csv: string }> {
  const { orders } = await ordersPage(deps, actor, council)
  return {
    filename: 'orders.csv',
    csv: csvFile(
      ['State', 'Person', 'Provider', 'Support', 'Order', 'Cost code', 'Case', 'First day', 'Last day'],
      orders.map((one) => [
        one.stateWords,
        one.person,
        one.provider,
        one.category,
        one.number ?? '',
        one.costCode ?? '',
        one.caseReference ?? '',
        one.from,
        one.until,
      ]),
    ),
  }
}

/** One order, what was asked, and what a new one would be filled in with. @throws NOT_FOUND as above */
export async function orderPage(deps: Pick<Deps, 'db'>, given: Actor, orderId: string) {
  const { councilIds } = requireStaff(given, 'money.read')
  const row = await deps.db.prisma.councilOrder.findFirst({
    where: { id: orderId, councilId: { in: councilIds } },
    include: INCLUDE,
  })
  if (!row) throw notFound()
  const [supplier, before, asker] = await Promise.all([
    deps.db.prisma.councilSupplier.findUnique({
      where: { councilId_providerId: { councilId: row.councilId, providerId: row.providerId } },
      select: { number: true },
    }),
    // What the person's other orders and standing approvals are booked under: nothing is typed twice.
    deps.db.prisma.planLine.findFirst({
      where: { allocationId: row.allocationId, costCode: { not: null }, caseReference: { not: null } },
      select: { costCode: true, caseReference: true },
      orderBy: { startsOn: 'desc' },
    }),
    row.askedById
      ? deps.db.prisma.user.findUnique({ where: { id: row.askedById }, select: { name: true } })
      : null,
  ])
  return {
    id: row.id,
    state: row.state,
    stateWords: ORDER_STATE_WORDS[row.state],
    person: row.person.name,
    provider: row.provider,
    supplierNumber: supplier?.number ?? null,
    category: row.category.name,
    fund: row.allocation.stream.name,
    fundEndsOn: longDate(plainDateOf(row.allocation.endsOn)),
    number: row.number,
    costCode: row.costCode ?? before?.costCode ?? null,
    caseReference: row.caseReference ?? before?.caseReference ?? null,
    startsOn: plainDateOf(row.startsOn).toString(),
    endsOn: plainDateOf(row.endsOn).toString(),
    dates: `${longDate(plainDateOf(row.startsOn))} to ${longDate(plainDateOf(row.endsOn))}`,
    reason: row.reason,
    askedBy: asker?.name ?? null,
    askedOn: longDate(londonDate(fromDate(row.askedAt))),
  }
}
