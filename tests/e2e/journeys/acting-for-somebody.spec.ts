import { askFor } from '../support/booking.ts'
import { dayAhead } from '../support/dates.ts'
import { expect, test } from '../support/test.ts'

const slug = 'a-hand-with-the-house-weavers-care'

test('Daniel does things for Joan: every page says so, and so does the record', async ({ page, kith }) => {
  await kith.signInAs('Daniel Ellery')
  await page.goto('/my/circle')
  await page.getByRole('button', { name: 'Do things for Joan' }).click()
  const band = page.getByRole('region', { name: 'Who you are acting for' })
  for (const path of [
    '/my/week',
    '/my/money',
    '/my/circle',
    '/find',
    `/services/${slug}`,
    `/book/${slug}`,
    '/help',
  ]) {
    await page.goto(path)
    await expect(band).toContainText(/You are acting for Joan, as Daniel Ellery, \w+/)
  }
  await page.goto(`/book/${slug}`)
  await expect(page.getByRole('heading', { level: 1, name: 'When would Joan like it?' })).toBeVisible()
  await kith.looksWell()
  const day = dayAhead(kith.eachOf(70, 77), [1, 2, 3, 4, 5])
  const id = await askFor(page, { slug, day, time: '10:00', minutes: '60' })
  await expect(page.getByText(/Daniel Ellery asked for this for Joan/)).toBeVisible()

  await band.getByRole('button', { name: 'Go back to your own pages' }).click()
  await expect(band).toHaveCount(0)
  await kith.signInAs('Joan Ellery')
  await page.goto(`/my/bookings/${id}`)
  await expect(page.getByText(/Daniel Ellery asked for this/)).toBeVisible()
  await page.getByRole('button', { name: 'Take the request back' }).click()
  await expect(page.getByText('You took this back.')).toBeVisible()
})

test('a form of somebody who has switched to another person changes nothing', async ({ page, kith }) => {
  await kith.signInAs('Daniel Ellery')
  await page.goto('/my/circle')
  await page.getByRole('button', { name: 'Do things for Joan' }).click()
  await page.goto(`/book/${slug}`)
  const personId = /name="personId" value="([^"]+)"/.exec(await page.content())?.[1] ?? ''
  expect(personId).not.toBe('')
  await page.getByRole('button', { name: 'Go back to your own pages' }).click()
  const answer = await page.request.post('/my/week', {
    form: { intent: 'read', personId, notice: '' },
  })
  expect([403, 404, 409]).toContain(answer.status())
})

test('an advocate is told that booking is not theirs to do', async ({ page, kith }) => {
  await kith.signInAs('Owen Pritchard')
  await page.goto('/my/circle')
  await page.getByRole('button', { name: 'Do things for Jamie' }).click()
  await expect(page.getByRole('region', { name: 'Who you are acting for' })).toContainText('Jamie')
  const response = await page.goto(`/book/${slug}`)
  expect(response?.status()).toBe(403)
  await expect(page.getByRole('main')).toContainText('You may not ask for support for this person.')
  await kith.looksWell()
})
