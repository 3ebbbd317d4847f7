import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from '#services/kernel/csv.ts'
import {
  DEFAULT_COLUMNS,
  EXPORT_FIELD_CODES,
  type ExportColumn,
  type ExportLine,
  exportFile,
} from '#services/runs/export.rules.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => !/[\r\n\0\uFFFD]/.test(one))
const pence = fc.integer({ min: 0, max: 9_999_999 })
const line: fc.Arbitrary<ExportLine> = fc.record({
  position: fc.integer({ min: 1, max: 5000 }), supplier: text, provider: text, order: text, costCode: text, caseReference: text,
  invoices: fc.array(text, { maxLength: 2 }), reference: text, net: pence, vat: pence, gross: pence, from: fc.constant('2026-11-02'),
  until: fc.constant('2026-11-30'), visits: fc.integer({ min: 1, max: 99 }), accountName: text, sortCode: fc.constant('00-00-12'),
  accountNumber: fc.constant('12345678'),
}) // prettier-ignore
const columns: fc.Arbitrary<ExportColumn[]> = fc.uniqueArray(
  fc.record({
    column: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _]{0,18}[a-z]$/),
    field: fc.constantFrom(...EXPORT_FIELD_CODES),
  }),
  { minLength: 1, maxLength: 12, selector: ({ column }) => column },
)

test('whatever the columns, each row has as many cells as there are columns, in their order, and none is a formula', () => {
  fc.assert(
    fc.property(columns, fc.array(line, { maxLength: 4 }), (chosen, lines) => {
      const file = exportFile(chosen, lines)
        .replace(/^\uFEFF/, '')
        .split('\r\n')
        .slice(0, -1)
      expect(csvLine(file[0] ?? '')).toEqual(chosen.map(({ column }) => column))
      expect(file).toHaveLength(lines.length + 1)
      for (const [index, raw] of file.slice(1).entries()) {
        const cells = csvLine(raw) ?? []
        expect(cells).toHaveLength(chosen.length)
        for (const [place, { field }] of chosen.entries()) {
          const cell = cells[place] ?? ''
          expect(cell).not.toMatch(/^\s*[=+\-@]/)
          if (field === 'gross') expect(cell).toBe(((lines[index]?.gross ?? 0) / 100).toFixed(2))
          if (field === 'supplier')
            expect(cell.replace(/^'/, '')).toBe((lines[index]?.supplier ?? '').replace(/^'/, ''))
        }
      }
    }),
  )
})

test('the columns that a council starts with hold supplier, order, cost code, case, reference and amounts, and no account', () => {
  const fields = DEFAULT_COLUMNS.map(({ field }) => field)
  expect(fields).toEqual(
    expect.arrayContaining(['supplier', 'order', 'cost_code', 'case', 'reference', 'net', 'gross']),
  )
  expect(fields.filter((field) => /account|sort_code/.test(field))).toEqual([])
})
