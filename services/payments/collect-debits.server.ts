/** What people owe their council is collected by Direct Debit: told first, collected on the day that was told. */
import { lockPeople } from '#services/contributions/charge-weeks.server.ts'
import { readStanding } from '#services/contributions/read-standing.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import {
  type Temporal,
  LONDON,
  dateColumn,
  londonDate,
  longDate,
  plainDateOf,
  toDate,
} from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import { applyContribution } from './apply-contribution.server.ts'
import { EVERY_DAYS, LEAST, collectedOn } from './debit.rules.ts'
import { outcomeOfAnswer } from './outcomes.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'log'>
const AT_ONCE = 200

/** Job: tells everybody with a Direct Debit what is collected of what they owe, and when. @returns how many were told */
export async function announceDebits(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  let after = '00000000-0000-0000-0000-000000000000'
  let told = 0
  for (;;) {
    const mandates = await deps.db.prisma.directDebitMandate.findMany({
      where: { state: 'active', id: { gt: after } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
      select: { id: true, personId: true, councilId: true },
    })
    for (const one of mandates) if (await deps.db.tx((tx) => announce(tx, now, one))) told += 1
    const last = mandates.at(-1)
    if (!last || mandates.length < AT_ONCE) return told
    after = last.id
  }
}

/** One person under their lock: another run of the job, or a payment that is begun, waits. */
async function announce(
  tx: Tx,
  now: Temporal.Instant,
  { personId, councilId }: { personId: string; councilId: string },
): Promise<boolean> {
  await lockPeople(tx, [personId])
  const today = londonDate(now)
  const since = toDate(now.subtract({ hours: 24 * EVERY_DAYS }))
  const before = await tx.contributionPayment.count({
    where: {
      personId,
      councilId,
      method: 'direct_debit',
      OR: [
        { state: { in: ['started', 'sent'] } },
        { startedAt: { gt: since }, state: { in: ['confirmed', 'returned'] } },
      ],
    },
  })
  if (before > 0) return false
  const { collectable } = await readStanding(tx, personId, councilId, today)
  const takes = await tx.connectedAccount.count({ where: { councilId, chargesEnabled: true } })
  if (collectable < LEAST || takes === 0) return false
  const id = newId()
  const day = collectedOn(today)
  await tx.contributionPayment.create({
    data: {
      id,
      reference: paymentReference(id),
      personId,
      councilId,
      pence: collectable,
      method: 'direct_debit',
      state: 'started',
      startedAt: toDate(now),
      onDay: dateColumn(day),
    },
  })
  await tell(tx, now, [
    {
      to: { personId },
      kind: 'payment.debit_announced',
      title: `${pounds(collectable)} is collected on ${longDate(day)}`,
      body: 'By your Direct Debit, for what you pay towards your care. If it is wrong, say so before that day: then it is not collected while the council looks at it.',
      path: '/my/money/towards',
      subjectId: id,
    },
  ])
  return true
}

/**
 * Job: collects what was announced for today or before. What is no longer owed, or is questioned since, is called off instead.
 * Asked again with the same key, the payment service takes nothing twice. @returns how many were asked for
 */
export async function collectDebits(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.contributionPayment.findMany({
    where: {
      method: 'direct_debit',
      state: 'started',
      onDay: { lte: dateColumn(londonDate(now)) },
    },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
    select: { id: true, personId: true, councilId: true, pence: true, onDay: true },
  })
  let asked = 0
  for (const one of due) {
    const from = await deps.db.tx((tx) => stillOwed(tx, now, one))
    if (from && (await collect(deps, one, from))) asked += 1
  }
  return asked
}

interface Announced {
  id: string
  personId: string
  councilId: string
  pence: number
  onDay: Date | null
}
interface From {
  account: string
  mandate: string
  customer: string
}

/** From where it is collected; null once it is called off, because it is not owed like this any more. */
async function stillOwed(tx: Tx, now: Temporal.Instant, one: Announced): Promise<From | null> {
  await lockPeople(tx, [one.personId])
  const { owed, onItsWay, disputed } = await readStanding(tx, one.personId, one.councilId, londonDate(now))
  const mandate = await tx.directDebitMandate.findFirst({
    where: { personId: one.personId, councilId: one.councilId, state: 'active' },
  })
  const account = await tx.connectedAccount.findUnique({ where: { councilId: one.councilId } })
  const open = owed.total - (onItsWay - one.pence) - disputed
  if (mandate?.externalId && account && open >= one.pence)
    return { account: account.externalId, mandate: mandate.externalId, customer: mandate.customerId }
  await applyContribution(tx, now, system('collect_debits'), one.id, {
    status: 'cancelled',
    reference: null,
  })
  return null
}

/** On its own day it is tried first; later, it may have been tried since then. */
function triedBefore({ onDay }: Announced, today: Temporal.PlainDate): Temporal.Instant | null {
  const day = onDay && plainDateOf(onDay)
  return day && day.until(today).days > 0 ? day.toZonedDateTime(LONDON).toInstant() : null
}

async function collect(deps: Needs, one: Announced, from: From): Promise<boolean> {
  const mandate = await deps.payments.readMandate({ account: from.account, mandate: from.mandate })
  const answer = mandate
    ? await deps.payments.collect({
        key: one.id,
        account: from.account,
        debit: { customer: from.customer, method: mandate.method },
        amount: pence(one.pence),
        payment: one.id,
        firstTriedAt: triedBefore(one, londonDate(deps.clock.now())),
      })
    : ({ status: 'declined', reference: null, reason: 'mandate_ended' } as const)
  const outcome = outcomeOfAnswer(answer)
  if (!outcome) {
    // The next run asks again, with the same key.
    deps.log.warn({ paymentId: one.id }, 'a collection got no answer')
    return false
  }
  await deps.db.tx((tx) => applyContribution(tx, deps.clock.now(), system('collect_debits'), one.id, outcome))
  return true
}
