/**
 * Value Added Tax of a supply, by service and supplier. Prices on Kith are what people pay: VAT is in them and is worked out
 * from the whole, line by line, rounded half up; sums are sums of lines. Pure.
 */
import { type Pence, pence, subtract, times } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { VAT_RATES } from './vat-rates.ts'

export const VAT_KINDS = ['standard', 'reduced', 'zero', 'exempt', 'outside_scope'] as const
export type VatKind = (typeof VAT_KINDS)[number]

export const VAT_WORDS: Record<VatKind, string> = {
  standard: 'Standard rate',
  reduced: 'Reduced rate',
  zero: 'Zero rate',
  exempt: 'Exempt',
  outside_scope: 'Outside the scope of VAT',
}

/** What makes somebody's welfare services exempt: Value Added Tax Act 1994, Schedule 9, Group 7, item 9. */
export interface Supplier {
  charity: boolean
  publicBody: boolean
  /** Registered with the Care Quality Commission; the id was checked. */
  regulated: boolean
}
export const supplierOf = (provider: {
  kind: string
  legalForm: string | null
  charityNumber: string | null
  cqcProviderId: string | null
}): Supplier => ({
  charity:
    provider.charityNumber !== null ||
    provider.kind === 'charity' ||
    /^cio$|charit/i.test(provider.legalForm ?? ''),
  publicBody: provider.kind === 'council_service' || provider.legalForm === 'public_body',
  regulated: provider.cqcProviderId !== null,
})
export const mayExemptWelfare = (supplier: Supplier): boolean =>
  supplier.charity || supplier.publicBody || supplier.regulated

/** Care, treatment or instruction for the welfare of elderly, sick, distressed or disabled persons (Group 7, note 6). */
const WELFARE = [
  'personal_care',
  'help_at_home',
  'sitting_and_company',
  'getting_out',
  'day_activities',
  'short_breaks',
  'live_in',
  'nights',
  'supported_living',
  'shared_lives',
  'personal_assistant',
  'carers_support',
  'peer_support',
  'care_home',
]
/** By registered health professionals (Group 7, items 1 and 2). */
const HEALTH = ['rehabilitation_and_therapy', 'nursing']
/** Advice for welfare by a charity or a regulated supplier (Schedule 7A, Group 9). */
const ADVICE = ['advice_and_information', 'advocacy']

export interface Suggested {
  vat: VatKind
  why: string
}

/**
 * What VAT a registered supplier's service most likely has, and why, for the supplier to keep or to change. Source: VAT
 * Notices 701/2 and 701/57.
 */
export function suggestVat(category: string, supplier: Supplier, welfareExempt: boolean): Suggested {
  const who = supplier.charity ? 'a charity' : supplier.publicBody ? 'a public body' : 'regulated'
  if (WELFARE.includes(category))
    return welfareExempt && mayExemptWelfare(supplier)
      ? { vat: 'exempt', why: `Welfare services are exempt, because you are ${who}.` }
      : {
          vat: 'standard',
          why: mayExemptWelfare(supplier)
            ? 'You said that your welfare services are not exempt.'
            : 'Welfare services are exempt only from a charity, a public body or a regulated supplier.',
        }
  if (HEALTH.includes(category))
    return { vat: 'exempt', why: 'Care by a registered health professional is exempt.' }
  if (ADVICE.includes(category) && mayExemptWelfare(supplier))
    return {
      vat: 'reduced',
      why: 'Welfare advice has the reduced rate from a charity or a regulated supplier.',
    }
  return { vat: 'standard', why: 'Nothing that we know of makes it exempt.' }
}

export interface VatStatus {
  registered: boolean
  welfareExempt: boolean
  /** What the supplier says otherwise, by service id. */
  serviceVat: Readonly<Record<string, VatKind>>
}

/** The VAT of one supply. Who is not registered charges none, and says nothing of it on an invoice. */
export function vatOf(
  supply: { serviceId: string | null; category: string },
  supplier: Supplier,
  status: VatStatus,
): VatKind {
  if (!status.registered) return 'outside_scope'
  const said = supply.serviceId === null ? undefined : status.serviceVat[supply.serviceId]
  return said ?? suggestVat(supply.category, supplier, status.welfareExempt).vat
}

/** The rate in basis points on a day; 0 for what has none. @throws RangeError for a day before the first rates here */
export function rateOf(vat: VatKind, day: Temporal.PlainDate): number {
  if (vat !== 'standard' && vat !== 'reduced') return 0
  const rates = VAT_RATES.findLast(({ from }) => Temporal.PlainDate.compare(from, day) <= 0)
  if (!rates) throw new RangeError('No rates of VAT for that day')
  return vat === 'standard' ? rates.standardBps : rates.reducedBps
}

export interface VatParts {
  net: Pence
  vat: Pence
}

/** The VAT that is in a price: price × rate ÷ (100 % + rate), rounded half up; the rest is net. */
export function vatIncluded(gross: Pence, bps: number): VatParts {
  const vat = bps === 0 ? pence(0) : times(gross, bps, 10_000 + bps)
  return { net: subtract(gross, vat), vat }
}

/**
 * The VAT in a part that is given back of a line, after `before` of it was: so that all credits of a line together have
 * exactly its VAT, whatever parts they came in.
 */
export function vatCredited(before: Pence, part: Pence, bps: number): VatParts {
  const vat = subtract(vatIncluded(pence(before + part), bps).vat, vatIncluded(before, bps).vat)
  return { net: subtract(part, vat), vat }
}

const INVOICE_DAYS = 14

/**
 * The day that VAT counts from: the invoice's, or the day of the service where that is more than 14 days before it.
 * Source: Value Added Tax Act 1994, section 6(3) to (5).
 */
export const taxPointOf = (servedOn: Temporal.PlainDate, issuedOn: Temporal.PlainDate): Temporal.PlainDate =>
  servedOn.until(issuedOn).days > INVOICE_DAYS ? servedOn : issuedOn

/** '20 %', '5 %', '17.5 %' */
export const rateWords = (bps: number): string => `${String(bps / 100)} %`

/** A VAT number as people write it: GB and 9 digits (12 for a branch), whose check digits fit. Null when it is none. */
export function readVatNumber(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.-]/g, '')
  const match = /^(?:GB)?(\d{9}(?:\d{3})?)$/.exec(plain)
  const digits = match?.[1]
  if (!digits || !checkDigitsFit(digits.slice(0, 9))) return null
  return `GB ${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7, 9)}${digits.slice(9) ? ` ${digits.slice(9)}` : ''}`
}

/** Seven digits weighted 8 to 2, less the last two as a number, is a multiple of 97, or 55 less than one (numbers since 2010). */
function checkDigitsFit(nine: string): boolean {
  const sum = [...nine.slice(0, 7)].reduce((all, digit, at) => all + Number(digit) * (8 - at), 0)
  const rest = (sum + Number(nine.slice(7))) % 97
  return Number(nine) > 0 && (rest === 0 || (rest + 55) % 97 === 0)
}
