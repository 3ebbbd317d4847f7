import { describe, expect, test } from 'vitest'
import { amountInFile, failureOf, readResults } from '#services/runs/results-file.rules.ts'

const known = [
  { paymentId: '1', reference: 'K7F3 9QXD', state: 'sent', pence: 125_000 },
  { paymentId: '2', reference: 'AAAA BBBB', state: 'sent', pence: 2_650 },
  { paymentId: '3', reference: 'CCCC DDDD', state: 'confirmed', pence: 100 },
]
const read = (...rows: [reference: string, result: string, amount?: string, reason?: string][]) =>
  readResults(
    rows.map(([reference, result, amount = '', reason = ''], index) => ({
      line: index + 2,
      cells: { reference, result, amount, reason },
    })),
    known,
  )

describe('amounts in files', () => {
  test.each([
    ['1250.00', 125_000],
    ['1,250.00', 125_000],
    ['£26.5', 2_650],
    ['26', 2_600],
    ['-26.50', null],
    ['(26.50)', null],
    ['26.505', null],
    ['1,25', null],
    ['12,50,000', null],
    ['99999999999999999999', null],
    ['1e3', null],
    ['', null],
  ])('“%s” is %s pence', (text, pence) => {
    expect(amountInFile(text)).toBe(pence)
  })
})

describe('results from a file', () => {
  test('are matched by reference, however it is written', () => {
    const { results, problems } = read(
      ['k7f3-9qxd', 'Paid', '1250.00'],
      ['AAAABBBB', 'rejected', '', 'Account closed'],
    )
    expect(problems).toEqual([])
    expect(results).toEqual([
      { paymentId: '1', outcome: 'paid', failure: 'other' },
      { paymentId: '2', outcome: 'failed', failure: 'account_closed' },
    ])
  })
  test.each([
    [['ZZZZ ZZZZ', 'paid'], /No payment of this run/],
    [['', 'paid'], /No payment of this run/],
    [['K7F3 9QXD', 'maybe'], /is no result/],
    [['K7F3 9QXD', 'paid', '-1250.00'], /is no amount/],
    [['K7F3 9QXD', 'paid', '1250.001'], /is no amount/],
    [['K7F3 9QXD', 'paid', '12500000000000000000'], /is no amount/],
    [['K7F3 9QXD', 'paid', '1250.01'], /It says £1,250.01; the payment is £1,250.00/],
    [['CCCC DDDD', 'failed'], /recorded as paid/],
    [['K7F3 9QXD', 'returned'], /on its way/],
  ] as [[string, string, string?], RegExp][])('%j is left out by name', (row, says) => {
    const { results, problems } = read(row)
    expect(results).toEqual([])
    expect(problems).toEqual([{ line: 2, says: expect.stringMatching(says) }])
  })
  test('a line twice counts once; two that disagree count not at all', () => {
    expect(read(['AAAA BBBB', 'paid'], ['AAAA BBBB', 'paid'])).toMatchObject({
      results: [{ paymentId: '2' }],
      problems: [{ line: 3 }],
    })
    expect(read(['AAAA BBBB', 'paid'], ['AAAA BBBB', 'failed'])).toMatchObject({
      results: [],
      problems: [{ line: 3, says: expect.stringMatching(/Neither counts/) }],
    })
  })
  test('what is recorded already with the same result changes nothing', () => {
    expect(read(['CCCC DDDD', 'paid'])).toMatchObject({ results: [], already: 1, problems: [] })
  })
  test.each([
    ['Invalid sort code', 'wrong_details'],
    ['ACCOUNT CLOSED', 'account_closed'],
    ['recalled', 'returned'],
    ['', 'other'],
  ])('“%s” is %s', (reason, code) => {
    expect(failureOf(reason)).toBe(code)
  })
})
