import { describe, expect, test } from 'vitest'
import { Temporal } from '#services/kernel/time.ts'
import { experienceWords, firstSuchDay, isWithinOffer } from '#services/requests/offer.rules.ts'
import { daysWords, needsWords, offerWords, requestStanding } from '#services/requests/words.rules.ts'

describe('days in words', () => {
  test.each([
    [[1], true, 'Mondays'],
    [[5, 1], true, 'Mondays and Fridays'],
    [[1, 5], false, 'Monday or Friday'],
    [[1, 2, 3, 4, 5], true, 'Monday to Friday'],
    [[1, 2, 4], true, 'Mondays, Tuesdays and Thursdays'],
    [[1, 2, 3, 4, 5, 6, 7], true, 'Any day'],
    [[6, 7], true, 'Saturdays and Sundays'],
  ])('%j, every week: %s', (days, repeats, words) => {
    expect(daysWords(days, repeats)).toBe(words)
  })
})

test('what is needed, in the words that both sides read', () => {
  expect(
    needsWords({
      categoryCode: 'help_at_home',
      audiences: ['dementia'],
      setting: null,
      outcode: 'AM1',
      days: [2],
      fromMinute: 540,
      untilMinute: 720,
      repeats: true,
      minutes: 90,
      startsOn: Temporal.PlainDate.from('2026-12-01'),
      matters: 'Patience.',
      fundKinds: ['carer', 'own_money'],
    }),
  ).toEqual({
    category: 'Help at home',
    who: 'People with dementia',
    setting: 'Where it happens does not matter',
    where: 'Near AM1',
    when: 'Tuesdays, some time from 9am to 12 noon, every week',
    length: '1 hour 30 minutes',
    starts: 'From Tuesday 1 December 2026',
    matters: 'Patience.',
    pays: 'A carer’s budget, Own money',
  })
})

test('where it stands never says booked', () => {
  const words = (['open', 'accepted', 'withdrawn', 'expired'] as const).flatMap((state) =>
    [0, 1, 3].map((offers) => requestStanding(state, offers, 'Friday').words),
  )
  expect(words.join(' ')).not.toMatch(/book/i)
  expect(requestStanding('open', 3, 'Friday').words).toBe('3 offers. You choose until Friday')
  expect(offerWords('declined', 'provider')).toBe('They chose something else')
})

test('what people say is counted, and two are never an average', () => {
  expect(experienceWords([])).toBe('Nobody has said yet how it was.')
  expect(experienceWords([0, 0, 0, 1, 1])).toBe('Fewer than 3 people have said how it was.')
  expect(experienceWords([1, 0, 1, 3, 4])).toBe('7 of 9 people said that it kept them in control.')
})

test('an offer begins on the first day that was asked for', () => {
  const monday = Temporal.PlainDate.from('2026-11-02')
  expect(firstSuchDay(monday, [3, 5]).toString()).toBe('2026-11-04')
  expect(firstSuchDay(monday, [1]).toString()).toBe('2026-11-02')
})

describe('a draft is what was offered', () => {
  const slot = (day: number, hour = 9, length = 1) => ({
    startsAt: `2026-11-${String(day)}T0${String(hour)}:00:00.000Z`,
    endsAt: `2026-11-${String(day)}T${String(hour + length).padStart(2, '0')}:00:00Z`,
  })
  const choices = (slots: ReturnType<typeof slot>[]) => ({
    firstDate: '2026-11-16',
    time: '09:00',
    minutes: 60,
    visits: 2,
    without: [],
    slots,
  })
  const offer = choices([slot(16), slot(23)])
  test.each([
    ['with all of its dates', [slot(16), slot(23)], true],
    ['with one left out', [slot(23)], true],
    ['not with another date', [slot(16), slot(24)], false],
    ['not at another hour', [slot(16, 8)], false],
    ['not longer', [slot(16, 9, 2)], false],
    ['not with none', [], false],
  ])('%s', (_how, slots, is) => {
    expect(isWithinOffer(choices(slots), offer)).toBe(is)
  })
})
