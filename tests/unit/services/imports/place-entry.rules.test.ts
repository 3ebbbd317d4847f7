import { describe, expect, test } from 'vitest'
import { placeEntry } from '#services/imports/place-entry.rules.ts'

const facts = {
  serviceTypes: ['Homecare agencies'],
  specialisms: ['Dementia'],
  town: 'Aldermere',
  beds: 0,
  registeredOn: '2024-08-08',
}

describe('how a place of the register is listed', () => {
  test.each([
    ['Homecare agencies', 'personal_care', 'at_home'],
    ['Residential homes', 'personal_care', 'at_venue'],
    ['Nursing homes', 'nursing', 'at_venue'],
    ['Supported living', 'supported_living', 'at_home'],
    ['Shared lives', 'shared_lives', null],
    ['Something the register brings in later', 'personal_care', null],
  ])('%s is filed under %s', (type, categoryCode, setting) => {
    expect(placeEntry({ ...facts, serviceTypes: [type] })).toMatchObject({ categoryCode, setting })
  })

  test('a home with nursing is found under nursing, though it does more', () => {
    expect(placeEntry({ ...facts, serviceTypes: ['Residential homes', 'Nursing homes'] }).categoryCode).toBe(
      'nursing',
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
