import { readPurseTotals } from '#services/budgets/purse.server.ts'
import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { dateColumn, fromDate, londonDate, longDate, plainDateOf, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type CardPress, type CardState, pressesOf } from './cards.rules.ts'
import { declineWordsOf } from './declines.server.ts'
import { adapterOf } from './load-cards.server.ts'
import { merchantKind } from './merchant-kinds.rules.ts'
import { programmeWords } from './programme-words.rules.ts'
import { carriersOf } from './second-card.server.ts'
import { readWaiting } from './visit-payments.server.ts'
import { paidBefore } from './waiting-visits.server.ts'

const MOST_FUNDS = 20
const MOST_CARDS = 20
const MOST_MOVEMENTS = 50

const STANDS: Readonly<Record<CardState, string>> = {
  waiting: 'In the post. Start it when it has come.',
  active: 'It works.',
  frozen: 'Frozen: nothing can be paid with it.',
  replaced: 'Ended: a new card took its place.',
  closed: 'Ended.',
}

export interface CardShown {
  id: string
  last4: string
  holder: string
  /** Whether a supporter carries it. */
  second: boolean
  state: CardState
  stands: string
  presses: readonly CardPress[]
}

export interface MovementShown {
  id: string
  day: string
  what: string
  kind: string | null
  /** Whose card, where there is more than one. */
  card: string
  pence: number
  stands: string
  tone: 'ok' | 'asked' | 'off'
  /** Of what was refused: why, and what would have worked. */
  why: string | null
}

/**
 * A person's prepaid cards: what is left on each fund, who carries a card of it and how that stands, visits that wait to be paid
 * with it, and everything that was bought or refused, with the shop and its kind.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN without the scope `see_money`
 */
export async function cardPage(deps: Pick<Deps, 'db' | 'clock' | 'cards'>, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = dateColumn(londonDate(now))
  const [person, funds, carriers] = await Promise.all([
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { shortName: true, council: { select: { name: true, phone: true } } },
    }),
    prisma.allocation.findMany({
      where: {
        personId,
        towardsId: null,
        OR: [{ cards: { some: {} } }, { deployment: 'direct_payment_card', endsOn: { gte: today } }],
      },
      orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
      take: MOST_FUNDS,
      include: {
        stream: { select: { name: true } },
        cards: { orderBy: { createdAt: 'desc' }, take: MOST_CARDS, include: { programme: true } },
      },
    }),
    carriersOf(prisma, personId, now),
  ])
  const acts = may(actor, personId, 'manage_money')
  const balances = await readPurseTotals(
    prisma,
    funds.map(({ id }) => id),
  )
  return {
    person: { id: personId, shortName: person.shortName, self: !(actor.kind === 'user' && actor.actingFor) },
    council: person.council,
    label: deps.cards.label,
    acts,
    funds: await Promise.all(
      funds.map(async (fund) => {
        const here = fund.cards[0]?.programme.adapter === adapterOf(deps)
        const shown = fund.cards.map((card): CardShown => ({
          id: card.id,
          last4: card.last4,
          holder: card.holderName,
          second: card.supporterUserId !== null,
          state: card.state,
          stands: STANDS[card.state],
          presses: !acts || !here ? [] : pressesFor(card),
        }))
        const carry = new Set(fund.cards.filter(isLive).map(({ supporterUserId }) => supporterUserId))
        const waiting = await readWaiting(prisma, fund.id)
        const before = await paidBefore(prisma, fund.id, waiting)
        const last = fund.movedOn ?? fund.endsOn
        return {
          id: fund.id,
          name: fund.stream.name,
          until: longDate(plainDateOf(last)),
          over: last < today,
          /** With what the person paid in towards it. */
          available: balances.get(fund.id)?.available ?? 0,
          held: balances.get(fund.id)?.held ?? 0,
          scheme: fund.cards[0]?.programme.name ?? null,
          /** Whoever runs it does what a card needs; here it can only be seen. */
          elsewhere: fund.cards.length > 0 && !here,
          rules: fund.cards[0] ? programmeWords(fund.cards[0].programme) : [],
          cards: shown.filter(({ state }) => state !== 'replaced' && state !== 'closed'),
          ended: shown.filter(({ state }) => state === 'replaced' || state === 'closed'),
          mayCarry:
            acts && here && carry.has(null) ? carriers.filter(({ userId }) => !carry.has(userId)) : [],
          waiting: waiting.map((one) => {
            const paid = before.get(one.id)
            return {
              id: one.id,
              provider: one.provider,
              pence: one.pence,
              reference: one.reference,
              before: paid
                ? { id: paid.id, words: `${paid.merchant}, ${shortDate(londonDate(fromDate(paid.at)))}` }
                : null,
            }
          }),
          movements: await movementsOf(prisma, fund.id),
        }
      }),
    ),
  }
}

const isLive = ({ state }: { state: CardState }): boolean => state !== 'replaced' && state !== 'closed'

function pressesFor(card: { state: CardState; supporterUserId: string | null }): readonly CardPress[] {
  const presses = pressesOf(card.state)
  return card.supporterUserId !== null && isLive(card) ? [...presses, 'end'] : presses
}

type Row = Awaited<ReturnType<typeof read>>[number]
const read = (tx: Tx, allocationId: string) =>
  tx.cardTransaction.findMany({
    where: { allocationId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST_MOVEMENTS,
    include: { card: { select: { last4: true, holderName: true } } },
  })

const WHAT: Readonly<Partial<Record<Row['movement'], string>>> = {
  load: 'Put on the card',
  unload: 'Taken off the card',
  fee: 'Fee of the card scheme',
}

async function movementsOf(tx: Tx, allocationId: string): Promise<MovementShown[]> {
  return (await read(tx, allocationId)).map((row) => {
    const words = row.state === 'declined' ? declineWordsOf(row) : null
    return {
      id: row.id,
      day: longDate(londonDate(fromDate(row.at)), { year: false }),
      what: `${row.movement === 'cash' ? 'Cash: ' : row.movement === 'refund' ? 'Money back: ' : ''}${WHAT[row.movement] ?? (row.merchant || 'A shop')}`,
      kind: merchantKind(row.merchantCode),
      card: `${row.card.holderName}, ending ${row.card.last4}`,
      pence: comesIn(row) ? row.pence : -row.pence,
      ...standsOf(row),
      why: words ? `${words.what} ${words.next}` : null,
    }
  })
}

/** What was not taken is shown as what it was for. */
const comesIn = ({ movement, state }: Row): boolean =>
  movement === 'refund' || movement === 'load' || state === 'declined' || state === 'reversed'

function standsOf(row: Row): { stands: string; tone: MovementShown['tone'] } {
  switch (row.state) {
    case 'authorised':
      if (row.paymentId !== null) return { stands: 'Pays a visit, not taken yet', tone: 'asked' }
      return { stands: 'Set aside, not taken yet', tone: 'asked' }
    case 'reversed':
      return { stands: 'Let go by the shop', tone: 'off' }
    case 'declined':
      return { stands: 'Refused', tone: 'off' }
    case 'cleared':
      if (row.movement === 'load' || row.movement === 'unload') return { stands: 'Done', tone: 'ok' }
      if (row.movement === 'refund') return { stands: 'Back in your fund', tone: 'ok' }
      if (row.paymentId !== null) return { stands: 'Paid a visit', tone: 'ok' }
      if (row.purchaseId !== null) return { stands: 'Paid what was agreed', tone: 'ok' }
      return { stands: 'Paid', tone: 'ok' }
  }
}
