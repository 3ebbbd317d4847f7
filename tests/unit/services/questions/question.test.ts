import { describe, expect, test } from 'vitest'
import { kindsFor, messageOf, READY, standingOf } from '#services/questions/question.rules.ts'

describe('what can be asked for', () => {
  test.each([
    ['at_home', ['question', 'meet']],
    ['at_venue', ['question', 'visit', 'meet']],
    ['online', ['question']],
  ])('%s', (setting, kinds) => {
    expect(kindsFor(setting).map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('a message', () => {
  test('is what was ticked, in the order of the page, then their own words, then when', () => {
    const [first, , third] = READY
    expect(messageOf([third.code, first.code], '  Hello.  ', 'weekday mornings')).toBe(
      `${first.words}\n${third.words}\n\nHello.\n\nIt would suit me: weekday mornings`,
    )
  })
  test('is empty when nothing was said', () => {
    expect(messageOf([], '  ', ' ')).toBe('')
  })
})

test.each([
  ['person', 'person', 'Waiting for their answer'],
  ['person', 'provider', 'They answered'],
  ['provider', 'person', 'Waits for your answer'],
  ['provider', 'provider', 'You answered'],
] as const)('to the %s, after the %s spoke last, it reads “%3$s”', (side, lastSide, words) => {
  expect(standingOf(side, { lastSide, closed: false }).words).toBe(words)
  expect(standingOf(side, { lastSide, closed: true }).words).toBe('Closed')
})
