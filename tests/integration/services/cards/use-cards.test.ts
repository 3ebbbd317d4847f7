import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sign } from '#services/adapters/sandbox/signature.server.ts'
import { authorisePurchase } from '#services/cards/authorise-purchase.server.ts'
import { cardPage } from '#services/cards/card-page.server.ts'
import { emulatorPanel, pressEmulator } from '#services/cards/emulator-pages.server.ts'
import { issueCard } from '#services/cards/issue-card.server.ts'
import { loadCards } from '#services/cards/load-cards.server.ts'
import { programmesPage } from '#services/cards/programmes-page.server.ts'
import { receiveCardWebhook } from '#services/cards/receive-card-webhook.server.ts'
import { saveProgramme } from '#services/cards/save-programme.server.ts'
import { giveSecondCard } from '#services/cards/second-card.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { handleCardEvent } from '#services/cards/handle-card-event.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { replayWebhook, webhooksPage } from '#services/payments/webhooks-page.server.ts'
import {
  ask,
  type CardHolderOf,
  type CardHouse,
  makeCardHolder,
  makeCardHouse,
  press,
} from '#tests/factories/cards.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import { actingFor } from '#tests/factories/purchases.ts'
import { makePerson, makeUser, userActor } from '#tests/factories/world.ts'
import { issuingWorld } from '#tests/support/card-worlds.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'
import { cardWebhooks } from '~/http/webhooks.server.ts'

const house = useHouse()
let scheme: CardHouse
beforeAll(async () => {
  scheme = await makeCardHouse(house().deps, { blocked: '7995', atOnce: '80' })
})
afterEach(async () => {
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})

const fund = async (allocationId: string) => {
  const of = (await readBalances(house().deps.db.prisma, [allocationId])).get(allocationId)
  return { available: of?.available, held: of?.held, spent: of?.spent }
}
const purse = (allocationId: string) => house().deps.cards.emulator?.balance(allocationId)

describe('with the emulator', () => {
  const buy = (of: CardHolderOf, more: Record<string, string>) =>
    pressEmulator(house().deps, of.actor, {
      press: 'purchase',
      card: of.card,
      shop: 'Millgate Pool',
      mcc: '7997',
      amount: '25',
      takes: 'now',
      ...more,
    })

  test('what has arrived is on the card; a purchase, a part of it back, and the books and the card agree', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    expect(await purse(ada.allocationId)).toEqual({ balance: 10_000, setAside: 0 })
    expect(await buy(ada, {})).toBe('Approved, and the shop took £25.00.')
    expect(await fund(ada.allocationId)).toEqual({ available: 7_500, held: 0, spent: 2_500 })
    const bought = (await emulatorPanel(deps, ada.actor)).movements.find(
      ({ what }) => what === '£25.00 at Millgate Pool',
    )
    await pressEmulator(deps, ada.actor, {
      press: 'refund',
      transaction: bought?.transaction ?? '',
      amount: '5',
    })
    expect(await fund(ada.allocationId)).toEqual({ available: 8_000, held: 0, spent: 2_000 })
    expect(await purse(ada.allocationId)).toEqual({ balance: 8_000, setAside: 0 })
    await deps.db.tx((tx) =>
      postJournals(tx, deps.clock.now(), ada.actor, [
        allocationFunded(newId(), ada.allocationId, pence(1_000)),
      ]),
    )
    await Promise.all([loadCards(deps), loadCards(deps)])
    expect(await loadCards(deps)).toBe(0)
    expect(await purse(ada.allocationId)).toEqual({ balance: 9_000, setAside: 0 })
  })

  test('set aside, taken at another amount, let go: the books follow', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    expect(await buy(ada, { takes: 'later' })).toContain('takes it later')
    expect(await fund(ada.allocationId)).toEqual({ available: 7_500, held: 2_500, spent: 0 })
    const open = async () =>
      (await emulatorPanel(deps, ada.actor)).movements.find((one) => one.open)?.id ?? ''
    await pressEmulator(deps, ada.actor, { press: 'clear', authorisation: await open(), amount: '27' })
    expect(await fund(ada.allocationId)).toEqual({ available: 7_300, held: 0, spent: 2_700 })
    await buy(ada, { takes: 'later' })
    await pressEmulator(deps, ada.actor, { press: 'let_go', authorisation: await open() })
    expect(await fund(ada.allocationId)).toEqual({ available: 7_300, held: 0, spent: 2_700 })
    expect(
      (await refusal(pressEmulator(deps, ada.actor, { press: 'let_go', authorisation: 'nothing' }))).code,
    ).toBe('STALE_STATE')
  })

  test('refused by the scheme itself, it says why, and the person sees it', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    expect(await buy(ada, { mcc: '7995' })).toContain('does not work in this kind of shop')
    expect(await buy(ada, { amount: '80.01' })).toContain('Up to £80.00 would have worked.')
    expect(await pressEmulator(deps, ada.actor, { press: 'cash', card: ada.card, amount: '10' })).toContain(
      'cash is not agreed',
    )
    const [shown] = (await cardPage(deps, ada.actor)).funds
    expect(shown?.movements.filter(({ stands }) => stands === 'Refused')).toHaveLength(3)
  })

  test('nothing of it is there without a demo', async () => {
    const { deps } = house()
    const real = { ...deps, settings: { ...deps.settings, demo: false } }
    expect((await refusal(emulatorPanel(real, scheme.finance))).code).toBe('NOT_FOUND')
  })
})

describe('a second card', () => {
  async function withSupporter() {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const userId = await makeUser(deps, 'Daniel Test')
    const authorityId = await makeAuthority(deps, {
      personId: ada.personId,
      supporterUserId: userId,
      type: 'nominated_person',
      scopes: ['see_money', 'manage_money'],
    })
    await giveSecondCard(deps, ada.actor, {
      personId: ada.personId,
      allocationId: ada.allocationId,
      supporterUserId: userId,
    })
    const card = await deps.db.prisma.card.findFirstOrThrow({ where: { supporterUserId: userId } })
    return { ada, userId, authorityId, second: { ...ada, cardId: card.id, card: card.externalId } }
  }

  test('draws on the same fund, shows who paid, and stops with the authority', async () => {
    const { deps } = house()
    const { ada, authorityId, second } = await withSupporter()
    expect(await ask(deps, second, { amount: 100 })).toMatchObject({ reason: 'not_active' })
    await press(deps, second, { press: 'unfreeze' })
    const both = await Promise.all([ask(deps, ada, { amount: 7_000 }), ask(deps, second, { amount: 7_000 })])
    expect(both.filter(({ approve }) => approve)).toHaveLength(1)
    expect(await fund(ada.allocationId)).toMatchObject({ available: 3_000, held: 7_000 })
    const shown = (await cardPage(deps, ada.actor)).funds[0]
    expect(shown?.cards.map(({ holder, second: is }) => [holder, is])).toContainEqual(['Daniel Test', true])
    await deps.db.prisma.authority.update({
      where: { id: authorityId },
      data: { endedAt: new Date('2026-11-02T09:00:00Z') },
    })
    expect(await ask(deps, second, { amount: 100 })).toEqual({ approve: false, reason: 'ended', upTo: null })
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: true })
  })

  test('is one a supporter, and only for one who may manage the money', async () => {
    const { deps } = house()
    const { ada, userId } = await withSupporter()
    const give = (supporterUserId: string) =>
      giveSecondCard(deps, ada.actor, {
        personId: ada.personId,
        allocationId: ada.allocationId,
        supporterUserId,
      })
    expect((await refusal(give(userId))).code).toBe('CLASH')
    const friend = await makeUser(deps)
    await makeAuthority(deps, { personId: ada.personId, supporterUserId: friend, scopes: ['see_money'] })
    expect((await refusal(give(friend))).code).toBe('NOT_FOUND')
  })

  test('can be ended by the person, at once; their own cannot', async () => {
    const { deps } = house()
    const { ada, second } = await withSupporter()
    await press(deps, second, { press: 'end' })
    expect(await ask(deps, second, { amount: 100 })).toMatchObject({ reason: 'ended' })
    expect((await refusal(press(deps, ada, { press: 'end' }))).code).toBe('NOT_FOUND')
  })
})

describe('who may', () => {
  test('a supporter who sees the money sees the card and presses nothing; a stranger finds none', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const supporter = userActor(await makeUser(deps))
    const authorityId = await makeAuthority(deps, {
      personId: ada.personId,
      supporterUserId: supporter.userId,
      scopes: ['see_money'],
    })
    const seeing = actingFor(supporter, ada, ['see_money'], authorityId)
    const page = await cardPage(deps, seeing)
    expect(page.acts).toBe(false)
    expect(page.funds[0]?.cards[0]?.presses).toEqual([])
    const freeze = { press: 'freeze' }
    expect((await refusal(press(deps, { ...ada, actor: seeing }, freeze))).code).toBe('FORBIDDEN')
    const other = await makePerson(deps, scheme.councilId, [{ pence: 1 }])
    expect(
      (await refusal(press(deps, { ...ada, actor: other.actor, personId: other.personId }, freeze))).code,
    ).toBe('NOT_FOUND')
  })

  test('a council’s finance sets up schemes and makes cards for its own people, with a fresh second step', async () => {
    const { deps } = house()
    const other = await makeCardHouse(deps)
    const ada = await makePerson(deps, scheme.councilId, [{ pence: 1, deployment: 'direct_payment_card' }])
    const of = { programmeId: scheme.programmeId, allocationId: ada.allocationIds[0] ?? '' }
    expect((await refusal(issueCard(deps, other.finance, { councilId: scheme.councilId, ...of }))).code).toBe(
      'NOT_FOUND',
    )
    expect(
      (
        await refusal(
          issueCard(deps, other.finance, {
            councilId: other.councilId,
            ...of,
            programmeId: other.programmeId,
          }),
        )
      ).code,
    ).toBe('NOT_FOUND')
    const stale = { ...scheme.finance, secondStepFresh: false }
    expect(
      (await refusal(saveProgramme(deps, stale, { councilId: scheme.councilId, name: 'x', runs: 'asks' })))
        .code,
    ).toBe('SECOND_STEP')
    expect((await refusal(programmesPage(deps, ada.actor, { council: null }))).code).toBe('NOT_FOUND')
    const wrong = await refusal(
      saveProgramme(deps, scheme.finance, {
        councilId: scheme.councilId,
        name: '',
        runs: 'asks',
        allowed: '54',
        blocked: '7995',
        atOnce: '-3',
        aDay: '1.005',
      }),
    )
    expect(Object.keys(wrong.details.fields ?? {}).sort()).toEqual(['aDay', 'allowed', 'atOnce', 'name'])
  })

  test('a fund has one card of its own', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const { councilId, programmeId } = scheme
    expect(
      (
        await refusal(
          issueCard(deps, scheme.finance, { councilId, programmeId, allocationId: ada.allocationId }),
        )
      ).code,
    ).toBe('CLASH')
  })
})

describe('over HTTP', () => {
  test('signed deliveries are stored once; unsigned, old and broken ones are refused and leave nothing', async () => {
    const { deps } = house()
    const app = express()
    app.post('/webhooks/cards', ...cardWebhooks(deps))
    const server = createServer(app)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const secret = `cards emulator: ${deps.settings.sessionSecret ?? ''}`
    const { emulator } = deps.cards
    const now = Temporal.Now.instant()
    const body = JSON.stringify({
      id: 'evt-http-card',
      at: now.toString(),
      card: 'nobody’s',
      type: 'reversed',
      authorisation: 'x',
    })
    const post = async (text: string, signature: string | null) =>
      (
        await fetch(`http://127.0.0.1:${String(port)}/webhooks/cards`, {
          method: 'POST',
          headers: {
            origin: 'https://elsewhere.test',
            ...(signature ? { 'kith-signature': signature } : {}),
          },
          body: text,
        })
      ).status
    const before = await deps.db.prisma.webhookEvent.count()
    try {
      expect(emulator).toBeDefined()
      expect(await post(body, null)).toBe(400)
      expect(await post(body, sign('another secret', body, now))).toBe(400)
      expect(await post(body, sign(secret, body, now.subtract({ hours: 24 * 40 })))).toBe(400)
      const cut = body.slice(0, 30)
      expect(await post(cut, sign(secret, cut, now))).toBe(400)
      expect(await deps.db.prisma.webhookEvent.count()).toBe(before)
      expect(await post(body, sign(secret, body, now))).toBe(200)
      expect(await post(body, sign(secret, body, now))).toBe(200)
      expect(await deps.db.prisma.webhookEvent.count()).toBe(before + 1)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('an event of an unknown card waits for an operator, who can have it handled again', async () => {
    const { deps } = house()
    await house().runJobs()
    const operator = userActor(await makeUser(deps), { operator: true })
    const page = await webhooksPage(deps, operator, { state: 'look', page: 1 })
    const event = page.events.find(({ externalId }) => externalId === 'evt-http-card')
    expect(event?.outcome).toBe('unknown object')
    await replayWebhook(deps, operator, event?.id ?? '')
    await house().runJobs()
    const again = await deps.db.prisma.webhookEvent.findUniqueOrThrow({ where: { id: event?.id ?? '' } })
    expect(again).toMatchObject({ outcome: 'unknown object', attempts: 2 })
  })
})

describe('with Stripe Issuing', () => {
  let world: Awaited<ReturnType<typeof issuingWorld>>
  beforeAll(async () => {
    world = await issuingWorld()
  })
  afterAll(() => world.close())

  test('each purchase is answered from the ledger in time, and what it tells is booked once', async () => {
    const deps = { ...house().deps, cards: world.cards }
    const own = await makeCardHouse(deps, { atOnce: '80' })
    const ada = await makeCardHolder(deps, own)
    const buy = (amount: number) =>
      world.buy(ada.card, amount, '7997', (request) => authorisePurchase(deps, request))
    const first = await buy(6_000)
    expect(first.approved).toBe(true)
    expect((await buy(4_001)).approved).toBe(false)
    expect((await buy(4_000)).approved).toBe(true)
    expect(await fund(ada.allocationId)).toEqual({ available: 0, held: 10_000, spent: 0 })
    await world.clear(first.authorisation, 5_500)
    const told = await world.deliveries()
    for (const { body, signature } of [...told, ...told].reverse())
      await receiveCardWebhook(deps, body, signature)
    const events = await deps.db.prisma.webhookEvent.findMany({ where: { source: 'cards', handledAt: null } })
    for (const { id } of events) await handleCardEvent(deps, id)
    expect(await fund(ada.allocationId)).toEqual({ available: 500, held: 4_000, spent: 5_500 })
    expect(world.reported).toEqual([])
  })
})
