import { actFor } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

test('@nojs a question about surplus: it stands on My money, is answered, decided and appealed, and somebody else ends it', async ({
  page,
  kith,
}) => {
  // Simon looks after Grace's money; the council asked about what lies there.
  await kith.signInAs('Simon Whitlow')
  await actFor(page.request, 'Grace')
  await page.goto('/my/money')
  await expect(page.getByText('You have answered. The council decides')).toBeVisible()
  await page.getByRole('link', { name: /^See what the council asks/ }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'Social care budget: is this money needed?' }),
  ).toBeVisible()
  await kith.looksWell()
  await page.getByLabel('What is the money for?').fill('A week by the sea in March.')
  await page.getByRole('button', { name: 'Tell the council' }).click()
  await said(page, 'Nothing moves before you hear from them.')
  const question = new URL(page.url()).pathname

  await kith.signInAs('Gillian Stott')
  await page.goto(question.replace('/my/', '/council/'))
  await expect(page.getByRole('main')).toContainText('A week by the sea in March.')
  await kith.looksWell()
  await page.getByLabel('How much goes back').fill('100')
  await page.getByLabel('Why').fill('A week costs less than that.')
  await page.getByRole('button', { name: 'Decide' }).click()

  await kith.signInAs('Simon Whitlow')
  await actFor(page.request, 'Grace')
  await page.goto('/my/money')
  await expect(
    page.getByText('The council decided that £100.00 goes back. If you do not agree'),
  ).toBeVisible()
  await page.getByRole('link', { name: /^See what the council asks/ }).click()
  await expect(page.getByText('A week costs less than that.')).toBeVisible()
  await page.getByLabel('Why do you not agree?').fill('It is in the plan.')
  await kith.looksWell()
  await page.getByRole('button', { name: 'Appeal' }).click()
  await said(page, 'Nothing moves before you hear from them.')

  // Whoever decided does not end the appeal; a colleague does, and can only make it less.
  await kith.signInAs('Gillian Stott')
  await page.goto(question.replace('/my/', '/council/'))
  await expect(page.getByLabel('How much goes back')).toHaveCount(0)
  await kith.signInAs('Asif Rehman')
  await page.goto(question.replace('/my/', '/council/'))
  await page.getByLabel('How much goes back').fill('0')
  await page.getByLabel('Why').fill('The plan says so.')
  await page.getByRole('button', { name: 'End the appeal' }).click()

  await kith.signInAs('Simon Whitlow')
  await actFor(page.request, 'Grace')
  await page.goto('/my/money')
  await expect(page.getByText('is this money needed?')).toHaveCount(0)
  await page.goto(question)
  await expect(page.getByText('Nothing is taken.')).toBeVisible()
})
