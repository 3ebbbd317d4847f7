import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importAreas } from '#services/imports/import-areas.server.ts'
import { importPostcodes } from '#services/imports/import-postcodes.server.ts'
import { UnreadableFile } from '#services/imports/source-lines.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const operator = system('import')
const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/imports/${name}`, import.meta.url))
const load = (path: string) => importPostcodes(house().deps, operator, { path })
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('importing postcodes', () => {
  test('Code-Point Open fills the table once, leaves out bad lines by number, and is harmless again', async () => {
    const first = await load(fixture('code-point-open.csv'))
    expect(first).toMatchObject({
      format: 'Code-Point Open',
      added: 4,
      changed: 0,
      unchanged: 0,
      stoppedBy: null,
    })
    expect(first.skipped.map(({ why, lines }) => [why, lines])).toEqual([
      ['no_position', '4'],
      ['bad_position', '5'],
      ['bad_postcode', '6'],
      ['wrong_columns', '7'],
      ['bad_quotes', '8'],
      ['repeated', '2'],
    ])
    const again = await load(fixture('code-point-open.csv'))
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 4, skippedTotal: 6 })
    const rows = await house().asOwner<{ postcode: string; outcode: string; metres: number }>(
      `select p.postcode, p.outcode, cube_distance(p.point, c.point) * 6371008.8 as metres
       from postcode p, postcode c where c.postcode = 'OL9 0ZA' and p.outcode = 'OL9' order by 1`,
    )
    expect(rows.map(({ postcode }) => postcode)).toEqual(['OL9 0ZA', 'OL9 0ZB', 'OL9 0ZC'])
    // 101 and 101 metres on the grid.
    expect(rows[1]?.metres).toBeCloseTo(142.8, 0)
  })

  test('an outcode takes the middle of its postcodes, until a fuller count comes', async () => {
    const outcode = () =>
      house().asOwner<{ postcodes: number; lat: number; district: string }>(
        `select postcodes, lat, district from outcode where outcode = 'OL9'`,
      )
    expect(await outcode()).toEqual([
      { postcodes: 3, lat: expect.closeTo(53.5265, 3) as number, district: 'E08000004' },
    ])
    expect(await load(fixture('outcodes.csv'))).toMatchObject({ added: 0, changed: 2, skippedTotal: 2 })
    expect(await outcode()).toMatchObject([{ postcodes: 1021, lat: 53.53803 }])
    await load(fixture('code-point-open.csv'))
    expect(await outcode()).toMatchObject([{ postcodes: 1021, lat: 53.53803 }])
    expect(await load(fixture('outcodes.csv'))).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  })

  test('the ONS Postcode Directory brings postcodes that are no longer used, and its two shapes agree', async () => {
    expect(await load(fixture('onspd.csv'))).toMatchObject({
      format: 'ONS Postcode Directory',
      added: 2,
      changed: 1,
    })
    expect(await load(fixture('onspd-2025.csv'))).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await house().asOwner(`select postcode from postcode where terminated`)).toEqual([
      { postcode: 'OL9 0ZX' },
    ])
  })

  test('a byte-order mark, CRLF, null bytes, other encodings and very long lines cost their own line at most', async () => {
    const good = (postcode: string) => `"${postcode}",10,389311,403207,"E92000001","","","","E08000004",""`
    const path = await file(
      'mixed.csv',
      Buffer.concat([
        Buffer.from(`\ufeff${good('OL9 1ZA')}\r\n${good('OL9 1ZB')}\0\r\n`),
        Buffer.from([0x22, 0xe9, 0x22, 0x0d, 0x0a]),
        Buffer.from(`${'x'.repeat(100_000)}\r\n${good('OL9 1ZC')}`),
      ]),
    )
    const report = await load(path)
    expect(report).toMatchObject({ added: 2, lines: 5 })
    expect(report.skipped.map(({ why, lines }) => [why, lines])).toEqual([
      ['null_byte', '2'],
      ['not_utf8', '3'],
      ['too_long', '4'],
    ])
  })

  test.each([
    ['nothing', ''],
    ['another file', 'name,notes\nsomebody,something\n'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ])('%s is refused with a sentence', async (name, content) => {
    await expect(load(await file(`${name}.csv`, content))).rejects.toBeInstanceOf(UnreadableFile)
  })

  test('a file that is not there, or is a folder, is refused with a sentence', async () => {
    await expect(load(join(folder, 'none.csv'))).rejects.toThrow(/there is no such file/)
    await expect(load(folder)).rejects.toThrow(/is a folder/)
  })

  test('is for operators only', async () => {
    await expect(importPostcodes(house().deps, ANONYMOUS, { path: 'any' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

test('names of areas are read, repeated without change, and bad ones left out', async () => {
  const areas = () => importAreas(house().deps, operator, { path: fixture('areas.json') })
  expect(await areas()).toMatchObject({ added: 2, skippedTotal: 2 })
  const again = await areas()
  expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  expect(again.skipped.map(({ why, lines }) => [why, lines])).toEqual([
    ['bad_code', '2'],
    ['bad_record', '5'],
  ])
})
