import type { Page } from '@playwright/test'
import { dayAhead, dayWords, penceOf } from '../support/dates.ts'
import { expect, said, test } from '../support/test.ts'

const WEEKDAYS = [1, 2, 3, 4, 5]
const MATTERS = 'Somebody who irons while I fold. I tell stories, and like to be told some.'

const fillIn = async (page: Page, day: ReturnType<typeof dayAhead>): Promise<void> => {
  await page.getByLabel('Kind of support').selectOption('Help at home')
  await page.getByRole('group', { name: 'Where should it happen?' }).getByLabel('At your home').check()
  await page.getByRole('group', { name: 'Days that would do' }).getByLabel('Tuesday').check()
  await page.getByRole('group', { name: 'Days that would do' }).getByLabel('Friday').check()
  const date = page.getByRole('group', { name: 'Starting from' })
  await date.getByLabel('Day').fill(String(day.day))
  await date.getByLabel('Month').fill(String(day.month))
  await date.getByLabel('Year').fill(String(day.year))
}

test('a person asks for what is not there, a provider offers, and one press books it', async ({
  page,
  kith,
}) => {
  // With and without scripts the same people meet, on days of their own.
  const first = dayAhead(kith.eachOf(9, 11), WEEKDAYS)
  const person = kith.eachOf('Joan Ellery', 'Tariq Iqbal')
  await kith.signInAs(person)

  // From a search that finds nothing, with its kind of support.
  await page.goto('/find?category=help_at_home&near=AM1&setting=online')
  await page.getByRole('link', { name: 'Ask for what is not there' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ask for what is not there' })).toBeVisible()
  await expect(page.getByLabel('Kind of support')).toHaveValue('help_at_home')
  await expect(page.getByLabel('The first half of the postcode')).toHaveValue(/^AM\d$/)
  await kith.looksWell()

  await test.step('words that give somebody away are refused beside the field, and nothing is lost', async () => {
    await fillIn(page, first)
    await page.getByLabel('In your own words').fill(`${MATTERS} Ring 07700 900123.`)
    await page.getByRole('button', { name: 'Go on: check it' }).click()
    const summary = page.getByRole('alert')
    await expect(summary).toContainText('Take out the telephone number.')
    if (kith.scripted) await expect(summary).toBeFocused()
    await kith.looksWell()
    await expect(page.getByLabel('In your own words')).toHaveValue(`${MATTERS} Ring 07700 900123.`)
    await expect(page.getByRole('group', { name: 'Days that would do' }).getByLabel('Friday')).toBeChecked()
    await page.getByLabel('In your own words').fill(MATTERS)
    await page.getByRole('button', { name: 'Go on: check it' }).click()
  })

  await test.step('it is checked before it is published', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Check before you ask' })).toBeVisible()
    await expect(page.getByText(MATTERS)).toBeVisible()
    await kith.looksWell()
    await page.getByRole('button', { name: 'Change something' }).click()
    await expect(page.getByLabel('In your own words')).toHaveValue(MATTERS)
    await page.getByRole('button', { name: 'Go on: check it' }).click()
    await page.getByRole('button', { name: 'Ask for this support' }).click()
    await said(page, 'Asked. Providers who could do it are being told. Nothing is booked.')
    await expect(page.getByRole('heading', { name: 'No offers yet' })).toBeVisible()
    await kith.looksWell()
  })
  const request = page.url()
  const id = request.split('/').at(-1) ?? ''

  await test.step('a provider that fits reads it without a name, and offers', async () => {
    await kith.signInAs('Magda Zielinska')
    await page.goto('/provider')
    await page.getByRole('link', { name: 'See and answer' }).click()
    await expect(
      page.getByRole('heading', { level: 1, name: 'People look for what you offer' }),
    ).toBeVisible()
    await kith.looksWell()
    await page.goto(`/provider/asked/${id}`)
    await expect(page.getByText(MATTERS)).toBeVisible()
    const html = await page.content()
    for (const name of person.split(' ')) expect(html).not.toContain(name)
    const date = page.getByRole('group', { name: 'Date of the first visit' })
    await date.getByLabel('Day').fill('31')
    await date.getByLabel('Month').fill('2')
    await page.getByLabel(/A message/).fill('Marek irons, and has stories.')
    await page.getByRole('button', { name: 'Make this offer' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(page.getByLabel(/A message/)).toHaveValue('Marek irons, and has stories.')
    await kith.looksWell()
    await date.getByLabel('Day').fill(String(first.day))
    await date.getByLabel('Month').fill(String(first.month))
    await date.getByLabel('Year').fill(String(first.year))
    await page.getByLabel('It starts at').selectOption(kith.eachOf('13:00', '15:00'))
    await page.getByLabel('How many minutes is each visit?').fill('60')
    await page.getByRole('group', { name: 'How often?' }).getByLabel('Once').check()
    const holds = page.getByRole('group', { name: 'Your offer holds until the end of' })
    await holds.getByLabel('Day').fill(String(first.day))
    await holds.getByLabel('Month').fill(String(first.month))
    await holds.getByLabel('Year').fill(String(first.year))
    await page.getByRole('button', { name: 'Make this offer' }).click()
    await said(page, 'Offered. They have been told. It is booked only if they take it.')
    await expect(page.getByRole('heading', { name: 'Your offer', exact: true })).toBeVisible()
    await kith.looksWell()
  })

  await test.step('the person sees it in a table and takes it: booked, and the page says so', async () => {
    await kith.signInAs(person)
    await page.goto('/my/requests')
    await expect(page.getByRole('row', { name: /Help at home near AM\d/ }).first()).toContainText('One offer')
    await page.goto(request)
    const table = page.getByRole('table', { name: 'Offers, in the order in which they came' })
    const row = table.getByRole('row', { name: /Weavers Care Co-op/ })
    await expect(row).toContainText(dayWords(first))
    await expect(row).toContainText('Marek irons, and has stories.')
    expect(penceOf((await row.getByRole('cell').nth(3).textContent())?.split('for')[0] ?? '')).toBe(2450)
    await kith.looksWell()
    await row.getByRole('button', { name: 'Take this offer' }).click()
    await expect(page).toHaveURL(/\/my\/bookings\/[0-9a-f-]{36}$/)
    await said(page, 'It is booked. They had said yes with their offer.')
    await kith.looksWell()
    await page.goto(request)
    await expect(page.getByRole('link', { name: 'See the booking' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Take this offer' })).toHaveCount(0)
  })

  await test.step('only now the provider learns who it is', async () => {
    await kith.signInAs('Magda Zielinska')
    await page.goto(`/provider/asked/${id}`)
    await expect(page.getByText('They took it')).toBeVisible()
    await page.getByRole('link', { name: 'See the booking, and for whom it is' }).click()
    await expect(page).toHaveURL(/\/provider\/requests\//)
  })
})

test('a request is taken back, and can be asked again with its words', async ({ page, kith }) => {
  const person = kith.eachOf('Priya Nair', 'Maureen Okafor')
  await kith.signInAs(person)
  await page.goto('/my/requests')
  await expect(page.getByText('Nothing is asked for just now')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Ask for what is not there' }).click()
  await fillIn(page, dayAhead(12))
  await page.getByLabel('In your own words').fill(MATTERS)
  await page.getByRole('button', { name: 'Go on: check it' }).click()
  await page.getByRole('button', { name: 'Ask for this support' }).click()
  await page.getByRole('button', { name: 'Take the request back' }).click()
  await said(page, 'You took it back. Nobody can offer any more.')
  await page.getByRole('link', { name: 'Ask again' }).click()
  await expect(page.getByLabel('In your own words')).toHaveValue(MATTERS)
})

// One offer stands in the demo.
test('who pays can be looked at first, and the last press says that it books @js', async ({ page, kith }) => {
  await kith.signInAs('Joan Ellery')
  await page.goto('/my/requests')
  const seeded = page.getByRole('row', { name: /Tuesdays and Thursdays/ })
  await seeded.getByRole('link', { name: 'Help at home near AM1' }).click()
  await page.getByRole('button', { name: 'See who pays first from Samina Bashir' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Who pays for these 4 visits$/ })).toBeVisible()
  await page.getByRole('link', { name: 'Go on: check' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Check before you book' })).toBeVisible()
  await expect(page.getByText('They have said yes already')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Book these 4 visits' })).toBeVisible()
  await kith.looksWell()
})
