import { expect, test } from 'vitest'
import { fundView, outlookOf } from '#services/budgets/fund-words.rules.ts'
import type { JointFund } from '#services/budgets/joint-funds.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const today = day('2026-11-29')

interface Changes {
  cadence?: 'once' | 'four_weekly'
  available?: number
  held?: number
  planned?: number
  booked?: number[]
  stream?: object
  endsOn?: string
}
/** As far as a forecast asks about it. */
const fund = ({
  cadence = 'once',
  available = 4_000,
  held = 0,
  planned = 0,
  booked = [],
  stream = {},
  endsOn = '2027-03-31',
}: Changes = {}) =>
  ({
    allocation: {
      id: 'one',
      cadence,
      deployment: 'council_managed',
      agreedPence: 12_000n,
      chosen: true,
      chosenBecause: '',
      explainedBy: '',
      stream: {
        name: 'Voucher',
        kind: 'voucher',
        funder: 'Aldermere',
        canBuy: 'trips',
        refusalReason: '',
        unitCeilingPence: null,
        ...stream,
      },
    },
    startsOn: day('2026-09-01'),
    endsOn: day(endsOn),
    balances: { funded: 12_000, available, held, ringFenced: 0, spent: 12_000 - available - held },
    expected: [],
    planned,
    booked,
    aheadFourWeeks: booked.slice(0, 4).reduce((sum, pence) => sum + pence, 0),
    agreedWeekly: 1_000,
    paidIn: null,
    next: null,
  }) as unknown as JointFund
const unused = { spentFourWeeks: 0 }

test('money that came all at once is not used by the week because its plan gives a sum a week', () => {
  expect(fundView(fund(), today, unused).seen).toBeNull()
  expect(fundView(fund({ cadence: 'four_weekly' }), today, unused).seen).toMatchObject({ from: 'agreed' })
})

test('money that came all at once and is used up does not "run out": what is left of it says so', () => {
  const { seen, view } = fundView(fund({ available: 0 }), today, { spentFourWeeks: 3_000 })
  expect([seen, view.warnings, view.parts.left]).toEqual([null, [], 0])
  expect(fundView(fund({ available: 1_000 }), today, { spentFourWeeks: 3_000 }).view.warnings).toMatchObject([
    { kind: 'will_not_last' },
  ])
})

test.each<[string, Changes, number]>([
  ['all of it for visits ahead', { held: 1_500, booked: [1_500] }, 0],
  ['some of it for visits that happened, or for things to buy', { held: 4_500, booked: [1_500] }, 3_000],
  ['nothing for visits that are only planned', { held: 1_500, planned: 500, booked: [1_500, 500] }, 0],
])('what is set aside: %s', (_words, changes, promised) =>
  expect(outlookOf(fund(changes), today, unused).promised).toBe(promised),
)

test.each<[string, object, string[]]>([
  ['asks for no receipts unless it says so', {}, ['This fund asks for no receipts.']],
  [
    'pays in the council’s area only, and asks for some receipts',
    { area: 'council', receipts: 'over', receiptsOverPence: 5_000 },
    [
      'It pays providers who work in your council’s area.',
      'This fund asks for a receipt when something costs more than £50.00.',
    ],
  ],
  ['is own money, and has no rules', { kind: 'own_money' }, []],
])('of its rules a fund says what a person has to know: it %s', (_words, stream, also) =>
  expect(fundView(fund({ stream }), today, unused).view.also).toEqual(also),
)

test.each<[string, object, string]>([
  ['goes back', { carryOver: 'none' }, 'goes back to Aldermere.'],
  ['is carried over', { carryOver: 'all' }, 'goes into your next budget of this kind, if there is one.'],
])('a fund that ends soon says that what is left %s', (_words, stream, words) =>
  expect(fundView(fund({ stream, endsOn: '2027-01-03' }), today, unused).view.warnings).toMatchObject([
    { kind: 'ends_soon', words: `£40.00 of it has nothing planned for it yet. What is left then ${words}` },
  ]),
)
