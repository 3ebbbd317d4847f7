import { beforeAll, describe, expect, test } from 'vitest'
import { boundariesIn } from '#services/discovery/boundaries.server.ts'
import { importBoundaries } from '#services/imports/import-boundaries.server.ts'
import { system } from '#services/kernel/actor.ts'
import { useHouse } from '#tests/support/house.ts'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const house = useHouse()
const square = (code: string, name: string, west: number, south: number, size: number) => ({
  type: 'Feature',
  properties: { code, name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
})
/** A ring of many points, to be made simpler. */
const round = (code: string, name: string) => ({
  type: 'Feature',
  properties: { code, name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      Array.from({ length: 1_001 }, (_, at) => {
        const angle = (2 * Math.PI * (at % 1_000)) / 1_000
        return [-1.5 + 0.3 * Math.cos(angle), 52.5 + 0.3 * Math.sin(angle)]
      }),
    ],
  },
})

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-boundaries-'))
  const path = join(folder, 'made-up.geojson')
  const features = [
    square('E08999901', 'Ashmoor', -2.1, 53.5, 0.1),
    square('E08999902', 'Brindle', -2, 53.5, 0.2),
    square('E10999901', 'Coldshire', -3, 54, 0.5),
    square('E07999901', 'In Coldshire', -2.9, 54.1, 0.1),
    square('E07999902', 'By itself', -1, 54.1, 0.1),
    round('E06999901', 'Roundham'),
    ...Array.from({ length: 260 }, (_, i) =>
      square(
        `E08998${String(i).padStart(3, '0')}`,
        `Parcel ${String(i)}`,
        -5 + (i % 20) * 0.01,
        50 + Math.floor(i / 20) * 0.01,
        0.01,
      ),
    ),
  ]
  await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }))
  const report = await importBoundaries(house().deps, system('import'), { path, source: 'A test' })
  expect(report.skippedTotal).toBe(0)
  await rm(folder, { recursive: true, force: true })
})

const names = async (box: string): Promise<string[]> =>
  (await boundariesIn(house().deps, box)).map(({ name }) => name)

describe('the areas of councils in a part of the country', () => {
  test('are those that the box meets, the largest first, with whom to thank for them', async () => {
    const areas = await boundariesIn(house().deps, '-2.05,53.52,-1.95,53.58')
    expect(areas.map(({ code, name, source }) => [code, name, source])).toEqual([
      ['E08999902', 'Brindle', 'A test'],
      ['E08999901', 'Ashmoor', 'A test'],
    ])
    expect(areas[1]?.rings).toEqual([[-2.1, 53.5, -2, 53.5, -2, 53.6, -2.1, 53.6]])
    expect(await names('1.5,55,1.6,55.1')).toEqual([])
  })

  test('a county is drawn instead of the districts in it, and a district by itself is drawn', async () => {
    expect(await names('-2.95,54.05,-2.7,54.3')).toEqual(['Coldshire'])
    expect(await names('-0.99,54.11,-0.95,54.15')).toEqual(['By itself'])
  })

  test('an outline has as few points as its size on a map allows', async () => {
    const points = async (box: string): Promise<number> =>
      ((await boundariesIn(house().deps, box)).find(({ name }) => name === 'Roundham')?.rings[0]?.length ??
        0) / 2
    const near = await points('-1.3,52.4,-1.2,52.5')
    const away = await points('-6,50,2,56')
    expect(near).toBeGreaterThan(away * 2)
    expect(away).toBeGreaterThan(8)
  })

  test('are never more than 200', async () => {
    expect(await names('-5.1,49.9,-4.7,50.3')).toHaveLength(200)
  })

  test.each([
    ['nothing', ''],
    ['three numbers', '-2,53,-1'],
    ['words', 'a,b,c,d'],
    ['no area', '-1,53,-1,54'],
    ['the wrong way round', '-1,54,-2,53'],
    ['the pole', '-2,88,-1,89'],
    ['the whole world', '-180,-90,180,90'],
    ['very long numbers', `-2,53,-1,54.${'1'.repeat(10_000)}`],
    ['an exponent', '-2e0,53,-1,54'],
  ])('%s is no box', async (_name, box) => {
    await expect(boundariesIn(house().deps, box)).rejects.toMatchObject({ code: 'INVALID' })
  })
})
