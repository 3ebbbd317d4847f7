import { describe, expect, test } from 'vitest'
import { cardDeclineWords } from '#services/ports/card-words.ts'
import { CARD_DECLINES } from '#services/ports/cards.ts'
import * as words from '#services/ports/payment-words.ts'
import { pence } from '#services/kernel/money.ts'

const sentences = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(sentences)

describe('what people read of payments and cards', () => {
  const { missingWords, ...rest } = words
  const said = [
    ...sentences(rest),
    ...CARD_DECLINES.flatMap((reason) => sentences(cardDeclineWords(reason, null))),
  ]
  test.each([...new Set(said)])('%s', (sentence) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(sentence).not.toMatch(/invalid|error|fraud|stolen|failed|authoris|merchant|mandate/i)
  })
  test('what is missing is named as a list, without stops', () => {
    for (const name of sentences(missingWords)) expect(name).toMatch(/^[A-Z][^.]*$/)
  })
  test('a declined purchase says up to how much would have worked, when any amount would', () => {
    expect(cardDeclineWords('not_enough', pence(1_999)).next).toBe('Up to £19.99 would have worked.')
    expect(cardDeclineWords('not_enough', pence(0)).next).toMatch(/set aside/)
  })
})
