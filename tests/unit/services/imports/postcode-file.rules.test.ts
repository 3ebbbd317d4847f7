import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCells } from '#services/imports/csv-records.ts'
import {
  readPostcodeCells,
  recognisePostcodeFile,
  type PostcodeFormat,
} from '#services/imports/postcode-file.rules.ts'
import { SKIP_REASONS } from '#services/imports/skipped.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/imports/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .map((text) => csvCells(text) ?? [])
const formatOf = (rows: string[][]): PostcodeFormat => {
  const format = rows.map(recognisePostcodeFile).find(Boolean)
  if (!format) throw new Error('not recognised')
  return format
}
const codePoint = (cells: string[]) => readPostcodeCells({ name: 'Code-Point Open', columns: 10 }, cells)
const line = (postcode: string, easting: string, northing: string) => [
  postcode,
  '10',
  easting,
  northing,
  'E92000001',
  'E19000001',
  'E18000002',
  '',
  'E08000004',
  'E05000720',
]

describe('which postcode file it is', () => {
  test.each([
    ['code-point-open.csv', 'Code-Point Open'],
    ['onspd.csv', 'ONS Postcode Directory'],
    ['onspd-2025.csv', 'ONS Postcode Directory'],
    ['outcodes.csv', 'outcode centroids'],
  ])('%s is %s by what is in it', (name, expected) => {
    expect(formatOf(fixture(name)).name).toBe(expected)
  })

  test.each([
    ['the two lines that explain Code-Point Open', 'PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC'],
    ['a list of people', 'name,postcode,notes'],
    ['the register', 'Name,Also known as,Address,Postcode'],
    ['ten columns of something else', 'a,1,2,3,e,f,g,h,i,j'],
  ])('%s: none of them', (_name, text) => {
    expect(recognisePostcodeFile(text.split(','))).toBeNull()
  })
})

describe('a line of Code-Point Open', () => {
  test('becomes a postcode with a space, its outcode, its place on the globe and its district', () => {
    const read = codePoint(line('OL90ZC', '389511', '403407'))
    expect(read).toMatchObject({
      row: { postcode: 'OL9 0ZC', outcode: 'OL9', districtCode: 'E08000004', terminated: false },
    })
    if (!('row' in read)) throw new Error(read.why)
    expect(read.row.lat).toBeCloseTo(53.5273, 3)
    expect(read.row.lon).toBeCloseTo(-2.1598, 3)
  })

  test.each([
    ['quality 90, which has no position', line('OL9 0ZD', '0', '0'), 'no_position'],
    ['empty eastings', line('OL9 0ZD', '', ''), 'no_position'],
    ['eastings beyond the grid', line('OL9 0ZE', '9393482', '404988'), 'bad_position'],
    ['eastings below zero', line('OL9 0ZE', '-5', '404988'), 'bad_position'],
    ['eastings that are words', line('OL9 0ZE', 'east', '404988'), 'bad_position'],
    ['one of the two missing', line('OL9 0ZE', '', '404988'), 'bad_position'],
    ['Irish Grid figures', line('BT1 1AA', '333850', '374290'), 'no_position'],
    ['a postcode that is none', line('NOT A POSTCODE', '389511', '403407'), 'bad_postcode'],
    ['a postcode with markup', line('<b>OL9</b>', '389511', '403407'), 'bad_postcode'],
    ['no postcode', line('', '389511', '403407'), 'no_postcode'],
    ['a heading', line('PC', 'EA', 'NO'), 'heading'],
    ['too few columns', line('OL9 0ZE', '389511', '403407').slice(0, 9), 'wrong_columns'],
    ['too many columns', [...line('OL9 0ZE', '389511', '403407'), ''], 'wrong_columns'],
  ])('%s is left out with the reason', (_name, cells, why) => {
    expect(codePoint(cells)).toMatchObject({ why })
  })
})

describe('a line of the ONS Postcode Directory', () => {
  const rows = fixture('onspd.csv')
  const format = formatOf(rows)
  const read = (index: number) => readPostcodeCells(format, rows[index] ?? [])

  test('takes the published latitude and longitude', () => {
    expect(read(1)).toMatchObject({
      row: { postcode: 'OL9 0ZA', lat: 53.525495, lon: -2.162778, terminated: false },
    })
  })
  test('keeps a postcode that is no longer used, and says so', () => {
    expect(read(2)).toMatchObject({ row: { postcode: 'OL9 0ZX', terminated: true } })
  })
  test('does not take Northern Ireland’s grid for the National Grid', () => {
    expect(read(3)).toMatchObject({ row: { postcode: 'BT1 0ZZ', lat: 54.59872, districtCode: 'N09000003' } })
  })
  test('leaves out latitude 99.999999, which means none', () => {
    expect(read(4)).toEqual({ why: 'no_position' })
  })
  test('leaves out a line that names two places', () => {
    expect(read(5)).toEqual({ why: 'positions_disagree' })
  })
  test('leaves out a line without a postcode', () => {
    expect(read(6)).toEqual({ why: 'no_postcode' })
  })
  test('of 2025 has other headings and is read the same', () => {
    const newer = fixture('onspd-2025.csv')
    expect(readPostcodeCells(formatOf(newer), newer[1] ?? [])).toEqual(read(1))
    expect(readPostcodeCells(formatOf(newer), newer[2] ?? [])).toEqual(read(2))
  })
})

test('outcode centroids: the middle, how many postcodes, the main district; a bad one is left out', () => {
  const rows = fixture('outcodes.csv')
  const format = formatOf(rows)
  expect(readPostcodeCells(format, rows[1] ?? [])).toEqual({
    row: {
      kind: 'outcode',
      outcode: 'OL9',
      lat: 53.53803,
      lon: -2.13926,
      postcodes: 1021,
      district: 'E08000004',
    },
  })
  expect(readPostcodeCells(format, rows[3] ?? [])).toEqual({ why: 'bad_postcode' })
  expect(readPostcodeCells(format, rows[4] ?? [])).toEqual({ why: 'no_position' })
})

test('any cells at all give a row in the United Kingdom or a known reason', () => {
  const formats = ['code-point-open.csv', 'onspd.csv', 'outcodes.csv'].map((name) => formatOf(fixture(name)))
  const cell = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.constantFrom('OL9 0ZA', 'OL9', 'BT1 1AA', '389511', '403407', '53.5', '-2.1', '0', ''),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...formats),
      fc.array(cell, { minLength: 15, maxLength: 15 }),
      (format, cells) => {
        const read = readPostcodeCells(format, cells.slice(0, format.columns))
        if ('why' in read) return read.why in SKIP_REASONS
        const { lat, lon } = read.row
        return lat > 49 && lat < 61 && lon > -9 && lon < 2
      },
    ),
    { numRuns: 500 },
  )
})
