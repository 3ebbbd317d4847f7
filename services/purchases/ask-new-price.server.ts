import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { release } from './order-purchase.server.ts'
import { askedNotice } from './propose-purchase.server.ts'
import { readLimits, readPurchaseFunds } from './purchase-funds.server.ts'
import { movePurchase, readPurchase } from './purchase-row.server.ts'
import { deciderOf, purchaseRefusal } from './purchase.rules.ts'
import { askAgainSchema } from './purchase.schema.ts'
import { requirePersonMay } from './purchases.policy.ts'

/**
 * It costs something else by now: the purchase goes back to the start at the new price, and what was set aside goes back
 * to the fund until that is agreed.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID; REFUSED_BY_RULE when the fund cannot pay that; STALE_STATE
 */
export async function askNewPrice(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<'agreed' | 'proposed'> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'set_aside')
  const given = parseInput(askAgainSchema, input)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, given.purchaseId)
    if (row.personId !== given.personId) throw notFound()
    const fund = (await readPurchaseFunds(tx, row.personId, now)).find(({ id }) => id === row.allocationId)
    if (!fund) throw notFound()
    const refusal = purchaseRefusal(fund.rules, {
      category: row.categoryCode,
      categoryName: row.category.name,
      on: londonDate(now).toString(),
      pence: given.price,
      units: row.units,
    })
    if (refusal !== null) throw new DomainError('REFUSED_BY_RULE', refusal, { fields: { price: [refusal] } })
    const decider = deciderOf(fund, given.price, await readLimits(tx, row.person.councilId))
    const state = decider === 'rule' ? 'agreed' : 'proposed'
    await movePurchase(tx, row, 'ask_again', {
      state,
      pence: given.price,
      agreedAt: state === 'agreed' ? toDate(now) : null,
      agreedById: null,
      personAgreedAt: toDate(now),
      reason: '',
    })
    if (row.state === 'ordered') await release(tx, now, actor, row)
    await recordAudit(tx, now, actor, {
      action: 'purchase.asked_again',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: row.personId,
      facts: { from: row.pence, to: given.price, state },
    })
    const { adviserUserId } = fund
    if (state === 'proposed')
      await tell(tx, now, [
        askedNotice(
          { councilId: row.person.councilId, decider, adviserUserId },
          `/council/purchases/${row.id}`,
          row.id,
        ),
      ])
    return state
  })
}
