import type { Tx } from '#services/db/client.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { CardHolder, CardResult, CardState as SchemeCard } from '#services/ports/cards.ts'
import type { Deps } from '#services/ports/deps.ts'
import { adapterOf } from './load-cards.server.ts'

export const schemeSilent = (): DomainError =>
  new DomainError(
    'UNAVAILABLE',
    'The card scheme does not answer at the moment. Please try again in a few minutes; nothing happens twice.',
  )

/** @throws UNAVAILABLE, or REFUSED_BY_RULE when the scheme knows no such card */
export function cardOf(result: CardResult): SchemeCard {
  if (result.status === 'done') return result.card
  if (result.status === 'unavailable') throw schemeSilent()
  throw new DomainError(
    'REFUSED_BY_RULE',
    'The card scheme does not know this card. Ring the people who run it; the number is on the back of the card.',
  )
}

/** @throws REFUSED_BY_RULE for a scheme that only sends files: whoever runs it does that */
export function requireSchemeHere(
  deps: Pick<Deps, 'cards'>,
  programme: { adapter: string; name: string },
): void {
  if (programme.adapter !== adapterOf(deps))
    throw new DomainError(
      'REFUSED_BY_RULE',
      `${programme.name} is run by somebody else, and only tells us what was paid. Ring them: the number is on the back of the card.`,
    )
}

/** Whoever carries it, as a scheme wants to know them. */
export function holderOf(
  id: string,
  name: string,
  address: { addressLine: string | null; postcode: string | null },
): CardHolder {
  const words = name.trim().split(/\s+/)
  const parts = (address.addressLine ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return {
    id,
    reference: null,
    firstName: words.length > 1 ? words.slice(0, -1).join(' ') : name,
    lastName: words.at(-1) ?? name,
    dateOfBirth: null,
    email: null,
    phone: null,
    address: {
      line1: parts[0] ?? '',
      town: parts.length > 1 ? (parts.at(-1) ?? '') : '',
      postcode: address.postcode ?? '',
    },
  }
}

/** Writes a card down as the scheme made it; the same one is written once. @returns its id */
export async function keepCard(
  tx: Tx,
  now: Temporal.Instant,
  made: Pick<SchemeCard, 'card' | 'status' | 'last4'>,
  of: {
    programmeId: string
    allocationId: string
    personId: string
    holderName: string
    supporterUserId: string | null
    replacesId: string | null
  },
): Promise<{ cardId: string; created: boolean }> {
  const id = newId()
  const { count } = await tx.card.createMany({
    data: [
      {
        id,
        ...of,
        state: made.status === 'ended' ? 'closed' : made.status,
        last4: made.last4,
        externalId: made.card,
        createdAt: toDate(now),
      },
    ],
    skipDuplicates: true,
  })
  if (count > 0) return { cardId: id, created: true }
  const known = await tx.card.findUniqueOrThrow({ where: { externalId: made.card }, select: { id: true } })
  return { cardId: known.id, created: false }
}
