import { describe, expect, test } from 'vitest'
import { type VisitFacts, standingWords, visitSteps } from '#services/bookings/visit-standing.rules.ts'
import { VISIT_STATES } from '#services/bookings/transitions.rules.ts'
import { Temporal, londonInstant } from '#services/kernel/time.ts'

const facts = (changes: Partial<VisitFacts> = {}): VisitFacts => ({
  state: 'planned',
  outcome: null,
  bookingState: 'accepted',
  paused: false,
  provider: 'Weavers',
  startsAt: londonInstant('2026-11-23', '09:00'),
  endsAt: londonInstant('2026-11-23', '10:00'),
  minutes: 60,
  actualMinutes: null,
  cost: 2750,
  missedUntil: null,
  disputableUntil: null,
  bySilence: false,
  saidYes: 'you',
  self: true,
  reason: '',
  payments: [],
  ...changes,
})
const before = Temporal.Instant.from('2026-11-22T09:00:00Z')
const after = Temporal.Instant.from('2026-11-23T12:00:00Z')

test('every state has words of its own', () => {
  const words = VISIT_STATES.map((state) =>
    standingWords(facts({ state, outcome: state === 'confirmed' ? 'late_cancellation' : null }), before),
  )
  expect(new Set(words).size).toBe(VISIT_STATES.length)
  expect(words.filter((text) => !text.endsWith('.') && !text.endsWith('?'))).toEqual([])
})

test('it never says "booked" before it is', () => {
  for (const bookingState of ['requested', 'countered'] as const)
    expect(standingWords(facts({ bookingState }), before)).toMatch(/not booked/)
})

describe('who pays, in words', () => {
  const settled = (payer: 'person' | 'council' | 'fund_holder', state: 'paid' | 'sent' | 'not_yet') =>
    standingWords(facts({ state: 'settled', outcome: 'attended', payments: [{ payer, state }] }), after)
  test.each([
    ['person', 'paid', 'It is paid.'],
    ['person', 'sent', 'on its way'],
    ['person', 'not_yet', 'owed and will be paid'],
    ['council', 'not_yet', 'The council pays the provider.'],
    ['council', 'paid', 'The council has paid the provider.'],
    ['fund_holder', 'not_yet', 'Your fund holder pays the provider.'],
  ] as const)('%s, %s: %s', (payer, state, words) => {
    expect(settled(payer, state)).toContain(words)
  })
})

test.each(['confirmed', 'settled'] as const)('a visit that the council pays never says paid: %s', (state) => {
  const visit = facts({ state, outcome: 'attended', payments: [{ payer: 'council', state: 'not_yet' }] })
  const words = [standingWords(visit, after), ...visitSteps(visit, after).map((step) => step.title)].join(' ')
  expect(words).toContain('The council pays the provider.')
  expect(words).not.toMatch(/\bpaid\b/)
})

describe('the way from booked to paid', () => {
  const at = (changes: Partial<VisitFacts>, now = after) =>
    visitSteps(facts(changes), now).find((step) => step.when === 'here')?.title ?? null
  test.each([
    ['before it begins', {}, before, 'The visit'],
    ['delivered', { state: 'delivered' }, after, 'You say yes, or what was different'],
    ['confirmed', { state: 'confirmed', outcome: 'attended' }, after, 'The provider is paid'],
    [
      'confirmed, from a fund of the council',
      { state: 'confirmed', outcome: 'attended', payments: [{ payer: 'council', state: 'not_yet' }] },
      after,
      'The council pays the provider',
    ],
    [
      'paid',
      { state: 'settled', outcome: 'attended', payments: [{ payer: 'person', state: 'paid' }] },
      after,
      null,
    ],
  ] as const)('%s', (_words, changes, now, title) => {
    expect(at(changes, now)).toBe(title)
  })
  test('there is none for a visit that will not be', () => {
    expect(visitSteps(facts({ state: 'cancelled_free' }), after)).toEqual([])
  })
})

test('no answer at the door can be said to be wrong while there is time', () => {
  const no = facts({
    state: 'confirmed',
    outcome: 'no_answer',
    cost: 1375,
    disputableUntil: Temporal.Instant.from('2026-11-30T10:00:00Z'),
  })
  expect(standingWords(no, after)).toContain('say so by Monday 30 November, 10am')
  expect(standingWords(no, Temporal.Instant.from('2026-12-01T10:00:00Z'))).not.toContain('say so by')
})
