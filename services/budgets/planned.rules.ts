/** Which planned visits get their money now, and which wait for an instalment that is still to come. Pure. */

export interface Waiting {
  visitId: string
  /** ISO day in London. */
  on: string
  /** Within the next two weeks. */
  soon: boolean
  pence: number
}

/**
 * In the order of their days. A visit before the next instalment needs its money now; a later one waits for what is to come by
 * its day, and takes what is left only when that is not enough.
 * @param coming what is still to come, by day
 * @returns those that get it; those that nothing is there or to come for; and what is missing for the near ones among these
 */
export function whichGetTheirMoney<Visit extends Waiting>(
  visits: readonly Visit[],
  left: number,
  coming: readonly { dueOn: string; pence: number }[],
): { get: Visit[]; short: Visit[]; missing: number } {
  const get: Visit[] = []
  const short: Visit[] = []
  let rest = left
  let promised = 0
  let missing = 0
  for (const visit of visits) {
    const comes = coming.filter(({ dueOn }) => dueOn <= visit.on).reduce((sum, one) => sum + one.pence, 0)
    if (promised + visit.pence <= comes) {
      promised += visit.pence
      continue
    }
    if (visit.pence <= rest) {
      rest -= visit.pence
      get.push(visit)
      continue
    }
    short.push(visit)
    if (visit.soon) missing += visit.pence - rest
    // What an earlier visit could not have is not given to a later one of the same fund.
    rest = 0
  }
  return { get, short, missing }
}
