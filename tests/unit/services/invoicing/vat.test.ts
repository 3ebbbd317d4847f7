import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import {
  VAT_KINDS,
  rateOf,
  readVatNumber,
  suggestVat,
  supplierOf,
  taxPointOf,
  vatCredited,
  vatIncluded,
  vatOf,
} from '#services/invoicing/vat.rules.ts'

const grosses = fc.integer({ min: 0, max: 100_000_000 }).map(pence)
const rates = fc.constantFrom(0, 500, 1_750, 2_000)
const day = (iso: string) => Temporal.PlainDate.from(iso)
const nobody = { charity: false, publicBody: false, regulated: false }

describe('VAT that is in a price', () => {
  test.each([
    ['£120.00 at 20 % has £20.00 in it', 12_000, 2_000, 2_000],
    ['£27.50 at 20 %: 458.33 pence, so £4.58', 2_750, 2_000, 458],
    ['3 pence at 20 %: half a penny is rounded up', 3, 2_000, 1],
    ['£10.50 at 5 % has 50 pence in it', 1_050, 500, 50],
    ['nothing at no rate', 2_750, 0, 0],
  ])('%s', (_name, gross, bps, vat) => {
    expect(vatIncluded(pence(gross), bps)).toEqual({ net: gross - vat, vat })
  })

  test('net and VAT are the price, to the penny, and neither is below zero', () => {
    fc.assert(
      fc.property(grosses, rates, (gross, bps) => {
        const { net, vat } = vatIncluded(gross, bps)
        expect(net + vat).toBe(gross)
        expect(vat).toBeGreaterThanOrEqual(0)
        expect(net).toBeGreaterThanOrEqual(0)
        // Never further than half a penny from the exact figure.
        expect(Math.abs(vat - (gross * bps) / (10_000 + bps))).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  test('given back in whatever parts, all credits together have exactly the VAT of the line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 }),
        rates,
        (parts, bps) => {
          let before = 0
          let vat = 0
          for (const part of parts) {
            const split = vatCredited(pence(before), pence(part), bps)
            expect(split.net + split.vat).toBe(part)
            expect(Math.min(split.net, split.vat)).toBeGreaterThanOrEqual(0)
            vat += split.vat
            before += part
          }
          expect(vat).toBe(vatIncluded(pence(before), bps).vat)
        },
      ),
    )
  })
})

describe('whose supply has which VAT', () => {
  const supply = { serviceId: 's', category: 'personal_care' }
  const status = { registered: true, welfareExempt: true, serviceVat: {} }

  test('who is not registered charges none, whatever it is', () => {
    for (const serviceVat of VAT_KINDS)
      expect(vatOf(supply, nobody, { ...status, registered: false, serviceVat: { s: serviceVat } })).toBe(
        'outside_scope',
      )
  })

  test.each([
    ['a charity', { ...nobody, charity: true }, 'exempt'],
    ['a public body', { ...nobody, publicBody: true }, 'exempt'],
    ['somebody whom CQC regulates', { ...nobody, regulated: true }, 'exempt'],
    ['anybody else, though they said so', nobody, 'standard'],
  ])('welfare from %s', (_name, supplier, vat) => {
    expect(vatOf(supply, supplier, status)).toBe(vat)
  })

  test('welfare is not exempt where the supplier says that theirs is not', () => {
    expect(suggestVat('personal_care', { ...nobody, charity: true }, false).vat).toBe('standard')
  })

  test('gardening is standard, nursing is exempt, a charity’s advice has the reduced rate', () => {
    const charity = { ...nobody, charity: true }
    expect(suggestVat('technology', charity, true).vat).toBe('standard')
    expect(suggestVat('nursing', nobody, false).vat).toBe('exempt')
    expect(suggestVat('advice_and_information', charity, true).vat).toBe('reduced')
    expect(suggestVat('advice_and_information', nobody, true).vat).toBe('standard')
  })

  test('what the supplier says of a service goes before what we suggest', () => {
    expect(vatOf(supply, { ...nobody, charity: true }, { ...status, serviceVat: { s: 'zero' } })).toBe('zero')
  })

  test('what makes a charity, a public body, a regulated supplier', () => {
    const provider = { kind: 'cooperative', legalForm: null, charityNumber: null, cqcProviderId: null }
    expect(supplierOf(provider)).toEqual(nobody)
    expect(supplierOf({ ...provider, charityNumber: '1100001' }).charity).toBe(true)
    expect(supplierOf({ ...provider, legalForm: 'cio' }).charity).toBe(true)
    expect(supplierOf({ ...provider, kind: 'council_service' }).publicBody).toBe(true)
    expect(supplierOf({ ...provider, cqcProviderId: '1-100000001' }).regulated).toBe(true)
  })
})

describe('rates and tax points', () => {
  test('only taxed supplies have a rate, by the day', () => {
    expect(rateOf('standard', day('2026-11-02'))).toBe(2_000)
    expect(rateOf('reduced', day('2026-11-02'))).toBe(500)
    expect(
      ['zero', 'exempt', 'outside_scope'].map((vat) => rateOf(vat as 'zero', day('2026-11-02'))),
    ).toEqual([0, 0, 0])
    expect(() => rateOf('standard', day('2001-01-01'))).toThrow(RangeError)
  })

  test('it is the invoice’s day, or that of the visit when that is more than 14 days before', () => {
    expect(taxPointOf(day('2026-11-02'), day('2026-11-16')).toString()).toBe('2026-11-16')
    expect(taxPointOf(day('2026-11-01'), day('2026-11-16')).toString()).toBe('2026-11-01')
  })
})

describe('VAT numbers', () => {
  test.each([
    ['GB980780684', 'GB 980 7806 84'],
    [' gb 980 7806 84 ', 'GB 980 7806 84'],
    ['980780684001', 'GB 980 7806 84 001'],
  ])('%s is read', (typed, kept) => {
    expect(readVatNumber(typed)).toBe(kept)
  })
  test.each(['', 'GB', 'GB98078068', 'GB980780685', 'GB000000000', 'FR12345678901', '9'.repeat(20), '=1+1'])(
    '“%s” is none',
    (typed) => {
      expect(readVatNumber(typed)).toBeNull()
    },
  )
})
