import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Temporal } from 'temporal-polyfill'
import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import { askFor, fillInTimes, sayYes } from '../support/booking.ts'
import { demoToday } from '../support/dates.ts'
import { figure } from '../support/money.ts'
import { expect, said, test, type Kith } from '../support/test.ts'

/** £26.50 an hour and no travel, charged by the minute to the nearest 15. */
const slug = 'care-from-round-the-corner-fenside-support'
const MAKER = 'Wendy Sugden'
const APPROVER = 'Sian Beckett'
const OWNER = 'Denise Wragg'
const SUPPLIER = 'TH-20417'

/** A Monday soon; no day of the four weeks from it costs more. */
function mondayFrom(today: Temporal.PlainDate): Temporal.PlainDate {
  let monday = today.add({ days: 2 })
  const dear = (first: Temporal.PlainDate): boolean =>
    [0, 2, 7, 9, 14, 16, 21, 23].some((days) => isBankHoliday(first.add({ days })))
  while (monday.dayOfWeek !== 1 || dear(monday)) monday = monday.add({ days: 1 })
  return monday
}

async function later(page: Page, form: Record<string, string>): Promise<void> {
  expect((await page.request.post('/demo/clock', { form })).ok()).toBe(true)
}

async function writeDay(page: Page, name: string, day: Temporal.PlainDate): Promise<void> {
  const date = page.getByRole('group', { name })
  await date.getByLabel('Day').fill(String(day.day))
  await date.getByLabel('Month').fill(String(day.month))
  await date.getByLabel('Year').fill(String(day.year))
}

async function visitsOf(page: Page, bookingId: string): Promise<string[]> {
  await page.goto(`/my/bookings/${bookingId}`)
  const links = await page.getByRole('table').last().getByRole('link').all()
  const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')))
  return hrefs.flatMap((href) => /\/my\/visits\/([0-9a-f-]{36})$/.exec(href ?? '')?.[1] ?? [])
}

async function importTimes(page: Page, kith: Kith, name: string, lines: readonly string[]): Promise<void> {
  await page.goto('/council/money/monitoring')
  await page.getByLabel('Monitoring file (CSV)').setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(['Visit,Minutes', ...lines].join('\r\n')),
  })
  await page.getByRole('button', { name: 'Read the file' }).click()
  await kith.looksWell()
}

/** Jobs settle and charge in the background: the page is asked again until it says so. */
const settled = (page: Page, path: string, words: string) =>
  expect(async () => {
    await page.goto(path)
    await expect(page.getByRole('main')).toContainText(words, { timeout: 1_000 })
  }).toPass({ timeout: 60_000 })

/** The council has never bought from the provider before. */
async function giveNumber(page: Page, order: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'They have no supplier number' })).toBeVisible()
  await page.getByRole('link', { name: 'Give them a number' }).click()
  await page.getByLabel('Their number in your finance system').fill(SUPPLIER)
  await page.getByRole('button', { name: 'Save the number' }).click()
  await said(page, 'The supplier number is saved.')
  await page.goto(order)
}

/** Finance orders what the person asked for. */
async function placeOrder(
  page: Page,
  kith: Kith,
  person: string,
  number: string,
  until: Temporal.PlainDate,
): Promise<void> {
  const today = await demoToday(page)
  await kith.signInAs(MAKER)
  await page.goto('/council/money/orders')
  await page.getByRole('row').filter({ hasText: person }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: 'Place the order' })).toBeVisible()
  const order = page.url()
  await giveNumber(page, order)
  await page.getByRole('button', { name: 'Place the order' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter the number of the order')
  await page.getByLabel('Order number').fill(number)
  await page.getByLabel('Cost code').fill('ASC-410')
  await page.getByLabel('Case reference').fill('C70001')
  await writeDay(page, 'First day', today)
  await writeDay(page, 'Last day', until)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Place the order' }).click()
  await said(page, 'It is placed.')
}

test('the council buys, bills the person, and pays by a run: to the penny @weeks', async ({ page, kith }) => {
  test.setTimeout(300_000)
  const person = kith.eachOf('Dora Penney', 'Albert Tranter')
  const number = kith.eachOf('ORD-7001', 'ORD-7002')
  // What was agreed for the year counts from its first hour on.
  await kith.signInAs(person)
  await later(page, { step: 'hour' })
  const monday = mondayFrom(await demoToday(page))
  const wednesday = monday.add({ days: 2 })
  const last = monday.add({ days: 23 })

  // Without an order it cannot be asked for, and the page says what would help.
  await kith.signInAs(person)
  await page.goto(`/book/${slug}`)
  await fillInTimes(page, { slug, day: monday, time: '09:00', minutes: '60', weeks: 4 })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  await expect(
    page.getByText('It has neither approved this kind of support in your plan nor ordered it'),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: 'Go on: check' })).toHaveCount(0)
  await kith.looksWell()
  await page.getByRole('link', { name: 'ask the council to order it' }).click()
  await page.getByLabel('What is it for?').fill('A wash and breakfast, two mornings a week.')
  await kith.looksWell()
  await page.getByRole('button', { name: 'Ask the council' }).click()
  await said(page, 'The council is asked to order this.')
  await placeOrder(page, kith, person, number, last)

  // With both, £212.00 is set aside.
  await kith.signInAs(person)
  const bookings = [
    await askFor(page, { slug, day: monday, time: '09:00', minutes: '60', weeks: 4 }),
    await askFor(page, { slug, day: wednesday, time: '09:00', minutes: '60', weeks: 4 }),
  ]
  await page.goto('/my/money')
  await expect(figure(page, 'Set aside')).toContainText('£212.00')
  await kith.signInAs(OWNER)
  for (const id of bookings) await sayYes(page, id)
  await kith.signInAs(person)
  const [mondays = [], wednesdays = []] = [
    await visitsOf(page, bookings[0] ?? ''),
    await visitsOf(page, bookings[1] ?? ''),
  ]
  expect([mondays.length, wednesdays.length]).toEqual([4, 4])
  const disproved = wednesdays[3] ?? ''
  await later(page, { step: 'after_visit', visitId: disproved })

  // The file of actual times: one missed in week two, one a quarter of an hour longer in week three.
  const lines = mondays.flatMap((visit, week) => [
    `${visit},${week === 2 ? '75' : '60'}`,
    `${wednesdays[week] ?? ''},${week === 1 ? '0' : '60'}`,
  ])
  const file = kith.eachOf('december.csv', 'january.csv')
  await kith.signInAs(MAKER)
  await importTimes(page, kith, file, lines)
  await expect(page.getByText('6 visits were made as booked, or shorter.')).toBeVisible()
  await expect(page.getByText('1 visit was missed.')).toBeVisible()
  await page
    .getByRole('region', { name: new RegExp(`^${person},`) })
    .getByRole('button', { name: 'Pay £33.13' })
    .click()
  await importTimes(page, kith, file, lines)
  await expect(page.getByText('This file was imported before')).toBeVisible()
  await importTimes(page, kith, `again-${file}`, [...lines, ''])
  await expect(page.getByText('8 lines had been said before and changed nothing.')).toBeVisible()
  await later(page, { step: 'week' })
  await later(page, { step: 'day' })

  // What each week cost, and what the person pays of it.
  await kith.signInAs(person)
  await settled(page, '/my/money/towards', '£123.70')
  await kith.looksWell()
  const week = (days: number) =>
    page.getByRole('row').filter({ hasText: new RegExp(`^Monday ${String(monday.add({ days }).day)} `) })
  for (const [days, cost, theirs] of [
    [0, '£53.00', '£32.40'],
    [7, '£26.50', '£26.50'],
    [14, '£59.63', '£32.40'],
    [21, '£53.00', '£32.40'],
  ] as const) {
    await expect(week(days)).toContainText(cost)
    await expect(week(days)).toContainText(theirs)
  }
  await page.goto('/my/money')
  await expect(figure(page, 'Spent')).toContainText('£192.13')

  // The run: its maker cannot approve it, somebody else does; the file has what finance needs.
  await kith.signInAs(MAKER)
  await page.goto('/council/money/runs/new')
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck()
  await page.getByRole('checkbox', { name: /^Fenside Support: £192\.13/ }).check()
  await page.getByRole('button', { name: 'Make the run' }).click()
  await said(page, /is made: £192\.13\./)
  await page.getByRole('button', { name: 'Send it for approval' }).click()
  await said(page, 'It waits for approval')
  const run = new URL(page.url()).pathname
  await expect(page.getByText('You made this run, so somebody else has to approve it.')).toBeVisible()
  expect((await page.request.post(run, { form: { intent: 'approve' }, maxRedirects: 0 })).status()).toBe(403)
  await kith.signInAs(APPROVER)
  await page.goto(run)
  await page.getByRole('button', { name: 'Approve this run' }).click()
  await said(page, 'It is approved')
  await kith.signInAs(MAKER)
  await page.goto(run)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Take the file (CSV)' }).click(),
  ])
  const [head = '', ...rows] = (await readFile(await download.path(), 'utf8'))
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
  const columns = head.split(',')
  const cell = (name: string): string => (rows[0] ?? '').split(',')[columns.indexOf(name)] ?? ''
  expect(rows).toHaveLength(1)
  expect([cell('Supplier'), cell('Order'), cell('Cost code'), cell('Case')]).toEqual([
    SUPPLIER, number, 'ASC-410', 'C70001',
  ]) // prettier-ignore
  expect(rows[0]).toContain('192.13')
  await page.goto(run)
  await page.getByRole('button', { name: 'It was sent' }).click()
  await said(page, 'It is recorded as sent')
  await page
    .getByRole('link', { name: /^Record what became of it/ })
    .first()
    .click()
  await page.getByRole('radio', { name: 'It arrived' }).check()
  await page.getByRole('button', { name: 'Record it' }).click()

  await kith.signInAs(OWNER)
  await page.goto('/provider/money/remittances')
  await page.getByRole('row').filter({ hasText: '£192.13' }).getByRole('link').first().click()
  await expect(
    page
      .getByRole('table', { name: 'The visits that it pays for' })
      .getByRole('row')
      .filter({ hasText: 'Care from round the corner' }),
  ).toHaveCount(7)
  await kith.looksWell()

  // A visit of week four is disproved: £26.50 back, of which £5.90 to the person.
  await kith.signInAs(MAKER)
  await page.goto(`/council/money/refunds/${disproved}`)
  await page.getByLabel(/^All of it/).check()
  await page.getByLabel('Why?', { exact: true }).fill('The door log shows that nobody came.')
  await page.getByRole('button', { name: 'Go on and check' }).click()
  await expect(page.getByRole('main')).toContainText('£26.50')
  await expect(page.getByRole('main')).toContainText('£5.90')
  await kith.looksWell()
  await page.getByRole('button', { name: 'Give £26.50 back' }).click()
  await said(page, 'Decided. The page says where the money is now.')
  await kith.signInAs(person)
  await settled(page, '/my/money/towards', '£117.80')
  await page.goto('/my/money')
  await expect(figure(page, 'Spent')).toContainText('£165.63')
})
