import type { Page } from '@playwright/test'
import { actFor, enter } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

const COOKIE = 'kith.choices'
const goOn = (page: Page) => page.getByRole('button', { name: 'Go on' }).click()
/** A choice is its whole box, and the label covers it. */
const choose = (page: Page, name: string) => page.locator('.option label', { hasText: name }).click()
const question = (page: Page, words: string) =>
  expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible()

test('somebody who is not signed in is led from what would make life better to a handful of options', async ({
  page,
  context,
  kith,
}) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Help me choose' }).click()
  await question(page, 'Help me choose')
  await kith.looksWell()
  await page.getByRole('link', { name: 'Start' }).click()

  await question(page, 'What would make life better?')
  await expect(page.getByText('Question 1 of 9')).toBeVisible()
  // Nothing chosen is nothing to go on with, and nothing is lost.
  await goOn(page)
  await page.getByRole('alert').getByRole('link').click()
  await expect(page.getByRole('checkbox', { name: 'Help to wash, dress or eat' })).toBeFocused()
  await kith.looksWell()
  await choose(page, 'Help with the house')
  await choose(page, 'Company')
  await goOn(page)

  await question(page, 'Who is it for?')
  await page.getByRole('button', { name: 'I would rather not say' }).click()
  await question(page, 'Where should it happen?')
  await choose(page, 'At your home')
  await goOn(page)

  await question(page, 'Where do you live?')
  const cookie = (await context.cookies()).find(({ name }) => name === COOKIE)
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(cookie?.value).not.toMatch(/house|company/)
  await page.getByRole('textbox', { name: 'Where do you live?' }).fill('Nowhere at all')
  await goOn(page)
  await expect(page.getByRole('alert').getByText('We do not know “Nowhere at all”.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Where do you live?' })).toHaveValue('Nowhere at all')
  await kith.looksWell()
  await page.getByRole('textbox', { name: 'Where do you live?' }).fill('Millgate')
  await goOn(page)

  // From now on people to talk to are named, by telephone.
  const talk = page.getByRole('complementary', { name: 'Talk to a person' })
  await expect(talk.getByText('These groups near Millgate')).toBeVisible()
  await expect(talk.getByRole('listitem')).toHaveCount(3)
  await expect(talk.getByRole('link', { name: /^Call .*01632/ })).toHaveCount(3)

  // Stopped here, and carried on another day.
  await page.getByRole('link', { name: 'stop, and carry on later' }).click()
  await expect(page.getByText('4 of 9 questions are answered.')).toBeVisible()
  await page.getByRole('link', { name: 'Carry on where you stopped' }).click()
  await question(page, 'When would you want it?')
  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Where do you live?' })).toHaveValue('Millgate')
  await goOn(page)
  await page.getByRole('button', { name: 'Any time' }).click()
  await page.getByRole('button', { name: 'I need none of these' }).click()
  await page.getByRole('button', { name: 'English is fine' }).click()
  await question(page, 'How much may it cost?')
  await choose(page, 'Up to £25 for an hour')
  await goOn(page)
  await question(page, 'What matters most to you?')
  await choose(page, 'It is near')
  await kith.looksWell()
  await goOn(page)

  await question(page, 'Check your answers')
  await expect(page.getByText('Help with the house; Company')).toBeVisible()
  await kith.looksWell()
  // One is changed, and the others stay.
  await page.getByRole('link', { name: 'Change What matters most' }).click()
  await choose(page, 'It costs little')
  await goOn(page)
  await expect(page.getByText('It costs little')).toBeVisible()
  await page.getByRole('link', { name: 'See what may suit you' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^(Three|Four|Five|Six) that may suit you$/,
  )
  const options = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) })
  await kith.looksWell()
  for (const option of await options.all()) {
    expect(await option.getByRole('listitem').count()).toBeGreaterThanOrEqual(2)
    await expect(option).toContainText(/Free|£\d/)
  }
  const first = options.first()
  await first.getByRole('button', { name: /^Keep/ }).click()
  await said(page, '1 service on your shortlist.')
  await expect(page.getByRole('button', { name: /^Kept: take off/ })).toBeVisible()
  await page.getByRole('link', { name: /^See all like these/ }).click()
  await expect(page).toHaveURL(/\/find\?near=Millgate&category=.*max=25.*sort=price/)
  await expect(page.getByRole('heading', { level: 2, name: /^Results 1 to/ })).toBeVisible()

  await page.goto('/choose')
  await page.getByRole('button', { name: 'Throw my answers away' }).click()
  await said(page, 'Your answers are thrown away.')
  expect((await context.cookies()).some(({ name }) => name === COOKIE)).toBe(false)
  await expect(page.getByRole('link', { name: 'Start' })).toBeVisible()
})

test('when only a few fit, it says which answer to ease and blames nobody', async ({ page, kith }) => {
  await page.goto('/choose/what')
  await choose(page, 'A nurse who comes')
  await goOn(page)
  await page.goto('/choose/language')
  await choose(page, 'Welsh')
  await goOn(page)
  await page.goto('/choose/options')
  await question(page, 'Nothing fits all of the answers')
  await expect(page.getByText('That is not your fault.')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: /^In any language: \d+ more$/ }).click()
  await expect(page).toHaveURL('/find?category=nursing')
})

test('what was answered before signing in is taken along, and a supporter goes on with it', async ({
  page,
  context,
  kith,
}) => {
  const who = kith.eachOf('Halima Yusuf', 'Stanley Hough')
  await page.goto('/choose/what')
  await choose(page, 'Getting out')
  await goOn(page)
  await kith.signInAs(who)
  expect((await context.cookies()).some(({ name }) => name === COOKIE)).toBe(false)
  await page.goto('/choose/check')
  await expect(page.getByText('Getting out')).toBeVisible()
  await kith.looksWell()

  // Nothing is in the plan before they say so; then the council's adviser can read it, until it is taken out.
  await page.getByRole('link', { name: 'Put what you said into your plan' }).click()
  await question(page, 'Which answers may go into your plan?')
  await kith.looksWell()
  await page.getByRole('button', { name: 'Put in what is ticked' }).click()
  await page.getByRole('alert').getByRole('link').click()
  await expect(page.getByRole('checkbox', { name: 'What would make life better' })).toBeFocused()
  await choose(page, 'What would make life better')
  await page.getByRole('button', { name: 'Put in what is ticked' }).click()
  await said(page, 'One answer is in the plan now.')
  await expect(page.getByText('Getting out')).toBeVisible()
  await expect(page.getByText(/^You put this in on/)).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Take it out of the plan' }).click()
  await said(page, 'The answers are out of the plan, and gone from it for good.')
  await expect(page.getByText('Getting out')).toHaveCount(0)
  await page.goto('/choose/check')
  await page.getByRole('button', { name: 'Throw my answers away' }).click()
  await said(page, 'Your answers are thrown away.')

  // Joan has begun; her brother sees where she stopped, and whom “you” means.
  await page.goto(await enter(page.request, 'Daniel Ellery'))
  await actFor(page.request, 'Joan')
  await page.goto('/choose')
  await question(page, 'Help Joan choose')
  await page.getByRole('link', { name: 'Carry on where you stopped' }).click()
  await expect(page.getByText('“You” means Joan.')).toBeVisible()
  await kith.looksWell()
})

test('a cookie or an address that somebody wrote by hand does no harm', async ({
  page,
  context,
  baseURL,
}) => {
  await context.addCookies([
    { name: COOKIE, value: '%7B%22what%22%3A%5B%22house%22%5D%7D', url: baseURL ?? '' },
  ])
  await page.goto('/choose')
  await expect(page.getByRole('link', { name: 'Start' })).toBeVisible()
  // Nothing is answered yet, so there is nothing to show.
  await page.goto('/choose/options')
  await expect(page).toHaveURL('/choose')
  expect((await page.goto('/choose/nothing-like-it'))?.status()).toBe(404)
  const post = await page.request.post('/choose/what', {
    form: { intent: 'answer', what: '<script>' },
    maxRedirects: 0,
  })
  expect(post.status()).toBe(400)
})
