/** What a file really is, and whether all of it is there: by its content, never by its name. Pure. */

export const MOST_BYTES = 5_242_880
export const MOST_FILES = 5

export const EVIDENCE_KINDS = ['application/pdf', 'image/jpeg', 'image/png'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

export type FileCheck =
  { ok: true; kind: EvidenceKind } | { ok: false; why: 'empty' | 'too_large' | 'not_known' | 'breaks_off' }

export const FILE_WORDS: Readonly<Record<Exclude<FileCheck, { ok: true }>['why'], string>> = {
  empty: 'Choose the file of the receipt.',
  too_large: 'This file is larger than 5 MB. A photograph in a smaller size is enough.',
  not_known:
    'This file is no PDF, JPEG or PNG inside, whatever its name says. Send the receipt as one of these.',
  breaks_off: 'This file is not whole: its end is missing. Send it once more.',
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const begins = (bytes: Uint8Array, with_: readonly number[]): boolean =>
  with_.every((byte, i) => bytes[i] === byte)

const asciiAt = (bytes: Uint8Array, from: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[from + i] === letter.charCodeAt(0))

function lastIndexOf(bytes: Uint8Array, text: string, within: number): number {
  const first = Math.max(0, bytes.length - within)
  for (let at = bytes.length - text.length; at >= first; at -= 1) if (asciiAt(bytes, at, text)) return at
  return -1
}

/** %PDF-1.4 or 2.0 at the very start; where the table of its objects lies, and %%EOF, near the end (ISO 32000-1, 7.5.5). */
function checkPdf(bytes: Uint8Array): FileCheck {
  const version = bytes[5]
  if (version !== 0x31 && version !== 0x32) return { ok: false, why: 'not_known' }
  const end = lastIndexOf(bytes, '%%EOF', 1_024)
  return end > 0 && lastIndexOf(bytes.subarray(0, end), 'startxref', 1_024) > 0
    ? { ok: true, kind: 'application/pdf' }
    : { ok: false, why: 'breaks_off' }
}

/** Chunks of length, type, data and checksum, IHDR first and IEND last (PNG, third edition, 5). */
function checkPng(bytes: Uint8Array): FileCheck {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at: number = PNG.length
  let data = false
  for (let n = 0; at + 12 <= bytes.length; n += 1) {
    const length = view.getUint32(at)
    if ((n === 0) !== asciiAt(bytes, at + 4, 'IHDR')) return { ok: false, why: 'not_known' }
    if (asciiAt(bytes, at + 4, 'IDAT')) data = true
    if (asciiAt(bytes, at + 4, 'IEND'))
      return data && length === 0 ? { ok: true, kind: 'image/png' } : { ok: false, why: 'not_known' }
    at += 12 + length
  }
  return { ok: false, why: 'breaks_off' }
}

/** Segments up to the start of the picture, then an end-of-image mark after it (ITU T.81, B.1). */
function checkJpeg(bytes: Uint8Array): FileCheck {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return { ok: false, why: 'not_known' }
    const mark = bytes[at + 1] ?? 0
    if (mark === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    if (length < 2 || mark < 0xc0) return { ok: false, why: 'not_known' }
    if (mark === 0xda) {
      for (let end = bytes.length - 2; end >= at + 2 + length; end -= 1)
        if (bytes[end] === 0xff && bytes[end + 1] === 0xd9) return { ok: true, kind: 'image/jpeg' }
      return { ok: false, why: 'breaks_off' }
    }
    at += 2 + length
  }
  return { ok: false, why: 'breaks_off' }
}

/** What kind of evidence these bytes are. */
export function checkFile(bytes: Uint8Array): FileCheck {
  if (bytes.length === 0) return { ok: false, why: 'empty' }
  if (bytes.length > MOST_BYTES) return { ok: false, why: 'too_large' }
  if (asciiAt(bytes, 0, '%PDF-')) return checkPdf(bytes)
  if (begins(bytes, PNG)) return checkPng(bytes)
  if (begins(bytes, [0xff, 0xd8, 0xff])) return checkJpeg(bytes)
  return { ok: false, why: 'not_known' }
}

const ENDINGS: Readonly<Record<EvidenceKind, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** The name under which it is kept and given back: what was typed, without a path, marks or an ending of its own. */
export function safeName(name: string, kind: EvidenceKind): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const plain = last
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .trim()
  return `${plain === '' ? 'receipt' : plain}.${ENDINGS[kind]}`
}

/** The header for a file that a browser must keep and not show (RFC 6266): plain letters, and all of them encoded. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
