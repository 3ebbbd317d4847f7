import { pence } from '#services/kernel/money.ts'
import {
  allocationAdjusted,
  allocationFunded,
  holdPlaced,
  holdReleased,
  ringFenced,
} from '#services/ledger/templates.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import { startCharging } from './charging.ts'
import { at, DAY } from './kit.ts'
import { payOnFridays } from './paying.ts'
import { paysWages } from './wages.ts'
import type { PlayedVisit, World } from './world.ts'

/** Instalments arrive, ended funds give back what is left, payers pay on Fridays. */
export function startMoney(world: World, settleWaiting: (visit: PlayedVisit, ms: number) => void): void {
  const { time } = world
  for (const allocation of world.allocations) {
    for (const instalment of allocation.instalments)
      time.at(instalment.arrivesMs, () => {
        instalment.row.arrivedAt = at(instalment.arrivesMs)
        world.book.post(
          instalment.arrivesMs,
          allocationFunded(`funded:${instalment.id}`, allocation.id, pence(instalment.pence)),
        )
        allocation.available += instalment.pence
        setAsidePlanned(world, allocation, instalment.arrivesMs, settleWaiting)
      })
    // Long after its last visit was settled, what an ended fund has left goes back to its funder.
    const closeMs = allocation.endsMs + 40 * DAY
    time.at(closeMs, () => {
      const left = allocation.available
      if (left <= 0) return
      allocation.available = 0
      world.book.post(
        closeMs,
        allocationAdjusted(`surplus:${allocation.id}`, allocation.id, pence(left), 'surplus_reclaimed'),
      )
    })
    if (
      allocation.held === 'direct_payment_bank' &&
      allocation.person.seed.profile === 'physical' &&
      !paysWages(allocation)
    ) {
      const ms = (allocation.instalments[0]?.arrivesMs ?? allocation.knownMs) + 5 * DAY
      // Wages and notice for somebody they employ beside what they book here.
      time.at(ms, () => {
        const amount = Math.min(12_000, Math.floor(allocation.available / 2))
        if (amount <= 0) return
        allocation.available -= amount
        world.book.post(ms, ringFenced(`ring:${allocation.id}`, allocation.id, pence(amount)))
        world.ringFences.push({
          id: world.kit.id(ms),
          allocationId: allocation.id,
          purpose: 'wages',
          pence: amount,
          reason: 'Two weeks of wages for somebody employed',
          round: 0,
          updatedAt: at(ms),
        })
      })
    }
  }
  startCharging(world)
  payOnFridays(world)
}

/** As services/budgets does when an instalment comes: earliest visit first, a visit whole or not at all. */
function setAsidePlanned(
  world: World,
  allocation: SeededAllocation,
  ms: number,
  settleWaiting: (visit: PlayedVisit, ms: number) => void,
): void {
  const waiting = world.waiting.get(allocation.id)
  if (!waiting || waiting.size === 0) return
  for (const visit of [...waiting].sort((a, b) => a.startMs - b.startMs)) {
    const lines = visit.funding.filter(
      (line) => line.allocation === allocation && line.row.state === 'planned',
    )
    const sum = lines.reduce((all, line) => all + line.row.pence, 0)
    if (lines.length === 0) {
      waiting.delete(visit)
      continue
    }
    if (sum > allocation.available) break
    place(world, `planned:${allocation.id}:${visit.row.id ?? ''}`, ms, visit, allocation, sum)
    for (const line of lines) line.row.state = 'set_aside'
    waiting.delete(visit)
    if (visit.row.state === 'confirmed') settleWaiting(visit, ms)
  }
}

function place(
  world: World,
  key: string,
  ms: number,
  visit: PlayedVisit,
  allocation: SeededAllocation,
  amount: number,
): void {
  const bookingId = visit.booking.row.id ?? ''
  const part = { allocationId: allocation.id, bookingId, visitId: visit.row.id ?? '', amount: pence(amount) }
  world.book.post(ms, holdPlaced(key, [part]))
  allocation.available -= amount
  visit.held.set(allocation.id, (visit.held.get(allocation.id) ?? 0) + amount)
}

/** Gives back all that is set aside for these visits, in one journal, and ends their funding lines. */
export function release(world: World, key: string, ms: number, visits: readonly PlayedVisit[]): void {
  const parts = visits.flatMap((visit) =>
    [...visit.held].map(([allocationId, amount]) => ({
      allocationId,
      bookingId: visit.booking.row.id ?? '',
      visitId: visit.row.id ?? '',
      amount: pence(amount),
    })),
  )
  if (parts.length > 0) world.book.post(ms, holdReleased(key, parts))
  for (const visit of visits) {
    for (const { row, allocation } of visit.funding) {
      world.waiting.get(allocation.id)?.delete(visit)
      row.state = 'released'
    }
    for (const [allocationId, amount] of visit.held) {
      const allocation = visit.funding.find((line) => line.allocation.id === allocationId)?.allocation
      if (allocation) allocation.available += amount
    }
    visit.held.clear()
  }
}
