import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_FUNDS, thatCount } from '#services/choosing/answers.rules.ts'
import { FEWEST_OPTIONS, handfulOf, inOrder, MOST_OPTIONS } from '#services/choosing/handful.rules.ts'
import { categoriesOf } from '#services/choosing/needs.ts'
import type { Answers } from '#services/choosing/questions.ts'
import {
  FEWEST_REASONS,
  MOST_REASONS,
  reasonsOf,
  wishMet,
  type Around,
} from '#services/choosing/reasons.rules.ts'
import {
  categoryName,
  CATEGORIES,
  codesOf,
  PROVIDER_KINDS,
  SETTINGS,
} from '#services/discovery/vocabulary.ts'
import { newId } from '#services/kernel/ids.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { anyAnswers } from '#tests/factories/choices.ts'

const NOW = Date.parse('2026-11-02T10:00:00Z')
const DAY = 86_400_000

const hit = (changes: Partial<SearchHit> = {}): SearchHit => ({
  id: newId(),
  entryKind: 'service',
  slug: 'help',
  title: 'Help',
  summary: 'Help with the house.',
  category: 'help_at_home',
  setting: 'at_home',
  providerName: 'Weavers',
  providerSlug: 'weavers',
  providerId: newId(),
  providerKind: 'cooperative',
  regulated: false,
  free: false,
  bookable: true,
  pricePence: 2_000,
  priceUnit: 'hour',
  nextFreeAt: NOW + DAY,
  metres: 1_000,
  comesToYou: true,
  experience: [],
  experienceCount: 0,
  newestReviewAt: null,
  rating: null,
  ratingDate: null,
  ratingSource: null,
  placeName: 'Millgate',
  point: null,
  listedAt: NOW - 300 * DAY,
  confirmedAt: NOW - DAY,
  why: [],
  ...changes,
})
const around = (changes: Partial<Around> = {}): Around => ({
  now: NOW,
  near: 'Millgate',
  fundName: null,
  small: new Set(),
  lowestHour: 2_000,
  ...changes,
})

const anyHit: fc.Arbitrary<SearchHit> = fc
  .record({
    category: fc.constantFrom(...codesOf(CATEGORIES)),
    setting: fc.constantFrom(...codesOf(SETTINGS), null),
    providerKind: fc.constantFrom(...codesOf(PROVIDER_KINDS)),
    providerId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    free: fc.boolean(),
    bookable: fc.boolean(),
    pricePence: fc.option(fc.integer({ min: 0, max: 9_000 })),
    priceUnit: fc.constantFrom('hour', 'session', null),
    nextFreeAt: fc.option(fc.integer({ min: NOW, max: NOW + 60 * DAY })),
    metres: fc.option(fc.integer({ min: 0, max: 40_000 })),
    comesToYou: fc.boolean(),
    experience: fc.oneof(fc.constant<number[]>([]), fc.array(fc.nat(5), { minLength: 5, maxLength: 5 })),
  })
  .map((changes) =>
    hit({ ...changes, experienceCount: changes.experience.reduce((sum, count) => sum + count, 0) }),
  )

describe('the reasons', () => {
  test('are two or three, each once, and each is true of what it stands beside', () => {
    fc.assert(
      fc.property(anyHit, anyAnswers, fc.option(fc.constant('Millgate')), (one, kept, near) => {
        const answers = thatCount(kept, NO_FUNDS)
        const beside = around({ near, small: one.providerId === 'a' ? new Set([one.id]) : new Set() })
        const reasons = reasonsOf(one, answers, beside)
        expect(reasons.length).toBeGreaterThanOrEqual(FEWEST_REASONS)
        expect(reasons.length).toBeLessThanOrEqual(MOST_REASONS)
        expect(new Set(reasons).size).toBe(reasons.length)
        const says = (words: string) => reasons.some((reason) => reason.includes(words))
        const when = (said: boolean, truth: boolean) => {
          if (said) expect(truth).toBe(true)
        }
        when(says('It is free.'), one.free || one.pricePence === 0)
        when(says('stayed in control'), one.experienceCount >= 3)
        when(says('Fewer than 10'), beside.small.has(one.id))
        when(says('It is free soon'), (one.nextFreeAt ?? Infinity) <= NOW + 7 * DAY)
        when(says('lowest price for an hour'), one.priceUnit === 'hour' && one.pricePence === 2_000)
        when(says('user-led'), one.providerKind === 'user_led_organisation')
        when(says('away.'), near !== null && one.metres !== null && one.setting !== 'online')
        when(says('They start from'), one.comesToYou)
        when(says('to your home'), one.setting === 'at_home')
        when(says('at their place'), one.setting === 'at_venue')
        when(says('online or by phone'), one.setting === 'online')
        when(
          says('You want'),
          categoriesOf(answers.what ?? [], answers.home ?? []).some((code) => code === one.category),
        )
        when(says('it is listed under'), says(`“${categoryName(one.category)}”`))
        when(says('What you need'), (answers.access ?? []).length > 0)
        when(says('can send'), (answers.worker ?? []).length > 0)
        when(says('within the £'), !one.free && (one.pricePence ?? 0) > 0)
        when(says('can pay for'), false)
        when(says('You can ask for it here'), one.bookable)
      }),
      { numRuns: 800 },
    )
  })

  test('say first what matters most, then what it is for, then what not everybody has', () => {
    const answers: Answers = {
      what: ['house'],
      access: ['step_free', 'easy_read'],
      day: ['tuesday'],
      matters: ['soon'],
    }
    expect(reasonsOf(hit(), answers, around())).toEqual([
      'It is free soon: Tue 3 Nov, 10am.',
      'You want help with the house: it is listed under “Help at home”.',
      'It has what you need: no steps and Easy Read.',
    ])
    expect(
      reasonsOf(hit(), { day: ['tuesday', 'friday'], time: ['morning'], language: ['polish'] }, around()),
    ).toEqual([
      'Somebody there uses Polish.',
      'There is time at 10am on Tuesdays or Fridays.',
      'It comes to your home.',
    ])
  })

  test('say nothing of what two people said', () => {
    const two = hit({ experience: [0, 0, 0, 0, 2], experienceCount: 2 })
    const three = hit({ experience: [0, 0, 0, 0, 3], experienceCount: 3 })
    const said = (one: SearchHit) => reasonsOf(one, { matters: ['control'] }, around()).join(' ')
    expect(said(two)).not.toContain('control')
    expect(said(three)).toContain('stayed in control')
  })
})

describe('the handful', () => {
  test('is three to six of what fits when there are as many, in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(anyHit, { maxLength: 40 }), anyAnswers, (hits, answers) => {
        const ordered = inOrder(hits, answers, around())
        expect(new Set(ordered)).toEqual(new Set(hits))
        const handful = handfulOf(ordered, answers)
        expect(handful.length).toBeLessThanOrEqual(MOST_OPTIONS)
        expect(handful.length).toBeGreaterThanOrEqual(Math.min(FEWEST_OPTIONS, hits.length))
        expect(ordered.filter((one) => handful.includes(one))).toEqual(handful)
      }),
    )
  })

  test('what matters most comes first, and the rest keeps its order', () => {
    const [a, b, c] = [hit(), hit({ providerKind: 'user_led_organisation' }), hit()]
    expect(inOrder([a, b, c], { matters: ['user_led'] }, around())).toEqual([b, a, c])
    expect(inOrder([a, b, c], {}, around())).toEqual([a, b, c])
    const far = hit({ metres: 9_000 })
    const close = hit({ metres: 10 })
    expect(inOrder([far, close], { matters: ['near'] }, around())).toEqual([close, far])
    // Without a place nothing is near.
    expect(inOrder([far, close], { matters: ['near'] }, around({ near: null }))).toEqual([far, close])
  })

  test('each wish has one, and one provider does not fill it', () => {
    const same = { providerId: 'a' }
    const hits = [hit(same), hit(same), hit(same), hit(same), hit({ category: 'employment_support' })]
    const handful = handfulOf(hits, { what: ['house', 'work'] })
    expect(handful).toHaveLength(FEWEST_OPTIONS)
    expect(handful.map((one) => wishMet(one, { what: ['house', 'work'] })?.value)).toContain('work')
  })
  test('a wish that only one provider meets is not left out because it is there already', () => {
    const same = { providerId: 'a' }
    const hits = [hit(same), hit(), hit(), hit(), hit(), hit({ ...same, category: 'nursing' })]
    expect(handfulOf(hits, { what: ['house', 'nurse'] })).toContain(hits[5])
  })
})
