import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecords } from '#services/imports/csv-records.ts'
import { sourceLines } from '#services/imports/source-lines.ts'
import { collect, inPieces } from './reading.ts'

const read = (text: string | Uint8Array, multiline = false, size = 16) =>
  collect(csvRecords(sourceLines(inPieces(text, size), { longest: 1_000 }), { multiline }))

describe('CSV records', () => {
  test('quoted cells, doubled quotes and empty cells', async () => {
    expect(await read('"OL1 1AA",10,"","say ""hello""",\nb,"c,d"\n')).toEqual([
      { number: 1, cells: ['OL1 1AA', '10', '', 'say "hello"', ''] },
      { number: 2, cells: ['b', 'c,d'] },
    ])
  })

  test('a quote that is never closed costs that line alone', async () => {
    expect(await read('a,b\n"c,d\ne,f\n')).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 2, problem: 'bad_quotes' },
      { number: 3, cells: ['e', 'f'] },
    ])
  })

  test('a quote in the wrong place costs that line alone', async () => {
    expect(await read('a,b\nc "d" e,f\ng,h\n')).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 2, problem: 'bad_quotes' },
      { number: 3, cells: ['g', 'h'] },
    ])
  })

  test('a quoted cell may run over lines where the file is of that kind', async () => {
    expect(await read('a,"b\r\nstill b",c\nd,e,f\n', true)).toEqual([
      { number: 1, cells: ['a', 'b\nstill b', 'c'] },
      { number: 3, cells: ['d', 'e', 'f'] },
    ])
  })

  test('there too an open quote swallows nothing: each line is read or reported', async () => {
    const rest = Array.from({ length: 40 }, (_, index) => `row${String(index)},x`).join('\n')
    const records = await read(`a,"b\n${rest}\n`, true)
    expect(records[0]).toEqual({ number: 1, problem: 'bad_quotes' })
    expect(records).toHaveLength(41)
    expect(records.slice(1).every((record) => record.problem === undefined)).toBe(true)
  })

  test('lines taken together by mistake are reported apart', async () => {
    expect(await read('a,"b\nc,d\ne"f,g\nh,i\n', true)).toEqual([
      { number: 1, problem: 'bad_quotes' },
      { number: 2, cells: ['c', 'd'] },
      { number: 3, problem: 'bad_quotes' },
      { number: 4, cells: ['h', 'i'] },
    ])
  })

  test('arbitrary bytes never throw, and every line is accounted for in order', async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from([0x61, ...bytes])),
      fc
        .string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0', '\ud800', '€'), maxLength: 200 })
        .map((text) => Buffer.from(`a${text}`)),
    )
    await fc.assert(
      fc.asyncProperty(
        noise,
        fc.boolean(),
        fc.integer({ min: 1, max: 64 }),
        async (bytes, multiline, size) => {
          const records = await read(bytes, multiline, size)
          const numbers = records.map(({ number }) => number)
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
          if (multiline) return
          const lines = await collect(sourceLines(inPieces(bytes, size), { longest: 1_000 }))
          expect(numbers).toEqual(lines.map(({ number }) => number))
        },
      ),
    )
  })
})
