import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { type Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { type CardPress, pressesOf } from './cards.rules.ts'
import { pressSchema } from './cards.schema.ts'
import { cardOf, keepCard, requireSchemeHere } from './issue.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'cards' | 'log'>

const DONE: Readonly<Record<CardPress, string>> = {
  freeze: 'The card is frozen. Nothing can be paid with it until you unfreeze it.',
  unfreeze: 'The card works.',
  replace: 'The old card has stopped. A new one is made for you.',
  end: 'The card has ended.',
}

/**
 * What a person does with a card of theirs: freeze it, start or unfreeze it, have it replaced when it is lost, stolen or damaged, or
 * end a supporter's. What makes a card stop counts in Kith's ledger before the scheme is asked, so that it counts even when the
 * scheme does not answer.
 *
 * @returns what happened, in a sentence
 * @throws NOT_FOUND; FORBIDDEN without the scope `manage_money`; STALE_STATE when the card has changed meanwhile; INVALID without
 *   a reason to replace it; REFUSED_BY_RULE for a scheme that only sends files; UNAVAILABLE when the scheme does not answer
 */
export async function pressCard(
  deps: Needs,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<string> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'manage_money')
  const { personId, cardId, press, why } = parseInput(pressSchema, input)
  const card = await deps.db.prisma.card.findFirst({
    where: { id: cardId, personId },
    include: { programme: { select: { adapter: true, name: true } } },
  })
  if (!card || (press === 'end' && card.supporterUserId === null)) throw notFound()
  const asked = wanted(press, why)
  const again = press === 'freeze' && card.state === 'frozen'
  if (press !== 'end' && !again && !pressesOf(card.state).includes(press)) throw changedMeanwhile()
  requireSchemeHere(deps, card.programme)
  const stops = press === 'freeze' || press === 'end' || why === 'lost' || why === 'stolen'
  if (stops) {
    const state = press === 'end' ? ('closed' as const) : ('frozen' as const)
    const ended = press === 'end' ? { endedAt: toDate(deps.clock.now()) } : {}
    await deps.db.prisma.card.updateMany({
      where: { id: card.id, state: card.state },
      data: { state, ...ended },
    })
  }
  const at = { account: null, card: card.externalId }
  const made = cardOf(
    press === 'replace'
      ? await deps.cards.replace({ ...at, key: `${card.id}:replace`, why: asked })
      : await deps.cards[press]({ ...at, key: `${card.id}:${press}:${newId()}` }),
  )
  const done =
    press === 'replace' && made.status === 'waiting'
      ? `${DONE.replace} It comes in the post: start it when it is there.`
      : DONE[press]
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    if (press === 'unfreeze')
      await tx.card.updateMany({ where: { id: card.id, state: card.state }, data: { state: 'active' } })
    if (press === 'replace') {
      await tx.card.update({
        where: { id: card.id },
        data: { state: 'replaced', endedAt: toDate(now) },
        select: { id: true },
      })
      await keepCard(tx, now, made, {
        programmeId: card.programmeId,
        allocationId: card.allocationId,
        personId,
        holderName: card.holderName,
        supporterUserId: card.supporterUserId,
        replacesId: card.id,
      })
    }
    await recordAudit(tx, now, actor, {
      action: `card.${press}`,
      subjectType: 'card',
      subjectId: card.id,
      forPersonId: personId,
      facts: { from: card.state, ...(press === 'replace' ? { why: asked } : {}) },
    })
    if (actor.kind === 'user' && actor.actingFor)
      await tell(tx, now, [
        {
          to: { personId },
          kind: 'card.changed',
          title: `Your card ending ${card.last4}`,
          body: `${actor.name} did this for you. ${done}`,
          path: '/my/money/card',
          subjectId: card.id,
        },
      ])
  })
  return done
}

function wanted(
  press: CardPress,
  why: 'lost' | 'stolen' | 'damaged' | undefined,
): 'lost' | 'stolen' | 'damaged' {
  if (press !== 'replace') return 'damaged'
  if (why) return why
  const sentence = 'Say what happened to the card'
  throw new DomainError('INVALID', sentence, { fields: { why: [sentence] } })
}

export const changedMeanwhile = (): DomainError =>
  new DomainError(
    'STALE_STATE',
    'This card has changed since you opened the page. Look at it again; nothing was changed now.',
  )
