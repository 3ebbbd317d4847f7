import { type z } from 'zod'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type {
  Authorise,
  AuthoriseAnswer,
  CardDecline,
  CardDelivery,
  CardEvent,
  CardReply,
  CardStatus,
  Cards,
} from '#services/ports/cards.ts'
import { CARD_DECLINES } from '#services/ports/cards.ts'
import type { StripeClient } from '../payments/stripe-client.server.ts'
import { openDelivery } from '../payments/stripe-deliveries.server.ts'
import { fromSeconds, known } from '../payments/vendor.ts'
import { controlsRefuse, isCash } from '#services/ports/card-controls.ts'
import {
  authorisationShape,
  cardShape,
  cardState,
  controlsOf,
  merchantOf,
  statusOf,
  type StripeAuthorisation,
  transactionShape,
} from './stripe-issuing-shapes.ts'

/** Stripe waits two seconds; an answer that is on its way at 1.6 still gets there. */
const ANSWER_WITHIN_MS = 1_600
const TAKEN: CardReply = { status: 200, headers: {}, body: '' }

/** docs.stripe.com/api/issuing/authorizations/object: request_history.reason */
const REASONS: Readonly<Record<string, CardDecline>> = {
  insufficient_funds: 'not_enough',
  cardholder_inactive: 'frozen',
  cardholder_blocked: 'frozen',
  card_canceled: 'ended',
  card_expired: 'ended',
  account_disabled: 'fund_ended',
  webhook_timeout: 'no_answer',
  webhook_error: 'no_answer',
}

const UNUSABLE: Readonly<Record<CardStatus, CardDecline>> = {
  active: 'scheme_said_no',
  waiting: 'not_active',
  frozen: 'frozen',
  ended: 'ended',
}

const about = (authorisation: StripeAuthorisation) => {
  const request = authorisation.request_history.at(-1)
  const amount = pence(
    authorisation.pending_request?.amount ?? (authorisation.amount || (request?.amount ?? 0)),
  )
  const merchant = merchantOf(authorisation.merchant_data)
  return { authorisation: authorisation.id, amount, merchant, cash: isCash(merchant.mcc) }
}

/** Why it was declined: what we answered is kept with it; what Stripe decided alone is read from the card's controls. */
function declineOf(authorisation: StripeAuthorisation): { reason: CardDecline; upTo: Pence | null } {
  const kept = authorisation.metadata ?? {}
  const said = CARD_DECLINES.find((reason) => reason === kept['kith_reason'])
  const upTo = /^\d{1,11}$/.test(kept['kith_up_to'] ?? '') ? pence(Number(kept['kith_up_to'])) : null
  if (said) return { reason: said, upTo }
  const why = authorisation.request_history.at(-1)?.reason ?? ''
  const { amount, merchant, cash } = about(authorisation)
  if (why === 'spending_controls') {
    const controls = { ...controlsOf(authorisation.card), perDay: null, perMonth: null }
    const refusal = controlsRefuse(controls, { amount, mcc: merchant.mcc, cash }, NOTHING_SPENT)
    return refusal ?? { reason: 'over_period_limit', upTo: null }
  }
  // Earlier versions call an ended card inactive, too: the card itself says.
  if (why === 'card_inactive') return { reason: UNUSABLE[statusOf(authorisation.card)], upTo: null }
  return { reason: known(REASONS, why) ?? 'scheme_said_no', upTo: null }
}
const NOTHING_SPENT = { day: pence(0), month: pence(0) }

type Reader = (object: unknown, head: Pick<CardEvent, 'id' | 'at'>) => CardEvent | null | 'odd'
const reads =
  <Shape extends z.ZodType>(
    shape: Shape,
    say: (object: z.output<Shape>, head: Pick<CardEvent, 'id' | 'at'>) => CardEvent | null,
  ): Reader =>
  (object, head) => {
    const { data, error } = shape.safeParse(object)
    return error ? 'odd' : say(data, head)
  }

const READERS: Readonly<Record<string, Reader>> = {
  'issuing_authorization.created': reads(authorisationShape, (authorisation, head) => {
    const card = authorisation.card.id
    return authorisation.approved
      ? { ...head, card, type: 'authorised', ...about(authorisation) }
      : { ...head, card, type: 'declined', ...about(authorisation), ...declineOf(authorisation) }
  }),
  'issuing_authorization.updated': reads(authorisationShape, (authorisation, head) =>
    authorisation.status === 'reversed' || authorisation.status === 'expired'
      ? { ...head, card: authorisation.card.id, type: 'reversed', authorisation: authorisation.id }
      : null,
  ),
  'issuing_transaction.created': reads(transactionShape, (made, head) => {
    const common = {
      ...head,
      card: made.card,
      transaction: made.id,
      authorisation: made.authorization ?? null,
      amount: pence(Math.abs(made.amount)),
      merchant: merchantOf(made.merchant_data),
    }
    // What leaves is below zero there.
    return made.amount < 0
      ? { ...common, type: 'cleared', cash: isCash(made.merchant_data.category_code) }
      : { ...common, type: 'refunded' }
  }),
  'issuing_card.updated': reads(cardShape, (card, head) => ({
    ...head,
    card: card.id,
    type: 'card_changed',
    status: statusOf(card),
  })),
}

export interface IssuingOptions {
  answerWithinMs?: number
  /** Told of what the ledger threw when it was asked. */
  report: (error: unknown) => void
}

export function issuingEvents(client: StripeClient, options: IssuingOptions): Pick<Cards, 'receive'> {
  const within = options.answerWithinMs ?? ANSWER_WITHIN_MS
  return {
    async receive(rawBody, signature, authorise): Promise<CardDelivery> {
      const opened = await openDelivery(client, rawBody, signature)
      if (!opened.ok) return opened
      const { delivery } = opened
      const head = { id: delivery.id, at: fromSeconds(delivery.created) }
      if (delivery.type === 'issuing_authorization.request') {
        const { data } = authorisationShape.safeParse(delivery.data.object)
        const answer = data
          ? await answerOf(data, head.at, authorise)
          : ({ approve: false, reason: 'scheme_said_no', upTo: null } as const)
        return { ok: true, event: null, reply: await replyOf(answer) }
      }
      const said = known(READERS, delivery.type)?.(delivery.data.object, head) ?? null
      const unknown = {
        ...head,
        card: '',
        type: 'unknown',
        name: delivery.type,
        odd: said === 'odd',
      } as const
      return { ok: true, event: said === null || said === 'odd' ? unknown : said, reply: TAKEN }
    },
  }

  /** Kinds of shop first, since they need no ledger; then the ledger, for as long as the scheme waits. */
  async function answerOf(
    authorisation: StripeAuthorisation,
    at: Temporal.Instant,
    authorise: Authorise,
  ): Promise<AuthoriseAnswer> {
    const { card } = authorisation
    const purchase = about(authorisation)
    const controls = { ...controlsOf(card), perDay: null, perMonth: null }
    const refusal = controlsRefuse(
      controls,
      { amount: purchase.amount, mcc: purchase.merchant.mcc, cash: purchase.cash },
      NOTHING_SPENT,
    )
    if (refusal) return { approve: false, ...refusal }
    const tooLate: AuthoriseAnswer = { approve: false, reason: 'no_answer', upTo: null }
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<AuthoriseAnswer>((resolve) => {
      timer = setTimeout(resolve, within, tooLate)
    })
    const asked = authorise({ ...purchase, card: card.id, allocation: cardState(card).allocation, at }).catch(
      (error: unknown) => {
        options.report(error)
        return tooLate
      },
    )
    try {
      return await Promise.race([asked, patience])
    } finally {
      clearTimeout(timer)
    }
  }

  async function replyOf(answer: AuthoriseAnswer): Promise<CardReply> {
    const { default: Sdk } = await import('stripe')
    return {
      status: 200,
      // docs.stripe.com/issuing/controls/real-time-authorizations: the version is required in the answer.
      headers: { 'Content-Type': 'application/json', 'Stripe-Version': Sdk.API_VERSION },
      body: JSON.stringify({
        approved: answer.approve,
        ...(!answer.approve && {
          metadata: {
            kith_reason: answer.reason,
            ...(answer.upTo !== null && { kith_up_to: String(answer.upTo) }),
          },
        }),
      }),
    }
  }
}
