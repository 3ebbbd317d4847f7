import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importBoundaries } from '#services/imports/import-boundaries.server.ts'
import { UnreadableFile } from '#services/imports/source-lines.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const operator = system('import')
const fixture = fileURLToPath(new URL('../../../fixtures/imports/boundaries.geojson', import.meta.url))
const load = (path: string, more: { source?: string } = {}) =>
  importBoundaries(house().deps, operator, { path, ...more })
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await house().asOwner('delete from area')
})
const file = async (name: string, content: string) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })
const feature = (code: string, ring: unknown[], name = 'Somewhere') => ({
  type: 'Feature',
  properties: { code, name },
  geometry: { type: 'Polygon', coordinates: [ring] },
})

describe('importing boundaries', () => {
  test('outlines and names are saved once; what is none is left out by its line, with the reason', async () => {
    const first = await load(fixture)
    expect(first).toMatchObject({
      format: 'boundaries as GeoJSON',
      added: 2,
      changed: 0,
      unchanged: 0,
      stoppedBy: null,
    })
    expect(first.skipped.map(({ why, lines }) => [why, lines])).toEqual([
      ['not_a_council', '8'],
      ['bad_code', '9'],
      ['wrong_geometry', '10'],
      ['open_ring', '11'],
      ['bad_position', '12 to 13, 16'],
      ['no_outline', '14 to 15'],
      ['bad_record', '17'],
      ['bad_json', '18'],
      ['repeated', '6'],
    ])
    const rows = await house().asOwner(
      'select code, name, kind, west, south, east, north, outline from area_boundary join area using (code) order by code',
    )
    expect(rows).toEqual([
      {
        code: 'E06999902',
        name: 'Brindle Isle',
        kind: 'unitary',
        west: -1.9,
        south: 53.5,
        east: -1.59,
        north: 53.6,
        outline: [
          [-1.9, 53.5, -1.7, 53.5, -1.7, 53.6, -1.9, 53.6],
          [-1.6, 53.5, -1.59, 53.5, -1.59, 53.51],
        ],
      },
      {
        code: 'E08999901',
        name: 'Ashmoor',
        kind: 'metropolitan_district',
        west: -2.1,
        south: 53.5,
        east: -1.9,
        north: 53.6,
        // The point on the way along its edge says nothing, and the hole stays.
        outline: [
          [-2.1, 53.5, -1.9, 53.5, -1.9, 53.6, -2.1, 53.6],
          [-2.05, 53.54, -2.05, 53.56, -1.95, 53.56, -1.95, 53.54],
        ],
      },
    ])
  })

  test('again it changes nothing; another source, name or outline is a change', async () => {
    await load(fixture)
    expect(await load(fixture)).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await load(fixture, { source: 'Ashmoor Council, OGL v3.0' })).toMatchObject({ changed: 2 })
    const sources = await house().asOwner('select distinct source from area_boundary')
    expect(sources).toEqual([{ source: 'Ashmoor Council, OGL v3.0' }])
    const square = [[-2.1, 53.5], [-2, 53.5], [-2, 53.6], [-2.1, 53.5]] // prettier-ignore
    const moved = await file('moved.geojson', collection(feature('E08999901', square, 'Ashmoor')))
    expect(await load(moved)).toMatchObject({ added: 0, changed: 1, unchanged: 0 })
    const named = await file('named.geojson', collection(feature('E08999901', square, 'Ash Moor')))
    expect(await load(named)).toMatchObject({ added: 0, changed: 1, unchanged: 0 })
  })

  test('an outline of very many points is kept with as few as a map can show, and one of a million is left out', async () => {
    const round = (points: number) =>
      Array.from({ length: points + 1 }, (_, at) => {
        const angle = (2 * Math.PI * (at % points)) / points
        // A coast with bays: not a smooth circle.
        const far = 0.4 + 0.05 * Math.sin(angle * 60) + 0.002 * Math.sin(angle * 3_000)
        return [
          Number((-1.5 + far * Math.cos(angle)).toFixed(5)),
          Number((53 + far * Math.sin(angle)).toFixed(5)),
        ]
      })
    const path = await file(
      'coast.geojson',
      collection(feature('E10999901', round(150_000)), feature('E10999902', round(1_000_000))),
    )
    const report = await load(path)
    expect(report).toMatchObject({ added: 1, stoppedBy: null })
    expect(report.skipped.map(({ why, count }) => [why, count])).toEqual([['too_many_points', 1]])
    const [row] = await house().asOwner<{ points: number }>(
      'select jsonb_array_length(outline -> 0) / 2 as points from area_boundary',
    )
    expect(row?.points).toBeGreaterThan(300)
    expect(row?.points).toBeLessThanOrEqual(2_000)
  })

  test('a file that ends in the middle keeps what came before, and says where it ended', async () => {
    const square = [[-2.1, 53.5], [-2, 53.5], [-2, 53.6], [-2.1, 53.5]] // prettier-ignore
    const whole = collection(feature('E08999901', square), feature('E08999902', square))
    const report = await load(await file('half.geojson', whole.slice(0, -60)))
    expect(report).toMatchObject({ added: 1 })
    expect(report.stoppedBy).toMatch(/ends in the middle of the record/)
  })

  test.each([
    ['nothing', '', /is empty/],
    ['a table', 'code,name\nE08000001,Bolton\n', /no GeoJSON file of areas/],
    ['one feature', JSON.stringify(feature('E08999901', [])), /no GeoJSON file of areas/],
    ['TopoJSON', '{"type":"Topology","objects":{},"features":[]}', /TopoJSON/],
    [
      'the National Grid',
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[]}',
      /EPSG::27700/,
    ],
  ])('%s is refused with a sentence, before anything is written', async (name, content, words) => {
    const path = await file(`${name}.geojson`, content)
    await expect(load(path)).rejects.toBeInstanceOf(UnreadableFile)
    await expect(load(path)).rejects.toThrow(words)
  })

  test('is for operators only, and says in a line where it is from', async () => {
    await expect(importBoundaries(house().deps, ANONYMOUS, { path: 'any' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(load(fixture, { source: 'x'.repeat(301) })).rejects.toMatchObject({ code: 'INVALID' })
  })
})
