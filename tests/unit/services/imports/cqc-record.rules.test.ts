import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  directoryDate,
  readCqcDirectoryCells,
  recogniseCqcDirectory,
} from '#services/imports/cqc-directory.rules.ts'
import { readCqcRecord } from '#services/imports/cqc-record.rules.ts'
import { SKIP_REASONS } from '#services/imports/skipped.ts'

const lines = readFileSync(
  new URL('../../../fixtures/imports/cqc-locations.ndjson', import.meta.url),
  'utf8',
).split('\n')
const record = (index: number) => JSON.parse(lines[index] ?? '') as Record<string, unknown>
const changed = (changes: Record<string, unknown>) => readCqcRecord({ ...record(0), ...changes })

describe('a location record of the register', () => {
  test('becomes a place with what is public about it', () => {
    expect(readCqcRecord(record(0))).toEqual({
      row: {
        kind: 'location',
        locationId: '1-900000001',
        providerId: '1-800000001',
        name: 'Lantern House',
        providerName: null,
        status: 'Registered',
        registeredOn: '2019-04-01',
        deregisteredOn: null,
        dormant: false,
        addressLine: '1 Made Up Lane, Northfields',
        town: 'Aldermere',
        postcode: 'OL9 0ZA',
        localAuthority: 'Aldermere',
        point: { lat: 53.525495, lon: -2.162778 },
        rating: 'Good',
        ratingDate: '2023-05-06',
        serviceTypes: ['Residential homes'],
        specialisms: ['Dementia', 'Caring for adults over 65 yrs'],
        regulatedActivities: ['Accommodation for persons who require nursing or personal care'],
        beds: 24,
        website: 'https://www.lantern.example.org/',
      },
    })
  })

  test('keeps no telephone number and nobody’s name', () => {
    const kept = JSON.stringify(readCqcRecord(record(0)))
    for (const secret of ['01632960101', 'Robin', 'Nobody', 'Registered Manager'])
      expect(kept).not.toContain(secret)
  })

  test('takes the rating of the newer framework when it is the newer one', () => {
    expect(readCqcRecord(record(1))).toMatchObject({
      row: { rating: 'Requires improvement', ratingDate: '2024-09-17' },
    })
    const both = { ...record(0), assessment: (record(1) as { assessment: unknown }).assessment }
    expect(readCqcRecord(both)).toMatchObject({ row: { rating: 'Requires improvement' } })
    const older = {
      ...both,
      currentRatings: { overall: { rating: 'Outstanding', reportDate: '2025-01-01' } },
    }
    expect(readCqcRecord(older)).toMatchObject({ row: { rating: 'Outstanding', ratingDate: '2025-01-01' } })
  })

  test.each([
    [{}],
    [{ overall: { rating: 'No published rating' } }],
    [{ overall: { rating: 'Inspected but not rated' } }],
  ])('%j means that it is not yet rated', (currentRatings) => {
    expect(changed({ currentRatings })).toMatchObject({ row: { rating: 'Not yet rated', ratingDate: null } })
  })

  test.each([
    ['a dentist', { type: 'Primary Dental Care', gacServiceTypes: [{ name: 'Dentist' }] }, 'not_social_care'],
    ['a day that does not exist', { registrationDate: '2024-02-30' }, 'bad_record'],
    ['a status that is none', { registrationStatus: 'Maybe' }, 'bad_record'],
    ['no name', { name: ' \u200b ' }, 'bad_record'],
    ['an id with a space', { locationId: '1 900' }, 'bad_record'],
    ['beds below zero', { numberOfBeds: -1 }, 'bad_record'],
    ['a null byte', { name: 'Null \0 byte' }, 'null_byte'],
    ['half a character', { name: 'Half \ud83d character' }, 'null_byte'],
    ['a name without end', { name: 'x'.repeat(301) }, 'bad_record'],
  ])('%s is left out with the reason', (_name, changes, why) => {
    expect(changed(changes)).toMatchObject({ why })
  })

  test('a summary from a list of locations says what to do', () => {
    expect(readCqcRecord(record(5))).toEqual({ why: 'only_a_summary' })
  })

  test('a position outside the country is not believed, the rest is', () => {
    expect(changed({ onspdLatitude: 0, onspdLongitude: 0 })).toMatchObject({
      row: { point: null, name: 'Lantern House' },
    })
  })

  test('marks that turn the writing direction and line breaks go; letters of every alphabet stay', () => {
    expect(changed({ name: '\u202eTŷ\n Gobaith\u0007  Ltd' })).toMatchObject({
      row: { name: 'Tŷ Gobaith Ltd' },
    })
  })

  test.each([
    ['javascript:alert(1)', null],
    ['www.example.org', 'https://www.example.org/'],
    ['http://example.org/a b', null],
    ['https://somebody:secret@example.org', null],
    ['none', null],
    ['', null],
  ])('a website %j is kept as %j', (website, expected) => {
    expect(changed({ website })).toMatchObject({ row: { website: expected } })
  })

  test('a provider’s own record gives its name', () => {
    expect(
      readCqcRecord({ providerId: '1-800000001', name: 'Lantern Care CIC', organisationType: 'Provider' }),
    ).toEqual({
      row: { kind: 'provider', providerId: '1-800000001', name: 'Lantern Care CIC' },
    })
  })

  test('any JSON at all gives a row or a known reason', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constant(undefined))
    const damaged = fc
      .dictionary(fc.constantFrom(...Object.keys(record(0)), 'assessment'), field)
      .map((changes) => ({ ...record(0), ...changes }))
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged), (value) => {
        const read = readCqcRecord(value)
        return 'row' in read || read.why in SKIP_REASONS
      }),
      { numRuns: 500 },
    )
  })
})

describe('the directory', () => {
  const header = `Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,CQC Location ID (for office use only),CQC Provider ID (for office use only)`
  const directory = recogniseCqcDirectory(header.split(','))
  if (!directory) throw new Error('not recognised')
  const row = [
    'Weavers Home Support',
    '',
    '9 Mill Street,Aldermere',
    'OL9 0ZB',
    '01632960102',
    '',
    'Homecare agencies|Supported living',
    '',
    'Learning disabilities',
    'Weavers Co-operative Ltd',
    'Aldermere',
    'North West',
    '',
    '1-900000010',
    '1-800000010',
  ]

  test('is known by its header alone', () => {
    expect(recogniseCqcDirectory(['CQC Locations data', ''])).toBeNull()
    expect(directory.columns).toBe(15)
  })

  test('gives the provider’s own name, and says nothing of ratings and positions', () => {
    expect(readCqcDirectoryCells(directory, row)).toMatchObject({
      row: {
        locationId: '1-900000010',
        providerName: 'Weavers Co-operative Ltd',
        addressLine: '9 Mill Street',
        town: 'Aldermere',
        serviceTypes: ['Homecare agencies', 'Supported living'],
        rating: null,
        point: null,
        regulatedActivities: null,
      },
    })
  })

  test('a row with too few cells, without an id, or of a dentist is left out', () => {
    expect(readCqcDirectoryCells(directory, row.slice(1))).toMatchObject({ why: 'wrong_columns' })
    expect(readCqcDirectoryCells(directory, row.with(13, ''))).toMatchObject({
      why: 'bad_record',
      detail: 'locationId',
    })
    expect(readCqcDirectoryCells(directory, row.with(6, 'Dentist'))).toEqual({ why: 'not_social_care' })
  })

  test('its day stands above the header', () => {
    expect(directoryDate(['This data was produced on 4 October 2026', ''])).toBe('2026-10-04')
    expect(directoryDate(['CQC Locations data'])).toBeNull()
  })
})
