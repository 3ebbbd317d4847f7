import { describe, expect, test } from 'vitest'
import {
  type VersionFacts,
  changeBetween,
  hindrancesTo,
  missingFrom,
  personalCareIn,
} from '#services/catalogue/listing.rules.ts'
import { PRESSES, RULES, type ServiceState, mayPress } from '#services/catalogue/presses.rules.ts'
import { priceLines } from '#services/catalogue/prices.rules.ts'
import { standingOfListing } from '#services/catalogue/states.rules.ts'
import { STEPS, stepsFor } from '#services/catalogue/steps.ts'
import { hoursWords, priceWords, shareWords } from '#services/catalogue/words.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { CheckFact } from '#services/vetting/read-checks.server.ts'

const version: VersionFacts = {
  id: 'v',
  title: 'Company',
  summary: 'Tea.',
  categoryCode: 'sitting_and_company',
  setting: 'at_home',
  fundedBy: 'bought',
  personalCare: false,
  regulation: 'not_regulated',
  registrationId: null,
  exemptionReason: null,
  lat: 53,
  lon: -2,
  radiusMetres: 5000,
  placeId: null,
  unit: 'hour',
  chargingBasis: 'booked_time',
  roundingMinutes: 15,
  toleranceMinutes: 5,
  minMinutes: 60,
  answered: STEPS,
  prices: [{ position: 1, kind: 'base', label: 'Price', pence: 2000, upliftBps: 0, categoryCode: null }],
}
const check = (changes: Partial<CheckFact>): CheckFact => ({
  id: 'c',
  kind: 'identity',
  state: 'verified',
  serviceId: null,
  reference: null,
  statement: null,
  expiresOn: null,
  ...changes,
})
const identity = check({})
const claimed = { claimed: true }
const care = { ...version, categoryCode: 'personal_care', personalCare: true }

describe('what is missing', () => {
  test('a complete listing lacks nothing', () => expect(missingFrom(version, 1)).toEqual([]))
  test.each([
    ['no hours', version, 0, ['hours']],
    ['no price', { ...version, prices: [] }, 1, ['price']],
    ['free needs no price', { ...version, prices: [], fundedBy: 'free' }, 1, []],
    [
      'online needs no area',
      { ...version, setting: 'online', lat: null, lon: null, radiusMetres: null },
      1,
      [],
    ],
    ['a venue needs a place', { ...version, setting: 'at_venue' }, 1, ['area']],
    ['coming to people needs a radius', { ...version, radiusMetres: null }, 1, ['area']],
    ['personal care needs a registration or a reason', care, 1, ['care']],
    [
      'an answer that was never given',
      { ...version, answered: ['what', 'area', 'price', 'terms'] },
      1,
      ['who', 'times'],
    ],
  ] as const)('%s', (_name, facts, hours, steps) =>
    expect(missingFrom(facts, hours).map(({ step }) => step)).toEqual(steps),
  )
})

describe('what hinders publishing', () => {
  test.each([
    ['an unverified identity', version, [], ['identity']],
    ['nothing, without personal care', version, [identity], []],
    ['personal care without any answer', care, [identity], ['no_registration_or_exemption']],
    [
      'a registration that waits',
      { ...care, regulation: 'registered', registrationId: '1-1' },
      [identity, check({ kind: 'cqc_registration', reference: '1-1', state: 'evidence_given' })],
      ['registration'],
    ],
    [
      'another registration than the verified one',
      { ...care, regulation: 'registered', registrationId: '1-1' },
      [identity, check({ kind: 'cqc_registration', reference: '1-2' })],
      ['registration'],
    ],
    [
      'nothing, with the registration verified',
      { ...care, regulation: 'registered', registrationId: '1-1' },
      [identity, check({ kind: 'cqc_registration', reference: '1-1' })],
      [],
    ],
    [
      'an exemption for another reason',
      { ...care, regulation: 'exempt', exemptionReason: 'new' },
      [identity, check({ kind: 'regulation_exemption', serviceId: 's', statement: 'old' })],
      ['exemption'],
    ],
    [
      'an exemption of another listing',
      { ...care, regulation: 'exempt', exemptionReason: 'why' },
      [identity, check({ kind: 'regulation_exemption', serviceId: 'other', statement: 'why' })],
      ['exemption'],
    ],
    [
      'nothing, with this exemption reviewed',
      { ...care, regulation: 'exempt', exemptionReason: 'why' },
      [identity, check({ kind: 'regulation_exemption', serviceId: 's', statement: 'why' })],
      [],
    ],
    [
      'a claim to be registered that nobody checked, also without personal care',
      { ...version, regulation: 'registered', registrationId: '1-1' },
      [identity],
      ['registration'],
    ],
  ] as const)('%s', (_name, facts, checks, expected) =>
    expect(hindrancesTo(facts, 's', claimed, checks)).toEqual(expected),
  )
  test('nobody publishes for an organisation that nobody has taken over', () =>
    expect(hindrancesTo(version, 's', { claimed: false }, [identity])).toEqual(['unclaimed']))
})

test.each([
  ['personal_care', false, true],
  ['help_at_home', true, false],
  ['nights', true, true],
  ['nights', false, false],
] as const)('%s answered %s is personal care: %s', (category, answer, expected) =>
  expect(personalCareIn(category, answer)).toBe(expected),
)

describe('what a change is about', () => {
  const none = { price: false, regulation: false, area: false, words: false }
  test.each([
    ['nothing', {}, {}],
    ['a dearer price', { prices: [{ ...version.prices[0], pence: 2100 }] }, { price: true }],
    ['another charging basis', { chargingBasis: 'actual_minutes' }, { price: true }],
    ['a wider area', { radiusMetres: 6000 }, { area: true }],
    ['another setting', { setting: 'in_community' }, { area: true }],
    ['personal care', { personalCare: true }, { regulation: true }],
    ['another category', { categoryCode: 'help_at_home' }, { regulation: true }],
  ])('%s', (_name, change, expected) =>
    expect(changeBetween(version, { ...version, ...change } as VersionFacts, true)).toEqual({
      ...none,
      ...expected,
    }),
  )
})

describe('presses', () => {
  const states: ServiceState[] = ['draft', 'submitted', 'published', 'paused', 'unpublished']
  test('every press leads only from the states that its rule names', () => {
    for (const press of PRESSES)
      for (const state of states) expect(mayPress(press, state)).toBe(RULES[press].from.includes(state))
  })
  test('nothing but a check or its own provider makes a listing public: only “resume” leads there', () =>
    expect(PRESSES.filter((press) => RULES[press].to === 'published')).toEqual(['resume']))
  test('a draft cannot be pressed at all', () =>
    expect(PRESSES.filter((press) => mayPress(press, 'draft'))).toEqual([]))
})

describe('steps', () => {
  test('all eight for personal care that is bought', () => expect(stepsFor(care)).toEqual(STEPS))
  test('no question about personal care where there never is any', () =>
    expect(stepsFor(version)).not.toContain('care'))
})

describe('prices', () => {
  const none = pence(0)
  const input = {
    base: pence(2000),
    weekend: 2500,
    bankHoliday: 0,
    evening: 0,
    travel: pence(250),
    extraLabel1: null,
    extraPrice1: none,
    extraLabel2: 'Lunch',
    extraPrice2: pence(600),
    extraLabel3: null,
    extraPrice3: none,
  }
  test('what costs nothing has no line, and positions run on', () =>
    expect(priceLines(input).map(({ position, kind, label }) => [position, kind, label])).toEqual([
      [1, 'base', 'Price'],
      [2, 'weekend', 'Saturday and Sunday'],
      [3, 'travel', 'Travel'],
      [4, 'extra', 'Lunch'],
    ]))
  test('dearer times are said as what they come to', () =>
    expect(priceWords('hour', priceLines(input)).map(({ value }) => value)).toEqual([
      '£20.00 an hour',
      '£25.00 an hour',
      '£2.50 a visit',
      '£6.00 a visit',
    ]))
  test.each([
    [0, 'None'],
    [1, '1 hour'],
    [24, '24 hours'],
    [36, '36 hours'],
    [72, '3 days'],
  ])('%s hours are “%s”', (hours, words) => expect(hoursWords(hours)).toBe(words))
  test.each([
    [0, 'nothing'],
    [5_000, 'half the price'],
    [3_300, '33 per cent of the price'],
    [10_000, 'the whole price'],
  ])('a share of %s is “%s”', (bps, words) => expect(shareWords(bps)).toBe(words))
})

describe('how a listing stands', () => {
  const today = Temporal.PlainDate.from('2026-11-02')
  const listing = {
    state: 'published',
    waiting: false,
    hasDraft: false,
    missing: 0,
    acceptsNew: true,
    paused: false,
    confirmedOn: today,
  }
  test.each([
    ['published', {}, 'Published'],
    ['full', { acceptsNew: false }, 'Published. Takes nobody new'],
    ['a change that waits', { waiting: true, hasDraft: true }, 'Published. A change is being checked'],
    ['a change not sent in', { hasDraft: true }, 'Published. You have changes that nobody sees'],
    ['paused by a team', { paused: true }, 'New bookings are paused by the council'],
    [
      'not confirmed for six months',
      { confirmedOn: today.subtract({ months: 6 }) },
      'Published. Is it still right?',
    ],
    ['sent in', { state: 'submitted' }, 'Sent in. Being checked'],
    ['a draft', { state: 'draft', missing: 2 }, 'Not finished'],
    ['paused', { state: 'paused' }, 'Paused. Nobody sees it'],
    ['taken off', { state: 'unpublished' }, 'Taken off'],
  ])('%s', (_name, changes, words) =>
    expect(standingOfListing({ ...listing, ...changes }, today).words).toBe(words),
  )
})
