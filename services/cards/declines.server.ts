import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { fromDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { cardDeclineWords } from '#services/ports/card-words.ts'
import { CARD_DECLINES, type CardDecline } from '#services/ports/cards.ts'

type NewRow = Omit<Prisma.CardTransactionUncheckedCreateInput, 'state'> & {
  id: string
  personId: string
  at: Date
}

/** Keeps a purchase that was refused, and tells the person why and what would have worked. */
export async function keepDecline(
  tx: Tx,
  row: NewRow,
  refusal: { reason: CardDecline; upTo: Pence | null },
): Promise<void> {
  const upTo = refusal.upTo !== null && refusal.upTo > 0 ? refusal.upTo : null
  await tx.cardTransaction.create({
    data: { ...row, state: 'declined', declined: refusal.reason, upToPence: upTo },
    select: { id: true },
  })
  await tellDeclined(tx, row, refusal.reason, upTo)
}

export async function tellDeclined(
  tx: Tx,
  row: { id: string; personId: string; pence: number; merchant?: string; at: Date },
  reason: CardDecline,
  upTo: Pence | null,
): Promise<void> {
  const { what, next } = cardDeclineWords(reason, upTo)
  const where = row.merchant ? ` at ${row.merchant}` : ''
  await tell(tx, fromDate(row.at), [
    {
      to: { personId: row.personId },
      kind: 'card.declined',
      title: `Your card was refused${where}`,
      body: `It was for ${pounds(row.pence)}. ${what} ${next}`,
      path: '/my/money/card',
      subjectId: row.id,
    },
  ])
}

/** What is kept of a refusal, in words. */
export function declineWordsOf(row: { declined: string | null; upToPence: number | null }): {
  what: string
  next: string
} {
  const reason = CARD_DECLINES.find((one) => one === row.declined) ?? 'scheme_said_no'
  return cardDeclineWords(reason, row.upToPence === null ? null : pence(row.upToPence))
}
