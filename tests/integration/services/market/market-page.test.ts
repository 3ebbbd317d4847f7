import { beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS, system, type StaffRole } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { inLondon } from '#services/kernel/time.ts'
import { exportMarket } from '#services/market/export-market.server.ts'
import { marketPage } from '#services/market/market-page.server.ts'
import { TABLE_IDS } from '#services/market/market.schema.ts'
import type { MarketTable } from '#services/market/table.rules.ts'
import { marketYear, type MarketYear } from '#tests/factories/market-year.ts'
import { userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse({ now: '2026-11-21T10:00:00Z' })
let here: MarketYear
let there: MarketYear
/** Many makers, few visits: for prices. */
let many: MarketYear

beforeAll(async () => {
  here = await marketYear(house().deps, { seed: 7 })
  there = await marketYear(house().deps, { seed: 8, people: 12 })
  many = await marketYear(house().deps, { seed: 9, people: 3, providers: 30, visitsEach: 1 })
})

const staff = (councilId: string, roles: StaffRole[] = ['commissioner']) =>
  userActor(newId(), { staff: [{ councilId, roles }] })
const page = (input: Record<string, string> = {}) => marketPage(house().deps, staff(here.councilId), input)
const cellOf = (table: MarketTable, row: string, column: string) =>
  [...table.rows, ...(table.foot ? [table.foot] : [])].find(({ key }) => key === row)?.cells[column]

/** The month's number, for a comparison that knows nothing of the market's own periods. */
const monthOf = (visit: MarketYear['visits'][number]): number => {
  const day = inLondon(visit.settledAt)
  return day.year * 12 + day.month
}
/** August to October 2026 are the last three whole months on 21 November. */
const counted = (year: MarketYear, months: number) =>
  year.visits.filter(
    (visit) => !visit.own && monthOf(visit) <= 2026 * 12 + 10 && monthOf(visit) > 2026 * 12 + 10 - months,
  )

describe('figures are those of a plain computation over the rows', () => {
  test.each([3, 6, 12])('total, people and shares by kind over %i months', async (months) => {
    const { tables, summary } = await page({ months: String(months) })
    const visits = counted(here, months)
    const pence = visits.reduce((sum, visit) => sum + visit.pence, 0)
    expect(cellOf(tables.kinds, 'total', 'spend')?.csv).toBe((pence / 100).toFixed(2))
    expect(cellOf(tables.kinds, 'total', 'people')?.csv).toBe(
      String(new Set(visits.map(({ personId }) => personId)).size),
    )
    expect(summary.sentence).toContain(
      `${String(new Set(visits.map(({ providerId }) => providerId)).size)} providers shared`,
    )
    let shown = 0
    for (const row of tables.kinds.rows) {
      if (row.cells['spend']?.hidden) continue
      shown += 1
      const own = visits.filter(({ providerId }) => {
        const provider = here.providers.find(({ id }) => id === providerId)
        return (provider?.sole ? 'sole_workers' : provider?.kind) === row.key
      })
      expect([row.key, row.cells['spend']?.csv]).toEqual([
        row.key,
        (own.reduce((sum, visit) => sum + visit.pence, 0) / 100).toFixed(2),
      ])
      expect(row.cells['people']?.csv).toBe(String(new Set(own.map(({ personId }) => personId)).size))
    }
    expect(shown).toBeGreaterThan(1)
  })

  test('the index by owner joins companies of one owner and keeps those who work alone apart', async () => {
    const { spread } = await page({ months: '12' })
    const visits = counted(here, 12)
    const total = visits.reduce((sum, visit) => sum + visit.pence, 0)
    const sums = new Map<string, number>()
    for (const { providerId, pence } of visits) {
      const provider = here.providers.find(({ id }) => id === providerId)
      const owner = provider?.sole ? providerId : (provider?.owner ?? '')
      sums.set(owner, (sums.get(owner) ?? 0) + pence)
    }
    const index = [...sums.values()].reduce((sum, pence) => sum + ((100 * pence) / total) ** 2, 0)
    if (spread.byOwner !== null) expect(spread.byOwner).toBe(Math.round(index))
    const largest = Math.max(...sums.values()) / total
    if (spread.top.one !== null) expect(spread.top.one).toBeCloseTo(largest, 10)
    expect(spread.top.one).not.toBeNull()
  })

  test('the pieces of the quilt add up to all that was spent', async () => {
    const { quilt, tables } = await page({ months: '12' })
    const pieces = quilt.pieces.reduce((sum, { pence }) => sum + pence, 0)
    expect((pieces / 100).toFixed(2)).toBe(cellOf(tables.kinds, 'total', 'spend')?.csv)
  })

  test('a page of one area counts the people who live nearest to its middle', async () => {
    const { tables, tooFew } = await page({ months: '12', area: 'moorend' })
    const ward = here.wards.find(({ name }) => name === 'Moorend')
    const visits = counted(here, 12).filter((visit) => visit.ward === ward?.id)
    expect(tooFew).toBe(false)
    expect(cellOf(tables.kinds, 'total', 'spend')?.csv).toBe(
      (visits.reduce((sum, visit) => sum + visit.pence, 0) / 100).toFixed(2),
    )
  })

  test('funds are counted by how they are held, without people’s own money', async () => {
    const { tables } = await page()
    const held = here.funds.filter(({ deployment }) => deployment === 'council_managed')
    const cell = cellOf(tables.holding, 'council_managed', 'all')
    expect(cell?.hidden ? cell.csv : Number(cell?.csv)).toBe(cell?.hidden ? cell.csv : held.length)
    expect(cellOf(tables.holding, 'total', 'all')?.csv).toBe(String(here.funds.length))
  })
})

describe('gaps, scores and prices are those of a plain computation', () => {
  const inYear = (at: Date): boolean =>
    at >= new Date('2025-11-01T00:00:00Z') && at < new Date('2026-11-01T00:00:00Z')

  test('searches without anything to book, by area, whatever the case of its name', async () => {
    const { tables } = await page({ months: '12' })
    const unmet = here.searches.filter(({ at, bookable }) => inYear(at) && bookable === 0)
    for (const { id, name } of here.wards) {
      const own = unmet.filter(({ area }) => area?.toLowerCase() === name.toLowerCase())
      expect(cellOf(tables['gaps-by-area'], id, 'searches')?.csv).toBe(String(own.length))
      const people = here.people.filter(({ ward }) => ward === id).length
      expect(cellOf(tables['gaps-by-area'], id, 'searchRate')?.csv).toBe(
        String(Math.round((1_000 * own.length) / people)),
      )
    }
    expect(cellOf(tables['gaps-by-area'], 'total', 'searches')?.csv).toBe(String(unmet.length))
    const bySupport = unmet.filter(({ categoryCode }) => categoryCode === 'wellbeing')
    expect(cellOf(tables['gaps-by-support'], 'wellbeing', 'searches')?.csv).toBe(String(bySupport.length))
  })

  test('requests nobody answered by the fifth working day, late answers included', async () => {
    const { tables } = await page({ months: '12' })
    const all = here.unanswered.filter(({ answerBy }) => inYear(answerBy))
    expect(cellOf(tables['gaps-by-area'], 'total', 'requests')?.csv).toBe(String(all.length))
    for (const { id } of here.wards) {
      const cell = cellOf(tables['gaps-by-area'], id, 'requests')
      if (cell && !cell.hidden) expect(cell.csv).toBe(String(all.filter(({ ward }) => ward === id).length))
    }
  })

  test('what was asked for without a name and nobody offered counts with them; what was taken back does not', async () => {
    const { deps } = house()
    const year = await marketYear(deps, { seed: 11, people: 12 })
    const total = async (): Promise<number> => {
      const { tables } = await marketPage(deps, staff(year.councilId), { months: '12' })
      return Number(cellOf(tables['gaps-by-area'], 'total', 'requests')?.csv)
    }
    const before = await total()
    const createdAt = new Date('2026-09-01T09:00:00Z')
    await deps.db.prisma.supportRequest.createMany({
      data: year.people.slice(0, 11).map(({ id: personId }, i) => ({
        id: newId(),
        personId,
        categoryCode: 'wellbeing',
        outcode: 'AM1',
        days: [1],
        fromMinute: 540,
        untilMinute: 720,
        repeats: true,
        minutes: 60,
        startsOn: new Date('2026-09-20'),
        matters: 'Somebody kind.',
        state: i < 8 ? ('expired' as const) : ('withdrawn' as const),
        openUntil: new Date('2026-09-15T09:00:00Z'),
        createdAt,
        closedAt: new Date('2026-09-15T09:00:00Z'),
      })),
    })
    expect(await total()).toBe(before + 8)
  })

  test('scores by kind are plain means of the reviews, each by itself', async () => {
    const { tables } = await page({ months: '12' })
    const charities = new Set(here.providers.filter(({ kind }) => kind === 'charity').map(({ id }) => id))
    const own = here.reviews.filter(
      ({ providerId, createdAt }) => charities.has(providerId) && inYear(createdAt),
    )
    const mean = (of: (review: MarketYear['reviews'][number]) => number): string =>
      (own.reduce((sum, review) => sum + of(review), 0) / own.length).toFixed(1)
    expect(cellOf(tables.experience, 'charity', 'reviews')?.csv).toBe(String(own.length))
    expect(cellOf(tables.experience, 'charity', 'control')?.csv).toBe(
      mean(({ keptMeInControl }) => keptMeInControl),
    )
    expect(cellOf(tables.experience, 'charity', 'reliable')?.csv).toBe(mean(({ reliable }) => reliable))
  })

  test('prices have travel in them, and fewer than 5 of a kind have no quartiles', async () => {
    const { tables } = await page()
    const kinds = new Map(here.providers.map(({ id, kind, sole }) => [id, sole ? 'sole_workers' : kind]))
    for (const row of tables.prices.rows) {
      const own = here.prices.filter(({ providerId }) => row.key.endsWith(` ${kinds.get(providerId) ?? ''}`))
      expect([row.key, row.cells['middle']?.hidden]).toEqual([row.key, own.length < 5])
    }
    expect(tables.prices.rows.length).toBeGreaterThan(2)
    const companies = await marketPage(house().deps, staff(many.councilId), {})
    const paid = many.prices
      .filter(
        ({ providerId }) => many.providers.find(({ id }) => id === providerId)?.kind === 'private_company',
      )
      .map(({ pence }) => pence)
      .sort((a, b) => a - b)
    expect(paid).toHaveLength(8)
    const middle = ((paid[3] ?? 0) + (paid[4] ?? 0)) / 2
    expect(cellOf(companies.tables.prices, 'help_at_home hour private_company', 'middle')?.csv).toBe(
      (middle / 100).toFixed(2),
    )
  })
})

describe('who may see it', () => {
  test.each<[string, StaffRole[]]>([
    ['an adviser', ['adviser']],
    ['finance', ['finance']],
    ['safeguarding', ['safeguarding']],
  ])('%s of the council gets the same answer as a stranger', async (_who, roles) => {
    await expect(marketPage(house().deps, staff(here.councilId, roles), {})).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      exportMarket(house().deps, staff(here.councilId, roles), { table: 'kinds' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  test('somebody with a budget, a provider, an operator and a job do not', async () => {
    for (const actor of [
      userActor(newId(), { personId: newId() }),
      userActor(newId(), { operator: true }),
      system('job'),
    ])
      await expect(marketPage(house().deps, actor, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  test('a visitor is asked to sign in, a commissioner without the second step to do it', async () => {
    await expect(marketPage(house().deps, ANONYMOUS, {})).rejects.toMatchObject({ code: 'SIGN_IN' })
    const hurried = { ...staff(here.councilId), secondStep: false }
    await expect(marketPage(house().deps, hurried, {})).rejects.toMatchObject({ code: 'SECOND_STEP' })
  })
  test('another council’s market cannot be asked for, and none of it is in one’s own', async () => {
    await expect(
      marketPage(house().deps, staff(here.councilId), { council: there.councilId }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const text = JSON.stringify(await page({ months: '12' }))
    for (const { name } of there.providers) expect(text).not.toContain(name)
  })
  test('the administrator of a council may, too', async () => {
    await expect(
      marketPage(house().deps, staff(here.councilId, ['council_admin']), {}),
    ).resolves.toBeDefined()
  })
})

describe('nobody can be recognised', () => {
  test('no person and no sole worker is named or numbered, on any page', async () => {
    for (const input of [
      {},
      { months: '6' },
      { months: '12' },
      { area: 'moorend', months: '12' },
      { need: 'personal_care', months: '12' },
    ]) {
      const text = JSON.stringify(await page(input))
      for (const { id, name } of here.people) {
        expect(text).not.toContain(id)
        expect(text).not.toContain(name)
      }
      for (const { id, name } of here.providers.filter(({ sole }) => sole)) {
        expect(text).not.toContain(id)
        expect(text).not.toContain(name)
      }
    }
  })
  test('no count of people from 1 to 4 stands on any page or in any file', async () => {
    for (const months of ['3', '6', '12'])
      for (const more of [{}, { area: 'moorend' }, { need: 'wellbeing' }]) {
        const { tables } = await page({ months, ...more })
        for (const table of Object.values(tables))
          for (const row of [...table.rows, ...(table.foot ? [table.foot] : [])])
            for (const key of ['people', 'chosen', 'assigned', 'all', 'searches', 'requests']) {
              const cell = row.cells[key]
              if (cell && !cell.hidden)
                expect([table.id, row.key, key, ['1', '2', '3', '4'].includes(cell.csv)]).toEqual([
                  table.id,
                  row.key,
                  key,
                  false,
                ])
            }
      }
  })
  test('a filtered page names no provider at all', async () => {
    const text = JSON.stringify(await page({ need: 'personal_care', months: '12' }))
    for (const { name } of here.providers) expect(text).not.toContain(name)
  })
})

describe('the file is the page', () => {
  test.each(TABLE_IDS)('%s', async (table) => {
    const input = { months: '12', table }
    const { tables } = await page(input)
    const { csv, filename } = await exportMarket(house().deps, staff(here.councilId), input)
    expect(filename).toMatch(/^market-[a-z0-9-]+\.csv$/)
    const lines = csv.replace('\uFEFF', '').trimEnd().split('\r\n')
    const shown = tables[table]
    expect(lines).toHaveLength(1 + shown.rows.length + (shown.foot ? 1 : 0))
    for (const [i, row] of shown.rows.entries())
      for (const { key } of shown.columns)
        expect(lines[i + 1]).toContain((row.cells[key]?.csv ?? '').replaceAll('"', '""'))
  })
  test('a table that does not exist, or a filter that cannot be read, is refused in words', async () => {
    const actor = staff(here.councilId)
    await expect(exportMarket(house().deps, actor, { table: 'people' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await expect(exportMarket(house().deps, actor, { table: 'kinds', months: '4' })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })
})

describe('what is typed into the address', () => {
  test.each([
    [{ months: '-1' }, 'months'],
    [{ months: '12; drop table person' }, 'months'],
    [{ area: 'Atlantis' }, 'area'],
    [{ area: 'x'.repeat(70) }, 'area'],
    [{ need: '<script>' }, 'need'],
    [{ area: 'moorend', need: 'wellbeing' }, 'need'],
  ])('%j gets a sentence beside the field and the page of everything', async (input, field) => {
    const { problems, filtered } = await page(input)
    expect(Object.keys(problems)).toEqual([field])
    expect(filtered).toBe(false)
  })
})

test('what counts is the day of settling, in London, and only whole months', async () => {
  const { period } = await page({ months: '3' })
  expect(period).toBe('August to October 2026')
})

test('a council without any history has a page that says so', async () => {
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
  expect(empty.summary.sentence).toBe('No visit has been settled here yet.')
  expect(empty.quilt.pieces).toEqual([])
})
