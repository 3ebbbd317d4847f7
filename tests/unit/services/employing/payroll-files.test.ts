import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PAYROLL_COLUMNS, decimalHours, payrollFile } from '#services/employing/payroll-file.rules.ts'
import {
  FIGURES,
  readAmount,
  readDate,
  readResults,
  RESULT_COLUMNS,
} from '#services/employing/payroll-results.rules.ts'
import { pence } from '#services/kernel/money.ts'

const minutes = fc.integer({ min: 0, max: 40_000 })
const someDay = fc
  .integer({ min: 0, max: 4_000 })
  .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))

describe('the file to the payroll service', () => {
  test('hours are decimals that say the minute', () => {
    expect([0, 4_800, 450, 440, 1].map(decimalHours)).toEqual(['0.00', '80.00', '7.50', '7.3333', '0.0167'])
    fc.assert(
      fc.property(minutes, (value) => {
        expect(Math.round(Number(decimalHours(value)) * 60)).toBe(value)
      }),
    )
  })

  test('can be read back to the minute and the penny, in the same order whatever order it was made in', () => {
    const line = fc.record({
      reference: fc.stringMatching(/^PA-[2-9A-Z]{3}-[2-9A-Z]{3}$/),
      startsOn: someDay,
      endsOn: someDay,
      worked: minutes,
      holiday: minutes,
      sick: minutes,
      hourly: fc.integer({ min: 1, max: 100_000 }).map(pence),
    })
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: (one) => one.reference, maxLength: 20 }), (lines) => {
        const [head, ...rows] = payrollFile(lines).trimEnd().split('\r\n')
        expect(head).toBe(PAYROLL_COLUMNS.join(','))
        const back = rows.map((row) => {
          const [reference, startsOn, endsOn, worked, holiday, sick, rate] = row.split(',')
          const read = (text = '') => Math.round(Number(text) * 60)
          return {
            reference, startsOn, endsOn, worked: read(worked), holiday: read(holiday), sick: read(sick), hourly: Math.round(Number(rate) * 100),
          } // prettier-ignore
        })
        expect(back).toEqual([...lines].sort((a, b) => (a.reference < b.reference ? -1 : 1)))
        expect(payrollFile([...lines].reverse())).toBe(payrollFile(lines))
      }),
    )
  })
})

describe('the file of results', () => {
  test.each([
    ['1157.20', 115_720], ['1157.2', 115_720], ['1157', 115_700], [' 0.00 ', 0], ['100000.00', 10_000_000],
    ['100000.01', null], ['1,157.20', null], ['-1157.20', null], ['+1', null], ['1157.200', null], ['.20', null], ['1157.', null],
    ['£1157.20', null], ['1e5', null], ['99999999999999999999', null], ['', null], ['١', null],
  ])('“%s” is %s pence', (text, amount) => { expect(readAmount(text)).toBe(amount) }) // prettier-ignore

  test.each([
    ['2026-11-02', '2026-11-02'], ['02/11/2026', '2026-11-02'], ['2/11/2026', '2026-11-02'], ['2026-02-29', null], ['31/02/2026', null],
    ['11-02-2026', null], ['2026-1-2', null], ['', null],
  ])('“%s” is the day %s', (text, iso) => { expect(readDate(text)).toBe(iso) }) // prettier-ignore

  const figures = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 7, maxLength: 7 })
  const money = (amount: number) => (amount / 100).toFixed(2)
  const rowOf = (reference: string, startsOn: string, parts: readonly number[]) =>
    [reference, startsOn, ...parts.map(money), money(parts.reduce((sum, part) => sum + part, 0))].join(',')

  test('gives back what was written, whatever order the columns are in and however lines end', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...RESULT_COLUMNS], { minLength: RESULT_COLUMNS.length }),
        figures,
        someDay,
        fc.constantFrom('\n', '\r\n', '\r'),
        (columns, parts, startsOn, end) => {
          const cells = rowOf('PA-1', startsOn, parts).split(',')
          const row = columns.map((column) => cells[RESULT_COLUMNS.indexOf(column)]).join(',')
          const read = readResults(`\uFEFF${columns.join(',').toUpperCase()}${end}${row}${end}`)
          expect(read).toHaveLength(1)
          const [line] = read as Exclude<typeof read, string>
          expect(line).toMatchObject({ line: 2, reference: 'PA-1', startsOn })
          if (line?.problem === undefined)
            expect(FIGURES.map((figure) => line?.figures[figure])).toEqual(parts)
        },
      ),
    )
  })

  test('cut off anywhere, no line is read otherwise than it was written: it is the same, or refused', () => {
    const parts = [104_524, 3_060, 1_216, 0, 3_200, 1_920, 1_800]
    const whole = `${RESULT_COLUMNS.join(',')}\n${rowOf('PA-1', '2026-10-05', parts)}\n`
    const right = { reference: 'PA-1', startsOn: '2026-10-05', figures: { net: 104_524, total: 115_720 } }
    for (let at = 0; at < whole.length; at += 1) {
      const read = readResults(whole.slice(0, at))
      if (typeof read === 'string') continue
      for (const line of read) if (line.problem === undefined) expect(line).toMatchObject(right)
    }
  })

  test('any text at all is read or refused, never broken', () => {
    const letter = fc.oneof(
      fc.constantFrom(',', '"', '\n', '\r', ';', '-', '.', '1', 'P', '\u0000', '\uD800'),
      fc.integer({ min: 0, max: 0x10_ff_ff }).map((point) => String.fromCodePoint(point)),
    )
    const text = fc.array(letter, { maxLength: 60 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(text, (rest) => {
        const read = readResults(`${RESULT_COLUMNS.join(',')}\n${rest}`)
        if (typeof read !== 'string') for (const line of read) expect(line.reference).toMatch(/^[\w ./-]*$/)
      }),
      { numRuns: 40 },
    )
    expect(readResults(`${RESULT_COLUMNS.join(',')}\n${'x\n'.repeat(2_001)}`)).toMatch(/at most 2000 lines/)
    expect(readResults(`${RESULT_COLUMNS.join(',')},net\nx`)).toBe('A column stands there twice: net')
    expect(readResults('"reference')).toBe('The first line has a quotation mark that is never closed')
  })
})
