/** A council that pays, finance who assess, and a provider who gives money back. */
import { decideAssessment, previewAssessment } from '#services/contributions/assess.server.ts'
import { chargeSettledWeeks, chargeWeeks } from '#services/contributions/charge-weeks.server.ts'
import { payerOf } from '#services/budgets/payer.rules.ts'
import { type UserActor, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal, dateColumn, londonInstant, plainDateOf, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { refund, visitSettled } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { TestHouse } from '#tests/support/house.ts'
import { settledVisits } from './settled.ts'
import { type BookingWorld, makeBookingWorld } from './bookings.ts'
import { makeUser, userActor } from './world.ts'

export interface PayingWorld extends BookingWorld {
  finance: UserActor
}

/** One person, hours at £26.50 without travel, and money that the council looks after unless told otherwise. */
export async function makePayingWorld(
  deps: Deps,
  options: Parameters<typeof makeBookingWorld>[1] = {},
): Promise<PayingWorld> {
  const w = await makeBookingWorld(deps, {
    lanes: 2,
    funds: [{ pence: 100_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true }],
    service: { pence: 2_650, travel: 0 },
    ...options,
  })
  const finance = userActor(await makeUser(deps, 'Finance'), {
    staff: [{ councilId: w.councilId, roles: ['finance'] }],
  })
  return { ...w, finance }
}

export type Considered = Parameters<typeof previewAssessment>[3]

export const decision = (changes: Partial<Considered> = {}): Considered => ({
  method: 'gross_invoice',
  weekly: '32.40',
  startsOn: '2026-11-02',
  endsOn: '',
  council: '',
  reason: 'From your pension and savings.',
  ...changes,
})

/** Looks, then saves what was seen. @returns what was shown */
export async function assess(w: PayingWorld, changes: Partial<Considered> = {}) {
  const input = decision(changes)
  const { personId } = w.person
  const preview = await previewAssessment(w.deps, w.finance, personId, input)
  await decideAssessment(w.deps, w.finance, personId, {
    ...input,
    assessmentId: preview.assessmentId,
    seen: preview.digest,
  })
  return preview
}

/** Gives a visit's money back to the fund that paid, as a refund does, and the person's part in the same transaction. */
export async function giveBack(w: PayingWorld, visitId: string, amount: number) {
  const { deps } = w
  const now = deps.clock.now()
  const payable = await deps.db.prisma.payable.findFirstOrThrow({
    where: { visitId, refundId: null },
    include: { allocation: true },
  })
  const settled = await deps.db.prisma.ledgerJournal.findUniqueOrThrow({
    where: { key: `settle:${visitId}` },
  })
  const refundId = newId()
  return deps.db.tx(async (tx) => {
    await tx.refund.create({
      data: {
        id: refundId,
        visitId,
        personId: payable.personId,
        providerId: payable.providerId,
        pence: amount,
        state: 'decided',
        reason: 'It did not happen.',
        askedAt: toDate(now),
        decidedById: w.finance.userId,
        decidedAs: 'council',
        decidedAt: toDate(now),
      },
    })
    await postJournals(tx, now, system('test'), [
      refund(`refund:${refundId}`, settled.id, payable.providerId, [
        {
          allocationId: payable.allocationId,
          bookingId: payable.bookingId ?? '',
          visitId,
          amount: pence(amount),
          payer: payerOf({ ...payable.allocation, councilId: w.councilId }),
          allocationEnded: false,
        },
      ]),
    ])
    await tx.payable.create({
      data: {
        visitId,
        refundId,
        bookingId: payable.bookingId,
        allocationId: payable.allocationId,
        personId: payable.personId,
        providerId: payable.providerId,
        payerKind: payable.payerKind,
        payerId: payable.payerId,
        pence: -amount,
        onDay: payable.onDay,
        createdAt: toDate(now),
      },
    })
    const [week] = await chargeWeeks(tx, now, system('test'), [
      `${payable.personId} ${plainDateOf(payable.onDay).toString()}`,
    ])
    return week
  })
}

/** Settles one more visit like an earlier one, from what is left in its fund, and charges its week as the job does: quickly. */
export async function settleLike(
  w: PayingWorld,
  like: string,
  day: Temporal.PlainDate,
  amount: number,
): Promise<string> {
  const { deps } = w
  const now = deps.clock.now()
  const row = await deps.db.prisma.visit.findUniqueOrThrow({ where: { id: like } })
  const payable = await deps.db.prisma.payable.findFirstOrThrow({ where: { visitId: like, refundId: null } })
  const id = newId()
  const part = {
    allocationId: payable.allocationId,
    bookingId: row.bookingId,
    visitId: id,
    amount: pence(amount),
    held: pence(0),
    payer: { kind: payable.payerKind, id: payable.payerId },
  }
  await deps.db.tx(async (tx) => {
    await tx.visit.create({
      data: {
        ...row,
        id,
        // It is over: nobody's time is taken by it.
        laneId: null,
        holdsLane: false,
      },
    })
    await postJournals(tx, now, system('test'), [visitSettled(`settle:${id}`, row.providerId, [part])])
    await tx.payable.create({
      data: {
        visitId: id,
        bookingId: row.bookingId,
        allocationId: part.allocationId,
        personId: row.personId,
        providerId: row.providerId,
        payerKind: 'council',
        payerId: payable.payerId,
        pence: amount,
        onDay: dateColumn(day),
        createdAt: toDate(now),
      },
    })
  })
  await deps.db.tx((tx) => chargeWeeks(tx, now, system('test'), [`${row.personId} ${day.toString()}`]))
  return id
}

/** An hour at £26.50 on each of these days: the first one asked for, made and said yes to, the others like it. All weeks are charged. */
export async function settledHours(
  house: TestHouse,
  w: PayingWorld,
  dates: readonly string[],
): Promise<string[]> {
  const [date = '', ...others] = dates
  const [first = ''] = await settledVisits(house, w, [date], { expectedPence: 2_650 })
  const last = [...dates].sort().at(-1) ?? ''
  house.clock.set(londonInstant(last, '11:00'))
  const ids = [first]
  for (const other of others) ids.push(await settleLike(w, first, Temporal.PlainDate.from(other), 2_650))
  await chargeSettledWeeks(w.deps, [`${w.person.personId} ${date}`])
  return ids
}

export const weeksOf = async (w: PayingWorld) =>
  (
    await w.deps.db.prisma.contributionWeek.findMany({
      where: { personId: w.person.personId },
      orderBy: { weekStartsOn: 'asc' },
    })
  ).map((week) => [plainDateOf(week.weekStartsOn).toString(), week.costPence, week.chargedPence] as const)

/** What the ledger says that the person owes the council. */
export async function owes(w: PayingWorld): Promise<number> {
  const account = await w.deps.db.prisma.ledgerAccount.findUnique({
    where: { key: `person_due:${w.person.personId}:${w.councilId}` },
  })
  return Number(account?.balance ?? 0)
}

/** Every budget account of the person's funds, as the ledger has it. */
export async function fundAccounts(w: PayingWorld): Promise<Record<string, number>> {
  const rows = await w.deps.db.prisma.ledgerAccount.findMany({
    where: { allocationId: { in: w.person.allocationIds } },
    orderBy: { key: 'asc' },
  })
  return Object.fromEntries(rows.map(({ key, balance }) => [key, Number(balance)]))
}
