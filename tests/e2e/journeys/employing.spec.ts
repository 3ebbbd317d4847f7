import type { Page } from '@playwright/test'
import { Temporal } from 'temporal-polyfill'
import { enter } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

const HEADER = 'reference,period,net,tax,employee_ni,employer_ni,employee_pension,employer_pension,fee,total'
/** What a payroll of 80 hours at £14.00 works out for 2026/27, with the Employment Allowance. */
const RESULT = '1045.24,30.60,12.16,0.00,32.00,19.20,18.00,1157.20'

async function actFor(page: Page, name: string): Promise<void> {
  await page.goto('/my/circle')
  await page.getByRole('button', { name: `Do things for ${name}` }).click()
}

async function writeDate(page: Page, name: string, day: Temporal.PlainDate): Promise<void> {
  const date = page.getByRole('group', { name })
  await date.getByLabel('Day').fill(String(day.day))
  await date.getByLabel('Month').fill(String(day.month))
  await date.getByLabel('Year').fill(String(day.year))
}

/** What is to be put right; with scripts it takes the focus, and only then is it somebody's turn to type. */
async function refused(page: Page, scripted: boolean, words: string): Promise<void> {
  await expect(page.getByRole('alert')).toContainText(words)
  if (scripted) await expect(page.getByRole('alert')).toBeFocused()
}

/** Everything about the terms, one thing a page. */
async function writeDownEmployment(
  page: Page,
  scripted: boolean,
  terms: { assistant: string; email: string; monday: Temporal.PlainDate },
): Promise<void> {
  const { assistant, email, monday } = terms
  const goOn = page.getByRole('button', { name: 'Go on' })
  await page.getByRole('link', { name: 'Write down whom you employ' }).click()
  await page.locator('label', { hasText: 'Social care budget' }).click()
  await goOn.click()
  await page.getByLabel('What you call them').fill(assistant)
  await page.getByLabel(/Their e-mail address/).fill(email)
  await goOn.click()
  // Below the law's least pay: refused with the figure, and what was typed stays.
  await page.getByLabel('22 or older, and not yet of State Pension age').check()
  await page.getByLabel('Pay for one hour').fill('12.00')
  await page.getByLabel('Hours each week').fill('20')
  await page.getByLabel('Yes, about the same').check()
  await goOn.click()
  await refused(page, scripted, 'By law somebody of this age is paid at least £')
  await expect(page.getByLabel('Hours each week')).toHaveValue('20')
  await page.getByLabel('Pay for one hour').fill('14.00')
  await goOn.click()
  await page.getByLabel('Who works out the pay?').selectOption({ label: 'Evenhand Direct Payments' })
  await page.getByLabel('What the payroll costs for four weeks').fill('18')
  await page.getByRole('group', { name: 'Are they in a workplace pension?' }).getByLabel('Yes').check()
  await page.getByRole('group', { name: 'Do you claim the Employment Allowance?' }).getByLabel('Yes').check()
  await goOn.click()
  await writeDate(page, 'First day', monday)
  await goOn.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Check what you have written' })).toBeVisible()
}

test('an assistant employed from a managed account: estimate, hours, payroll, and an authority that ends', async ({
  page,
  kith,
  browser,
  baseURL,
}) => {
  test.setTimeout(150_000)
  const who = kith.eachOf(
    { person: 'Noreen Baptiste', short: 'Noreen', assistant: 'Gwen', user: 'Gwen Tully' },
    { person: 'Ivor Stead', short: 'Ivor', assistant: 'Ash', user: 'Ash Penrose' },
  )
  const today = Temporal.Now.plainDateISO('Europe/London')
  const monday = today.subtract({ days: today.dayOfWeek - 1 + 28 })

  // A support worker acts under her organisation's authority, and every page says for whom and from where.
  await kith.signInAs('Bethan Rowe')
  await actFor(page, who.short)
  await page.goto('/my/assistants')
  const band = page.getByRole('region', { name: 'Who you are acting for' })
  await expect(band).toContainText(
    `You are acting for ${who.short}, as Bethan Rowe of Evenhand Direct Payments, direct-payment support and nominated person`,
  )
  await page.getByRole('link', { name: 'What would be left in Social care budget' }).click()
  await expect(page.getByText('Social care budget gives £1,280.00 for four weeks.')).toBeVisible()
  await page.getByLabel('Pay for one hour').fill('14')
  await page.getByLabel('Hours each week').fill('20')
  await page.getByLabel('Payroll service, for four weeks').fill('18')
  await page.getByRole('button', { name: 'Work it out' }).click()
  const costs = page.getByRole('table', { name: 'What four weeks cost' })
  const line = (name: string) => costs.getByRole('row').filter({ hasText: name }).getByRole('cell')
  await expect(line('Wages')).toHaveText(['£1,120.00', '£1,120.00'])
  await expect(line('Your National Insurance')).toHaveText(['£0.00', '£110.40'])
  await expect(line('Your part of their pension')).toHaveText(['£19.20', '£19.20'])
  await expect(line('Payroll service')).toHaveText(['£18.00', '£18.00'])
  await expect(line('All in')).toHaveText(['£1,157.20', '£1,267.60'])
  await expect(line('Left of Social care budget')).toHaveText(['£122.80', '£12.40'])
  await kith.looksWell()

  const email = `${who.user.toLowerCase().replace(' ', '.')}@demo.kith.example`
  await writeDownEmployment(page, kith.scripted, { assistant: who.assistant, email, monday })
  await kith.looksWell()
  await page.getByRole('button', { name: 'Write it down' }).click()
  await expect(page.getByRole('heading', { level: 1, name: who.assistant })).toBeVisible()
  const employment = new URL(page.url()).pathname
  await kith.looksWell()

  // The assistant writes the hours down: 28 days, on a telephone without scripts too.
  const other = await (
    await browser.newContext({
      ...(baseURL ? { baseURL } : {}),
      javaScriptEnabled: kith.scripted,
      locale: 'en-GB',
      timezoneId: 'America/New_York',
      viewport: page.viewportSize(),
    })
  ).newPage()
  const complaints: string[] = []
  other.on('pageerror', (error) => complaints.push(error.message))
  await enter(other.request, who.user)
  await other.goto('/my/hours')
  await other
    .getByRole('listitem')
    .filter({ hasText: 'Write down and send your hours' })
    .getByRole('link')
    .click()
  for (let n = 0; n < 28; n += 1) {
    const day = monday.add({ days: n })
    if (day.dayOfWeek <= 5) await other.locator(`#worked-${day.toString()}`).fill('4')
  }
  await other.locator(`#sick-${monday.toString()}`).fill('21')
  await other.getByRole('button', { name: 'Send the hours' }).click()
  await refused(other, kith.scripted, 'this day has 24 hours')
  await other.locator(`#sick-${monday.toString()}`).fill('')
  await other.getByRole('button', { name: 'Send the hours' }).click()
  await said(other, 'The hours are sent.')

  await page.goto(employment)
  await page.getByRole('row').filter({ hasText: 'Waiting for your yes' }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 2, name: '80 hours worked' })).toBeVisible()
  await expect(page.getByText(`${who.assistant} sent these hours`)).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Yes, these hours are right' }).click()
  await said(page, 'You said yes.')
  await expect(page.getByText('Bethan Rowe said yes')).toBeVisible()

  // The person ends the authority while a form is open: the next press is refused, and what is due stands.
  await page.goto(`${employment}/change`)
  await enter(other.request, who.person)
  await other.goto('/my/circle')
  await other.getByText('End it with Evenhand Direct Payments').click()
  await other.getByRole('button', { name: /^End it now/ }).click()
  await said(other, 'That is ended.')
  await page.getByRole('button', { name: 'Change it' }).click()
  await expect(page.getByRole('main')).toContainText('We could not find that page')
  await expect(band).toHaveCount(0)
  await other.goto('/my/kept-back')
  const kept = (term: string) => other.locator('dl > div').filter({ hasText: term })
  await expect(kept('Wages that are due')).toContainText('£1,157.20')
  // 5.6 weeks of 20 hours a year: 8 hours 36 minutes in four weeks. The fund has £122.80 for it.
  await expect(kept('Holiday that has built up')).toContainText('£120.40')

  // The payroll service takes the hours out and brings the results back. Another run may have put them into its file.
  await enter(page.request, 'Philippa Thorne')
  await page.goto('/provider/money/payroll')
  const out = page.getByRole('button', { name: 'Put them into a file' })
  if (await out.isVisible()) await out.click()
  const file = page.locator('div.stack-s').filter({ hasText: `${who.assistant}, for ${who.person}` })
  const href = await file.getByRole('link', { name: /^The file of/ }).getAttribute('href')
  const csv = await (await page.request.get(href ?? '')).text()
  const reference = await file
    .getByRole('row')
    .filter({ hasText: who.person })
    .getByRole('rowheader')
    .innerText()
  expect(csv).toContain(
    `${reference},${monday.toString()},${monday.add({ days: 27 }).toString()},80.00,0.00,0.00,14.00`,
  )
  const results = `${HEADER}\n${reference},${monday.toString()},${RESULT}\nPA-NOBODY,${monday.toString()},${RESULT}\n`
  await page
    .getByLabel('The file of your payroll software (CSV)')
    .setInputFiles({ name: 'results.csv', mimeType: 'text/csv', buffer: Buffer.from(results) })
  await page.getByRole('button', { name: 'Take the results in' }).click()
  const report = page.getByRole('status').filter({ hasText: 'One line was taken in and one was refused' })
  await expect(report).toContainText('£1,157.20 in all, taken from the fund')
  await expect(report).toContainText('Nobody whose payroll you run has this reference')
  await kith.looksWell()

  // To the penny: £1,157.20 spent, £120.40 kept for holiday, £2.40 left.
  await other.goto('/my/money')
  await expect(other.getByRole('main')).toContainText('You have £2.40 left to use')
  await expect(other.getByRole('main')).toContainText(`Wages: ${who.assistant}`)
  await other.goto(`${employment}/records?year=${String(taxYear(monday.add({ days: 27 })))}`)
  await expect(other.getByRole('main')).toContainText('£1,157.20 all in, for one pay period of four weeks.')
  await other.goto('/my/kept-back')
  await expect(kept('Wages that are due')).toHaveCount(0)
  await expect(kept('Holiday that has built up')).toContainText('£120.40')
  expect(complaints).toEqual([])
  await other.context().close()
})

const taxYear = (day: Temporal.PlainDate): number =>
  day.month > 4 || (day.month === 4 && day.day >= 6) ? day.year : day.year - 1
