import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, said, test } from '../support/test.ts'

const HAND = '/services/a-hand-with-the-house-weavers-care'

/** A plain picture of a colour of its own, so that none is there already. */
const picture = async (colour: string, name = 'picture.jpg') => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 900, height: 600, channels: 3, background: colour } })
    .jpeg()
    .toBuffer(),
})

const file = (page: Page) => page.getByLabel('The photograph', { exact: true })
const add = (page: Page) => page.getByRole('button', { name: 'Add the photograph' })
/** The words of the form for a new one: those of kept photographs come before it. */
const words = (page: Page) => page.getByLabel(/^Say what the photograph shows/).last()
const consent = (page: Page) =>
  page.getByRole('checkbox', { name: 'Everybody who can be recognised has said yes to this' })

test('a provider adds a photograph, is told what is to be put right, changes its place and its words, and removes it', async ({
  page,
  kith,
}) => {
  // The two runs have a service each, so that they do not meet.
  await kith.signInAs('Magda Zielinska')
  await page.goto('/provider/services')
  await page
    .getByRole('link', {
      name: kith.eachOf('Evening help and settling in', 'A long visit for a bath day'),
      exact: true,
    })
    .click()
  await page.getByRole('link', { name: /Add photographs|Change the photographs/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Photographs' })).toBeVisible()
  await kith.looksWell()

  // Nothing said, nothing ticked, and a drawing under a photograph's name.
  await file(page).setInputFiles({
    name: 'garden.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  })
  await add(page).click()
  const wrong = page.getByRole('alert')
  await expect(wrong.getByRole('link', { name: /This is not a photograph we can read/ })).toBeVisible()
  await expect(wrong.getByRole('link', { name: /Say what the photograph shows/ })).toBeVisible()
  await expect(wrong.getByRole('link', { name: /has said yes/ })).toBeVisible()
  await kith.looksWell()

  // What was typed and ticked stays; the file has to be chosen again, and the page says so.
  await words(page).fill('Two chairs at a window')
  await consent(page).check()
  await file(page).setInputFiles({ name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) })
  await add(page).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(1)
  await expect(words(page)).toHaveValue('Two chairs at a window')
  await expect(consent(page)).toBeChecked()
  await expect(
    page.getByText('Choose it again: a browser forgets a file when a page comes back'),
  ).toBeVisible()

  await file(page).setInputFiles(await picture(kith.eachOf('#35664f', '#663554')))
  await add(page).click()
  await said(page, 'The photograph is added.')
  await expect(page.getByRole('img', { name: 'Two chairs at a window' })).toBeVisible()
  // The form for the next one begins empty.
  await expect(words(page)).toHaveValue('')
  await expect(consent(page)).not.toBeChecked()
  await words(page).fill('A low step with a rail')
  await consent(page).check()
  await file(page).setInputFiles(await picture(kith.eachOf('#8a6a2f', '#2f5b8a')))
  await add(page).click()
  await said(page, 'The photograph is added.')
  await kith.looksWell()

  const kept = page.getByRole('region', { name: 'In this order' }).getByRole('img')
  await expect(kept).toHaveCount(2)
  await page.getByRole('button', { name: /^Move up.*A low step with a rail/ }).click()
  await said(page, 'Moved up.')
  await expect(kept.first()).toHaveAttribute('alt', 'A low step with a rail')

  const first = page.getByLabel('for people who cannot see it: photograph 1')
  await first.fill('IMG_2041.jpg')
  await page.getByRole('button', { name: 'Save the words' }).first().click()
  await page
    .getByRole('alert')
    .getByRole('link', { name: /This is the name of a file/ })
    .click()
  await expect(first).toBeFocused()
  await expect(first).toHaveValue('IMG_2041.jpg')
  await first.fill('A low step with a rail on both sides')
  await page.getByRole('button', { name: 'Save the words' }).first().click()
  await said(page, 'The words are saved.')

  // What anybody sees; the preview draws the same page.
  const keeping = new URL(page.url()).pathname
  await page.goto(keeping.replace(/photos$/, 'preview'))
  const shown = page.getByRole('list', { name: 'Photographs' }).getByRole('img')
  await expect(shown).toHaveCount(2)
  await expect(shown.first()).toHaveAttribute('alt', 'A low step with a rail on both sides')
  await expect(shown.first()).not.toHaveAttribute('loading', 'lazy')
  await expect(shown.nth(1)).toHaveAttribute('loading', 'lazy')
  await expect
    .poll(() => shown.first().evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  const href = (await shown.first().getAttribute('src')) ?? ''
  await kith.looksWell()

  await page.goto(keeping)
  await page.getByRole('button', { name: /^Remove.*A low step/ }).click()
  await said(page, 'Removed. Nobody sees it any more.')
  await page.getByRole('button', { name: /^Remove.*Two chairs/ }).click()
  await said(page, 'Removed. Nobody sees it any more.')
  await expect(page.getByRole('heading', { name: 'Add a photograph' })).toBeVisible()
  expect((await page.request.get(href)).status()).toBe(404)
})

test('anybody sees the photographs of a service and of its provider, from this site alone', async ({
  page,
  kith,
}) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  await page.goto(HAND)
  const kitchen = page.getByRole('img', { name: /kitchen: a clean sink under a window/ })
  await expect(kitchen).toBeVisible()
  await expect(kitchen).toHaveAttribute('srcset', /\/400 400w, .*\/1200 1200w/)
  const answer = await page.request.get((await kitchen.getAttribute('src')) ?? '')
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=604800, immutable',
  })
  expect(answer.headers()['set-cookie']).toBeUndefined()
  await kith.looksWell()
  await page.goto('/providers/weavers-care')
  await expect(page.getByRole('img', { name: /green front door/ })).toBeVisible()
  await kith.looksWell()
  expect([...hosts]).toHaveLength(1)
})
