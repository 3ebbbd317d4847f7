import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  line,
  optionalLine,
  paragraphs,
  parseInput,
  registerId,
  ticked,
  webAddress,
  whole,
} from '#services/providers/fields.schema.ts'
import { memberMay, providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { slugWords } from '#services/providers/slug.rules.ts'
import { userActor } from '#tests/factories/world.ts'

describe('text', () => {
  const title = line(10, 'Enter it.')
  test('loses spaces round it and keeps one between words', () =>
    expect(title.parse('  a \t\n b  ')).toBe('a b'))
  test.each([
    ['nothing', '   '],
    ['too much', 'x'.repeat(11)],
    ['a null byte', 'a\u0000'],
    ['a mark that turns the direction', '\u202Ea'],
    ['an invisible letter', 'a\u200bb'],
    ['half a character', 'a\ud800'],
    ['no text at all', 7],
  ])('%s is refused', (_name, text) => expect(title.safeParse(text).success).toBe(false))
  test('an empty optional line is null', () => expect(optionalLine(5).parse(undefined)).toBeNull())
  test('paragraphs keep their line ends, at most two in a row', () =>
    expect(paragraphs(50).parse('a\r\n\r\n\r\n\r\nb')).toBe('a\n\nb'))
  test('whatever text is accepted can be kept by the database', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 }), (units) => {
        const result = title.safeParse(String.fromCharCode(...units))
        if (result.success) {
          expect(result.data).not.toMatch(/\p{Surrogate}/u)
          expect(result.data).not.toContain('\0')
        }
      }),
    )
  })
})

describe('numbers, choices and ids', () => {
  const minutes = whole(5, 60, 'From 5 to 60.')
  test.each(['5', ' 60 ', '０７'])('“%s” is a number', (text) =>
    expect(minutes.safeParse(text).success).toBe(true),
  )
  test.each(['4', '61', '-7', '7.5', '1e1', '', 'ten', '9'.repeat(400)])('“%s” is none', (text) =>
    expect(minutes.safeParse(text).success).toBe(false),
  )
  const boxes = ticked(['a', 'b'], 'Choose.')
  test('boxes come as one, as several or not at all', () => {
    expect(boxes.parse('a')).toEqual(['a'])
    expect(boxes.parse(['a', 'b', 'a'])).toEqual(['a', 'b'])
    expect(boxes.parse(undefined)).toEqual([])
    expect(boxes.safeParse(['c']).success).toBe(false)
  })
  test.each([
    ['1-101234567', true],
    ['RXX01', true],
    ['HELLO', false],
    ['1-1', false],
    ["1-10'; DROP", false],
  ])('the register id “%s”: %s', (text, expected) => expect(registerId(text)).toBe(expected))
  test.each([
    ['https://www.example.org/a', true],
    ['', true],
    ['www.example.org', false],
    ['javascript:alert(1)', false],
    ['https://nodots', false],
  ])('the web address “%s”: %s', (text, expected) =>
    expect(webAddress.safeParse(text).success).toBe(expected),
  )
  test('each field gets one sentence', () => {
    try {
      parseInput(z.object({ name: line(3, 'Enter it.'), count: minutes }), { name: '', count: 'x' })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'INVALID',
        details: { fields: { name: ['Enter it.'], count: ['From 5 to 60.'] } },
      })
    }
  })
})

test.each([
  ['Weavers’ Care & Co', 'weavers-care-and-co'],
  ['Tŷ Gwyn', 'ty-gwyn'],
  ['  --  ', 'listing'],
  ['漢字', 'listing'],
  ['<script>', 'script'],
])('“%s” has the address “%s”', (name, slug) => expect(slugWords(name)).toBe(slug))

describe('who may do what in a provider', () => {
  const acts = ['see', 'edit_listing', 'edit_hours', 'give_evidence', 'manage_team'] as const
  test('workers see, coordinators keep listings, owners manage the team', () => {
    expect(acts.filter((act) => memberMay('worker', act))).toEqual(['see'])
    expect(acts.filter((act) => memberMay('coordinator', act))).toEqual(acts.slice(0, 4))
    expect(acts.filter((act) => memberMay('owner', act))).toEqual(acts)
  })
  test('strangers find nothing, members without the right are told so', () => {
    const actor = userActor('u', { providers: [{ providerId: 'p', memberId: 'm', role: 'worker' }] })
    expect(() => requireMember(actor, 'other', 'see')).toThrow(/NOT_FOUND/)
    expect(() => requireMember(actor, 'p', 'edit_listing')).toThrow(/FORBIDDEN/)
    expect(() => requireMember({ kind: 'anonymous' }, 'p', 'see')).toThrow(/SIGN_IN/)
    expect(providerInView(actor, null)).toEqual({ providerId: 'p', role: 'worker' })
    expect(() => providerInView(actor, 'other')).toThrow(/NOT_FOUND/)
  })
})
