import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, said, test } from '../support/test.ts'

/** The two runs have a council each, so that they do not meet. */
const ALDERMERE = { finance: 'Gillian Stott', colleague: 'Asif Rehman', person: 'Joan Ellery', fund: 'Social care budget' } // prettier-ignore
const THORNHAUGH = { finance: 'Wendy Sugden', colleague: 'Sian Beckett', person: 'Margaret Ashby', fund: 'Social care budget' } // prettier-ignore

async function taken(page: Page, link: string | RegExp): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).first().click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('a council audits a fund, from grant to spend: it says why, takes the pack, and the person sees that it looked', async ({
  page,
  kith,
}) => {
  test.setTimeout(120_000)
  const who = kith.eachOf(ALDERMERE, THORNHAUGH)
  const why = `To see the autumn’s visits, ${kith.eachOf('at a desk', 'on the way')}.`
  await kith.signInAs(who.finance)
  await page.goto('/council/money')
  await page.getByRole('link', { name: 'Audit of a fund' }).click()
  await kith.looksWell()
  await page.getByLabel('Find by the person’s name').fill(who.person)
  await page.getByRole('button', { name: 'Find' }).click()
  await page
    .getByRole('link', { name: new RegExp(`^${who.person} ?, ${who.fund}`) })
    .first()
    .click()

  // Nothing of it is shown before the purpose is said.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Why do you look at this fund?')
  await expect(page.getByText(/It adds up|Every line/)).toHaveCount(0)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(page.getByRole('alert')).toContainText('Say why you look at this.')
  await page.getByRole('radio', { name: 'It is in a sample that was drawn' }).check()
  await page.getByLabel('What do you want to see?').fill(why)
  await page.getByRole('button', { name: 'Open it' }).click()

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${who.person}: ${who.fund}`)
  await expect(page.getByText(/was in the fund before the first day/)).toBeVisible()
  await kith.looksWell()
  const pack = new URL(page.url()).pathname

  const csv = await taken(page, 'Save the lines (CSV)')
  const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n')
  expect(csv.name).toMatch(/^audit-[2-9A-Z]{3}-[2-9A-Z]{3}-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/)
  expect(lines[1]).toContain('In the fund before the first day')
  // What came in, less what went out, is what the last line says: to the penny.
  const sum = lines.slice(1).reduce((all, line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    return all + Math.round(Number(cells[3]) * 100) - Math.round(Number(cells[2]) * 100)
  }, 0) // prettier-ignore
  expect(sum).toBe(0)
  const pdf = await taken(page, 'Save as PDF')
  expect(pdf.name).toMatch(/\.pdf$/)
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  const zip = await taken(page, /^Save all of it with its papers/)
  expect(zip.bytes.subarray(0, 2).toString()).toBe('PK')
  expect(zip.bytes.includes(Buffer.from('pack.pdf'))).toBe(true)

  // A colleague has said nothing, so for them it is not there.
  await kith.signInAs(who.colleague)
  expect((await page.request.get(pack)).status()).toBe(404)
  expect((await page.request.get(`${pack}/pack.pdf`)).status()).toBe(404)

  await kith.signInAs(who.person)
  await page.goto('/my/money/audit')
  await kith.looksWell()
  await page.getByRole('link', { name: who.fund, exact: true }).first().click()
  const looked = page.getByRole('region', { name: 'Who of the council has looked at it' })
  await expect(looked.getByText(who.finance).first()).toBeVisible()
  await expect(looked.getByText(why).first()).toBeVisible()
  await kith.looksWell()
  const own = await taken(page, 'Save as PDF')
  expect(own.name).toBe(pdf.name)
})

test('finance takes what does not agree, and says what it was', async ({ page, kith }) => {
  const who = kith.eachOf(ALDERMERE, THORNHAUGH)
  await kith.signInAs(who.finance)
  await page.goto('/council/money/reconciliation')
  await expect(page.getByText(/things do not agree; the oldest was found/)).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: /on the council’s account is nothing that Kith knows/ }).click()
  await page.getByRole('button', { name: 'I look at this' }).click()
  await said(page, 'It is yours now.')
  await kith.looksWell()
  await page.getByRole('button', { name: 'It is explained' }).click()
  await expect(page.getByRole('alert')).toContainText('Say what it was')
  await page.getByLabel('What was it?').fill('A gift to the day centre. It was sent on.')
  await page.getByRole('button', { name: 'It is explained' }).click()
  await said(page, 'It is explained.')
  await page.getByRole('link', { name: 'All', exact: true }).click()
  await expect(page.getByText('Explained', { exact: true }).first()).toBeVisible()
})

test('a person says their hours once a quarter, puts them right, and is not asked again', async ({
  page,
  kith,
}) => {
  await kith.signInAs(kith.eachOf('Priya Nair', 'Walter Nkemelu'))
  await page.goto('/my/money')
  await page.getByRole('link', { name: 'Answer, or say that you would rather not' }).click()
  await kith.looksWell()
  await page.getByLabel('Hours', { exact: true }).fill('three')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByRole('alert')).toContainText('Enter whole hours in figures')
  await expect(page.getByLabel('Hours', { exact: true })).toHaveValue('three')
  await page.getByLabel('Hours', { exact: true }).fill('3')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await said(page, 'Thank you.')
  await page.getByLabel('Minutes', { exact: true }).fill('30')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByText(/: 3 hours 30 minutes\./)).toBeVisible()
  await page.goto('/my/money')
  await expect(page.getByText('How long did paperwork take?')).toHaveCount(0)
})
