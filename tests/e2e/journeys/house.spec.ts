import { expect, test } from '../support/test.ts'

test('the first page opens, and a link on it leads on', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('contentinfo').getByRole('link', { name: 'Your rights' }).click()
  await expect(page).toHaveURL(/\/rights$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a page that is not there says so and offers a way on', async ({ page }) => {
  const response = await page.goto('/nowhere')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'We could not find that page' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the first page' }).click()
  await expect(page).toHaveURL(/\/$/)
})

test('a page sends the sign-in form to the server only, with the right origin', async ({ page }) => {
  await page.goto('/sign-in')
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('main').getByRole('button').first().click()
  expect((await answer).status()).toBeLessThan(404)
})

test('anybody on the demo’s list can be chosen, and lands on their own first page', async ({ page }) => {
  await page.goto('/demo')
  const button = page.getByRole('button', { name: 'Sign in as Leon Marsh', exact: true })
  if (!(await button.isVisible()))
    for (const more of await page.getByText(/^\d+ more: /).all()) await more.click()
  await button.click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Try Kith as somebody' })).toHaveCount(0)
})
