import { askFor, fillInTimes } from '../support/booking.ts'
import { dayAhead, penceOf } from '../support/dates.ts'
import { expect, test } from '../support/test.ts'

const WEEKDAYS = [1, 2, 3, 4, 5]
const slug = 'a-hand-with-the-house-weavers-care'

test('Joan asks for a visit, and the figures add up', async ({ page, kith }) => {
  const day = dayAhead(kith.eachOf(43, 85), WEEKDAYS)
  await kith.signInAs('Joan Ellery')
  await page.goto(`/services/${slug}`)
  await page.getByRole('link', { name: 'Ask for this support' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'When would you like it?' })).toBeVisible()
  await fillInTimes(page, { slug, day, time: '10:00', minutes: '60', note: 'The iron is under the stairs.' })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Who pays for this visit' })).toBeVisible()
  await kith.looksWell()
  const price = page.getByRole('table', { name: 'Every line of the price' })
  const amounts = (await price.getByRole('cell').allTextContents()).map(penceOf)
  const total = amounts.at(-1) ?? 0
  expect(total).toBe(2_450)
  expect(amounts.slice(0, -1).reduce((sum, line) => sum + line, 0)).toBe(total)
  await page.getByRole('link', { name: 'Go on: check' }).click()

  await expect(page).toHaveTitle(/^Check before you ask/)
  await kith.looksWell()
  // So far ahead that the money for it has not arrived.
  await expect(page.getByText('£24.50 is planned: the money for that time has not arrived yet')).toBeVisible()
  await page.getByRole('button', { name: 'Ask for this visit' }).click()

  await expect(
    page.getByRole('heading', { level: 1, name: 'Weavers Care Co-op has been asked' }),
  ).toBeVisible()
  await expect(page.getByText(/^It is not booked yet\. They answer by /)).toBeVisible()
  await expect(page.getByText('£24.50 is planned from ')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Go to my week' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Asked for and not booked yet' })).toBeVisible()
})

test('a date that does not exist is told beside the field, and what was typed is kept', async ({
  page,
  kith,
}) => {
  await kith.signInAs('Joan Ellery')
  await page.goto(`/book/${slug}`)
  const date = page.getByRole('group', { name: 'Date of the first visit' })
  await date.getByLabel('Day').fill('31')
  await date.getByLabel('Month').fill('2')
  await date.getByLabel('Year').fill('2027')
  await page.getByLabel('It starts at').selectOption('11:30')
  await page.getByLabel(/Is there something they should know/).fill('Please ring twice.')
  await page.getByRole('button', { name: 'Go on: who pays' }).click()

  const summary = page.getByRole('alert')
  await expect(summary).toBeVisible()
  if (kith.scripted) await expect(summary).toBeFocused()
  await kith.looksWell()
  await expect(date.getByLabel('Day')).toHaveValue('31')
  await expect(date.getByLabel('Month')).toHaveValue('2')
  await expect(date.getByLabel('Year')).toHaveValue('2027')
  await expect(page.getByLabel('It starts at')).toHaveValue('11:30')
  await expect(page.getByLabel(/Is there something they should know/)).toHaveValue('Please ring twice.')
  await summary.getByRole('link').first().click()
  await expect(date.getByLabel('Day')).toHaveValue('31')
  await expect(date.getByLabel('Day')).toBeFocused()
})

test('a weekly series, with one date left out', async ({ page, kith }) => {
  const day = dayAhead(kith.eachOf(46, 60), WEEKDAYS)
  await kith.signInAs('Joan Ellery')
  await page.goto(`/book/${slug}`)
  await fillInTimes(page, { slug, day, time: '13:00', minutes: '60', weeks: 4 })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Who pays for these \d visits$/ })).toBeVisible()
  // A bank holiday on the way is left out first.
  const leaveOut = page.getByRole('button', { name: /^Leave (it|them) out and go on with the rest$/ })
  await page.waitForLoadState()
  if (await leaveOut.isVisible()) await leaveOut.click()
  await page.getByText(/^See all \d dates, or leave some out$/).click()
  const dates = page.getByRole('group', { name: 'Dates to ask for' })
  const count = await dates.getByRole('checkbox', { checked: true }).count()
  await dates.getByRole('checkbox', { checked: true }).nth(1).uncheck()
  await page.getByRole('button', { name: 'Change the dates' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The dates are changed.' })).toBeVisible()
  await page.getByRole('link', { name: 'Go on: check' }).click()
  await page.getByRole('button', { name: `Ask for these ${String(count - 1)} visits` }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Weavers Care Co-op has been asked' }),
  ).toBeVisible()
  await expect(page.getByRole('table', { name: `${String(count - 1)} visits` })).toBeVisible()
  await page.getByRole('button', { name: 'Take the request back' }).click()
  await expect(page.getByText('You took this back.')).toBeVisible()
})

test('a visit is asked for with the keyboard alone @js', async ({ page, kith }) => {
  const day = dayAhead(50, WEEKDAYS)
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement
      const label =
        one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? one.labels?.[0] : null
      return (label?.textContent ?? one?.textContent ?? '').trim()
    })
  /** Tab until the control with this text has the focus; it must be seen that it has. */
  const tabTo = async (text: string | RegExp): Promise<void> => {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab')
      const here = await focused()
      if (typeof text === 'string' ? here === text : text.test(here)) {
        const outline = await page.evaluate(
          () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
        )
        expect(outline, `the focus on "${here}" can be seen`).not.toBe('none')
        return
      }
    }
    throw new Error(`Tab never reached ${String(text)}`)
  }
  await kith.signInAs('Joan Ellery')
  await page.goto(`/book/${slug}`)
  await tabTo('Skip to main content')
  await page.keyboard.press('Enter')
  await tabTo('Day')
  await page.keyboard.type(String(day.day))
  await tabTo('Month')
  await page.keyboard.type(String(day.month))
  await tabTo('Year')
  await page.keyboard.type(String(day.year))
  await tabTo('It starts at')
  await page.keyboard.type('10')
  await tabTo('Go on: who pays')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Who pays for this visit' })).toBeVisible()
  // Before React has taken the page over a press is the browser's own, and the browser then decides where the focus is.
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__reactProps')))
  await tabTo('Go on: check')
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle(/^Check before you ask/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await tabTo('Ask for this visit')
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('heading', { level: 1, name: 'Weavers Care Co-op has been asked' }),
  ).toBeVisible()
})

test('where no fund may pay, the council is told before own money is offered, and own money can be taken out again', async ({
  page,
  kith,
}) => {
  await kith.signInAs('Tariq Iqbal')
  await page.goto('/book/massage-at-home-quiet-hour')
  await fillInTimes(page, { slug: '', day: dayAhead(kith.eachOf(52, 66), WEEKDAYS), time: '11:00' })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  await expect(page.getByText('None of your funds can pay for this yet.')).toBeVisible()
  const split = page.getByRole('table', { name: 'Which fund pays what, and why' })
  await expect(split.getByRole('row', { name: /^Social care budget/ })).toContainText(
    'It can pay for help at home, help to go out, a personal assistant, and things that meet your goals. This is not on its list.',
  )
  const ways = await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button') })
    .allTextContents()
  expect(ways.map((way) => way.trim()).slice(0, 2)).toEqual([
    'tell the council this budget is too small',
    'let own money pay what is left',
  ])
  await page.getByRole('button', { name: 'let own money pay what is left', exact: true }).click()
  await expect(split.getByRole('row', { name: /^Your own money/ })).toContainText('£45.00')
  await kith.looksWell()
  await page.getByText('Use the funds in another order').click()
  await page.getByRole('button', { name: 'Do not use own money' }).click()
  await expect(page.getByText('None of your funds can pay for this yet.')).toBeVisible()
})

test('what was asked for once is no draft any more', async ({ page, kith }) => {
  const day = dayAhead(kith.eachOf(57, 64), WEEKDAYS)
  await kith.signInAs('Joan Ellery')
  const id = await askFor(page, { slug, day, time: '15:00', minutes: '60' })
  for (const step of ['funds', 'check']) {
    await page.goto(`/bookings/${id}/${step}`)
    await expect(page).toHaveURL(new RegExp(`/my/bookings/${id}$`))
    await expect(
      page.getByRole('heading', { level: 1, name: 'Weavers Care Co-op has been asked' }),
    ).toBeVisible()
  }
})
