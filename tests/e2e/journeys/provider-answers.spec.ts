import { askFor } from '../support/booking.ts'
import { dayAhead } from '../support/dates.ts'
import { expect, test } from '../support/test.ts'

/** Rosa works alone, so she cannot be in two places. */
const slug = 'help-at-home-from-one-person-rosa-adeyemi'

test('a provider says yes, is told of an overlap, offers another time, and says no', async ({
  page,
  kith,
}) => {
  test.setTimeout(120_000)
  // Beyond what the demo's other people have booked with her.
  const day = dayAhead(kith.eachOf(76, 83))
  const [first, second] = kith.eachOf(
    ['Tariq Iqbal', 'Marlene Shackleton'],
    ['Amina Jama', 'Jean Butterworth'],
  )
  await kith.signInAs(first)
  const early = await askFor(page, { slug, day, time: '09:00', minutes: '60' })
  await kith.signInAs(second)
  const same = await askFor(page, { slug, day, time: '09:30', minutes: '60' })
  const other = await askFor(page, { slug, day, time: '16:00', minutes: '60' })

  await kith.signInAs('Rosa Adeyemi')
  await page.goto('/provider')
  await kith.looksWell()
  await page.goto(`/provider/requests/${early}`)
  await expect(page.getByText('You get £')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Say yes' }).click()
  await expect(
    page.getByRole('status').filter({ hasText: 'It is booked. They have been told.' }),
  ).toBeVisible()

  // Saying yes to the second would put Rosa in two places.
  await page.goto(`/provider/requests/${same}`)
  await expect(page.getByRole('heading', { name: 'Nobody is free for all of it' })).toBeVisible()
  await page.getByRole('button', { name: 'Say yes' }).click()
  await expect(page.getByRole('alert')).toContainText(/another visit|free/i)
  await kith.looksWell()

  await page.getByText('Offer another time', { exact: true }).click()
  await page.getByLabel('It starts at').selectOption('13:00')
  await page.getByLabel('A message (you may leave this empty)').fill('I could come after lunch.')
  await page.getByRole('button', { name: 'Offer this time' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^You offered .* another time$/ })).toBeVisible()

  await page.goto(`/provider/requests/${other}`)
  await page.getByText('Say no', { exact: true }).first().click()
  await page.getByRole('button', { name: 'Say no' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.getByLabel('Why not?').fill('I am with somebody else that afternoon.')
  await page.getByRole('button', { name: 'Say no' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'You said no.' })).toBeVisible()

  await kith.signInAs(second)
  await page.goto(`/my/bookings/${same}`)
  await expect(
    page.getByRole('heading', { level: 1, name: 'Rosa Adeyemi offers another time' }),
  ).toBeVisible()
  await expect(page.getByText('“I could come after lunch.”')).toBeVisible()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Say yes to this time' }).click()
  await expect(page.getByText(/It is booked\.$/)).toBeVisible()
  await page.goto(`/my/bookings/${other}`)
  await expect(page.getByText('“I am with somebody else that afternoon.”')).toBeVisible()
  await expect(page.getByText('All the money set aside for it is back in your funds.')).toBeVisible()
})
