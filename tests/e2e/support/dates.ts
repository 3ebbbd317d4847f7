import type { Page } from '@playwright/test'
import { Temporal } from 'temporal-polyfill'

/** A day so many days from now in London, moved on to the next day of the week that is wanted (1 is Monday). */
export function dayAhead(
  days: number,
  weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 7],
): Temporal.PlainDate {
  let day = Temporal.Now.plainDateISO('Europe/London').add({ days })
  while (!weekdays.includes(day.dayOfWeek)) day = day.add({ days: 1 })
  return day
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** Which day it is by the demo's clock, which tests move forward. */
export async function demoToday(page: Page): Promise<Temporal.PlainDate> {
  await page.goto('/demo')
  const words = await page.getByRole('region', { name: 'The demo’s clock' }).textContent()
  const [, day, month = '', year] = /(\d+) (\w+) (\d{4})/.exec(words ?? '') ?? []
  return Temporal.PlainDate.from({ year: Number(year), month: MONTHS.indexOf(month) + 1, day: Number(day) })
}

/** 'Tuesday 3 March', as pages write it. */
export const dayWords = (day: Temporal.PlainDate): string =>
  day.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')

/** '£27.50' in pence. */
export const penceOf = (text: string): number => Math.round(Number(text.replace(/[^0-9.]/g, '')) * 100)
