import { readFunds } from '#services/budgets/read-funds.server.ts'
import { may } from '#services/circle/circle.policy.ts'
import type { Db } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Temporal, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { FundRules } from '#services/ports/search.ts'

/** One of somebody's funds, as a search can be narrowed by it. */
export interface OwnFund {
  id: string
  name: string
  rules: FundRules
}

/** The funds that run today of whoever is in view; none for somebody who is not signed in or may not see the money. */
export async function ownFunds(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  now: Temporal.Instant,
): Promise<OwnFund[]> {
  const personId = actor.kind === 'user' ? (actor.actingFor?.personId ?? actor.personId) : null
  return personId && may(actor, personId, 'see_money') ? fundsThatRun(db, personId, now) : []
}

/** The funds of a person that run today, whoever asks: for jobs that do something for them. */
export async function fundsThatRun(
  db: Pick<Db, 'prisma'>,
  personId: string,
  now: Temporal.Instant,
): Promise<OwnFund[]> {
  const today = londonDate(now)
  return (await readFunds(db.prisma, personId, now)).flatMap(({ allocation, startsOn, endsOn }) => {
    // What the person pays in buys what the fund buys that it goes towards.
    if (allocation.towardsId !== null || startsOn.until(today).days < 0 || today.until(endsOn).days < 0)
      return []
    const { stream } = allocation
    return [
      {
        id: allocation.id,
        name: stream.name,
        rules: {
          allowed: stream.allowedCategories,
          refused: stream.refusedCategories,
          accreditedOnly: stream.accreditedOnly,
          ceilingPence: stream.unitCeilingPence,
        },
      },
    ]
  })
}
