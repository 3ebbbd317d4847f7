import { beforeAll, describe, expect, test } from 'vitest'
import { findPage } from '#services/discovery/find-page.server.ts'
import type { NearMap } from '#services/discovery/near-map.server.ts'
import { writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { market } from '#tests/factories/market.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const tiles = {
  url: 'https://tiles.test/{z}/{x}/{y}.png',
  origin: 'https://tiles.test',
  credit: [{ words: 'Somebody', href: null }],
}
const house = useHouse({ settings: { mapTiles: tiles } })
const page = (query: string, options = {}) =>
  findPage(house().deps, ANONYMOUS, new URLSearchParams(query), options)

/** Somebody's door. */
const HOME = { lat: 53.55678, lon: -2.10432 }
const HALL = { lat: 53.54321, lon: -2.09876 }
const [base] = market(1, { seed: 41 })
const entry = (slug: string, changes: Partial<EntryDocument>): EntryDocument => ({
  ...(base as EntryDocument),
  id: newId(),
  providerId: newId(),
  slug,
  providerSlug: slug,
  title: slug,
  entryKind: 'service',
  bookable: true,
  confirmedAt: new Date(TEST_NOW),
  radiusMetres: null,
  comesToYou: false,
  ...changes,
})

beforeAll(async () => {
  const { db } = house().deps
  await db.prisma.outcode.create({
    data: { outcode: 'AL1', lat: 53.55, lon: -2.1, district: 'Aldermere', postcodes: 9 },
  })
  await db.prisma.area.create({
    data: {
      code: 'E08999901',
      name: 'Aldermere',
      kind: 'metropolitan_district',
      boundary: {
        create: {
          source: 'A test.',
          west: -2.3,
          south: 53.4,
          east: -1.9,
          north: 53.7,
          outline: [[-2.3, 53.4, -1.9, 53.4, -1.9, 53.7, -2.3, 53.7]],
        },
      },
    },
  })
  const comes = { comesToYou: true, radiusMetres: 8_000, point: HOME }
  await db.tx((tx) =>
    writeEntries(tx, [
      entry('at-home', { setting: 'at_home', ...comes }),
      entry('live-in', { setting: 'live_in', ...comes }),
      entry('out-and-about', { setting: 'in_community', ...comes }),
      entry('a-hall', { setting: 'at_venue', point: HALL }),
      entry('another-at-the-hall', { setting: 'at_venue', point: HALL }),
      entry('online', { setting: 'online', point: null }),
      // A home care agency of the register: its address may be a home, and nobody goes there.
      entry('registered', { entryKind: 'place', setting: 'at_home', point: HOME, bookable: false }),
    ]),
  )
})

const mapOf = (found: Awaited<ReturnType<typeof findPage>>): NearMap => {
  if (found.map === null || found.map === 'hidden') throw new Error('There is no map')
  return found.map
}

describe('the map beside results', () => {
  test('whoever comes to people stands about where they set out from, a venue at its door, online nowhere', async () => {
    const found = await page('near=AL1')
    const map = mapOf(found)
    expect(found.total).toBe(7)
    const at = Object.fromEntries(
      found.cards.map(({ title, pin }) => [title, map.pins.find(({ n }) => n === pin)]),
    )
    const rough = expect.objectContaining({ lat: 53.56, lon: -2.1, comes: true }) as unknown
    for (const title of ['at-home', 'live-in', 'out-and-about', 'registered'])
      expect(at[title]).toEqual(rough)
    const hall = expect.objectContaining({ ...HALL, comes: false }) as unknown
    for (const title of ['a-hall', 'another-at-the-hall']) expect(at[title]).toEqual(hall)
    expect(found.cards.find(({ title }) => title === 'online')?.pin).toBeNull()
    // Nor anywhere else in what the page carries to the browser.
    for (const part of ['53.5567', '2.1043']) expect(JSON.stringify(found)).not.toContain(part)
  })

  test('each pin is a card with its number, on the second page of results, too', async () => {
    for (const query of ['near=AL1', 'near=AL1&page=1&setting=at_venue']) {
      const found = await page(query)
      const numbers = found.cards.flatMap(({ pin }) => (pin === null ? [] : [pin]))
      expect(mapOf(found).pins.map(({ n }) => n)).toEqual(numbers)
    }
  })

  test('it lies over the areas of councils, and says who drew them', async () => {
    const { drawing, words } = mapOf(await page('near=AL1'))
    expect(drawing.lines.filter(({ kind }) => kind === 'area')).toHaveLength(1)
    expect(words.label).toContain('over the areas of Aldermere')
    expect(words.thanks).toBe('Councils’ areas: A test.')
  })

  test('where pictures come from is named before anything is asked there', async () => {
    const map = mapOf(await page('near=AL1'))
    expect(map.tiles).toEqual({ url: tiles.url, credit: tiles.credit })
    expect(map.words.seen).toContain('tiles.test sees the address of your connection')
  })

  test('hidden, it is not drawn and cards have no numbers; where there would be none, there is nothing to show', async () => {
    const hidden = await page('near=AL1', { mapHidden: true })
    expect(hidden.map).toBe('hidden')
    expect(hidden.cards.every(({ pin }) => pin === null)).toBe(true)
    expect((await page('', { mapHidden: true })).map).toBeNull()
    expect((await page('')).map).toBeNull()
    expect((await page('near=AL1&setting=online')).map).toBeNull()
    expect((await page('near=nowhere-at-all')).map).toBeNull()
  })
})
