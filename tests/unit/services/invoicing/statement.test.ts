import { describe, expect, test } from 'vitest'
import { easyLines, periodTabs, readFrom } from '#services/invoicing/statement.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const today = Temporal.PlainDate.from('2026-11-02')
const fund = { id: 'f', name: 'Social care budget', opening: 10_000, in: 48_000, out: 2_750, closing: 55_250, setAside: 2_750, kept: 0, left: 52_500 } // prettier-ignore

describe('four weeks of a statement', () => {
  test('the last that are over, or those from a day', () => {
    expect(readFrom(null, today).from.toString()).toBe('2026-09-14')
    expect(readFrom('2026-10-05', today).until.toString()).toBe('2026-11-01')
  })
  test.each(['2026-11-03', '2026-02-30', '1999-01-01', 'yesterday', '2026-1-1', "'; --", '9'.repeat(20)])(
    '“%s” is refused',
    (text) => {
      expect(() => readFrom(text, today)).toThrow('We cannot show that time')
    },
  )
  test('tabs hold the one that is shown, however old', () => {
    const tabs = periodTabs(readFrom('2025-11-03', today), today)
    expect(tabs.filter(({ current }) => current)).toEqual([
      { from: '2025-11-03', label: '3 Nov to 30 Nov 2025', current: true },
    ])
    expect(periodTabs(readFrom(null, today), today)).toHaveLength(5)
  })
})

describe('Easy Read', () => {
  const parts = easyLines(readFrom('2026-10-05', today), [fund], {
    self: true,
    shortName: 'Joan',
    running: false,
  })
  const lines = parts.flatMap((part) => part.lines)
  test('every sentence is short and has a picture', () => {
    for (const { words, picture } of lines) {
      for (const sentence of words.split(/(?<=\.) /))
        expect(sentence.split(' ').length).toBeLessThanOrEqual(12)
      expect(picture).not.toBe('')
    }
  })
  test('says what there was, what came, what went and what is left', () => {
    expect(lines.map(({ words }) => words)).toEqual(
      expect.arrayContaining([
        'On the first day there was £100.00.',
        '£480.00 came in.',
        '£27.50 was spent, or went back.',
        '£525.00 is left to use.',
      ]),
    )
  })
})
