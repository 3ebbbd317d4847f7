import { expect, test as base, type Page } from '@playwright/test'
import { axe } from './axe.ts'
import { enter } from './people.ts'

export interface Kith {
  /** Whether the browser runs scripts in this run. */
  scripted: boolean
  /** One of two things, so that a journey with JavaScript and the same one without do not meet. */
  eachOf<T>(withScript: T, without: T): T
  /** Becomes somebody of the demo's list; lands on their first page. */
  signInAs(name: string): Promise<void>
  /** Waits for the whole page; then what WCAG 2.2 AA asks for, as far as a machine can see it. Without scripts axe cannot run. */
  looksWell(): Promise<void>
}

/** Playwright's test, which also fails when the page complains on the console or throws. */
export const test = base.extend<{ quietConsole: void; kith: Kith }>({
  quietConsole: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        // Chromium reports each 4xx answer as an error; those are what some tests ask for.
        const refusal = message.text().startsWith('Failed to load resource')
        if (message.type() === 'error' && !refusal) complaints.push(message.text())
      })
      page.on('pageerror', (error) => {
        complaints.push(error.message)
      })
      await use()
      expect(complaints, 'the page wrote nothing to the console').toEqual([])
    },
    { auto: true },
  ],
  kith: async ({ page, javaScriptEnabled }, use) => {
    await use({
      scripted: javaScriptEnabled,
      eachOf: (withScript, without) => (javaScriptEnabled ? withScript : without),
      signInAs: (name) => signInAs(page, name),
      looksWell: async () => {
        // A heading is seen while the rest of its page is still on its way: what is counted after this is all there.
        await page.waitForLoadState()
        if (javaScriptEnabled) expect(await axe(page)).toEqual([])
      },
    })
  },
})
export { expect }

/** As the demo's list does it (house.spec.ts presses its button), without opening that long page each time. */
async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto(await enter(page.request, name))
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

/** The status that a press led to, said once on the next page. */
export const said = (page: Page, words: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: words })).toBeVisible()
