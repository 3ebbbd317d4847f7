import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Temporal, fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { whichGetTheirMoney } from './planned.rules.ts'
import { readPlanned } from './read-planned.server.ts'
import { type OtherFund, otherFunds } from './use-another-fund.server.ts'

export interface ShortPage {
  person: { id: string; shortName: string; self: boolean }
  fund: { id: string; name: string }
  /** What is missing in all for these visits. Pence. */
  missing: number
  visits: {
    id: string
    title: string
    provider: string
    day: string
    pence: number
    soon: boolean
    others: OtherFund[]
  }[]
  mayBook: boolean
  /** When the council was told that it is too small, and has not answered yet. */
  told: string | null
}

/** More than these are a matter for the council, not for one press after another. */
const SHOWN = 10

/**
 * A fund that will not pay for all that is planned with it: for which visits, and what can be done.
 * @throws SIGN_IN, NOT_FOUND for a fund that is not theirs, FORBIDDEN for a supporter without the scope `see_money`
 */
export async function shortPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  allocationId: string | null,
): Promise<ShortPage> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  if (!allocationId || !isId(allocationId)) throw notFound()
  const now = deps.clock.now()
  const { prisma } = deps.db
  const fund = await prisma.allocation.findFirst({
    where: { id: allocationId, personId },
    select: { id: true, stream: { select: { name: true } } },
  })
  if (!fund) throw notFound()
  const [person, planned, told] = await Promise.all([
    prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    readPlanned(prisma, now, allocationId),
    prisma.budgetTooSmall.findFirst({
      where: { personId, answeredAt: null, OR: [{ allocationId }, { allocationId: null }] },
      orderBy: { saidAt: 'desc' },
      select: { saidAt: true },
    }),
  ])
  const { short } = planned ? whichGetTheirMoney(planned.visits, planned.left, planned.coming) : { short: [] }
  const shown = short.slice(0, SHOWN)
  const ids = shown.map(({ visitId }) => visitId)
  const [titles, others] = await Promise.all([
    visitTitles(prisma, ids),
    otherFunds(prisma, now, personId, ids, allocationId),
  ])
  return {
    person: { id: personId, shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    fund: { id: fund.id, name: fund.stream.name },
    missing: short.reduce((sum, one) => sum + one.pence, 0),
    mayBook: may(actor, personId, 'book'),
    told: told ? longDate(londonDate(fromDate(told.saidAt))) : null,
    visits: shown.map(({ visitId, on, pence, soon }) => ({
      id: visitId,
      title: titles.get(visitId)?.title ?? 'A visit',
      provider: titles.get(visitId)?.provider ?? '',
      day: longDate(Temporal.PlainDate.from(on)),
      pence,
      soon,
      others: others.get(visitId) ?? [],
    })),
  }
}
