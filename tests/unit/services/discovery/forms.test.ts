import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formsOf, withForms } from '#services/discovery/forms.rules.ts'

test.each([
  ['swim', 'swimming'],
  ['mow', 'mowing'],
  ['drive', 'driving'],
  ['dress', 'dressing'],
  ['garden', 'gardening'],
  ['visit', 'visiting'],
  ['exercise', 'exercising'],
  ['see', 'seeing'],
])('%s and %s find each other', (base, other) => {
  expect(formsOf(base)).toContain(other)
  if (other.length > 6) expect(formsOf(other)).toContain(base)
})
test('what was done is what is done', () => {
  expect(formsOf('dressed')).toEqual(['dress', 'dressing'])
  expect(formsOf('shopped')).toEqual(['shop', 'shopping'])
})
test.each(['caring', 'sing', 'nation', 'wellbeing9', 'ot', 'thing'])('%s is cut to no other word', (word) => {
  expect(formsOf(word)).not.toContain('car')
  expect(formsOf(word).filter((form) => form.length < 3)).toEqual([])
})
test('forms stand behind a text, each once, and none that is there already', () => {
  expect(withForms('Swimming, and we swim or walk. Walk!')).toBe(
    'Swimming, and we swim or walk. Walk! walking',
  )
})
test('a text is kept as it is, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(withForms(text).startsWith(text)).toBe(true)
    }),
  )
})
