import { beforeAll, expect, test } from 'vitest'
import { withoutBudgetPage } from '#services/discovery/without-budget-page.server.ts'
import { writeEntries } from '#services/discovery/write-entries.server.ts'
import { market } from '#tests/factories/market.ts'
import { makeCouncil } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const page = (near: string) => withoutBudgetPage(house().deps, new URLSearchParams({ near }))
const free = market(80, { seed: 12 }).map((entry) => ({ ...entry, confirmedAt: new Date(TEST_NOW) }))

beforeAll(async () => {
  const councilId = await makeCouncil(house().deps)
  await house().deps.db.prisma.ward.create({
    data: { councilId, name: 'Moorend', lat: 53.55, lon: -2.1 },
  })
  await house().deps.db.tx((tx) => writeEntries(tx, free))
})

test('shows what costs nothing, and how much of each kind there is', async () => {
  const { count, free: cards, kinds, allHref, council } = await page('')
  expect(count).toBe(free.filter((entry) => entry.free).length)
  expect(cards.every(({ priceWords }) => priceWords?.words === 'Free')).toBe(true)
  expect(cards.length).toBeLessThanOrEqual(5)
  expect(kinds.reduce((sum, kind) => sum + kind.count, 0)).toBeLessThanOrEqual(count)
  expect(kinds.map((kind) => kind.count)).toEqual([...kinds.map((kind) => kind.count)].sort((a, b) => b - a))
  expect(allHref).toBe('/find?max=0')
  expect(council).toBeNull()
})

test('near a place, with its council and whom to ring', async () => {
  const near = await page('moorend')
  expect(near).toMatchObject({ place: 'Moorend', error: null, allHref: '/find?near=moorend&max=0' })
  expect(near.council?.phone).toMatch(/^\d/)
  expect(near.count).toBeLessThanOrEqual((await page('')).count)
})

test('a place that nobody knows is told, kept as typed, and nothing is listed as if it were near', async () => {
  const lost = await page('Nowhere')
  expect(lost).toMatchObject({ near: 'Nowhere', place: null, free: [], count: 0 })
  expect(lost.error).toContain('Nowhere')
})
