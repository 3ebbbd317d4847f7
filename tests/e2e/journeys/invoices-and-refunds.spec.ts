import type { Page } from '@playwright/test'
import { expect, said, test } from '../support/test.ts'

/** Weavers' people who pay for themselves; each run takes the first of its own who has an invoice. */
const PAYERS: readonly [readonly string[], readonly string[]] = [
  ['Simone Baptiste', 'Norman Wadsworth'],
  ['Mei Chan', 'Walter Nkemelu', 'Priya Nair'],
]

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })

/** The newest invoice of Weavers to one of these people themselves: who, and its address for the provider. */
async function paidInvoice(page: Page, names: readonly string[]): Promise<{ name: string; id: string }> {
  await page.goto('/provider/money/invoices?show=paid')
  const rows = page.getByRole('row')
  for (const name of names) {
    const row = rows
      .filter({ hasText: new RegExp(`${name}.*${name}`, 's') })
      .filter({ hasText: 'Paid' })
      .first()
    if ((await row.count()) === 0) continue
    const href = (await row.getByRole('link').getAttribute('href')) ?? ''
    return { name, id: /[0-9a-f-]{36}/.exec(href)?.[0] ?? '' }
  }
  throw new Error('none of these people has a paid invoice')
}

test('an invoice, its paper and files; money given back, with a credit note, until it has arrived', async ({
  page,
  kith,
}) => {
  test.setTimeout(120_000)
  await kith.signInAs('Magda Zielinska')
  const { name, id } = await paidInvoice(page, kith.eachOf(...PAYERS))
  await page.goto(`/provider/money/invoices/${id}`)
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  expect(title).toMatch(/^Invoice WCC-\d{4}$/)
  await kith.looksWell()
  for (const [file, type] of [
    ['invoice.pdf', 'application/pdf'],
    ['lines.csv', 'text/csv; charset=utf-8'],
    ['lines.csv?as=xero', 'text/csv; charset=utf-8'],
  ] as const) {
    const answer = await page.request.get(`/invoices/${id}/${file}`)
    expect([file, answer.status(), answer.headers()['content-type']]).toEqual([file, 200, type])
  }

  // The provider gives a pound back: answer, check, done.
  await page.getByRole('table').first().getByRole('link').first().click()
  await page.getByRole('link', { name: 'Give money back, or see what was given back' }).click()
  await page.getByLabel('A part of it').check()
  await field(page, 'If it is a part: how much?').fill('9'.repeat(16))
  await field(page, 'Why?').fill('We came ten minutes late.')
  await page.getByRole('button', { name: 'Go on and check' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter an amount in pounds and pence')
  await field(page, 'If it is a part: how much?').fill('9999.00')
  await page.getByRole('button', { name: 'Go on and check' }).click()
  await expect(page.getByRole('alert')).toContainText('or less: that is what was paid and not given back')
  await field(page, 'If it is a part: how much?').fill('1.00')
  await page.getByRole('button', { name: 'Go on and check' }).click()
  await expect(page.getByRole('heading', { name: 'Check what you decide' })).toBeVisible()
  await expect(page.getByText('A credit note is made for the invoice.')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Give £1.00 back' }).click()
  await said(page, 'Decided. The page says where the money is now.')
  await expect(page.getByText('£1.00 had been paid. You owe it')).toBeVisible()
  // The newest first: the visit may have had one before.
  await page
    .getByRole('link', { name: /^WCC-CN-\d{4}$/ })
    .first()
    .click()
  await expect(page.getByText('It gives back a part of invoice')).toContainText(title.replace('Invoice ', ''))
  await page.goBack()
  await page.getByRole('button', { name: 'We have sent it back' }).click()
  await said(page, 'Said. They are asked whether it has arrived.')
  const visit = /visits\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''

  // The person sees it, says that it has arrived, and asks for something else.
  await kith.signInAs(name)
  await page.goto(`/my/money/invoices/${id}`)
  await expect(page.getByText('£1.00 of it was given back')).toBeVisible()
  await page.goto(`/my/visits/${visit}/refund`)
  await expect(page.getByText('£1.00 is on its way back.')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Yes, it has arrived' }).click()
  await said(page, 'Thank you. We have told the provider.')
  await expect(page.getByText('£1.00 is back where it was paid from.')).toBeVisible()
  await page.getByLabel('A part of it').check()
  await field(page, 'If it is a part: how much?').fill('2.00')
  await field(page, 'Why?').fill('The breakfast was cold.')
  await page.getByRole('button', { name: 'Ask for it' }).click()
  await said(page, 'Asked. The provider decides.')
  await expect(page.getByText('Nothing has moved.')).toBeVisible()

  // Four weeks of it, as figures and in Easy Read.
  await page.goto('/my/money/statement')
  await page.getByRole('navigation', { name: 'Four weeks' }).getByRole('link').first().click()
  await expect(page.getByRole('row', { name: /Money back/ }).first()).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Easy Read' }).click()
  await expect(page.getByText('is left to use.').first()).toBeVisible()
  await kith.looksWell()
  expect((await page.request.get('/my/money/statement.pdf')).headers()['content-type']).toBe(
    'application/pdf',
  )

  // The provider says no, and why.
  await kith.signInAs('Magda Zielinska')
  await page.goto(`/provider/visits/${visit}/refund`)
  await page.getByText('Say no', { exact: true }).first().click()
  await field(page, 'Why not?').fill('It was warm when we served it.')
  await page.getByRole('button', { name: 'Say no' }).click()
  await said(page, 'Said no. They have been told, and why.')
  await kith.signInAs(name)
  await page.goto(`/my/visits/${visit}/refund`)
  await expect(page.getByText('“It was warm when we served it.”')).toBeVisible()
})
