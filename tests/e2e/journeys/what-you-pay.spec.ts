import type { Page } from '@playwright/test'
import { demoToday, penceOf } from '../support/dates.ts'
import { actFor } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

const FINANCE = 'Gillian Stott'
const LIST = '/council/money/contributions'

/** Halima looks after it herself; Maureen does it for her husband. */
interface Payer {
  name: string
  short: string
  signsIn: string
}
const PAYERS: Record<'halima' | 'emmanuel', Payer> = {
  halima: { name: 'Halima Yusuf', short: 'Halima', signsIn: 'Halima Yusuf' },
  emmanuel: { name: 'Emmanuel Okafor', short: 'Emmanuel', signsIn: 'Maureen Okafor' },
}

async function openPerson(page: Page, name: string): Promise<void> {
  await page.goto(LIST)
  await page.getByLabel('Find somebody by name').fill(name)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `What ${name} pays towards it` })).toBeVisible()
}

/** What finance's page says is owed; below zero when it is in the person's favour. */
async function owed(page: Page): Promise<number> {
  const words =
    (await page.getByText(/^(Owed: £|£[\d.,]+ in their favour|Nothing is owed)/).textContent()) ?? ''
  const amount = penceOf(/£[\d.,]+\d/.exec(words)?.[0] ?? '0')
  return words.includes('in their favour') ? -amount : amount
}

test('finance assesses and sees what changes first; the person sees the week and says that it is wrong; finance answers', async ({
  page,
  kith,
}) => {
  test.setTimeout(120_000)
  const payer = kith.eachOf(PAYERS.halima, PAYERS.emmanuel)
  const today = await demoToday(page)
  const since = today.subtract({ days: today.dayOfWeek - 1 + 42 })
  await kith.signInAs(FINANCE)
  await openPerson(page, payer.name)
  const before = await owed(page)
  await page.getByRole('link', { name: /^Assess/ }).click()

  // What is missing is said beside its field, and what was typed stays.
  await page.getByLabel('What they pay each week').fill('17.33')
  await page.getByRole('button', { name: 'See what changes' }).click()
  await expect(
    page.getByRole('alert').getByRole('link', { name: 'Enter the first day on which it holds' }),
  ).toBeVisible()
  await expect(page.getByLabel('What they pay each week')).toHaveValue('17.33')
  await kith.looksWell()
  const from = page.getByRole('group', { name: 'The first day on which it holds' })
  await from.getByLabel('Day').fill(String(since.day))
  await from.getByLabel('Month').fill(String(since.month))
  await from.getByLabel('Year').fill(String(since.year))
  await page.getByText('The council sends a bill', { exact: true }).click()
  await page.getByLabel('What it rests on').fill('From the pension and the rent.')
  await page.getByRole('button', { name: 'See what changes' }).click()

  await expect(page.getByRole('heading', { level: 1, name: `What changes for ${payer.short}` })).toBeVisible()
  await expect(page.getByText('Nothing is saved yet.')).toBeVisible()
  const table = page.getByRole('table', { name: 'Weeks that change' })
  const last = table.getByRole('row').last()
  const [difference = ''] = /[+−]£[\d.,]+\d/.exec((await last.textContent()) ?? '') ?? []
  const changes = penceOf(difference) * (difference.startsWith('−') ? -1 : 1)
  expect(changes).not.toBe(0)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Save this decision' }).click()
  await said(page, 'Saved. They have been told, with how to ask for a review.')
  expect(await owed(page)).toBe(before + changes)

  // The person sees the week, and why, and says that it is wrong.
  await kith.signInAs(payer.signsIn)
  if (payer.signsIn !== payer.name) await actFor(page.request, payer.short)
  await page.goto('/my/money/towards')
  await expect(page.getByText(/up to £17\.33 a week/)).toBeVisible()
  await kith.looksWell()
  const week = page
    .getByRole('row')
    .filter({ hasText: '£17.33' })
    .filter({ has: page.getByRole('link', { name: /^This is wrong/ }) })
  await week
    .first()
    .getByRole('link', { name: /^This is wrong/ })
    .click()
  await page.getByRole('button', { name: 'Tell the council' }).click()
  await expect(page.getByRole('alert')).toContainText('Say what is wrong, in your own words')
  const words = kith.eachOf('The rent is higher than that.', 'She went home after ten minutes.')
  await page.getByLabel('What is wrong, in your own words').fill(words)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Tell the council' }).click()
  await said(page, 'That part is not collected until they have answered.')
  await expect(page.getByText('Questioned: not collected meanwhile').first()).toBeVisible()

  await kith.signInAs(FINANCE)
  await page.goto(`${LIST}?show=questions`)
  await page.getByRole('link', { name: payer.name, exact: true }).click()
  await page.getByRole('listitem').filter({ hasText: words }).getByRole('link', { name: 'Answer' }).click()
  await kith.looksWell()
  await page.getByText('It stands', { exact: true }).click()
  await page.getByLabel('Why?').fill('We have looked at the rent, and it is in it.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await said(page, 'They have your answer.')
  expect(await owed(page)).toBe(before + changes)

  await kith.signInAs(payer.signsIn)
  if (payer.signsIn !== payer.name) await actFor(page.request, payer.short)
  await page.goto('/my/money/towards')
  await expect(page.getByText('“We have looked at the rent, and it is in it.”')).toBeVisible()
})

// Once: money that is written down once is there once.
test('what is paid in net shows with its fund, and can be used when it is there @js', async ({
  page,
  kith,
}) => {
  await kith.signInAs('Joan Ellery')
  await page.goto('/my/money')
  const fund = page.getByRole('article', { name: 'Social care budget' })
  await expect(fund).toContainText('What you pay towards it: £15.00 a week.')
  await expect(fund).toContainText(/£[\d,.]+ now; your £60\.00 has not arrived\./)
  const left = async () => penceOf(/£[\d,.]+\d/.exec((await fund.textContent()) ?? '')?.[0] ?? '')
  await page.goto('/my/money/towards')
  await kith.looksWell()
  await page.getByRole('link', { name: 'I have paid it in' }).click()
  await kith.looksWell()
  await page.getByRole('button', { name: 'It is in the account' }).click()
  await said(page, 'It is in your fund. You can use it now.')
  await expect(fund).toContainText(/You pay in £60\.00 on /)
  expect(await left()).toBeGreaterThan(0)
})
