import { expect, test } from 'vitest'
import { allTogether } from '#services/budgets/all-together.rules.ts'
import type { FundView } from '#services/budgets/fund-words.rules.ts'
import { paceWords } from '#services/budgets/pace-words.rules.ts'

const view = (id: string, parts: Partial<FundView['parts']>, agreed: number): FundView => ({
  ...({} as FundView),
  id,
  name: `Fund ${id}`,
  agreed,
  until: '31 March',
  nextWords: id === 'a' ? '£420.00 on 2 December' : null,
  parts: { spent: 0, setAside: 0, left: 0, keptBack: 0, toCome: 0, ...parts },
})

test('several funds are one picture, whose parts are the sums of theirs', () => {
  const a = view('a', { spent: 100, setAside: 200, left: 300, toCome: 400 }, 1_000)
  const b = view('b', { spent: 1, keptBack: 9, left: 40 }, 50)
  expect(allTogether([a, b])).toEqual({
    agreed: 1_050,
    parts: { spent: 101, setAside: 200, left: 340, keptBack: 9, toCome: 400 },
    funds: [
      { id: 'a', name: 'Fund a', left: 300, next: '£420.00 on 2 December', until: '31 March' },
      { id: 'b', name: 'Fund b', left: 40, next: null, until: '31 March' },
    ],
  })
  expect(allTogether([a])).toBeNull()
})

test('what a forecast rests on is said', () => {
  expect(paceWords({ from: 'booked', weeks: 9, wages: 0 }, '£9.00 a week')).toBe(
    'what is asked for and booked in the next 9 weeks, then £9.00 a week',
  )
  expect(paceWords({ from: 'agreed', weeks: 1, wages: 0 }, '£9.00 a week')).toContain('as your plan gives it')
  expect(paceWords({ from: 'booked', weeks: 4, wages: 500 }, '£9.00 a week')).toBe(
    '£9.00 a week, as in the next four weeks of visits, with £5.00 a week for whom you employ',
  )
  expect(paceWords({ from: 'wages', weeks: 1, wages: 500 }, '£5.00 a week')).toBe(
    '£5.00 a week for whom you employ, because nothing else is booked',
  )
})
