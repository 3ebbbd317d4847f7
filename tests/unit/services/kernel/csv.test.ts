import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvFile, csvLine, csvMoney, readCsv } from '#services/kernel/csv.ts'

/** What a spreadsheet would show of a cell: without the mark that keeps it from being run. */
const shown = (cell: string): string =>
  /^'+(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|\t)/.test(cell) ? cell.slice(1) : cell
const oneLine = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\r\n\0\uFFFD]/.test(text))

describe('a table as a file', () => {
  test('whatever is in the cells, reading it back gives the same cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(oneLine, oneLine), { minLength: 1, maxLength: 8 }), (rows) => {
        const lines = csvFile(['A', 'B'], rows)
          .replace(/^\uFEFF/, '')
          .split('\r\n')
        const read = lines.slice(1, -1).map((line) => csvLine(line)?.map(shown))
        expect(read).toEqual(rows)
      }),
    )
  })

  test('words that begin with the mark themselves come back with it', () => {
    for (const cell of ["'+1", "''=1", "'", "'tis"])
      expect(csvLine(csvFile(['A'], [[cell]]).split('\r\n')[1] ?? '')?.map(shown)).toEqual([cell])
  })

  test('no cell that holds words begins with what a spreadsheet would run', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('=', '+', '-', '@', '\t', '＝', ' =', '=cmd|'),
        fc.string({ maxLength: 20 }),
        (start, rest) => {
          const text = csvFile(['A'], [[`${start}${rest}`]])
          const body = text.slice(text.indexOf('\r\n') + 2)
          expect(body.replace(/^"/, '')).toMatch(/^'/)
        },
      ),
    )
  })

  test('figures stay figures, also below zero', () => {
    expect(csvFile(['Amount'], [[csvMoney(-2650)], [csvMoney(5)]])).toBe('\uFEFFAmount\r\n-26.50\r\n0.05\r\n')
    expect(() => csvFile(['A'], [[{ figure: '=1+1' }]])).toThrow(RangeError)
  })
})

describe('reading a table', () => {
  const columns = {
    reference: ['Reference', 'Payment reference'],
    result: ['Result'],
    day: ['Date'],
  } as const

  test('finds columns by name in any order, and gives each line the number that an editor shows', () => {
    const table = readCsv('\uFEFFresult;PAYMENT-REFERENCE\r\npaid;"K7F3; 9QXD"\n\nfailed;X\n', columns, {
      optional: ['day'],
    })
    expect(table.rows).toEqual([
      { line: 2, cells: { reference: 'K7F3; 9QXD', result: 'paid', day: '' } },
      { line: 4, cells: { reference: 'X', result: 'failed', day: '' } },
    ])
  })

  test('names lines that are cut off, have an open quote or too much, and reads the others', () => {
    const table = readCsv(
      'Reference,Result,Date\nA,paid,\nB,"pai\nC\nD,paid,x,y\nE,failed,2026-11-02',
      columns,
    )
    expect(table.rows.map(({ cells }) => cells.reference)).toEqual(['A', 'E'])
    expect(table.problems.map(({ line }) => line)).toEqual([3, 4, 5])
  })

  test.each([
    ['nothing at all', '', /empty/],
    ['no line of names', 'A,paid,2026-11-02\n', /Missing: “Reference”, “Result”, “Date”/],
    ['only the names', 'Reference,Result,Date\n', /no lines/],
    ['bytes that are no text', 'PK\u0000\u0003', /not a CSV file/],
    ['another encoding', 'Reference,Result,Date\nA\uFFFD,paid,', /not a CSV file/],
    ['more than can be read at once', 'x'.repeat(900_001), /too large/],
  ])('%s is refused whole', (_name, text, says) => {
    expect(() => readCsv(text, columns)).toThrow(says)
  })

  test('more lines than allowed are refused, not cut off', () => {
    expect(() => readCsv('Reference,Result,Date\nA,b,c\nD,e,f\n', columns, { mostRows: 1 })).toThrow(
      /more than 1 lines/,
    )
  })
})
