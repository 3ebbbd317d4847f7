import { dayAhead } from '../support/dates.ts'
import { actFor } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

test('the person says “pay this”, the holder pays and says that it arrived, and the statement says paid', async ({
  page,
  kith,
}) => {
  // A managed account in one run, an individual service fund that asks above its limit in the other.
  const person = kith.eachOf('Jamie Calloway', 'Callum Brierley')
  const holder = kith.eachOf('Philippa Thorne', 'Anthony Dube')
  await kith.signInAs(person)
  await page.goto('/my/money')
  await page.getByRole('link', { name: 'Money held for you' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Money held for you' })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Social care budget' }).first().click()
  await expect(page.getByRole('region', { name: 'Waits for your word' })).toBeVisible()
  await kith.looksWell()
  const fund = new URL(page.url()).pathname
  const first = page
    .getByRole('region', { name: 'Waits for your word' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: /^Pay this/ }) })
    .first()
  const visit = first.getByRole('link').first()
  const [what, href] = [(await visit.textContent()) ?? '', await visit.getAttribute('href')]
  await first.getByRole('link', { name: /^Pay this/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Pay this?' })).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Yes, pay this' }).click()
  await said(page, /has been told to pay £[\d.]+\. It is not paid yet/)
  await expect(page.getByRole('region', { name: /has been told to pay$/ })).toContainText(what)

  await kith.signInAs(holder)
  await page.goto('/provider/money')
  await page.getByRole('link', { name: 'Money you hold for people' }).click()
  await page.getByRole('link', { name: person }).first().click()
  const boxes = page.getByRole('group', { name: 'What have you paid?' }).getByRole('checkbox')
  // all() does not wait for the page to come.
  await expect(boxes.first()).toBeVisible()
  for (const box of await boxes.all()) await box.uncheck()
  await page.getByRole('checkbox', { name: new RegExp(what) }).check()
  await page.getByRole('button', { name: 'Go on: check' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Have you paid this?' })).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: /^Yes, I have paid £/ }).click()
  await said(page, /is marked as paid\./)
  await page.getByRole('link', { name: /^Say what became of it/ }).click()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Say that it arrived' }).click()
  await said(page, 'It has arrived, and everybody sees that it is paid.')

  await kith.signInAs(person)
  await page.goto(`${fund}/statement?from=${dayAhead(-40).toString()}&until=${dayAhead(0).toString()}`)
  await kith.looksWell()
  const line = page.getByRole('row').filter({ has: page.locator(`a[href="${href ?? ''}"]`) })
  await expect(line).toContainText('Paid')
})

test('whoever belongs to the holder does it for somebody by name, and says how they were told @js', async ({
  page,
  kith,
}) => {
  await kith.signInAs('Bethan Rowe')
  await actFor(page.request, 'Edith')
  await page.goto('/my/money/held')
  await page.getByRole('link', { name: 'Social care budget' }).first().click()
  await page.getByRole('link', { name: 'Be asked each time again' }).click()
  const words = 'You are doing this for Edith, as Bethan Rowe of Evenhand Direct Payments.'
  await expect(page.getByText(words)).toBeVisible()
  await page.getByRole('button', { name: 'End it now' }).click()
  await said(page, 'It is ended. From now on nothing is paid until you say so.')
  await page.getByRole('link', { name: 'Let them pay without asking each time' }).click()
  await page.getByRole('button', { name: 'Yes, pay what I have said yes to' }).click()
  await page
    .getByRole('alert')
    .getByRole('link', { name: /^Say how Edith told you/ })
    .click()
  await expect(page.getByLabel('How did Edith tell you?')).toBeFocused()
  await kith.looksWell()
  await page.getByLabel('How did Edith tell you?').fill('On the telephone this morning.')
  await page.getByRole('button', { name: 'Yes, pay what I have said yes to' }).click()
  await expect(page.getByText('“On the telephone this morning.”')).toBeVisible()
})
