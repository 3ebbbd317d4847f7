/** A council's card scheme, a person with a fund on a card of it, and purchases with it. */
import { authorisePurchase } from '#services/cards/authorise-purchase.server.ts'
import { issueCard } from '#services/cards/issue-card.server.ts'
import { receiveCardWebhook } from '#services/cards/receive-card-webhook.server.ts'
import { saveProgramme } from '#services/cards/save-programme.server.ts'
import { pressCard } from '#services/cards/use-card.server.ts'
import type { UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import type { AuthoriseAnswer, CardEvent } from '#services/ports/cards.ts'
import type { Deps } from '#services/ports/deps.ts'
import { actorOf, makeStaff } from './circle.ts'
import { type FundOptions, makeCouncil, makePerson, type TestPerson } from './world.ts'

export interface CardHouse {
  councilId: string
  finance: UserActor
  programmeId: string
}

/** A scheme of the emulator, or one that sends files, with these rules. */
export async function makeProgramme(
  deps: Deps,
  councilId: string,
  finance: UserActor,
  rules: Record<string, string> = {},
): Promise<string> {
  return saveProgramme(deps, finance, { councilId, name: 'A card scheme', runs: 'asks', ...rules })
}

export async function makeCardHouse(deps: Deps, rules: Record<string, string> = {}): Promise<CardHouse> {
  const councilId = await makeCouncil(deps)
  const finance = await actorOf(deps, await makeStaff(deps, councilId, ['finance'], 'A first in finance'))
  return { councilId, finance, programmeId: await makeProgramme(deps, councilId, finance, rules) }
}

export interface CardHolderOf extends TestPerson {
  cardId: string
  /** The scheme's name for the card. */
  card: string
  allocationId: string
}

/** A person whose fund of this much is on a card that works. */
export async function makeCardHolder(
  deps: Deps,
  house: CardHouse,
  fund: FundOptions = { pence: 10_000 },
): Promise<CardHolderOf> {
  const person = await makePerson(deps, house.councilId, [{ ...fund, deployment: 'direct_payment_card' }])
  const [allocationId = ''] = person.allocationIds
  return { ...person, ...(await makeCardFor(deps, house, allocationId)), allocationId }
}

/** A card that works, for a fund that is there. */
export async function makeCardFor(
  deps: Deps,
  house: CardHouse,
  allocationId: string,
): Promise<{ cardId: string; card: string }> {
  const { councilId, finance, programmeId } = house
  const cardId = await issueCard(deps, finance, { councilId, programmeId, allocationId, form: 'virtual' })
  const { externalId } = await deps.db.prisma.card.findUniqueOrThrow({ where: { id: cardId } })
  return { cardId, card: externalId }
}

export const press = (deps: Deps, of: CardHolderOf, what: Record<string, string>): Promise<string> =>
  pressCard(deps, of.actor, { personId: of.personId, cardId: of.cardId, ...what })

export interface Purchase {
  amount: number
  authorisation?: string
  mcc?: string
  shop?: string
  cash?: boolean
}

/** What a scheme asks before a purchase. */
export const ask = (
  deps: Deps,
  of: { card: string; allocationId: string },
  what: Purchase,
): Promise<AuthoriseAnswer> =>
  authorisePurchase(deps, {
    authorisation: what.authorisation ?? newId(),
    card: of.card,
    allocation: of.allocationId,
    amount: pence(what.amount),
    merchant: { name: what.shop ?? 'Millgate Pool', mcc: what.mcc ?? '7997', town: null },
    cash: what.cash ?? false,
    at: deps.clock.now(),
  })

type Told = CardEvent extends infer Event
  ? Event extends CardEvent
    ? Omit<Event, 'id' | 'at'>
    : never
  : never

/** A scheme tells something, as it would by webhook: stored, then handled by its job. @returns the stored event's id */
export async function tellOf(deps: Deps, said: Told, id: string = newId()): Promise<string> {
  const cards = {
    ...deps.cards,
    receive: () =>
      Promise.resolve({
        ok: true as const,
        event: { id, at: deps.clock.now(), ...said },
        reply: { status: 200, headers: {}, body: '' },
      }),
  }
  await receiveCardWebhook({ ...deps, cards }, '', null)
  const { id: stored } = await deps.db.prisma.webhookEvent.findUniqueOrThrow({
    where: { source_externalId: { source: 'cards', externalId: id } },
  })
  return stored
}

export const shop = (name = 'Millgate Pool', mcc = '7997') => ({ name, mcc, town: null })
