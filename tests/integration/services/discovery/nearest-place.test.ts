import { beforeAll, expect, test } from 'vitest'
import { nearestPlace } from '#services/discovery/nearest-place.server.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'
import { makeCouncil } from '#tests/factories/world.ts'

const house = useHouse()
const near = (lat: string, lon: string) => nearestPlace(house().deps, { lat, lon })

beforeAll(async () => {
  const { db } = house().deps
  const councilId = await makeCouncil(house().deps)
  await db.prisma.ward.createMany({
    data: [
      { councilId, name: 'Moorend', lat: 53.55, lon: -2.1 },
      { councilId, name: 'Fenside', lat: 53.58, lon: -2.05 },
    ],
  })
  await db.prisma.outcode.create({ data: { outcode: 'ZZ9', lat: 53.8, lon: -2.1, postcodes: 1 } })
})

test('is the nearest ward, else the nearest outcode', async () => {
  expect(await near('53.5521', '-2.0987')).toBe('Moorend')
  expect(await near('53.5799', '-2.0501')).toBe('Fenside')
  expect(await near('53.75', '-2.1')).toBe('ZZ9')
})

test.each([
  ['the north pole', '90', '0'],
  ['the date line', '-53.5', '180'],
  ['nowhere near anything', '51.5', '-0.1'],
])('%s is no place that we know, and no fault', async (_name, lat, lon) => {
  expect((await refusal(near(lat, lon))).code).toBe('NOT_FOUND')
})

test.each([
  ['', ''],
  ['91', '0'],
  ['0', '181'],
  ['NaN', 'Infinity'],
  ['1e3', '0x10'],
  ["53' or 1=1", '-2'],
  ['53.5'.padEnd(500, '0'), '-2'],
])('what is no position is told kindly: %s, %s', async (lat, lon) => {
  const { code, details } = await refusal(near(lat, lon))
  expect(code).toBe('INVALID')
  expect(details.fields?.['near']?.[0]).toContain('Type a postcode')
})
