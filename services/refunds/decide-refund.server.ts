import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { chargeWeeks } from '#services/contributions/charge-weeks.server.ts'
import { issueCreditNotes } from '#services/invoicing/issue-credit-notes.server.ts'
import { lockBilling } from '#services/invoicing/write-invoices.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { type Pence, negate, pence } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, fromDate, londonDate, toDate } from '#services/kernel/time.ts'
import { findJournal } from '#services/ledger/find-journal.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { refund, remainderMoved } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { checkAmount, lockVisit } from './ask-refund.server.ts'
import { fundsNow } from './funds-now.server.ts'
import { decidesFor, splitRefund } from './refund.rules.ts'
import { type RefundablePart, readRefundable } from './read-refundable.server.ts'
import { requireDecider } from './refunds.policy.ts'
import { RETURN_JOB, setOffUnpaid } from './return-money.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface Decided {
  refundId: string
  pence: Pence
  /** What the person had been charged of it, for gross-charged care. */
  personPence: Pence
  /** Numbers' ids, when it had been invoiced. */
  creditNoteIds: string[]
}

interface Decision {
  visitId: string
  as: 'provider' | 'council'
  /** Null for all that is left. */
  pence: number | null
  why: string
  /** The one that was asked for, when there is one; else it is started here. */
  refundId: string | null
}

/**
 * Money is given back for a settled visit, all or a part: back to the funds that paid, in proportion; less is owed to the
 * provider, or the provider owes; a credit note for what was invoiced; and the week is charged anew where the person pays
 * towards it. One transaction; the money itself follows.
 * @throws NOT_FOUND, FORBIDDEN; STALE_STATE when it was answered meanwhile or nothing is left; INVALID for too much;
 *   REFUSED_BY_RULE from the ledger, which looks again
 */
export async function giveRefund(deps: Needs, actor: Actor, input: Decision): Promise<Decided> {
  if (input.refundId !== null && !isId(input.refundId)) throw notFound()
  const visit = await decidable(deps, actor, input)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    // Numbers first, then the visit: issuing invoices takes its locks in the same order.
    await lockBilling(tx, visit.providerId)
    await lockVisit(tx, visit.id)
    const found = await readRefundable(tx, visit.id)
    const amount = checkAmount(input.pence, found)
    const shares = splitRefund(amount, found.parts)
    const parts = found.parts.flatMap((part) => {
      const back = shares.get(part.allocationId)
      return back ? [{ ...part, back }] : []
    })
    const refundId = await writeDecision(tx, now, actor, visit, input, amount)
    await postRefund(tx, now, actor, visit, refundId, parts)
    const payables = parts.map((part) => ({
      id: newId(),
      visitId: visit.id,
      refundId,
      bookingId: part.bookingId,
      allocationId: part.allocationId,
      personId: visit.personId,
      providerId: visit.providerId,
      payerKind: part.payerKind,
      payerId: part.payerId,
      orderId: part.orderId,
      pence: negate(part.back),
      onDay: dateColumn(londonDate(fromDate(visit.startsAt))),
      createdAt: toDate(now),
    }))
    await tx.payable.createMany({ data: payables })
    const notes = await issueCreditNotes(tx, now, {
      providerId: visit.providerId,
      visitId: visit.id,
      refundId,
      credits: parts.flatMap((part, at) =>
        part.invoiceId === null
          ? []
          : [
              {
                payableId: payables[at]?.id ?? '',
                invoiceId: part.invoiceId,
                fund: part.fund,
                pence: part.back,
              },
            ],
      ),
    })
    await setOffUnpaid(tx, now, actor, visit.id)
    await addJob(tx, RETURN_JOB, { refundId }, { key: `${RETURN_JOB}:${refundId}` })
    const charged = await personCharge(tx, now, actor, visit, refundId, parts)
    await tellDecision(tx, now, visit, input.as, true)
    await recordAudit(tx, now, actor, {
      action: 'refund.decided',
      subjectType: 'refund',
      subjectId: refundId,
      forPersonId: visit.personId,
      facts: { pence: amount, personPence: charged, as: input.as, creditNotes: notes.length },
    })
    return { refundId, pence: amount, personPence: charged, creditNoteIds: notes.map(({ id }) => id) }
  })
}

/** No, and why. @throws as `giveRefund`; STALE_STATE when it was answered meanwhile */
export async function refuseRefund(
  deps: Needs,
  actor: Actor,
  input: Pick<Decision, 'visitId' | 'as'> & { refundId: string; why: string },
): Promise<void> {
  if (!isId(input.refundId)) throw notFound()
  const visit = await decidable(deps, actor, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { count } = await tx.refund.updateMany({
      where: { id: input.refundId, visitId: visit.id, state: 'asked' },
      data: { state: 'refused', ...decidedBy(actor, now, input) },
    })
    if (count !== 1) throw answered()
    await tellDecision(tx, now, visit, input.as, false)
    await recordAudit(tx, now, actor, {
      action: 'refund.refused',
      subjectType: 'refund',
      subjectId: input.refundId,
      forPersonId: visit.personId,
      facts: { as: input.as },
    })
  })
}

const answered = (): DomainError =>
  new DomainError(
    'STALE_STATE',
    'This was answered meanwhile. Look at what was decided; nothing was done now.',
  )

const decidedBy = (
  actor: Actor,
  now: Temporal.Instant,
  { as, why }: { as: Decision['as']; why: string },
) => ({
  decidedById: traceOf(actor).actorUserId,
  decidedAs: as,
  decidedAt: toDate(now),
  decision: why,
})

/** The visit, for somebody who decides on it. The council's staff find only visits that their council pays for. */
async function decidable(deps: Needs, actor: Actor, { visitId, as }: Pick<Decision, 'visitId' | 'as'>) {
  const visit = await deps.db.prisma.visit.findUnique({
    where: { id: visitId },
    select: {
      id: true,
      personId: true,
      providerId: true,
      startsAt: true,
      payables: { where: { refundId: null }, select: { payerKind: true, payerId: true }, take: 100 },
    },
  })
  if (!visit) throw notFound()
  const councilId = visit.payables.find(({ payerKind }) => payerKind === 'council')?.payerId ?? null
  requireDecider(actor, as, { providerId: visit.providerId, councilId })
  if (decidesFor(visit.payables.map(({ payerKind }) => payerKind)) !== as)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'The council pays for this visit, so the council decides. You can tell it that you agree to give money back.',
    )
  return visit
}
type Visit = Awaited<ReturnType<typeof decidable>>
type Part = RefundablePart & { back: Pence }

async function writeDecision(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visit: Visit,
  input: Decision,
  amount: Pence,
): Promise<string> {
  const decided = { state: 'decided' as const, pence: amount, ...decidedBy(actor, now, input) }
  if (input.refundId !== null) {
    const { count } = await tx.refund.updateMany({
      where: { id: input.refundId, visitId: visit.id, state: 'asked' },
      data: decided,
    })
    if (count !== 1) throw answered()
    return input.refundId
  }
  if ((await tx.refund.count({ where: { visitId: visit.id, state: 'asked' } })) > 0) throw answered()
  const id = newId()
  await tx.refund.create({
    data: {
      id,
      visitId: visit.id,
      personId: visit.personId,
      providerId: visit.providerId,
      reason: input.why,
      askedById: traceOf(actor).actorUserId,
      askedAs: input.as,
      askedAt: toDate(now),
      ...decided,
    },
  })
  return id
}

/** Back to each fund, or to its funder when it has ended; on to the fund that took its place, when it is held another way. */
async function postRefund(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visit: Visit,
  refundId: string,
  parts: readonly Part[],
): Promise<void> {
  const settled = await findJournal(tx, `settle:${visit.id}`)
  if (settled === null) throw new Error('a settled visit has its journal')
  const funds = await fundsNow(
    tx,
    parts.map(({ allocationId }) => allocationId),
    londonDate(now),
  )
  const of = (part: Part) => funds.get(part.allocationId)
  await postJournals(tx, now, actor, [
    refund(
      `refund:${refundId}`,
      settled,
      visit.providerId,
      parts.map((part) => ({
        allocationId: part.allocationId,
        bookingId: part.bookingId,
        visitId: visit.id,
        amount: part.back,
        payer: { kind: part.payerKind, id: part.payerId },
        allocationEnded: of(part)?.ended ?? false,
      })),
    ),
    ...parts.flatMap((part) => {
      const fund = of(part)
      return fund && !fund.ended && fund.heldNow !== part.allocationId
        ? [
            remainderMoved(`refund:${refundId}:moved:${part.allocationId}`, part.allocationId, fund.heldNow, {
              available: part.back,
              ringFenced: pence(0),
              holds: [],
            }),
          ]
        : []
    }),
  ])
}

/**
 * The week costs less now, so the person is charged anew; what they had been charged of this is noted with the refund. Only for
 * what a council paid: of direct payments they pay theirs in.
 */
async function personCharge(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visit: Visit,
  refundId: string,
  parts: readonly Part[],
): Promise<Pence> {
  const council = parts.filter(({ payerKind }) => payerKind === 'council')
  if (council.length === 0) return pence(0)
  const day = londonDate(fromDate(visit.startsAt)).toString()
  const weeks = await chargeWeeks(tx, now, actor, [`${visit.personId} ${day}`])
  const less = -weeks.reduce((sum, { difference }) => sum + difference, 0)
  const most = council.reduce((sum, { back }) => sum + back, 0)
  const charged = pence(Math.min(most, Math.max(0, less)))
  if (charged > 0)
    await tx.refund.update({ where: { id: refundId }, data: { personPence: charged }, select: { id: true } })
  return charged
}

async function tellDecision(
  tx: Tx,
  now: Temporal.Instant,
  visit: Visit,
  as: Decision['as'],
  yes: boolean,
): Promise<void> {
  const title = yes ? 'Money is given back for a visit' : 'No money is given back for a visit'
  await tell(tx, now, [
    {
      to: { personId: visit.personId },
      kind: 'payment.refund_decided',
      title,
      body: yes
        ? `${as === 'council' ? 'The council' : 'The provider'} decided it. The page says how much, and where the money is now.`
        : `${as === 'council' ? 'The council' : 'The provider'} said no. The page says why, and what you can do.`,
      path: `/my/visits/${visit.id}/refund`,
      subjectId: visit.id,
    },
    ...(as === 'council'
      ? [
          {
            to: { providerId: visit.providerId },
            kind: 'payment.refund_decided',
            title,
            body: 'The council decided it, because it pays for this visit. The page says how much and why.',
            path: `/provider/visits/${visit.id}/refund`,
            subjectId: visit.id,
          },
        ]
      : []),
  ])
}
