import { describe, expect, test } from 'vitest'
import { givesAway } from '#services/requests/private-words.rules.ts'

describe('words that strangers read must not hold', () => {
  test.each([
    ['an e-mail address', 'Write to joan@example.org please', /e-mail/],
    ['an e-mail address with a space', 'joan @example.co.uk', /e-mail/],
    ['a postcode', 'I live at AM1 2AB, by the mill', /postcode/],
    ['a postcode in small letters without a space', 'near sw1a1aa', /postcode/],
    ['a postcode in wide letters', 'ＡＭ１ ２ＡＢ', /postcode/],
    ['a mobile', 'Ring 07700 900123', /telephone/],
    ['a mobile with dashes', '07700-900-123 after six', /telephone/],
    ['a number with brackets', '(01632) 960 123', /telephone/],
    ['a number from abroad', '+44 7700 900123', /telephone/],
    ['a local number with its code', '0163296012', /telephone/],
    ['the person’s own name', 'My name is joan  ellery.', /name/],
  ])('%s', (_what, words, sentence) => {
    expect(givesAway(words, ['Joan Ellery', ''])).toMatch(sentence)
  })

  test.each([
    'Somebody patient, twice a week at 9.30, for 2 or 3 months.',
    'From 01/12/2026 until 31/03/2027.',
    'I take 10 minutes to the door. I was born in 1944 and used to teach 30 children.',
    'Near AM1 would be best.',
    'Room B2, step 3, and 24/7 would be too much. Between £15 and £20 an hour, 2026 to 2027.',
    'May and Will are names of every day; Joan alone is not the whole name.',
    'A size 12 shoe, blood pressure 120 over 80, 1000 steps.',
  ])('but may say: %s', (words) => {
    expect(givesAway(words, ['Joan Ellery', 'May'])).toBeNull()
  })
})
