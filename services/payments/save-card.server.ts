import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { personInView, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SavedDetails } from '#services/ports/payments.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings'>
const PAGE = '/my/money/cards'

/**
 * Begins to save a card for the person in view. The card's number is typed on the payment service's page only.
 * @returns where the person goes on
 * @throws NOT_FOUND, FORBIDDEN without manage_money; STALE_STATE when the form was of somebody else; UNAVAILABLE
 */
export async function startSavingCard(deps: Needs, actor: Actor, personId: string): Promise<string> {
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const known = await deps.db.prisma.savedCard.findFirst({
    where: { personId },
    orderBy: { id: 'desc' },
    select: { customerId: true },
  })
  const id = newId()
  const page = await deps.payments.saveCard({
    key: `card:${id}`,
    customer: known?.customerId ?? null,
    setup: id,
    doneUrl: `${deps.settings.origin}${PAGE}?saved=${id}`,
    backUrl: `${deps.settings.origin}${PAGE}`,
  })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await tx.cardSetup.create({
      data: {
        id,
        personId,
        customerId: page.customer,
        externalId: page.reference,
        createdAt: toDate(now),
      },
    })
    await recordAudit(tx, now, actor, {
      action: 'card.asked',
      subjectType: 'card_setup',
      subjectId: id,
      forPersonId: personId,
    })
  })
  return page.url
}

/** Keeps what to call a card that was saved; the newest is the one that is charged. Twice is once. */
export async function keepCard(
  tx: Tx,
  now: Temporal.Instant,
  setupId: string,
  saved: SavedDetails,
): Promise<'done' | 'nothing to do'> {
  const taken = await tx.cardSetup.updateMany({
    where: { id: setupId, doneAt: null },
    data: { doneAt: toDate(now) },
  })
  if (taken.count === 0) return 'nothing to do'
  const { personId } = await tx.cardSetup.findUniqueOrThrow({ where: { id: setupId } })
  const id = newId()
  const { count } = await tx.savedCard.createMany({
    data: [
      {
        id,
        personId,
        customerId: saved.customer,
        externalId: saved.method,
        brand: saved.brand ?? 'Card',
        last4: saved.last4,
        expires: saved.expires ?? '',
        createdAt: toDate(now),
      },
    ],
    skipDuplicates: true,
  })
  if (count > 0)
    await recordAudit(tx, now, system('keep_card'), {
      action: 'card.saved',
      subjectType: 'saved_card',
      subjectId: id,
      forPersonId: personId,
    })
  return 'done'
}

/**
 * The person comes back from the page that saves a card: the payment service is asked, so that a lost event does not matter.
 * @returns whether the card is saved
 */
export async function cardCameBack(deps: Needs, actor: Actor, setupId: string): Promise<boolean> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'manage_money')
  const setup = isId(setupId)
    ? await deps.db.prisma.cardSetup.findFirst({ where: { id: setupId, personId } })
    : null
  if (!setup) throw notFound()
  if (setup.doneAt) return true
  const state = await deps.payments.findSetup({ account: null, reference: setup.externalId })
  const saved = state?.saved
  if (!saved) return false
  await deps.db.tx((tx) => keepCard(tx, deps.clock.now(), setup.id, saved))
  return true
}

/**
 * Forgets a card, here and at the payment service. What it paid stays paid; what is owed next waits for another card.
 * @throws NOT_FOUND for cards of others; FORBIDDEN without manage_money; UNAVAILABLE
 */
export async function forgetCard(deps: Needs, actor: Actor, cardId: string): Promise<void> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'manage_money')
  const card = isId(cardId)
    ? await deps.db.prisma.savedCard.findFirst({ where: { id: cardId, personId } })
    : null
  if (!card) throw notFound()
  if (card.endedAt) return
  await deps.payments.forget({ account: null, method: card.externalId, key: `forget:${card.id}` })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { count } = await tx.savedCard.updateMany({
      where: { id: card.id, endedAt: null },
      data: { endedAt: toDate(now) },
    })
    if (count > 0)
      await recordAudit(tx, now, actor, {
        action: 'card.forgotten',
        subjectType: 'saved_card',
        subjectId: card.id,
        forPersonId: personId,
      })
  })
}
