import { beforeAll, describe, expect, test } from 'vitest'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import { writeEntries } from '#services/discovery/write-entries.server.ts'
import {
  easyCheckPage,
  easyOptionsPage,
  easyQuestionPage,
  easyStartPage,
} from '#services/easy-read/choosing-pages.server.ts'
import { easyFindPage, FEW_A_PAGE } from '#services/easy-read/find-page.server.ts'
import { easyHomePage } from '#services/easy-read/home-page.server.ts'
import { easyServicePage } from '#services/easy-read/service-page.server.ts'
import { easyWithoutBudgetPage } from '#services/easy-read/without-budget-page.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { signUp, verify, writeListing } from '#tests/factories/listings.ts'
import { market } from '#tests/factories/market.ts'
import { faultsOf } from '#tests/support/easy-read.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
let slug = ''
const find = (query: string) => easyFindPage(house().deps, ANONYMOUS, new URLSearchParams(query))

beforeAll(async () => {
  const { deps } = house()
  await deps.db.prisma.council.create({
    data: { slug: 'aldermere', name: 'Aldermere', phone: '01632 960100', urgentPhone: '01632 960199' },
  })
  const provider = await signUp(deps, { phone: '01632 960321' })
  const serviceId = await writeListing(deps, provider)
  await submitListing(deps, provider.owner, serviceId)
  await verify(deps, provider.providerId, 'identity')
  slug = (await deps.db.prisma.service.findUniqueOrThrow({ where: { id: serviceId } })).slug
  await deps.db.tx((tx) => writeEntries(tx, market(60, { seed: 7 })))
})

describe('a service', () => {
  test('is told in sentences made of its facts, the whole price first', async () => {
    const page = await easyServicePage(house().deps, ANONYMOUS, slug)
    const said = page.parts.flatMap(({ lines }) => lines.map(({ words }) => words))
    expect(faultsOf(page.parts.flatMap(({ lines }) => lines))).toEqual([])
    expect(said).toEqual(
      expect.arrayContaining([
        'It costs £22.50 for one hour.',
        'Travel is in the price. You pay nothing more.',
        'On Saturday and Sunday it costs £27.50.',
        'They are next free on Tuesday 3 November at 10am.',
        'You can cancel. It is free until 1 day before.',
        'CQC does not inspect this kind of support.',
        'Fewer than 3 people have said how it was.',
      ]),
    )
    expect(page.mayAsk).toBe(true)
  })
  test('what its provider wrote stands whole and under their name', async () => {
    const { title, parts, provider } = await easyServicePage(house().deps, ANONYMOUS, slug)
    const theirs = parts.flatMap(({ lines }) => lines.flatMap((line) => line.theirs ?? []))
    expect(title).toBe('Company on Tuesdays')
    expect(theirs).toContainEqual({
      by: provider.name,
      words: 'I ring by 8am and send Pat, whom you have met.',
    })
    expect(theirs.some(({ words }) => words.includes('We drink tea.'))).toBe(true)
  })
  test('is there for nobody when it is not published', async () => {
    await expect(easyServicePage(house().deps, ANONYMOUS, 'no-such-thing')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('results', () => {
  test('are the same as on the ordinary page, in the same order, five at a time', async () => {
    const ordinary = await findPage(house().deps, ANONYMOUS, new URLSearchParams('q=help'))
    expect(ordinary.cards.length).toBe(20)
    const pages = await Promise.all([1, 2, 3, 4].map((page) => find(`q=help&page=${String(page)}`)))
    expect(pages.every(({ results }) => results.length === FEW_A_PAGE)).toBe(true)
    expect(pages.flatMap(({ results }) => results.map(({ key }) => key))).toEqual(
      ordinary.cards.map(({ key }) => key),
    )
    expect(pages.map(({ from }) => from)).toEqual([1, 6, 11, 16])
    expect(pages[0]?.back).toBeNull()
    expect(pages[0]?.next).toBe('/easy/find?q=help&page=2')
    expect(pages[1]?.back).toBe('/easy/find?q=help&page=1')
  })
  test('say what was looked for, and how much there is, in short sentences', async () => {
    const page = await find('q=help')
    expect(faultsOf(page.said)).toEqual([])
    expect(page.said[0]).toMatchObject({ words: 'This is what you looked for:', items: ['“help”'] })
    expect(page.said.at(-1)?.words).toMatch(/^We found \d+\. Here are numbers 1 to 5\.$/)
    for (const { lines } of page.results) expect(faultsOf(lines)).toEqual([])
  })
  test('can be changed by one press, and back by another, without leaving Easy Read', async () => {
    const { changes } = await find('q=help')
    expect(changes.map(({ on }) => on)).toEqual(changes.map(() => false))
    for (const { href } of changes) {
      expect(href).toMatch(/^\/easy\/find\?/)
      const after = await find(href.split('?')[1] ?? '')
      const taken = after.changes.find(({ on }) => on)
      if (after.results.length > 0) expect(taken?.href).toBe('/easy/find?q=help')
    }
  })
  test('nothing found says so and leads on; before a search there are pictures to press', async () => {
    const none = await find('q=zzzqqqxx')
    expect(none.results).toEqual([])
    expect(none.said.map(({ words }) => words)).toContain('We found nothing like that.')
    expect(faultsOf(none.said)).toEqual([])
    expect(none.ways.length).toBeGreaterThan(0)
    for (const { href } of none.ways) expect(href).toMatch(/^\/easy\/find/)
    const empty = await find('')
    expect(empty).toMatchObject({ asked: false, said: [], results: [] })
    expect(empty.wishes).toHaveLength(15)
  })
  test('a place that nobody knows is told beside its box, and nothing is listed', async () => {
    const lost = await find('q=help&near=nowhere-at-all')
    expect(lost.wrong).toBe(true)
    expect(lost.errors.near).toBe('We do not know that place. Type your postcode or your town.')
    expect(lost.results).toEqual([])
    expect(lost.typed).toEqual({ q: 'help', near: 'nowhere-at-all' })
  })
  test.each(['page=-1', 'max=lots', 'sort=nonsense', 'category=none', `q=${'a'.repeat(9_000)}`, 'near=%00'])(
    'an address with “%s” never breaks it',
    async (query) => {
      const page = await find(query)
      expect(faultsOf(page.said)).toEqual([])
    },
  )
})

test('the first page and the one about free support', async () => {
  const home = await easyHomePage(house().deps)
  expect(home.free.length).toBeGreaterThan(0)
  for (const { href, lines } of home.free) {
    expect(href).toMatch(/^\/easy\/services\//)
    expect(faultsOf(lines)).toEqual([])
  }
  const without = await easyWithoutBudgetPage(house().deps, new URLSearchParams())
  expect(without.results.length).toBeGreaterThan(0)
  for (const { lines } of without.results)
    expect(lines.map(({ words }) => words)).toContain('It is free for you.')
  const lost = await easyWithoutBudgetPage(house().deps, new URLSearchParams('near=nowhere-at-all'))
  expect(lost.error).toMatch(/^We do not know that place/)
})

describe('help me choose', () => {
  const answers = { what: ['house'], price: ['25'], matters: ['cheap'] }
  test('leads from question to question within Easy Read', async () => {
    const { deps } = house()
    expect((await easyStartPage(deps, ANONYMOUS, {})).href).toBe('/easy/choose/what')
    const second = await easyQuestionPage(deps, ANONYMOUS, 'for', {})
    expect(second).toMatchObject({ asks: 'Who is it for?', back: '/easy/choose/what' })
    expect(await easyQuestionPage(deps, ANONYMOUS, 'home', {})).toBeNull()
    const check = await easyCheckPage(deps, ANONYMOUS, answers)
    expect(check?.rows[0]).toMatchObject({
      step: 'what',
      about: 'What would make your life better?',
      answer: 'Help with the house',
    })
    expect(await easyCheckPage(deps, ANONYMOUS, {})).toBeNull()
  })
  test('ends at a handful with reasons and facts, all in short sentences', async () => {
    const page = await easyOptionsPage(house().deps, ANONYMOUS, answers)
    expect(page?.options.length).toBeGreaterThan(0)
    for (const { reasons, lines, href } of page?.options ?? []) {
      expect(href).toMatch(/^\/easy\/services\//)
      expect(reasons.length).toBeGreaterThanOrEqual(2)
      expect(faultsOf(lines)).toEqual([])
      expect(faultsOf(reasons.map((words) => ({ picture: 'page' as const, words })))).toEqual([])
    }
    expect(faultsOf(page?.said ?? [])).toEqual([])
    expect(page?.seeAll).toMatch(/^\/easy\/find\?/)
    expect(await easyOptionsPage(house().deps, ANONYMOUS, {})).toBeNull()
  })
})
