import { readFile } from 'node:fs/promises'
import { expect, said, test } from '../support/test.ts'

/** The two runs have a council each, so that they do not meet. */
const ALDERMERE = { maker: 'Gillian Stott', approver: 'Asif Rehman' }
const THORNHAUGH = { maker: 'Wendy Sugden', approver: 'Sian Beckett' }

const cellsOf = (line: string): string[] => line.replace(/^\uFEFF/, '').split(',')

test('a council pays what is due: one makes the run, another approves it, one payment fails, the rest arrive', async ({
  page,
  kith,
}) => {
  test.setTimeout(120_000)
  const council = kith.eachOf(ALDERMERE, THORNHAUGH)
  await kith.signInAs(council.maker)
  await page.goto('/council/money/due')
  await expect(page.getByText(/can be paid now/)).toBeVisible()
  await kith.looksWell()
  await page.getByRole('link', { name: 'Make a payment run' }).click()
  await expect(page.getByRole('checkbox').first()).toBeChecked()
  await kith.looksWell()
  await page.getByRole('button', { name: 'Make the run' }).click()
  await said(page, /^Run \d+ is made/)
  await kith.looksWell()
  await page.getByRole('button', { name: 'Send it for approval' }).click()
  await said(page, 'It waits for approval')
  const run = new URL(page.url()).pathname
  await expect(page.getByRole('button', { name: 'Approve this run' })).toHaveCount(0)
  await expect(page.getByText('You made this run, so somebody else has to approve it.')).toBeVisible()
  // Pressing what the page does not offer is refused as well.
  const forced = await page.request.post(run, { form: { intent: 'approve' }, maxRedirects: 0 })
  expect(forced.status()).toBe(403)
  expect((await page.request.get(`${run}/file.csv`)).status()).toBe(409)

  await kith.signInAs(council.approver)
  await page.goto(run)
  await page.getByRole('button', { name: 'Approve this run' }).click()
  await said(page, 'It is approved')

  await kith.signInAs(council.maker)
  await page.goto(run)
  await page.getByRole('button', { name: 'It was sent' }).click()
  await expect(page.getByRole('alert')).toContainText('Take the file first')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Take the file (CSV)' }).click(),
  ])
  const [head = '', ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(cellsOf(head).slice(0, 7)).toEqual([
    'Supplier', 'Supplier name', 'Order', 'Cost code', 'Case', 'Invoice', 'Reference',
  ]) // prettier-ignore
  for (const line of lines) for (const at of [0, 2, 3, 4, 6, 10]) expect(cellsOf(line)[at], line).not.toBe('')
  await page.goto(run)
  await page.getByRole('button', { name: 'It was sent' }).click()
  await said(page, 'It is recorded as sent')

  await page
    .getByRole('link', { name: /^Record what became of it/ })
    .first()
    .click()
  await kith.looksWell()
  await page.getByRole('radio', { name: 'It did not arrive' }).check()
  await page.getByRole('radio', { name: 'The account is closed' }).check()
  await page.getByRole('button', { name: 'Record it' }).click()
  await said(page, 'It is due again, and the provider is told')
  await expect(page.getByText('Did not arrive', { exact: true }).first()).toBeVisible()

  // The bank's file says paid of every line, also of the one that finance knows did not arrive: that one is left out by name.
  const results = [
    'Reference,Result',
    ...lines.map((line) => `${cellsOf(line)[6] ?? ''},paid`),
    'AAAA 2222,paid',
  ]
  await page.getByRole('link', { name: 'Record results' }).click()
  await page.getByLabel('Result file (CSV)').setInputFiles({
    name: 'results.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(results.join('\n')),
  })
  await page.getByRole('button', { name: 'Read the file' }).click()
  await expect(page.getByRole('heading', { name: /results? (is|are) recorded/ })).toBeVisible()
  await expect(page.getByText(/it was recorded as failed/)).toBeVisible()
  await expect(page.getByText(/No payment of this run has the reference “AAAA 2222”/)).toBeVisible()
  await kith.looksWell()
  await page.goto(run)
  await expect(page.getByText('Finished', { exact: true })).toBeVisible()

  // A provider reads what a payment was for.
  await kith.signInAs(kith.eachOf('Magda Zielinska', 'Miranda Slee'))
  await page.goto('/provider/money/remittances')
  await kith.looksWell()
  await page.getByRole('rowheader').first().getByRole('link').click()
  await expect(page.getByRole('table', { name: 'The visits that it pays for' })).toBeVisible()
  await kith.looksWell()
  await page.goto('/provider/money/bank-details')
  await kith.looksWell()
})
