import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCardFiles } from '#services/adapters/cards/transaction-file.rules.ts'
import { Temporal } from '#services/kernel/time.ts'
import {
  FILE_FAULTS,
  LINE_FAULTS,
  type TransactionFile,
  type TransactionMapping,
} from '#services/ports/card-files.ts'

const TODAY = Temporal.PlainDate.from('2026-11-02')
const MAPPING: TransactionMapping = {
  delimiter: ',',
  columns: {
    reference: 'Transaction ID',
    card: 'Card',
    date: 'Date',
    amount: 'Amount',
    type: 'Type',
    merchant: 'Merchant',
    town: 'Town',
    mcc: 'MCC',
    reason: 'Reason',
  },
  date: 'day/month/year',
  spending: 'below_zero',
  types: {
    Load: 'load',
    Unload: 'unload',
    Purchase: 'purchase',
    Refund: 'refund',
    ATM: 'cash',
    Fee: 'fee',
    Declined: 'decline',
  },
  trailer: null,
}
const HEADING = 'Transaction ID,Card,Date,Amount,Type,Merchant,Town,MCC,Reason'
const read = (lines: readonly string[], mapping: TransactionMapping = MAPPING): TransactionFile =>
  csvCardFiles.read(lines.join('\n'), mapping, TODAY)
const taken = (file: TransactionFile) => (file.ok ? file : expect.fail(file.why))
const refusedOf = (line: string, mapping = MAPPING) => taken(read([HEADING, line], mapping)).refused

describe('a file of transactions', () => {
  test('gives what was loaded, bought, given back, taken as cash and declined', () => {
    const file = read([
      'Kent scheme,report of 2 November 2026',
      '',
      HEADING.toUpperCase(),
      'T1,0005,01/11/2026,420.00,Load,,,,',
      'T2,0005,01/11/2026,-27.50,Purchase,"Millgate Pool, café",Millgate,7997,',
      'T3,0005,1/11/2026,7.50,refund,Millgate Pool,,7997,',
      'T4,0005,02/11/2026,-20.00,ATM,Bank,,6011,',
      'T5,0005,02/11/2026,-40.00,Declined,Off licence,,5921,Not allowed here',
      'T6,0005,02/11/2026 10:15,-0.50,Fee,,,,',
      'T7,0005,02/11/2026,-10.00,Unload,,,,',
      '',
    ])
    expect(taken(file).refused).toEqual([])
    expect(
      taken(file).rows.map(({ line, kind, amount, merchant, mcc, reason }) => [
        line,
        kind,
        amount,
        merchant,
        mcc,
        reason,
      ]),
    ).toEqual([
      [4, 'load', 42_000, null, null, null],
      [5, 'purchase', 2_750, 'Millgate Pool, café', '7997', null],
      [6, 'refund', 750, 'Millgate Pool', '7997', null],
      [7, 'cash', 2_000, 'Bank', '6011', null],
      [8, 'decline', 4_000, 'Off licence', '5921', 'Not allowed here'],
      [9, 'fee', 50, null, null, null],
      [10, 'unload', 1_000, null, null, null],
    ])
    expect(taken(file).rows[0]?.on.toString()).toBe('2026-11-01')
  })
  test('may have other columns, words and dates, and one column for each way', () => {
    const mapping: TransactionMapping = {
      delimiter: ';',
      columns: {
        reference: 'ref',
        card: 'token',
        date: 'posted',
        amount: 'debit',
        moneyIn: 'credit',
        merchant: 'where',
        mcc: 'mcc',
      },
      date: 'year-month-day',
      spending: 'two_columns',
      types: {},
      trailer: { begins: 'END', count: 1 },
    }
    const file = read(
      [
        'ref;posted;token;debit;credit;where;mcc;more',
        'a;2026-11-01;c1;27.50;;Pool;7997;x',
        'b;2026-11-01;c1;20.00;0.00;Bank;6010;x',
        'c;2026-11-01T09:00:00Z;c1;;420.00;;;x',
        'd;2026-11-01;c1;0;1.00;Pool;7997;x',
        'e;2026-11-01;c1;1.00;1.00;Pool;7997;x',
        'f;2026-11-01;c1;-1.00;;Pool;7997;x',
        'END;6',
      ],
      mapping,
    )
    expect(taken(file).rows.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['purchase', 2_750],
      ['cash', 2_000],
      ['load', 42_000],
      ['refund', 100],
    ])
    expect(taken(file).refused).toEqual([
      { line: 6, why: 'two_amounts' },
      { line: 7, why: 'amount_unreadable' },
    ])
  })
  test.each([
    ['T1,0005,01/11/2026,-1.00,Purchase,"Pool,,7997,', 'bad_quotes'],
    ['T1,0005,01/11/2026,-1.00,Purchase,Po\u0000ol,,7997,', 'not_text'],
    ['T1,0005,01/11/2026,-1.00,Purchase,Caf\uFFFD,,7997,', 'not_text'],
    [`T1,0005,01/11/2026,-1.00,Purchase,${'x'.repeat(4_000)},,7997,`, 'too_long'],
    ['T1,0005,01/11/20', 'wrong_columns'],
    ['T1,0005,01/11/2026,-1,234.00,Purchase,Pool,,7997,', 'wrong_columns'],
    [',0005,01/11/2026,-1.00,Purchase,Pool,,7997,', 'no_reference'],
    ['T1,,01/11/2026,-1.00,Purchase,Pool,,7997,', 'no_card'],
    ['T1,0005,31/02/2026,-1.00,Purchase,Pool,,7997,', 'bad_date'],
    ['T1,0005,2026-11-01,-1.00,Purchase,Pool,,7997,', 'bad_date'],
    ['T1,0005,03/11/2026,-1.00,Purchase,Pool,,7997,', 'date_to_come'],
    ['T1,0005,01/11/2026,,Purchase,Pool,,7997,', 'no_amount'],
    ['T1,0005,01/11/2026,0.00,Purchase,Pool,,7997,', 'amount_nothing'],
    ['T1,0005,01/11/2026,-1.005,Purchase,Pool,,7997,', 'amount_three_decimals'],
    ['T1,0005,01/11/2026,-99999999999999999999,Purchase,Pool,,7997,', 'amount_too_large'],
    ['T1,0005,01/11/2026,1.00,Purchase,Pool,,7997,', 'wrong_sign'],
    ['T1,0005,01/11/2026,-1.00,Refund,Pool,,7997,', 'wrong_sign'],
    ['T1,0005,01/11/2026,-1.00,Load,,,,', 'wrong_sign'],
    ['T1,0005,01/11/2026,-1.00,Chargeback,Pool,,7997,', 'unknown_type'],
    ['T1,0005,01/11/2026,-1.00,constructor,Pool,,7997,', 'unknown_type'],
    ['T1,0005,01/11/2026,-1.00,Purchase,Pool,,799,', 'bad_mcc'],
  ] as const)('refuses a line that is wrong, and names it: %s', (line, why) => {
    expect(refusedOf(line)).toEqual([{ line: 2, why }])
    expect(LINE_FAULTS[why]).toMatch(/^\w/)
  })
  test('counts a line that comes twice once; one that says something else is refused', () => {
    const line = 'T1,0005,01/11/2026,-1.00,Purchase,Pool,,7997,'
    const file = taken(read([HEADING, line, line, line.replace('-1.00', '-2.00')]))
    expect(file.rows).toHaveLength(1)
    expect(file.refused).toEqual([
      { line: 3, why: 'repeated' },
      { line: 4, why: 'reference_again' },
    ])
  })
  test('two purchases that are alike are two when their references are', () => {
    const line = 'T1,0005,01/11/2026,-1.00,Purchase,Pool,,7997,'
    expect(taken(read([HEADING, line, line.replace('T1', 'T2')])).rows).toHaveLength(2)
  })
  test.each([
    [[''], 'empty'],
    [['\uFEFF', '  '], 'empty'],
    [['hello'], 'no_heading'],
    [[HEADING.replace('Amount', 'Sum'), 'T1,0005,01/11/2026,-1.00,Purchase,Pool,,7997,'], 'no_heading'],
    [[HEADING, ...Array.from({ length: 50_000 }, () => 'x')], 'too_large'],
  ] as const)('as a whole is refused when it makes no sense: %s', (lines, why) => {
    expect(read(lines)).toEqual({ ok: false, why })
    expect(FILE_FAULTS[why]).toMatch(/\.$/)
  })
  test('that was cut short is not half taken, where the scheme counts its rows', () => {
    const mapping = { ...MAPPING, trailer: { begins: 'Total rows', count: 1 } }
    const rows = [
      'T1,0005,01/11/2026,-1.00,Purchase,Pool,,7997,',
      'T2,0005,01/11/2026,-1.00,Purchase,Pool,,7997,',
    ]
    expect(taken(read([HEADING, ...rows, 'Total rows,2'], mapping)).rows).toHaveLength(2)
    expect(read([HEADING, ...rows], mapping)).toEqual({ ok: false, why: 'cut_short' })
    expect(read([HEADING, ...rows.slice(1), 'Total rows,2'], mapping)).toEqual({
      ok: false,
      why: 'wrong_count',
    })
    expect(read([HEADING, ...rows, 'Total rows'], mapping)).toEqual({ ok: false, why: 'wrong_count' })
  })
  test('never throws and never invents a row, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (lines) => {
        const file = read([HEADING, ...lines])
        if (!file.ok) return
        const given = lines
          .join('\n')
          .split(/\r\n|\n|\r/)
          .filter((line) => line.trim() !== '').length
        expect(file.rows.length + file.refused.length).toBe(given)
        for (const row of file.rows) expect(row.amount).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
