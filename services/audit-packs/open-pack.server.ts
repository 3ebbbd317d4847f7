import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { type Temporal, fromDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireAuditor } from './audit-packs.policy.ts'
import { PURPOSES, openingSchema, stillOpen } from './opening.rules.ts'
import { bareDay } from './pack.rules.ts'
import { type Fund, readFund } from './read-fund.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * What is asked before a pack is opened: whose fund it is, and the purposes. Nothing of its money.
 * @throws SIGN_IN; NOT_FOUND for all but finance of the person's council
 */
export async function beforeOpeningPage(deps: Needs, actor: Actor, allocationId: string) {
  const fund = await readFund(deps.db.prisma, allocationId)
  requireAuditor(actor, fund.person.councilId)
  return {
    allocationId: fund.id,
    person: fund.person.name,
    shortName: fund.person.shortName,
    fund: fund.stream.name,
    funder: fund.stream.funder,
    until: bareDay(fund.endsOn),
    purposes: Object.entries(PURPOSES).map(([value, label]) => ({ value, label })),
  }
}

/**
 * Says why, and opens the pack for the one who said it, for a day at work. It is written down for good, and the person sees it.
 * @returns the opening, which stands in the addresses of the pack
 * @throws as `beforeOpeningPage`; ZodError beside the fields
 */
export async function openPack(
  deps: Needs,
  actor: Actor,
  input: { allocationId: string; purpose: string; words: string },
): Promise<string> {
  const now = deps.clock.now()
  const fund = await readFund(deps.db.prisma, input.allocationId)
  const { userId } = requireAuditor(actor, fund.person.councilId)
  const { purpose, words } = openingSchema.parse(input)
  const id = newId()
  await deps.db.tx(async (tx) => {
    await tx.auditOpening.create({
      data: {
        id,
        allocationId: fund.id,
        personId: fund.person.id,
        councilId: fund.person.councilId,
        openedById: userId,
        purpose,
        words,
        openedAt: toDate(now),
      },
    })
    await recordAudit(tx, now, actor, {
      action: 'audit.opened',
      subjectType: 'allocation',
      subjectId: fund.id,
      forPersonId: fund.person.id,
      facts: { openingId: id, purpose },
    })
  })
  return id
}

export interface OpenedPack {
  actor: UserActor
  fund: Fund
  openingId: string
}

/**
 * A pack that the actor has opened, and may still look at.
 * @throws SIGN_IN; NOT_FOUND for all but finance of the person's council, and for an opening that is somebody else's or of
 *   another fund; STALE_STATE when it was said so long ago that it is asked for once more
 */
export async function requireOpening(
  tx: Tx,
  now: Temporal.Instant,
  given: Actor,
  at: { allocationId: string; openingId: string },
): Promise<OpenedPack> {
  const fund = await readFund(tx, at.allocationId)
  const actor = requireAuditor(given, fund.person.councilId)
  const opening = isId(at.openingId)
    ? await tx.auditOpening.findUnique({ where: { id: at.openingId } })
    : null
  if (opening?.openedById !== actor.userId || opening.allocationId !== fund.id) throw notFound()
  if (!stillOpen(fromDate(opening.openedAt), now))
    throw new DomainError(
      'STALE_STATE',
      'It is some time since you said why you look at this. Go back to the list of funds, open it again and say it once more.',
    )
  return { actor, fund, openingId: opening.id }
}

/** That a file of it was taken, by whoever opened it. */
export const recordTaken = (
  tx: Tx,
  now: Temporal.Instant,
  { actor, fund, openingId }: OpenedPack,
  file: string,
) =>
  recordAudit(tx, now, actor, {
    action: 'audit.taken',
    subjectType: 'allocation',
    subjectId: fund.id,
    forPersonId: fund.person.id,
    facts: { openingId, file },
  })
