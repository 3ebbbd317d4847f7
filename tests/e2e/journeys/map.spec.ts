import { createServer } from 'node:http'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'

const SEARCH = '/find?near=Millgate'
const theMap = (page: Page): Locator => page.getByRole('region', { name: 'On the map' })
const moving = (page: Page): Locator =>
  page.getByRole('region', { name: 'Map of the results around Millgate' })
const pins = (page: Page): Locator =>
  page.getByRole('group', { name: 'Results on the map' }).getByRole('button')

async function openMap(page: Page): Promise<void> {
  await page.goto(SEARCH)
  await page.getByRole('button', { name: 'Move around the map' }).click()
  await expect(pins(page).first()).toBeVisible()
}

test('beside the list is a picture of it, over the areas of councils, and each of its pins is in the list', async ({
  page,
  kith,
}) => {
  await page.goto(SEARCH)
  const picture = theMap(page).getByRole('img', {
    name: /^Where the results lie around Millgate: \d+ numbered pins/,
  })
  await expect(picture).toBeVisible()
  await expect(picture).toHaveAccessibleName(/over the areas of Aldermere/)
  const numbers = await picture.locator('.pin-n').allTextContents()
  expect(numbers.length).toBeGreaterThan(5)
  for (const n of numbers) await expect(page.locator(`#result-${n} .pin`)).toHaveText(`On the map: ${n}`)
  await expect(theMap(page).getByText('made up for this demo')).toBeVisible()
  await expect(theMap(page).getByText('We show nobody’s home.')).toBeVisible()
  await kith.looksWell()
})

test('one press hides the map, on every search after it, too; one press shows it again', async ({
  page,
  kith,
}) => {
  await page.goto(SEARCH)
  await page.getByRole('button', { name: 'Hide the map' }).click()
  const show = page.getByRole('button', { name: 'Show the map' })
  await expect(show).toBeVisible()
  await expect(theMap(page).getByRole('img')).toHaveCount(0)
  await expect(page).toHaveURL(kith.scripted ? /near=Millgate$/ : /near=Millgate#map$/)
  // With scripts the press leaves the focus where it was, on the same button.
  if (kith.scripted) await expect(show).toBeFocused()
  await kith.looksWell()
  await page.goto('/find?near=Moorend')
  await expect(theMap(page).getByRole('img')).toHaveCount(0)
  await expect(page.getByText('On the map: ')).toHaveCount(0)
  const kept = (await page.context().cookies()).find(({ name }) => name === 'kith_map')
  // The word “hidden” and nothing else.
  expect(Buffer.from(decodeURIComponent(kept?.value ?? ''), 'base64').toString()).toBe('"hidden"')
  await show.click()
  await expect(theMap(page).getByRole('img')).toBeVisible()
  expect((await page.context().cookies()).some(({ name }) => name === 'kith_map')).toBe(false)
})

test('without scripts there is no button that does nothing @nojs', async ({ page }) => {
  await page.goto(SEARCH)
  await expect(theMap(page).getByRole('button')).toHaveText(['Hide the map'])
})

test('the map that moves comes when it is asked for, from this site, and its pins lead to the list @js', async ({
  page,
  kith,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(SEARCH)
  await expect(page.getByRole('button', { name: 'Move around the map' })).toBeVisible()
  expect(asked.filter((url) => /moving-map|leaflet|boundaries/.test(url))).toEqual([])
  await page.getByRole('button', { name: 'Move around the map' }).click()
  // What was pressed is gone: the focus goes on to what it led to.
  await expect(moving(page)).toBeFocused()
  await expect(moving(page).locator('path.map-area')).toHaveCount(2)
  const { origin } = new URL(page.url())
  expect(asked.filter((url) => !url.startsWith(origin))).toEqual([])
  await kith.looksWell()

  const cards = page.locator('.result .pin')
  const many = await cards.count()
  await expect(pins(page)).toHaveCount(many)
  for (const n of [1, many]) {
    const card = page
      .locator('.result')
      .filter({ has: page.getByText(`On the map: ${String(n)}`, { exact: true }) })
    const title = (await card.getByRole('link').first().textContent()) ?? ''
    await page.getByRole('button', { name: `${String(n)}: ${title}`, exact: true }).click()
    await expect(card.getByRole('link', { name: title, exact: true })).toBeFocused()
    await expect(page.locator('.result[data-marked]')).toHaveCount(1)
    await expect(card).toHaveAttribute('data-marked', '')
  }
  await kith.looksWell()
})

test('no two pins cover each other, and each can be pressed by a thumb @js', async ({ page }) => {
  await openMap(page)
  const boxes = await pins(page).evaluateAll((buttons) =>
    buttons.map((button) => {
      const { x, y, width, height } = button.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2, width, height }
    }),
  )
  for (const [i, a] of boxes.entries()) {
    expect(Math.min(a.width, a.height)).toBeGreaterThanOrEqual(44)
    for (const b of boxes.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(44)
  }
})

test('by keyboard alone: the map moves and comes closer, pins are reached in order, and Tab leads out @js', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openMap(page)
  await expect(moving(page)).toBeFocused()
  const place = async (n: number) => pins(page).nth(n).boundingBox()
  const before = await place(0)
  await page.keyboard.press('ArrowRight')
  // Nothing glides for somebody who wants that.
  expect((await place(0))?.x).toBeCloseTo((before?.x ?? 0) - 110, 0)
  await page.keyboard.press('ArrowLeft')
  const apart = async (): Promise<number> => {
    const all = await pins(page).evaluateAll((buttons) =>
      buttons.map((button) => button.getBoundingClientRect().x),
    )
    return Math.max(...all) - Math.min(...all)
  }
  const far = await apart()
  await page.keyboard.press('+')
  await expect.poll(apart).toBeGreaterThan(far * 1.5)
  await page.keyboard.press('-')
  await expect.poll(apart).toBeCloseTo(far, 0)

  const count = await pins(page).count()
  for (let n = 0; n < count; n += 1) {
    await page.keyboard.press('Tab')
    await expect(pins(page).nth(n)).toBeFocused()
  }
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Hide the map' })).toBeFocused()
  for (let n = 0; n <= count; n += 1) await page.keyboard.press('Shift+Tab')
  await expect(moving(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('.result[data-marked]')).toHaveCount(1)
})

test('by single presses: the map moves, comes closer and shows all again, without dragging @js', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openMap(page)
  const x = async (): Promise<number> => Math.round((await pins(page).first().boundingBox())?.x ?? 0)
  const y = async (): Promise<number> => Math.round((await pins(page).first().boundingBox())?.y ?? 0)
  const [left, top] = [await x(), await y()]
  await page.getByRole('button', { name: 'Move the map left' }).click()
  expect(await x()).toBe(left + 110)
  await page.getByRole('button', { name: 'Move the map down' }).click()
  expect(await y()).toBe(top - 110)
  await page.getByRole('button', { name: 'Closer' }).click()
  await page.getByRole('button', { name: 'All results on the map' }).click()
  expect([await x(), await y()]).toEqual([left, top])
})

test('a map that does not come leaves the picture, and outlines that do not come leave the pins @js', async ({
  page,
}) => {
  await page.route(/\/assets\/moving-map-/, (route) => route.abort())
  await page.goto(SEARCH)
  await page.getByRole('button', { name: 'Move around the map' }).click()
  await expect(theMap(page).getByRole('status')).toHaveText(/^The map did not come\./)
  await expect(theMap(page).getByRole('img')).toBeVisible()
  await page.unroute(/\/assets\/moving-map-/)
  await page.route('**/find/boundaries?*', (route) => route.fulfill({ status: 500 }))
  await openMap(page)
  await expect(theMap(page).getByRole('status')).toHaveText(/^The outlines of councils did not come\./)
})

test('with a server of pictures: they are fetched once the map is opened, and it learns nothing of the page @js @clock', async ({
  page,
}) => {
  const asked: { path: string; referer: string | undefined; cookie: string | undefined }[] = []
  const square = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', referer: request.headers.referer, cookie: request.headers.cookie })
    response.writeHead(200, { 'Content-Type': 'image/png' }).end(square)
  })
  await new Promise<void>((resolve) =>
    server.listen(Number(process.env['E2E_TILES_PORT']), '127.0.0.1', resolve),
  )
  try {
    await page.goto(SEARCH)
    await expect(theMap(page).getByText(/Once you open it, 127\.0\.0\.1:\d+ sees the address/)).toBeVisible()
    expect(asked).toEqual([])
    await page.getByRole('button', { name: 'Move around the map' }).click()
    await expect(moving(page).locator('img.leaflet-tile-loaded').first()).toBeVisible()
    await expect(theMap(page).getByRole('link', { name: 'Tile makers' })).toHaveAttribute(
      'href',
      'https://tiles.kith.example/thanks',
    )
    // The outlines of councils lie over the pictures.
    await expect(moving(page).locator('path.map-area.over-pictures')).toHaveCount(2)
    expect(asked.length).toBeGreaterThan(0)
    for (const { path, referer, cookie } of asked) {
      expect(path).toMatch(/^\/tiles\/\d+\/\d+\/\d+\.png$/)
      expect(referer).toBeUndefined()
      expect(cookie).toBeUndefined()
    }
    // Pictures from there, and from nowhere else.
    const answer = await page.request.get(SEARCH)
    expect(/img-src [^;]*/.exec(answer.headers()['content-security-policy'] ?? '')?.[0]).toBe(
      `img-src 'self' http://127.0.0.1:${String(process.env['E2E_TILES_PORT'])}`,
    )
    await page.goto('/privacy')
    await expect(
      page.getByText(/your browser fetches pictures of the country from 127\.0\.0\.1/),
    ).toBeVisible()
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
