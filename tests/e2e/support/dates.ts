import { Temporal } from 'temporal-polyfill'

/** A day so many days from now in London, moved on to the next day of the week that is wanted (1 is Monday). */
export function dayAhead(days: number, weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 7]): Temporal.PlainDate {
  let day = Temporal.Now.plainDateISO('Europe/London').add({ days })
  while (!weekdays.includes(day.dayOfWeek)) day = day.add({ days: 1 })
  return day
}

/** 'Tuesday 3 March', as pages write it. */
export const dayWords = (day: Temporal.PlainDate): string =>
  day.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')

/** '£27.50' in pence. */
export const penceOf = (text: string): number => Math.round(Number(text.replace(/[^0-9.]/g, '')) * 100)
