import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { changedMeanwhile, deciderFor, factsOf, movePurchase, readPurchase } from './purchase-row.server.ts'
import { decideSchema } from './purchase.schema.ts'
import { councilDecides, councilSees, requireCouncilSees } from './purchases.policy.ts'

/**
 * The council's side agrees a purchase in the plan, or refuses it with a reason that the person reads. For what an adviser
 * holds it is that adviser up to the council's limit, and finance above it.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for staff whose decision it is not; SECOND_STEP; INVALID; STALE_STATE
 */
export async function decidePurchase(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { purchaseId: string },
): Promise<'agreed' | 'waits' | 'refused'> {
  requireCouncilSees(actor)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (!councilSees(actor, row.person.councilId)) throw notFound()
    const decider = await deciderFor(tx, row)
    if (!councilDecides(actor, factsOf(row), decider)) throw notTheirs(decider)
    requireFreshSecondStep(actor)
    const given = parseInput(decideSchema, input)
    const refused = given.decision === 'refuse'
    if (refused && given.reason === '')
      throw invalid({ reason: ['Say why not, in words that help them. They read this.'] })
    if (row.agreedAt) throw changedMeanwhile()
    const state = refused ? 'refused' : row.personAgreedAt ? 'agreed' : 'proposed'
    await movePurchase(tx, row, refused ? 'refuse' : 'agree', {
      state,
      reason: given.reason,
      ...(refused ? {} : { agreedAt: toDate(now), agreedById: traceOf(actor).actorUserId }),
    })
    await recordAudit(tx, now, actor, {
      action: refused ? 'purchase.refused' : 'purchase.agreed',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: row.personId,
      facts: { pence: row.pence, decider, state },
    })
    await tell(tx, now, [
      {
        to: { personId: row.personId },
        kind: refused ? 'purchase.refused' : 'purchase.agreed',
        title: refused ? `Not agreed: ${row.what}` : `Agreed: ${row.what}`,
        body: refused
          ? given.reason
          : `${row.allocation.stream.name} may pay ${pounds(row.pence)} for it. Set the money aside before you buy it.`,
        path: `/my/money/purchases/${row.id}`,
        subjectId: row.id,
      },
    ])
    return state === 'proposed' ? 'waits' : state
  })
}

const notTheirs = (decider: string): DomainError =>
  new DomainError(
    'FORBIDDEN',
    decider === 'finance'
      ? 'This is above what an adviser may agree alone. Somebody in finance decides, and not the adviser who holds the fund.'
      : decider === 'named_adviser'
        ? 'The adviser who holds this fund decides.'
        : 'An adviser of the council decides.',
  )
