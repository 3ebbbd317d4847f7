import type { Page } from '@playwright/test'
import type { Temporal } from 'temporal-polyfill'
import { askFor, fillInTimes, sayYes } from '../support/booking.ts'
import { demoToday } from '../support/dates.ts'
import { figure } from '../support/money.ts'
import { expect, said, test, type Kith } from '../support/test.ts'

/** £25.00 an hour and £2.50 of travel; charged by the minute, to the nearest 15; half the price from 24 hours before on. */
const slug = 'morning-help-at-home-weavers-care'
const WEAVERS = 'Weavers Care Co-op'

/** A weekday soon, with one after it: weekends and bank holidays cost more. */
function twoDaysFrom(day: Temporal.PlainDate): [Temporal.PlainDate, Temporal.PlainDate] {
  const dear = (one: Temporal.PlainDate): boolean =>
    one.dayOfWeek > 5 ||
    (one.month === 12 && one.day >= 25 && one.day <= 28) ||
    (one.month === 1 && one.day <= 3)
  let first = day
  while (dear(first) || dear(first.add({ days: 1 }))) first = first.add({ days: 1 })
  return [first, first.add({ days: 1 })]
}

async function stands(
  page: Page,
  kith: Kith,
  sums: Record<'Spent' | 'Set aside' | 'Left', string>,
): Promise<void> {
  await page.goto('/my/money')
  for (const [name, sum] of Object.entries(sums)) await expect(figure(page, name)).toContainText(sum)
  await kith.looksWell()
}

/** Brings a file of a bank, as the bank writes it. */
async function bring(page: Page, ...lines: string[]): Promise<void> {
  await page.goto('/my/money/bank')
  await page.getByLabel('The file from your bank').setInputFiles({
    name: 'statement.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['Date,Description,Money in,Money out', ...lines].join('\r\n')),
  })
  await page.getByRole('button', { name: 'Read this file' }).click()
}
const bankDay = (day: Temporal.PlainDate): string =>
  [String(day.day).padStart(2, '0'), String(day.month).padStart(2, '0'), String(day.year)].join('/')

async function visitOf(page: Page, bookingId: string): Promise<string> {
  await page.goto(`/my/bookings/${bookingId}`)
  const href = await page.getByRole('table').getByRole('link').first().getAttribute('href')
  return href?.split('/').at(-1) ?? ''
}

async function sayDelivered(page: Page, visitId: string, minutes: string): Promise<void> {
  await page.goto(`/provider/visits/${visitId}`)
  await page.getByLabel('How many minutes were you there?').fill(minutes)
  await page.getByRole('button', { name: 'Say that it happened' }).click()
  await said(page, 'They are asked to say yes to it.')
}

/** The provider takes cards, the person saves one and lets the fund pay by it. */
async function payByCard(page: Page, kith: Kith, person: string): Promise<void> {
  await kith.signInAs('Magda Zielinska')
  await page.goto('/provider/money/card-payments')
  const begin = page.getByRole('button', { name: 'Set up card payments' })
  if (await begin.isVisible()) {
    await begin.click()
    await page.getByRole('button', { name: 'Give everything that is asked' }).click()
  }
  await expect(page.getByText('You can be paid by card.')).toBeVisible()
  await kith.signInAs(person)
  await page.goto('/my/money/cards')
  await page.getByRole('button', { name: 'Save a card' }).click()
  await page.getByRole('button', { name: /^Save the demo card/ }).click()
  await said(page, 'Your card is saved.')
  await page.goto('/my/money/how-you-pay')
  await page
    .getByRole('group', { name: 'How Social care budget pays' })
    .getByText('By itself, from a saved card', { exact: true })
    .click()
  await page.getByRole('button', { name: /^Pay like this.*Social care budget/ }).click()
  await said(page, 'That is how this fund pays from now on.')
}

/** The provider bills what was agreed; the person has the invoice. @returns its address */
async function invoiced(page: Page, kith: Kith, person: string): Promise<string> {
  // What was called off is billed with the day that it was for.
  expect((await page.request.post('/demo/clock', { form: { step: 'day' } })).ok()).toBe(true)
  await kith.signInAs('Magda Zielinska')
  await page.goto('/provider/money/invoices')
  await page
    .getByRole('button', { name: new RegExp(`^Make the invoice now.*${person}, three visits`) })
    .click()
  await kith.signInAs(person)
  await page.goto('/my/money/invoices')
  await page.getByRole('row').filter({ hasText: '£62.50' }).getByRole('link').first().click()
  await expect(page.getByRole('main')).toContainText('£62.50')
  await expect(page.getByRole('main')).toContainText(person)
  await kith.looksWell()
  return page.url()
}

test('a direct payment to a bank account, net, from the first instalment to “paid” by bank or card @clock', async ({
  page,
  kith,
}) => {
  test.setTimeout(300_000)
  const person = kith.eachOf('Ivy Marland', 'Leonard Speke')
  const way = kith.eachOf<'bank' | 'card'>('bank', 'card')
  const today = await demoToday(page)

  // The council says that its £420.00 was paid; the person's £60.00 has not arrived.
  await kith.signInAs('Wendy Sugden')
  await page.goto('/council/money/instalments')
  await kith.looksWell()
  await page.getByRole('checkbox', { name: new RegExp(`^${person}, .*£420\\.00`) }).check()
  const on = page.getByRole('group', { name: 'On which day was it paid?' })
  await on.getByLabel('Day').fill(String(today.day))
  await on.getByLabel('Month').fill(String(today.month))
  await on.getByLabel('Year').fill(String(today.year))
  await page.getByRole('button', { name: 'Record that it was paid' }).click()
  await said(page, 'One payment is recorded.')
  await kith.signInAs(person)
  await stands(page, kith, { Spent: '£0.00', 'Set aside': '£0.00', Left: '£420.00' })
  await expect(page.getByText('£420.00 now; your £60.00 has not arrived.')).toBeVisible()

  // The bank's file shows theirs.
  await bring(
    page,
    `${bankDay(today)},${person.toUpperCase()} PAY IN,60.00,`,
    `${bankDay(today)},CORNER SHOP,,3.20`,
  )
  await said(page, '2 lines read, 1 recognised, 0 for you to say, 1 not recognised.')
  await kith.looksWell()
  await stands(page, kith, { Spent: '£0.00', 'Set aside': '£0.00', Left: '£480.00' })

  if (way === 'card') await payByCard(page, kith, person)

  // Four visits are set aside; one after the next instalment is planned.
  const [day, next] = twoDaysFrom(today.add({ days: 2 }))
  const asked: string[] = []
  for (const [on_, time] of [[day, '08:00'], [day, '09:30'], [day, '11:00'], [next, '09:00']] as const)
    asked.push(await askFor(page, { slug, day: on_, time, minutes: '60' })) // prettier-ignore
  await stands(page, kith, { Spent: '£0.00', 'Set aside': '£110.00', Left: '£370.00' })
  await page.goto(`/book/${slug}`)
  const [later] = twoDaysFrom(today.add({ days: 29 }))
  await fillInTimes(page, { slug, day: later, time: '09:00', minutes: '60' })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  await expect(page.getByRole('heading', { name: '£27.50 is planned, not set aside yet' })).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Go on: check' }).click()
  await page.getByRole('button', { name: 'Ask for this visit' }).click()
  await stands(page, kith, { Spent: '£0.00', 'Set aside': '£110.00', Left: '£370.00' })

  // As booked; nobody came; a quarter of an hour shorter; called off the evening before.
  await kith.signInAs('Magda Zielinska')
  for (const bookingId of asked) await sayYes(page, bookingId)
  await kith.signInAs(person)
  const visits: string[] = []
  for (const bookingId of asked) visits.push(await visitOf(page, bookingId))
  const [one = '', two = '', three = '', four = ''] = visits
  expect(
    (await page.request.post('/demo/clock', { form: { step: 'after_visit', visitId: three } })).ok(),
  ).toBe(true)
  await kith.signInAs('Magda Zielinska')
  await sayDelivered(page, one, '60')
  await sayDelivered(page, three, '45')
  await kith.signInAs(person)
  await page.goto(`/my/visits/${two}`)
  await page.getByRole('button', { name: 'Say that nobody came' }).click()
  await said(page, 'We have told the provider that nobody came.')
  await page.goto(`/my/visits/${four}`)
  await page.getByText('Cancel this visit', { exact: true }).click()
  await page.getByRole('button', { name: 'Cancel and pay £13.75' }).click()
  await page.goto('/my/week')
  await page.getByRole('button', { name: 'Yes to all that are ticked' }).click()
  await said(page, 'Thank you. You said yes to ')
  await kith.signInAs('Magda Zielinska')
  await page.goto(`/provider/visits/${two}`)
  await page.getByText('Nobody came', { exact: true }).click()
  await page.getByRole('button', { name: 'Agree that nobody came' }).click()

  // Settled in the background.
  await kith.signInAs(person)
  await expect(async () => {
    await page.goto('/my/money')
    await expect(figure(page, 'Spent')).toContainText('£62.50', { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await stands(page, kith, { Spent: '£62.50', 'Set aside': '£0.00', Left: '£417.50' })

  const invoice = await invoiced(page, kith, person)
  if (way === 'card') {
    // Paid when the card says so: it was asked for each visit by itself.
    await expect(async () => {
      await page.goto(invoice)
      await expect(page.getByText('Paid', { exact: true })).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 60_000 })
    await stands(page, kith, { Spent: '£62.50', 'Set aside': '£0.00', Left: '£417.50' })
    return
  }
  await expect(page.getByText('Paid', { exact: true })).toHaveCount(0)

  // Paid only when the bank says so.
  await page.goto('/my/money')
  await page.getByRole('link', { name: 'See what it is for, and pay' }).click()
  await expect(page.getByRole('heading', { name: `£62.50 to ${WEAVERS}` })).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: `Pay by bank transfer to ${WEAVERS}` }).click()
  await expect(page.getByText('Not sent yet')).toBeVisible()
  await kith.looksWell()
  const reference =
    (await page
      .getByText(/^[A-Z2-9]{4} [A-Z2-9]{4}$/)
      .first()
      .textContent()) ?? ''
  const transfer = page.url()
  await page.getByRole('button', { name: 'I have sent it' }).click()
  await said(page, 'It counts as paid when your bank’s file shows it.')
  await expect(page.getByText('Paid', { exact: true })).toHaveCount(0)
  await bring(page, `${bankDay(next)},FPO WEAVERS CARE ${reference},,62.50`)
  await said(page, '1 recognised')
  await page.goto(transfer)
  await expect(page.getByText('Paid', { exact: true })).toBeVisible()
  await stands(page, kith, { Spent: '£62.50', 'Set aside': '£0.00', Left: '£417.50' })
  await page.goto('/my/money/pay')
  await expect(page.getByText('Nothing is to be paid by hand')).toBeVisible()
  await page.goto(invoice)
  await expect(page.getByText('Paid', { exact: true })).toBeVisible()
})
