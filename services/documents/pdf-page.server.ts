/** A paper's pages as they are filled from the top; what is drawn is tagged for screen readers. */
import { type Line, lettersOf } from './pdf-letters.server.ts'

export const MARGIN = 56
export const FOOT = 40
export const TEXT = 12
export const SMALL = 10
export const HEADING = 14
export const LEADING = 1.35
export const GAP = 10

export type Page = ReturnType<typeof openPage>

export function openPage(doc: PDFKit.PDFDocument) {
  const letters = lettersOf(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const width = doc.page.width - 2 * MARGIN
  const bottom = doc.page.height - MARGIN - FOOT / 2
  let y = MARGIN
  doc.fillColor('#1b1b1b').strokeColor('#1b1b1b')
  const newPage = (): void => {
    doc.addPage()
    doc.fillColor('#1b1b1b').strokeColor('#1b1b1b')
    y = MARGIN
  }
  return {
    doc,
    letters,
    root,
    width,
    get y() {
      return y
    },
    down(by: number) {
      y += by
    },
    /** Begins a page unless so much fits on this one. @returns whether it began one */
    room(height: number): boolean {
      if (y + height <= bottom || y === MARGIN) return false
      newPage()
      return true
    },
    /** As many lines as fit on a whole page at most. */
    fits: (lines: readonly Line[], size: number): readonly Line[] =>
      lines.slice(0, Math.floor((bottom - MARGIN) / (size * LEADING))),
    /** Something that is no content: a rule, a page's number. */
    artifact(type: 'Layout' | 'Pagination', draw: () => void) {
      doc.markContent('Artifact', { type })
      draw()
      doc.endMarkedContent()
    },
    /** How much a text of its own takes, with what is left free below it. */
    heightOf: (text: string, size: number): number =>
      letters.lines(text, size, width).length * size * LEADING + size * 0.5,
    write(tag: string, text: string, size: number, bold: boolean) {
      const height = size * LEADING
      let rest = letters.lines(text, size, width)
      // A heading stays with what follows it.
      const keep = tag === 'P' ? 0 : 3 * TEXT * LEADING
      while (rest.length > 0) {
        if (y + height + keep > bottom) newPage()
        const now = rest.slice(0, Math.max(1, Math.floor((bottom - y) / height)))
        rest = rest.slice(now.length)
        const top = y
        root.add(
          doc.struct(tag, {}, () => {
            now.forEach((line, i) => {
              letters.draw(line, { x: MARGIN, y: top + i * height, width, align: 'left' }, size, bold)
            })
          }),
        )
        y += now.length * height
      }
      y += size * 0.5
    },
  }
}
