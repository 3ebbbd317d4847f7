import { describe, expect, test } from 'vitest'
import { statementCsv } from '#services/budgets/statement-csv.rules.ts'
import {
  monthTabs,
  readMonth,
  statementLine,
  type WordedFund,
} from '#services/budgets/statement-words.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { StatementRow } from '#services/ledger/read-statement.server.ts'

const fund: WordedFund = {
  name: 'Social care budget',
  funder: 'Aldermere Council',
  streamKind: 'adult_social_care',
  deployment: 'direct_payment_card',
  payer: 'person',
}
const visits = new Map([
  [
    'v',
    {
      title: 'Morning help',
      provider: 'Weavers',
      startsAt: new Date('2026-11-18T09:00:00Z'),
      outcome: 'attended',
    },
  ],
])
const row = (changes: Partial<StatementRow> = {}): StatementRow => ({
  journalId: 'j',
  allocationId: 'a',
  kind: 'visit_settled',
  at: new Date('2026-11-19T23:30:00Z'),
  note: '',
  visitIds: ['v'],
  refId: null,
  net: pence(-2750),
  held: pence(-2750),
  keptBack: pence(0),
  payment: 'not_yet',
  ...changes,
})
const line = (changes: Partial<StatementRow> = {}, of: Partial<WordedFund> = {}) =>
  statementLine(row(changes), { ...fund, ...of }, visits)

const worktop = new Map([['p', { what: 'Worktop', seller: 'Marlow and Sons' }]])
const bought = (changes: Partial<StatementRow>) =>
  statementLine(row({ visitIds: [], refId: 'p', payment: null, ...changes }), fund, visits, worktop)

test('what went back to the person who put it in says “you” in the middle of a sentence', () => {
  const own = { funder: 'You', streamKind: 'contribution' }
  const back = { visitIds: [], payment: null, net: pence(-500) }
  expect(line({ ...back, kind: 'surplus_reclaimed' }, own).what).toBe('Not used, so it went back to you')
  expect(line({ ...back, kind: 'refund' }, own).stands.words).toBe('Back to you')
  expect(line({ ...back, kind: 'surplus_reclaimed' }).what).toBe(
    'Not used, so it went back to Aldermere Council',
  )
})

describe('a line about a purchase', () => {
  test.each([
    ['card_authorised', 'Set aside to buy: Worktop, Marlow and Sons', 'Set aside'],
    ['card_cleared', 'Worktop, Marlow and Sons', 'Paid'],
    ['card_reversed', 'No longer set aside: Worktop, Marlow and Sons', 'Back in your fund'],
    ['refund', 'Money back: Worktop, Marlow and Sons', 'Back in your fund'],
  ] as const)('%s says what was bought and from whom', (kind, what, stands) => {
    expect(bought({ kind })).toMatchObject({ what, purchaseId: 'p', stands: { words: stands } })
  })
  test('a movement on a card that is no purchase says what the card did', () => {
    expect(bought({ kind: 'card_cleared', refId: 'c' })).toMatchObject({
      what: 'Paid with your card',
      purchaseId: null,
    })
  })
})

describe('a line of the statement', () => {
  test('says what, whose and when, and where it stands', () => {
    expect(line()).toMatchObject({
      day: '19 Nov',
      date: '2026-11-19',
      what: 'Morning help, Weavers, 18 Nov',
      out: 2750,
      in: null,
      stands: { words: 'Owed' },
    })
  })
  test.each([
    ['paid', { payment: 'paid' }, {}, 'Paid'],
    ['sent', { payment: 'sent' }, {}, 'Payment on its way'],
    ['a council’s fund', {}, { payer: 'council' }, 'The council pays'],
    ['a fund held by somebody', {}, { payer: 'fund_holder' }, 'Your fund holder pays'],
    ['nothing to pay', { net: pence(0) }, {}, 'Nothing to pay'],
  ] as const)('%s', (_words, changes, of, stands) => {
    expect(line(changes, of).stands.words).toBe(stands)
  })
  test('money that comes, and money that was agreed', () => {
    const came: Partial<StatementRow> = {
      kind: 'allocation_funded',
      net: pence(48_000),
      held: pence(0),
      visitIds: [],
      payment: null,
    }
    expect(line(came)).toMatchObject({ what: 'Payment from Aldermere Council', in: 48_000, out: null })
    expect(line(came, { deployment: 'council_managed' }).stands.words).toBe('Agreed')
    expect(line(came, { streamKind: 'own_money' }).what).toBe('Your own money, put in')
  })
  test('what was set aside for several visits at once is one line', () => {
    expect(
      line({ kind: 'hold_placed', net: pence(0), held: pence(5500), visitIds: ['v', 'w'], payment: null }),
    ).toMatchObject({
      what: 'Set aside for 2 visits: Morning help, Weavers',
      out: null,
      in: null,
      setAside: 5500,
    })
  })
  test('a refund to a fund that has ended goes back to whoever gave it', () => {
    expect(line({ kind: 'refund', net: pence(0), payment: null }).stands.words).toBe(
      'Back to Aldermere Council',
    )
    expect(line({ kind: 'refund', net: pence(2750), payment: null })).toMatchObject({
      in: 2750,
      stands: { words: 'Back in your fund' },
    })
  })
})

describe('the file', () => {
  test('has the same figures, and a spreadsheet runs none of it', () => {
    const csv = statementCsv([
      { ...line(), what: '=HYPERLINK("http://x"),"' },
      line({ kind: 'hold_placed', net: pence(0), held: pence(-100) }),
    ])
    const [head, first, second] = csv.replace('\uFEFF', '').split('\r\n')
    expect(head).toBe('Date,What,Fund,Out (£),In (£),Set aside (£),Where it stands')
    expect(first).toBe(`2026-11-19,"'=HYPERLINK(""http://x""),""","Social care budget",27.50,,-27.50,"Owed"`)
    expect(second).toContain(',,,-1.00,')
  })
})

describe('months', () => {
  const today = Temporal.PlainDate.from('2027-01-15')
  test('this one and the three before it, then all', () => {
    expect(monthTabs(readMonth(null, today), today).map((tab) => [tab.label, tab.current])).toEqual([
      ['January', true],
      ['December 2026', false],
      ['November 2026', false],
      ['October 2026', false],
      ['All months', false],
    ])
  })
  test('an older one has a tab of its own', () => {
    expect(monthTabs(readMonth('2026-03', today), today).find((tab) => tab.current)?.label).toBe('March 2026')
  })
  test.each(['2026-13', 'november', '2026-1', '0001-01', '%00'])('%s is refused', (text) => {
    expect(() => readMonth(text, today)).toThrow(/cannot show that month/)
  })
})
