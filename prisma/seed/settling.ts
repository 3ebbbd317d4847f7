import { settledLines } from '#services/bookings/settled-lines.rules.ts'
import { useLines } from '#services/budgets/split.rules.ts'
import { pence, total } from '#services/kernel/money.ts'
import { refund, visitSettled, type SettledPart } from '#services/ledger/templates.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import { at, DAY, HOUR } from './kit.ts'
import { owe, stillDue } from './paying.ts'
import { audited, type PlayedVisit, type World } from './world.ts'

const MINUTE = 60_000

interface Yes {
  outcome: NonNullable<PlayedVisit['row']['outcome']>
  finalPence: number
  reason?: string
  bySilence?: boolean
  by?: { userId: string | null; authorityId: string | null } | null
  settleMs?: number
}

/** It is confirmed; settling follows within minutes, or after the days in which it may still be disputed. */
export function yes(
  world: World,
  visit: PlayedVisit,
  ms: number,
  { outcome, finalPence, reason, bySilence, by, settleMs }: Yes,
): void {
  Object.assign(visit.row, {
    state: 'confirmed',
    outcome,
    finalPence,
    confirmedAt: at(ms),
    confirmedById: by?.userId ?? null,
    bySilence: bySilence ?? false,
    reason: reason ?? visit.row.reason,
    updatedAt: at(ms),
  })
  if (by && ms > world.kit.nowMs - 30 * DAY)
    audited(world, ms, 'visit.confirmed', visit.booking, { type: 'visit', id: visit.row.id ?? '' }, by)
  if (outcome === 'attended' || outcome === 'amended') world.received.push({ visit, ms })
  const later = settleMs ?? ms + world.kit.rng.int(1, 4) * MINUTE
  world.time.at(later, () => {
    settle(world, visit, later)
  })
}

/** What was set aside becomes spent up to the cost, the rest goes back, and each fund's payer owes the provider. */
export function settle(world: World, visit: PlayedVisit, ms: number): void {
  const { row, booking } = visit
  if (row.state !== 'confirmed') return
  const finals = settledLines(
    visit.quote.map((line) => line.pence),
    pence(row.finalPence ?? 0),
  )
  const used = useLines(
    visit.funding.map((line) => ({ ...line, pence: line.row.pence })),
    finals,
  )
  const parts = new Map<SeededAllocation, { amount: number; held: number }>()
  for (const line of used) {
    const part = parts.get(line.allocation) ?? { amount: 0, held: visit.held.get(line.allocation.id) ?? 0 }
    part.amount += line.used
    parts.set(line.allocation, part)
  }
  // Not before the money has come: it is tried again when it has.
  if ([...parts].some(([allocation, { amount, held }]) => allocation.available + held < amount)) return
  const provider = booking.service.provider
  const [bookingId, visitId] = [booking.row.id ?? '', row.id ?? '']
  const settled = [...parts].map(([allocation, { amount, held }]): SettledPart => ({
    allocationId: allocation.id,
    bookingId,
    visitId,
    amount: pence(amount),
    held: pence(held),
    payer: allocation.payer,
  }))
  const journalId = world.book.post(ms, visitSettled(`settle:${visitId}`, provider.id, settled))
  visit.settledBy = journalId
  for (const line of used) Object.assign(line.row, { state: 'used', usedPence: line.used })
  for (const [allocation, { amount, held }] of parts) {
    allocation.available += held - amount
    world.waiting.get(allocation.id)?.delete(visit)
  }
  for (const [allocation, { amount }] of parts) if (amount > 0) owe(world, visit, allocation, amount, ms)
  visit.held.clear()
  Object.assign(row, { state: 'settled', settledAt: at(ms), updatedAt: at(ms) })
  if (row.outcome === 'late_cancellation' && world.kit.rng.chance(0.3))
    forgive(world, visit, settled, journalId, ms)
}

/** A provider lets a late cancellation go: a decision of its own, and the money returns to the fund it came from. */
function forgive(
  world: World,
  visit: PlayedVisit,
  settled: readonly SettledPart[],
  reversesId: string,
  ms: number,
): void {
  const later = ms + 2 * HOUR
  const council = settled.filter((part) => part.payer.kind !== 'person' && part.amount > 0)
  if (council.length === 0 || total(settled.map((part) => part.amount)) === 0) return
  world.time.at(later, () => {
    if (!council.every((part) => stillDue(world, visit, part.allocationId))) return
    const refundId = world.kit.id(later)
    world.paying.refunds.push({
      id: refundId,
      visitId: visit.row.id ?? '',
      personId: visit.booking.person.id,
      providerId: visit.booking.service.provider.id,
      pence: total(council.map((part) => part.amount)),
      state: 'decided',
      reason: 'Cancelled late because of a fall.',
      askedAt: at(later),
      decidedById: world.paying.finance.get(visit.booking.person.councilId)?.[0] ?? null,
      decidedAs: 'council',
      decidedAt: at(later),
      decision: 'It could not be helped.',
    })
    world.book.post(
      later,
      refund(
        `refund:${refundId}`,
        reversesId,
        visit.booking.service.provider.id,
        council.map((part) => ({ ...part, allocationEnded: false })),
      ),
    )
    for (const part of council) {
      const allocation = visit.funding.find((one) => one.allocation.id === part.allocationId)?.allocation
      if (!allocation) continue
      allocation.available += part.amount
      owe(world, visit, allocation, -part.amount, later, refundId)
    }
  })
}
