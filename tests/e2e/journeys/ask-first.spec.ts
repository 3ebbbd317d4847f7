import { PEOPLE } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

const SERVICE = '/services/a-hand-with-the-house-weavers-care'

test('somebody asks a provider something before they decide, and gets an answer without having said who they are', async ({
  page,
  kith,
}) => {
  const who = kith.eachOf('Halima Yusuf', 'Nora Quayle')
  await kith.signInAs(who)
  await page.goto(SERVICE)
  await page.getByRole('link', { name: 'Ask to meet who would come' }).click()
  await expect(
    page.getByRole('radio', { name: 'I want to meet who would come, before I decide' }),
  ).toBeChecked()
  await kith.looksWell()

  // A question that is none is said beside the field, and what was ticked stays.
  await page.locator('.option label', { hasText: 'I have a question' }).click()
  await page.getByRole('button', { name: 'Send it' }).click()
  await page.getByRole('alert').getByRole('link').click()
  await expect(page.getByRole('textbox', { name: 'In your own words' })).toBeFocused()
  await kith.looksWell()
  await page.getByRole('checkbox', { name: 'What happens the first time?' }).check()
  await page.getByRole('textbox', { name: 'In your own words' }).fill('Can they wait at the door? I am slow.')
  await page.getByRole('button', { name: 'Send it' }).click()
  await said(page, 'Sent. You are told when they answer.')
  await expect(page.getByText('Waiting for their answer')).toBeVisible()
  await kith.looksWell()
  const address = new URL(page.url()).pathname

  // The provider sees what was written, and nobody's name.
  await kith.signInAs(PEOPLE.owner)
  await page.goto('/provider')
  await page.getByRole('link', { name: 'Read and answer' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Questions from people' })).toBeVisible()
  await page.goto(address.replace('/my/', '/provider/'))
  await expect(page.getByText('Can they wait at the door? I am slow.')).toBeVisible()
  await expect(page.getByText(who.split(' ')[0] ?? who)).toHaveCount(0)
  await kith.looksWell()
  await page
    .getByRole('textbox', { name: 'Your answer' })
    .fill('Yes. The first time two of us come and have tea.')
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await said(page, 'Sent. They are told.')

  await kith.signInAs(who)
  await page.goto('/my/questions')
  await expect(page.getByText('They answered').first()).toBeVisible()
  await page.goto(address)
  await expect(page.getByText('The first time two of us come and have tea.')).toBeVisible()
  await page.getByRole('button', { name: 'I know what I wanted to know: close it' }).click()
  await said(page, 'Closed. You can still read it.')
  await expect(page.getByRole('textbox', { name: 'Write more' })).toHaveCount(0)
  await page.getByRole('link', { name: /^Go to .*, to ask for it$/ }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Ask a question first' })).toBeVisible()
})

test('somebody who is not signed in is asked to sign in first, and is brought back to the question', async ({
  page,
}) => {
  await page.goto(`${SERVICE}/ask`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
})
