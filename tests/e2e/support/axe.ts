import type { Page } from '@playwright/test'
import axeCore from 'axe-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Each thing that is wrong in a line of its own: the rule, where, and why. axe stays in the page for the next look at
 * it, and is asked for nothing but what is wrong: its list of all that is well took most of the time.
 */
export async function axe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  return page.evaluate(async (rules) => {
    const { axe: here } = window as unknown as { axe: typeof axeCore }
    const { violations } = await here.run(document, {
      resultTypes: ['violations'],
      runOnly: { type: 'tag', values: rules },
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    )
  }, RULES)
}
