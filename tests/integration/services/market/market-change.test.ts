import { beforeAll, describe, expect, test } from 'vitest'
import { METRES_IN_A_MILE, metresBetween } from '#services/kernel/geo.ts'
import { newId } from '#services/kernel/ids.ts'
import { inLondon, toDate, type Temporal } from '#services/kernel/time.ts'
import { marketPage } from '#services/market/market-page.server.ts'
import type { MarketTable } from '#services/market/table.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { marketYear, type MarketYear } from '#tests/factories/market-year.ts'
import { userActor } from '#tests/factories/world.ts'
import { testClock, useHouse } from '#tests/support/house.ts'

const house = useHouse({ now: '2026-11-21T10:00:00Z' })
let here: MarketYear
/** A market whose year was the one before. */
let past: MarketYear

/** Where the makers' services are: none, the middle of a ward, or further; radius in metres for those who come. */
const MILE = METRES_IN_A_MILE
const spots = Array.from({ length: 14 }, (_, i) => ({
  lat: 53.5 + (i % 5) * 0.03,
  lon: -2 + (i % 3) * 0.02,
  radius: i % 2 === 0 ? 8 * MILE : null,
}))

beforeAll(async () => {
  here = await marketYear(house().deps, { seed: 7 })
  past = await marketYear(house().deps, { seed: 8, before: '2025-11-01T00:00:00Z' })
  for (const [i, { id }] of here.providers.entries()) {
    const { lat, lon, radius } = spots[i] ?? spots[0] ?? { lat: 0, lon: 0, radius: null }
    const data =
      radius === null
        ? { setting: 'at_venue' as const, lat, lon }
        : { setting: 'at_home' as const, lat, lon, radiusMetres: Math.round(radius) }
    const service = await house().deps.db.prisma.service.findFirstOrThrow({
      where: { providerId: id },
      include: { currentVersion: true },
    })
    // A version on offer is frozen: another takes its place.
    const versionId = newId()
    await house().deps.db.prisma.serviceVersion.create({
      data: {
        id: versionId,
        serviceId: service.id,
        number: 2,
        title: 'Support',
        summary: 'Support',
        categoryCode: i < 12 ? 'help_at_home' : 'nights',
        ...data,
      },
    })
    await house().deps.db.prisma.priceLine.create({
      data: { versionId, position: 1, kind: 'base', label: 'An hour', pence: 2_000 },
    })
    await house().deps.db.prisma.serviceVersion.update({
      where: { id: versionId },
      data: { frozenAt: toDate(house().deps.clock.now()) },
    })
    await house().deps.db.prisma.service.update({
      where: { id: service.id },
      data: { currentVersionId: versionId },
    })
  }
})

const staff = (councilId: string) =>
  userActor(newId(), { staff: [{ councilId, roles: ['commissioner' as const] }] })
const page = (
  year: MarketYear,
  input: Record<string, string> = {},
  deps: Pick<Deps, 'db' | 'clock'> = house().deps,
) => marketPage(deps, staff(year.councilId), input)
const cellOf = (table: MarketTable, row: string, column: string) =>
  [...table.rows, ...(table.foot ? [table.foot] : [])].find(({ key }) => key === row)?.cells[column]

/** Months back from October 2026, the last that is over. */
const back = (settledAt: Temporal.Instant): number => {
  const day = inLondon(settledAt)
  return 2026 * 12 + 10 - (day.year * 12 + day.month)
}
const paidIn = (year: MarketYear, from: number, until: number) =>
  year.visits.filter(({ own, settledAt }) => !own && back(settledAt) >= from && back(settledAt) < until)

describe('a year ago', () => {
  test.each(['3', '6', '12'])('is what the page of a year ago said, over %s months', async (months) => {
    const then = { ...house().deps, clock: testClock('2025-11-21T10:00:00Z') }
    const printed = await page(past, { months }, then)
    const today = await page(past, { months })
    expect(today.year.before).not.toBeNull()
    for (const { key, cells } of printed.tables.year.rows)
      expect([key, cellOf(today.tables.year, key, 'before')]).toEqual([key, cells['now']])
    const visits = paidIn(past, 12, 12 + Number(months))
    const pence = visits.reduce((sum, visit) => sum + visit.pence, 0)
    expect(cellOf(today.tables.year, 'spend', 'before')?.csv).toBe((pence / 100).toFixed(2))
    expect(cellOf(today.tables.year, 'people', 'before')?.csv).toBe(
      String(new Set(visits.map(({ personId }) => personId)).size),
    )
  })
  test('the largest three owners and the user-led share are those of a plain computation', async () => {
    const { tables } = await page(past, { months: '12' })
    const visits = paidIn(past, 12, 24)
    const total = visits.reduce((sum, { pence }) => sum + pence, 0)
    const owners = new Map<string, number>()
    let userLed = 0
    for (const { providerId, pence } of visits) {
      const provider = past.providers.find(({ id }) => id === providerId)
      const owner = provider?.sole ? providerId : (provider?.owner ?? '')
      owners.set(owner, (owners.get(owner) ?? 0) + pence)
      if (provider?.kind === 'user_led_organisation') userLed += pence
    }
    const three = [...owners.values()].sort((a, b) => b - a).slice(0, 3)
    const shown = (key: string) => cellOf(tables.year, key, 'before')
    expect(shown('three')?.csv).toBe(((100 * three.reduce((a, b) => a + b, 0)) / total).toFixed(1))
    if (!shown('userLed')?.hidden) expect(shown('userLed')?.csv).toBe(((100 * userLed) / total).toFixed(1))
    const index = [...owners.values()].reduce((sum, pence) => sum + ((100 * pence) / total) ** 2, 0)
    if (!shown('byOwner')?.hidden) expect(shown('byOwner')?.csv).toBe(String(Math.round(index)))
  })
  test('with records of a part of it only there is no figure', async () => {
    const { year, tables } = await page(here, { months: '12' })
    expect(year.before).toBeNull()
    expect(year.lead).toContain('There is no figure a year ago')
    expect(cellOf(tables.year, 'spend', 'before')?.text).toBe('no figure')
  })
})

describe('the index of each kind of support, and shares by size', () => {
  test('are those of a plain computation, where they may be told', async () => {
    const { tables } = await page(here, { months: '12' })
    const visits = paidIn(here, 0, 12)
    let indices = 0
    for (const row of tables.spread.rows) {
      const own = visits.filter(({ category }) => category === row.key)
      const total = own.reduce((sum, { pence }) => sum + pence, 0)
      const makers = new Map<string, number>()
      for (const { providerId, pence } of own) makers.set(providerId, (makers.get(providerId) ?? 0) + pence)
      const index = [...makers.values()].reduce((sum, pence) => sum + ((100 * pence) / total) ** 2, 0)
      expect([row.key, row.cells['providers']?.csv]).toEqual([row.key, String(makers.size)])
      if (row.cells['byProvider']?.hidden) continue
      indices += 1
      expect([row.key, row.cells['byProvider']?.csv]).toEqual([row.key, String(Math.round(index))])
    }
    expect(indices).toBeGreaterThan(0)
    const total = visits.reduce((sum, { pence }) => sum + pence, 0)
    for (const row of tables.sizes.rows.filter(({ cells }) => !cells['share']?.hidden)) {
      const own = visits.filter(
        ({ providerId }) => here.providers.find(({ id }) => id === providerId)?.size === row.key,
      )
      const pence = own.reduce((sum, visit) => sum + visit.pence, 0)
      expect([row.key, row.cells['share']?.csv]).toEqual([row.key, ((100 * pence) / total).toFixed(0)])
    }
  })
})

describe('who came in and who left', () => {
  test.each([3, 6])('are those of a plain comparison over %i months', async (months) => {
    const { movement } = await page(here, { months: String(months) })
    const makers = (from: number, until: number) =>
      new Set(paidIn(here, from, until).map(({ providerId }) => providerId))
    const [now, before] = [makers(0, months), makers(months, 2 * months)]
    expect(movement.all).toEqual({
      before: before.size,
      came: [...now].filter((id) => !before.has(id)).length,
      left: [...before].filter((id) => !now.has(id)).length,
      now: now.size,
    })
  })
})

describe('how far to a third choice', () => {
  test('is measured from the middle of each area to what can be booked', async () => {
    const { tables } = await page(here, { need: 'help_at_home' })
    for (const ward of here.wards) {
      const reach = spots
        .slice(0, 12)
        .map(({ lat, lon, radius }) => ({ metres: metresBetween(ward, { lat, lon }), radius }))
        .filter(({ metres, radius }) => radius === null || metres <= Math.round(radius))
        .map(({ metres }) => metres)
        .sort((a, b) => a - b)
      expect([ward.name, cellOf(tables['distance-by-area'], ward.id, 'providers')?.csv]).toEqual([
        ward.name,
        String(reach.length),
      ])
      const third = reach[2]
      expect([ward.name, cellOf(tables['distance-by-area'], ward.id, 'middle')?.csv]).toEqual([
        ward.name,
        third === undefined ? 'fewer than 3' : (third / MILE).toFixed(1),
      ])
    }
  })
  test('what takes nobody new, is paused, or is online is no option', async () => {
    const { prisma } = house().deps.db
    const ids = here.providers.map(({ id }) => id)
    await prisma.service.updateMany({ where: { providerId: ids[0] ?? '' }, data: { acceptsNew: false } })
    await prisma.provider.update({ where: { id: ids[1] ?? '' }, data: { pausedAt: new Date('2026-11-01') } })
    const { tables } = await page(here, { need: 'help_at_home' })
    const before = spots.slice(2, 12)
    const [ward] = here.wards
    const reach = before.filter(
      ({ lat, lon, radius }) =>
        radius === null || metresBetween(ward ?? { lat: 0, lon: 0 }, { lat, lon }) <= Math.round(radius),
    )
    expect(cellOf(tables['distance-by-area'], ward?.id ?? '', 'providers')?.csv).toBe(String(reach.length))
  })
})

test('the map hatches what the table hides, and has its figures', async () => {
  const { gaps, tables } = await page(here, { months: '12' })
  expect(gaps.map?.areas.map(({ name }) => name).sort()).toEqual(here.wards.map(({ name }) => name).sort())
  for (const { id, shade, display } of gaps.map?.areas ?? []) {
    const cell = cellOf(tables['gaps-by-area'], id, 'searchRate')
    expect(shade === null).toBe(cell?.hidden)
    if (!cell?.hidden) expect(display).toBe(cell?.text)
  }
})

test('the page asks the database eleven times, however much there is and whatever is chosen', async () => {
  const asked: string[] = []
  const { db, clock } = house().deps
  const counting: Deps['db'] = {
    ...db,
    query: (name, sql, params) => {
      asked.push(name)
      return db.query(name, sql, params)
    },
  }
  for (const input of [{}, { months: '12' }, { area: 'moorend' }, { need: 'personal_care', months: '6' }]) {
    asked.length = 0
    await page(here, input, { db: counting, clock })
    expect(asked).toHaveLength(11)
    expect(new Set(asked).size).toBe(11)
  }
})

test('a council without anything says so once, and draws no empty pictures', async () => {
  const councilId = newId()
  await house().deps.db.prisma.council.create({
    data: {
      id: councilId,
      slug: `c-${councilId}`,
      name: 'Newborough Council',
      phone: '01632 960000',
      urgentPhone: '01632 960001',
    },
  })
  const empty = await marketPage(house().deps, staff(councilId), {})
  expect(empty.empty).toBe(true)
  expect(empty.summary.sentence).toBe('No visit has been settled here yet.')
  expect(empty.gaps).toEqual({ lead: 'No search came to nothing in these months.', map: null })
  expect(empty.distance.lead).toBe('No areas are known, so no distance can be measured.')
  expect(empty.movement.all).toBeNull()
})
