import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { purchaseCleared, purchaseHeld, purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { feeFor, feesDue } from './agreement.rules.ts'
import { requireHolder } from './holding.policy.ts'
import { giveBackSchema } from './holding.schema.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const AT_ONCE = 200
const NO_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Job: takes the management fee of each week that is over, as agreed, from individual service funds: a spend like any
 * other, which the person sees. A week that was taken is never taken again, and what is set aside for visits is left
 * alone: without enough that is free, the fee waits for the next run. A managed account pays only what its person tells it to.
 * @returns how many weeks were taken
 */
export async function takeFees(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  let weeks = 0
  let after = NO_ID
  for (;;) {
    const agreements = await deps.db.prisma.fundAgreement.findMany({
      where: {
        id: { gt: after },
        startsOn: { lte: dateColumn(londonDate(now)) },
        NOT: { feeRates: { equals: [] } },
        allocation: { deployment: 'individual_service_fund' },
      },
      select: { id: true, allocationId: true },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    })
    // Each fund is a transaction of its own: one that is short must not keep the others.
    for (const { allocationId } of agreements)
      weeks += await deps.db.tx((tx) => takeFeesOf(tx, now, allocationId))
    const last = agreements.at(-1)
    if (!last || agreements.length < AT_ONCE) return weeks
    after = last.id
  }
}

async function takeFeesOf(tx: Tx, now: Temporal.Instant, allocationId: string): Promise<number> {
  await tx.$executeRaw`select 1 from fund_agreement where allocation_id = ${allocationId}::uuid for update`
  const account = await readAccount(tx, allocationId)
  const { agreement } = account
  if (!agreement || account.deployment !== 'individual_service_fund') return 0
  const due = feesDue({
    ...periodOf(account),
    rates: agreement.feeRates,
    taken: new Set((await feesOf(tx, agreement.id)).map(({ week }) => week)),
    today: londonDate(now),
  })
  let left = (await readBalances(tx, [allocationId])).get(allocationId)?.available ?? pence(0)
  const taking: { id: string; week: string; pence: Pence }[] = []
  for (const one of due) {
    if (one.pence > left) break
    left = pence(left - one.pence)
    taking.push({ id: newId(), ...one })
  }
  if (taking.length === 0) return 0
  const note = `Management fee, ${account.holderName}`
  const key = (week: string, what: string): string => `fee:${agreement.id}:${week}:${what}`
  const posted = await postJournals(
    tx,
    now,
    system('take_fees'),
    taking.flatMap((fee) => [
      noted(purchaseHeld(key(fee.week, 'held'), fee.id, [{ allocationId, amount: fee.pence }]), note),
      noted(
        purchaseCleared(key(fee.week, 'taken'), fee.id, [
          { allocationId, held: fee.pence, amount: fee.pence },
        ]),
        note,
      ),
    ]),
  )
  const journals = new Map(posted.map((journal) => [journal.key, journal.id]))
  await tx.fundFee.createMany({
    data: taking.map((fee) => ({
      id: fee.id,
      agreementId: agreement.id,
      weekStartsOn: dateColumn(Temporal.PlainDate.from(fee.week)),
      pence: fee.pence,
      takenAt: toDate(now),
      journalId: journals.get(key(fee.week, 'taken')) ?? '',
    })),
  })
  return taking.length
}

/** First and last day on which both the agreement and the fund run; ISO. */
function periodOf({ agreement, startsOn, endsOn }: HeldAccount): { startsOn: string; endsOn: string } {
  const last = endsOn.toString()
  const first = startsOn.toString()
  return {
    startsOn: agreement && agreement.startsOn > first ? agreement.startsOn : first,
    endsOn: agreement?.endsOn && agreement.endsOn < last ? agreement.endsOn : last,
  }
}

export interface TakenFee {
  id: string
  /** Its Monday, ISO. */
  week: string
  pence: number
  backPence: number
  journalId: string
}

/** Fees that were taken under an agreement, newest week first. */
export async function feesOf(tx: Tx, agreementId: string): Promise<TakenFee[]> {
  const rows = await tx.fundFee.findMany({
    where: { agreementId },
    orderBy: { weekStartsOn: 'desc' },
    take: 500,
  })
  return rows.map(({ weekStartsOn, ...fee }) => ({ ...fee, week: plainDateOf(weekStartsOn).toString() }))
}

/** What was taken above what is agreed for that week now, and not given back. */
export function takenTooMuch(
  fees: readonly TakenFee[],
  rates: readonly { from: string; pence: number }[],
): { fee: TakenFee; pence: number }[] {
  return fees
    .map((fee) => ({ fee, pence: fee.pence - fee.backPence - feeFor(rates, fee.week) }))
    .filter((one) => one.pence > 0)
}

/**
 * The holder gives back what it took above the agreement: each part returns to the fund it came from.
 * @returns how much
 * @throws SIGN_IN; NOT_FOUND for strangers and other funds; FORBIDDEN for workers; STALE_STATE when it is another amount now
 */
export async function giveBackFees(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof giveBackSchema>,
): Promise<number> {
  const asked = giveBackSchema.parse(input)
  requireHolder(actor, await readAccount(deps.db.prisma, asked.allocationId))
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    await tx.$executeRaw`select 1 from fund_agreement where allocation_id = ${asked.allocationId}::uuid for update`
    const account = await readAccount(tx, asked.allocationId)
    const { agreement } = account
    const over = agreement ? takenTooMuch(await feesOf(tx, agreement.id), agreement.feeRates) : []
    const sum = over.reduce((all, one) => all + one.pence, 0)
    if (sum === 0 || sum !== asked.expectedPence)
      throw new DomainError('STALE_STATE', 'What is to be given back has changed. Look at it again.')
    await postJournals(
      tx,
      now,
      actor,
      over.map((one) =>
        noted(
          purchaseRefunded(
            `fee:${one.fee.id}:back:${String(one.fee.backPence + one.pence)}`,
            one.fee.journalId,
            [{ allocationId: account.allocationId, amount: pence(one.pence) }],
          ),
          `Management fee given back, ${account.holderName}`,
        ),
      ),
    )
    await tx.$executeRaw`
      update fund_fee f set back_pence = f.back_pence + w.pence
      from unnest(${over.map((one) => one.fee.id)}::uuid[], ${over.map((one) => one.pence)}::int[]) as w (id, pence) where f.id = w.id`
    await recordAudit(tx, now, actor, {
      action: 'fund.fee_given_back',
      subjectType: 'allocation',
      subjectId: account.allocationId,
      forPersonId: account.personId,
      facts: { pence: sum },
    })
    await tell(tx, now, [
      {
        to: { personId: account.personId },
        kind: 'payment.fee_given_back',
        title: `${account.holderName} gave ${pounds(sum)} back`,
        body: `It had taken more for managing your ${account.streamName.toLowerCase()} than was agreed. The money is in your fund again.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: account.allocationId,
      },
      {
        to: { councilId: account.councilId },
        kind: 'holding.fee_given_back',
        title: `${account.holderName} gave ${pounds(sum)} back to a fund`,
        body: 'It was more for managing it than was agreed. Look at it and close the breach.',
        path: `/council/funds-held/${account.allocationId}`,
        subjectId: account.allocationId,
      },
    ])
    return sum
  })
}
