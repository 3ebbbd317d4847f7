import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { numberWords } from '#services/invoicing/numbers.rules.ts'
import { fromDate, londonDate, longDate, visitTime } from '#services/kernel/time.ts'
import { decidesFor, leftToRefund, moneyIs } from './refund.rules.ts'
import { type RefundReader, type RefundWords, refundWords } from './refund-words.rules.ts'
import { type Refundable, readRefundables } from './read-refundable.server.ts'

const VISIT = {
  id: true,
  state: true,
  personId: true,
  providerId: true,
  startsAt: true,
  endsAt: true,
  booking: {
    select: {
      terms: true,
      provider: { select: { name: true } },
      person: { select: { name: true, shortName: true } },
    },
  },
  refunds: {
    orderBy: { askedAt: 'desc' },
    take: 50,
    include: { creditNotes: { select: { id: true, prefix: true, number: true }, take: 20 } },
  },
} satisfies Prisma.VisitSelect

export interface RefundView {
  id: string
  state: 'asked' | 'decided' | 'refused' | 'returned'
  pence: number
  reason: string
  asked: string
  decided: string | null
  decision: string
  words: RefundWords
  creditNotes: { id: string; number: string }[]
  /** Something of it waits with the provider; or was said to be on its way, to this kind of payer. */
  toSend: boolean
  onItsWayTo: ('person' | 'council' | 'fund_holder')[]
}

export interface RefundableVisit {
  id: string
  settled: boolean
  personId: string
  providerId: string
  councilId: string | null
  title: string
  when: string
  provider: string
  person: { name: string; shortName: string }
  decides: 'provider' | 'council'
  /** Pence. */
  paid: number
  left: number
  parts: { fund: string; paid: number; refunded: number }[]
  refunds: RefundView[]
  /** The one that waits for an answer. */
  open: RefundView | null
}

/** Visits with what was paid and what was given back, as one reader is told of it. The caller asks who may. */
export async function readRefundableVisits(
  tx: Tx,
  visitIds: readonly string[],
  reader: RefundReader,
): Promise<RefundableVisit[]> {
  const [rows, money] = await Promise.all([
    tx.visit.findMany({ where: { id: { in: [...visitIds] } }, select: VISIT, take: 200 }),
    readRefundables(tx, visitIds),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return visitIds.flatMap((id) => {
    const row = byId.get(id)
    return row ? [viewOf(row, money.get(id) ?? { parts: [], credits: [] }, reader)] : []
  })
}

const dayOf = (at: Date): string => longDate(londonDate(fromDate(at)))

function viewOf(
  row: Prisma.VisitGetPayload<{ select: typeof VISIT }>,
  { parts, credits }: Refundable,
  reader: RefundReader,
): RefundableVisit {
  const decides = decidesFor(parts.map(({ payerKind }) => payerKind))
  const provider = row.booking.provider.name
  const refunds = row.refunds.map((refund): RefundView => {
    const mine = credits.filter(({ refundId }) => refundId === refund.id)
    const of = mine.map((credit) => ({
      pence: credit.pence,
      is: moneyIs(credit.original, credit.state),
      payer: credit.payerKind,
      fund: credit.fund,
    }))
    return {
      id: refund.id,
      state: refund.state,
      pence: refund.pence,
      reason: refund.reason,
      asked: dayOf(refund.askedAt),
      decided: refund.decidedAt ? dayOf(refund.decidedAt) : null,
      decision: refund.decision,
      words: refundWords(
        {
          state: refund.state,
          pence: refund.pence,
          personPence: refund.personPence,
          askedAs: refund.askedAs as 'person',
          decidedAs: refund.decidedAs as 'provider' | null,
          provider,
          parts: of,
          decides,
        },
        reader,
      ),
      creditNotes: refund.creditNotes.map((note) => ({ id: note.id, number: numberWords(note) })),
      toSend: of.some(({ is }) => is === 'with_provider'),
      onItsWayTo: [
        ...new Set(mine.filter(({ state }) => state === 'sent').map(({ payerKind }) => payerKind)),
      ],
    }
  })
  return {
    id: row.id,
    settled: row.state === 'settled',
    personId: row.personId,
    providerId: row.providerId,
    councilId: parts.find(({ payerKind }) => payerKind === 'council')?.payerId ?? null,
    title: (row.booking.terms as { title?: string }).title ?? 'A visit',
    when: visitTime(fromDate(row.startsAt), fromDate(row.endsAt)),
    provider,
    person: row.booking.person,
    decides,
    paid: parts.reduce((sum, part) => sum + part.paid, 0),
    left: leftToRefund(parts),
    parts: parts.map(({ fund, paid, refunded }) => ({ fund, paid, refunded })),
    refunds,
    open: refunds.find(({ state }) => state === 'asked') ?? null,
  }
}
