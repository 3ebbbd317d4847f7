import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pence, times } from '#services/kernel/money.ts'
import { type Temporal, dateColumn } from '#services/kernel/time.ts'
import { AGES, WEEKS, employmentCost } from './cost.rules.ts'
import { ratesOn } from './rates.ts'

const MOST = 200

/**
 * What all who are employed from these funds cost in a usual week, all in: by allocation, for those who are employed on the
 * day. An estimate, as before somebody decides: the payroll's figures win when they come.
 */
export async function readWeeklyCost(
  tx: Tx,
  allocationIds: readonly string[],
  today: Temporal.PlainDate,
): Promise<Map<string, Pence>> {
  const rows = await tx.employment.findMany({
    where: {
      allocationId: { in: [...allocationIds] },
      OR: [{ endsOn: null }, { endsOn: { gte: dateColumn(today) } }],
    },
    take: MOST,
  })
  const { rates } = ratesOn(today.toString())
  const costs = new Map<string, Pence>()
  for (const row of rows) {
    const cost = employmentCost(
      {
        hourly: pence(row.hourlyPence),
        minutesAWeek: row.weeklyMinutes,
        age: AGES.find((age) => age === row.age) ?? 'adult',
        fee: pence(row.payrollFeePence),
        insuranceAYear: pence(0),
      },
      rates,
    )
    const all = row.employmentAllowance ? cost.totalWithAllowance : cost.totalWithout
    const paid = row.pension ? all : pence(all - cost.pension)
    costs.set(row.allocationId, pence((costs.get(row.allocationId) ?? 0) + times(paid, 1, WEEKS)))
  }
  return costs
}
