import type { Page } from '@playwright/test'
import { fillInTimes } from '../support/booking.ts'
import { dayAhead } from '../support/dates.ts'
import { actFor, enter } from '../support/people.ts'
import { expect, said, test } from '../support/test.ts'

/** The smallest picture that is one. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

interface Wanted {
  what: string
  seller: string
  price: string
  units?: string
  category: string
  fund?: string
  outcome?: string
}

async function fillIn(page: Page, wanted: Wanted): Promise<void> {
  await page.getByLabel('What is it?').fill(wanted.what)
  await page.getByLabel('Who sells it?').fill(wanted.seller)
  await page.getByLabel('What does it cost in all?').fill(wanted.price)
  if (wanted.units) await page.getByLabel(/^How many hours, visits or items/).fill(wanted.units)
  await page.getByLabel('What kind of thing is it?').selectOption({ label: wanted.category })
  // The label of a choice in a box lies over its button.
  if (wanted.fund) await page.getByRole('radio', { name: wanted.fund, exact: true }).check({ force: true })
  if (wanted.outcome) await page.getByLabel(/^Which outcome of/).selectOption({ label: wanted.outcome })
}

/** Writes down that it was paid today, for what stands in the box unless told otherwise. */
async function writeDown(page: Page, price?: string): Promise<void> {
  if (price) await page.getByLabel('What did it come to?').fill(price)
  const today = dayAhead(0)
  const date = page.getByRole('group', { name: 'When was it paid?' })
  await date.getByLabel('Day').fill(String(today.day))
  await date.getByLabel('Month').fill(String(today.month))
  await date.getByLabel('Year').fill(String(today.year))
  await page.getByRole('button', { name: 'Write it down' }).first().click()
}

/** Becomes somebody and opens a page, without their first page in between. */
async function as(page: Page, name: string, path: string): Promise<void> {
  await enter(page.request, name)
  await page.goto(path)
}

/** Opens somebody's purchase by what it is. */
async function open(page: Page, name: string, what: string): Promise<void> {
  await as(page, name, '/my/money/purchases')
  await page.getByRole('link', { name: new RegExp(`^${what}, `) }).click()
  await expect(page.getByRole('heading', { level: 1, name: what })).toBeVisible()
}

const statementRow = (page: Page, what: string) => page.getByRole('row').filter({ hasText: what })

test('a washing machine from a shop that is not listed: asked, agreed, set aside, paid, and on the statement', async ({
  page,
  kith,
}) => {
  const person = kith.eachOf('Tariq Iqbal', 'Margaret Ashby')
  await as(page, person, '/my/money')
  await page.getByRole('link', { name: 'Buy something else' }).click()
  await page.getByRole('link', { name: 'Ask to buy something' }).click()
  const machine = {
    what: 'A washing machine',
    seller: 'Hartley Electrical',
    category: 'Equipment and adaptations',
  }
  // A comma before two figures may mean either: it is asked again, and what was typed stays.
  await fillIn(page, { ...machine, price: '389,00', fund: 'Equipment grant' })
  await page.getByRole('button', { name: 'Ask to buy it' }).click()
  await expect(page.getByRole('alert')).toContainText('with a full stop before the pence')
  await expect(page.getByLabel('Who sells it?')).toHaveValue('Hartley Electrical')
  await kith.looksWell()
  await page.getByLabel('What does it cost in all?').fill('389.00')
  await page.getByRole('button', { name: 'Ask to buy it' }).click()
  await said(page, 'It is put forward. Nothing is set aside yet.')
  const path = new URL(page.url()).pathname

  await as(page, kith.eachOf('Leon Marsh', 'Sian Beckett'), '/council/purchases')
  await page.getByRole('link', { name: 'A washing machine, Hartley Electrical' }).click()
  await page.getByRole('radio', { name: 'Yes, it belongs in the plan' }).check()
  await page.getByRole('button', { name: 'Save the decision' }).click()
  await said(page, 'Saved: agreed. They are told.')

  await as(page, person, path)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Set £389.00 aside' }).click()
  await said(page, 'The money is set aside.')
  await page.getByRole('link', { name: 'It is paid' }).click()
  await writeDown(page, '395')
  // Six pounds more are taken only after asking once more.
  await expect(page.getByRole('alert')).toContainText('It came to £6.00 more than was agreed.')
  await page.getByLabel('What did it come to?').fill('385.50')
  await page.getByRole('button', { name: 'Write it down' }).click()
  await said(page, 'This fund asks for the receipt')

  // What it is, is seen in its content.
  await page.getByRole('link', { name: 'Send the receipt' }).click()
  const file = (buffer: Buffer) =>
    page.getByLabel('The receipt').setInputFiles({ name: 'till.png', mimeType: 'image/png', buffer })
  await file(Buffer.from('<html>a receipt</html>'))
  await page.getByRole('button', { name: 'Send it' }).click()
  await expect(page.getByRole('alert')).toContainText('no PDF, JPEG or PNG inside')
  await file(PNG)
  await page.getByRole('button', { name: 'Send it' }).click()
  await said(page, 'The receipt is kept.')
  const paper = await page.getByRole('link', { name: 'till.png' }).getAttribute('href')
  const kept = await page.request.get(paper ?? '')
  expect(kept.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^attachment; filename="till.png"/),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  expect(await kept.body()).toEqual(PNG)

  await page.goto('/my/money')
  const row = statementRow(page, 'A washing machine, Hartley Electrical')
  await expect(row).toContainText('£385.50')
  await expect(row).toContainText('Paid')
  await enter(page.request, 'Callum Brierley')
  expect((await page.request.get(paper ?? '')).status()).toBe(404)
})

test('@nojs a one-off grant for equipment buys a thing from a shop that is not listed, to the last penny', async ({
  page,
}) => {
  const [person, what, price] = ['Priya Nair', 'A worktop that moves up and down', '£900.00']
  await open(page, person, what)
  await page.getByRole('button', { name: `Set ${price} aside` }).click()
  await expect(page.getByText('The council pays the seller, and writes down what it came to.')).toBeVisible()

  await as(page, 'Gillian Stott', '/council/purchases?show=to_pay')
  await page.getByRole('link', { name: new RegExp(`^${what}, `) }).click()
  await writeDown(page)
  await said(page, 'It is written down as paid. They are told.')

  await as(page, person, '/my/money')
  await expect(page.getByRole('article', { name: 'Equipment grant' })).toContainText(`£0.00 left of ${price}`)
  await expect(statementRow(page, what)).toContainText('Paid')
})

test('@nojs whoever holds a fund is asked to pay, writes down what it came to, and the person reads it', async ({
  page,
}) => {
  await as(page, 'Chris Ashworth', '/provider/money/purchases')
  await page.getByRole('link', { name: 'A rail for the bath, Fenside Mobility' }).click()
  await writeDown(page, '34.20')
  await said(page, 'It is written down as paid. They are told.')
  await open(page, 'Joan Ellery', 'A rail for the bath')
  await expect(page.getByText('Paid: £34.20')).toBeVisible()
})

test('an adviser spends a fund with somebody: both agree, its outcome is named, and finance looks at it', async ({
  page,
  kith,
}) => {
  const [person, outcome] = kith.eachOf(
    ['Kyle Benton', 'Get a job on a stall'] as const,
    ['Callum Brierley', 'Two things to get up for each week'] as const,
  )
  const what = `Interview shoes for ${person.split(' ')[0] ?? ''}`
  await as(page, 'Leon Marsh', '/council/purchases')
  await page.getByRole('link', { name: `Suggest something : ${person}, Work fund` }).click()
  const shoes = { what, seller: 'Market Shoes', category: 'Help with work' }
  // The fund's ceiling is for each, and without an outcome nothing is bought.
  await fillIn(page, { ...shoes, price: '60', outcome })
  await page.getByRole('button', { name: 'Suggest it' }).click()
  await expect(page.getByRole('alert')).toContainText('up to £45.00 for each hour, visit or item')
  await fillIn(page, { ...shoes, price: '40' })
  await page.getByRole('button', { name: 'Suggest it' }).click()
  await said(page, 'Nothing is bought until they say yes.')
  const council = new URL(page.url()).pathname

  await open(page, person, what)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Yes, I want this' }).click()
  await said(page, 'You both agree.')

  await as(page, 'Leon Marsh', council)
  await page.getByRole('button', { name: 'Set £40.00 aside' }).click()
  await said(page, 'The money is set aside.')
  await writeDown(page)
  await said(page, 'It is written down as paid. They are told.')

  await as(page, 'Gillian Stott', '/council/money/adviser-spending')
  await expect(statementRow(page, what)).toContainText(outcome)
  await page.getByRole('link', { name: `${what}, Market Shoes` }).click()
  await page.getByRole('radio', { name: 'It is in order' }).check()
  await page.getByRole('button', { name: 'Save what you found' }).click()
  await said(page, 'Saved: you have looked at it.')
  await page.goto('/council/money/adviser-spending?show=looked_at')
  await expect(statementRow(page, what)).toContainText('In order')
})

test('@js a voucher is used in part, and its page to print says what is left, until when and for what', async ({
  page,
  kith,
}) => {
  const person = 'Callum Brierley'
  const what = 'A stand and a keyboard for my tablet'
  await open(page, person, what)
  await page.getByRole('button', { name: 'Set £18.00 aside' }).click()
  const voucher = async (words: string): Promise<void> => {
    await page.goto('/my/money/vouchers')
    await page.getByRole('link', { name: 'Get Online voucher' }).click()
    await expect(page.getByRole('img', { name: /^Get Online voucher: / })).toHaveAccessibleName(
      `Get Online voucher: ${words}, £42.00 left`,
    )
  }
  await voucher('£0.00 spent, £18.00 set aside')
  await expect(page.getByText(/^£42\.00 left of £60\.00, until /)).toBeVisible()
  await expect(page.getByText('It can pay for a tablet or what goes with it')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText(new RegExp(`^${person}, printed on `))).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
  await kith.looksWell()

  await as(page, 'Gillian Stott', '/council/purchases?show=to_pay')
  // The same thing may be for two people.
  await statementRow(page, person)
    .getByRole('link', { name: new RegExp(`^${what}`) })
    .click()
  await writeDown(page)
  await said(page, 'It is written down as paid.')
  await page.goto('/council/vouchers')
  await expect(page.getByRole('heading', { level: 1, name: 'Vouchers' })).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(person)
  await kith.looksWell()

  await kith.signInAs(person)
  await voucher('£18.00 spent, £0.00 set aside')
})

test('@nojs a carer’s budget is hers: nothing of it shows while she does things for the person she cares for', async ({
  page,
}) => {
  const hers = /Sea Thrift|Two nights|Break for carers|Carer’s budget/
  await open(page, 'Maureen Okafor', 'Two nights by the sea')
  const path = new URL(page.url()).pathname
  await page.goto('/my/money?month=all')
  await expect(page.getByRole('article', { name: 'Break for carers' })).toBeVisible()
  await expect(statementRow(page, 'Two nights by the sea, Sea Thrift Cottage')).toContainText('£156.00')
  await expect(page.getByRole('main')).not.toContainText('hymn book')

  await actFor(page.request, 'Emmanuel')
  for (const address of [
    '/my/week',
    '/my/money?month=all&set-aside=yes',
    '/my/money.csv',
    '/my/money/vouchers',
    '/my/money/purchases/new',
  ]) {
    const answer = await page.request.get(address)
    expect([address, answer.status(), hers.exec(await answer.text())]).toEqual([address, 200, null])
  }
  expect((await page.request.get(path)).status()).toBe(404)
  await page.goto('/my/money/purchases')
  await expect(page.getByRole('region', { name: 'Who you are acting for' })).toContainText('Emmanuel')
  await expect(page.getByRole('main')).toContainText('A hymn book in large print')
  await expect(page.getByRole('main')).not.toContainText(hers)
})

test('@js a skills account pays accredited providers only: refused in words, with a way out', async ({
  page,
  kith,
}) => {
  await as(page, 'Jamie Calloway', '/my/money/purchases/new')
  await fillIn(page, {
    what: 'A weekend course in railway history',
    seller: 'A retired driver',
    price: '45',
    category: 'Learning and skills',
    fund: 'Skills account',
    outcome: 'Go to college by bus on my own',
  })
  await page.getByRole('button', { name: 'Ask to buy it' }).click()
  await expect(page.getByRole('alert')).toContainText(
    'Skills account can pay for courses and coaching from accredited providers. It pays accredited providers only',
  )
  const wayOut = page
    .getByRole('main')
    .filter({ has: page.getByRole('heading', { name: 'Whom this fund can pay' }) })
  await expect(wayOut.getByRole('link', { name: 'See all courses' })).toBeVisible()
  await kith.looksWell()
  // The same rule when it is booked.
  await page.goto('/book/staying-in-work-open-door-aldermere')
  await fillInTimes(page, { slug: '', day: dayAhead(20, [1, 2, 3]), time: '18:30' })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  await expect(page.getByRole('main')).toContainText(
    'It pays accredited providers. This provider is not accredited.',
  )
})

test('@nojs employment support and a skills account pay one booking together', async ({ page }) => {
  await as(page, 'Kyle Benton', '/book/job-coaching-second-shift')
  await fillInTimes(page, {
    slug: '',
    day: dayAhead(21, [2, 3]),
    time: '10:00',
    minutes: '120',
  })
  await page.getByRole('button', { name: 'Go on: who pays' }).click()
  const pays = page.getByRole('table', { name: 'Which fund pays what, and why' })
  await expect(pays.getByRole('row').filter({ hasText: 'Skills account' })).toContainText('£40.00')
  await expect(pays.getByRole('row').filter({ hasText: 'Work fund' })).toContainText('£24.00')
})
