import { expect, test as base } from '@playwright/test'

/** Playwright's test, which also fails when the page complains on the console or throws. */
export const test = base.extend<{ quietConsole: void }>({
  quietConsole: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        // Chromium reports each 4xx answer as an error; those are what some tests ask for.
        const refusal = message.text().startsWith('Failed to load resource')
        if (message.type() === 'error' && !refusal) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await use()
      expect(complaints, 'the page wrote nothing to the console').toEqual([])
    },
    { auto: true },
  ],
})
export { expect }
