import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { cardPage } from '#services/cards/card-page.server.ts'
import { handleCardEvent } from '#services/cards/handle-card-event.server.ts'
import { payAnotherWay, sayPaidBefore } from '#services/cards/waiting-visits.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { payPage } from '#services/settlement/pay-page.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { ask as askForVisit, makeBookingWorld } from '#tests/factories/bookings.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import {
  ask,
  type CardHolderOf,
  type CardHouse,
  makeCardFor,
  makeCardHolder,
  makeCardHouse,
  makeProgramme,
  shop,
  tellOf,
} from '#tests/factories/cards.ts'
import { actorOf, makeStaff } from '#tests/factories/circle.ts'
import { makeBuyersCouncil, ordered } from '#tests/factories/purchases.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let scheme: CardHouse
beforeAll(async () => {
  scheme = await makeCardHouse(house().deps)
})
afterEach(async () => {
  house().clock.set(TEST_NOW)
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
  expect(
    await house().asOwner(`
      select t.id from card_transaction t left join ledger_hold h on h.ref_id = t.id where coalesce(h.amount, 0) <> t.held_pence`),
  ).toEqual([])
})

type Of = Pick<CardHolderOf, 'card' | 'cardId' | 'allocationId'>
const fund = async ({ allocationId }: Pick<Of, 'allocationId'>) => {
  const of = (await readBalances(house().deps.db.prisma, [allocationId])).get(allocationId)
  return { available: of?.available, held: of?.held, spent: of?.spent }
}
const states = async ({ cardId }: Of) =>
  (
    await house().deps.db.prisma.cardTransaction.findMany({
      where: { cardId, movement: { in: ['purchase', 'cash', 'refund'] } },
      orderBy: { id: 'asc' },
    })
  ).map(({ state }) => state)

/** Tells it and has it handled. @returns its outcome */
const told = async (said: Parameters<typeof tellOf>[1], id?: string) => {
  const { deps } = house()
  return handleCardEvent(deps, await tellOf(deps, said, id))
}
const approved = async (of: Of, amount: number, at = 'Millgate Pool') => {
  const authorisation = newId()
  expect(await ask(house().deps, of, { amount, authorisation, shop: at })).toEqual({ approve: true })
  return authorisation
}
const cleared = (
  of: Of,
  authorisation: string | null,
  amount: number,
  at = 'Millgate Pool',
  transaction = newId(),
) =>
  ({
    type: 'cleared',
    card: of.card,
    transaction,
    authorisation,
    amount: pence(amount),
    merchant: shop(at),
    cash: false,
  }) as const

describe('a purchase outside Kith', () => {
  test('what was set aside becomes spent when the shop takes it, once however often it is told', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    const authorisation = await approved(ada, 2_500)
    const said = {
      type: 'authorised',
      card: ada.card,
      authorisation,
      amount: pence(2_500),
      merchant: shop(),
      cash: false,
    } as const
    expect(await told(said)).toBe('nothing to do')
    const taken = cleared(ada, authorisation, 2_500)
    expect(await told(taken)).toBe('done')
    expect(await told(taken)).toBe('nothing to do')
    expect(await told(said)).toBe('nothing to do')
    expect(await told({ type: 'reversed', card: ada.card, authorisation })).toBe('nothing to do')
    expect(await fund(ada)).toEqual({ available: 7_500, held: 0, spent: 2_500 })
  })

  test('the same delivery twice is stored and handled once', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const taken = cleared(ada, await approved(ada, 500), 500)
    const id = newId()
    const first = await tellOf(deps, taken, id)
    expect(await tellOf(deps, taken, id)).toBe(first)
    await Promise.all([handleCardEvent(deps, first), handleCardEvent(deps, first)])
    await house().runJobs()
    expect(await fund(ada)).toEqual({ available: 9_500, held: 0, spent: 500 })
  })

  test.each([
    ['less', 2_000, { available: 8_000, held: 0, spent: 2_000 }],
    ['more, with a tip', 2_750, { available: 7_250, held: 0, spent: 2_750 }],
  ])('the shop takes %s than was asked', async (_name, amount, stands) => {
    const ada = await makeCardHolder(house().deps, scheme)
    expect(await told(cleared(ada, await approved(ada, 2_500), amount))).toBe('done')
    expect(await fund(ada)).toEqual(stands)
  })

  test('a second part of one purchase is a movement of its own', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    const authorisation = await approved(ada, 2_500)
    expect(await told(cleared(ada, authorisation, 1_500))).toBe('done')
    expect(await told(cleared(ada, authorisation, 1_000))).toBe('done')
    expect(await fund(ada)).toEqual({ available: 7_500, held: 0, spent: 2_500 })
  })

  test('money that was taken without asking is spent', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    expect(await told(cleared(ada, null, 300))).toBe('done')
    expect(await fund(ada)).toEqual({ available: 9_700, held: 0, spent: 300 })
  })

  test('more than is left waits for a person, and is taken when it is handled again after money came', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme, { pence: 1_000 })
    const eventId = await tellOf(deps, cleared(ada, null, 1_001))
    expect(await handleCardEvent(deps, eventId)).toBe('more than is left')
    expect(await fund(ada)).toEqual({ available: 1_000, held: 0, spent: 0 })
    expect(await states(ada)).toEqual([])
    await deps.db.prisma.webhookEvent.update({
      where: { id: eventId },
      data: { handledAt: null, outcome: '' },
    })
    await deps.db.tx((tx) =>
      postJournals(tx, deps.clock.now(), { kind: 'system', job: 'test' }, [
        allocationFunded(newId(), ada.allocationId, pence(1)),
      ]),
    )
    expect(await handleCardEvent(deps, eventId)).toBe('done')
    expect(await fund(ada)).toEqual({ available: 0, held: 0, spent: 1_001 })
  })

  test('let go, everything is back; that the shop takes it all the same is followed', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    const authorisation = await approved(ada, 2_500)
    const gone = { type: 'reversed', card: ada.card, authorisation } as const
    expect(await told(gone)).toBe('done')
    expect(await told(gone)).toBe('nothing to do')
    expect(await fund(ada)).toEqual({ available: 10_000, held: 0, spent: 0 })
    expect(await told(cleared(ada, authorisation, 2_500))).toBe('done')
    expect(await fund(ada)).toEqual({ available: 7_500, held: 0, spent: 2_500 })
  })

  test('an answer that came too late gives back what it set aside, and the person is told', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const authorisation = await approved(ada, 2_500)
    const said = {
      type: 'declined',
      card: ada.card,
      authorisation,
      amount: pence(2_500),
      merchant: shop(),
      cash: false,
      reason: 'no_answer',
      upTo: null,
    } as const
    expect(await told(said)).toBe('done')
    expect(await told(said)).toBe('nothing to do')
    expect(await fund(ada)).toEqual({ available: 10_000, held: 0, spent: 0 })
    expect(await ask(deps, ada, { amount: 2_500, authorisation })).toEqual({
      approve: false,
      reason: 'no_answer',
      upTo: null,
    })
    const notices = await deps.db.prisma.notice.findMany({
      where: { personId: ada.personId, kind: 'card.declined' },
    })
    expect(notices).toHaveLength(1)
  })

  test('a refusal that the scheme made alone is kept with its reason, and a question after it finds it', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const authorisation = newId()
    const said = {
      type: 'declined',
      card: ada.card,
      authorisation,
      amount: pence(700),
      merchant: shop('Corner Bets', '7995'),
      cash: false,
      reason: 'kind_of_shop',
      upTo: null,
    } as const
    expect(await told(said)).toBe('done')
    expect(await ask(deps, ada, { amount: 700, authorisation })).toMatchObject({
      approve: false,
      reason: 'kind_of_shop',
    })
    const [movement] =
      (await cardPage(deps, ada.actor)).funds[0]?.movements.filter(({ stands }) => stands === 'Refused') ?? []
    expect(movement).toMatchObject({ what: 'Corner Bets', kind: 'Betting' })
    expect(movement?.why).toContain('does not work in this kind of shop')
  })

  test('a scheme that said yes by itself is followed; what was let go before it was heard of stays let go', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    const said = (authorisation: string) =>
      ({
        type: 'authorised',
        card: ada.card,
        authorisation,
        amount: pence(400),
        merchant: shop(),
        cash: false,
      }) as const
    expect(await told(said(newId()))).toBe('done')
    expect(await fund(ada)).toMatchObject({ available: 9_600, held: 400 })
    const overtaken = newId()
    expect(await told({ type: 'reversed', card: ada.card, authorisation: overtaken })).toBe('unknown object')
    expect(await told(said(overtaken))).toBe('done')
    expect(await fund(ada)).toMatchObject({ available: 9_600, held: 400 })
  })

  test('an event of a card that nobody knows, and one that cannot be read, wait for a person', async () => {
    expect(await told({ type: 'reversed', card: 'nobody’s', authorisation: 'x' })).toBe('unknown object')
    expect(await told({ type: 'unknown', card: '', name: 'issuing_new', odd: true })).toBe(
      'said in a way we do not know',
    )
    expect(await told({ type: 'unknown', card: '', name: 'issuing_other', odd: false })).toBe('nothing to do')
  })
})

describe('money back', () => {
  const back = (of: Of, authorisation: string | null, amount: number, at = 'Millgate Pool') =>
    ({
      type: 'refunded',
      card: of.card,
      transaction: newId(),
      authorisation,
      amount: pence(amount),
      merchant: shop(at),
    }) as const

  test('goes back to the fund, and never more than was paid', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    const authorisation = await approved(ada, 2_500)
    await told(cleared(ada, authorisation, 2_500))
    const part = back(ada, authorisation, 1_000)
    expect(await told(part)).toBe('done')
    expect(await told(part)).toBe('nothing to do')
    expect(await fund(ada)).toEqual({ available: 8_500, held: 0, spent: 1_500 })
    expect(await told(back(ada, authorisation, 1_501))).toBe('more than was paid')
    expect(await told(back(ada, null, 1_500))).toBe('done')
    expect(await fund(ada)).toEqual({ available: 10_000, held: 0, spent: 0 })
  })

  test('from a shop where nothing was paid waits for a person', async () => {
    const ada = await makeCardHolder(house().deps, scheme)
    expect(await told(back(ada, null, 100, 'Elsewhere'))).toBe('unknown object')
    expect(await fund(ada)).toEqual({ available: 10_000, held: 0, spent: 0 })
  })
})

const makePlan = (personId: string) =>
  house().deps.db.asActor({ kind: 'system', job: 'test' }, (tx) =>
    tx.plan.create({
      data: {
        personId,
        startsOn: new Date('2026-10-01'),
        outcomes: { create: [{ position: 0, words: 'Cook for myself' }] },
      },
    }),
  )

test('an agreed purchase is paid by the card that takes its price, and the money is counted once', async () => {
  const { deps } = house()
  const council = await makeBuyersCouncil(deps)
  const programmeId = await makeProgramme(deps, council.councilId, council.finance)
  const ada = await makeCardHolder(deps, { ...council, programmeId }, { pence: 90_000 })
  await makePlan(ada.personId)
  const [asked, unasked] = [
    await ordered(deps, council, ada),
    await ordered(deps, council, ada, { price: '100.00', seller: 'Lathe & Loom Ltd' }),
  ]
  const authorisation = await approved(ada, 38_900, 'Hartley Electrical')
  expect(await told(cleared(ada, authorisation, 38_900, 'Hartley Electrical'))).toBe('done')
  expect(await told(cleared(ada, null, 10_000, 'LATHE AND LOOM MILLGATE'))).toBe('done')
  expect(await fund(ada)).toEqual({ available: 41_100, held: 0, spent: 48_900 })
  const rows = await deps.db.prisma.purchase.findMany({ where: { id: { in: [asked, unasked] } } })
  expect(rows.map(({ state }) => state)).toEqual(['paid', 'paid'])
})

test('a shop’s money back for an agreed purchase stands on the purchase, too', async () => {
  const { deps } = house()
  const council = await makeBuyersCouncil(deps)
  const programmeId = await makeProgramme(deps, council.councilId, council.finance)
  const ada = await makeCardHolder(deps, { ...council, programmeId }, { pence: 90_000 })
  await makePlan(ada.personId)
  const purchaseId = await ordered(deps, council, ada)
  await told(cleared(ada, await approved(ada, 38_900, 'Hartley Electrical'), 38_900, 'Hartley Electrical'))
  const back = {
    type: 'refunded',
    card: ada.card,
    transaction: newId(),
    authorisation: null,
    amount: pence(8_900),
    merchant: shop('Hartley Electrical'),
  } as const
  expect(await told(back)).toBe('done')
  expect(await told(back)).toBe('nothing to do')
  expect(await fund(ada)).toEqual({ available: 60_000, held: 0, spent: 30_000 })
  const row = await deps.db.prisma.purchase.findUniqueOrThrow({ where: { id: purchaseId } })
  expect(row).toMatchObject({ state: 'paid', paidPence: 38_900, refundedPence: 8_900 })
})

describe('a visit that is paid with the card', () => {
  const PROVIDER = 'A provider'
  /** A world whose person pays from a fund on a card that works. */
  async function onCard() {
    const { deps } = house()
    const w = await makeBookingWorld(deps, { funds: [{ pence: 20_000, deployment: 'direct_payment_card' }] })
    const finance = await actorOf(deps, await makeStaff(deps, w.councilId, ['finance'], 'Finance'))
    const programmeId = await makeProgramme(deps, w.councilId, finance)
    const [allocationId = ''] = w.person.allocationIds
    const card = await makeCardFor(deps, { councilId: w.councilId, finance, programmeId }, allocationId)
    return { w, of: { ...card, allocationId } }
  }
  async function settled(dates: string[]) {
    const { w, of } = await onCard()
    const visitIds = await settledVisits(house(), w, dates)
    await payVisits(house().deps, visitIds)
    return { w, of, visitIds }
  }
  const paymentsOf = async (visitIds: string[]) =>
    (
      await house().deps.db.prisma.payable.findMany({
        where: { visitId: { in: visitIds } },
        orderBy: { id: 'asc' },
      })
    ).map(({ state }) => state)

  test('waits for the card, is on its way when the card is asked, and paid when the provider has it', async () => {
    const { deps } = house()
    const { w, of, visitIds } = await settled(['2026-11-09'])
    expect(await paymentsOf(visitIds)).toEqual(['in_payment'])
    expect((await cardPage(deps, w.person.actor)).funds[0]?.waiting).toMatchObject([
      { provider: PROVIDER, pence: 2_750 },
    ])
    expect(await fund(of)).toEqual({ available: 17_250, held: 0, spent: 2_750 })
    const authorisation = await approved(of, 2_750, 'A PROVIDER LTD MILLGATE')
    expect(await paymentsOf(visitIds)).toEqual(['sent'])
    expect(await told(cleared(of, authorisation, 2_750, 'A PROVIDER LTD MILLGATE'))).toBe('done')
    expect(await paymentsOf(visitIds)).toEqual(['paid'])
    expect(await fund(of)).toEqual({ available: 17_250, held: 0, spent: 2_750 })
    expect(await payVisits(deps, visitIds)).toEqual([])
  })

  test('two visits may be paid together, at their sum; another amount is a purchase and the visits wait on', async () => {
    const { of, visitIds } = await settled(['2026-11-09', '2026-11-10'])
    const wrong = await approved(of, 5_499, PROVIDER)
    expect(await told(cleared(of, wrong, 5_499, PROVIDER))).toBe('done')
    expect(await paymentsOf(visitIds)).toEqual(['in_payment', 'in_payment'])
    const both = await approved(of, 5_500, PROVIDER)
    expect(await paymentsOf(visitIds)).toEqual(['sent', 'sent'])
    expect(await told(cleared(of, both, 5_500, PROVIDER))).toBe('done')
    expect(await paymentsOf(visitIds)).toEqual(['paid', 'paid'])
    expect(await fund(of)).toEqual({ available: 9_001, held: 0, spent: 10_999 })
  })

  test('let go by the provider, it waits for the card again', async () => {
    const { of, visitIds } = await settled(['2026-11-09'])
    const authorisation = await approved(of, 2_750, PROVIDER)
    expect(await told({ type: 'reversed', card: of.card, authorisation })).toBe('done')
    expect(await paymentsOf(visitIds)).toEqual(['in_payment'])
    const again = await approved(of, 2_750, PROVIDER)
    expect(await told(cleared(of, again, 2_000, PROVIDER))).toBe('done')
    expect(await paymentsOf(visitIds)).toEqual(['in_payment'])
    expect(await fund(of)).toEqual({ available: 15_250, held: 0, spent: 4_750 })
  })

  test('paid on the day, before it was agreed: the person says so, and it is counted once', async () => {
    const { deps } = house()
    const { w, of } = await onCard()
    await acceptRequest(deps, w.provider.owner, { bookingId: await askForVisit(w, '2026-11-19', 2_750) })
    await told(cleared(of, await approved(of, 2_750, PROVIDER), 2_750, PROVIDER))
    const visitIds = await settledVisits(house(), w, ['2026-11-09'])
    await payVisits(deps, visitIds)
    const [waiting] = (await cardPage(deps, w.person.actor)).funds[0]?.waiting ?? []
    expect(waiting?.before?.words).toContain(PROVIDER)
    const input = {
      personId: w.person.personId,
      paymentId: waiting?.id ?? '',
      transactionId: waiting?.before?.id ?? '',
    }
    await sayPaidBefore(deps, w.person.actor, input)
    expect(await paymentsOf(visitIds)).toEqual(['paid'])
    expect((await refusal(sayPaidBefore(deps, w.person.actor, input))).code).toBe('STALE_STATE')
    expect(await fund(of)).toEqual({ available: 14_500, held: 2_750, spent: 2_750 })
  })

  test('paid another way, it is due again and waits on the page for that', async () => {
    const { deps } = house()
    const { w, visitIds } = await settled(['2026-11-09'])
    const [waiting] = (await cardPage(deps, w.person.actor)).funds[0]?.waiting ?? []
    await payAnotherWay(deps, w.person.actor, { personId: w.person.personId, paymentId: waiting?.id ?? '' })
    expect(await paymentsOf(visitIds)).toEqual(['due'])
    expect((await payPage(deps, w.person.actor)).owed[0]?.lines).toMatchObject([
      { pence: 2_750, failed: 'It was not paid with the prepaid card.' },
    ])
  })
})
