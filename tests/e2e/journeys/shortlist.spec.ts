import { actFor, enter } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

const TACT = 'cleaning-with-tact-tidy-thursday'
const HAND = 'a-hand-with-the-house-weavers-care'
const COOKIE = 'kith.shortlist'

test('somebody who is not signed in keeps two services, compares them, and takes them along when they sign in', async ({
  page,
  context,
  kith,
}) => {
  await page.goto('/find?q=cleaning&near=Millgate')
  await page.getByRole('button', { name: 'Keep Cleaning with tact' }).click()
  await said(page, 'Kept: Cleaning with tact. 1 service on your shortlist.')
  // The same page, with what was asked for still in the address.
  await expect(page).toHaveURL(/\/find\?q=cleaning&near=Millgate/)
  const kept = page.getByRole('button', { name: 'Kept: take off Cleaning with tact' })
  await expect(kept).toBeInViewport()
  if (kith.scripted) await expect(kept).toBeFocused()
  await kith.looksWell()
  const cookie = (await context.cookies()).find(({ name }) => name === COOKIE)
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(cookie?.value).toMatch(/^[0-9a-f-]{36}$/)

  await page.goto(`/services/${HAND}`)
  await page.getByRole('button', { name: 'Keep A hand with the house' }).click()
  await said(page, '2 services on your shortlist.')
  await page.getByRole('link', { name: 'See and compare what you kept: 2 services' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'My shortlist' })).toBeVisible()
  await expect(page.getByText('It is kept in this browser only')).toBeVisible()
  await kith.looksWell()

  await page.getByRole('checkbox', { name: 'Compare Cleaning with tact' }).check()
  await page.getByRole('checkbox', { name: 'Compare A hand with the house' }).check()
  await page.getByRole('button', { name: 'Compare what is ticked' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Compare support' })).toBeVisible()
  const table = page.getByRole('region', { name: 'Services side by side' }).getByRole('table')
  await expect(table.getByRole('columnheader', { name: 'Cleaning with tact' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'A hand with the house' })).toHaveCount(1)
  await expect(table.getByRole('rowheader').first()).toHaveText('Price, all in')
  await expect(table.getByRole('row', { name: /^Price, all in/ })).toContainText(
    '£21.50 for one hour, all in',
  )
  // Nobody is signed in, so there is nobody's money to speak of.
  await expect(table.getByRole('rowheader', { name: /funds/ })).toHaveCount(0)
  await kith.looksWell()

  await page.getByText('What matters to you?').click()
  await page.getByRole('checkbox', { name: 'What people say' }).check()
  await page.getByRole('button', { name: 'Show this first' }).click()
  await expect(table.getByRole('rowheader').first()).toHaveText('What people say')
  await expect(page).toHaveURL(/first=said/)

  await kith.signInAs(kith.eachOf('Halima Yusuf', 'Stanley Hough'))
  expect((await context.cookies()).some(({ name }) => name === COOKIE)).toBe(false)
  await page.goto('/shortlist')
  await expect(page.getByRole('link', { name: 'Cleaning with tact' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'A hand with the house' })).toBeVisible()
  await page.goto(`/compare?service=${TACT}&service=${HAND}`)
  await expect(table.getByRole('rowheader', { name: 'Which of your funds can pay' })).toHaveCount(1)

  await page.goto('/shortlist')
  for (const title of ['Cleaning with tact', 'A hand with the house']) {
    await page.getByRole('button', { name: `Kept: take off ${title}` }).click()
    await said(page, `${title} is off your shortlist.`)
  }
  await expect(page.getByRole('heading', { level: 2, name: 'Nothing is kept yet' })).toBeVisible()
  await kith.looksWell()
})

test('a person says why, a supporter comments by name, and each takes back their own', async ({
  page,
  kith,
}) => {
  const words = kith.eachOf('I rang them: they are kind.', 'I met them at the fair.')
  const why = kith.eachOf('Close to the bus.', 'My friend goes there.')
  await page.goto(await enter(page.request, 'Daniel Ellery'))
  await actFor(page.request, 'Joan')
  await page.goto('/shortlist')
  await expect(page.getByRole('heading', { level: 1, name: 'Joan’s shortlist' })).toBeVisible()
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'A hand with the house' }) })
  await card.locator('summary').filter({ hasText: 'Add a comment' }).click()
  // Nothing written is nothing to add.
  await card.getByRole('button', { name: 'Add it' }).click()
  await page.getByRole('alert').getByRole('link', { name: 'Write what you want to say' }).click()
  await expect(card.getByRole('textbox', { name: 'Your comment' })).toBeFocused()
  await kith.looksWell()
  await card.getByRole('textbox', { name: 'Your comment' }).fill(words)
  await card.getByRole('button', { name: 'Add it' }).click()
  await said(page, 'Your comment is added.')
  await expect(card.getByText('Change why')).toHaveCount(0)

  await kith.signInAs('Joan Ellery')
  await page.goto('/shortlist')
  await expect(page.getByText(/Daniel Ellery \(your brother\)/)).toBeVisible()
  const comment = card.getByRole('listitem').filter({ hasText: words })
  await expect(comment).toContainText('Daniel Ellery, your brother')
  await expect(comment.getByRole('button')).toHaveCount(0)
  await card.locator('summary').filter({ hasText: 'why I kept it' }).click()
  await card.getByRole('textbox', { name: 'Why I kept it' }).fill(why)
  await card.getByRole('button', { name: 'Save' }).click()
  await said(page, 'What you wrote is saved.')
  await kith.looksWell()

  await page.goto(await enter(page.request, 'Daniel Ellery'))
  await actFor(page.request, 'Joan')
  await page.goto('/shortlist')
  await card
    .getByRole('listitem')
    .filter({ hasText: words })
    .getByRole('button', { name: /^Take it back/ })
    .click()
  await said(page, 'Your comment is taken back.')
  await expect(page.getByText(words)).toHaveCount(0)
})

test('what cannot be compared is told in sentences, and what can is shown', async ({ page, kith }) => {
  const answer = await page.goto(`/compare?service=${TACT}&service=${TACT}&service=no-such-thing`)
  expect(answer?.status()).toBe(400)
  await expect(page.getByText('A service was chosen twice. It is shown once.')).toBeVisible()
  await expect(page.getByText('One of the services is not listed here, so it is left out.')).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Cleaning with tact' })).toBeVisible()
  await kith.looksWell()
  await page.goto('/compare')
  await expect(page.getByRole('heading', { name: 'There is nothing to compare yet' })).toBeVisible()
})

test('a cookie that somebody wrote by hand does no harm', async ({ page, context, baseURL }) => {
  await context.addCookies([
    {
      name: COOKIE,
      value: '%3Cscript%3E.0193b3f0-0000-7000-8000-000000000000.%27%20or%201=1',
      url: baseURL ?? '',
    },
  ])
  const answer = await page.goto('/shortlist')
  expect(answer?.status()).toBe(200)
  await expect(page.getByRole('heading', { name: 'Nothing is kept yet' })).toBeVisible()
  // Pressed with an address of another site to come back to: it stays here.
  const press = await page.request.post('/shortlist/keep', {
    form: { serviceId: 'nothing', intent: 'keep', next: '//elsewhere.example' },
    maxRedirects: 0,
  })
  expect(press.status()).toBe(400)
})
