import { beforeAll, describe, expect, test } from 'vitest'
import { cardPage } from '#services/cards/card-page.server.ts'
import { pressCouncilCard } from '#services/cards/council-card.server.ts'
import { importCardFile } from '#services/cards/import-card-file.server.ts'
import { issueCard } from '#services/cards/issue-card.server.ts'
import { programmesPage } from '#services/cards/programmes-page.server.ts'
import { giveSecondCard } from '#services/cards/second-card.server.ts'
import {
  ask,
  type CardHouse,
  makeCardHolder,
  makeCardHouse,
  makeProgramme,
  press,
} from '#tests/factories/cards.ts'
import { actorOf, makeAuthority, makeStaff } from '#tests/factories/circle.ts'
import { makePerson, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let scheme: CardHouse
beforeAll(async () => {
  scheme = await makeCardHouse(house().deps)
})

const finance = (what: Record<string, string>, actor = scheme.finance) =>
  pressCouncilCard(house().deps, actor, { councilId: scheme.councilId, why: 'asked', ...what })
const shown = async (cardId: string) =>
  (await programmesPage(house().deps, scheme.finance, { council: null })).cards.find(
    ({ id }) => id === cardId,
  )

describe('finance stops a card of its own council', () => {
  test('frozen with a reason, it pays nothing, and the person is told who did it and why; unfrozen, it pays', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    expect((await shown(ada.cardId))?.presses).toEqual(['freeze', 'end'])
    await finance({ cardId: ada.cardId, press: 'freeze', why: 'misuse', note: 'Ring us on Monday.' })
    expect(await ask(deps, ada, { amount: 100 })).toMatchObject({ approve: false, reason: 'frozen' })
    expect((await deps.cards.read({ account: null, card: ada.card }))?.status).toBe('frozen')
    const notice = await deps.db.prisma.notice.findFirstOrThrow({
      where: { personId: ada.personId, kind: 'card.changed' },
    })
    expect(notice.body).toContain('A first in finance')
    expect(notice.body).toContain('somebody else may be using it')
    expect(notice.body).toContain('Ring us on Monday.')
    expect(await shown(ada.cardId)).toMatchObject({
      presses: ['unfreeze', 'end'],
      changed: expect.stringContaining('Frozen by A first in finance') as string,
    })
    await finance({ cardId: ada.cardId, press: 'unfreeze' })
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: true })
  })

  test('ended, it stays ended for the person, too, and the fund can have a new one although a supporter carries a second', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const supporterUserId = await makeUser(deps, 'Daniel Test')
    await makeAuthority(deps, {
      personId: ada.personId,
      supporterUserId,
      type: 'nominated_person',
      scopes: ['see_money', 'manage_money'],
    })
    const { personId, allocationId } = ada
    await giveSecondCard(deps, ada.actor, { personId, allocationId, supporterUserId })
    await finance({ cardId: ada.cardId, press: 'end', why: 'agreement' })
    expect(await ask(deps, ada, { amount: 100 })).toMatchObject({ approve: false, reason: 'ended' })
    expect((await deps.cards.read({ account: null, card: ada.card }))?.status).toBe('ended')
    expect((await refusal(press(deps, ada, { press: 'unfreeze' }))).code).toBe('STALE_STATE')
    expect((await cardPage(deps, ada.actor)).funds[0]?.cards.map(({ holder }) => holder)).toEqual([
      'Daniel Test',
    ])
    const page = await programmesPage(deps, scheme.finance, { council: null })
    expect(page.without.map(({ id }) => id)).toContain(allocationId)
    const { councilId, programmeId } = scheme
    expect(await issueCard(deps, scheme.finance, { councilId, programmeId, allocationId })).not.toBe(
      ada.cardId,
    )
  })

  test('a card in the post is not started by the council, but can be ended', async () => {
    const { deps } = house()
    const person = await makePerson(deps, scheme.councilId, [{ pence: 1, deployment: 'direct_payment_card' }])
    const { councilId, programmeId } = scheme
    const [allocationId = ''] = person.allocationIds
    const cardId = await issueCard(deps, scheme.finance, { councilId, programmeId, allocationId })
    expect((await shown(cardId))?.presses).toEqual(['end'])
    expect((await refusal(finance({ cardId, press: 'unfreeze' }))).code).toBe('STALE_STATE')
    await finance({ cardId, press: 'end' })
    expect(await shown(cardId)).toBeUndefined()
  })

  test('pressed twice it is done once, and the person is told once', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    await finance({ cardId: ada.cardId, press: 'freeze' })
    expect((await refusal(finance({ cardId: ada.cardId, press: 'freeze' }))).code).toBe('STALE_STATE')
    expect(
      await deps.db.prisma.notice.count({ where: { personId: ada.personId, kind: 'card.changed' } }),
    ).toBe(1)
  })

  test('it counts in the books while the scheme does not answer, and can be pressed again', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const silent = {
      ...deps.cards,
      freeze: () =>
        Promise.resolve({
          status: 'unavailable' as const,
          why: 'no_answer' as const,
          retryAfterSeconds: null,
        }),
    }
    const what = { councilId: scheme.councilId, cardId: ada.cardId, press: 'freeze', why: 'asked' }
    expect((await refusal(pressCouncilCard({ ...deps, cards: silent }, scheme.finance, what))).code).toBe(
      'UNAVAILABLE',
    )
    expect(await ask(deps, ada, { amount: 100 })).toMatchObject({ reason: 'frozen' })
    await finance(what)
    expect((await deps.cards.read({ account: null, card: ada.card }))?.status).toBe('frozen')
    expect(
      await deps.db.prisma.notice.count({ where: { personId: ada.personId, kind: 'card.changed' } }),
    ).toBe(1)
  })

  test('without a reason nothing happens; nor for a scheme that somebody else runs', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const wrong = await refusal(finance({ cardId: ada.cardId, press: 'freeze', why: '' }))
    expect(Object.keys(wrong.details.fields ?? {})).toEqual(['why'])
    const files = await makeProgramme(deps, scheme.councilId, scheme.finance, {
      name: 'Brightway',
      runs: 'file',
    })
    const person = await makePerson(deps, scheme.councilId, [{ pence: 1, deployment: 'direct_payment_card' }])
    const cardId = await issueCard(deps, scheme.finance, {
      councilId: scheme.councilId,
      programmeId: files,
      allocationId: person.allocationIds[0] ?? '',
      reference: 'BW-1',
      last4: '4321',
    })
    expect((await shown(cardId))?.presses).toEqual([])
    const elsewhere = await refusal(finance({ cardId, press: 'freeze' }))
    expect(elsewhere.code).toBe('REFUSED_BY_RULE')
    expect(elsewhere.publicMessage).toContain('Brightway is run by somebody else')
    expect(await deps.db.prisma.card.findUniqueOrThrow({ where: { id: cardId } })).toMatchObject({
      state: 'active',
    })
  })

  test('nobody else: another council’s finance, other roles and the person find nothing; a second step is fresh', async () => {
    const { deps } = house()
    const ada = await makeCardHolder(deps, scheme)
    const other = await makeCardHouse(deps)
    const adviser = await actorOf(deps, await makeStaff(deps, scheme.councilId, ['adviser']))
    const what = { cardId: ada.cardId, press: 'freeze' }
    for (const stranger of [other.finance, adviser, ada.actor])
      expect((await refusal(finance(what, stranger))).code).toBe('NOT_FOUND')
    expect((await refusal(finance({ ...what, councilId: other.councilId }, other.finance))).code).toBe(
      'NOT_FOUND',
    )
    const stale = { ...scheme.finance, secondStepFresh: false }
    expect((await refusal(finance(what, stale))).code).toBe('SECOND_STEP')
    expect(await ask(deps, ada, { amount: 100 })).toEqual({ approve: true })
  })
})

test('finance sees which card files were brought, by whom, how many lines, and how many of them wait', async () => {
  const { deps } = house()
  const own = await makeCardHouse(deps, { runs: 'file', name: 'Brightway' })
  const person = await makePerson(deps, own.councilId, [{ pence: 5_000, deployment: 'direct_payment_card' }])
  await issueCard(deps, own.finance, {
    councilId: own.councilId,
    programmeId: own.programmeId,
    allocationId: person.allocationIds[0] ?? '',
    reference: 'BW-2',
    last4: '4321',
  })
  const bring = (...lines: string[]) =>
    importCardFile(deps, own.finance, {
      councilId: own.councilId,
      programmeId: own.programmeId,
      reference: 'ID',
      card: 'Card',
      date: 'Date',
      amount: 'Amount',
      type: 'Type',
      merchant: 'Shop',
      types: 'PUR = purchase',
      spending: 'above_zero',
      file: ['ID,Card,Date,Type,Shop,Amount', ...lines].join('\n'),
    })
  const good = '1,BW-2,02/11/2026,PUR,Chemist,5.00'
  const bad = '2,BW-2,02/11/2026,PUR,Chemist,500.00'
  await bring(good, bad)
  await bring(good)
  const { files } = await programmesPage(deps, own.finance, { council: null })
  expect(files).toMatchObject([
    { scheme: 'Brightway', by: 'A first in finance', lines: 1, fresh: 0, known: 1, refused: 0 },
    { scheme: 'Brightway', by: 'A first in finance', lines: 2, fresh: 1, known: 0, refused: 1 },
  ])
  const page = await programmesPage(deps, own.finance, { council: null })
  expect(page.programmes).toMatchObject([{ name: 'Brightway', waiting: 1 }])
  expect((await programmesPage(deps, scheme.finance, { council: null })).files).toEqual([])
})
