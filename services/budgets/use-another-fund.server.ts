import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, fromDate, londonDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { holdPlaced } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Offer, readPayingFunds, whichMayPay } from './funds-that-pay.server.ts'

export const useAnotherFundSchema = z.object({
  personId: z.uuid(),
  visitId: z.uuid(),
  fromId: z.uuid(),
  toId: z.uuid({ error: 'Choose the fund that pays instead' }),
})

const VISIT = {
  select: {
    id: true,
    bookingId: true,
    state: true,
    startsAt: true,
    minutes: true,
    pauseRound: true,
    quoteLines: { select: { kind: true, pence: true } },
    booking: {
      select: {
        categoryCode: true,
        provider: {
          select: {
            id: true,
            checks: { where: { kind: 'training' as const, state: 'verified' as const }, take: 1 },
          },
        },
      },
    },
  },
} as const

/** What visits wait for from a fund. */
async function waitingLines(tx: Tx, personId: string, visitIds: readonly string[], fromId: string) {
  return tx.fundingLine.findMany({
    where: {
      visitId: { in: [...visitIds] },
      allocationId: fromId,
      state: 'planned',
      visit: { personId, state: { in: ['planned', 'started', 'delivered', 'disputed', 'confirmed'] } },
    },
    orderBy: [{ visitId: 'asc' }, { position: 'asc' }],
    take: 500,
    include: { visit: VISIT, quoteLine: { select: { categoryCode: true } } },
  })
}
type Line = Awaited<ReturnType<typeof waitingLines>>[number]

/** What the rules of a fund are asked about: kinds of support, and the dearest price for an hour, travel left out. */
function offerOf(first: Line, lines: readonly Line[]): Offer {
  const { visit } = first
  const main = visit.booking.categoryCode
  const time = visit.quoteLines
    .filter(({ kind }) => kind !== 'travel' && kind !== 'extra')
    .reduce((sum, line) => sum + line.pence, 0)
  const [kind = main, ...more] = new Set(lines.map(({ quoteLine }) => quoteLine.categoryCode ?? main))
  return {
    categories: [kind, ...more],
    unitPence: Math.round((time * 60) / visit.minutes),
    accredited: visit.booking.provider.checks.length > 0,
    providerId: visit.booking.provider.id,
  }
}
const providersOf = (lines: readonly Line[]) => lines.map(({ visit }) => visit.booking.provider.id)
const dayOf = ({ visit }: Line) => londonDate(fromDate(visit.startsAt))
const sumOf = (lines: readonly Line[]): number => lines.reduce((all, line) => all + line.pence, 0)

export interface OtherFund {
  id: string
  name: string
  /** What is free in it now. Pence. */
  left: number
  why: string
}

/** For each visit: funds that could pay now for what it waits for, and have enough. */
export async function otherFunds(
  tx: Tx,
  now: Temporal.Instant,
  personId: string,
  visitIds: readonly string[],
  fromId: string,
): Promise<Map<string, OtherFund[]>> {
  const lines = await waitingLines(tx, personId, visitIds, fromId)
  const paying = await readPayingFunds(tx, personId, providersOf(lines), now)
  return new Map(
    visitIds.map((visitId) => {
      const its = lines.filter((line) => line.visitId === visitId)
      const [first] = its
      if (!first) return [visitId, []]
      const funds = whichMayPay(paying, offerOf(first, its), dayOf(first))
        .filter(({ id, pays, left }) => id !== fromId && pays === 'all' && left >= sumOf(its))
        .map(({ id, name, left, why }) => ({ id, name, left, why }))
      return [visitId, funds]
    }),
  )
}

/**
 * Another fund pays for what a visit waits for: its money is set aside at once. The rest of the visit stays as it is.
 *
 * @throws NOT_FOUND, FORBIDDEN without the scope `book`; STALE_STATE when the visit waits for nothing any more;
 *   REFUSED_BY_RULE with the fund's own reason; NOT_ENOUGH_MONEY
 */
export async function useAnotherFund(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof useAnotherFundSchema>,
): Promise<void> {
  const { personId, visitId, fromId, toId } = useAnotherFundSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'book')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const lines = await waitingLines(tx, personId, [visitId], fromId)
    const [first] = lines
    if (!first)
      throw new DomainError(
        'STALE_STATE',
        'This visit waits for nothing from that fund any more. Look again.',
      )
    const paying = await readPayingFunds(tx, personId, providersOf(lines), now)
    const fund = whichMayPay(paying, offerOf(first, lines), dayOf(first)).find(({ id }) => id === toId)
    if (!fund || toId === fromId) throw notFound()
    if (fund.pays !== 'all') throw new DomainError('REFUSED_BY_RULE', `${fund.name}: ${fund.why}`)
    const ids = lines.map(({ id }) => id)
    const moved = await tx.fundingLine.updateMany({
      where: { id: { in: ids }, state: 'planned', allocationId: fromId },
      data: { allocationId: toId, state: 'set_aside', reason: 'You said that this fund pays instead.' },
    })
    if (moved.count !== ids.length)
      throw new DomainError('STALE_STATE', 'This visit has changed meanwhile. Look again; nothing was done.')
    const { visit } = first
    const amount = pence(sumOf(lines))
    await postJournals(tx, now, actor, [
      holdPlaced(`moved:${visitId}:${fromId}:${toId}:${String(visit.pauseRound)}`, [
        { allocationId: toId, bookingId: visit.bookingId, visitId, amount },
      ]),
    ])
    if (visit.state === 'confirmed') await addJob(tx, 'settle_visits', { visitIds: [visitId] })
    await recordAudit(tx, now, actor, {
      action: 'visit.fund_changed',
      subjectType: 'visit',
      subjectId: visitId,
      forPersonId: personId,
      facts: { from: fromId, to: toId, pence: amount },
    })
  })
}
