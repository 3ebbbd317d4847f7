import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { importCqc } from '#services/imports/import-cqc.server.ts'
import { importPostcodes } from '#services/imports/import-postcodes.server.ts'
import { UnreadableFile } from '#services/imports/source-lines.ts'
import { providerPage } from '#services/providers/provider-page.server.ts'
import { system } from '#services/kernel/actor.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const operator = system('import')
const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/imports/${name}`, import.meta.url))
const load = (path: string, day = '2026-10-01') => importCqc(house().deps, operator, { path, day })
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => house().asOwner('truncate place, provider, search_entry, postcode, outcode cascade'))
const file = async (name: string, content: string) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const records = async (): Promise<Record<string, unknown>[]> => {
  const lines = (await readFile(fixture('cqc-locations.ndjson'), 'utf8')).split('\n')
  return lines.slice(0, 3).map((line) => JSON.parse(line) as Record<string, unknown>)
}
const ndjson = (items: Record<string, unknown>[]) => items.map((item) => JSON.stringify(item)).join('\n')
const places = () =>
  house().asOwner<Record<string, unknown>>(
    `select l.slug, l.name, l.cqc_location_id as location, l.registration_status as status, l.registered_on::text, l.rating,
       l.rating_date::text, l.town, l.lat, l.source, l.source_date::text, p.name as provider, p.slug as provider_slug,
       p.claimed, p.kind, p.cqc_provider_id, l.beds
     from place l join provider p on p.id = l.provider_id order by 3`,
  )

describe('importing the register', () => {
  test('locations become places not yet claimed, under providers of unknown kind, with source and day', async () => {
    const report = await load(fixture('cqc-locations.ndjson'))
    expect(report).toMatchObject({ added: 3, changed: 0, unchanged: 0, stoppedBy: null })
    expect(report.skipped.map(({ why, lines }) => [why, lines])).toEqual([
      ['not_social_care', '5'],
      ['only_a_summary', '6'],
      ['bad_json', '7'],
      ['not_a_record', '8'],
      ['bad_record', '9'],
      ['null_byte', '10'],
      ['deregistered', '4'],
    ])
    const rows = await places()
    expect(rows[0]).toMatchObject({
      slug: 'lantern-house-aldermere',
      name: 'Lantern House',
      status: 'Registered',
      registered_on: '2019-04-01',
      rating: 'Good',
      rating_date: '2023-05-06',
      source: 'https://www.cqc.org.uk/location/1-900000001',
      source_date: '2026-10-01',
      provider: 'Lantern House',
      claimed: false,
      kind: 'unknown',
      cqc_provider_id: '1-800000001',
    })
    // Two locations of one provider; two of one name in one town, told apart by the register's id.
    expect(rows.map((row) => row['provider_slug'])).toEqual([
      'lantern-house',
      'lantern-house',
      'lantern-house-1-800000003',
    ])
    expect(rows[2]?.['slug']).toBe('lantern-house-aldermere-1-900000003')
  })

  test('again changes nothing, and only renews the day', async () => {
    await load(fixture('cqc-locations.ndjson'))
    const before = await places()
    expect(await load(fixture('cqc-locations.ndjson'), '2026-10-20')).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 3,
    })
    expect(await places()).toEqual(before.map((row) => ({ ...row, source_date: '2026-10-20' })))
  })

  test('what a place is and whether it runs follows the newest file, also for those imported before', async () => {
    const [first] = await records()
    await load(await file('run1.ndjson', ndjson([{ ...first, dormancy: 'Y' }])))
    const listed = () =>
      house().asOwner<Record<string, unknown>>(
        `select e.category_code as category, e.summary, e.bookable, e.price_pence as price from search_entry e`,
      )
    const page = () => providerPage(house().deps, 'lantern-house')
    expect((await listed())[0]).toMatchObject({ category: 'care_home', bookable: false, price: null })
    expect((await listed())[0]?.['summary']).toMatch(/^Dormant: registered, not running now\./)
    expect((await page()).places[0]?.rows).toContainEqual({
      term: 'Registration',
      value: 'Dormant: registered since 1 April 2019, not running now, number 1-900000001',
    })
    // An entry as an earlier version filed it.
    await house().asOwner(`update search_entry set category_code = 'personal_care', summary = 'Registered.'`)
    await load(await file('run2.ndjson', ndjson([{ ...first, dormancy: 'Y' }])))
    expect((await listed())[0]).toMatchObject({ category: 'care_home' })
    expect((await listed())[0]?.['summary']).toMatch(/^Dormant/)
    const report = await load(await file('run3.ndjson', ndjson([{ ...first, dormancy: 'N' }])))
    expect(report).toMatchObject({ changed: 1 })
    expect((await listed())[0]?.['summary']).toMatch(/^Care home in Aldermere/)
    const { dormancy: _unsaid, ...silent } = { ...first, dormancy: 'Y' }
    expect(await load(await file('run4.ndjson', ndjson([silent])))).toMatchObject({ unchanged: 1 })
  })

  test('what left the register is found by its address alone, and says so', async () => {
    const [first] = await records()
    await load(await file('left1.ndjson', ndjson([first ?? {}])))
    const left = { ...first, registrationStatus: 'Deregistered', deregistrationDate: '2026-09-30' }
    await load(await file('left2.ndjson', ndjson([left])))
    expect(await house().asOwner('select * from search_entry')).toEqual([])
    const { places: found } = await providerPage(house().deps, 'lantern-house')
    expect(found[0]).toMatchObject({ standing: 'off_register' })
    expect(found[0]?.rows).toContainEqual({
      term: 'Registration',
      value: 'No longer registered, since 30 September 2026, number 1-900000001',
    })
  })

  test('NDJSON, a list, a list under "locations" and loose objects give the same places', async () => {
    const all = await records()
    const shapes = {
      'list.json': JSON.stringify(all),
      'list-indented.json': JSON.stringify(all, null, 2),
      'wrapper.json': JSON.stringify({ total: 3, locations: all }, null, 1),
      'objects.json': all.map((item) => JSON.stringify(item, null, 2)).join('\n'),
      'bom.ndjson': `\ufeff${ndjson(all)}`,
    }
    await load(await file('lines.ndjson', ndjson(all)))
    const expected = await places()
    expect(expected).toHaveLength(3)
    for (const [name, content] of Object.entries(shapes)) {
      await house().asOwner('truncate place, provider cascade')
      expect(await load(await file(name, content)), name).toMatchObject({
        added: 3,
        skippedTotal: 0,
        stoppedBy: null,
      })
      expect(await places(), name).toEqual(expected)
    }
  })

  test('the directory gives providers their own names, and leaves what it does not say', async () => {
    await load(fixture('cqc-locations.ndjson'))
    const report = await importCqc(house().deps, operator, { path: fixture('cqc-directory.csv') })
    expect(report).toMatchObject({
      format: 'CQC directory',
      added: 1,
      unchanged: 0,
      changed: 1,
      stoppedBy: null,
    })
    expect(report.skipped.map(({ why, lines }) => [why, lines])).toEqual([
      ['not_social_care', '9'],
      ['wrong_columns', '10'],
    ])
    const rows = await places()
    expect(rows[0]).toMatchObject({
      provider: 'Lantern Care CIC',
      rating: 'Good',
      beds: 24,
      source_date: '2026-10-04',
    })
    expect(rows[3]).toMatchObject({
      name: 'Weavers Home Support',
      provider: 'Weavers Co-operative Ltd',
      town: 'Aldermere',
      rating: null,
    })
  })

  test('a provider’s own record names it; one without a place here is left out', async () => {
    const [first] = await records()
    const provider = { providerId: '1-800000001', name: 'Lantern Care CIC', organisationType: 'Provider' }
    await load(await file('one.ndjson', ndjson([first ?? {}])))
    const path = await file(
      'providers.ndjson',
      ndjson([provider, { ...provider, providerId: '1-899999999' }]),
    )
    const report = await load(path)
    expect(report).toMatchObject({ added: 0, changed: 1, unchanged: 0 })
    expect(report.skipped).toMatchObject([{ why: 'provider_without_place', lines: '2' }])
    expect(await places()).toMatchObject([{ name: 'Lantern House', provider: 'Lantern Care CIC' }])
    // The location's own record comes again: the provider keeps its name.
    await load(join(folder, 'one.ndjson'))
    expect(await places()).toMatchObject([{ provider: 'Lantern Care CIC' }])
  })

  test('a new rating and the end of a registration are taken over', async () => {
    const [first] = await records()
    await load(await file('v1.ndjson', ndjson([first ?? {}])))
    const changes = { currentRatings: { overall: { rating: 'Inadequate', reportDate: '2026-09-01' } } }
    expect(await load(await file('v2.ndjson', ndjson([{ ...first, ...changes }])))).toMatchObject({
      changed: 1,
    })
    expect(await places()).toMatchObject([{ rating: 'Inadequate', rating_date: '2026-09-01' }])
    await load(await file('v3.ndjson', ndjson([{ ...first, registrationStatus: 'Deregistered' }])))
    expect(await places()).toMatchObject([{ status: 'Deregistered' }])
  })

  test('a place whose provider was claimed keeps the owner’s words and takes the regulator’s', async () => {
    const [first] = await records()
    await load(await file('c1.ndjson', ndjson([first ?? {}])))
    await house().asOwner(
      `update provider set claimed = true, kind = 'social_enterprise', name = 'The Lanterns'`,
    )
    await house().asOwner(`update place set name = 'Our Lantern'`)
    const changes = { name: 'Renamed', postalAddressTownCity: 'Elsewhere', numberOfBeds: 30 }
    await load(await file('c2.ndjson', ndjson([{ ...first, ...changes }])))
    expect(await places()).toMatchObject([
      { name: 'Our Lantern', town: 'Aldermere', beds: 30, provider: 'The Lanterns' },
    ])
  })

  test('a record without a position takes its postcode’s, or its outcode’s; else a note says what to do', async () => {
    const all = (await records()).map((item) => ({ ...item, onspdLatitude: null, onspdLongitude: null }))
    const path = await file('nowhere.ndjson', ndjson(all))
    expect((await load(path)).notes).toEqual([expect.stringMatching(/^3 places have no position yet/)])
    await importPostcodes(house().deps, operator, { path: fixture('code-point-open.csv') })
    const report = await load(path)
    expect(report).toMatchObject({ changed: 2, unchanged: 1 })
    expect(report.notes).toEqual([expect.stringMatching(/^1 place has no position yet/)])
  })

  test('the same record twice in a file is kept once, the later one', async () => {
    const [first] = await records()
    const report = await load(
      await file('twice.ndjson', ndjson([first ?? {}, { ...first, name: 'Lantern Place' }])),
    )
    expect(report).toMatchObject({ added: 1, skippedTotal: 1 })
    expect(await places()).toMatchObject([{ name: 'Lantern Place' }])
  })

  test('a file that ends in the middle saves what came before, and says where it ended', async () => {
    const text = JSON.stringify(await records(), null, 1)
    const report = await load(await file('cut.json', text.slice(0, text.lastIndexOf('"1-900000003"'))))
    expect(report).toMatchObject({ added: 2 })
    expect(report.stoppedBy).toMatch(/ends in the middle of the record that starts on line \d+/)
  })

  test('two imports of one file at the same time leave each place once', async () => {
    const path = fixture('cqc-locations.ndjson')
    const reports = await Promise.all([load(path), load(path), load(path)])
    expect(reports.map(({ stoppedBy }) => stoppedBy)).toEqual([null, null, null])
    expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(3)
    expect(await places()).toHaveLength(3)
  })

  test('places are listed in search with their source, never bookable, and leave it when their registration ends', async () => {
    const entries = () =>
      house().asOwner<Record<string, unknown>>(
        `select title, entry_kind, bookable, price_pence, rating, rating_date::text, rating_source, category_code, experience_count,
           provider_kind, round(lat::numeric, 4)::float8 as lat from search_entry order by rating_source`,
      )
    const [first, second] = await records()
    await load(await file('e1.ndjson', ndjson([first ?? {}, second ?? {}])))
    const listed = await entries()
    expect(listed).toHaveLength(2)
    expect(listed[0]).toEqual({
      title: 'Lantern House',
      entry_kind: 'place',
      bookable: false,
      price_pence: null,
      rating: 'Good',
      rating_date: '2023-05-06',
      rating_source: 'https://www.cqc.org.uk/location/1-900000001',
      category_code: 'care_home',
      experience_count: 0,
      provider_kind: 'unknown',
      lat: 53.5255,
    })
    await load(await file('e2.ndjson', ndjson([{ ...first, registrationStatus: 'Deregistered' }])))
    expect((await entries()).map((entry) => entry['title'])).toEqual(['Lantern Living at Home'])
    await house().asOwner(`update provider set claimed = true, kind = 'charity'`)
    await load(join(folder, 'e1.ndjson'))
    expect(await entries()).toEqual([])
  })

  test('a provider that signed up before the import owns its places, by the provider’s id or a location’s', async () => {
    const [first, second, third] = await records()
    const provider = (id: string, cqc: string) =>
      house().asOwner(
        `insert into provider (id, slug, name, kind, claimed, cqc_provider_id) values ($1, $2, $2, 'charity', true, $3)`,
        [id, `owner-${cqc}`, cqc],
      )
    await provider('01900000-0000-7000-8000-000000000001', '1-800000001')
    await provider('01900000-0000-7000-8000-000000000003', '1-900000003')
    await load(await file('owned.ndjson', ndjson([first ?? {}, second ?? {}, third ?? {}])))
    expect((await places()).map((row) => [row['provider'], row['cqc_provider_id']])).toEqual([
      ['owner-1-800000001', '1-800000001'],
      ['owner-1-800000001', '1-800000001'],
      ['owner-1-900000003', '1-800000003'],
    ])
    expect(await house().asOwner('select id from search_entry')).toEqual([])
    expect(await load(join(folder, 'owned.ndjson'))).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  })

  test('a file of another kind is refused with a sentence', async () => {
    await expect(load(fixture('code-point-open.csv'))).rejects.toBeInstanceOf(UnreadableFile)
    await expect(load(await file('x.json', '"just a string"'))).rejects.toBeInstanceOf(UnreadableFile)
  })
})
