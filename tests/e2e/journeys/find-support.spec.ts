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

test('by what somebody needs: a day and hours that are free, a language, and no steps; each taken off by a press', async ({
  page,
  kith,
}) => {
  await page.goto('/find?near=Millgate')
  const filters = page.getByRole('form', { name: 'Filters' })
  await filters.locator('summary', { hasText: /^When$/ }).click()
  await filters.getByLabel(/^Tuesdays/).check()
  await filters.getByLabel('From', { exact: true }).selectOption('10')
  await filters.getByLabel('Until', { exact: true }).selectOption('12')
  await filters.locator('summary', { hasText: /^Languages$/ }).click()
  await filters.getByLabel(/^Urdu/).check()
  await filters.getByRole('button', { name: 'Show results' }).click()
  for (const part of [/day=tuesday/, /language=urdu/, /from=10/, /until=12/])
    await expect(page).toHaveURL(part)
  const on = page.getByRole('list', { name: 'Filters that are on' })
  await expect(on.getByRole('link', { name: /10am to noon/ })).toBeVisible()
  await expect(on.getByRole('link', { name: /Urdu/ })).toBeVisible()
  await kith.looksWell()
  await on.getByRole('link', { name: /Urdu/ }).click()
  await expect(page).not.toHaveURL(/language=/)
  await expect(page.getByRole('heading', { level: 2, name: /^Results 1 to/ })).toBeVisible()
})

test('a search is kept, and let go', async ({ page, kith }) => {
  await kith.signInAs(kith.eachOf('Walter Nkemelu', 'Stanley Hough'))
  await page.goto('/find?q=gardening&near=Millgate')
  await page.getByRole('button', { name: 'Keep this search' }).click()
  await expect(page.getByText('Kept: “gardening” near Millgate.')).toBeVisible()
  await expect(page.getByRole('link', { name: '“gardening” near Millgate' })).toHaveAttribute(
    'href',
    '/find?q=gardening&near=Millgate',
  )
  await kith.looksWell()
  await page.getByRole('button', { name: /^Let it go/ }).click()
  await expect(page.getByRole('heading', { name: 'No search is kept yet' })).toBeVisible()
})

test('without a budget: what is free near a place, and whom to ask', async ({ page, kith }) => {
  await page.goto('/find')
  await page.getByRole('link', { name: 'See what is free' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Without a budget' })).toBeVisible()
  await page.getByLabel('Where?').fill('Millgate')
  await page.getByRole('button', { name: 'Show what is free' }).click()
  await expect(page.getByRole('heading', { name: 'What is there now near Millgate' })).toBeVisible()
  await expect(page.getByText('Free').first()).toBeVisible()
  await expect(page.getByText('Aldermere Council')).toBeVisible()
  await kith.looksWell()
})

test('where I am is asked by a press, and written into the field @js', async ({ page, context }) => {
  await context.grantPermissions(['geolocation'])
  await page.goto('/find')
  const box = await page.request.get('/find?near=Millgate')
  expect(box.ok()).toBe(true)
  await context.setGeolocation({ latitude: 53.55, longitude: -1.81 })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/near-me')) sent.push(request.postData() ?? '')
  })
  expect(sent).toEqual([])
  await page.getByRole('button', { name: 'Use where I am' }).click()
  await expect(page.getByText('We wrote the place into the field.')).toBeVisible()
  await expect(page.getByLabel('Where?')).not.toHaveValue('')
  expect(sent).toHaveLength(1)
  expect(sent.join()).toContain('53.55')
})
