import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonElements, type JsonShape } from '#services/imports/json-elements.ts'
import { UnreadableFile } from '#services/imports/source-lines.ts'
import { collect, inPieces } from './reading.ts'

const read = (text: string | Uint8Array, shape: JsonShape, size = 5, longest = 500) =>
  collect(jsonElements(inPieces(text, size), { shape, longest }))

describe('records of a JSON document', () => {
  test('a list, each numbered by the line it starts on', async () => {
    expect(await read('[\n  {"a": "]}\\""},\n  {"b": {"c": [1, 2]}}\n]', 'array')).toEqual([
      { number: 2, text: '{"a": "]}\\""}' },
      { number: 3, text: '{"b": {"c": [1, 2]}}' },
    ])
  })

  test('a list under "locations", with facts about the list before and after it', async () => {
    const text =
      '{"total": 2, "page": {"locations": [0]}, "locations": [{"a":1},\n{"a":2}], "nextPageUri": "/[{"}'
    expect(await read(text, 'wrapper')).toEqual([
      { number: 1, text: '{"a":1}' },
      { number: 2, text: '{"a":2}' },
    ])
  })

  test('objects one after the other, over several lines', async () => {
    expect(await read('{\n"a":1\n}\n{"a":\n2}', 'objects')).toEqual([
      { number: 1, text: '{\n"a":1\n}' },
      { number: 4, text: '{"a":\n2}' },
    ])
  })

  test('values that are no records come out as they are, to be reported', async () => {
    expect((await read('[1, "two", null, [3], {"a":4}]', 'array')).map(({ text }) => text)).toEqual([
      '1',
      '"two"',
      'null',
      '[3]',
      '{"a":4}',
    ])
  })

  test('one that is too long costs itself alone', async () => {
    const long = `{"a": "${'x'.repeat(600)}"}`
    expect((await read(`[${long}, {"b":1}]`, 'array')).map(({ problem, text }) => problem ?? text)).toEqual([
      'too_long',
      '{"b":1}',
    ])
  })

  test('a document that ends inside a record says on which line that record starts', async () => {
    await expect(read('[{"a":1},\n{"b":', 'array')).rejects.toThrow(/record that starts on line 2/)
  })

  test('a document without a list is refused', async () => {
    await expect(read('{"places": [{"a":1}]}', 'wrapper')).rejects.toBeInstanceOf(UnreadableFile)
  })

  test('any list of values comes back whole, however the bytes arrive', async () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.constantFrom(undefined, 2),
        fc.integer({ min: 1, max: 40 }),
        async (values, indent, size) => {
          const back = async (text: string, shape: JsonShape) =>
            (await read(text, shape, size, 100_000)).map((element) => JSON.parse(element.text) as unknown)
          const expected = JSON.parse(JSON.stringify(values)) as unknown
          expect(await back(JSON.stringify(values, null, indent), 'array')).toEqual(expected)
          expect(
            await back(JSON.stringify({ total: 1, locations: values, next: '"' }, null, indent), 'wrapper'),
          ).toEqual(expected)
        },
      ),
    )
  })

  test('arbitrary bytes end in records or in a sentence', async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from([0x20, ...bytes])),
      fc
        .string({
          unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '1', '\n'),
          maxLength: 100,
        })
        .map((text) => Buffer.from(` ${text}`)),
    )
    await fc.assert(
      fc.asyncProperty(
        noise,
        fc.constantFrom<JsonShape>('array', 'wrapper', 'objects'),
        async (bytes, shape) => {
          try {
            await read(bytes, shape)
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableFile)
          }
        },
      ),
    )
  })
})
