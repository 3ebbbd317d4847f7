import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, said, test } from '../support/test.ts'

/** The six digits of the newest e-mail to this address, as the demo's letter box shows it. */
async function readCode(page: Page, email: string): Promise<string> {
  let code = ''
  await expect(async () => {
    await page.goto('/demo/mail')
    const mail = page.getByRole('article').filter({ hasText: email }).first()
    code = /\b\d{6}\b/.exec((await mail.textContent()) ?? '')?.[0] ?? ''
    expect(code).toMatch(/^\d{6}$/)
  }).toPass({ timeout: 20_000 })
  return code
}

/** Big choices are boxes whose words lie over the round button. */
async function choose(page: Page, words: string): Promise<void> {
  await page.getByText(words, { exact: true }).click()
  await expect(page.getByRole('radio', { name: words })).toBeChecked()
}

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save and go on' }).click()
}

/** The questions that every listing has after what it is, who it is for and what it costs. */
async function answerTheRest(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'How long, and how much notice?' })).toBeVisible()
  await page.getByLabel('Shortest visit').fill('60')
  await page.getByLabel('Longest visit').fill('180')
  await page.getByLabel('Steps in between').fill('30')
  await page.getByLabel('Kept free before and after').fill('15')
  await page.getByLabel('Notice you need').fill('24')
  await next(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Days and hours' })).toBeVisible()
  for (const day of ['Monday', 'Tuesday', 'Wednesday']) {
    const group = page.getByRole('group', { name: day })
    await group.getByLabel('From', { exact: true }).fill('09:00')
    await group.getByLabel('Until', { exact: true }).fill('5pm')
  }
  await next(page)
  await expect(page.getByRole('heading', { level: 1, name: 'What happens if plans change?' })).toBeVisible()
  await page.getByLabel('Cancelling is free until this many hours before').fill('24')
  await page.getByLabel('What they pay who cancel later').fill('50')
  await page.getByLabel('What they pay when nobody answers the door').fill('100')
  await page.getByLabel('Notice to stop for good, from either side').fill('7')
  await page
    .getByLabel('What do you do if the worker cannot come?')
    .fill('We ring you by eight and send somebody else.')
  await page.getByRole('button', { name: 'Save and see all answers' }).click()
}

async function sayWhat(page: Page, title: string, category: string): Promise<void> {
  await page.getByLabel('What do you call it?').fill(title)
  await page.getByLabel('In one or two sentences').fill('A pair of hands that knows where the kettle is.')
  await page
    .getByLabel('What happens, and who it fits')
    .fill('We come in pairs the first time, so that you can choose.')
  await page.getByLabel('Kind of support').selectOption({ label: category })
  await choose(page, 'At people’s homes')
  await choose(page, 'They do')
  await next(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Who is it for?' })).toBeVisible()
  await page.getByLabel('Languages that you speak').fill('English')
  await next(page)
}

async function sayWhereAndPrice(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Where does it happen?' })).toBeVisible()
  await page.getByLabel('Where do you start from?').fill('Moorend')
  await page.getByLabel('How many miles do you come?').fill('5')
  await next(page)
  await expect(page.getByRole('heading', { level: 1, name: 'What does it cost?' })).toBeVisible()
  await page.getByLabel('The price is for').selectOption({ label: 'An hour' })
  await page.getByLabel('Price', { exact: true }).fill('18.50')
  await choose(page, 'The time that was booked')
  await next(page)
}

test('a provider signs up, lists, is checked and is found', async ({ page, kith }) => {
  test.setTimeout(180_000)
  // New each time, so that the test also runs on a demo that it has run on before.
  const mark = randomUUID().slice(0, 6)
  const name = `Tenter Row Helpers ${mark}`
  const email = `tenter-${mark}@example.org`
  const title = `Buttons and baskets ${mark}`

  await page.goto('/provide')
  await kith.looksWell()
  await page.getByRole('link', { name: 'Sign in to start' }).click()
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Type your code' })).toBeVisible()
  const code = await readCode(page, email)
  await page.goto('/sign-in/code')
  await page.getByLabel('Your code').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('What is your name?').fill('Ottilie Marchbank')
  await page.getByRole('button', { name: 'Go on' }).click()

  // Who they are: what is missing first, said beside the fields.
  await expect(page.getByRole('heading', { level: 1, name: 'Offer support on Kith' })).toBeVisible()
  await page.getByLabel('Name that people know you by').fill(name)
  await page.getByRole('button', { name: 'Set up my organisation' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await kith.looksWell()
  await expect(page.getByLabel('Name that people know you by')).toHaveValue(name)
  await page.getByLabel('Who you are and what you do').fill('Two neighbours with time on their hands.')
  await choose(page, 'Micro-enterprise')
  await page.getByLabel('What are you in law?').selectOption({ index: 1 })
  await choose(page, '2 to 9 people')
  await choose(page, 'No, or not yet so many')
  await page
    .getByLabel('In which council’s area do you mostly work?')
    .selectOption({ label: 'Aldermere Council' })
  await page.getByLabel('Telephone, for people who ask').fill('01632 960 555')
  await page.getByRole('button', { name: 'Set up my organisation' }).click()
  await said(page, 'Your organisation is set up.')
  await kith.looksWell()

  // A member.
  await page.getByRole('navigation', { name: 'Your pages' }).getByRole('link', { name: 'Team' }).click()
  await page.getByLabel('Their name').fill('Bartholomew Quill')
  await page.getByLabel('Their e-mail address').fill(`quill-${mark}@example.org`)
  await choose(page, 'Worker')
  await page.getByRole('button', { name: 'Add and invite them' }).click()
  await said(page, 'Added.')
  await expect(page.getByRole('heading', { name: 'Bartholomew Quill' })).toBeVisible()

  // Personal care without a registration.
  await page.getByRole('navigation', { name: 'Your pages' }).getByRole('link', { name: 'Services' }).click()
  await page.getByRole('link', { name: 'List a service' }).click()
  await sayWhat(page, 'Washing and dressing', 'Personal care')
  await expect(page.getByRole('heading', { level: 1, name: 'Is there personal care in it?' })).toBeVisible()
  await kith.looksWell()
  await choose(page, 'We are registered with the CQC')
  await next(page)
  await expect(page.getByRole('alert')).toContainText(/CQC/)
  await choose(page, 'We need no registration')
  await page
    .getByLabel('Why no registration is needed, if you need none')
    .fill('We are only two and have not asked yet.')
  await next(page)
  await sayWhereAndPrice(page)
  await answerTheRest(page)
  await page.getByRole('button', { name: /^(Send it in|Publish)/ }).click()
  await said(page, 'Sent in.')
  await expect(page.getByRole('heading', { level: 2, name: 'What we are checking' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/registration|personal care/i)
  await kith.looksWell()

  // Something ordinary.
  await page.getByRole('navigation', { name: 'Your pages' }).getByRole('link', { name: 'Services' }).click()
  await page.getByRole('link', { name: 'List a service' }).click()
  await sayWhat(page, title, 'Help at home')
  await sayWhereAndPrice(page)
  await answerTheRest(page)
  await page.getByRole('link', { name: 'Preview' }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByText('£18.50').first()).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Back to your answers' }).click()
  await page.getByRole('button', { name: /^(Send it in|Publish)/ }).click()
  await said(page, 'Sent in.')

  // The council looks at who they are; then people find it, and the personal care still waits.
  await kith.signInAs('Olu Bankole')
  await page.goto('/council/checks')
  await kith.looksWell()
  for (let more = page.getByRole('link', { name: /next/i }); !(await row(page, name).first().isVisible());)
    // Opened, not pressed: a press leads on without a load, and the page before would be looked at again.
    await page.goto((await more.getAttribute('href')) ?? '')
  await row(page, name)
    .filter({ hasText: /Who|identity/i })
    .getByRole('link')
    .first()
    .click()
  await choose(page, 'Yes, I have seen what shows it')
  await page.getByRole('button', { name: 'Save the decision' }).click()
  await said(page, /^Saved: it holds\./)
  await page.goto(`/find?q=${encodeURIComponent(title)}`)
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText('Washing and dressing')).toHaveCount(0)
})

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
