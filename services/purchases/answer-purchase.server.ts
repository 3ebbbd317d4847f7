import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { askedNotice } from './propose-purchase.server.ts'
import { changedMeanwhile, deciderFor, movePurchase, readPurchase } from './purchase-row.server.ts'
import { pressSchema } from './purchase.schema.ts'
import { requirePersonMay } from './purchases.policy.ts'

type Press = { personId: string; purchaseId: string }

/**
 * The person's yes to what an adviser, or somebody who may only propose, put forward. Agreed when the council's side has
 * said yes too; otherwise that side is asked now.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when there is nothing to say yes to
 */
export async function sayYes(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Press,
): Promise<'agreed' | 'proposed'> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'say_yes')
  const { purchaseId, personId } = parseInput(pressSchema, input)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, purchaseId)
    if (row.personId !== personId) throw notFound()
    if (row.personAgreedAt) throw changedMeanwhile()
    const state = row.agreedAt ? 'agreed' : 'proposed'
    await movePurchase(tx, row, 'answer_yes', { state, personAgreedAt: toDate(now) })
    await recordAudit(tx, now, actor, {
      action: 'purchase.person_agreed',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: personId,
      facts: { pence: row.pence, state },
    })
    const { adviserUserId } = row.allocation
    const path = `/council/purchases/${row.id}`
    if (state === 'proposed')
      await tell(tx, now, [
        askedNotice(
          { councilId: row.person.councilId, decider: await deciderFor(tx, row), adviserUserId },
          path,
          row.id,
        ),
      ])
    else if (row.allocation.deployment === 'adviser_held' && adviserUserId)
      await tell(tx, now, [
        {
          to: { userId: adviserUserId },
          kind: 'purchase.person_agreed',
          title: 'Somebody said yes to a purchase',
          body: 'You both agree. Its money can be set aside now.',
          path,
          subjectId: row.id,
        },
      ])
    return state
  })
}

/**
 * The person does not want it, or not any more. Nothing was set aside yet.
 * @throws as `sayYes`
 */
export async function withdrawPurchase(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Press,
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'propose')
  const { purchaseId, personId } = parseInput(pressSchema, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, purchaseId)
    if (row.personId !== personId) throw notFound()
    await movePurchase(tx, row, 'withdraw', { state: 'withdrawn' })
    await recordAudit(tx, now, actor, {
      action: 'purchase.withdrawn',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: personId,
      facts: { from: row.state },
    })
    const { adviserUserId } = row.allocation
    if (row.allocation.deployment === 'adviser_held' && adviserUserId)
      await tell(tx, now, [
        {
          to: { userId: adviserUserId },
          kind: 'purchase.withdrawn',
          title: 'A purchase is not wanted',
          body: 'The person said no to it, or took it back. Nothing was set aside.',
          path: `/council/purchases/${row.id}`,
          subjectId: row.id,
        },
      ])
  })
}
