import { personInView } from '#services/circle/circle.policy.ts'
import { categoryName } from '#services/discovery/vocabulary.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { fromDate, longDate, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { lastDay } from './request-row.ts'
import { personMay, requirePersonMay } from './requests.policy.ts'
import { daysWords, requestStanding } from './words.rules.ts'

/** The newest; older ones are over. */
const MOST = 50

export type RequestsPage = Awaited<ReturnType<typeof requestsPage>>

/**
 * What somebody asked for because it was not there, and where each stands.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter who may neither propose nor book
 */
export async function requestsPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  const personId = personInView(actor)
  requirePersonMay(actor, personId, 'see')
  const { prisma } = deps.db
  const [person, rows] = await Promise.all([
    prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    prisma.supportRequest.findMany({
      where: { personId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST,
      include: { _count: { select: { offers: { where: { state: 'made' } } } } },
    }),
  ])
  const requests = rows.map((row) => ({
    id: row.id,
    what: categoryName(row.categoryCode),
    where: row.outcode,
    when: daysWords(row.days, row.repeats),
    asked: longDate(londonDate(fromDate(row.createdAt)), { year: false }),
    open: row.state === 'open',
    standing: requestStanding(row.state, row._count.offers, lastDay(row.openUntil, { year: false })),
  }))
  return {
    person: { shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    mayAsk: personMay(actor, personId, 'ask'),
    open: requests.filter((one) => one.open),
    over: requests.filter((one) => !one.open),
  }
}
