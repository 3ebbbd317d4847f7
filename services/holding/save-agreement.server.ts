import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type FeeRate, agreeFee, feeFor, mondayFrom, mondayOf } from './agreement.rules.ts'
import { findBreachesOf } from './find-breaches.server.ts'
import { requireCouncil } from './holding.policy.ts'
import { type AgreementInput, agreementSchema } from './holding.schema.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const field = (name: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [name]: [sentence] } })

const column = (day: string | null): Date | null => (day ? dateColumn(Temporal.PlainDate.from(day)) : null)

/**
 * The fee over time, with what is agreed now.
 * @throws INVALID beside the field: a fee of a managed account, a day that is no Monday or lies before the agreement, a
 *   higher fee for a week that has begun
 */
export function agreedRates(
  account: HeldAccount,
  given: AgreementInput,
  today: Temporal.PlainDate,
): { rates: FeeRate[]; from: string } {
  const before = account.agreement?.feeRates ?? []
  const fee = given.fee ?? 0
  if (account.deployment === 'direct_payment_managed_account' && fee > 0)
    throw field(
      'fee',
      'A managed account takes no fee by itself: its person tells it to pay each thing. Leave this empty and say in words who pays for the account',
    )
  const start = mondayFrom(Temporal.PlainDate.from(given.startsOn)).toString()
  const next = mondayFrom(today.add({ days: 1 })).toString()
  const first = before.length === 0
  const from = given.feeFrom ?? (first || start > next ? start : next)
  if (Temporal.PlainDate.from(from).dayOfWeek !== 1)
    throw field('feeFrom', 'Choose a Monday: the fee is for whole weeks')
  if (from < start)
    throw field('feeFrom', 'The agreement begins after that. Choose a Monday on or after its first day')
  const thisWeek = mondayOf(today).toString()
  if (!first && from <= thisWeek && fee > feeFor(before, from))
    throw field('feeFrom', 'A higher fee begins with a week that has not begun. Choose a later Monday')
  return { rates: agreeFee(before, from, fee), from }
}

/**
 * What the council writes down with the person about a fund that somebody holds; the person and the holder are told. Breaches of
 * what was agreed until now are found first, so that a change hides none.
 * @throws SIGN_IN; NOT_FOUND for all but advisers and finance of the person's council; SECOND_STEP; ZodError and INVALID beside fields
 */
export async function saveAgreement(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  input: Record<string, unknown>,
): Promise<void> {
  const seen = await readAccount(deps.db.prisma, allocationId)
  const staff = requireCouncil(actor, seen)
  const given = agreementSchema.parse(input)
  requireFreshSecondStep(actor)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await tx.$executeRaw`select 1 from allocation where id = ${allocationId}::uuid for update`
    const account = await readAccount(tx, allocationId)
    if (account.agreement) await findBreachesOf(tx, now, [account.agreement.id])
    const { rates } = agreedRates(account, given, londonDate(now))
    const agreement = {
      holderProviderId: account.holderId,
      startsOn: column(given.startsOn) as Date,
      endsOn: column(given.endsOn),
      reviewDueOn: column(given.reviewDueOn),
      insuranceEndsOn: column(given.insuranceEndsOn),
      feeWeeklyPence: rates.at(-1)?.pence ?? 0,
      feeRates: rates.map(({ from, pence }) => ({ from, pence })),
      feeWords: given.feeWords,
      mostAtOncePence: given.mostAtOnce,
      terms: given.terms,
      ownServices: given.ownServices,
      agreedWords: given.agreedWords,
      writtenById: staff.userId,
      changedAt: toDate(now),
    }
    const id = account.agreement?.id ?? newId()
    await tx.fundAgreement.upsert({
      where: { allocationId },
      create: { id, allocationId, createdAt: toDate(now), ...agreement },
      update: {
        ...agreement,
        // With another holder it begins anew: what the person let the other do is not let to this one.
        ...(account.agreement
          ? {}
          : {
              createdAt: toDate(now),
              standingSince: null,
              standingById: null,
              standingAuthorityId: null,
              standingNote: '',
            }),
      },
    })
    await recordAudit(tx, now, actor, {
      action: account.agreement ? 'fund_agreement.changed' : 'fund_agreement.written',
      subjectType: 'allocation',
      subjectId: allocationId,
      forPersonId: account.personId,
      facts: { fee: agreement.feeWeeklyPence, mostAtOnce: given.mostAtOnce },
    })
    const about = { kind: 'payment.agreement', subjectId: allocationId }
    await tell(tx, now, [
      {
        ...about,
        to: { personId: account.personId },
        title: `What was agreed with ${account.holderName}`,
        body: `Your council wrote down what ${account.holderName} may do with your ${account.streamName.toLowerCase()}. Read it, and say so if something is not as you agreed it.`,
        path: `/my/money/held/${allocationId}`,
      },
      {
        ...about,
        to: { providerId: account.holderId },
        title: `The agreement about ${account.shortName}’s fund`,
        body: 'The council wrote down what was agreed. Read it before you pay from the fund again.',
        path: `/provider/money/accounts/${allocationId}`,
      },
    ])
  })
}
