import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_BYTES, attachment, checkFile, safeName } from '#services/purchases/evidence.rules.ts'
import { jpeg, pdf, png } from '#tests/factories/papers.ts'

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

describe('what a file is', () => {
  test.each([
    ['a PNG', png(), 'image/png'],
    ['a JPEG', jpeg(), 'image/jpeg'],
    ['a PDF', pdf(), 'application/pdf'],
    ['a PDF with a line after its end', text('%PDF-2.0\nstartxref\n9\n%%EOF\n\n\n'), 'application/pdf'],
  ])('%s is known by its content', (_what, bytes, kind) => {
    expect(checkFile(bytes)).toEqual({ ok: true, kind })
  })

  test.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['a page that calls itself a picture', text('<!doctype html><script>alert(1)</script>'), 'not_known'],
    ['a programme', Uint8Array.from([0x4d, 0x5a, 0x90, 0x00]), 'not_known'],
    ['a drawing with script', text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'not_known'],
    ['a page with a PDF behind it', text('<html>%PDF-1.4 startxref 9 %%EOF'), 'not_known'],
    ['a PDF of no known version', text('%PDF-9.9\nstartxref\n9\n%%EOF'), 'not_known'],
    ['the beginning of a PNG alone', png().slice(0, 8), 'breaks_off'],
    ['a PNG without a picture', Uint8Array.from([...png().slice(0, 33), ...png().slice(-12)]), 'not_known'],
    [
      'a PNG whose first part is another',
      Uint8Array.from([...png().slice(0, 8), ...png().slice(33)]),
      'not_known',
    ],
    ['a JPEG of its first bytes', jpeg().slice(0, 4), 'breaks_off'],
    [
      'a JPEG that is no JPEG behind its mark',
      Uint8Array.from([0xff, 0xd8, 0xff, 0x01, 0, 4, 0, 0]),
      'not_known',
    ],
    ['more than 5 MB', new Uint8Array(MOST_BYTES + 1), 'too_large'],
  ])('%s is refused', (_what, bytes, why) => {
    expect(checkFile(bytes)).toEqual({ ok: false, why })
  })

  test('a file that breaks off anywhere is refused', () => {
    for (const whole of [png(), jpeg(), pdf()])
      // The line end after a PDF's last mark is no part of it.
      for (let length = 0; length < whole.length - 1; length += 1)
        expect([length, checkFile(whole.slice(0, length)).ok]).toEqual([length, false])
  })

  test('whatever the bytes, there is an answer', () => {
    const starts = [[], [0xff, 0xd8, 0xff], [...png().slice(0, 8)], [...text('%PDF-1.')]]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        expect(typeof checkFile(Uint8Array.from([...start, ...rest])).ok).toBe('boolean')
      }),
    )
  })
})

describe('the name it is kept under', () => {
  test.each([
    ['receipt.html', 'image/png', 'receipt.png'],
    ['../../etc/passwd', 'application/pdf', 'passwd.pdf'],
    ['C:\\Users\\Joan\\till roll.jpeg', 'image/jpeg', 'till roll.jpg'],
    ['<script>alert(1)</script>.png', 'image/png', 'script.png'],
    ['quittung\r\nX: y.pdf', 'application/pdf', 'quittungX y.pdf'],
    ['\u202Egnp.exe', 'image/png', 'gnp.png'],
    ['', 'image/png', 'receipt.png'],
    ['café “till”.pdf', 'application/pdf', 'café till.pdf'],
  ] as const)('“%s” of %s is “%s”', (name, kind, kept) => {
    expect(safeName(name, kind)).toBe(kept)
  })
  test('is a header that nothing can break out of, to be kept and not shown', () => {
    expect(attachment('café till.pdf')).toBe(
      `attachment; filename="caf_ till.pdf"; filename*=UTF-8''caf%C3%A9%20till.pdf`,
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const header = attachment(safeName(name, 'image/png'))
        expect(header).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/)
      }),
    )
  })
})
