/** From what is owed to invoices: one for each payer, person and contract, a line for each visit. Pure. */
import { type Pence, pence, total } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { PayerKind } from '#services/ledger/accounts.rules.ts'
import {
  type Supplier,
  type VatKind,
  type VatStatus,
  rateOf,
  taxPointOf,
  vatIncluded,
  vatOf,
} from './vat.rules.ts'

/** What one fund owes for one visit (below zero: given back before it was billed), with what a line has to say. */
export interface Billable {
  payableId: string
  visitId: string | null
  payerKind: PayerKind
  payerId: string
  personId: string
  /** The holder only pays: the person keeps the contract. */
  managedAccount: boolean
  pence: number
  /** ISO, in London. */
  onDay: string
  fund: string
  title: string
  startsAt: Date | null
  minutes: number | null
  outcome: string | null
  serviceId: string | null
  category: string
  /** A council's order, cost code and case, where it has them. */
  order: string
}

/** Who contracts with the provider, and so who is billed. */
export type Contract = 'person' | 'council' | 'fund_holder'
export const contractOf = ({
  payerKind,
  managedAccount,
}: Pick<Billable, 'payerKind' | 'managedAccount'>): Contract =>
  payerKind === 'fund_holder' && managedAccount ? 'person' : payerKind

export interface DraftLine {
  visitId: string | null
  label: string
  day: string
  startsAt: Date | null
  minutes: number | null
  net: Pence
  vat: Pence
  kind: VatKind
  bps: number
  taxPoint: string | null
  /** Which funds pay how much of it. */
  funds: { fund: string; pence: number }[]
}

export interface DraftInvoice {
  payerKind: PayerKind
  payerId: string
  personId: string
  contract: Contract
  lines: DraftLine[]
  net: Pence
  vat: Pence
  gross: Pence
  /** Day of the first and the last line, ISO. */
  firstDay: string
  lastDay: string
  orders: string[]
  payableIds: string[]
}

export interface SellerTerms {
  supplier: Supplier
  vat: VatStatus
  issuedOn: Temporal.PlainDate
}

const OUTCOME: Partial<Record<string, string>> = {
  late_cancellation: 'Cancelled late',
  no_answer: 'No answer at the door',
}

const groupBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] => {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}

const sumOf = (items: readonly { pence: number }[]): Pence => total(items.map((item) => pence(item.pence)))

/**
 * Invoices for these, in the order in which the first of each came. What was given back before it was billed comes off its
 * visit's line; a group of which nothing is left has no invoice.
 */
export function draftInvoices(billables: readonly Billable[], seller: SellerTerms): DraftInvoice[] {
  return groupBy(billables, (one) =>
    [one.payerKind, one.payerId, one.personId, contractOf(one)].join(' '),
  ).flatMap((group): DraftInvoice[] => {
    const [first] = group
    if (!first || sumOf(group) <= 0) return []
    const lines = groupBy(group, (one) => one.visitId ?? one.payableId)
      .map((parts) => lineOf(parts, seller))
      .sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
    const days = lines.map(({ day }) => day)
    return [
      {
        payerKind: first.payerKind,
        payerId: first.payerId,
        personId: first.personId,
        contract: contractOf(first),
        lines,
        net: total(lines.map(({ net }) => net)),
        vat: total(lines.map(({ vat }) => vat)),
        gross: sumOf(group),
        firstDay: days[0] ?? first.onDay,
        lastDay: days.at(-1) ?? first.onDay,
        orders: [...new Set(group.map(({ order }) => order).filter((order) => order !== ''))],
        payableIds: group.map(({ payableId }) => payableId),
      },
    ]
  })
}

const keyOf = ({ day, startsAt, visitId }: DraftLine): string =>
  `${day} ${startsAt?.toISOString() ?? ''} ${visitId ?? ''}`

function lineOf(parts: readonly Billable[], { supplier, vat, issuedOn }: SellerTerms): DraftLine {
  const [first] = parts
  if (!first) throw new RangeError('A line is for something')
  const kind = vatOf({ serviceId: first.serviceId, category: first.category }, supplier, vat)
  const taxPoint = taxPointOf(Temporal.PlainDate.from(first.onDay), issuedOn)
  const bps = rateOf(kind, taxPoint)
  const split = vatIncluded(sumOf(parts), bps)
  const given = pence(parts.reduce((sum, part) => sum + Math.min(0, part.pence), 0))
  const outcome = OUTCOME[first.outcome ?? '']
  return {
    visitId: first.visitId,
    label: [
      outcome ? `${outcome}: ${first.title}` : first.title,
      given < 0 ? `(less £${(-given / 100).toFixed(2)} given back)` : '',
    ]
      .filter(Boolean)
      .join(' '),
    day: first.onDay,
    startsAt: first.startsAt,
    minutes: outcome ? null : first.minutes,
    net: split.net,
    vat: split.vat,
    kind,
    bps,
    taxPoint: vat.registered ? taxPoint.toString() : null,
    funds: groupBy(parts, ({ fund }) => fund).map((of) => ({ fund: of[0]?.fund ?? '', pence: sumOf(of) })),
  }
}
