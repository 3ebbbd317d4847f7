/** What finance, or the person, writes down about money that arrived. */
import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { recordPayIn } from '#services/budgets/pay-in.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, londonDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { personForFinance } from './assess.server.ts'
import { lockPeople } from './charge-weeks.server.ts'
import { payInSchema, recordSchema } from './contributions.schema.ts'
import { markContributionsFailed, recordContributions } from './record-contributions.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** A bank's list does not reach further back. */
const YEARS_BACK = 2

const refuse = (field: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })

/**
 * Finance saw a transfer in the council's account. With the id of a payment that the person announced it is that one.
 * Sent twice it is one payment.
 * @throws SIGN_IN, NOT_FOUND for all but finance of the person's council; SECOND_STEP; ZodError and INVALID beside fields
 */
export async function recordTransfer(
  deps: Needs,
  actor: Actor,
  personId: string,
  input: z.input<typeof recordSchema>,
): Promise<void> {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  requireFreshSecondStep(actor)
  const { paymentId, amount, onDay } = recordSchema.parse(input)
  const now = deps.clock.now()
  const today = londonDate(now)
  if (onDay > today.toString()) throw refuse('onDay', 'That day is still to come')
  if (onDay < today.subtract({ years: YEARS_BACK }).toString())
    throw refuse('onDay', 'That is more than two years ago. Check the year')
  await deps.db.tx(async (tx) => {
    const known = await tx.contributionPayment.findUnique({
      where: { id: paymentId },
      select: { personId: true, councilId: true },
    })
    if (known && (known.personId !== personId || known.councilId !== person.councilId)) throw notFound()
    const arrived = { pence: amount, onDay: Temporal.PlainDate.from(onDay) }
    const [moved] = await recordContributions(tx, now, actor, [
      known
        ? { ...arrived, paymentId }
        : { ...arrived, newId: paymentId, personId, councilId: person.councilId },
    ])
    if (!moved) return
    await recordAudit(tx, now, actor, {
      action: 'contribution.recorded',
      subjectType: 'contribution_payment',
      subjectId: paymentId,
      forPersonId: personId,
      facts: { pence: amount, onDay },
    })
  })
}

/**
 * Finance says that a payment which the person announced never came.
 * @throws as recordTransfer; STALE_STATE when it has arrived or ended meanwhile
 */
export async function sayNotArrived(
  deps: Needs,
  actor: Actor,
  personId: string,
  paymentId: string,
): Promise<void> {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  requireFreshSecondStep(actor)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const known = await tx.contributionPayment.findFirst({
      where: { id: paymentId, personId, councilId: person.councilId, method: 'transfer' },
      select: { id: true },
    })
    if (!known) throw notFound()
    const [moved] = await markContributionsFailed(tx, now, [{ id: paymentId, failure: 'other' }])
    if (!moved)
      throw new DomainError('STALE_STATE', 'This has arrived, or ended, meanwhile. Open the page again.')
    await recordAudit(tx, now, actor, {
      action: 'contribution.not_arrived',
      subjectType: 'contribution_payment',
      subjectId: paymentId,
      forPersonId: personId,
    })
  })
}

/** Whether the person sees the account themselves. */
export const isOwnAccount = (deployment: string): boolean =>
  deployment === 'direct_payment_bank' || deployment === 'direct_payment_card'

/** What a person or finance says came into the account of the fund. A second press finds less open than the page said. */
async function payIn(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  personId: string,
  input: z.output<typeof payInSchema>,
  by: 'person' | 'finance',
): Promise<boolean> {
  await lockPeople(tx, [personId])
  const allocation = await tx.allocation.findFirst({
    where: { id: input.payInId, personId, towardsId: { not: null } },
    select: {
      id: true,
      deployment: true,
      instalments: { where: { arrivedAt: null }, select: { pence: true }, take: 1_000 },
    },
  })
  if (!allocation) throw notFound()
  if (by === 'person' && !isOwnAccount(allocation.deployment))
    throw new DomainError(
      'REFUSED_BY_RULE',
      'Somebody holds this account for you. They, or the council, write down what arrives in it.',
    )
  const open = allocation.instalments.reduce((sum, one) => sum + one.pence, 0)
  // Pressed twice: what was open then has become less by just this.
  if (open === input.open - input.amount) return false
  if (open !== input.open)
    throw new DomainError(
      'STALE_STATE',
      'What is to be paid in has changed. Look again; nothing was changed.',
    )
  if (input.amount > open)
    throw refuse('amount', `Only ${pounds(open)} is still to be paid in. Enter that or less`)
  await recordPayIn(tx, now, actor, { allocationId: allocation.id, pence: input.amount, source: 'hand' })
  await recordAudit(tx, now, actor, {
    action: 'contribution.paid_in',
    subjectType: 'allocation',
    subjectId: allocation.id,
    forPersonId: personId,
    facts: { pence: input.amount },
  })
  return true
}

/**
 * The person, or who manages the money for them, says that they paid their part into the account: from then on it can be
 * used. It never arrives by itself.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN without the scope manage_money; REFUSED_BY_RULE where somebody holds the account;
 *   ZodError and INVALID beside fields; STALE_STATE
 */
export async function sayPaidIn(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof payInSchema>,
): Promise<void> {
  const parsed = payInSchema.parse(input)
  requirePersonInView(actor, parsed.personId)
  requireScope(actor, parsed.personId, 'manage_money')
  await deps.db.tx((tx) => payIn(tx, deps.clock.now(), actor, parsed.personId, parsed, 'person'))
}

/**
 * Finance saw it in the account's statement.
 * @throws as recordTransfer
 */
export async function recordPaidIn(
  deps: Needs,
  actor: Actor,
  personId: string,
  input: z.input<typeof payInSchema>,
): Promise<void> {
  await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  requireFreshSecondStep(actor)
  const parsed = payInSchema.parse({ ...input, personId })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    if (!(await payIn(tx, now, actor, personId, parsed, 'finance'))) return
    await tell(tx, now, [
      {
        to: { personId },
        kind: 'payment.contribution_paid_in',
        title: `Your ${pounds(parsed.amount)} has arrived in your fund`,
        body: 'You can use it from now on.',
        path: '/my/money',
        subjectId: parsed.payInId,
      },
    ])
  })
}
