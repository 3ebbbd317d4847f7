import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { Authorise, CardControls, CardState, IssueRequest } from '#services/ports/cards.ts'
import { PaymentFault } from '#services/ports/payments.ts'
import { cardDeclineWords } from '#services/ports/card-words.ts'
import {
  type CardsWorld,
  emulatorWorld,
  issuingWorld,
  smallLedger,
  toldOfCards,
} from '#tests/support/card-worlds.ts'

const key = (): string => `test:${newId()}`
const FREE: CardControls = { shops: null, perPurchase: null, perDay: null, perMonth: null, cash: false }
const POOL = '7997'
const OFF_LICENCE = '5921'
const CASH = '6011'

const wanted = (more: Partial<IssueRequest> = {}): IssueRequest => ({
  key: key(),
  allocation: newId(),
  account: null,
  holder: {
    id: newId(),
    reference: null,
    firstName: 'Joan',
    lastName: 'Ellery',
    dateOfBirth: Temporal.PlainDate.from('1948-03-01'),
    email: null,
    phone: null,
    address: { line1: '1 Mill Lane', town: 'Millgate', postcode: 'ZZ1 1ZZ' },
  },
  carriedBy: 'person',
  form: 'virtual',
  controls: FREE,
  ...more,
})

describe.each([
  ['the emulator', emulatorWorld],
  ['Stripe Issuing', issuingWorld],
] as const)('the cards port: %s', (name, open) => {
  let world: CardsWorld
  beforeAll(async () => {
    world = await open()
  })
  afterAll(async () => {
    await world.close()
    expect(world.breaches(), 'requests, answers and events are as in the vendor’s own document').toEqual([])
  })
  const done = (result: Awaited<ReturnType<CardsWorld['cards']['issue']>>): CardState => {
    if (result.status !== 'done') throw new Error(`no card: ${result.status}`)
    return result.card
  }
  /** A card that is in use, with plenty on it where the scheme keeps a balance. */
  const inUse = async (more: Partial<IssueRequest> = {}): Promise<CardState> => {
    const request = wanted(more)
    const card = done(await world.cards.issue(request))
    await world.cards.load({ key: key(), allocation: request.allocation, amount: pence(1_000_000) })
    await toldOfCards(world)
    return card
  }
  const at = (card: CardState) => ({ account: null, card: card.card })
  const rich = () => smallLedger(1_000_000)

  describe('a card', () => {
    test('is issued once for a key, for one allocation and one holder', async () => {
      const request = wanted()
      const card = done(await world.cards.issue(request))
      expect(card).toMatchObject({
        allocation: request.allocation,
        carriedBy: 'person',
        status: 'active',
        controls: FREE,
        replaces: null,
        last4: expect.stringMatching(/^\d{4}$/),
        expires: expect.stringMatching(/^20\d\d-\d\d$/),
      })
      expect(done(await world.cards.issue(request)).card).toBe(card.card)
      expect(await world.cards.read(at(card))).toEqual(card)
      expect(await world.cards.read({ account: null, card: 'ic_nowhere' })).toBeNull()
      await expect(world.cards.issue({ ...request, controls: { ...FREE, cash: true } })).rejects.toThrow(
        PaymentFault,
      )
    })
    test('keeps its controls, many kinds of shop too', async () => {
      const codes = Array.from({ length: 200 }, (_, index) => String(5_000 + index))
      const controls: CardControls = {
        shops: { only: codes },
        perPurchase: pence(5_000),
        perDay: pence(8_000),
        perMonth: pence(20_000),
        cash: true,
      }
      const card = done(await world.cards.issue(wanted({ controls })))
      expect(card.controls).toEqual(controls)
      const fewer: CardControls = { ...FREE, shops: { not: [OFF_LICENCE] } }
      expect(
        done(await world.cards.setControls({ ...at(card), key: key(), controls: fewer })).controls,
      ).toEqual(fewer)
      expect((await world.cards.read(at(card)))?.controls).toEqual(fewer)
      expect(
        done(await world.cards.setControls({ ...at(card), key: key(), controls: FREE })).controls,
      ).toEqual(FREE)
    })
    test('that comes in the post is started by its holder', async () => {
      const card = await inUse({ form: 'plastic' })
      expect(card.status).toBe('waiting')
      await toldOfCards(world)
      expect((await world.buy(card.card, 100, POOL, rich().authorise)).approved).toBe(false)
      expect(await toldOfCards(world)).toMatchObject([{ type: 'declined', reason: 'not_active' }])
      expect(done(await world.cards.unfreeze({ ...at(card), key: key() })).status).toBe('active')
    })
    test('is frozen, unfrozen and ended; each is told', async () => {
      const card = await inUse()
      for (const [press, status] of [
        ['freeze', 'frozen'],
        ['unfreeze', 'active'],
        ['freeze', 'frozen'],
        ['end', 'ended'],
      ] as const) {
        expect(done(await world.cards[press]({ ...at(card), key: key() })).status).toBe(status)
        expect(await toldOfCards(world)).toMatchObject([{ type: 'card_changed', card: card.card, status }])
      }
      expect(done(await world.cards.unfreeze({ ...at(card), key: key() })).status).toBe('ended')
      expect(done(await world.cards.end({ ...at(card), key: key() })).status).toBe('ended')
      expect(await world.cards.freeze({ account: null, card: 'ic_nowhere', key: key() })).toEqual({
        status: 'missing',
      })
    })
    test.each(['lost', 'stolen', 'damaged', 'expired'] as const)(
      'that is %s is replaced: the old one ends',
      async (why) => {
        const card = await inUse({ controls: { ...FREE, perPurchase: pence(5_000) } })
        const request = { ...at(card), key: key(), why }
        const fresh = done(await world.cards.replace(request))
        expect(fresh).toMatchObject({
          allocation: card.allocation,
          holder: card.holder,
          replaces: card.card,
          status: 'active',
          controls: card.controls,
        })
        expect(fresh.card).not.toBe(card.card)
        expect((await world.cards.read(at(card)))?.status).toBe('ended')
        expect(done(await world.cards.replace(request)).card).toBe(fresh.card)
        expect((await world.buy(card.card, 100, POOL, rich().authorise)).approved).toBe(false)
        expect((await world.buy(fresh.card, 100, POOL, rich().authorise)).approved).toBe(true)
        await toldOfCards(world)
      },
    )
    test('that comes in the post waits, and so does the one that takes its place, until it is started', async () => {
      const card = await inUse({ form: 'plastic' })
      expect(card.status).toBe('waiting')
      done(await world.cards.unfreeze({ ...at(card), key: key() }))
      const fresh = done(await world.cards.replace({ ...at(card), key: key(), why: 'lost' }))
      expect(fresh).toMatchObject({ replaces: card.card, status: 'waiting' })
      expect((await world.buy(fresh.card, 100, POOL, rich().authorise)).approved).toBe(false)
      expect(done(await world.cards.unfreeze({ ...at(fresh), key: key() })).status).toBe('active')
      expect((await world.buy(fresh.card, 100, POOL, rich().authorise)).approved).toBe(true)
      await toldOfCards(world)
    })
    test('for a supporter draws on the same allocation, and is another card', async () => {
      const card = await inUse()
      const { allocation } = card
      const second = done(await world.cards.issue(wanted({ allocation, carriedBy: 'supporter' })))
      expect(second).toMatchObject({ allocation, carriedBy: 'supporter' })
      expect(second.holder).not.toBe(card.holder)
      const ledger = rich()
      await world.buy(second.card, 100, POOL, ledger.authorise)
      expect(ledger.asked).toMatchObject([{ allocation, amount: 100 }])
      await world.cards.freeze({ ...at(second), key: key() })
      expect((await world.buy(card.card, 100, POOL, ledger.authorise)).approved).toBe(true)
      await toldOfCards(world)
    })
  })

  describe('a purchase', () => {
    test('asks the ledger, is cleared later, and may be given back', async () => {
      const card = await inUse()
      const ledger = smallLedger(10_000)
      const bought = await world.buy(card.card, 2_750, POOL, ledger.authorise)
      const { authorisation } = bought
      expect(bought.approved).toBe(true)
      expect(ledger.asked).toEqual([
        { authorisation, amount: 2_750, allocation: card.allocation, mcc: POOL, cash: false },
      ])
      const merchant = { name: 'Millgate Pool', mcc: POOL, town: 'Millgate' }
      expect(await toldOfCards(world)).toEqual([
        {
          id: expect.any(String),
          at: world.now(),
          card: card.card,
          type: 'authorised',
          authorisation,
          amount: 2_750,
          merchant,
          cash: false,
        },
      ])
      const transaction = await world.clear(authorisation, 2_750)
      const cleared = (await toldOfCards(world)).filter(({ type }) => type !== 'unknown')
      expect(cleared).toMatchObject([
        { type: 'cleared', authorisation, transaction, amount: 2_750, merchant, cash: false },
      ])
      await world.refund(bought, transaction, 750)
      expect(await toldOfCards(world)).toMatchObject([
        { type: 'refunded', authorisation, amount: 750, card: card.card },
      ])
    })
    test('that the shop lets go is reversed', async () => {
      const card = await inUse()
      const { authorisation } = await world.buy(card.card, 2_750, POOL, rich().authorise)
      await toldOfCards(world)
      await world.reverse(authorisation)
      expect(await toldOfCards(world)).toMatchObject([{ type: 'reversed', authorisation, card: card.card }])
    })
    test('above what the ledger has is declined, and says up to how much would have worked', async () => {
      const card = await inUse()
      const ledger = smallLedger(2_749)
      expect((await world.buy(card.card, 2_750, POOL, ledger.authorise)).approved).toBe(false)
      const [event] = await toldOfCards(world)
      expect(event).toMatchObject({ type: 'declined', reason: 'not_enough', upTo: 2_749, amount: 2_750 })
      expect(cardDeclineWords('not_enough', pence(2_749))).toEqual({
        what: 'There was not enough left in this fund.',
        next: 'Up to £27.49 would have worked.',
      })
      expect((await world.buy(card.card, 2_749, POOL, ledger.authorise)).approved).toBe(true)
      expect(ledger.left()).toBe(0)
      await toldOfCards(world)
    })
    test.each([
      [4_999, true],
      [5_000, true],
      [5_001, false],
    ])('of %i pence with a limit of £50.00 at once: approved %s', async (amount, approved) => {
      const card = await inUse({ controls: { ...FREE, perPurchase: pence(5_000) } })
      const ledger = rich()
      expect((await world.buy(card.card, amount, POOL, ledger.authorise)).approved).toBe(approved)
      expect(ledger.asked).toHaveLength(approved ? 1 : 0)
      expect(await toldOfCards(world)).toMatchObject([
        approved
          ? { type: 'authorised', amount }
          : { type: 'declined', reason: 'over_purchase_limit', upTo: 5_000 },
      ])
    })
    test.each([
      ['these alone', { only: [POOL] }],
      ['all but these', { not: [OFF_LICENCE] }],
    ])('in a kind of shop that is not agreed is declined without asking: %s', async (_what, shops) => {
      const card = await inUse({ controls: { ...FREE, shops } })
      const ledger = rich()
      expect((await world.buy(card.card, 100, OFF_LICENCE, ledger.authorise)).approved).toBe(false)
      expect(ledger.asked).toEqual([])
      expect(await toldOfCards(world)).toMatchObject([
        { type: 'declined', reason: 'kind_of_shop', upTo: null, merchant: { mcc: OFF_LICENCE } },
      ])
      expect((await world.buy(card.card, 100, POOL, ledger.authorise)).approved).toBe(true)
      await toldOfCards(world)
    })
    test('of cash works only where it is agreed', async () => {
      const ledger = rich()
      const without = await inUse()
      expect((await world.buy(without.card, 2_000, CASH, ledger.authorise)).approved).toBe(false)
      expect(await toldOfCards(world)).toMatchObject([
        { type: 'declined', reason: 'cash_not_agreed', cash: true },
      ])
      const agreed = await inUse({ controls: { ...FREE, cash: true, shops: { only: [POOL] } } })
      expect((await world.buy(agreed.card, 2_000, CASH, ledger.authorise)).approved).toBe(true)
      expect(ledger.asked).toMatchObject([{ cash: true }])
      expect(await toldOfCards(world)).toMatchObject([{ type: 'authorised', cash: true }])
    })
    test('with a card that is frozen or ended is declined without asking', async () => {
      const ledger = rich()
      for (const [press, reason] of [
        ['freeze', 'frozen'],
        ['end', 'ended'],
      ] as const) {
        const card = await inUse()
        await world.cards[press]({ ...at(card), key: key() })
        await toldOfCards(world)
        expect((await world.buy(card.card, 100, POOL, ledger.authorise)).approved).toBe(false)
        expect(await toldOfCards(world)).toMatchObject([{ type: 'declined', reason }])
      }
      expect(ledger.asked).toEqual([])
    })
    test('that the ledger cannot be asked about is declined, and the fault is reported', async () => {
      const card = await inUse()
      const broken: Authorise = () => Promise.reject(new Error('the ledger is away'))
      expect((await world.buy(card.card, 100, POOL, broken)).approved).toBe(false)
      expect(await toldOfCards(world)).toMatchObject([{ type: 'declined', reason: 'no_answer' }])
      expect(world.reported.splice(0)).toEqual([new Error('the ledger is away')])
    })
  })

  describe('deliveries', () => {
    const one = async () => {
      const card = await inUse()
      await world.buy(card.card, 100, POOL, rich().authorise)
      const delivery = (await world.deliveries()).at(-1)
      if (!delivery) throw new Error('nothing was delivered')
      return delivery
    }
    const receive = ({ body, signature }: { body: string; signature: string | null }) =>
      world.cards.receive(body, signature, rich().authorise)
    test('played again have the same id; forged, changed, old and meaningless ones are refused', async () => {
      const { body, signature } = await one()
      const first = await receive({ body, signature })
      expect(first).toMatchObject({ ok: true, event: { type: 'authorised' }, reply: { status: 200 } })
      expect(await receive({ body, signature })).toEqual(first)
      expect(await receive({ body, signature: null })).toEqual({ ok: false, why: 'no_signature' })
      expect(await receive({ body: body.slice(0, -9), signature })).toEqual({
        ok: false,
        why: 'wrong_signature',
      })
      expect(await receive(world.signed(body, world.now().subtract({ seconds: 301 })))).toEqual({
        ok: false,
        why: 'too_old',
      })
      expect(await receive(world.signed('{"id":'))).toEqual({ ok: false, why: 'unreadable' })
      const changed = world.signed(
        body.replace(/"type":"(authorised|issuing_authorization.created)"/, '"type":"new.kind"'),
      )
      expect(await receive(changed)).toMatchObject({ ok: true, event: { type: 'unknown', name: 'new.kind' } })
    })
  })

  if (name === 'the emulator')
    describe('the balance that a scheme keeps', () => {
      test('is loaded once for a key, and no more is bought or taken off than is there', async () => {
        const request = wanted()
        const { allocation } = request
        const card = done(await world.cards.issue(request))
        const load = { key: key(), allocation, amount: pence(5_000) }
        const first = await world.cards.load(load)
        expect(first).toMatchObject({ status: 'done', balance: 5_000 })
        expect(await world.cards.load(load)).toMatchObject({ status: 'done', balance: 5_000 })
        await expect(world.cards.load({ ...load, amount: pence(5_001) })).rejects.toThrow(PaymentFault)
        await toldOfCards(world)
        expect((await world.buy(card.card, 5_001, POOL, rich().authorise)).approved).toBe(false)
        expect(await toldOfCards(world)).toMatchObject([{ reason: 'not_enough', upTo: 5_000 }])
        const { authorisation } = await world.buy(card.card, 3_000, POOL, rich().authorise)
        const off = (amount: number) => world.cards.unload({ key: key(), allocation, amount: pence(amount) })
        expect(await off(2_001)).toEqual({ status: 'refused', why: 'not_enough' })
        expect(await off(2_000)).toMatchObject({ status: 'done', balance: 3_000 })
        await world.clear(authorisation, 3_000)
        expect(await world.cards.emulator?.balance(allocation)).toEqual({ balance: 0, setAside: 0 })
        expect(await world.cards.load({ ...load, key: key(), allocation: newId() })).toEqual({
          status: 'refused',
          why: 'missing',
        })
        await toldOfCards(world)
      })
      test('and limits of a day and a month are of London’s', async () => {
        const controls = { ...FREE, perDay: pence(3_000), perMonth: pence(4_000) }
        const card = await inUse({ controls })
        const buy = async (amount: number) =>
          (await world.buy(card.card, amount, POOL, rich().authorise)).approved
        expect(await buy(2_999)).toBe(true)
        expect(await buy(2)).toBe(false)
        expect((await toldOfCards(world)).at(-1)).toMatchObject({ reason: 'over_period_limit', upTo: 1 })
        expect(await buy(1)).toBe(true)
        world.pass({ hours: 14 })
        expect(await buy(1_001)).toBe(false)
        expect((await toldOfCards(world)).at(-1)).toMatchObject({ reason: 'over_period_limit', upTo: 1_000 })
        expect(await buy(1_000)).toBe(true)
        world.pass({ days: 30 })
        expect(await buy(3_000)).toBe(true)
        await toldOfCards(world)
      })
      test('two purchases at once cannot both have the last of it', async () => {
        const card = done(await world.cards.issue(wanted()))
        await world.cards.load({ key: key(), allocation: card.allocation, amount: pence(1_000) })
        const both = await Promise.all([1, 2].map(() => world.buy(card.card, 1_000, POOL, rich().authorise)))
        expect(both.map(({ approved }) => approved).sort()).toEqual([false, true])
        await toldOfCards(world)
      })
    })
})

describe('the question that Stripe Issuing asks', () => {
  let world: Awaited<ReturnType<typeof issuingWorld>>
  beforeAll(async () => {
    world = await issuingWorld()
  })
  afterAll(async () => {
    await world.close()
    expect(world.breaches()).toEqual([])
  })

  test('is declined when the ledger does not answer in time, and the decline says so', async () => {
    const result = await world.cards.issue(wanted())
    const card = result.status === 'done' ? result.card.card : ''
    let late: () => void = () => undefined
    const slow: Authorise = () =>
      new Promise((resolve) => {
        late = () => {
          resolve({ approve: true })
        }
      })
    const { approved, authorisation } = await world.buy(card, 100, POOL, slow)
    late()
    expect(approved).toBe(false)
    expect(await toldOfCards(world)).toMatchObject([{ type: 'declined', authorisation, reason: 'no_answer' }])
  })
  test('is answered with the version and the decision alone, and told as nothing', async () => {
    const result = await world.cards.issue(wanted())
    const card = result.status === 'done' ? result.card.card : ''
    let reply: unknown
    const receive = world.cards.receive.bind(world.cards)
    world.cards.receive = async (body, signature, authorise) => {
      const answer = await receive(body, signature, authorise)
      if (answer.ok && answer.event === null) reply = answer.reply
      return answer
    }
    await world.buy(card, 100, POOL, smallLedger(100).authorise)
    expect(reply).toEqual({
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Stripe-Version': expect.stringMatching(/^20\d\d-/) },
      body: '{"approved":true}',
    })
    world.cards.receive = receive
  })
  test('that cannot be understood is declined', async () => {
    const body = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'issuing_authorization.request',
      created: 1_793_000_000,
      data: { object: { id: 'iauth_1' } },
    })
    const { signature } = world.signed(body)
    const ledger = smallLedger(100)
    expect(await world.cards.receive(body, signature, ledger.authorise)).toMatchObject({
      ok: true,
      event: null,
      reply: { body: expect.stringContaining('"approved":false') },
    })
    expect(ledger.asked).toEqual([])
  })
  test('an outage while a card is issued is a state, and the same key works afterwards', async () => {
    const request = wanted()
    world.fake.trouble({ on: /issuing\/cards$/, what: 'lost_answer' })
    expect(await world.cards.issue(request)).toMatchObject({ status: 'unavailable' })
    expect(await world.cards.issue(request)).toMatchObject({ status: 'done' })
    expect(
      world.fake.world
        .books('')
        .of('issuing.card')
        .filter(
          ({ metadata }) => (metadata as { kith_allocation: string }).kith_allocation === request.allocation,
        ),
    ).toHaveLength(1)
  })
})
