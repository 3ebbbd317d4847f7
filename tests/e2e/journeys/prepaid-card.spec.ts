import type { Page } from '@playwright/test'
import type { Temporal } from 'temporal-polyfill'
import { askFor, sayYes } from '../support/booking.ts'
import { demoToday } from '../support/dates.ts'
import { expect, said, test } from '../support/test.ts'

/** £25.00 an hour and £2.50 of travel. */
const slug = 'morning-help-at-home-weavers-care'
const WEAVERS = 'Weavers Care Co-op'

/** A weekday soon: weekends and bank holidays cost more. */
function weekdayFrom(day: Temporal.PlainDate): Temporal.PlainDate {
  let on = day
  while (
    on.dayOfWeek > 5 ||
    (on.month === 12 && on.day >= 25 && on.day <= 28) ||
    (on.month === 1 && on.day <= 3)
  )
    on = on.add({ days: 1 })
  return on
}

interface Bought {
  shop: string
  mcc: string
  amount: string
}

/** Somebody pays with this person's card in a shop. */
async function buy(page: Page, person: string, { shop, mcc, amount }: Bought): Promise<void> {
  await page.goto('/demo/cards')
  const cards = page.getByLabel('With which card?', { exact: true })
  const card = await cards.locator('option', { hasText: person }).getAttribute('value')
  await cards.selectOption(card)
  await page.getByLabel('At which shop?').fill(shop)
  await page.getByLabel('What kind of shop is it?').selectOption(mcc)
  await page.getByLabel('How much?', { exact: true }).fill(amount)
  await page.getByRole('button', { name: 'Pay with the card' }).click()
}

test('a direct payment on a prepaid card, from the council’s payment to a shop and a visit that are paid @clock', async ({
  page,
  kith,
}) => {
  test.setTimeout(300_000)
  const person = kith.eachOf('Hubert Pell', 'Ottilie Brand')
  const today = await demoToday(page)

  // The council says that its £420.00 was paid, and has a card made.
  await kith.signInAs('Wendy Sugden')
  await page.goto('/council/money/instalments')
  await page.getByRole('checkbox', { name: new RegExp(`^${person}, .*£420\\.00`) }).check()
  const on = page.getByRole('group', { name: 'On which day was it paid?' })
  await on.getByLabel('Day').fill(String(today.day))
  await on.getByLabel('Month').fill(String(today.month))
  await on.getByLabel('Year').fill(String(today.year))
  await page.getByRole('button', { name: 'Record that it was paid' }).click()
  await said(page, 'One payment is recorded.')
  await page.goto('/council/money/cards')
  await kith.looksWell()
  await page.getByRole('button', { name: 'Have it made' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose whose fund the card is for')
  const funds = page.getByLabel('For which fund?')
  await funds.selectOption(await funds.locator('option', { hasText: person }).getAttribute('value'))
  await page.getByRole('radio', { name: 'A card in the post' }).check()
  await page.getByRole('button', { name: 'Have it made' }).click()
  await said(page, 'The card is made.')

  // It does not pay before it has come and was started.
  await buy(page, person, { shop: 'Kiln Bank Chemist', mcc: '5912', amount: '1' })
  await said(page, 'The card has not been started yet.')
  await kith.signInAs(person)
  await page.goto('/my/money/card')
  await expect(page.getByText('£420.00 can be spent with the card')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'It has come: start it' }).click()
  await said(page, 'The card works.')

  // A shop outside Kith; a kind of shop that is left out; a penny above what one purchase may be.
  await buy(page, person, { shop: 'Kiln Bank Chemist', mcc: '5912', amount: '12.50' })
  await said(page, 'Approved, and the shop took £12.50.')
  await buy(page, person, { shop: 'Lucky Corner', mcc: '7995', amount: '5' })
  await said(page, 'does not work in this kind of shop')
  await buy(page, person, { shop: 'Kettle and Cord', mcc: '5722', amount: '150.01' })
  await said(page, 'Up to £150.00 would have worked.')
  await page.goto('/my/money/card')
  await expect(page.getByText('£407.50 can be spent with the card')).toBeVisible()
  await expect(
    page.getByRole('row', { name: /Kiln Bank Chemist/ }).filter({ hasText: 'Paid' }),
  ).toContainText('Chemists')
  await expect(page.getByRole('row', { name: /Lucky Corner/ })).toContainText('Refused')
  await expect(page.getByRole('row', { name: /Kettle and Cord/ })).toContainText(
    'Up to £150.00 would have worked.',
  )
  await kith.looksWell()

  // Frozen, it pays nothing; unfrozen, it does.
  await page.getByRole('button', { name: 'Freeze it' }).click()
  await said(page, 'The card is frozen.')
  await buy(page, person, { shop: 'Kiln Bank Chemist', mcc: '5912', amount: '2' })
  await said(page, 'The card is frozen. Unfreeze it first.')
  await page.goto('/my/money/card')
  await page.getByRole('button', { name: 'Unfreeze it' }).click()
  await said(page, 'The card works.')

  // Its council can stop it, too, with a reason; the person is told, and is in control of it again.
  await kith.signInAs('Wendy Sugden')
  await page.goto('/council/money/cards')
  await page.getByText('Freeze a card, unfreeze it or end it').click()
  await page.getByRole('button', { name: 'Do this, and tell the person' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose the reason: the person is told')
  await kith.looksWell()
  const stopped = page.getByLabel('Which card?')
  await stopped.selectOption(await stopped.locator('option', { hasText: person }).getAttribute('value'))
  await page.getByRole('radio', { name: /^Freeze it/ }).check()
  await page.getByRole('radio', { name: 'Somebody else may be using it' }).check()
  await page.getByRole('button', { name: 'Do this, and tell the person' }).click()
  await said(page, 'It is done, and the person is told.')
  await expect(page.getByRole('row', { name: new RegExp(person) })).toContainText('Frozen by Wendy Sugden')
  await kith.looksWell()
  await kith.signInAs(person)
  await page.goto('/my/money/card')
  await page.getByRole('button', { name: 'Unfreeze it' }).click()
  await said(page, 'The card works.')

  // A visit: asked for, agreed, done, said yes to.
  const bookingId = await askFor(page, {
    slug,
    day: weekdayFrom(today.add({ days: 2 })),
    time: '09:00',
    minutes: '60',
  })
  await kith.signInAs('Magda Zielinska')
  await sayYes(page, bookingId)
  await kith.signInAs(person)
  await page.goto(`/my/bookings/${bookingId}`)
  const href = await page.getByRole('table').getByRole('link').first().getAttribute('href')
  const visitId = href?.split('/').at(-1) ?? ''
  expect((await page.request.post('/demo/clock', { form: { step: 'after_visit', visitId } })).ok()).toBe(true)
  await kith.signInAs('Magda Zielinska')
  await page.goto(`/provider/visits/${visitId}`)
  await page.getByLabel('How many minutes were you there?').fill('60')
  await page.getByRole('button', { name: 'Say that it happened' }).click()
  await said(page, 'They are asked to say yes to it.')
  await kith.signInAs(person)
  await page.goto('/my/week')
  await page.getByRole('button', { name: 'Yes, it did' }).click()

  // It waits for the card; only the card says that it is paid.
  await expect(async () => {
    await page.goto('/my/money/card')
    await expect(page.getByText(`£27.50 to ${WEAVERS}`)).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await expect(page.getByText('£380.00 can be spent with the card')).toBeVisible()
  await kith.looksWell()
  await page.goto('/demo/cards')
  await page
    .getByRole('listitem')
    .filter({ hasText: `from ${person} to ${WEAVERS}` })
    .getByRole('button', { name: /^Pay the provider with the card/ })
    .click()
  await said(page, 'Approved, and the shop took £27.50.')
  await kith.looksWell()
  await page.goto('/my/money/card')
  await expect(page.getByRole('row', { name: new RegExp(WEAVERS) })).toContainText('Paid a visit')
  await expect(page.getByText(`£27.50 to ${WEAVERS}`)).toHaveCount(0)
  await expect(page.getByText('£380.00 can be spent with the card')).toBeVisible()
  await page.goto(`/my/visits/${visitId}`)
  await expect(page.getByText('It is paid.')).toBeVisible()
})
