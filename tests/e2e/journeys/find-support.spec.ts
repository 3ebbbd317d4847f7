import { expect, test } from '../support/test.ts'

test('somebody who is not signed in finds support in spite of a typing error, and opens it', async ({
  page,
  kith,
}) => {
  await page.goto('/')
  await page.getByRole('searchbox').fill('clening')
  await page.getByLabel(/where/i).first().fill('Quarry Bank')
  await page
    .getByRole('button', { name: /^(Search|Find)/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/find\?/)
  await expect(page.getByRole('heading', { level: 2, name: /^Results 1 to/ })).toBeVisible()
  await expect(page.getByText('We looked for “cleaning”, not “clening”.')).toBeVisible()
  await kith.looksWell()

  const card = page.getByRole('link', { name: 'Cleaning with tact' })
  await expect(card).toBeVisible()
  await card.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Cleaning with tact' })).toBeVisible()
  await expect(page.getByText('£19.50').first()).toBeVisible()
  await expect(
    page.getByRole('heading', { level: 2, name: 'How it is for people, and what the regulator found' }),
  ).toBeVisible()
  await kith.looksWell()
  await page.getByRole('main').getByRole('link', { name: 'Tidy Thursday' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tidy Thursday' })).toBeVisible()
  await page
    .getByRole('link', { name: /Cleaning with tact/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'Ask for this support' }).click()
  // Asking is for somebody with a budget: sign in first, and come back to it.
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await expect(page).toHaveURL(/next=%2Fbook%2Fcleaning-with-tact/)
})

test('filters narrow the results and are kept in the address', async ({ page }) => {
  await page.goto('/find?near=Millgate')
  const heading = page.getByRole('heading', { level: 2, name: /^Results 1 to/ })
  const count = async (): Promise<number> =>
    Number(/of ([\d,]+)$/.exec((await heading.textContent()) ?? '')?.[1]?.replace(',', ''))
  const all = await count()
  await page.goto('/find?near=Millgate&kind=user_led_organisation&within=5')
  const some = await count()
  expect(some).toBeGreaterThan(0)
  expect(some).toBeLessThan(all)
  await expect(
    page
      .getByRole('navigation', { name: 'Filters that are on' })
      .or(page.getByRole('list', { name: 'Filters that are on' })),
  ).toBeVisible()
})

test('free support is found the same way', async ({ page }) => {
  await page.goto('/find?max=0&q=company')
  await expect(page.getByRole('heading', { level: 2, name: /^Results 1 to/ })).toBeVisible()
  await page.getByRole('link', { name: 'A volunteer looks in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'A volunteer looks in' })).toBeVisible()
  await expect(
    page.getByRole('complementary', { name: 'Price and booking' }).getByText(/free/i).first(),
  ).toBeVisible()
})

test('a place that nobody knows is told, and what was typed is kept', async ({ page }) => {
  await page.goto('/find?q=cleaning&near=zzzz')
  await expect(page.getByRole('searchbox')).toHaveValue('cleaning')
  await expect(page.getByRole('textbox', { name: 'Where?' })).toHaveValue('zzzz')
  await expect(page.getByRole('heading', { level: 3, name: 'We need a place that we know' })).toBeVisible()
})
