import type { Tx } from '#services/db/client.server.ts'
import { Temporal, londonDate, longDate } from '#services/kernel/time.ts'
import { forecast, forecastWith } from './forecast.rules.ts'
import { outlookOf } from './fund-words.rules.ts'
import { jointFunds } from './joint-funds.rules.ts'
import { readFunds } from './read-funds.server.ts'
import { readUse } from './read-use.server.ts'

/** Forecasts are rough: to the pound. */
const about = (amount: number): string =>
  `£${new Intl.NumberFormat('en-GB').format(Math.round(amount / 100))}`

export interface IfBooked {
  /** Whether it lasts to its end if this is booked; null when nothing is known of it. */
  lasts: boolean | null
  /** Whether it would last without this. */
  lastsNow: boolean | null
  words: string
}

/**
 * What happens to each fund if this is booked: whether it still lasts to its end, and when not, until when.
 * @param more by fund, what each visit would take from it, by its ISO day
 */
export async function ifBooked(
  tx: Tx,
  personId: string,
  now: Temporal.Instant,
  more: ReadonlyMap<string, readonly { on: string; pence: number }[]>,
): Promise<Map<string, IfBooked>> {
  if (more.size === 0) return new Map()
  const today = londonDate(now)
  const funds = jointFunds(await readFunds(tx, personId, now), today).filter(({ allocationIds }) =>
    allocationIds.some((id) => more.has(id)),
  )
  const use = await readUse(
    tx,
    funds.flatMap(({ allocationIds }) => allocationIds),
    today,
  )
  return new Map(
    funds.flatMap((fund) => {
      const outlook = outlookOf(fund, today, use.of(fund.allocationIds))
      const before = forecast(outlook)
      const after = forecastWith(
        outlook,
        fund.allocationIds
          .flatMap((id) => more.get(id) ?? [])
          .map(({ on, pence }) => ({ on: Temporal.PlainDate.from(on), pence })),
      )
      const ends = longDate(fund.endsOn)
      const words = !after
        ? ''
        : after.runsOutOn
          ? `It would run out about ${longDate(after.runsOutOn)}: about ${about(-after.over)} would be missing by ${ends}.`
          : `It lasts to its end on ${ends}, with about ${about(after.over)} over.`
      const answer: IfBooked = {
        lasts: after ? after.over >= 0 : null,
        lastsNow: before ? before.over >= 0 : null,
        words,
      }
      // Both parts of a fund are one account, and last as long as one another.
      return fund.allocationIds.map((id): [string, IfBooked] => [id, answer])
    }),
  )
}
