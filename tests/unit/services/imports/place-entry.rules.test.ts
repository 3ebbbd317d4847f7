import { describe, expect, test } from 'vitest'
import { placeEntry } from '#services/imports/place-entry.rules.ts'

const facts = {
  serviceTypes: ['Homecare agencies'],
  specialisms: ['Dementia'],
  town: 'Aldermere',
  beds: 0,
  registeredOn: '2024-08-08',
  dormant: false,
}

describe('how a place of the register is listed', () => {
  test.each([
    ['Homecare agencies', 'personal_care', 'at_home'],
    ['Residential homes', 'care_home', 'at_venue'],
    ['Nursing homes', 'care_home', 'at_venue'],
    ['Hospice', 'nursing', 'at_venue'],
    ['Supported living', 'supported_living', 'at_home'],
    ['Shared lives', 'shared_lives', null],
    ['Something the register brings in later', 'personal_care', null],
  ])('%s is filed under %s', (type, categoryCode, setting) => {
    expect(placeEntry({ ...facts, serviceTypes: [type] })).toMatchObject({ categoryCode, setting })
  })

  test('a care home that also sends carers is a care home, and says both', () => {
    const both = placeEntry({ ...facts, serviceTypes: ['Homecare agencies', 'Nursing homes'] })
    expect(both.categoryCode).toBe('care_home')
    expect(both.summary).toMatch(/^Care home with nursing and care at home in Aldermere/)
  })
  test('a dormant one says so before anything else', () => {
    expect(placeEntry({ ...facts, dormant: true }).summary).toMatch(
      /^Dormant: registered, not running now\. Care at home/,
    )
  })

  test('the sentence says what, where and since when, in plain words, and nothing else', () => {
    expect(placeEntry(facts).summary).toBe(
      'Care at home in Aldermere. On the register of the Care Quality Commission since 8 August 2024.',
    )
    expect(
      placeEntry({ ...facts, serviceTypes: ['Residential homes'], beds: 24, registeredOn: null }).summary,
    ).toBe('Care home in Aldermere, 24 beds. On the register of the Care Quality Commission.')
    expect(
      placeEntry({ ...facts, serviceTypes: ['Supported living', 'Homecare agencies'], town: null }).summary,
    ).toMatch(/^Care at home and supported living\./)
  })

  test('specialisms say for whom; those that name everybody name nobody', () => {
    const specialisms = [
      'Caring for adults over 65 yrs',
      'Sensory impairment',
      'Services for everyone',
      'Dementia',
    ]
    expect(placeEntry({ ...facts, specialisms }).audiences).toEqual([
      'older_people',
      'sight_loss',
      'deaf_or_hard_of_hearing',
      'dementia',
    ])
  })
})
