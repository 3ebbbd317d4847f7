/** The person pays what they owe the council by card, on the payment service's page. */
import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { personInView, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { lockPeople } from '#services/contributions/charge-weeks.server.ts'
import { cardSchema } from '#services/contributions/contributions.schema.ts'
import { readStanding } from '#services/contributions/read-standing.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import { applyContribution } from './apply-contribution.server.ts'
import { LEAST } from './debit.rules.ts'
import { outcomeOfState } from './outcomes.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
const HERE = '/my/money/towards/pay'

/**
 * Opens the page on which the person in view pays an amount of what they owe. A page that is still open for another amount is
 * closed first, so that nothing is paid twice.
 * @param input.cardAmount pounds as typed; at most what is owed and not on its way
 * @returns the address of the page; they come back to /my/money/towards/pay?paid=<id>, which asks what became of it
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN without manage_money; ZodError, INVALID beside the field; STALE_STATE when it was paid
 *   meanwhile; REFUSED_BY_RULE when the council takes no cards; UNAVAILABLE: then what was begun is called off again
 */
export async function payContributionByCard(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof cardSchema>,
): Promise<string> {
  const { personId, cardAmount: amount } = cardSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const { councilId } = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: { councilId: true },
  })
  const account = await accountOf(deps, councilId)
  await closeOpen(deps, personId, councilId)
  const now = deps.clock.now()
  const id = newId()
  await deps.db.tx(async (tx) => {
    await lockPeople(tx, [personId])
    const { owed, onItsWay } = await readStanding(tx, personId, councilId, londonDate(now))
    const most = Math.max(0, owed.total - onItsWay)
    if (amount > most)
      throw invalid({ cardAmount: [`That is more than is owed. Enter ${pounds(most)} or less`] })
    if (amount < LEAST) throw invalid({ cardAmount: ['Cards take 30p or more'] })
    await tx.contributionPayment.create({
      data: {
        id,
        reference: paymentReference(id),
        personId,
        councilId,
        pence: amount,
        method: 'card',
        state: 'needs_you',
        externalUrl: '',
        startedAt: toDate(now),
      },
    })
    await recordAudit(tx, now, actor, {
      action: 'contribution.card_begun',
      subjectType: 'contribution_payment',
      subjectId: id,
      forPersonId: personId,
      facts: { pence: amount },
    })
  })
  const back = `${deps.settings.origin}${HERE}?paid=${id}`
  try {
    const page = await deps.payments.checkout({
      key: id,
      account,
      amount,
      payment: id,
      words: `What you pay towards your care, ${paymentReference(id)}`,
      doneUrl: back,
      backUrl: back,
    })
    await deps.db.prisma.contributionPayment.updateMany({
      where: { id, state: 'needs_you' },
      data: { externalId: page.reference, externalUrl: page.url },
    })
    return page.url
  } catch (error) {
    await callOff(deps, id)
    throw error
  }
}

/**
 * The person comes back from the page: the service is asked what became of it, so that a lost event does not matter.
 * @returns how it stands now
 * @throws SIGN_IN; NOT_FOUND for payments of others; FORBIDDEN without see_money
 */
export async function contributionCameBack(deps: Needs, actor: Actor, paymentId: string): Promise<string> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const one = isId(paymentId)
    ? await deps.db.prisma.contributionPayment.findFirst({
        where: { id: paymentId, personId, method: 'card' },
      })
    : null
  if (!one) throw notFound()
  if (!one.externalId || !['needs_you', 'sent'].includes(one.state)) return one.state
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: { councilId: one.councilId } })
  const state = await deps.payments
    .find({ account: account?.externalId ?? '', reference: one.externalId })
    .catch((error: unknown) => {
      deps.log.warn({ paymentId, err: error }, 'a payment could not be asked after')
      return null
    })
  const outcome = state && outcomeOfState(state)
  if (outcome)
    await deps.db.tx((tx) => applyContribution(tx, deps.clock.now(), system('ask_payment'), one.id, outcome))
  const { state: stands } = await deps.db.prisma.contributionPayment.findUniqueOrThrow({
    where: { id: one.id },
  })
  return stands
}

/** The council's account at the payment service. @throws REFUSED_BY_RULE without one that takes payments */
export async function accountOf(deps: Pick<Deps, 'db'>, councilId: string): Promise<string> {
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: { councilId } })
  if (!account?.chargesEnabled)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'The council takes no cards and no Direct Debits here yet. Pay by bank transfer.',
    )
  return account.externalId
}

const callOff = (deps: Needs, paymentId: string) =>
  deps.db.tx((tx) =>
    applyContribution(tx, deps.clock.now(), system('checkout'), paymentId, {
      status: 'cancelled',
      reference: null,
    }),
  )

/** Closes pages that wait, there and here. What turns out to be paid is taken as paid, and nothing new is begun. */
async function closeOpen(deps: Needs, personId: string, councilId: string): Promise<void> {
  const waiting = await deps.db.prisma.contributionPayment.findMany({
    where: { personId, councilId, method: 'card', state: 'needs_you' },
    take: 5,
  })
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: { councilId } })
  for (const one of waiting) {
    const state = one.externalId
      ? await deps.payments.cancel({
          account: account?.externalId ?? '',
          reference: one.externalId,
          key: `cancel:${one.id}`,
        })
      : null
    const paid = state && (state.status === 'confirmed' || state.status === 'sent') && outcomeOfState(state)
    if (paid) {
      await deps.db.tx((tx) => applyContribution(tx, deps.clock.now(), system('checkout'), one.id, paid))
      throw new DomainError('STALE_STATE', 'This has been paid meanwhile. Nothing more was taken.')
    }
    await callOff(deps, one.id)
  }
}
