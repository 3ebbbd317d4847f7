import { penceOf } from '../support/dates.ts'
import { expect, said, test } from '../support/test.ts'

const FINANCE = 'Gillian Stott'

test('what somebody pays towards it is paid by card on the payment service’s page, and from then on by Direct Debit', async ({
  page,
  kith,
}) => {
  const person = kith.eachOf('Jacob Lister', 'Michelle Thewlis')
  await kith.signInAs(person)
  await page.goto('/my/money/towards')
  await page.getByRole('link', { name: /^Pay/ }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pay your part' })).toBeVisible()
  await kith.looksWell()
  const before = penceOf(
    /£[\d.,]+\d/.exec((await page.getByText(/ is owed\./).textContent()) ?? '')?.[0] ?? '0',
  )
  expect(before).toBeGreaterThan(500)

  // More than is owed is refused beside its field, and what was typed stays.
  await page.getByLabel('How much do you pay by card?').fill('9000.00')
  await page.getByRole('button', { name: 'Pay by card' }).click()
  await expect(page.getByRole('alert')).toContainText('That is more than is owed.')
  await expect(page.getByLabel('How much do you pay by card?')).toHaveValue('9000.00')
  await kith.looksWell()

  // Left once, paid the second time.
  await page.getByLabel('How much do you pay by card?').fill('5.00')
  await page.getByRole('button', { name: 'Pay by card' }).click()
  await expect(page.getByRole('heading', { name: 'This is the sandbox: no money moves' })).toBeVisible()
  await page.getByRole('button', { name: /^Go back/ }).click()
  await said(page, 'Nothing was taken.')
  await page.goto('/my/money/towards/pay')
  await page.getByLabel('How much do you pay by card?').fill('5.00')
  await page.getByRole('button', { name: 'Pay by card' }).click()
  await page.getByRole('button', { name: 'Pay', exact: true }).click()
  await said(page, 'It is paid. Your receipt is among your payments.')
  await kith.looksWell()

  await page.goto('/my/money/towards/pay')
  const after = penceOf(
    /£[\d.,]+\d/.exec((await page.getByText(/ is owed\./).textContent()) ?? '')?.[0] ?? '0',
  )
  expect(before - after).toBe(500)
  await page.getByRole('button', { name: 'Set up a Direct Debit' }).click()
  await expect(page.getByRole('heading', { name: 'This is the sandbox: no money moves' })).toBeVisible()
  await page.getByRole('button', { name: 'Set up the Direct Debit' }).click()
  await said(page, 'Your Direct Debit is set up.')
  await expect(page.getByRole('button', { name: 'End the Direct Debit' })).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'End the Direct Debit' }).click()
  await said(page, 'Your Direct Debit is ended.')

  // Finance sees it among what the person paid.
  await kith.signInAs(FINANCE)
  await page.goto('/council/money/contributions')
  await page.getByLabel('Find somebody by name').fill(person)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: person, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `What ${person} pays towards it` })).toBeVisible()
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: '£5.00' })
      .filter({ hasText: 'Card' })
      .filter({ hasText: 'Arrived' }),
  ).toBeVisible()
})

test('finance sets the council’s account up for cards and Direct Debits @js', async ({ page, kith }) => {
  await kith.signInAs('Wendy Sugden')
  await page.goto('/council/money/contributions/account')
  await expect(page.getByText('This is not set up yet.')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Set up card and Direct Debit' }).click()
  await page.getByRole('button', { name: 'Give everything that is asked' }).click()
  await expect(page.getByText('People can pay by card and by Direct Debit.')).toBeVisible()
  await kith.looksWell()
})
