import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { type CouncilPress, PRESS_REASONS, councilPressesOf } from './cards.rules.ts'
import { councilPressSchema } from './cards.schema.ts'
import { cardOf, requireSchemeHere } from './issue.server.ts'
import { changedMeanwhile } from './use-card.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'cards'>

const THEN = {
  freeze: { state: 'frozen', scheme: 'frozen' },
  unfreeze: { state: 'active', scheme: 'active' },
  end: { state: 'closed', scheme: 'ended' },
} as const

const TOLD: Readonly<Record<CouncilPress, string>> = {
  freeze:
    'froze this card. Nothing can be paid with it until it is unfrozen: you can do that yourself, or ring us.',
  unfreeze: 'unfroze this card. It works again.',
  end: 'ended this card. It stays ended, and what is left in your fund is still yours. Ring us about a new card.',
}

/**
 * A council's finance freezes a card of its people, unfreezes it or ends it, and the person is told who did it and why. The money of
 * the fund is not touched. What makes a card stop counts in Kith's ledger before the scheme is asked, so that it counts even when the
 * scheme does not answer; pressed again, the scheme is asked again.
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council, and for another council's card; SECOND_STEP; INVALID without a
 *   reason; STALE_STATE when the card has changed meanwhile; REFUSED_BY_RULE for a scheme that only sends files; UNAVAILABLE when the
 *   scheme does not answer
 */
export async function pressCouncilCard(
  deps: Needs,
  actor: Actor,
  input: Record<string, unknown> & { councilId: string },
): Promise<void> {
  if (!isId(input.councilId)) throw notFound()
  const staff = requireStaffOf(actor, 'money.work', input.councilId)
  requireFreshSecondStep(actor)
  const { councilId, cardId, press, why, note } = parseInput(councilPressSchema, input)
  const card = await deps.db.prisma.card.findFirst({
    where: { id: cardId, programme: { councilId } },
    include: {
      programme: { select: { adapter: true, name: true, council: { select: { name: true } } } },
      allocation: { select: { stream: { select: { name: true } } } },
    },
  })
  if (!card) throw notFound()
  requireSchemeHere(deps, card.programme)
  const { state, scheme } = THEN[press]
  const at = { account: null, card: card.externalId }
  if (card.state === state) {
    // It counts here already. Only a scheme that did not answer then is asked again.
    if ((await deps.cards.read(at))?.status === scheme) throw changedMeanwhile()
  } else if (!councilPressesOf(card.state).includes(press)) throw changedMeanwhile()
  const write = async (tx: Pick<Needs['db']['prisma'], 'card'>): Promise<void> => {
    if (card.state === state) return
    const moved = await tx.card.updateMany({
      where: { id: card.id, state: card.state },
      data: { state, ...(press === 'end' ? { endedAt: toDate(deps.clock.now()) } : {}) },
    })
    if (moved.count !== 1) throw changedMeanwhile()
  }
  if (press !== 'unfreeze') await write(deps.db.prisma)
  cardOf(await deps.cards[press]({ ...at, key: `${card.id}:${press}:${newId()}` }))
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    if (press === 'unfreeze') await write(tx)
    await recordAudit(tx, now, actor, {
      action: `card.${press}`,
      subjectType: 'card',
      subjectId: card.id,
      forPersonId: card.personId,
      facts: { from: card.state, why },
    })
    await tell(tx, now, [
      {
        to: { personId: card.personId },
        kind: 'card.changed',
        title: `${card.supporterUserId === null ? 'Your card' : `${card.holderName}’s card`} ending ${card.last4}, for ${card.allocation.stream.name}`,
        body: [
          `${staff.name} of ${card.programme.council.name} ${TOLD[press]}`,
          `Why: ${PRESS_REASONS[why].told}.`,
          ...(note === null ? [] : [note]),
        ].join(' '),
        path: '/my/money/card',
        subjectId: card.id,
      },
    ])
  })
}
