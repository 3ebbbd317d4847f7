import { z } from 'zod'
import { type Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { parsePounds, pence, pounds } from '#services/kernel/money.ts'
import { fromDate, londonDate, shortDate } from '#services/kernel/time.ts'
import type { CardsEmulator } from '#services/ports/cards-emulator.ts'
import { cardDeclineWords } from '#services/ports/card-words.ts'
import type { Deps } from '#services/ports/deps.ts'
import { line } from '#services/providers/fields.schema.ts'
import { authorisePurchase } from './authorise-purchase.server.ts'
import { handleCardEvent } from './handle-card-event.server.ts'
import { loadCards } from './load-cards.server.ts'
import { MERCHANT_KINDS, merchantKind } from './merchant-kinds.rules.ts'
import { deliverCardEvents } from './receive-card-webhook.server.ts'
import { readWaiting } from './visit-payments.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'cards' | 'log' | 'settings'>
const MOST_CARDS = 30
const MOST = 30
const MOST_KNOWN = 10_000
const CASH_MACHINE = '6011'

/** Only in a demo in which no money moves. @throws NOT_FOUND */
function emulatorOf({ cards, settings }: Pick<Deps, 'cards' | 'settings'>): CardsEmulator {
  if (!cards.emulator || !settings.demo) throw notFound()
  return cards.emulator
}

/** The demo's control panel of cards: what shops and cash machines do with them. @throws NOT_FOUND where money moves */
export async function emulatorPanel(deps: Needs, _actor: Actor) {
  emulatorOf(deps)
  const { prisma } = deps.db
  const cards = await prisma.card.findMany({
    where: { programme: { adapter: 'emulator' }, state: { in: ['waiting', 'active', 'frozen'] } },
    orderBy: { createdAt: 'asc' },
    take: MOST_CARDS,
    include: { allocation: { select: { stream: { select: { name: true } } } } },
  })
  const movements = await prisma.cardTransaction.findMany({
    where: {
      card: { programme: { adapter: 'emulator' } },
      movement: { in: ['purchase', 'cash'] },
      state: { in: ['authorised', 'cleared'] },
      externalId: { startsWith: 'emulator-' },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST,
    include: { card: { select: { last4: true, holderName: true } } },
  })
  const funds = [...new Set(cards.map(({ allocationId }) => allocationId))]
  const waiting = await Promise.all(funds.map((id) => readWaiting(prisma, id)))
  return {
    cards: cards.map((card) => ({
      card: card.externalId,
      label: `${card.holderName}, ending ${card.last4} (${card.allocation.stream.name})`,
    })),
    kinds: MERCHANT_KINDS.filter(({ code }) => code !== CASH_MACHINE),
    waiting: waiting.flatMap((payments, at) => {
      const card = cards.find(({ allocationId }) => allocationId === funds[at])
      return card
        ? payments.map((one) => ({
            id: one.id,
            card: card.externalId,
            provider: one.provider,
            pence: one.pence,
            holder: card.holderName,
          }))
        : []
    }),
    movements: movements.map((row) => ({
      id: row.externalId,
      transaction: row.clearedId,
      what: `${pounds(row.pence)} at ${row.merchant}`,
      kind: merchantKind(row.merchantCode) ?? '',
      card: `${row.card.holderName}, ending ${row.card.last4}`,
      day: shortDate(londonDate(fromDate(row.at))),
      open: row.state === 'authorised',
      amount: (row.pence / 100).toFixed(2),
    })),
  }
}

const amount = z.string().transform((text, context) => {
  const read = parsePounds(text)
  if (read !== null && read > 0 && read <= 1_000_000) return read
  context.addIssue({ code: 'custom', message: 'Write pounds, such as 12 or 12.50' })
  return z.NEVER
})
/** With the cards that there are: another one is a choice that is none. */
const pressed = (cards: ReadonlySet<string>) => {
  const card = z.string({ error: 'Choose a card' }).refine((one) => cards.has(one), 'Choose a card')
  return z.discriminatedUnion('press', [
    z.object({
      press: z.literal('purchase'),
      card,
      shop: line(60, 'Write the name of the shop'),
      mcc: z.string().regex(/^\d{4}$/, 'Choose the kind of shop'),
      amount,
      takes: z.enum(['now', 'later'], { error: 'Choose when the shop takes it' }),
    }),
    z.object({ press: z.literal('cash'), card, amount }),
    z.object({ press: z.literal('visit'), card, payment: z.string() }),
    z.object({ press: z.literal('clear'), authorisation: z.string(), amount }),
    z.object({ press: z.literal('let_go'), authorisation: z.string() }),
    z.object({ press: z.literal('refund'), transaction: z.string(), amount }),
  ])
}
type Pressed = z.output<ReturnType<typeof pressed>>

/** Does one press of the control panel. @returns what happened, in words @throws NOT_FOUND; ZodError */
export async function pressEmulator(
  deps: Needs,
  _actor: Actor,
  input: Record<string, string>,
): Promise<string> {
  const emulator = emulatorOf(deps)
  const known = await deps.db.prisma.card.findMany({
    where: { programme: { adapter: 'emulator' } },
    orderBy: { createdAt: 'desc' },
    take: MOST_KNOWN,
    select: { externalId: true },
  })
  const wanted = pressed(new Set(known.map(({ externalId }) => externalId))).parse(input)
  await loadCards(deps)
  const said = await doPress(deps, emulator, wanted)
  await deliverCardEvents(deps)
  // Their jobs would do it in a moment; who presses here wants to see it at once.
  const events = await deps.db.prisma.webhookEvent.findMany({
    where: { source: 'cards', handledAt: null },
    orderBy: { receivedAt: 'asc' },
    take: MOST,
    select: { id: true },
  })
  for (const { id } of events) await handleCardEvent(deps, id)
  return said
}

async function doPress(deps: Needs, emulator: CardsEmulator, wanted: Pressed): Promise<string> {
  switch (wanted.press) {
    case 'purchase':
      return buy(deps, emulator, {
        card: wanted.card,
        amount: wanted.amount,
        merchant: { name: wanted.shop, mcc: wanted.mcc, town: null },
        takes: wanted.takes === 'now',
      })
    case 'cash':
      return buy(deps, emulator, {
        card: wanted.card,
        amount: wanted.amount,
        merchant: { name: 'Cash machine, High Street', mcc: CASH_MACHINE, town: null },
        takes: true,
      })
    case 'visit': {
      const payment = await waitingPayment(deps, wanted.card, wanted.payment)
      return buy(deps, emulator, {
        card: wanted.card,
        amount: payment.pence,
        merchant: { name: payment.provider, mcc: '8050', town: null },
        takes: true,
      })
    }
    case 'clear':
      if (!(await emulator.clear(wanted.authorisation, wanted.amount))) throw nothingThere()
      return `The shop took ${pounds(wanted.amount)}.`
    case 'let_go':
      if (!(await emulator.reverse(wanted.authorisation))) throw nothingThere()
      return 'The shop let it go.'
    case 'refund':
      if (!(await emulator.refund(wanted.transaction, wanted.amount))) throw nothingThere()
      return `The shop gave ${pounds(wanted.amount)} back.`
  }
}

const nothingThere = (): DomainError =>
  new DomainError('STALE_STATE', 'There is nothing to do that to any more, or not as much. Nothing happened.')

async function waitingPayment(deps: Needs, externalId: string, paymentId: string) {
  const card = await deps.db.prisma.card.findUnique({ where: { externalId }, select: { allocationId: true } })
  const waiting = card ? await readWaiting(deps.db.prisma, card.allocationId) : []
  const found = waiting.find(({ id }) => id === paymentId)
  if (!found) throw new DomainError('STALE_STATE', 'That visit does not wait for the card any more.')
  return found
}

async function buy(
  deps: Needs,
  emulator: CardsEmulator,
  {
    takes,
    ...what
  }: { card: string; amount: number; merchant: { name: string; mcc: string; town: null }; takes: boolean },
): Promise<string> {
  const result = await emulator.purchase({ ...what, amount: pence(what.amount) }, (request) =>
    authorisePurchase(deps, request),
  )
  if (result.status === 'declined') {
    const { what: why, next } = cardDeclineWords(result.reason, result.upTo)
    return `Refused. ${why} ${next}`
  }
  if (!takes) return 'Approved. The shop takes it later.'
  await emulator.clear(result.authorisation)
  return `Approved, and the shop took ${pounds(what.amount)}.`
}
