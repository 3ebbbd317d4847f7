import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  MOST_BYTES,
  REFUSAL_WORDS,
  keyText,
  lookAt,
  refusesSize,
  widthsFor,
} from '#services/photos/photo.rules.ts'
import { addPhotoSchema, altSchema } from '#services/photos/photo.schema.ts'
import { fileKey } from '#services/ports/files.ts'
import {
  avif,
  bomb,
  gif,
  jpeg,
  moving,
  png,
  svgWithScript,
  webp,
  withPlace,
  zip,
} from '#tests/support/pictures.ts'

const why = (bytes: Uint8Array | null): string => {
  const looked = lookAt(bytes)
  return looked.ok ? looked.kind : looked.why
}
const join = (...parts: (Buffer | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))

describe('a first look at what was sent', () => {
  test('knows photographs by their content', async () => {
    expect(why(await jpeg())).toBe('jpeg')
    expect(why(await withPlace())).toBe('jpeg')
    expect(why(await png())).toBe('png')
    expect(why(await webp())).toBe('webp')
    expect(why(await avif())).toBe('avif')
    // What it unpacks to is asked later.
    expect(why(bomb(20_000, 20_000))).toBe('png')
    expect(why(await moving())).toBe('webp')
  })
  test('knows what is none', async () => {
    expect(why(null)).toBe('missing')
    expect(why(new Uint8Array())).toBe('empty')
    expect(why(new Uint8Array(MOST_BYTES + 1))).toBe('too_large')
    expect(why(svgWithScript)).toBe('not_known')
    expect(why(await gif())).toBe('not_known')
    expect(why(zip)).toBe('not_known')
    expect(why(Buffer.from('Just some words, called photo.jpg'))).toBe('not_known')
    expect(why(Buffer.from('%PDF-1.7 …'))).toBe('not_known')
    expect(why(join('\0\0\0\x18ftypheic\0\0\0\0mif1heic', Buffer.alloc(40)))).toBe('heic')
  })
  test.each([
    ['JPEG', jpeg],
    ['PNG', png],
    ['WebP', webp],
    ['AVIF', avif],
  ])('a %s whose end is missing is not whole, wherever it breaks off', async (_name, make) => {
    const whole = await make()
    for (const share of [0.02, 0.3, 0.7, 0.99]) {
      const part = whole.subarray(0, Math.max(16, Math.floor(whole.length * share)))
      expect(why(part), `${String(share)} of it`).toBe('breaks_off')
    }
    expect(why(whole.subarray(0, whole.length - 1))).toBe('breaks_off')
  })
  test.each([
    ['an archive', zip],
    ['a page', '<html><body>'],
    ['a script', '\n<script>alert(1)</script>'],
    ['a drawing', svgWithScript],
    ['a PDF', '%PDF-1.4'],
    ['a program', 'MZ\x90\0'],
  ])('a photograph with %s behind its end is two things in one', async (_name, behind) => {
    for (const whole of [await jpeg(), await png(), await webp(), await avif()])
      expect(why(join(whole, behind))).toBe('two_in_one')
  })
  test('what telephones put behind a photograph may be there: it is not kept', async () => {
    expect(why(join(await jpeg(), '\0\0\0\x18ftypmp42 a short film'))).toBe('jpeg')
    expect(why(join(await jpeg(), await jpeg(300, 300)))).toBe('jpeg')
  })
  test('whatever the bytes, it answers; ten megabytes of nothing are read once, or this would not end', () => {
    const beginnings = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\xff\xff\0\0WEBP', '\0\0\0\x10ftypavif', '']
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), (beginning, rest) => {
        const looked = lookAt(join(beginning, Buffer.from(rest)))
        if (!looked.ok) expect(REFUSAL_WORDS[looked.why]).toMatch(/\.$/)
      }),
    )
    lookAt(join('\xff\xd8\xff', Buffer.alloc(MOST_BYTES - 3, 0xff)))
    lookAt(join('\x89PNG\r\n\x1a\n', Buffer.alloc(MOST_BYTES - 8)))
    lookAt(join('\0\0\0\x10ftypavif\0\0\0\0', Buffer.alloc(MOST_BYTES - 16, 1)))
  })
})

test.each([
  [1200, 800, 1, null],
  [8_660, 5_773, 1, null],
  [20_000, 20_000, 1, 'too_many_pixels'],
  [239, 800, 1, 'too_small'],
  [3_001, 1_000, 1, 'too_long'],
  [1_000, 3_000, 1, null],
  [1200, 800, 2, 'moves'],
])('%i by %i with %i frames: %s', (width, height, frames, expected) => {
  expect(refusesSize(width, height, frames)).toBe(expected)
})

test.each([
  [4_000, [400, 800, 1600]],
  [1_600, [400, 800, 1600]],
  [1_200, [400, 800, 1200]],
  [820, [400, 820]],
  [420, [420]],
  [240, [240]],
])('a picture %i wide is kept in %j, and never made larger', (width, expected) => {
  expect(widthsFor(width)).toEqual(expected)
})

test('a key is one that the files port takes', () => {
  const key = keyText('0193b3f0-0000-7000-8000-000000000000', 'a'.repeat(64), 800)
  expect(fileKey(key)).toBe('photos/0193b3f0-0000-7000-8000-000000000000-aaaaaaaaaaaaaaaa-800.webp')
})

describe('what is said of a photograph', () => {
  test.each(['', '  ', 'ab', 'IMG_2041.JPG', 'img 2041', 'photo', 'DSC-12', 'x'.repeat(201), 'a \u202e b c'])(
    '%j says nothing',
    (words) => {
      expect(altSchema.safeParse(words).success).toBe(false)
    },
  )
  test('one tidy line is kept', () => {
    expect(altSchema.parse('  Two people\r\n digging  a bed ')).toBe('Two people digging a bed')
    expect(altSchema.parse('An image of a dog')).toBe('An image of a dog')
  })
  test('the people in it come first: without their yes there is no photograph', () => {
    for (const consent of ['', 'no', undefined, 'on'])
      expect(addPhotoSchema.safeParse({ alt: 'A garden', consent }).success).toBe(false)
    expect(addPhotoSchema.safeParse({ alt: 'A garden', consent: 'yes' }).success).toBe(true)
  })
})
