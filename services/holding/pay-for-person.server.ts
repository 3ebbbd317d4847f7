import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  type NewPayment,
  type Started,
  markConfirmed,
  markSent,
  startPayments,
} from '#services/settlement/payments.server.ts'
import type { z } from 'zod'
import { requireHolder } from './holding.policy.ts'
import { paidSchema } from './holding.schema.ts'
import { type NoWord, isWord } from './paying.rules.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'
import { type Owed, byProvider, readOwed } from './read-owed.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** Why the holder may not pay it yet, in words for the holder. */
export const noWordSentence = (word: NoWord, shortName: string): string => {
  switch (word) {
    case 'not_told':
      return `${shortName} has not told you to pay it.`
    case 'amount_changed':
      return `The amount has changed since ${shortName} told you to pay it, so they must say it again.`
    case 'above_limit':
      return `It is more than you may pay at once without asking. ${shortName} must say yes to it.`
    case 'no_agreement':
      return `No agreement is written down for this fund, so ${shortName} must say yes to each payment.`
    case 'agreement_over':
      return `The agreement for this fund is not in force, so ${shortName} must say yes to each payment.`
  }
}

/**
 * The holder says: I have paid these. One payment a provider, less what it gives back; the person is told of each at once.
 * Nothing leaves a managed account without the person's instruction, for this or a standing one; an individual service
 * fund pays under its agreement.
 * @returns the payments, each with the reference that stands on it
 * @throws SIGN_IN; NOT_FOUND for strangers and holders of other funds; FORBIDDEN for workers; REFUSED_BY_RULE where the
 *   person's word is missing; STALE_STATE when something was paid, or comes to another amount, meanwhile; INVALID. Then nothing is paid.
 */
export async function payForPerson(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof paidSchema>,
): Promise<{ payments: Started[]; pence: number; account: HeldAccount }> {
  const asked = paidSchema.parse(input)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  requireHolder(actor, account)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    // Whoever ends a standing instruction or changes the agreement at this moment waits, or has won already.
    await tx.$executeRaw`select 1 from fund_agreement where allocation_id = ${account.allocationId}::uuid for share`
    const current = await readAccount(tx, account.allocationId)
    const chosen = await chooseOwed(tx, now, current, asked)
    const groups = byProvider(chosen.owed, chosen.credits)
    const payments = await startPayments(
      tx,
      now,
      actor,
      groups.map((group): NewPayment => ({
        method: group.pence === 0 ? 'set_off' : 'fund_holder',
        payer: { kind: 'fund_holder', id: current.holderId },
        providerId: group.providerId,
        personId: current.personId,
        payableIds: [...group.owed, ...group.credits].map(({ payableId }) => payableId),
      })),
    )
    const ids = (moved: boolean): string[] =>
      payments.filter(({ pence }) => pence > 0 === moved).map(({ id }) => id)
    await markSent(tx, now, actor, ids(true))
    // Nothing moves where a payment and what comes back are the same: it is done.
    await markConfirmed(tx, now, actor, ids(false))
    await answerInstructions(tx, now, actor, current, chosen.owed)
    await recordAudit(tx, now, actor, {
      action: 'payment.held_paid',
      subjectType: 'allocation',
      subjectId: current.allocationId,
      forPersonId: current.personId,
      facts: { pence: asked.expectedPence, payments: payments.length, things: chosen.owed.length },
    })
    await tell(
      tx,
      now,
      payments.flatMap((payment) => noticesOf(current, payment, groups)),
    )
    return { payments, pence: asked.expectedPence, account: current }
  })
}

/** What was ticked, if each may be paid and it still comes to what the page said. */
async function chooseOwed(
  tx: Tx,
  now: Temporal.Instant,
  account: HeldAccount,
  asked: z.output<typeof paidSchema>,
) {
  const wanted = new Set(asked.payableIds)
  const { owed, credits } = await readOwed(tx, account, londonDate(now))
  const chosen = owed.filter(({ payableId }) => wanted.has(payableId))
  if (chosen.length !== wanted.size)
    throw new DomainError(
      'STALE_STATE',
      'Some of this has been paid, or is being paid, meanwhile. Nothing was marked. Look at what is still to pay.',
    )
  for (const { word, what } of chosen)
    if (!isWord(word))
      throw new DomainError(
        'REFUSED_BY_RULE',
        `${what}: ${noWordSentence(word, account.shortName)} Nothing was marked as paid.`,
      )
  const pence = byProvider(chosen, credits).reduce((sum, group) => sum + group.pence, 0)
  if (pence !== asked.expectedPence)
    throw new DomainError(
      'STALE_STATE',
      `It comes to ${pounds(pence)} now. Nothing was marked as paid. Look at it again.`,
    )
  return { owed: chosen, credits }
}

/** What was asked for is done; what a standing instruction covered is written down as asked for by it. */
async function answerInstructions(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  account: HeldAccount,
  owed: readonly Owed[],
): Promise<void> {
  const at = toDate(now)
  const answeredById = actor.kind === 'user' ? actor.userId : null
  const asked = owed.flatMap(({ told }) => (told?.state === 'asked' ? [told.instructionId] : []))
  const { count } = await tx.paymentInstruction.updateMany({
    where: { id: { in: asked }, state: 'asked' },
    data: { state: 'done', answeredAt: at, answeredById },
  })
  if (count !== asked.length)
    throw new DomainError(
      'STALE_STATE',
      `${account.shortName} took a request back a moment ago. Nothing was marked as paid.`,
    )
  const { agreement } = account
  await tx.paymentInstruction.createMany({
    data: owed
      .filter(({ word }) => word === 'standing')
      .map((one) => ({
        id: newId(),
        allocationId: account.allocationId,
        personId: account.personId,
        holderId: account.holderId,
        payableId: one.payableId,
        pence: one.pence,
        state: 'done' as const,
        note: 'By the standing instruction',
        askedById: agreement?.standingById ?? null,
        authorityId: agreement?.standingAuthorityId ?? null,
        // From when on it was to be paid: the later of the two.
        askedAt: toDate(
          agreement?.standingSince && Temporal.Instant.compare(agreement.standingSince, one.since) > 0
            ? agreement.standingSince
            : one.since,
        ),
        answeredAt: at,
        answeredById,
      })),
  })
}

function noticesOf(
  account: HeldAccount,
  payment: Started,
  groups: ReturnType<typeof byProvider>,
): NewNotice[] {
  const group = groups.find(({ providerId }) => providerId === payment.providerId)
  const amount = pounds(payment.pence)
  const own = group?.own ? ` ${account.holderName} paid itself: it is its own service.` : ''
  return [
    {
      to: { personId: account.personId },
      kind: 'payment.held_sent',
      title: `${account.holderName} paid ${amount} to ${group?.provider ?? 'a provider'} for you`,
      body: `It comes from your ${account.streamName.toLowerCase()}.${own} See what it was for, and say so if something is not right.`,
      path: `/my/money/held/${account.allocationId}`,
      subjectId: payment.id,
    },
    ...(group?.own || payment.pence === 0
      ? []
      : [
          {
            to: { providerId: payment.providerId },
            kind: 'payment.held_sent',
            title: `${amount} is on its way to you`,
            body: `From ${account.holderName}, who holds ${account.shortName}’s money. The reference is ${payment.reference}.`,
            path: '/provider/money',
            subjectId: payment.id,
          },
        ]),
  ]
}
