import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { pressedBy, requireOwnerPress } from './holding.policy.ts'
import { standingSchema } from './holding.schema.ts'
import { mustSayHow, mustStillCount, nameOf, toldForThem } from './instruct.server.ts'
import { inForce } from './paying.rules.ts'
import { readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
type Input = z.input<typeof standingSchema>

/**
 * "Pay what I have said yes to, without asking me again": part of the agreement of a managed account from now on, until it is ended.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN without `manage_money`, or when the authority has ended; INVALID beside
 *   the note; REFUSED_BY_RULE where there is no agreement to stand on, or the fund pays under its agreement anyway; STALE_STATE when it stands already
 */
export async function giveStanding(deps: Needs, given: Actor, input: Input): Promise<void> {
  const asked = standingSchema.parse(input)
  const actor = requireOwnerPress(given, asked.personId)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const account = await readAccount(tx, asked.allocationId)
    if (account.personId !== asked.personId) throw notFound()
    mustSayHow(await mustStillCount(tx, now, actor, account), asked.note, account)
    if (account.deployment !== 'direct_payment_managed_account')
      throw new DomainError(
        'REFUSED_BY_RULE',
        `${account.holderName} pays from this fund under its agreement and asks only above the limit. It needs no standing instruction.`,
      )
    const { agreement } = account
    if (!agreement || !inForce(agreement, londonDate(now).toString()))
      throw new DomainError(
        'REFUSED_BY_RULE',
        'There is no agreement for this account just now, so a standing instruction has nothing to stand on. You can still say “pay this” each time. Your council writes the agreement down with you.',
      )
    const { askedById, authorityId } = pressedBy(actor)
    const { count } = await tx.fundAgreement.updateMany({
      where: { id: agreement.id, standingSince: null },
      data: {
        standingSince: toDate(now),
        standingById: askedById,
        standingAuthorityId: authorityId,
        standingNote: asked.note,
      },
    })
    if (count !== 1) throw new DomainError('STALE_STATE', 'This standing instruction was given already.')
    await recordAudit(tx, now, actor, {
      action: 'standing.given',
      subjectType: 'fund_agreement',
      subjectId: agreement.id,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { providerId: account.holderId },
        kind: 'holding.standing_given',
        title: `${account.shortName} lets you pay without asking each time`,
        body: `Pay each visit from the ${account.streamName.toLowerCase()} once they have said yes to it, or 7 days have passed. It can be ended any day.`,
        path: `/provider/money/accounts/${account.allocationId}`,
        subjectId: account.allocationId,
      },
      ...toldForThem(actor, account, {
        kind: 'payment.standing_given',
        title: `${account.holderName} now pays without asking you each time`,
        body: `${nameOf(actor)} said so for you. You can end it any day on the page of this fund.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: account.allocationId,
      }),
    ])
  })
}

/**
 * Ends it: from now on each thing is asked for again. What was paid stands.
 * @throws as `giveStanding`; STALE_STATE when there is none
 */
export async function endStanding(
  deps: Needs,
  given: Actor,
  input: Pick<Input, 'personId' | 'allocationId'>,
): Promise<void> {
  const asked = standingSchema.pick({ personId: true, allocationId: true }).parse(input)
  const actor = requireOwnerPress(given, asked.personId)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const account = await readAccount(tx, asked.allocationId)
    if (account.personId !== asked.personId) throw notFound()
    await mustStillCount(tx, now, actor, account)
    const { count } = await tx.fundAgreement.updateMany({
      where: { allocationId: account.allocationId, standingSince: { not: null } },
      data: { standingSince: null, standingById: null, standingAuthorityId: null, standingNote: '' },
    })
    if (count !== 1) throw new DomainError('STALE_STATE', 'There is no standing instruction to end.')
    await recordAudit(tx, now, actor, {
      action: 'standing.ended',
      subjectType: 'allocation',
      subjectId: account.allocationId,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { providerId: account.holderId },
        kind: 'holding.standing_ended',
        title: `${account.shortName} wants to be asked each time again`,
        body: `From now on, pay from the ${account.streamName.toLowerCase()} only what they tell you to pay.`,
        path: `/provider/money/accounts/${account.allocationId}`,
        subjectId: account.allocationId,
      },
      ...toldForThem(actor, account, {
        kind: 'payment.standing_ended',
        title: `${account.holderName} asks you each time again`,
        body: `${nameOf(actor)} ended the standing instruction for you.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: account.allocationId,
      }),
    ])
  })
}
