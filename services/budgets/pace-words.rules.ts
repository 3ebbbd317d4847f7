/** What a forecast rests on, in words. Pure. */
import { pounds } from '#services/kernel/money.ts'
import type { Forecast } from './forecast.rules.ts'

/** '£92.00 a week, as in the next four weeks of visits' */
export function paceWords(
  { from, weeks, wages }: Pick<Forecast, 'from' | 'weeks' | 'wages'>,
  rate: string,
): string {
  const withWages = wages > 0 ? `, with ${pounds(wages)} a week for whom you employ` : ''
  switch (from) {
    case 'booked':
      return weeks > 4
        ? `what is asked for and booked in the next ${String(weeks)} weeks, then ${rate}${withWages}`
        : `${rate}, as in the next four weeks of visits${withWages}`
    case 'spent':
      return `${rate}, as in the last four weeks, because nothing is booked`
    case 'agreed':
      return `${rate}, as your plan gives it, because nothing is booked and nothing was spent`
    case 'wages':
      return `${rate} for whom you employ, because nothing else is booked`
  }
}
