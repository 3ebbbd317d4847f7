import type { Page } from '@playwright/test'
import { expect, said, test } from '../support/test.ts'

const heading = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name: words })).toBeVisible()
/** Whatever leads on stays in Easy Read. */
const stays = (page: Page) => expect(page).toHaveURL(/\/easy(\/|$|\?)/)

test('from the first page in Easy Read to a service, what it costs, and asking for it', async ({
  page,
  kith,
}) => {
  const name = kith.eachOf('Walter Nkemelu', 'Stanley Hough')
  await page.goto('/')
  await page.getByRole('link', { name: /^Easy Read/ }).click()
  await stays(page)
  await heading(page, 'Find support for your life')
  await kith.looksWell()

  // Something that nobody knows is told beside its box, and what was typed stays.
  await page.getByLabel('What do you want help with?').fill('garden')
  await page.getByLabel('Where do you live?').fill('nowhere at all')
  await page.getByRole('button', { name: 'Find support' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText(/We do not know that place/)
  await expect(page.getByLabel('What do you want help with?')).toHaveValue('garden')
  await kith.looksWell()
  await page.getByLabel('Where do you live?').fill('Millgate')
  await page.getByRole('button', { name: 'Find support' }).click()
  await heading(page, 'This is what we found')
  await expect(page).toHaveURL('/easy/find?q=garden&near=Millgate')
  await kith.looksWell()
  const first = page
    .getByRole('region', { name: 'Results' })
    .getByRole('listitem')
    .filter({
      has: page.getByRole('link', { name: /^Look at this one/ }),
    })
  expect(await first.count()).toBeLessThanOrEqual(5)
  await expect(first.first()).toContainText(/It costs £\d+\.\d\d|It is free/)

  // One press changes the list, another takes it back.
  await page.getByRole('link', { name: 'The nearest first' }).click()
  await expect(page).toHaveURL(/sort=near/)
  await page.getByRole('link', { name: /^The nearest first.*It is on/ }).click()
  await expect(page).not.toHaveURL(/sort=/)

  // Pictures instead of words; page after page.
  await page.getByRole('link', { name: 'Help with the house' }).click()
  await expect(page).toHaveURL(/^[^?]*\/easy\/find\?near=Millgate&category=help_at_home/)
  await page.getByRole('link', { name: 'Show me more' }).click()
  await expect(page.getByText('Number 6', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Go back to the ones before' }).click()
  await expect(page.getByText('Number 1', { exact: true })).toBeVisible()

  await page.goto('/easy/services/a-hand-with-the-house-weavers-care')
  await heading(page, 'A hand with the house')
  for (const words of [
    'Weavers Care Co-op comes to your home.',
    'It costs £24.50 for one hour.',
    'You can cancel.',
    'CQC does not inspect this kind of support.',
    'Nothing is booked before they say yes.',
  ])
    await expect(page.getByText(words).first()).toBeVisible()
  await expect(page.getByText('They are next free on').first()).toBeVisible()
  // What they wrote is theirs.
  await expect(page.getByRole('blockquote').filter({ hasText: 'Weavers Care Co-op' }).first()).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: /^Keep/ }).click()
  await said(page, '1 service on your shortlist.')
  await expect(page).toHaveURL(/^[^?]*\/easy\/services\/a-hand-with-the-house-weavers-care(#.*)?$/)

  // To find out who pays one signs in, and comes back to Easy Read.
  await expect(page.getByRole('link', { name: 'Sign in to find out' })).toHaveAttribute(
    'href',
    '/sign-in?next=%2Feasy%2Fservices%2Fa-hand-with-the-house-weavers-care',
  )
  await kith.signInAs(name)
  await page.goto('/easy/services/a-hand-with-the-house-weavers-care')
  await expect(page.getByRole('heading', { name: 'What money can pay?' })).toBeVisible()
  await expect(page.getByText(/^This money can(not)? pay:/).first()).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Ask for this support' }).first().click()
  await expect(page).toHaveURL('/book/a-hand-with-the-house-weavers-care')
  await heading(page, /^When would/)
})

test('Easy Read stays on from page to page, and the way out leads to the same page', async ({ page }) => {
  await page.goto('/find?q=garden&near=Millgate&sort=near')
  await page.getByRole('link', { name: /^Easy Read/ }).click()
  await expect(page).toHaveURL('/easy/find?q=garden&near=Millgate&sort=near')
  await page
    .getByRole('link', { name: /^Look at this one/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/easy\/services\//)
  const there = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Find support', exact: true }).click()
  await expect(page).toHaveURL('/easy/find')
  await page.getByRole('link', { name: 'Kith', exact: true }).click()
  await expect(page).toHaveURL('/easy')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Your rights' }).click()
  await expect(page).toHaveURL('/easy/rights')
  await page.goto(there)
  await page.getByRole('link', { name: 'Go to the ordinary page' }).click()
  await expect(page).toHaveURL(there.replace('/easy', ''))
  await page.goto('/easy/find?q=help&page=2')
  await page.getByRole('link', { name: 'Go to the ordinary page' }).click()
  await expect(page).toHaveURL('/find?q=help')
})

test('help me choose, in Easy Read: one question a page, and its pictures', async ({ page, kith }) => {
  const goOn = () => page.getByRole('button', { name: 'Go on' }).click()
  await page.goto('/easy')
  await page.getByRole('link', { name: 'Help me choose' }).click()
  await heading(page, 'Help me choose')
  await kith.looksWell()
  await page.getByRole('link', { name: 'Start' }).click()
  await heading(page, 'What would make your life better?')
  await goOn()
  await page.getByRole('alert').getByRole('link').click()
  await expect(page.getByRole('checkbox', { name: 'Help to wash, dress or eat' })).toBeFocused()
  await kith.looksWell()
  await page.locator('.option label', { hasText: 'Help with the house' }).click()
  await goOn()
  await heading(page, 'Who is it for?')
  await page.getByRole('button', { name: 'I would rather not say' }).click()
  await heading(page, 'Where do you want it?')
  await page.locator('.option label', { hasText: 'At my home' }).click()
  await goOn()
  await heading(page, 'Where do you live?')
  await page.getByLabel('Your postcode or your town').fill('Millgate')
  await goOn()
  await heading(page, 'When do you want it?')
  await kith.looksWell()
  await page.getByRole('link', { name: 'Stop for now' }).click()
  await expect(page.getByText('You answered 4 of 9 questions.')).toBeVisible()
  await page.getByRole('link', { name: 'See your answers' }).click()
  await expect(page.getByText('Help with the house')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: /^See what may suit you/ }).click()
  await heading(page, 'This may suit you')
  await kith.looksWell()
  await stays(page)
  const options = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) })
  expect(await options.count()).toBeGreaterThanOrEqual(3)
  await expect(options.first().getByRole('heading', { name: 'Why it may suit you' })).toBeVisible()
  await page.getByRole('button', { name: 'Throw my answers away' }).click()
  await said(page, 'Your answers are thrown away.')
  await expect(page).toHaveURL('/easy/choose')
})

test('the reading order is the one that is seen: what this is, the heading, then one idea after another', async ({
  page,
}) => {
  await page.goto('/easy/services/memory-cafe-fenside-memory')
  const main = await page.getByRole('main').ariaSnapshot()
  const order = ['This is Easy Read.', 'Go to the ordinary page', 'heading "Memory Café" [level=1]', 'heading "What is it?"', 'heading "What does it cost?"', 'heading "When?"', 'heading "What if plans change?"', 'heading "Is it checked?"', 'heading "What do people say?"', 'heading "What they say themselves"', 'heading "How do I ask for it?"', 'heading "Do you want help?"'] // prettier-ignore
  const places = order.map((words) => main.indexOf(words))
  expect(places.every((place) => place >= 0)).toBe(true)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  // The words say it all: a picture is nothing to those who listen.
  expect(main).not.toContain('img "easy')
})

test('the pictures are one file that the browser keeps, and only Easy Read asks for it', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/find')
  expect(asked.filter((path) => path.endsWith('.svg') && path.startsWith('/assets/'))).toEqual([])
  await page.goto('/easy/rights')
  const pictures = [...new Set(asked.filter((path) => /^\/assets\/pictures.*\.svg$/.test(path)))]
  expect(pictures).toHaveLength(1)
  const file = await page.request.get(pictures[0] ?? '')
  expect(file.headers()['cache-control']).toContain('immutable')
  expect(file.headers()['content-type']).toContain('image/svg+xml')
})
