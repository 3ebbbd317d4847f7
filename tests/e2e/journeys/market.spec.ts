import { readFile } from 'node:fs/promises'
import { expect, test } from '../support/test.ts'

test('a commissioner sees the market in pictures, tables and a file, with nobody named', async ({
  page,
  kith,
}) => {
  await page.goto('/demo')
  const people = page.getByRole('region', { name: 'People with a budget' })
  for (const more of await people.getByText(/^\d+ more: /).all()) await more.click()
  const names = await people.getByRole('heading', { level: 3 }).allTextContents()
  expect(names).toContain('Joan Ellery')
  expect(names.length).toBeGreaterThan(30)

  await kith.signInAs('Marcus Adeyinka')
  await page.getByRole('navigation', { name: 'Your pages' }).getByRole('link', { name: 'Market' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The market in Aldermere' })).toBeVisible()
  await kith.looksWell()
  await expect(page.getByRole('table').first()).toBeAttached()
  const seen = await page.getByRole('main').innerText()

  const csv = page.getByRole('link', { name: /CSV|table/ }).first()
  const [file] = await Promise.all([page.waitForEvent('download'), csv.click()])
  const text = await readFile(await file.path(), 'utf8')
  expect(text.split('\n').length).toBeGreaterThan(5)
  // Some people with a budget also work somewhere; organisations that carry a name are not meant here.
  for (const name of names) {
    expect(seen, `${name} is on the page`).not.toContain(name)
    expect(text, `${name} is in the file`).not.toContain(name)
  }
  expect(text).not.toContain('Rosa Adeyemi')
  expect(seen).not.toContain('Rosa Adeyemi')
})

test('a commissioner sees no person', async ({ page, kith }) => {
  await kith.signInAs('Marcus Adeyinka')
  for (const path of ['/council/people', '/council/concerns']) {
    const response = await page.goto(path)
    expect([403, 404]).toContain(response?.status())
  }
})
