import type { Page } from '@playwright/test'
import { askFor, sayYes } from '../support/booking.ts'
import { dayWords, demoToday, penceOf } from '../support/dates.ts'
import { expect, test, type Kith } from '../support/test.ts'

/** Charged by the minute, so that a shorter visit costs less. */
const slug = 'morning-help-at-home-weavers-care'

/** Moves the demo's clock past a visit that is booked. */
async function goPast(page: Page, visitId: string): Promise<void> {
  const answer = await page.request.post('/demo/clock', { form: { step: 'after_visit', visitId } })
  expect(answer.ok()).toBe(true)
}

/** The visit of a booking, from the page of whoever is signed in. */
async function visitOf(page: Page, bookingId: string): Promise<string> {
  await page.goto(`/my/bookings/${bookingId}`)
  const href = await page.getByRole('table').getByRole('link').first().getAttribute('href')
  return href?.split('/').at(-1) ?? ''
}

async function sayDelivered(page: Page, kith: Kith, visitId: string, minutes: string): Promise<void> {
  await page.goto(`/provider/visits/${visitId}`)
  await kith.looksWell()
  await page.getByLabel('How many minutes were you there?').fill(minutes)
  await page.getByRole('button', { name: 'Say that it happened' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'They are asked to say yes to it.' })).toBeVisible()
}

/** What the page of money says is spent, of all funds together. */
async function spent(page: Page): Promise<number> {
  await page.goto('/my/money')
  const words = await page.getByText(/^You have spent £/).textContent()
  return penceOf(/spent (£[\d,.]+)/.exec(words ?? '')?.[1] ?? '')
}

test('a visit passes: said with other minutes, confirmed, settled, reviewed and replied to @clock', async ({
  page,
  kith,
}) => {
  test.setTimeout(180_000)
  const person = kith.eachOf('Parminder Bains', 'Mei Chan')
  const today = await demoToday(page)
  const [one, two] = [today.add({ days: 3 }), today.add({ days: 4 })]
  await kith.signInAs(person)
  const before = await spent(page)
  const kept = await askFor(page, { slug, day: one, time: '09:00', minutes: '60' })
  const argued = await askFor(page, { slug, day: two, time: '09:00', minutes: '60' })
  await kith.signInAs('Magda Zielinska')
  await sayYes(page, kept)
  await sayYes(page, argued)
  await kith.signInAs(person)
  const keptVisit = await visitOf(page, kept)
  const arguedVisit = await visitOf(page, argued)
  await expect(page.getByRole('heading', { level: 2, name: 'The visit' })).toBeVisible()

  await goPast(page, arguedVisit)
  await kith.signInAs('Magda Zielinska')
  await sayDelivered(page, kith, keptVisit, '45')
  await sayDelivered(page, kith, arguedVisit, '60')

  // Yes to all, except the one that was different.
  await kith.signInAs(person)
  await page.goto('/my/week')
  await expect(page.getByRole('heading', { level: 2, name: 'Did these visits happen?' })).toBeVisible()
  await kith.looksWell()
  const asks = page.getByRole('group', { name: /^Yes to all of these/ })
  await asks.getByRole('checkbox', { name: new RegExp(dayWords(two)) }).uncheck()
  await page.getByRole('button', { name: 'Yes to all that are ticked' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Thank you. You said yes to ' })).toBeVisible()

  await page.goto(`/my/visits/${arguedVisit}`)
  await page.getByText('Something was different', { exact: true }).click()
  await page.getByLabel('What was different?').fill('She left after half an hour.')
  await page.getByRole('button', { name: 'Tell them' }).click()
  await expect(
    page.getByRole('status').filter({ hasText: 'Nothing is paid until you both agree.' }),
  ).toBeVisible()
  await kith.looksWell()
  await kith.signInAs('Magda Zielinska')
  await page.goto(`/provider/visits/${arguedVisit}`)
  await expect(page.getByText('“She left after half an hour.”')).toBeVisible()
  await page.getByLabel('How many minutes do you agree to?').fill('30')
  await page.getByRole('button', { name: 'Agree to this time' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Agreed. They have been told.' })).toBeVisible()

  // Settled in the background: what was used is spent, the rest is back.
  await kith.signInAs(person)
  await page.goto(`/my/visits/${keptVisit}`)
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('table', { name: /^Which fund pays what/ })).toContainText('Spent')
  }).toPass({ timeout: 30_000 })
  await expect(
    page.getByText(/^As it stands it costs £[\d.]+\. What is not used goes back to its fund\.$/),
  ).toBeVisible()
  await kith.looksWell()
  await expect(async () => {
    expect(await spent(page)).toBeGreaterThan(before)
  }).toPass({ timeout: 30_000 })
  await expect(page.getByText(/Morning help at home/).first()).toBeVisible()

  // A review, and the one reply to it.
  const words = kith.eachOf(
    'She waited until I was ready to go down the stairs.',
    'They rang when the bus was late.',
  )
  await page.goto(`/my/visits/${keptVisit}`)
  for (const group of await page
    .getByRole('group')
    .filter({ has: page.getByRole('radio', { name: '5' }) })
    .all())
    await group.getByRole('radio', { name: '4' }).check()
  await page.getByLabel('In your own words (you may leave this empty)').fill(words)
  await page.getByRole('button', { name: 'Say how it went' }).click()
  await expect(
    page.getByRole('status').filter({ hasText: 'What you wrote now shows on their page' }),
  ).toBeVisible()
  await page.goto(`/services/${slug}`)
  await expect(page.getByText(`“${words}”`)).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(person)

  await kith.signInAs('Magda Zielinska')
  await page.goto('/provider/reviews')
  await page.getByText(`Reply to “${words}`).click()
  await page.getByRole('textbox', { name: /reply/i }).fill('Thank you. We will tell Halina.')
  await page.getByRole('button', { name: /reply/i }).click()
  await expect(
    page.getByRole('status').filter({ hasText: 'Your reply is shown below what they wrote.' }),
  ).toBeVisible()
  await expect(page.getByText(`Reply to “${words}`)).toHaveCount(0)
  await page.goto(`/services/${slug}`)
  await expect(page.getByText('“Thank you. We will tell Halina.”').first()).toBeVisible()
})
