import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import {
  type Temporal,
  clockTime,
  fromDate,
  inLondon,
  longDate,
  plainDateOf,
  shortDate,
} from '#services/kernel/time.ts'
import { type Party, fundsSchema, partySchema } from './invoice.schema.ts'
import { numberWords } from './numbers.rules.ts'
import { periodWords } from './periods.rules.ts'
import { WITH_STANDING, factsOf } from './read-invoices.server.ts'
import { type Standing, standingOf } from './standing.rules.ts'
import { VAT_WORDS, type VatKind, rateWords } from './vat.rules.ts'

export interface InvoiceViewLine {
  what: string
  /** 'Mon 9 Nov, 9am' */
  when: string
  /** ISO; for files. */
  day: string
  time: string
  minutes: number | null
  net: number
  vat: number
  gross: number
  vatKind: VatKind
  vatBps: number
  vatWords: string
  taxPoint: string | null
  funds: { fund: string; pence: number }[]
  visitId: string | null
}

export interface InvoiceView {
  id: string
  kind: 'invoice' | 'credit_note'
  number: string
  title: string
  providerId: string
  personId: string
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
  person: { name: string; shortName: string }
  seller: Party
  addressee: Party
  issuedOn: string
  dueOn: string
  /** ISO, for files. */
  issuedIso: string
  dueIso: string
  period: string
  order: string
  vatNumber: string | null
  corrects: { id: string; number: string } | null
  correctedBy: { id: string; number: string; gross: number }[]
  lines: InvoiceViewLine[]
  /** By rate; empty for a supplier who is not registered. */
  vat: { words: string; net: number; vat: number; gross: number }[]
  net: number
  vatTotal: number
  gross: number
  left: number
  stands: Standing
}

const WHOLE = {
  ...WITH_STANDING,
  correctedBy: {
    ...WITH_STANDING.correctedBy,
    select: { ...WITH_STANDING.correctedBy.select, id: true, prefix: true, number: true },
  },
  lines: { orderBy: { position: 'asc' }, take: 5_000 },
} satisfies Prisma.InvoiceInclude

/** One invoice as it is shown, whoever looks: the caller asks who may. @throws NOT_FOUND */
export async function readInvoice(tx: Tx, id: string, today: Temporal.PlainDate): Promise<InvoiceView> {
  const [view] = isId(id) ? await readInvoicesWhole(tx, [id], today) : []
  if (!view) throw notFound()
  return view
}

/** These invoices whole, in the order given: for files. The caller asks who may. */
export async function readInvoicesWhole(
  tx: Tx,
  ids: readonly string[],
  today: Temporal.PlainDate,
): Promise<InvoiceView[]> {
  const rows = await tx.invoice.findMany({ where: { id: { in: [...ids] } }, include: WHOLE })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [viewOf(row, today)] : []
  })
}

function viewOf(
  row: Prisma.InvoiceGetPayload<{ include: typeof WHOLE }>,
  today: Temporal.PlainDate,
): InvoiceView {
  const lines = row.lines.map((line): InvoiceViewLine => {
    const at = line.startsAt ? inLondon(fromDate(line.startsAt)) : null
    const day = plainDateOf(line.day ?? row.periodUntil)
    const time = at ? clockTime(at.toPlainTime()) : ''
    const vatKind = line.vat as VatKind
    return {
      what: line.label,
      when: [shortDate(day), time].filter(Boolean).join(', '),
      day: day.toString(),
      time: at ? at.toPlainTime().toString({ smallestUnit: 'minute' }) : '',
      minutes: line.minutes,
      net: line.netPence,
      vat: line.vatPence,
      gross: line.netPence + line.vatPence,
      vatKind,
      vatBps: line.vatBps,
      vatWords: line.vatBps > 0 ? rateWords(line.vatBps) : VAT_WORDS[vatKind],
      taxPoint: line.taxPoint ? plainDateOf(line.taxPoint).toString() : null,
      funds: fundsSchema.parse(line.funds),
      visitId: line.visitId,
    }
  })
  const facts = factsOf(row)
  const invoice = row.kind === 'invoice'
  return {
    id: row.id,
    kind: row.kind,
    number: numberWords(row),
    title: `${invoice ? 'Invoice' : 'Credit note'} ${numberWords(row)}`,
    providerId: row.providerId,
    personId: row.personId,
    payerKind: row.payerKind,
    payerId: row.payerId,
    person: row.person,
    seller: partySchema.parse(row.seller),
    addressee: partySchema.parse(row.addressee),
    issuedOn: longDate(plainDateOf(row.issuedOn)),
    dueOn: longDate(plainDateOf(row.dueOn)),
    issuedIso: plainDateOf(row.issuedOn).toString(),
    dueIso: plainDateOf(row.dueOn).toString(),
    period: periodWords({ from: plainDateOf(row.periodFrom), until: plainDateOf(row.periodUntil) }),
    order: row.orderWords,
    vatNumber: row.vatNumber,
    corrects: row.corrects ? { id: row.corrects.id, number: numberWords(row.corrects) } : null,
    correctedBy: row.correctedBy.map((note) => ({
      id: note.id,
      number: numberWords(note),
      gross: note.grossPence,
    })),
    lines,
    vat: row.vatNumber === null ? [] : byRate(lines),
    net: row.netPence,
    vatTotal: row.vatPence,
    gross: row.grossPence,
    left: facts.unpaid,
    stands: standingOf(facts, today),
  }
}

/** What a VAT invoice must say for each rate: net, rate, VAT. */
function byRate(lines: readonly InvoiceViewLine[]): InvoiceView['vat'] {
  const rates = new Map<string, { words: string; net: number; vat: number; gross: number }>()
  for (const line of lines) {
    const key = `${line.vatKind} ${String(line.vatBps)}`
    const words =
      line.vatBps > 0 ? `${VAT_WORDS[line.vatKind]}, ${rateWords(line.vatBps)}` : VAT_WORDS[line.vatKind]
    const rate = rates.get(key) ?? { words, net: 0, vat: 0, gross: 0 }
    rates.set(key, {
      words,
      net: rate.net + line.net,
      vat: rate.vat + line.vat,
      gross: rate.gross + line.gross,
    })
  }
  return [...rates.values()]
}
