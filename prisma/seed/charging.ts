import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { personCharged, personPaid, personWrittenOff } from '#services/ledger/templates.rules.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import type { WeekRow } from './charges.ts'
import { at, branch, column, DAY, dayOf, HOUR, wallMs, type Kit } from './kit.ts'
import { notify, type World } from './world.ts'

/** Visits of a week are settled for some weeks after it: each time the whole week is looked at again. */
const LOOKED_AT_DAYS = [10, 17, 24, 38]
/** Behind with paying, so that each age of arrears is there; and since how many weeks. */
const BEHIND: Readonly<Record<string, number>> = { 'Halima Yusuf': 11 }

/** The assessment behind what a person pays towards one fund, net or gross; each week of gross-charged care is charged. */
export function startCharging(world: World): void {
  const kit = branch(world.kit, 41)
  for (const allocation of world.allocations) {
    if (allocation.weeklyContribution <= 0) continue
    const gross = allocation.held === 'council_managed'
    assess(world, allocation, gross)
    if (gross) chargeFund(world, kit, allocation)
  }
  world.time.at(world.kit.nowMs - 2 * HOUR, () => {
    askQuestions(world)
  })
}

function assess({ kit, charging }: World, allocation: SeededAllocation, gross: boolean): void {
  const { person } = allocation
  charging.assessments.push({
    id: kit.id(allocation.knownMs),
    personId: person.id,
    councilId: person.councilId,
    method: gross ? 'gross_invoice' : 'net_pay_in',
    weeklyPence: allocation.weeklyContribution,
    startsOn: column(Temporal.PlainDate.from(allocation.startsOn)),
    endsOn: column(Temporal.PlainDate.from(allocation.endsOn)),
    reason: 'From the assessment of income and savings.',
    decidedAt: at(allocation.knownMs),
  })
}

function chargeFund(world: World, kit: Kit, allocation: SeededAllocation): void {
  const { time } = world
  const { nowMs } = world.kit
  const first = Temporal.PlainDate.from(allocation.startsOn)
  let monday = first.subtract({ days: first.dayOfWeek - 1 })
  let number = 0
  // Nine in ten pay every four weeks; some miss a bill now and then.
  const since = BEHIND[allocation.person.seed.name]
  const reliable = kit.rng.chance(0.8) || since !== undefined
  while (wallMs(monday, 0) < Math.min(nowMs, allocation.endsMs)) {
    const week = monday
    for (const days of LOOKED_AT_DAYS) {
      const ms = wallMs(week.add({ days }), 300)
      if (ms < nowMs)
        time.at(ms, () => {
          chargeOne(world, allocation, week, ms)
        })
    }
    // As the job does when a visit has just been settled.
    time.at(nowMs, () => {
      chargeOne(world, allocation, week, nowMs)
    })
    number += 1
    if (number % 4 === 0) {
      const billMs = wallMs(week.add({ days: 21 }), 600)
      const pays = reliable || kit.rng.chance(0.6)
      const paidMs = billMs + kit.rng.int(2, 12) * DAY + HOUR
      const behind = since !== undefined && paidMs > nowMs - since * 7 * DAY
      if (pays && !behind)
        time.at(paidMs, () => {
          payAll(world, allocation, paidMs)
        })
    }
    monday = monday.add({ weeks: 1 })
  }
}

/** Of all that a council paid for the person's social care in that week. */
function chargeOne(world: World, allocation: SeededAllocation, monday: Temporal.PlainDate, ms: number): void {
  const { kit, book, charging, paying } = world
  const { person } = allocation
  const [from, until] = [column(monday).getTime(), column(monday.add({ days: 6 })).getTime()]
  const cost = paying.payables
    .filter(
      (one) =>
        one.personId === person.id &&
        one.allocationId === allocation.id &&
        (one.onDay as Date).getTime() >= from &&
        (one.onDay as Date).getTime() <= until,
    )
    .reduce((sum, one) => sum + one.pence, 0)
  const known = charging.weeks.find(
    (one) => one.personId === person.id && (one.weekStartsOn as Date).getTime() === from,
  )
  if (!known && cost <= 0) return
  const charged = Math.min(Math.max(0, cost), allocation.weeklyContribution)
  const week: WeekRow = known ?? {
    id: kit.id(ms),
    personId: person.id,
    councilId: person.councilId,
    weekStartsOn: column(monday),
    costPence: 0,
    assessedPence: allocation.weeklyContribution,
    chargedPence: 0,
    round: 0,
    updatedAt: at(ms),
  }
  if (!known) charging.weeks.push(week)
  const difference = charged - week.chargedPence
  Object.assign(week, { costPence: Math.max(0, cost), chargedPence: charged })
  if (difference === 0) return
  Object.assign(week, { round: week.round + 1, updatedAt: at(ms) })
  book.post(
    ms,
    personCharged(`charge:${week.id}:${String(week.round)}`, person.id, person.councilId, pence(difference)),
  )
}

const owedBy = ({ charging }: World, personId: string): number =>
  charging.weeks.filter((one) => one.personId === personId).reduce((sum, one) => sum + one.chargedPence, 0) -
  charging.payments
    .filter((one) => one.personId === personId && one.state === 'confirmed')
    .reduce((sum, one) => sum + one.pence, 0) -
  charging.disputes
    .filter((one) => one.personId === personId && one.kind === 'write_off')
    .reduce((sum, one) => sum + one.pence, 0)

function payAll(world: World, { person }: SeededAllocation, ms: number): void {
  const amount = owedBy(world, person.id)
  if (amount <= 0) return
  const { charging, book } = world
  const payment = paymentOf(world, person.id, person.councilId, amount, ms)
  charging.payments.push({ ...payment, state: 'confirmed', endedAt: at(ms) })
  book.post(ms, personPaid(`contribution:${payment.id}`, person.id, person.councilId, pence(amount)))
}

function paymentOf(world: World, personId: string, councilId: string, amount: number, ms: number) {
  const id = world.kit.id(ms)
  return {
    id,
    reference: paymentReference(id),
    personId,
    councilId,
    pence: amount,
    method: 'transfer',
    state: 'sent' as const,
    startedAt: at(ms),
    endedAt: null,
    onDay: column(dayOf(ms)),
  }
}

/** One week that is questioned, one question that was answered, one sum that was let go, one transfer that is on its way. */
function askQuestions(world: World): void {
  const { charging, kit, book, paying } = world
  const person = world.allocations.find((one) => one.person.seed.name === 'Halima Yusuf')?.person
  const theirs = charging.weeks
    .filter((one) => one.personId === person?.id && one.chargedPence > 0)
    .sort((a, b) => (b.weekStartsOn as Date).getTime() - (a.weekStartsOn as Date).getTime())
  const [finance = null] = paying.finance.get(person?.councilId ?? '') ?? []
  const [, newest, , older] = theirs
  if (!person || !newest || !older || owedBy(world, person.id) < older.chargedPence) return
  const common = { personId: person.id, councilId: person.councilId, raisedById: person.userId }
  const days = (back: number): number => kit.nowMs - back * DAY - 5 * HOUR
  charging.disputes.push(
    {
      id: kit.id(days(3)),
      ...common,
      kind: 'dispute',
      state: 'open',
      pence: newest.chargedPence,
      weekStartsOn: newest.weekStartsOn,
      reason: 'Nobody came on two of the mornings, and I am asked to pay as if they had.',
      raisedAt: at(days(3)),
      decidedById: null,
      decidedAt: null,
      decision: '',
    },
    {
      id: kit.id(days(19)),
      ...common,
      kind: 'dispute',
      state: 'refused',
      pence: older.chargedPence,
      weekStartsOn: older.weekStartsOn,
      reason: 'I think I paid this at the post office.',
      raisedAt: at(days(19)),
      decidedById: finance,
      decidedAt: at(days(15)),
      decision:
        'We looked through our bank for three weeks and it is not there. Please send us the receipt if you have it.',
    },
  )
  const letGoId = kit.id(days(30))
  const letGo = Math.min(1_000, older.chargedPence)
  charging.disputes.push({
    id: letGoId,
    ...common,
    raisedById: finance,
    kind: 'write_off',
    state: 'agreed',
    pence: letGo,
    weekStartsOn: null,
    reason: 'A visit was cut short, and the provider could not be asked any more.',
    raisedAt: at(days(2)),
    decidedById: finance,
    decidedAt: at(days(2)),
    decision: 'A visit was cut short, and the provider could not be asked any more.',
  })
  const ms = kit.nowMs - 2 * HOUR
  book.post(ms, personWrittenOff(`writeoff:${letGoId}`, person.id, person.councilId, pence(letGo)))
  charging.payments.push(paymentOf(world, person.id, person.councilId, older.chargedPence, days(1)))
  notify(world, days(2), { personId: person.id }, () => ({
    kind: 'budget.contribution_let_go',
    title: 'You need not pay a part of it',
    body: 'The council lets it go: a visit was cut short.',
    path: '/my/money/towards',
    subjectId: letGoId,
  }))
}
