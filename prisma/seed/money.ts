import { pence } from '#services/kernel/money.ts'
import {
  allocationAdjusted,
  allocationFunded,
  holdPlaced,
  holdReleased,
  paymentConfirmed,
  paymentFailed,
  paymentSent,
  personCharged,
  personPaid,
  ringFenced,
} from '#services/ledger/templates.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import { at, DAY, HOUR, wallMs } from './kit.ts'
import type { PlayedVisit, World } from './world.ts'

/** Instalments arrive, ended funds give back what is left, payers pay on Fridays. */
export function startMoney(world: World, settleWaiting: (visit: PlayedVisit, ms: number) => void): void {
  const { kit, time } = world
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
    if (allocation.weeklyContribution > 0 && allocation.held === 'council_managed')
      chargeContribution(world, allocation)
    if (allocation.held === 'direct_payment_bank' && allocation.person.seed.profile === 'physical') {
      const ms = (allocation.instalments[0]?.arrivesMs ?? allocation.knownMs) + 5 * DAY
      // Wages and notice for somebody they employ beside what they book here.
      time.at(ms, () => {
        const amount = Math.min(12_000, Math.floor(allocation.available / 2))
        if (amount <= 0) return
        allocation.available -= amount
        world.book.post(ms, ringFenced(`ring:${allocation.id}`, allocation.id, pence(amount)))
      })
    }
  }
  const monday = kit.today.subtract({ days: kit.today.dayOfWeek - 1, weeks: 53 })
  for (let week = 0; week <= 53; week += 1) {
    const friday = monday.add({ weeks: week, days: 4 })
    payRun(world, wallMs(friday, 600), friday.toString())
  }
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

/** A council or a fund holder pays what it owes each provider, and the bank says so three days later. */
function payRun(world: World, ms: number, friday: string): void {
  const { time, book, kit } = world
  time.at(ms, () => {
    for (const [key, debt] of world.owed) {
      const { pence: amount, provider, allocation } = debt
      if (amount === 0) continue
      debt.pence = 0
      const { payer } = allocation
      const run = `run:${friday}:${key}`
      book.post(ms, paymentSent(`${run}:sent`, payer, provider.id, pence(amount)))
      const arrivedMs = ms + 3 * DAY - HOUR
      // Now and then a sort code is wrong; the next run sends it again.
      const fails = kit.rng.chance(0.004)
      time.at(arrivedMs, () => {
        if (fails) {
          book.post(arrivedMs, paymentFailed(`${run}:failed`, payer, provider.id, pence(amount)))
          debt.pence += amount
        } else book.post(arrivedMs, paymentConfirmed(`${run}:confirmed`, payer, provider.id, pence(amount)))
      })
    }
  })
}

/** What a person pays towards gross-charged care, billed every four weeks; some bills are still open. */
function chargeContribution(world: World, allocation: SeededAllocation): void {
  const { kit, time, book } = world
  const { person } = allocation
  for (const [index, instalment] of allocation.instalments.entries()) {
    const ms = instalment.arrivesMs + 28 * DAY + 4 * HOUR
    time.at(ms, () => {
      const amount = pence(allocation.weeklyContribution * 4)
      const key = `${allocation.id}:${String(index + 1)}`
      // Never more than the care cost.
      if ((spentOf.get(allocation) ?? 0) < amount * (index + 1)) return
      book.post(ms, personCharged(`charged:${key}`, person.id, person.councilId, amount))
      const paidMs = ms + kit.rng.int(5, 30) * DAY
      if (kit.rng.chance(0.9))
        time.at(paidMs, () => {
          book.post(paidMs, personPaid(`paid:${key}`, person.id, person.councilId, amount))
        })
    })
  }
}

const spentOf = new WeakMap<SeededAllocation, number>()
export const spend = (allocation: SeededAllocation, amount: number): void => {
  spentOf.set(allocation, (spentOf.get(allocation) ?? 0) + amount)
}
