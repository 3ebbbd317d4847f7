import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sourceLines, UnreadableFile, type Encoding } from '#services/imports/source-lines.ts'
import { collect, inPieces } from './reading.ts'

const read = (bytes: Uint8Array | string, size = 7, longest = 40, encoding: Encoding = 'utf-8') =>
  collect(sourceLines(inPieces(bytes, size), { longest, encoding }))

describe('the lines of a file', () => {
  test('are numbered from 1, blank ones counted and passed over, whatever ends them', async () => {
    expect(await read('one\r\n\r\ntwo\n \nthree')).toEqual([
      { number: 1, text: 'one' },
      { number: 3, text: 'two' },
      { number: 5, text: 'three' },
    ])
  })

  test('a byte-order mark is no part of the first', async () => {
    expect(await read('\ufeffone\ntwo')).toEqual([
      { number: 1, text: 'one' },
      { number: 2, text: 'two' },
    ])
  })

  test('one that is too long costs itself alone, at the start, in the middle and at the end', async () => {
    const long = 'x'.repeat(200)
    const problems = await read(`${long}\nshort\n${long}\nshort\n${long}`)
    expect(problems.map(({ number, problem }) => [number, problem])).toEqual([
      [1, 'too_long'],
      [2, undefined],
      [3, 'too_long'],
      [4, undefined],
      [5, 'too_long'],
    ])
  })

  test('one that holds a null byte, or is not UTF-8, costs itself alone', async () => {
    const bytes = Buffer.concat([
      Buffer.from('good\nnu\0ll\n'),
      Buffer.from([0x63, 0xe9, 0x0a]),
      Buffer.from('good'),
    ])
    expect((await read(bytes, 64)).map(({ number, problem }) => [number, problem])).toEqual([
      [1, undefined],
      [2, 'null_byte'],
      [3, 'not_utf8'],
      [4, undefined],
    ])
  })

  test('Windows-1252 is read when asked for', async () => {
    expect(await read(Buffer.from([0x63, 0xe9, 0x0a]), 64, 40, 'windows-1252')).toEqual([
      { number: 1, text: 'cé' },
    ])
  })

  test.each([
    ['a zip file', Buffer.from('PK\u0003\u0004rest')],
    ['a gzip file', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
    ['UTF-16', Buffer.from('\ufeffone', 'utf16le')],
  ])('%s is refused with a sentence', async (_name, bytes) => {
    await expect(read(bytes, 64)).rejects.toBeInstanceOf(UnreadableFile)
  })

  test('are the same however the bytes arrive', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((noise) => Uint8Array.from([0x61, ...noise]))
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', '\r', '\n', '\0', '🧵'),
      maxLength: 200,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes,
          text.map((t) => Buffer.from(`a${t}`)),
        ),
        fc.integer({ min: 1, max: 50 }),
        async (input, size) => {
          expect(await read(input, size, 4_000)).toEqual(await read(input, 10_000, 4_000))
        },
      ),
    )
  })
})
