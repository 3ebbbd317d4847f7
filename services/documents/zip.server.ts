/** Several files as one (PKWARE APPNOTE 6.3, without its later additions): for whoever takes a whole pack in one press. */
import { crc32, deflateRawSync } from 'node:zlib'
import { type Temporal, inLondon } from '#services/kernel/time.ts'

export interface ZipEntry {
  /** With folders, in plain letters: 'invoices/WCC-0042.pdf'. */
  name: string
  bytes: Uint8Array
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** The version that reads deflated files; names are UTF-8. */
const VERSION = 20
const UTF8 = 0x0800
const DEFLATE = 8

/** MS-DOS time and date, in London. */
function dosMoment(at: Temporal.Instant): { time: number; date: number } {
  const wall = inLondon(at)
  return {
    time: (wall.hour << 11) | (wall.minute << 5) | (wall.second >> 1),
    date: ((wall.year - 1980) << 9) | (wall.month << 5) | wall.day,
  }
}

/** The same files at the same moment are the same bytes. */
export function makeZip(entries: readonly ZipEntry[], at: Temporal.Instant): Buffer {
  const { time, date } = dosMoment(at)
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const letters = Buffer.from(name, 'utf8')
    const packed = deflateRawSync(bytes)
    /** What both headers say, after their signature and versions. */
    const common = Buffer.alloc(26)
    common.writeUInt16LE(VERSION, 0)
    common.writeUInt16LE(UTF8, 2)
    common.writeUInt16LE(DEFLATE, 4)
    common.writeUInt16LE(time, 6)
    common.writeUInt16LE(date, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(letters.length, 22)
    const local = Buffer.alloc(4)
    local.writeUInt32LE(LOCAL)
    const head = Buffer.alloc(6)
    head.writeUInt32LE(CENTRAL)
    head.writeUInt16LE(VERSION, 4)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(head, common, tail, letters)
    parts.push(local, common, letters, packed)
    offset += local.length + common.length + letters.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}
