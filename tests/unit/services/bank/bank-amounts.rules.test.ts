import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAmount, readDay } from '#services/bank/bank-amounts.rules.ts'

describe('an amount as a bank writes it', () => {
  test.each([
    ['27.50', 2_750],
    ['-27.50', -2_750],
    ['−27.50', -2_750],
    ['+27.50', 2_750],
    ['27.50-', -2_750],
    ['(27.50)', -2_750],
    ['27.50 DR', -2_750],
    ['27.50CR', 2_750],
    ['£1,250.00', 125_000],
    ['-£1,250', -125_000],
    ['£-1,250', -125_000],
    ['1,234,567.89', 123_456_789],
    ['420', 42_000],
    ['27.5', 2_750],
    ['.50', 50],
    ['0.00', 0],
    ['-0.00', 0],
    [' 12.00 GBP ', 1_200],
    ['１２.００', 1_200],
  ])('%s', (text, value) => {
    expect(readAmount(text)).toEqual({ ok: true, value })
  })

  test.each([
    ['', /no amount/],
    ['   ', /no amount/],
    ['£', /no amount/],
    ['27.505', /more than two decimals/],
    ['1,250.000', /more than two decimals/],
    ['12345678901234567890', /larger than any account/],
    ['12345678901234567890.00', /larger than any account/],
    ['99,999,999.99', /larger than any account/],
    ['12,34', /not one that can be read/],
    ['1,2345.00', /not one that can be read/],
    ['1.250,00', /not one that can be read/],
    ['1 250,00', /not one that can be read/],
    ['12.', /not one that can be read/],
    ['.', /not one that can be read/],
    ['-', /not one that can be read/],
    ['1e5', /not one that can be read/],
    ['0x10', /not one that can be read/],
    ['twelve', /not one that can be read/],
    ['$12.00', /not one that can be read/],
    ['--5.00', /two signs|not one that can be read/],
    ['-5.00-', /two signs/],
    ['(-5.00)', /two signs/],
    ['-5.00 DR', /two signs/],
    ['5.00 CR DR', /two signs|not one that can be read/],
  ])('%j is refused', (text, why) => {
    const read = readAmount(text)
    expect(read).toMatchObject({ ok: false })
    expect(read.ok ? '' : read.why).toMatch(why)
  })

  test('whatever is written is read back to the penny, in every style', () => {
    const style = fc.constantFrom(
      (size: string, below: boolean) => (below ? `-${size}` : size),
      (size: string, below: boolean) => (below ? `(${size})` : size),
      (size: string, below: boolean) => `${size} ${below ? 'DR' : 'CR'}`,
      (size: string, below: boolean) => (below ? `${size}-` : `+${size}`),
      (size: string, below: boolean) => (below ? `-£${size}` : `£${size}`),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
        style,
        fc.boolean(),
        (amount, write, commas) => {
          const size = new Intl.NumberFormat('en-GB', {
            minimumFractionDigits: 2,
            useGrouping: commas,
          }).format(Math.abs(amount) / 100)
          expect(readAmount(write(size, amount < 0))).toEqual({ ok: true, value: amount })
        },
      ),
    )
  })

  test('no text at all makes it throw, and what it reads is whole pence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+(]?[\d,.]{0,24}[)-]?( ?[CD]R)?$/)), (text) => {
        const read = readAmount(text)
        if (read.ok) expect(Number.isSafeInteger(read.value)).toBe(true)
        else expect(read.why).not.toBe('')
      }),
    )
  })
})

describe('a day as a bank writes it', () => {
  test.each([
    ['02/12/2026', '2026-12-02'],
    ['2/1/2026', '2026-01-02'],
    ['02-12-2026', '2026-12-02'],
    ['02.12.2026', '2026-12-02'],
    ['2026-12-02', '2026-12-02'],
    ['2026-12-02T09:15:00Z', '2026-12-02'],
    ['2026-12-02 09:15:00', '2026-12-02'],
    ['02/12/2026 09:15', '2026-12-02'],
    ['02 Dec 2026', '2026-12-02'],
    ['2-Sept-2026', '2026-09-02'],
    ['2nd December 2026', '2026-12-02'],
    ['29/02/2028', '2028-02-29'],
    // The nights on which the clocks change are days like others.
    ['29/03/2026', '2026-03-29'],
    ['25/10/2026', '2026-10-25'],
    // And so are the ends of a tax year.
    ['05/04/2027', '2027-04-05'],
  ])('%s', (text, day) => {
    const read = readDay(text)
    expect(read.ok ? read.value.toString() : read.why).toBe(day)
  })
  test.each([
    ['', /no date/],
    ['02/12/26', /not one that can be read/],
    ['12/31/2026', /does not exist/],
    ['31/11/2026', /does not exist/],
    ['29/02/2027', /does not exist/],
    ['02 Dez 2026', /not one that can be read/],
    ['02/12/1926', /not one that can be read/],
    ['2026', /not one that can be read/],
    ['Total', /not one that can be read/],
    ['46358', /not one that can be read/],
  ])('%j is refused', (text, why) => {
    const read = readDay(text)
    expect(read.ok ? '' : read.why).toMatch(why)
  })
})
