/** A pack on paper and as tables: the same words and figures as on its page. Pure. */
import type { PdfBlock, PdfPaper } from '#services/documents/pdf.server.ts'
import { type CsvCell, csvFile, csvMoney } from '#services/kernel/csv.ts'
import { pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { type Cell, type PackRow, type PackSums, type PackTable, cellText } from './pack.rules.ts'
import type { Pack } from './read-pack.server.ts'

const sumRows = (sums: PackSums): { term: string; value: string }[] => [
  { term: 'In the fund before the first day', value: pounds(sums.opening) },
  { term: 'Came in', value: pounds(sums.in) },
  { term: 'Went out', value: pounds(sums.out) },
  { term: 'In the fund after the last day', value: pounds(sums.closing) },
  { term: 'Of it, to use', value: pounds(sums.left) },
  { term: 'Of it, set aside', value: pounds(sums.setAside) },
  { term: 'Of it, kept back', value: pounds(sums.kept) },
]

const papersOf = (row: PackRow): string => row.documents.map(({ label }) => label).join(', ')

function tableBlocks(table: PackTable): PdfBlock[] {
  // A column of nothing would take the room of the others.
  const withPapers = table.documents && table.rows.some(({ documents }) => documents.length > 0)
  const columns = [
    ...table.columns.map(({ label, kind, share }) => ({
      label,
      share,
      align: kind === 'money' ? ('right' as const) : ('left' as const),
    })),
    ...(withPapers ? [{ label: 'Papers', share: 1.8, align: 'left' as const }] : []),
  ]
  const cells = (of: readonly Cell[], papers: string): string[] => [
    ...of.map(cellText),
    ...(withPapers ? [papers] : []),
  ]
  return [
    { kind: 'heading', text: table.title },
    { kind: 'text', text: table.says },
    ...(table.rows.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns,
            rows: table.rows.map((row) => cells(row.cells, papersOf(row))),
            ...(table.foot ? { foot: [cells(table.foot, '')] } : {}),
          },
        ]),
    ...(table.leftOut > 0 ? [{ kind: 'text' as const, small: true, text: leftOutWords(table.leftOut) }] : []),
  ]
}

export const leftOutWords = (count: number): string =>
  `${String(count)} more did not fit. Their money is in the sums; a shorter time shows them.`

export function packPaper(pack: Pack, at: Temporal.Instant): PdfPaper {
  return {
    title: `${pack.fund}: everything from grant to spend`,
    author: pack.council,
    footer: `${pack.fund}, ${pack.period.words}`,
    at,
    blocks: [
      { kind: 'text', text: pack.period.words, strong: true },
      { kind: 'text', text: `“You” in the words below means ${pack.person.name}.`, small: true },
      { kind: 'facts', rows: pack.facts },
      { kind: 'heading', text: 'It adds up' },
      { kind: 'text', text: pack.sentence },
      { kind: 'facts', rows: sumRows(pack.sums) },
      { kind: 'heading', text: 'What the scheme asks for' },
      { kind: 'text', text: pack.missing.words },
      ...(pack.missing.rows.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: [
                { label: 'A receipt is missing for', share: 5 },
                { label: 'Paid on', share: 2 },
                { label: 'Amount', share: 1.5, align: 'right' as const },
              ],
              rows: pack.missing.rows.map((one) => [one.what, one.day, pounds(one.pence)]),
            },
          ]),
      ...pack.tables.flatMap(tableBlocks),
      { kind: 'heading', text: 'Who of the council has looked at it' },
      ...(pack.openings.length === 0
        ? [{ kind: 'text' as const, text: 'Nobody has.' }]
        : [
            {
              kind: 'table' as const,
              columns: [
                { label: 'When', share: 2 },
                { label: 'Who', share: 2 },
                { label: 'Why', share: 5 },
              ],
              rows: pack.openings.map((one) => [one.at, one.by, `${one.purpose}. ${one.words}`]),
            },
          ]),
    ],
  }
}

const csvCell = (cell: Cell): CsvCell =>
  cell === null ? '' : typeof cell === 'number' ? csvMoney(cell) : cell

/** One table of the pack as a file. */
export const tableCsv = (table: PackTable): string =>
  csvFile(
    [
      ...table.columns.map(({ label, kind }) => (kind === 'money' ? `${label} (£)` : label)),
      ...(table.documents ? ['Papers'] : []),
    ],
    table.rows.map((row) => [...row.cells.map(csvCell), ...(table.documents ? [papersOf(row)] : [])]),
  )

/**
 * Every line of money, with what stood in the fund before the first and after the last: opening plus in less out is the last
 * line, so that a sheet can prove it.
 */
export function packCsv(pack: Pick<Pack, 'tables' | 'sums' | 'period'>): string {
  const lines = pack.tables.find(({ id }) => id === 'lines')
  const edge = (day: string, what: string, out: number, into: number): CsvCell[] => [
    day, what, csvMoney(out), csvMoney(into), '', '', '',
  ] // prettier-ignore
  return csvFile(
    ['Day', 'What', 'Out (£)', 'In (£)', 'Where it stands', 'Payment', 'Papers'],
    [
      edge(pack.period.from, 'In the fund before the first day', 0, pack.sums.opening),
      ...(lines?.rows ?? []).map((row): CsvCell[] => [
        // In ISO, as in every file; its page says it in words.
        row.day ?? '',
        ...row.cells.slice(1).map(csvCell),
        papersOf(row),
      ]),
      edge(pack.period.until, 'In the fund after the last day', pack.sums.closing, 0),
    ],
  )
}
