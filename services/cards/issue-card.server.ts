import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { CardState as SchemeCard } from '#services/ports/cards.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { controlsOf } from './cards.rules.ts'
import { issueSchema } from './cards.schema.ts'
import { cardOf, holderOf, keepCard, requireSchemeHere } from './issue.server.ts'
import { loadCards } from './load-cards.server.ts'

/**
 * Finance has a card made for a fund that is held on one, or writes down a card of a scheme that only sends files. What has arrived
 * for the fund is put on it.
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council, or another council's fund or scheme; SECOND_STEP; INVALID beside
 *   fields; CLASH when the fund has a card that works; UNAVAILABLE when the scheme does not answer
 */
export async function issueCard(
  deps: Pick<Deps, 'db' | 'clock' | 'cards' | 'log'>,
  actor: Actor,
  input: Record<string, unknown> & { councilId: string },
): Promise<string> {
  if (!isId(input.councilId)) throw notFound()
  requireStaffOf(actor, 'money.work', input.councilId)
  requireFreshSecondStep(actor)
  const given = parseInput(issueSchema, input)
  const { councilId, programmeId, allocationId } = given
  const { prisma } = deps.db
  const [programme, fund] = await Promise.all([
    prisma.cardProgramme.findFirst({ where: { id: programmeId, councilId } }),
    prisma.allocation.findFirst({
      where: { id: allocationId, deployment: 'direct_payment_card', towardsId: null, stream: { councilId } },
      include: {
        budget: { select: { person: true } },
        stream: { select: { name: true } },
        cards: { where: { supporterUserId: null }, select: { state: true } },
      },
    }),
  ])
  if (!programme || !fund) throw notFound()
  const { cards } = fund
  const { person } = fund.budget
  if (cards.some(({ state }) => state !== 'closed' && state !== 'replaced'))
    throw new DomainError('CLASH', 'This fund has a card already. Nothing was made.')
  const made =
    programme.adapter === 'file'
      ? fromFile(given)
      : await (async () => {
          requireSchemeHere(deps, programme)
          return cardOf(
            await deps.cards.issue({
              key: `${allocationId}:first:${String(cards.length + 1)}`,
              allocation: allocationId,
              account: null,
              holder: holderOf(person.id, person.name, person),
              carriedBy: 'person',
              form: given.form,
              controls: controlsOf(programme),
            }),
          )
        })()
  const now = deps.clock.now()
  const cardId = await deps.db.tx(async (tx) => {
    const kept = await keepCard(tx, now, made, {
      programmeId,
      allocationId,
      personId: person.id,
      holderName: person.name,
      supporterUserId: null,
      replacesId: null,
    })
    if (!kept.created && programme.adapter === 'file')
      throw invalid({ reference: ['Another card has this number already. Look at the scheme’s list again.'] })
    if (!kept.created) return kept.cardId
    // What its visits cost is paid with the card from now on, and the person's own part with it.
    await tx.allocation.updateMany({
      where: { OR: [{ id: allocationId }, { towardsId: allocationId }] },
      data: { payBy: 'prepaid_card' },
    })
    await recordAudit(tx, now, actor, {
      action: 'card.issued',
      subjectType: 'card',
      subjectId: kept.cardId,
      forPersonId: person.id,
      facts: { programmeId, allocationId },
    })
    await tell(tx, now, [
      {
        to: { personId: person.id },
        kind: 'card.issued',
        title: `Your card for ${fund.stream.name}`,
        body: 'It draws on this fund alone. Start it when it has come, and see on your page what is left on it.',
        path: '/my/money/card',
        subjectId: kept.cardId,
      },
    ])
    return kept.cardId
  })
  await loadCards(deps, allocationId)
  return cardId
}

function fromFile(given: {
  reference: string | null
  last4: string | null
}): Pick<SchemeCard, 'card' | 'status' | 'last4'> {
  const { reference, last4 } = given
  const wrong = {
    ...(reference === null
      ? { reference: ['Write the number that the scheme’s file has for this card.'] }
      : {}),
    ...(last4 === null || !/^\d{4}$/.test(last4)
      ? { last4: ['Write the last four figures on the card.'] }
      : {}),
  }
  if (reference === null || last4 === null || Object.keys(wrong).length > 0) throw invalid(wrong)
  // Their own number on a card is not for us to keep: four figures are enough to know it by.
  if (/^\d{12,19}$/.test(reference.replace(/[ -]/g, '')))
    throw invalid({
      reference: [
        'This looks like the long number on the card, which must not be kept here. Use the scheme’s own reference.',
      ],
    })
  return { card: reference, status: 'active', last4 }
}
