/** Letters and lines of a PDF: which font has a letter, and where a text breaks. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { unpackWoff2 } from './woff2.server.ts'

type Doc = PDFKit.PDFDocument
/** What pdfkit keeps behind a font and does not type. */
interface WithFont {
  _font: { font: { hasGlyphForCodePoint(point: number): boolean } }
}

/** The site's own letters; the second file has the rarer ones of names written in Latin letters. */
const FILES = { text: 'latin', rare: 'latin-ext' } as const
type FontName = keyof typeof FILES

const unpacked = new Map<FontName, Buffer>()
function fontFile(name: FontName): Buffer {
  const known = unpacked.get(name)
  if (known) return known
  const path = createRequire(import.meta.url).resolve(
    `@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${FILES[name]}-wght-normal.woff2`,
  )
  const font = unpackWoff2(readFileSync(path))
  unpacked.set(name, font)
  return font
}

interface Run {
  font: FontName
  text: string
}
export type Line = readonly Run[]

export interface Letters {
  /** Lines that fit a width at a size. */
  lines(text: string, size: number, width: number): Line[]
  /** How wide a text is on one line. */
  width(text: string, size: number): number
  /** Draws one line; bold by a thin outline, because only one weight of the font can be taken apart. */
  draw(
    line: Line,
    at: { x: number; y: number; width: number; align: 'left' | 'right' },
    size: number,
    bold: boolean,
  ): void
}

export function lettersOf(doc: Doc): Letters {
  for (const name of Object.keys(FILES) as FontName[]) doc.registerFont(name, fontFile(name))
  const has = new Map<FontName, (point: number) => boolean>()
  for (const name of Object.keys(FILES) as FontName[]) {
    const { font } = (doc.font(name) as unknown as WithFont)._font
    has.set(name, (point) => font.hasGlyphForCodePoint(point))
  }

  /** A letter that neither font has is written without its marks, or as a question mark. */
  const fontOf = (letter: string): Run => {
    const point = letter.codePointAt(0) ?? 0
    for (const [font, knows] of has) if (knows(point)) return { font, text: letter }
    const plain = [...letter.normalize('NFKD')].find((part) => has.get('text')?.(part.codePointAt(0) ?? 0))
    return { font: 'text', text: plain ?? '?' }
  }

  const runsOf = (text: string): Run[] => {
    const runs: Run[] = []
    for (const letter of text) {
      const one = fontOf(letter)
      const last = runs.at(-1)
      if (last?.font === one.font) last.text += one.text
      else runs.push(one)
    }
    return runs
  }

  /** By word, for one point of size: shaping a text is what takes time. */
  const known = new Map<string, number>()
  const widthOf = (text: string, size: number): number => {
    let width = known.get(text)
    if (width === undefined) {
      width = runsOf(text).reduce(
        (sum, run) => sum + doc.font(run.font).fontSize(100).widthOfString(run.text) / 100,
        0,
      )
      known.set(text, width)
    }
    return width * size
  }

  /** As many letters as fit, of a word that is wider than the line. */
  const cut = (word: string, size: number, width: number): string[] => {
    const parts: string[] = []
    let [part, sum] = ['', 0]
    for (const letter of word) {
      const wide = widthOf(letter, size)
      if (part !== '' && sum + wide > width) {
        parts.push(part)
        ;[part, sum] = ['', 0]
      }
      part += letter
      sum += wide
    }
    return [...parts, part]
  }

  return {
    width: widthOf,
    lines(text, size, width) {
      const lines: string[] = []
      const space = widthOf(' ', size)
      for (const paragraph of text.split('\n')) {
        let [line, sum] = ['', 0]
        for (const word of paragraph.split(/ +/)) {
          const wide = widthOf(word, size)
          if (line !== '' && sum + space + wide <= width) {
            line += ` ${word}`
            sum += space + wide
            continue
          }
          if (line !== '') lines.push(line)
          const parts = wide <= width ? [word] : cut(word, size, width)
          lines.push(...parts.slice(0, -1))
          line = parts.at(-1) ?? ''
          sum = widthOf(line, size)
        }
        lines.push(line)
      }
      return lines.map(runsOf)
    },
    draw(line, { x, y, width, align }, size, bold) {
      const wide = (run: Run): number => doc.font(run.font).fontSize(size).widthOfString(run.text)
      let at = align === 'right' ? x + width - line.reduce((sum, run) => sum + wide(run), 0) : x
      doc.lineWidth(size * 0.032)
      for (const run of line) {
        doc.font(run.font).fontSize(size)
        doc.text(run.text, at, y, { lineBreak: false, fill: true, stroke: bold })
        if (line.length > 1) at += wide(run)
      }
    },
  }
}
