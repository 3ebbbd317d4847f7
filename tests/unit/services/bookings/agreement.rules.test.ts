import { describe, expect, test } from 'vitest'
import { type DisputedVisit, isAgreed, mostMinutes } from '#services/bookings/agreement.rules.ts'

const visit = (changes: Partial<DisputedVisit> = {}): DisputedVisit => ({
  outcome: null,
  minutes: 60,
  actualMinutes: 45,
  offeredMinutes: null,
  offeredBy: null,
  ...changes,
})
const door = (changes: Partial<DisputedVisit> = {}) =>
  visit({ outcome: 'no_answer', actualMinutes: 0, ...changes })
const from = (offeredBy: 'person' | 'provider', offeredMinutes: number) => ({ offeredBy, offeredMinutes })

describe('it is agreed at once', () => {
  test.each([
    ['the provider asks for less than they said', visit(), 'provider', 30],
    ['the provider asks for nothing', visit(), 'provider', 0],
    ['the person says what the provider said at first', visit(), 'person', 45],
    ['the provider takes the person’s longer time', visit(from('person', 60)), 'provider', 60],
    ['the person takes the provider’s word', visit(from('provider', 60)), 'person', 60],
    ['no answer at the door: the provider asks for nothing', door(), 'provider', 0],
    ['no answer at the door: the provider takes the person’s word', door(from('person', 20)), 'provider', 20],
    ['no answer at the door: the person takes the provider’s word', door(from('provider', 20)), 'person', 20],
  ] as const)('when %s', (_words, of, by, minutes) => expect(isAgreed(of, by, minutes)).toBe(true))
})

describe('the other side is asked', () => {
  test.each([
    ['the provider says more than before', visit(), 'provider', 60],
    ['the person says less than the provider', visit(), 'person', 20],
    ['the person says nobody came', visit(), 'person', 0],
    ['the person answers with another number', visit(from('provider', 60)), 'person', 50],
    ['one’s own word is no answer to itself', visit(from('person', 20)), 'person', 20],
    ['no answer at the door: the provider was there after all', door(), 'provider', 20],
    ['no answer at the door: the person says how long', door(), 'person', 20],
    ['no answer at the door: the person says none', door(), 'person', 0],
  ] as const)('when %s', (_words, of, by, minutes) => expect(isAgreed(of, by, minutes)).toBe(false))
})

test('nobody agrees to more than was booked or said', () => {
  expect(mostMinutes(visit())).toBe(60)
  expect(mostMinutes(visit({ actualMinutes: 90 }))).toBe(90)
  expect(mostMinutes(door())).toBe(60)
})
