import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { may, personInView, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { PayBy } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { dateColumn, londonDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'

/** What a person may choose; a prepaid card comes with a fund that is on one, and is not chosen. */
export const PAY_BY = ['saved_card', 'card_each_time', 'bank_transfer'] as const

export const PAY_BY_WORDS: Record<PayBy, { label: string; says: string }> = {
  saved_card: {
    label: 'By itself, from a saved card',
    says: 'Each visit is paid from your card after you said yes to it. When the card is refused, it waits for you.',
  },
  card_each_time: {
    label: 'By card, each time you say so',
    says: 'What you owe waits on your page. You pay it by card when you want to.',
  },
  bank_transfer: {
    label: 'By bank transfer',
    says: 'What you owe waits on your page. You send it from your bank with a reference, and your bank’s file shows that it is paid.',
  },
  prepaid_card: {
    label: 'With the card of this fund',
    says: 'This fund is on a card. You pay providers with it, and each payment is recognised. Ask your council when you want that otherwise.',
  },
}

export interface HowYouPay {
  person: { id: string; shortName: string; self: boolean }
  funds: { id: string; name: string; payBy: PayBy; fixed: boolean }[]
  mayChange: boolean
}

const MOST = 100
/** Only where the person themselves pays the provider; what they pay in goes with the fund that it is for. */
const theirs = (personId: string) => ({
  personId,
  deployment: { in: ['direct_payment_bank' as const, 'direct_payment_card' as const] },
  towardsId: null,
})

/** How each of a person's funds pays. @throws SIGN_IN, NOT_FOUND, FORBIDDEN without the scope `see_money` */
export async function howYouPayPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): Promise<HowYouPay> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const today = dateColumn(londonDate(deps.clock.now()))
  const [person, funds] = await Promise.all([
    deps.db.prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    deps.db.prisma.allocation.findMany({
      where: { ...theirs(personId), endsOn: { gte: today } },
      orderBy: [{ agreedPence: 'desc' }, { id: 'asc' }],
      take: MOST,
      select: { id: true, payBy: true, deployment: true, stream: { select: { name: true } } },
    }),
  ])
  return {
    person: { id: personId, shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    mayChange: may(actor, personId, 'manage_money'),
    funds: funds.map(({ id, payBy, deployment, stream }) => ({
      id,
      name: stream.name,
      payBy,
      fixed: deployment === 'direct_payment_card',
    })),
  }
}

export const changePayBySchema = z.object({
  personId: z.uuid(),
  allocationId: z.uuid(),
  payBy: z.enum(PAY_BY, { error: 'Choose how this fund pays' }),
})

/**
 * A fund pays another way from now on. What is on its way stays as it is; what is due and not begun is paid the new way.
 * @throws NOT_FOUND for a fund that the person does not pay from, or that is on a card; FORBIDDEN without `manage_money`; ZodError
 */
export async function changePayBy(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof changePayBySchema>,
): Promise<void> {
  const { personId, allocationId, payBy } = changePayBySchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const fund = await tx.allocation.findFirst({
      where: { id: allocationId, ...theirs(personId), deployment: 'direct_payment_bank' },
      select: { payBy: true, stream: { select: { name: true } } },
    })
    if (!fund) throw notFound()
    if (fund.payBy === payBy) return
    // What the person pays in stands in the same account.
    await tx.allocation.updateMany({
      where: { OR: [{ id: allocationId }, { towardsId: allocationId }] },
      data: { payBy },
    })
    await recordAudit(tx, now, actor, {
      action: 'fund.pay_by_changed',
      subjectType: 'allocation',
      subjectId: allocationId,
      forPersonId: personId,
      facts: { from: fund.payBy, to: payBy },
    })
    if (actor.kind === 'user' && actor.actingFor)
      await tell(tx, now, [
        {
          to: { personId },
          kind: 'payment.pay_by_changed',
          title: `${fund.stream.name} pays another way`,
          body: `${actor.name} changed it for you: ${PAY_BY_WORDS[payBy].label.toLowerCase()}.`,
          path: '/my/money/how-you-pay',
          subjectId: allocationId,
        },
      ])
  })
}
