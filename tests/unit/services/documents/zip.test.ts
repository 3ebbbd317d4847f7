import { inflateRawSync, crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeZip } from '#services/documents/zip.server.ts'
import { Temporal } from '#services/kernel/time.ts'

const AT = Temporal.Instant.from('2026-11-28T10:00:00Z')

/** Read by its directory, as a program that opens it does. */
function readZip(file: Buffer): { name: string; bytes: Buffer }[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    expect(file.readUInt32LE(at)).toBe(0x02014b50)
    const [sum, packed, whole, letters] = [
      file.readUInt32LE(at + 16),
      file.readUInt32LE(at + 20),
      file.readUInt32LE(at + 24),
      file.readUInt16LE(at + 28),
    ]
    const from = file.readUInt32LE(at + 42)
    const name = file.subarray(at + 46, at + 46 + letters).toString('utf8')
    at += 46 + letters
    expect(file.readUInt32LE(from)).toBe(0x04034b50)
    const start = from + 30 + file.readUInt16LE(from + 26)
    const bytes = inflateRawSync(file.subarray(start, start + packed))
    expect([bytes.length, crc32(bytes)]).toEqual([whole, sum])
    return { name, bytes }
  })
}

test('whatever is put in comes out, in its order', () => {
  const entry = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}\/[\wé-]{1,20}\.pdf$/),
    bytes: fc.uint8Array(),
  })
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
      const read = readZip(makeZip(entries, AT))
      expect(read.map(({ name, bytes }) => [name, [...bytes]])).toEqual(
        entries.map(({ name, bytes }) => [name, [...bytes]]),
      )
    }),
  )
})

test('the same at the same moment is the same file', () => {
  const entries = [{ name: 'pack.pdf', bytes: Buffer.from('a paper') }]
  expect(makeZip(entries, AT)).toEqual(makeZip(entries, AT))
})
