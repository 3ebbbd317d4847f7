/** What a person pays in belongs to the fund that it goes towards: the two are shown as one. Pure. */
import { Temporal } from '#services/kernel/time.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { AllocationBalances } from '#services/ledger/read-balances.server.ts'
import type { PersonFund } from './read-funds.server.ts'

export interface PaidIn {
  /** Due by today, and not there. */
  overdue: Pence
  overdueSince: Temporal.PlainDate | null
  next: { dueOn: Temporal.PlainDate; pence: number } | null
}

export interface JointFund extends PersonFund {
  /** Its allocation, and that of what the person pays in. */
  allocationIds: readonly string[]
  /** What comes next from whoever funds it, not from the person. */
  next: { dueOn: Temporal.PlainDate; pence: number } | null
  /** null where the person pays nothing into it. */
  paidIn: PaidIn | null
}

const KEYS = ['funded', 'available', 'held', 'ringFenced', 'spent'] as const

/** What stands in a fund and in what is paid in towards it, together. */
export function bothOf(one: AllocationBalances, other: AllocationBalances): AllocationBalances {
  const sum = { ...one }
  for (const key of KEYS) sum[key] = pence(one[key] + other[key])
  return sum
}

const weekByWeek = (one: readonly number[], other: readonly number[]): number[] =>
  Array.from(
    { length: Math.max(one.length, other.length) },
    (_, week) => (one[week] ?? 0) + (other[week] ?? 0),
  )

function paidInOf(fund: PersonFund, today: Temporal.PlainDate): PaidIn {
  const overdue = fund.expected.filter((one) => Temporal.PlainDate.compare(one.dueOn, today) <= 0)
  return {
    overdue: pence(overdue.reduce((sum, one) => sum + one.pence, 0)),
    overdueSince: overdue[0]?.dueOn ?? null,
    next: fund.expected.find((one) => !overdue.includes(one)) ?? null,
  }
}

/** Funds in the order given, each with what goes towards it; what is available is both together. */
export function jointFunds(funds: readonly PersonFund[], today: Temporal.PlainDate): JointFund[] {
  const ids = new Set(funds.map(({ allocation }) => allocation.id))
  const goesTowards = (fund: PersonFund): string | null =>
    fund.allocation.towardsId !== null && ids.has(fund.allocation.towardsId)
      ? fund.allocation.towardsId
      : null
  return funds
    .filter((fund) => goesTowards(fund) === null)
    .map((fund): JointFund => {
      const alone = {
        ...fund,
        allocationIds: [fund.allocation.id],
        next: fund.expected[0] ?? null,
        paidIn: null,
      }
      const payIn = funds.find((one) => goesTowards(one) === fund.allocation.id)
      if (!payIn) return alone
      // Of the person's part that is agreed which has come and which is still asked for: it changes with each assessment.
      const asked = payIn.balances.funded + payIn.expected.reduce((sum, one) => sum + one.pence, 0)
      return {
        ...alone,
        allocation: {
          ...fund.allocation,
          agreedPence: fund.allocation.agreedPence + BigInt(asked),
        },
        allocationIds: [fund.allocation.id, payIn.allocation.id],
        balances: bothOf(fund.balances, payIn.balances),
        expected: [...fund.expected, ...payIn.expected].sort((a, b) =>
          Temporal.PlainDate.compare(a.dueOn, b.dueOn),
        ),
        planned: fund.planned + payIn.planned,
        aheadFourWeeks: fund.aheadFourWeeks + payIn.aheadFourWeeks,
        booked: weekByWeek(fund.booked, payIn.booked),
        paidIn: paidInOf(payIn, today),
      }
    })
}
