/**
 * Unpacks a WOFF2 font into the TrueType that it was made from, so that a PDF can hold it: the library that writes PDFs reads
 * WOFF2 but cannot take single letters out of it. Source: WOFF File Format 2.0 (W3C), sections 4 and 5; only what fonts with
 * TrueType outlines need.
 */
import { brotliDecompressSync } from 'node:zlib'

// prettier-ignore
const KNOWN_TAGS = [
  'cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca', 'prep', 'CFF ', 'VORG', 'EBDT',
  'EBLC', 'gasp', 'hdmx', 'kern', 'LTSH', 'PCLT', 'VDMX', 'vhea', 'vmtx', 'BASE', 'GDEF', 'GPOS', 'GSUB', 'EBSC', 'JSTF', 'MATH',
  'CBDT', 'CBLC', 'COLR', 'CPAL', 'SVG ', 'sbix', 'acnt', 'avar', 'bdat', 'bloc', 'bsln', 'cvar', 'fdsc', 'feat', 'fmtx', 'fvar',
  'gvar', 'hsty', 'just', 'lcar', 'mort', 'morx', 'opbd', 'prop', 'trak', 'Zapf', 'Silf', 'Glat', 'Gloc', 'Feat', 'Sill',
] as const

class Reader {
  at = 0
  readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  u8(): number {
    return this.bytes.readUInt8(this.at++)
  }
  u16(): number {
    this.at += 2
    return this.bytes.readUInt16BE(this.at - 2)
  }
  i16(): number {
    this.at += 2
    return this.bytes.readInt16BE(this.at - 2)
  }
  u32(): number {
    this.at += 4
    return this.bytes.readUInt32BE(this.at - 4)
  }
  take(length: number): Buffer {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
  part(length: number): Reader {
    return new Reader(this.take(length))
  }
  /** UIntBase128: seven bits a byte. */
  base128(): number {
    let value = 0
    for (let i = 0; i < 5; i += 1) {
      const byte = this.u8()
      value = value * 128 + (byte & 0x7f)
      if ((byte & 0x80) === 0) return value
    }
    throw new Error('not a WOFF2 font')
  }
  /** 255UInt16: one byte for what is small. */
  short(): number {
    const code = this.u8()
    if (code === 253) return this.u16()
    if (code === 254) return this.u8() + 506
    if (code === 255) return this.u8() + 253
    return code
  }
}

interface Table {
  tag: string
  transformed: boolean
  length: number
}

function readDirectory(reader: Reader, count: number): Table[] {
  return Array.from({ length: count }, () => {
    const flags = reader.u8()
    const tag = KNOWN_TAGS[flags & 0x3f] ?? reader.take(4).toString('latin1')
    const version = flags >> 6
    const original = reader.base128()
    const glyphs = tag === 'glyf' || tag === 'loca'
    const transformed = glyphs ? version === 0 : version !== 0
    return { tag, transformed, length: transformed ? reader.base128() : original }
  })
}

/** @throws Error when it is no WOFF2 font with TrueType outlines */
export function unpackWoff2(file: Buffer): Buffer {
  const reader = new Reader(file)
  if (reader.take(4).toString('latin1') !== 'wOF2') throw new Error('not a WOFF2 font')
  const flavour = reader.u32()
  reader.at = 12
  const count = reader.u16()
  reader.at = 20
  const packed = reader.u32()
  reader.at = 48
  const directory = readDirectory(reader, count)
  const data = new Reader(brotliDecompressSync(reader.take(packed)))
  const tables = new Map<string, Buffer>()
  for (const { tag, transformed, length } of directory) {
    const bytes = data.take(length)
    if (!transformed) tables.set(tag, bytes)
    else if (tag === 'glyf') {
      const { glyf, loca } = rebuildGlyphs(new Reader(bytes))
      tables.set('glyf', glyf)
      tables.set('loca', loca)
    } else if (tag !== 'loca') throw new Error('this table of a WOFF2 font is packed in a way we do not know')
  }
  const head = Buffer.from(tables.get('head') ?? Buffer.alloc(54))
  // Offsets of glyphs are written long.
  head.writeInt16BE(1, 50)
  tables.set('head', head)
  return writeFont(flavour, tables)
}

interface Point {
  x: number
  y: number
  on: boolean
}

/** The outlines, which WOFF2 keeps as seven streams. */
function rebuildGlyphs(reader: Reader): { glyf: Buffer; loca: Buffer } {
  reader.at = 4
  const count = reader.u16()
  reader.at = 8
  const lengths = Array.from({ length: 7 }, () => reader.u32())
  const [contours, sizes, flags, points, composites, boxes, programs] = lengths.map((length) =>
    reader.part(length),
  )
  if (!contours || !sizes || !flags || !points || !composites || !boxes || !programs)
    throw new Error('not a WOFF2 font')
  const bitmap = boxes.take(((count + 31) >> 5) << 2)
  const glyphs: Buffer[] = []
  const offsets: number[] = [0]
  let offset = 0
  for (let id = 0; id < count; id += 1) {
    const ends = contours.i16()
    const box = ((bitmap[id >> 3] ?? 0) & (0x80 >> (id & 7))) === 0 ? null : boxes.take(8)
    const glyph =
      ends === 0
        ? Buffer.alloc(0)
        : ends > 0
          ? simpleGlyph(ends, box, { sizes, flags, points, programs })
          : compositeGlyph(box, { composites, points, programs })
    const padded = Buffer.concat([glyph, Buffer.alloc((4 - (glyph.length % 4)) % 4)])
    glyphs.push(padded)
    offset += padded.length
    offsets.push(offset)
  }
  const loca = Buffer.alloc(offsets.length * 4)
  offsets.forEach((value, at) => loca.writeUInt32BE(value, at * 4))
  return { glyf: Buffer.concat(glyphs), loca }
}

function simpleGlyph(
  contours: number,
  box: Buffer | null,
  from: { sizes: Reader; flags: Reader; points: Reader; programs: Reader },
): Buffer {
  const ends: number[] = []
  let total = 0
  for (let i = 0; i < contours; i += 1) {
    total += from.sizes.short()
    ends.push(total - 1)
  }
  const points = readPoints(total, from.flags, from.points)
  const program = from.programs.take(from.points.short())
  const out = Buffer.alloc(10 + ends.length * 2 + 2 + program.length + points.length * 5)
  out.writeInt16BE(contours, 0)
  ;(box ?? boxOf(points)).copy(out, 2)
  let at = 10
  for (const end of ends) at = out.writeUInt16BE(end, at)
  at = out.writeUInt16BE(program.length, at)
  at += program.copy(out, at)
  // Every step is written as a whole number of two bytes: larger than need be, and plain.
  for (const point of points) at = out.writeUInt8(point.on ? 1 : 0, at)
  for (const axis of ['x', 'y'] as const) {
    let last = 0
    for (const point of points) {
      at = out.writeInt16BE(point[axis] - last, at)
      last = point[axis]
    }
  }
  return out
}

function boxOf(points: readonly Point[]): Buffer {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const box = Buffer.alloc(8)
  ;[Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].forEach((value, i) =>
    box.writeInt16BE(value, i * 2),
  )
  return box
}

/** Steps from point to point, one to four bytes each; the flag says how many and with which sign. */
function readPoints(count: number, flags: Reader, steps: Reader): Point[] {
  const points: Point[] = []
  let [x, y] = [0, 0]
  const signed = (positive: number, value: number): number => ((positive & 1) === 1 ? value : -value)
  for (let i = 0; i < count; i += 1) {
    const byte = flags.u8()
    const flag = byte & 0x7f
    let [dx, dy] = [0, 0]
    if (flag < 10) dy = signed(flag, ((flag & 14) << 7) + steps.u8())
    else if (flag < 20) dx = signed(flag, (((flag - 10) & 14) << 7) + steps.u8())
    else if (flag < 84) {
      const [b0, b1] = [flag - 20, steps.u8()]
      dx = signed(flag, 1 + (b0 & 0x30) + (b1 >> 4))
      dy = signed(flag >> 1, 1 + ((b0 & 0x0c) << 2) + (b1 & 0x0f))
    } else if (flag < 120) {
      const b0 = flag - 84
      dx = signed(flag, 1 + (Math.floor(b0 / 12) << 8) + steps.u8())
      dy = signed(flag >> 1, 1 + (((b0 % 12) >> 2) << 8) + steps.u8())
    } else if (flag < 124) {
      const [b1, b2, b3] = [steps.u8(), steps.u8(), steps.u8()]
      dx = signed(flag, (b1 << 4) + (b2 >> 4))
      dy = signed(flag >> 1, ((b2 & 0x0f) << 8) + b3)
    } else {
      dx = signed(flag, steps.u16())
      dy = signed(flag >> 1, steps.u16())
    }
    x += dx
    y += dy
    points.push({ x, y, on: byte >> 7 === 0 })
  }
  return points
}

/** A letter made of others: kept as it is, but for the program, which stands elsewhere. */
function compositeGlyph(
  box: Buffer | null,
  from: { composites: Reader; points: Reader; programs: Reader },
): Buffer {
  const { composites } = from
  const start = composites.at
  let [more, hasProgram] = [true, false]
  while (more) {
    const flags = composites.u16()
    composites.at += 2 + ((flags & 1) === 0 ? 2 : 4)
    composites.at += (flags & 0x08) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0
    more = (flags & 0x20) !== 0
    hasProgram ||= (flags & 0x100) !== 0
  }
  const parts = composites.bytes.subarray(start, composites.at)
  const head = Buffer.alloc(10)
  head.writeInt16BE(-1, 0)
  box?.copy(head, 2)
  if (!hasProgram) return Buffer.concat([head, parts])
  const program = from.programs.take(from.points.short())
  const length = Buffer.alloc(2)
  length.writeUInt16BE(program.length, 0)
  return Buffer.concat([head, parts, length, program])
}

function writeFont(flavour: number, tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  const head = Buffer.alloc(12 + sorted.length * 16)
  head.writeUInt32BE(flavour, 0)
  head.writeUInt16BE(sorted.length, 4)
  let offset = head.length
  const bodies = sorted.map(([tag, bytes], i) => {
    const entry = 12 + i * 16
    head.write(tag, entry, 'latin1')
    head.writeUInt32BE(offset, entry + 8)
    head.writeUInt32BE(bytes.length, entry + 12)
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
    offset += padded.length
    return padded
  })
  return Buffer.concat([head, ...bodies])
}
