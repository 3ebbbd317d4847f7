import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { live } from '#services/circle/live.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { controlsOf } from './cards.rules.ts'
import { secondCardSchema } from './cards.schema.ts'
import { cardOf, holderOf, keepCard, requireSchemeHere } from './issue.server.ts'

export interface Carrier {
  userId: string
  name: string
}
const MOST = 50

/** Supporters who may carry a card of this person now: by name, and with the scope to manage the money. */
export async function carriersOf(tx: Tx, personId: string, now: Temporal.Instant): Promise<Carrier[]> {
  const found = await tx.authority.findMany({
    where: { personId, scopes: { has: 'manage_money' }, supporterUserId: { not: null }, ...live(now) },
    orderBy: { createdAt: 'asc' },
    take: MOST,
    select: { supporterUserId: true, supporterName: true, supporterUser: { select: { name: true } } },
  })
  const byUser = new Map(
    found.map((one) => [
      one.supporterUserId ?? '',
      one.supporterName ?? one.supporterUser?.name ?? 'A supporter',
    ]),
  )
  return [...byUser].map(([userId, name]) => ({ userId, name }))
}

/**
 * A second card of a fund, carried by a supporter who may manage the money. It draws on the same fund within the same rules, every
 * purchase shows who paid, and it stops by itself when the authority ends.
 *
 * @throws NOT_FOUND for a fund without a card, or a supporter without that scope; FORBIDDEN without `manage_money`; CLASH when
 *   that supporter has a card already; REFUSED_BY_RULE for a scheme that only sends files; UNAVAILABLE
 */
export async function giveSecondCard(
  deps: Pick<Deps, 'db' | 'clock' | 'cards'>,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'manage_money')
  const { personId, allocationId, supporterUserId } = parseInput(secondCardSchema, input)
  const { prisma } = deps.db
  const now = deps.clock.now()
  const [first, carriers, theirs] = await Promise.all([
    prisma.card.findFirst({
      where: {
        personId,
        allocationId,
        supporterUserId: null,
        state: { in: ['waiting', 'active', 'frozen'] },
      },
      include: { programme: true, person: { select: { addressLine: true, postcode: true } } },
    }),
    carriersOf(prisma, personId, now),
    prisma.card.findMany({
      where: { personId, allocationId, supporterUserId },
      take: MOST,
      select: { state: true },
    }),
  ])
  const carrier = carriers.find(({ userId }) => userId === supporterUserId)
  if (!first || !carrier) throw notFound()
  if (theirs.some(({ state }) => state !== 'closed' && state !== 'replaced'))
    throw new DomainError('CLASH', `${carrier.name} has a card of this fund already. Nothing was changed.`)
  requireSchemeHere(deps, first.programme)
  const made = cardOf(
    await deps.cards.issue({
      key: `${allocationId}:${supporterUserId}:${String(theirs.length + 1)}`,
      allocation: allocationId,
      account: null,
      holder: holderOf(supporterUserId, carrier.name, first.person),
      carriedBy: 'supporter',
      form: 'plastic',
      controls: controlsOf(first.programme),
    }),
  )
  await deps.db.tx(async (tx) => {
    const { cardId, created } = await keepCard(tx, now, made, {
      programmeId: first.programmeId,
      allocationId,
      personId,
      holderName: carrier.name,
      supporterUserId,
      replacesId: null,
    })
    if (!created) return
    await recordAudit(tx, now, actor, {
      action: 'card.second_issued',
      subjectType: 'card',
      subjectId: cardId,
      forPersonId: personId,
      facts: { supporterUserId },
    })
    const body = 'It draws on the same fund, within the same rules. Start it when it has come.'
    await tell(tx, now, [
      {
        to: { personId },
        kind: 'card.issued',
        title: `A second card for ${carrier.name}`,
        body,
        path: '/my/money/card',
        subjectId: cardId,
      },
    ])
  })
}

/** Whether whoever carries a card may use it now: a supporter only while they may manage the money. */
export async function mayCarry(
  tx: Tx,
  card: { personId: string; supporterUserId: string | null },
  now: Temporal.Instant,
): Promise<boolean> {
  if (card.supporterUserId === null) return true
  const found = await tx.authority.count({
    where: {
      personId: card.personId,
      supporterUserId: card.supporterUserId,
      scopes: { has: 'manage_money' },
      ...live(now),
    },
  })
  return found > 0
}
