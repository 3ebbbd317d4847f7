import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import {
  ask,
  type CardHolderOf,
  type CardHouse,
  makeCardHolder,
  makeCardHouse,
  press,
} from '#tests/factories/cards.ts'
import { makeBuyersCouncil, ordered } from '#tests/factories/purchases.ts'
import { saveProgramme } from '#services/cards/save-programme.server.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
let open: CardHouse
let strict: CardHouse
beforeAll(async () => {
  open = await makeCardHouse(house().deps)
  strict = await makeCardHouse(house().deps, {
    atOnce: '50',
    aDay: '60',
    aMonth: '100',
    cash: 'yes',
    cashADay: '20',
    blocked: '7995',
    because: 'Betting is not support.',
  })
})
afterEach(async () => {
  house().clock.set(TEST_NOW)
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
  // What is set aside in the ledger under a movement's id is what its row says.
  expect(
    await house().asOwner(`
      select t.id from card_transaction t left join ledger_hold h on h.ref_id = t.id where coalesce(h.amount, 0) <> t.held_pence`),
  ).toEqual([])
})

const fund = async ({ allocationId }: CardHolderOf) => {
  const of = (await readBalances(house().deps.db.prisma, [allocationId])).get(allocationId)
  return { available: of?.available, held: of?.held, spent: of?.spent }
}
const rows = ({ cardId }: CardHolderOf) =>
  house().deps.db.prisma.cardTransaction.findMany({
    where: { cardId, movement: { in: ['purchase', 'cash'] } },
    orderBy: { at: 'asc' },
  })

describe('what is left decides, to the penny', () => {
  test.each([
    ['a penny below', 9_999, true, { available: 1, held: 9_999 }],
    ['exactly what is left', 10_000, true, { available: 0, held: 10_000 }],
    ['a penny above', 10_001, false, { available: 10_000, held: 0 }],
  ])('%s', async (_name, amount, approve, stands) => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    expect(await ask(deps, ada, { amount })).toEqual(
      approve ? { approve } : { approve, reason: 'not_enough', upTo: 10_000 },
    )
    expect(await fund(ada)).toMatchObject(stands)
  })

  test('several at once cannot all have the last of it', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(deps, ada, { amount: 6_000 })))
    expect(answers.filter(({ approve }) => approve)).toHaveLength(1)
    expect(answers.filter(({ approve }) => !approve)).toEqual(
      Array.from({ length: 3 }, () => ({ approve: false, reason: 'not_enough', upTo: 4_000 })),
    )
    expect(await fund(ada)).toMatchObject({ available: 4_000, held: 6_000 })
  })

  test('the same question again gets the same answer and sets nothing aside twice', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    const [yes, no] = [newId(), newId()]
    const twice = (authorisation: string, amount: number) =>
      Promise.all([ask(deps, ada, { authorisation, amount }), ask(deps, ada, { authorisation, amount })])
    expect(await twice(yes, 7_000)).toEqual([{ approve: true }, { approve: true }])
    const refused = { approve: false, reason: 'not_enough', upTo: 3_000 }
    expect(await twice(no, 7_000)).toEqual([refused, refused])
    expect(await fund(ada)).toMatchObject({ available: 3_000, held: 7_000 })
    expect((await rows(ada)).map(({ state }) => state).sort()).toEqual(['authorised', 'declined'])
  })

  test('a taxi that asks for more of the same purchase gets it while there is enough, and keeps what it had else', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    const authorisation = newId()
    expect(await ask(deps, ada, { authorisation, amount: 2_000 })).toEqual({ approve: true })
    expect(await ask(deps, ada, { authorisation, amount: 5_000 })).toEqual({ approve: true })
    expect(await ask(deps, ada, { authorisation, amount: 5_000 })).toEqual({ approve: true })
    expect(await fund(ada)).toMatchObject({ available: 5_000, held: 5_000 })
    const refused = { approve: false, reason: 'not_enough', upTo: 10_000 }
    expect(await ask(deps, ada, { authorisation, amount: 10_001 })).toEqual(refused)
    expect(await fund(ada)).toMatchObject({ available: 5_000, held: 5_000 })
  })

  test('a shop that asks for nothing learns whether the card lives, and nothing is kept of it', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    expect(await ask(deps, ada, { amount: 0 })).toEqual({ approve: true })
    await press(deps, ada, { press: 'freeze' })
    expect(await ask(deps, ada, { amount: 0 })).toMatchObject({ approve: false, reason: 'frozen' })
    expect(await rows(ada)).toEqual([])
  })
})

describe('the card and its fund', () => {
  test('a frozen card pays nothing until it is unfrozen, and a lost one never again', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    await press(deps, ada, { press: 'freeze' })
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: false, reason: 'frozen', upTo: null })
    await press(deps, ada, { press: 'unfreeze' })
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: true })
    await press(deps, ada, { press: 'replace', why: 'lost' })
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: false, reason: 'ended', upTo: null })
    const anew = await deps.db.prisma.card.findUniqueOrThrow({ where: { replacesId: ada.cardId } })
    expect(await ask(deps, { ...ada, card: anew.externalId }, { amount: 100 })).toEqual({ approve: true })
  })

  test('a fund pays on its last day, and not on the day after', async () => {
    const { deps, clock } = house()
    const ada = await makeCardHolder(deps, open, { pence: 10_000, endsOn: '2026-11-02' })
    clock.set('2026-11-02T23:59:00Z')
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: true })
    clock.set('2026-11-03T00:01:00Z')
    expect(await ask(deps, ada, { amount: 100 })).toEqual({
      approve: false,
      reason: 'fund_ended',
      upTo: null,
    })
  })

  test('a card that nobody here knows is refused, and leaves nothing', async () => {
    const { deps } = house()
    expect(await ask(deps, { card: 'nobody’s', allocationId: newId() }, { amount: 100 })).toEqual({
      approve: false,
      reason: 'scheme_said_no',
      upTo: null,
    })
  })
})

describe('what the scheme agrees', () => {
  test.each([
    ['a penny below what one purchase may be', { amount: 4_999 }, { approve: true }],
    ['exactly what one purchase may be', { amount: 5_000 }, { approve: true }],
    ['a penny above it', { amount: 5_001 }, { approve: false, reason: 'over_purchase_limit', upTo: 5_000 }],
    [
      'a kind of shop that is left out',
      { amount: 100, mcc: '7995' },
      { approve: false, reason: 'kind_of_shop', upTo: null },
    ],
    ['cash up to a day’s cash', { amount: 2_000, cash: true, mcc: '6011' }, { approve: true }],
    [
      'a penny more cash',
      { amount: 2_001, cash: true, mcc: '6011' },
      { approve: false, reason: 'over_period_limit', upTo: 2_000 },
    ],
  ])('%s', async (_name, what, answer) => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, strict)
    expect(await ask(deps, ada, what)).toEqual(answer)
  })

  test('a day’s limit counts what is set aside, and begins anew at midnight in London; the month’s goes on', async () => {
    const { deps, clock } = house()
    const ada = await makeCardHolder(deps, strict, { pence: 50_000 })
    expect(await ask(deps, ada, { amount: 4_000 })).toEqual({ approve: true })
    expect(await ask(deps, ada, { amount: 2_001 })).toEqual({
      approve: false,
      reason: 'over_period_limit',
      upTo: 2_000,
    })
    expect(await ask(deps, ada, { amount: 2_000 })).toEqual({ approve: true })
    clock.set('2026-11-03T00:00:00Z')
    expect(await ask(deps, ada, { amount: 4_001 })).toEqual({
      approve: false,
      reason: 'over_period_limit',
      upTo: 4_000,
    })
    expect(await ask(deps, ada, { amount: 4_000 })).toEqual({ approve: true })
  })

  test('what would have worked is never more than what is left', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, strict, { pence: 1_200 })
    expect(await ask(deps, ada, { amount: 6_000 })).toEqual({
      approve: false,
      reason: 'over_purchase_limit',
      upTo: 1_200,
    })
  })

  test('cash that is not agreed is refused', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, open)
    expect(await ask(deps, ada, { amount: 1_000, cash: true, mcc: '6011' })).toEqual({
      approve: false,
      reason: 'cash_not_agreed',
      upTo: null,
    })
  })

  test('a rule that finance changes counts from the next purchase on', async () => {
    const { deps } = house()
    const other = await makeCardHouse(deps, { blocked: '7995' })
    const ada = await makeCardHolder(deps, other)
    await saveProgramme(deps, other.finance, {
      councilId: other.councilId,
      programmeId: other.programmeId,
      name: 'A card scheme',
      runs: 'asks',
      allowed: '5411',
    })
    expect(await ask(deps, ada, { amount: 100, mcc: '7997' })).toMatchObject({ reason: 'kind_of_shop' })
    expect(await ask(deps, ada, { amount: 100, mcc: '5411' })).toEqual({ approve: true })
    await house().runJobs()
    expect((await deps.cards.read({ account: null, card: ada.card }))?.controls.shops).toEqual({
      only: ['5411'],
    })
  })
})

test('the person is told why a purchase was refused and what would have worked', async () => {
  const { deps } = house()
  const ada = await makeCardHolder(deps, open)
  await ask(deps, ada, { amount: 10_001 })
  const [notice] = await deps.db.prisma.notice.findMany({
    where: { personId: ada.personId, kind: 'card.declined' },
  })
  expect(notice?.title).toBe('Your card was refused at Millgate Pool')
  expect(notice?.body).toContain('Up to £100.00 would have worked.')
})

test('an agreed purchase has its money set aside already: the card may have exactly that, once', async () => {
  const { deps } = house()
  const council = await makeBuyersCouncil(deps)
  const scheme = await makeCardHouse(deps)
  const ada = await makeCardHolder(
    deps,
    { ...scheme, ...council, programmeId: await programmeAt(council) },
    { pence: 40_000 },
  )
  await deps.db.asActor({ kind: 'system', job: 'test' }, (tx) =>
    tx.plan.create({
      data: {
        personId: ada.personId,
        startsOn: new Date('2026-10-01'),
        outcomes: { create: [{ position: 0, words: 'Cook for myself' }] },
      },
    }),
  )
  const purchaseId = await ordered(deps, council, ada)
  expect(await fund(ada)).toMatchObject({ available: 1_100, held: 38_900 })
  const buy = { amount: 38_900, shop: 'HARTLEY ELECTRICAL LTD MILLGATE', mcc: '5722' }
  expect(await ask(deps, ada, buy)).toEqual({ approve: true })
  expect(await fund(ada)).toMatchObject({ available: 1_100, held: 38_900 })
  expect((await rows(ada))[0]).toMatchObject({ purchaseId, heldPence: 0 })
  expect(await ask(deps, ada, buy)).toMatchObject({ approve: false, reason: 'not_enough', upTo: 1_100 })
})

async function programmeAt(council: { councilId: string; finance: CardHouse['finance'] }): Promise<string> {
  return saveProgramme(house().deps, council.finance, {
    councilId: council.councilId,
    name: 'Another scheme',
    runs: 'asks',
  })
}
