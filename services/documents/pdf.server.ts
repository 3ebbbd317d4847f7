/**
 * Papers as PDF: headings, paragraphs, facts and tables that go on over pages, with page numbers; tagged for screen readers
 * (PDF/UA), in the site's own letters. Whoever needs a paper says what is on it; how it looks is decided here.
 */
import type { Temporal } from '#services/kernel/time.ts'
import { toDate } from '#services/kernel/time.ts'
import { FOOT, GAP, HEADING, LEADING, MARGIN, type Page, SMALL, TEXT, openPage } from './pdf-page.server.ts'
import { type PdfTable, startHeight, writeTable } from './pdf-table.server.ts'

export type PdfBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; strong?: boolean; small?: boolean }
  /** Lines of addresses beside each other. */
  | { kind: 'beside'; parts: readonly (readonly string[])[] }
  | { kind: 'facts'; rows: readonly { term: string; value: string }[] }
  | ({ kind: 'table' } & PdfTable)
  | { kind: 'space' }

export interface PdfPaper {
  /** The document's title and first heading. */
  title: string
  /** Beside the number of each page. */
  footer: string
  author: string
  /** When it was made: the same paper at the same moment is the same file. */
  at: Temporal.Instant
  blocks: readonly PdfBlock[]
}

const TITLE = 20
const CELL = 4

/** The paper's bytes. */
export async function makePdf(paper: PdfPaper): Promise<Buffer> {
  // Loaded when the first paper is wanted: it and its fonts are large.
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    pdfVersion: '1.7',
    // Known to pdfkit, not yet to its types.
    ...({ subset: 'PDF/UA' } as object),
    tagged: true,
    displayTitle: true,
    lang: 'en-GB',
    info: {
      Title: paper.title,
      Author: paper.author,
      Creator: 'Kith',
      Producer: 'Kith',
      CreationDate: toDate(paper.at),
    },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => {
      resolve(Buffer.concat(chunks))
    })
    doc.on('error', reject)
  })
  const page = openPage(doc)
  page.write('H1', paper.title, TITLE, true)
  paper.blocks.forEach((block, i) => {
    if (block.kind === 'heading')
      page.room(GAP + page.heightOf(block.text, HEADING) + following(page, paper.blocks, i))
    writeBlock(page, block)
  })
  page.root.end()
  footers(doc, page, paper.footer)
  doc.end()
  return done
}

/** What a heading may not be parted from: the words below it, and the beginning of the table that they are about. */
function following(page: Page, blocks: readonly PdfBlock[], heading: number): number {
  let height = 0
  for (const block of blocks.slice(heading + 1)) {
    if (block.kind === 'text')
      height += Math.min(page.heightOf(block.text, block.small ? SMALL : TEXT), 6 * TEXT * LEADING)
    else return height + (block.kind === 'table' ? startHeight(page, block) : 0)
  }
  return height
}

function writeBlock(page: Page, block: PdfBlock): void {
  switch (block.kind) {
    case 'heading':
      page.down(GAP)
      page.write('H2', block.text, HEADING, true)
      return
    case 'text':
      page.write('P', block.text, block.small ? SMALL : TEXT, block.strong ?? false)
      return
    case 'beside':
      writeBeside(page, block.parts)
      return
    case 'facts':
      writeTable(page, {
        columns: [
          { label: '', share: 0.38 },
          { label: '', share: 0.62 },
        ],
        rows: block.rows.map(({ term, value }) => [term, value]),
      })
      return
    case 'table':
      writeTable(page, block)
      return
    case 'space':
      page.down(GAP)
  }
}

function writeBeside(page: Page, parts: readonly (readonly string[])[]): void {
  const width = page.width / Math.max(1, parts.length)
  const columns = parts.map((lines) =>
    lines.flatMap((text, i) =>
      page.letters.lines(text, TEXT, width - 2 * CELL).map((line) => ({ line, bold: i === 0 })),
    ),
  )
  const height = TEXT * LEADING
  const tallest = Math.max(0, ...columns.map((lines) => lines.length)) * height
  page.room(tallest)
  const top = page.y
  columns.forEach((lines, at) => {
    page.root.add(
      page.doc.struct('P', {}, () => {
        lines.forEach(({ line, bold }, i) => {
          page.letters.draw(
            line,
            { x: MARGIN + at * width, y: top + i * height, width, align: 'left' },
            TEXT,
            bold,
          )
        })
      }),
    )
  })
  page.down(tallest + GAP)
}

function footers(doc: PDFKit.PDFDocument, page: Page, footer: string): void {
  const { count } = doc.bufferedPageRange()
  for (let n = 0; n < count; n += 1) {
    doc.switchToPage(n)
    const y = doc.page.height - FOOT
    const at = { x: MARGIN, y, width: page.width }
    const number = `Page ${String(n + 1)} of ${String(count)}`
    page.artifact('Pagination', () => {
      doc.fillColor('#1b1b1b').strokeColor('#1b1b1b')
      for (const [text, align] of [
        [footer, 'left'],
        [number, 'right'],
      ] as const) {
        const [line] = page.letters.lines(text, SMALL, align === 'left' ? page.width * 0.75 : page.width)
        if (line) page.letters.draw(line, { ...at, align }, SMALL, false)
      }
    })
  }
}
