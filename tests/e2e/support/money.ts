import type { Page } from '@playwright/test'

/** One figure of a fund on "My money": 'Spent', 'Set aside' or 'Left'. */
export const figure = (page: Page, name: string, fund = 'Social care budget') =>
  page
    .locator('.fund')
    .filter({ has: page.getByRole('heading', { name: fund }) })
    .locator('.parts > div')
    .filter({ hasText: name })
