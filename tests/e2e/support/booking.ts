import type { Page } from '@playwright/test'
import type { Temporal } from 'temporal-polyfill'
import { expect } from './test.ts'

interface Wanted {
  /** Of the service: the last part of its address. */
  slug: string
  day: Temporal.PlainDate
  time: string
  minutes?: string
  weeks?: number
  note?: string
}

/** Fills in the first page of asking: when. */
export async function fillInTimes(page: Page, { day, time, minutes, weeks, note }: Wanted): Promise<void> {
  const date = page.getByRole('group', { name: 'Date of the first visit' })
  await date.getByLabel('Day').fill(String(day.day))
  await date.getByLabel('Month').fill(String(day.month))
  await date.getByLabel('Year').fill(String(day.year))
  await page.getByLabel('It starts at').selectOption(time)
  if (minutes) await page.getByLabel('How long is each visit?').selectOption(minutes)
  await page.getByRole('radio', { name: weeks ? 'Every week, on the same day' : 'Once' }).check()
  if (weeks) await page.getByLabel('If every week: for how many weeks?').fill(String(weeks))
  if (note) await page.getByLabel(/Is there something they should know/).fill(note)
}

/**
 * All of asking, by whoever is signed in.
 * @returns the id of the booking
 */
export async function askFor(page: Page, wanted: Wanted): Promise<string> {
  await page.goto(`/book/${wanted.slug}`)
  await fillInTimes(page, wanted)
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  await page.getByRole('link', { name: 'Go on: check' }).click()
  await page.getByRole('button', { name: /^Ask for (this visit|these \d+ visits)$/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /has been asked$/ })).toBeVisible()
  const id = /\/my\/bookings\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  if (!id) throw new Error(`No booking at ${page.url()}`)
  return id
}

/** The provider says yes to what was asked. */
export async function sayYes(page: Page, bookingId: string): Promise<void> {
  await page.goto(`/provider/requests/${bookingId}`)
  await page.getByRole('button', { name: 'Say yes' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'It is booked.' })).toBeVisible()
}
