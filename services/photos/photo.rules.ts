/** What a photograph may be, decided by its content and never by its name. No I/O. */

export type PhotoKind = 'jpeg' | 'png' | 'webp' | 'avif'

export const MOST_BYTES = 10_485_760
export const MOST_PIXELS = 50_000_000
/** Less than this shows nothing; more than three times as long as wide is a banner and no photograph. */
export const LEAST_SIDE = 240
const LONGEST_TO_SHORTEST = 3
/** How many a service has. A provider has one. */
export const MOST_PHOTOS = 6
/** Widths in which a photograph is kept: a card, half a page, a page on a sharp screen. */
const WIDTHS = [400, 800, 1600] as const
export const LARGEST_WIDTH = WIDTHS[2]

export type Refusal =
  | 'missing'
  | 'empty'
  | 'too_large'
  | 'not_known'
  | 'heic'
  | 'breaks_off'
  | 'two_in_one'
  | 'too_many_pixels'
  | 'too_small'
  | 'too_long'
  | 'moves'

export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  missing: 'Choose a photograph.',
  empty: 'This file is empty. Choose the photograph again.',
  too_large: 'This photograph is larger than 10 MB. Send a smaller one: people see it smaller anyway.',
  not_known:
    'This is not a photograph we can read, whatever its name says. Send it as JPEG, PNG, WebP or AVIF.',
  heic: 'This is a HEIC photograph, which we cannot read. Save it as JPEG: on an iPhone, choose Settings, Camera, Formats, Most Compatible.',
  breaks_off: 'This photograph is not whole: its end is missing. Send it once more.',
  two_in_one:
    'There is something else in this file besides a photograph. Save the photograph anew and send that.',
  too_many_pixels:
    'This photograph has more than 50 million dots (50 megapixels). Make it smaller and send that.',
  too_small:
    'This photograph is so small that people would not see much. Send one that is at least 240 dots wide and high.',
  too_long: 'This picture is too long and thin. Cut it so that no side is more than three times the other.',
  moves: 'This picture moves. Send a photograph that stands still: moving pictures make some people ill.',
}

const text = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Chunks of length, name, data and checksum up to IEND (PNG, third edition, 5). Null when it is not there. */
function endOfPng(bytes: Uint8Array): number | null {
  const view = viewOf(bytes)
  for (let at = 8; at + 12 <= bytes.length;) {
    const next = at + 12 + view.getUint32(at)
    if (text(bytes, at + 4, at + 8) === 'IEND') return next <= bytes.length ? next : null
    at = next
  }
  return null
}

/** Segments, and after each start of a scan its packed data, up to the end-of-image mark (ITU T.81, B.1). */
function endOfJpeg(bytes: Uint8Array): number | null {
  const view = viewOf(bytes)
  for (let at = 2; at + 2 <= bytes.length;) {
    const mark = bytes[at + 1] ?? 0
    // Packed data, in which 0xff stands before 0x00 and marks of restart; or padding.
    if (bytes[at] !== 0xff || mark === 0x00 || mark === 0xff || (mark >= 0xd0 && mark <= 0xd7)) {
      at += 1
      continue
    }
    if (mark === 0xd9) return at + 2
    if (at + 4 > bytes.length) return null
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return null
}

/** RIFF says its own length (WebP container, 2.4). */
function endOfWebp(bytes: Uint8Array): number | null {
  const end = 8 + viewOf(bytes).getUint32(4, true)
  return end <= bytes.length ? end : null
}

/** What stands beside each other in such a file. */
const BOX = /^(ftyp|meta|mdat|moov|free|skip|wide|uuid|pdin)$/

/** Boxes of length and name, one after the other (ISO 14496-12, 4.2). Whatever is no whole box comes after the end. */
function endOfAvif(bytes: Uint8Array): number | null {
  const view = viewOf(bytes)
  let at = 0
  while (at + 8 <= bytes.length && BOX.test(text(bytes, at + 4, at + 8))) {
    const length = view.getUint32(at)
    // Up to the end of the file, which only the last box may say.
    if (length === 0) return bytes.length
    // Lengths of 64 bits are for films.
    if (length < 8) return null
    if (at + length > bytes.length) return null
    at += length
  }
  return at
}

const ENDS: Readonly<Record<PhotoKind, (bytes: Uint8Array) => number | null>> = {
  jpeg: endOfJpeg,
  png: endOfPng,
  webp: endOfWebp,
  avif: endOfAvif,
}

/** By its first bytes; 'heic' is known and cannot be read here. */
function kindOf(bytes: Uint8Array): PhotoKind | 'heic' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'webp'
  if (text(bytes, 4, 8) !== 'ftyp') return null
  const brands = text(bytes, 8, Math.min(bytes.length, 64))
  if (/avi[fs]/.test(brands)) return 'avif'
  return /hei[cxms]|hev[cxms]|mif1|msf1/.test(brands) ? 'heic' : null
}

/** Beginnings of what a browser or a computer would run or unpack. Telephones put films behind photographs: those may stay. */
const OTHER_FILES =
  /PK\x03\x04|PK\x05\x06|%PDF-|Rar!|7z\xbc\xaf|MZ\x90|\x7fELF|<script|<html|<svg|<!doctype|<\?php/i

export type Looked = { ok: true; kind: PhotoKind } | { ok: false; why: Refusal }

/**
 * A first look, without unpacking anything. What comes after the end of the picture is thrown away when it is kept; a file
 * that is made to be two things at once is refused, because nobody makes one by mistake.
 */
export function lookAt(bytes: Uint8Array | null): Looked {
  if (bytes === null) return { ok: false, why: 'missing' }
  if (bytes.length === 0) return { ok: false, why: 'empty' }
  if (bytes.length > MOST_BYTES) return { ok: false, why: 'too_large' }
  const kind = kindOf(bytes)
  if (kind === null) return { ok: false, why: 'not_known' }
  if (kind === 'heic') return { ok: false, why: 'heic' }
  const end = bytes.length < 32 ? null : ENDS[kind](bytes)
  if (end === null) return { ok: false, why: 'breaks_off' }
  const behind = Buffer.from(bytes.buffer, bytes.byteOffset + end, bytes.length - end).toString('latin1')
  return OTHER_FILES.test(behind) ? { ok: false, why: 'two_in_one' } : { ok: true, kind }
}

/** Whether a picture of this size is unpacked at all; null when it is. */
export function refusesSize(width: number, height: number, frames: number): Refusal | null {
  if (frames > 1) return 'moves'
  if (width * height > MOST_PIXELS) return 'too_many_pixels'
  if (Math.min(width, height) < LEAST_SIDE) return 'too_small'
  return Math.max(width, height) > LONGEST_TO_SHORTEST * Math.min(width, height) ? 'too_long' : null
}

/** The widths that are made of a picture so wide: never more than it has, and none that hardly differs from the largest. */
export function widthsFor(width: number): number[] {
  const largest = Math.min(width, LARGEST_WIDTH)
  return [...WIDTHS.filter((one) => one < largest * 0.9), largest]
}

/** How a picture that was taken with the camera turned is put upright: mirrored, then turned clockwise (EXIF 2.3, 4.6.4). */
export const UPRIGHT: Readonly<Record<number, { turn: 0 | 90 | 180 | 270; mirror?: 'flip' | 'flop' }>> = {
  1: { turn: 0 },
  2: { turn: 0, mirror: 'flop' },
  3: { turn: 180 },
  4: { turn: 0, mirror: 'flip' },
  5: { turn: 90, mirror: 'flip' },
  6: { turn: 90 },
  7: { turn: 90, mirror: 'flop' },
  8: { turn: 270 },
}

/** A file's key: of this photograph alone, so that taking it away never takes another's. */
export const keyText = (photoId: string, hash: string, width: number): string =>
  `photos/${photoId}-${hash.slice(0, 16)}-${String(width)}.webp`
