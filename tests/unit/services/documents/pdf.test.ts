import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makePdf, type PdfBlock } from '#services/documents/pdf.server.ts'
import { remittanceCsv, remittancePdf } from '#services/documents/remittance.server.ts'
import { Temporal } from '#services/kernel/time.ts'

const at = Temporal.Instant.from('2026-11-02T10:00:00Z')
const paper = (blocks: PdfBlock[]) =>
  makePdf({ title: 'Invoice WCC-0042', author: 'Weavers Care', footer: 'WCC-0042', at, blocks })

/** What stands in the file, streams unpacked. */
function inside(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  return [text, ...streams].join('\n')
}
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

const table = (rows: number): PdfBlock => ({
  kind: 'table',
  columns: [
    { label: 'Visit', share: 3 },
    { label: 'Price', share: 1, align: 'right' },
  ],
  rows: Array.from({ length: rows }, (_, i) => [`Visit ${String(i)}`, '£27.50']),
  foot: [['In all', '£0.00']],
})

describe('a paper', () => {
  test('has a title, a language and tags: a heading, a table with heads of columns and rows', async () => {
    const text = inside(await paper([{ kind: 'heading', text: 'What it is for' }, table(2)]))
    expect(text).toContain('/Lang (en-GB)')
    expect(text).toContain('/Marked true')
    expect(text).toContain('/DisplayDocTitle true')
    expect(text).toContain('pdfuaid:part')
    expect(count(text, /\/S \/H1\b/g)).toBe(1)
    expect(count(text, /\/S \/H2\b/g)).toBe(1)
    expect(count(text, /\/S \/Table\b/g)).toBe(1)
    expect(count(text, /\/S \/TR\b/g)).toBe(4)
    expect(count(text, /\/Scope \/Column/g)).toBe(2)
    expect(count(text, /\/Scope \/Row/g)).toBe(3)
  })

  test('goes on over pages; the head of a table is tagged once, however often it is drawn', async () => {
    const text = inside(await paper([table(200)]))
    expect(count(text, /\/Type \/Page\b/g)).toBeGreaterThan(4)
    expect(count(text, /\/S \/TR\b/g)).toBe(202)
    expect(count(text, /\/Scope \/Column/g)).toBe(2)
  })

  test('never parts a heading and the words below it from the table that they are about', async () => {
    for (const lines of [30, 34, 36, 38, 40, 42]) {
      const text = inside(
        await paper([
          { kind: 'text', text: Array.from({ length: lines }, () => 'A line.').join('\n') },
          { kind: 'heading', text: 'Every line' },
          { kind: 'text', text: 'What came in and what went out.' },
          table(3),
        ]),
      )
      const pageOf = (tag: string) =>
        new RegExp(`/S /${tag}\\b(?:(?!endobj)[\\s\\S])*?/Pg (\\d+)`).exec(text)?.[1]
      expect(pageOf('H2')).toBeDefined()
      expect(pageOf('TH')).toBe(pageOf('H2'))
    }
  })

  test('is the same file at the same moment', async () => {
    const [one, two] = await Promise.all([paper([table(3)]), paper([table(3)])])
    expect(one.equals(two)).toBe(true)
  })

  test.each([
    ['letters of other alphabets and pictures', 'Łukasz Wiśniewski, 日本, Ελλάδα, 🧶'],
    ['a word that is longer than a page is wide', 'x'.repeat(3_000)],
    ['nothing', ''],
    ['directions turned and marks', '\u202Eabc\u0301'],
    ['lines', 'one\ntwo\n\nthree'],
  ])('takes %s', async (_name, text) => {
    const pdf = await paper([
      { kind: 'text', text },
      { kind: 'facts', rows: [{ term: text, value: text }] },
      { kind: 'beside', parts: [[text], [text, text]] },
      { kind: 'table', columns: [{ label: text, share: 1 }], rows: [[text], []] },
      { kind: 'space' },
    ])
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1').trimEnd().endsWith('%%EOF')).toBe(true)
  })
})

describe('a remittance', () => {
  const lines = [
    { day: Temporal.PlainDate.from('2026-11-09'), person: 'Joan E', title: '=cmd|x', minutes: 60, pence: 2_750, invoice: 'WCC-0042', order: 'order 45' }, // prettier-ignore
    { day: Temporal.PlainDate.from('2026-11-11'), person: 'Joan E', title: 'Morning help', minutes: null, pence: -750, invoice: null, order: '' }, // prettier-ignore
  ]
  const advice = {
    payer: { name: 'Aldermere Council', lines: [] },
    payee: { name: 'Weavers Care', lines: ['AM1 2AB'] },
    reference: 'K7F3 9QXD',
    supplierNumber: '10042',
    paidOn: Temporal.PlainDate.from('2026-11-20'),
    lines,
    at,
  }
  test('is a paper, and a table without formulas', async () => {
    expect((await remittancePdf(advice)).length).toBeGreaterThan(5_000)
    expect(remittanceCsv(advice)).toBe(
      '\uFEFFReference,Day,Person,Visit,Minutes,Invoice,Order,Amount (£)\r\n' +
        '"K7F3 9QXD",2026-11-09,"Joan E","\'=cmd|x",60,"WCC-0042","order 45",27.50\r\n' +
        '"K7F3 9QXD",2026-11-11,"Joan E","Morning help",,"","",-7.50\r\n',
    )
  })
})
