import { describe, expect, test } from 'vitest'
import { AUTHORITY_TYPES, type AuthorityType } from '#services/kernel/actor.ts'
import { actingAs } from '~/components/shell/acting-as.ts'

const as = (type: AuthorityType, relationship: string | null, organisationName: string | null = null) =>
  actingAs({ name: 'Daniel Ellery', type, relationship, organisationName })

describe('the band says who acts, and by what right', () => {
  test.each<[AuthorityType, string, string]>([
    ['informal', 'brother', 'Daniel Ellery, brother'],
    ['nominated_person', 'brother', 'Daniel Ellery, brother and nominated person'],
    ['authorised_person', 'brother', 'Daniel Ellery, brother and authorised person'],
    ['attorney_or_deputy_finance', 'deputy', 'Daniel Ellery, deputy for money'],
    ['attorney_or_deputy_finance', 'son', 'Daniel Ellery, son and attorney or deputy for money'],
    ['attorney_or_deputy_welfare', 'attorney', 'Daniel Ellery, attorney for health and welfare'],
    ['dwp_appointee', 'mother', 'Daniel Ellery, mother and appointee for benefits'],
    ['broker', 'broker', 'Daniel Ellery, broker'],
    ['advocate', 'advocate at Say So', 'Daniel Ellery, advocate at Say So'],
  ])('%s, %s', (type, relationship, sentence) => {
    expect(as(type, relationship)).toBe(sentence)
  })
  test('no type of authority needs a pronoun, or says the same twice', () => {
    for (const type of AUTHORITY_TYPES)
      for (const relationship of ['her sister', 'Sister', 'broker', 'advocate', 'deputy', '', null]) {
        const words = as(type, relationship)
        expect(words).not.toMatch(/\b(their|her|his|my|your)\b/)
        expect(words).not.toMatch(/\b(\w+) and \1\b|,\s*$| {2}/)
        expect(words).toMatch(/^Daniel Ellery, \S/)
      }
  })
  test('the organisation somebody acts from is named once', () => {
    expect(as('broker', 'broker', 'Even Hand')).toBe('Daniel Ellery of Even Hand, broker')
    expect(as('advocate', 'advocate at Say So', 'Say So')).toBe('Daniel Ellery, advocate at Say So')
  })
  test('names and abbreviations keep their capitals', () => {
    expect(as('informal', 'CAB adviser')).toBe('Daniel Ellery, CAB adviser')
    expect(as('informal', 'Sister')).toBe('Daniel Ellery, sister')
  })
})
