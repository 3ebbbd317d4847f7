import { type FundThatPays, fundsThatPay } from '#services/budgets/funds-that-pay.server.ts'
import { actsFor, may } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Temporal, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

/** How a service can be paid for, as far as the reader may know. */
export type Paying =
  | { kind: 'anybody'; signedIn: boolean }
  | { kind: 'hidden'; shortName: string }
  | { kind: 'funds'; self: boolean; shortName: string; mayBook: boolean; funds: FundThatPays[] }

interface Priced {
  providerId: string
  fundedBy: string
  categoryCode: string
  prices: readonly { kind: string; pence: number; categoryCode: string | null }[]
}

/**
 * Which funds of the person in view may pay. Null for what costs nothing; for strangers, and for whoever may not see the
 * money, no fund is read.
 * @param on the day on which it could first be had
 */
export async function paying(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  version: Priced,
  accredited: boolean,
  on: Temporal.PlainDate | null,
): Promise<Paying | null> {
  if (version.fundedBy !== 'bought') return null
  const personId = actor.kind === 'user' ? (actor.actingFor?.personId ?? actor.personId) : null
  if (!personId || !actsFor(actor, personId).allowed)
    return { kind: 'anybody', signedIn: actor.kind === 'user' }
  const { prisma } = deps.db
  const now = deps.clock.now()
  const { shortName } = await prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { shortName: true },
  })
  if (!may(actor, personId, 'see_money')) return { kind: 'hidden', shortName }
  const base = version.prices.find(({ kind }) => kind === 'base')
  const others = version.prices.flatMap(({ kind, pence, categoryCode }) =>
    categoryCode !== null && pence > 0 && kind !== 'base' ? [categoryCode] : [],
  )
  const first = base?.categoryCode ?? version.categoryCode
  const offer = {
    categories: [first, ...new Set(others.filter((code) => code !== first))] as const,
    unitPence: base?.pence ?? 0,
    accredited,
    providerId: version.providerId,
  }
  return {
    kind: 'funds',
    self: !(actor.kind === 'user' && actor.actingFor),
    shortName,
    mayBook: may(actor, personId, 'book'),
    funds: await fundsThatPay(prisma, personId, offer, on ?? londonDate(now), now),
  }
}
