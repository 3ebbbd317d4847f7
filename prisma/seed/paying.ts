import type { Prisma } from '#services/db/generated/client.ts'
import { pence } from '#services/kernel/money.ts'
import { paymentConfirmed, paymentFailed, paymentSent } from '#services/ledger/templates.rules.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import { waitsForWord } from './holding.ts'
import { at, column, DAY, dayOf, HOUR, wallMs } from './kit.ts'
import type { PlayedVisit, World } from './world.ts'

type PayableRow = Prisma.PayableCreateManyInput

/** What is owed, and what became of it: as the use cases of settlement would have left it. */
export interface Paying {
  payables: PayableRow[]
  payments: Prisma.PaymentCreateManyInput[]
  lines: Prisma.PaymentLineCreateManyInput[]
  runs: Prisma.PaymentRunCreateManyInput[]
  refunds: Prisma.RefundCreateManyInput[]
  /** What waits for a Friday: by payer, provider and fund. */
  waiting: Map<string, { allocation: SeededAllocation; payables: PayableRow[] }>
  /** Two people of each council's finance, by council: one makes a run, the other approves it. */
  finance: ReadonlyMap<string, readonly [string, string]>
}

export const noPaying = (finance: Paying['finance']): Paying => ({
  payables: [],
  payments: [],
  lines: [],
  runs: [],
  refunds: [],
  waiting: new Map(),
  finance,
})

interface Begun {
  row: Prisma.PaymentCreateManyInput & { id: string }
  payables: readonly PayableRow[]
  allocation: SeededAllocation
}

/** One fund owes a provider for a visit (below zero: the provider gives back). A person pays at once, others on Fridays. */
export function owe(
  world: World,
  visit: PlayedVisit,
  allocation: SeededAllocation,
  amount: number,
  ms: number,
  refundId: string | null = null,
): void {
  const { provider } = visit.booking.service
  const payable: PayableRow = {
    id: world.kit.id(ms),
    visitId: visit.row.id ?? '',
    refundId,
    bookingId: visit.booking.row.id ?? '',
    allocationId: allocation.id,
    personId: allocation.person.id,
    providerId: provider.id,
    payerKind: allocation.payer.kind,
    payerId: allocation.payer.id,
    pence: amount,
    state: 'due',
    paymentId: null,
    onDay: column(dayOf(visit.startMs)),
    createdAt: at(ms),
  }
  world.paying.payables.push(payable)
  if (allocation.payer.kind === 'person') {
    const method = allocation.held === 'direct_payment_card' ? 'prepaid_card' : 'card'
    const payment = begin(world, ms, allocation, [payable], method)
    send(world, ms, payment)
    arrive(world, ms, payment)
    return
  }
  const key = `${provider.id}:${allocation.id}`
  const waits = world.paying.waiting.get(key) ?? { allocation, payables: [] }
  waits.payables.push(payable)
  world.paying.waiting.set(key, waits)
}

/** Still owed for this visit by this fund: a refund then only makes the next payment smaller. */
export const stillDue = (world: World, visit: PlayedVisit, allocationId: string): boolean =>
  (world.paying.waiting.get(`${visit.booking.service.provider.id}:${allocationId}`)?.payables ?? []).some(
    ({ visitId }) => visitId === visit.row.id,
  )

const sumOf = (payables: readonly PayableRow[]): number =>
  payables.reduce((sum, payable) => sum + payable.pence, 0)

function begin(
  world: World,
  ms: number,
  allocation: SeededAllocation,
  payables: readonly PayableRow[],
  method: Begun['row']['method'],
  runId: string | null = null,
): Begun {
  const id = world.kit.id(ms)
  const row = {
    id,
    reference: paymentReference(id),
    payerKind: allocation.payer.kind,
    payerId: allocation.payer.id,
    providerId: payables[0]?.providerId ?? '',
    personId: allocation.person.id,
    pence: sumOf(payables),
    method,
    state: 'started' as const,
    runId,
    failure: null,
    startedAt: at(ms),
    sentAt: null,
    endedAt: null,
  }
  world.paying.payments.push(row)
  for (const payable of payables) {
    world.paying.lines.push({ paymentId: id, payableId: payable.id ?? '', pence: payable.pence })
    Object.assign(payable, { state: 'in_payment', paymentId: id })
  }
  return { row, payables, allocation }
}

function send(world: World, ms: number, { row, payables, allocation }: Begun): void {
  world.book.post(
    ms,
    paymentSent(`payment:${row.id}:sent`, allocation.payer, row.providerId, pence(row.pence)),
  )
  Object.assign(row, { state: 'sent', sentAt: at(ms) })
  for (const payable of payables) payable.state = 'sent'
}

function arrive(world: World, ms: number, { row, payables, allocation }: Begun): void {
  world.book.post(
    ms,
    paymentConfirmed(`payment:${row.id}:confirmed`, allocation.payer, row.providerId, pence(row.pence)),
  )
  Object.assign(row, { state: 'confirmed', endedAt: at(ms) })
  for (const payable of payables) payable.state = 'paid'
}

function comeBack(world: World, ms: number, { row, payables, allocation }: Begun): void {
  world.book.post(
    ms,
    paymentFailed(`payment:${row.id}:failed`, allocation.payer, row.providerId, pence(row.pence)),
  )
  Object.assign(row, { state: 'failed', failure: 'wrong_details', endedAt: at(ms) })
  for (const payable of payables) Object.assign(payable, { state: 'due', paymentId: null })
}

/** Every Friday a council runs its payments and a fund holder pays; the bank says so three days later. */
export function payOnFridays(world: World): void {
  const { kit, time } = world
  const monday = kit.today.subtract({ days: kit.today.dayOfWeek - 1, weeks: 53 })
  for (let week = 0; week <= 53; week += 1) {
    const friday = monday.add({ weeks: week, days: 4 })
    const ms = wallMs(friday, 600)
    time.at(ms, () => {
      payAll(world, ms, week === 51)
    })
  }
}

/** A council's run of a Friday is for visits up to Monday, so there is always something due. */
const COUNCIL_DAYS = 4

/** @param oneFails the first payment of each council does not arrive */
function payAll(world: World, ms: number, oneFails: boolean): void {
  const { paying, time, kit } = world
  const runs = new Map<string, Prisma.PaymentRunCreateManyInput & { id: string }>()
  const begun: Begun[] = []
  const until = column(dayOf(ms).subtract({ days: COUNCIL_DAYS }))
  const failed = new Set<string>()
  for (const [key, { allocation, payables: all }] of paying.waiting) {
    const council = allocation.payer.kind === 'council' ? allocation.payer.id : null
    const payables = council ? all.filter(({ onDay }) => (onDay as Date) <= until) : all
    const amount = sumOf(payables)
    // More comes back than is due: it waits until there is something to set it against.
    if (payables.length === 0 || amount < 0 || waitsForWord(world, allocation, payables, ms)) continue
    paying.waiting.delete(key)
    const later = all.filter((one) => !payables.includes(one))
    if (later.length > 0) paying.waiting.set(key, { allocation, payables: later })
    const runId = council && amount > 0 ? runOf(world, runs, council, ms).id : null
    const method = amount === 0 ? 'set_off' : council ? 'payment_run' : 'fund_holder'
    const payment = begin(world, ms, allocation, payables, method, runId)
    send(world, ms, payment)
    if (amount === 0) arrive(world, ms, payment)
    else begun.push(payment)
  }
  const arrivedMs = ms + 3 * DAY - HOUR
  for (const payment of begun) {
    // Now and then a sort code is wrong; the next run sends it again.
    const first = oneFails && payment.row.runId && !failed.has(payment.row.runId)
    if (first) failed.add(payment.row.runId ?? '')
    const fails = kit.rng.chance(0.004) || first
    time.at(arrivedMs, () => {
      if (!fails) {
        arrive(world, arrivedMs, payment)
        return
      }
      comeBack(world, arrivedMs, payment)
      const key = `${payment.row.providerId}:${payment.allocation.id}`
      const waits = paying.waiting.get(key) ?? { allocation: payment.allocation, payables: [] }
      waits.payables.push(...payment.payables)
      paying.waiting.set(key, waits)
    })
  }
  for (const run of runs.values())
    time.at(arrivedMs, () => {
      Object.assign(run, { state: 'finished', endedAt: at(arrivedMs) })
    })
}

function runOf(
  world: World,
  runs: Map<string, Prisma.PaymentRunCreateManyInput & { id: string }>,
  councilId: string,
  ms: number,
) {
  const known = runs.get(councilId)
  if (known) return known
  const { paying, kit } = world
  const [maker, approver] = paying.finance.get(councilId) ?? ['', '']
  const run = {
    id: kit.id(ms),
    councilId,
    number: 1 + paying.runs.filter((one) => one.councilId === councilId).length,
    state: 'sent' as const,
    untilDay: column(dayOf(ms).subtract({ days: COUNCIL_DAYS })),
    madeById: maker,
    madeAt: at(ms - 3 * HOUR),
    submittedAt: at(ms - 2 * HOUR),
    approvedById: approver,
    approvedAt: at(ms - HOUR),
    fileTakenAt: at(ms - HOUR / 2) as Date | null,
    fileTakenById: maker as string | null,
    sentById: maker,
    sentAt: at(ms),
    endedAt: null,
  }
  paying.runs.push(run)
  runs.set(councilId, run)
  return run
}
