import { expect, test } from 'vitest'
import { type Fund, type VisitToPay, splitVisits } from '#services/budgets/split.rules.ts'
import { pence } from '#services/kernel/money.ts'

const fund = (allocationId: string, changes: Partial<Fund> = {}): Fund => ({
  allocationId,
  name: `Fund ${allocationId}`,
  streamKind: 'adult_social_care',
  deployment: 'direct_payment_bank',
  allowedCategories: [],
  refusedCategories: [],
  canBuy: 'help at home',
  refusalReason: 'That is Aldermere’s rule.',
  refusedReasons: {},
  area: 'anywhere',
  accreditedOnly: false,
  unitCeilingPence: null,
  startsOn: '2026-10-01',
  endsOn: '2027-03-31',
  available: pence(100_000),
  planLines: [],
  orders: [],
  towards: null,
  expected: [],
  planned: [],
  ...changes,
})
const visit = (...categories: string[]): VisitToPay => ({
  on: '2026-12-02',
  unitPence: 2_500,
  accredited: false,
  supplier: true,
  inArea: true,
  lines: categories.map((category) => ({ category, categoryName: category, pence: pence(1_000) })),
})
/** What is said of the second fund when the first pays for all of it. */
const said = (changes: Partial<Fund>, ...categories: string[]) =>
  splitVisits([fund('a', { endsOn: '2026-12-31' }), fund('b', changes)], [visit(...categories)]).funds[1]
const NOT_NEEDED = 'Not used. The other funds pay for all of it.'

test.each<[string, Partial<Fund>, string[], string]>([
  ['could pay is not needed', {}, ['wellbeing'], NOT_NEEDED],
  [
    'could pay for none of it says its rule, although the others pay',
    { refusedCategories: ['wellbeing'] },
    ['wellbeing'],
    'It can pay for help at home. This is not on its list. That is Aldermere’s rule.',
  ],
  [
    'could pay for a part of it is not needed',
    { refusedCategories: ['wellbeing'] },
    ['wellbeing', 'transport'],
    NOT_NEEDED,
  ],
  [
    'has ended by then says so',
    { endsOn: '2026-12-01', allowedCategories: ['wellbeing'] },
    ['wellbeing'],
    'It ends on Tuesday 1 December 2026, before this visit.',
  ],
  [
    'the council would have to order from is not needed, and no order is asked for',
    { deployment: 'council_managed' },
    ['wellbeing'],
    NOT_NEEDED,
  ],
  [
    'is own money waits for the person’s word',
    { streamKind: 'own_money' },
    ['wellbeing'],
    'Not used. Your own money pays only if you say so.',
  ],
])('a fund that %s', (_words, changes, categories, why) =>
  expect(said(changes, ...categories)).toMatchObject({ why, pays: 0, orderMissing: false }),
)
