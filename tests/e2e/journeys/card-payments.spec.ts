import { expect, said, test } from '../support/test.ts'

test('a provider sets card payments up, and a person saves a card and takes it away', async ({
  page,
  kith,
}) => {
  test.setTimeout(120_000)
  await kith.signInAs(kith.eachOf('Magda Zielinska', 'Nadia Farouk'))
  await page.goto('/provider/money')
  await page.getByRole('link', { name: 'Card payments' }).click()
  await expect(page.getByText('Card payments are not set up yet.')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Set up card payments' }).click()
  await expect(page.getByRole('heading', { name: 'This is the sandbox: no money moves' })).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Give everything that is asked' }).click()
  await expect(page.getByText('You can be paid by card.')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Open your pages at the payment service' }).click()
  await expect(page.getByRole('heading', { name: 'Payments of the demo' })).toBeVisible()

  await kith.signInAs(kith.eachOf('Joan Ellery', 'Tariq Iqbal'))
  await page.goto('/my/money/cards')
  await page.getByRole('button', { name: 'Save a card' }).click()
  await page.getByRole('button', { name: 'Go back without it' }).click()
  await expect(page.getByRole('heading', { name: 'No card is saved' })).toBeVisible()
  await page.getByRole('button', { name: 'Save a card' }).click()
  await page.getByRole('button', { name: /^Save the demo card/ }).click()
  await said(page, 'Your card is saved.')
  await kith.looksWell()
  await page.getByRole('button', { name: 'Forget the Demo card that ends in 4242' }).click()
  await said(page, 'The card is forgotten.')
})
