import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { Pence } from '#services/kernel/money.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, isoText, londonDate, londonInstant } from '#services/kernel/time.ts'

const find = (tx: Tx, id: string) =>
  tx.card.findUnique({
    where: { id },
    include: {
      programme: true,
      allocation: {
        select: { startsOn: true, endsOn: true, movedOn: true, stream: { select: { name: true } } },
      },
    },
  })
export type CardRow = NonNullable<Awaited<ReturnType<typeof find>>>
export type TransactionRow = NonNullable<Awaited<ReturnType<Tx['cardTransaction']['findUnique']>>>

const ids = z.array(z.object({ id: z.string() }))

/**
 * A card by the scheme's name for it, locked: what is asked and told about one card happens one after another.
 * @returns null when it is none of ours
 */
export async function lockCard(tx: Tx, externalId: string): Promise<CardRow | null> {
  const [found] = ids.parse(
    await tx.$queryRaw`select id::text from card where external_id = ${externalId} for no key update`,
  )
  return found ? find(tx, found.id) : null
}

export const findTransaction = (tx: Tx, cardId: string, externalId: string): Promise<TransactionRow | null> =>
  tx.cardTransaction.findUnique({ where: { cardId_externalId: { cardId, externalId } } })

const sums = z.array(z.object({ day: z.number(), month: z.number(), cash: z.number() }))

/** What a card spent in London's day and month, and in cash today: set aside or taken. */
export async function readSpent(
  tx: Tx,
  cardId: string,
  now: Temporal.Instant,
): Promise<{ day: Pence; month: Pence; cash: Pence }> {
  const today = londonDate(now)
  const day = isoText(londonInstant(today.toString(), '00:00'))
  const month = isoText(londonInstant(today.with({ day: 1 }).toString(), '00:00'))
  const [row] = sums.parse(
    await tx.$queryRaw`
      select coalesce(sum(pence) filter (where at >= ${day}::timestamptz), 0)::int as day, coalesce(sum(pence), 0)::int as month,
        coalesce(sum(pence) filter (where at >= ${day}::timestamptz and movement = 'cash'), 0)::int as cash
      from card_transaction
      where card_id = ${cardId}::uuid and movement in ('purchase', 'cash') and state in ('authorised', 'cleared') and at >= ${month}::timestamptz`,
  )
  return { day: pence(row?.day ?? 0), month: pence(row?.month ?? 0), cash: pence(row?.cash ?? 0) }
}
