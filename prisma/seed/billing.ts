import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Billable, type DraftInvoice, draftInvoices } from '#services/invoicing/drafts.rules.ts'
import { type InvoiceKind, prefixOf } from '#services/invoicing/numbers.rules.ts'
import { type BilledEvery, type Period, lastClosed, periodBefore } from '#services/invoicing/periods.rules.ts'
import { supplierOf, vatCredited } from '#services/invoicing/vat.rules.ts'
import { lineRow } from '#services/invoicing/write-invoices.server.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { refund } from '#services/ledger/templates.rules.ts'
import { addresseeOf, type BillingBook, sellerOf } from './billing-letters.ts'
import { at, column, dayOf, HOUR, insertRows, wallMs, type Kit } from './kit.ts'
import type { PlayedVisit, World } from './world.ts'

type Payable = World['paying']['payables'][number]

/** Who bills here, and how. The VAT number is one that HMRC gives to nobody. */
const BILLERS: readonly {
  slug: string
  prefix: string
  every: BilledEvery
  daysToPay: number
  vatNumber: string | null
}[] = [
  { slug: 'weavers-care', prefix: 'WCC-', every: 'week', daysToPay: 14, vatNumber: 'GB 000 0000 97' },
  { slug: 'otter-swim-buddies', prefix: 'OSB-', every: 'four_weeks', daysToPay: 7, vatNumber: null },
]

export interface BillingRows {
  billing: Prisma.BillingCreateManyInput[]
  invoices: Prisma.InvoiceCreateManyInput[]
  lines: Prisma.InvoiceLineCreateManyInput[]
}

/**
 * Two providers’ invoices for the last two periods that are over, as the job would have made them; somebody who asks for
 * money back; and a refund of something that was paid and billed, with its credit note, whose money is not back yet.
 */
export function billHistory(kit: Kit, world: World, book: BillingBook): BillingRows {
  const rows: BillingRows = { billing: [], invoices: [], lines: [] }
  const visits = new Map(
    world.bookings.flatMap((booking) => booking.visits.map((visit) => [visit.row.id ?? '', visit] as const)),
  )
  finishRefunds(world)
  for (const biller of BILLERS) {
    const provider = book.providers.find(({ slug }) => slug === biller.slug)
    if (provider) billOne({ kit, world, book, rows, visits }, biller, provider)
  }
  for (const payable of world.paying.payables) payable.invoiceId ??= null
  return rows
}

interface Making {
  kit: Kit
  world: World
  book: BillingBook
  rows: BillingRows
  visits: ReadonlyMap<string, PlayedVisit>
}

/** Refunds of the year: those whose credits were set against a payment since are done. All have the same columns. */
function finishRefunds({ paying }: World): void {
  for (const row of paying.refunds) {
    const credits = paying.payables.filter(({ refundId }) => refundId === row.id)
    const done = credits.length > 0 && credits.every(({ state }) => state === 'paid')
    const last = paying.payments
      .filter(({ id }) => credits.some(({ paymentId }) => paymentId === id))
      .map(({ endedAt }) => new Date(endedAt ?? 0).getTime())
    Object.assign(row, {
      askedAs: row.decidedAs ?? 'person',
      askedById: row.decidedById ?? null,
      personPence: 0,
      state: done ? 'returned' : 'decided',
      returnedAt: done ? at(Math.max(...last)) : null,
    })
  }
}

const MINUTE = 60_000
/** The job runs early on the day after a period. */
const issuedMs = ({ until }: Period): number => wallMs(until.add({ days: 1 }), 95)

function billOne(
  making: Making,
  biller: (typeof BILLERS)[number],
  provider: Making['book']['providers'][number],
): void {
  const { kit, world, rows } = making
  let last = lastClosed(biller.every, kit.today)
  if (issuedMs(last) > kit.nowMs) last = periodBefore(biller.every, last)
  const first = periodBefore(biller.every, last)
  const numbers = { invoice: 1, credit_note: 1 }
  const mine = world.paying.payables.filter(({ providerId }) => providerId === provider.id)
  const seller = sellerOf(making.book, provider)
  const write = (
    kind: InvoiceKind,
    ms: number,
    draft: Omit<DraftInvoice, 'contract' | 'firstDay' | 'lastDay' | 'orders'>,
    more: Partial<Prisma.InvoiceCreateManyInput>,
  ) => {
    const id = kit.id(ms)
    const issuedOn = dayOf(ms)
    rows.invoices.push({
      id,
      providerId: provider.id ?? '',
      kind,
      prefix: prefixOf(biller.prefix, kind),
      number: numbers[kind],
      payerKind: draft.payerKind,
      payerId: draft.payerId,
      personId: draft.personId,
      addressee: {},
      seller,
      issuedOn: column(issuedOn),
      dueOn: column(kind === 'invoice' ? issuedOn.add({ days: biller.daysToPay }) : issuedOn),
      periodFrom: column(first.from),
      periodUntil: column(last.until),
      netPence: draft.net,
      vatPence: draft.vat,
      grossPence: draft.gross,
      vatNumber: biller.vatNumber,
      orderWords: '',
      correctsId: null,
      refundId: null,
      issuedAt: at(ms),
      ...more,
    })
    rows.lines.push(...draft.lines.map((line, i) => lineRow(id, i + 1, line)))
    for (const payable of mine) if (draft.payableIds.includes(payable.id ?? '')) payable.invoiceId = id
    numbers[kind] += 1
  }
  for (const period of [first, last]) {
    const ms = issuedMs(period)
    const [from, until] = [column(first.from).getTime(), column(period.until).getTime()]
    const billable = mine.filter(
      (one) =>
        !one.invoiceId &&
        (one.onDay as Date).getTime() >= from &&
        (one.onDay as Date).getTime() <= until &&
        (one.createdAt as Date).getTime() <= ms,
    )
    const drafts = draftInvoices(
      billable.map((one) => billableOf(making, one)),
      {
        supplier: supplierOf({ kind: provider.kind ?? 'unknown', legalForm: provider.legalForm ?? null, charityNumber: provider.charityNumber ?? null, cqcProviderId: provider.cqcProviderId ?? null }), // prettier-ignore
        vat: {
          registered: biller.vatNumber !== null,
          welfareExempt: biller.vatNumber !== null,
          serviceVat: {},
        },
        issuedOn: dayOf(ms),
      },
    )
    for (const draft of drafts) {
      const firstDay = Temporal.PlainDate.from(draft.firstDay)
      write('invoice', ms, draft, {
        addressee: addresseeOf(making.book, draft),
        periodFrom: column(Temporal.PlainDate.compare(firstDay, period.from) < 0 ? firstDay : period.from),
        periodUntil: column(period.until),
        orderWords: draft.orders.join('; '),
      })
    }
  }
  if (biller.slug === 'weavers-care') askAndGive(making, mine)
  creditNotes(making, mine, write)
  rows.billing.push({
    providerId: provider.id ?? '',
    prefix: biller.prefix,
    nextInvoice: numbers.invoice,
    nextCreditNote: numbers.credit_note,
    every: biller.every,
    daysToPay: biller.daysToPay,
    addressLines: seller.lines,
    vatNumber: biller.vatNumber,
    vatStatus: biller.vatNumber === null ? 'not_registered' : 'registered',
    welfareExempt: biller.vatNumber !== null,
    startsOn: column(first.from),
    serviceVat: {},
    updatedAt: at(kit.nowMs - 60 * 24 * HOUR),
  })
}

/** What was given back after it was billed: a credit note each, in the order in which it was decided. */
function creditNotes(
  { rows }: Making,
  mine: readonly Payable[],
  write: (
    kind: InvoiceKind,
    ms: number,
    draft: Omit<DraftInvoice, 'contract' | 'firstDay' | 'lastDay' | 'orders'>,
    more: Partial<Prisma.InvoiceCreateManyInput>,
  ) => void,
): void {
  const late = mine
    .filter((one) => one.refundId && !one.invoiceId)
    .sort((a, b) => (a.createdAt as Date).getTime() - (b.createdAt as Date).getTime())
  for (const credit of late) {
    const original = mine.find(
      (one) => !one.refundId && one.visitId === credit.visitId && one.allocationId === credit.allocationId,
    )
    const invoice = rows.invoices.find(({ id }) => id === original?.invoiceId)
    const line = rows.lines.find((one) => one.invoiceId === invoice?.id && one.visitId === credit.visitId)
    if (!invoice || !line) continue
    const ms = (credit.createdAt as Date).getTime()
    const gross = pence(-credit.pence)
    const split = vatCredited(pence(0), gross, line.vatBps ?? 0)
    const day = (line.day as Date).toISOString().slice(0, 10)
    const funds = (line.funds as { fund: string; pence: number }[]).slice(0, 1)
    write(
      'credit_note',
      ms,
      {
        payerKind: invoice.payerKind,
        payerId: invoice.payerId,
        personId: invoice.personId,
        lines: [{ visitId: credit.visitId ?? null, label: `Given back: ${line.label}`, day, startsAt: (line.startsAt as Date | null) ?? null, minutes: null, ...split, kind: line.vat as 'exempt', bps: line.vatBps ?? 0, taxPoint: invoice.vatNumber ? dayOf(ms).toString() : null, funds: funds.map(({ fund }) => ({ fund, pence: gross })) }], // prettier-ignore
        ...split,
        gross,
        payableIds: [credit.id ?? ''],
      },
      {
        addressee: invoice.addressee,
        periodFrom: line.day as Date,
        periodUntil: line.day as Date,
        orderWords: invoice.orderWords ?? '',
        correctsId: invoice.id ?? null,
        refundId: credit.refundId ?? null,
      },
    )
  }
}

/** One person asks for money back; for another it was decided this morning, and the money is not back yet. */
function askAndGive({ kit, world, book, visits }: Making, mine: readonly Payable[]): void {
  const paid = mine.filter((one) => {
    const visit = visits.get(one.visitId ?? '')
    return (
      one.state === 'paid' &&
      one.payerKind === 'person' &&
      one.invoiceId &&
      one.pence >= 1_000 &&
      visit?.booking.person.userId &&
      visit.booking.person.seed.name !== 'Joan Ellery' &&
      visit.funding.every(
        ({ allocation }) => allocation.id === one.allocationId && allocation.endsMs > kit.nowMs,
      )
    )
  })
  const [asked] = paid
  const given = paid.find(({ personId }) => personId !== asked?.personId)
  const base = (one: Payable, ms: number) => ({
    id: kit.id(ms),
    visitId: one.visitId ?? '',
    personId: one.personId,
    providerId: one.providerId,
    personPence: 0,
    askedAs: 'person',
    askedById: visits.get(one.visitId ?? '')?.booking.person.userId ?? null,
    askedAt: at(ms),
    returnedAt: null,
  })
  if (asked) {
    const ms = kit.nowMs - 5 * HOUR
    world.paying.refunds.push({ ...base(asked, ms), pence: 500, state: 'asked', reason: 'She had to leave twenty minutes early.', decidedById: null, decidedAs: null, decidedAt: null, decision: '' }) // prettier-ignore
    world.notices.push({ id: kit.id(ms), personId: null, userId: null, providerId: asked.providerId, councilId: null, kind: 'payment.refund_asked', title: 'Somebody asks for money back', body: 'For a visit that was settled. Look at it, and say yes, yes to a part, or no.', path: `/provider/visits/${asked.visitId ?? ''}/refund`, subjectId: asked.visitId ?? null, createdAt: at(ms), arrivedAt: at(ms + MINUTE), readAt: null }) // prettier-ignore
  }
  const visit = visits.get(given?.visitId ?? '')
  if (!given || !visit?.settledBy) return
  const ms = kit.nowMs - 3 * HOUR
  const row = base(given, ms - 20 * HOUR)
  const amount = pence(Math.round(given.pence / 4))
  world.paying.refunds.push({ ...row, pence: amount, state: 'decided', reason: 'The breakfast was not made.', decidedById: book.ownerId, decidedAs: 'provider', decidedAt: at(ms), decision: 'You are right, and we are sorry.' }) // prettier-ignore
  world.book.post(
    ms,
    refund(`refund:${row.id}`, visit.settledBy, given.providerId, [
      { allocationId: given.allocationId, bookingId: given.bookingId ?? '', visitId: row.visitId, amount, payer: { kind: given.payerKind, id: given.payerId }, allocationEnded: false }, // prettier-ignore
    ]),
  )
  const credit: Payable = { ...given, id: kit.id(ms), refundId: row.id, pence: -amount, state: 'due', paymentId: null, invoiceId: null, createdAt: at(ms) } // prettier-ignore
  world.paying.payables.push(credit)
  ;(mine as Payable[]).push(credit)
}

function billableOf({ book, world, visits }: Making, one: Payable): Billable {
  const visit = visits.get(one.visitId ?? '')
  const allocation = world.allocations.find(({ id }) => id === one.allocationId)
  if (!visit || !allocation) throw new Error('a payable is of a visit and a fund')
  const { row, booking } = visit
  const category = booking.row.categoryCode
  const order = book.planLines.find(
    (line) => line.allocationId === one.allocationId && line.categoryCode === category && line.orderNumber,
  )
  return {
    payableId: one.id ?? '',
    visitId: one.visitId ?? null,
    payerKind: one.payerKind,
    payerId: one.payerId,
    personId: one.personId,
    managedAccount: allocation.held === 'direct_payment_managed_account',
    pence: one.pence,
    onDay: (one.onDay as Date).toISOString().slice(0, 10),
    fund: allocation.stream.row.name,
    title: booking.service.terms.title,
    startsAt: row.startsAt as Date,
    minutes: row.actualMinutes ?? row.minutes,
    outcome: row.outcome ?? null,
    serviceId: booking.service.id,
    category,
    order:
      order && one.payerKind === 'council'
        ? `order ${order.orderNumber ?? ''}, cost code ${order.costCode ?? ''}, case ${order.caseReference ?? ''}`
        : '',
  }
}

/** Before the payables, which name their invoice. */
export async function writeBilling(tx: Tx, rows: BillingRows): Promise<void> {
  await insertRows(tx, 'billing', rows.billing)
  await insertRows(tx, 'invoice', rows.invoices)
  await insertRows(tx, 'invoice_line', rows.lines)
}
