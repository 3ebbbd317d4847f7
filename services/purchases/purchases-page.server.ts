import { personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readLimits } from './purchase-funds.server.ts'
import { deciderOf, standingWords } from './purchase.rules.ts'
import { personMay, requirePersonMay } from './purchases.policy.ts'

/** Newer ones first; older ones stand on the statement. */
const MOST = 100

export type PurchasesPage = Awaited<ReturnType<typeof purchasesPage>>

/**
 * What somebody buys from people who are not listed, and where each thing stands; what needs their yes is first.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without the scope `see_money`
 */
export async function purchasesPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  const personId = personInView(actor)
  requirePersonMay(actor, personId, 'see')
  const { prisma } = deps.db
  const [person, rows] = await Promise.all([
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { name: true, shortName: true, councilId: true },
    }),
    prisma.purchase.findMany({
      where: { personId },
      orderBy: [{ proposedAt: 'desc' }, { id: 'desc' }],
      take: MOST,
      include: {
        allocation: { select: { deployment: true, stream: { select: { name: true, kind: true } } } },
      },
    }),
  ])
  const limits = await readLimits(prisma, person.councilId)
  const purchases = rows.map((row) => {
    const { stream, deployment } = row.allocation
    const decider = deciderOf({ streamKind: stream.kind, deployment }, row.pence, limits)
    const asksYou = row.state === 'proposed' && !row.personAgreedAt
    return {
      id: row.id,
      what: row.what,
      seller: row.seller,
      pence: row.paidPence ?? row.pence,
      fund: stream.name,
      on: longDate(londonDate(fromDate(row.proposedAt))),
      over: row.state === 'paid' || row.state === 'refused' || row.state === 'withdrawn',
      asksYou,
      standing: standingWords(
        { ...row, personAgreed: row.personAgreedAt !== null, councilAgreed: row.agreedAt !== null },
        decider,
      ),
    }
  })
  return {
    person: {
      name: person.name,
      shortName: person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    mayPropose: personMay(actor, personId, 'propose'),
    open: purchases.filter(({ over }) => !over).sort((a, b) => Number(b.asksYou) - Number(a.asksYou)),
    over: purchases.filter(({ over }) => over),
  }
}
