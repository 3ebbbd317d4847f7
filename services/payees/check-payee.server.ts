/** What a council's finance finds out about new bank details: what the bank says of the name, and what the provider says on the telephone. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { longDate, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { COOLING_WORKING_DAYS, afterWorkingDays } from './payee.rules.ts'
import { callBackSchema, payeeCheckSchema } from './payee.schema.ts'
import { requirePayeeOf } from './payees.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const CHANGED =
  'These bank details have been dealt with meanwhile. Look at how they stand now; nothing was done.'

/**
 * The whole numbers, for whoever asks the bank. That they were shown, and to whom, is kept.
 * @throws SECOND_STEP unless it was done in the last 10 minutes; NOT_FOUND for all but finance of a council that pays this
 *   provider and operators
 */
export async function showPayeeNumbers(
  deps: Needs,
  given: Actor,
  payeeId: string,
): Promise<{ sortCode: string; accountNumber: string }> {
  const { actor, payee } = await requirePayeeOf(deps.db.prisma, given, 'money.work', payeeId)
  requireFreshSecondStep(actor)
  await deps.db.tx((tx) =>
    recordAudit(tx, deps.clock.now(), actor, {
      action: 'payee.numbers_shown',
      subjectType: 'payee_account',
      subjectId: payee.id,
      forPersonId: null,
    }),
  )
  return { sortCode: payee.sortCode, accountNumber: payee.accountNumber }
}

/** What the bank says of the name. @param input.result match, close_match, no_match, unavailable */
export async function recordPayeeCheck(
  deps: Needs,
  given: Actor,
  payeeId: string,
  input: Record<string, unknown>,
): Promise<void> {
  const { actor } = await requirePayeeOf(deps.db.prisma, given, 'money.work', payeeId)
  const { result } = parseInput(payeeCheckSchema, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const moved = await tx.payeeAccount.updateMany({
      where: { id: payeeId, state: 'proposed' },
      data: { payeeCheck: result, checkedById: actor.userId, checkedAt: toDate(now) },
    })
    if (moved.count !== 1) throw new DomainError('STALE_STATE', CHANGED)
    await recordAudit(tx, now, actor, {
      action: 'payee.checked',
      subjectType: 'payee_account',
      subjectId: payeeId,
      forPersonId: null,
      facts: { result },
    })
  })
}

/**
 * Somebody rang the provider on the number known from before. Yes: it is used after three working days, not sooner. No: it is
 * refused, and the provider is told.
 * @param input answer ('yes', 'no'); note: whom they rang, on which number, and what was said
 * @throws SECOND_STEP; STALE_STATE before the payee check, after a name that does not fit, or when it was dealt with
 */
export async function recordCallBack(
  deps: Needs,
  given: Actor,
  payeeId: string,
  input: Record<string, unknown>,
): Promise<void> {
  const { actor, payee } = await requirePayeeOf(deps.db.prisma, given, 'money.work', payeeId)
  requireFreshSecondStep(actor)
  const { answer, note } = parseInput(callBackSchema, input)
  if (answer === 'yes' && payee.payeeCheck === 'not_asked')
    throw new DomainError(
      'STALE_STATE',
      'Ask the bank first whether the name fits, and write down what it says.',
    )
  if (answer === 'yes' && payee.payeeCheck === 'no_match')
    throw new DomainError(
      'STALE_STATE',
      'The bank says that the name does not fit. Ask them for the name on the account, and have them enter it anew.',
    )
  const now = deps.clock.now()
  const usableFrom = afterWorkingDays(now, COOLING_WORKING_DAYS)
  await deps.db.tx(async (tx) => {
    const called = { calledBackById: actor.userId, calledBackAt: toDate(now), callBackNote: note }
    const moved = await tx.payeeAccount.updateMany({
      where: { id: payeeId, state: 'proposed', payeeCheck: payee.payeeCheck },
      data:
        answer === 'yes'
          ? { ...called, state: 'cooling', usableFrom: toDate(usableFrom) }
          : { ...called, state: 'refused', endedAt: toDate(now) },
    })
    if (moved.count !== 1) throw new DomainError('STALE_STATE', CHANGED)
    await tell(tx, now, [
      {
        to: { providerId: payee.providerId },
        kind: answer === 'yes' ? 'payee.called_back' : 'payee.refused',
        title:
          answer === 'yes'
            ? `You are paid into the new account from ${longDate(londonDate(usableFrom))}`
            : 'The new bank details were refused',
        body:
          answer === 'yes'
            ? `It ends in ${payee.accountNumber.slice(-3)}. Until then the old one is used. If nobody of you was rung about it, say so now.`
            : 'On the telephone they were not confirmed. Where you are paid stays as it was.',
        path: '/provider/money/bank-details',
        subjectId: payeeId,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: answer === 'yes' ? 'payee.called_back' : 'payee.refused',
      subjectType: 'payee_account',
      subjectId: payeeId,
      forPersonId: null,
      facts: { providerId: payee.providerId },
    })
  })
}
