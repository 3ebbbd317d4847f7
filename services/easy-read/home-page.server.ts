import { homePage } from '#services/discovery/home-page.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { HOME_LEAD, PROMISES, wishes, YOUR_PAGES, type Wish } from './home.ts'
import type { EasyLine, EasyPart } from './lines.ts'
import { line } from './say.ts'

export interface EasyHomePage {
  lead: readonly EasyLine[]
  wishes: Wish[]
  /** What costs nothing: its title is its provider's, the rest is ours. */
  free: { href: string; title: string; lines: EasyLine[] }[]
  parts: readonly EasyPart[]
}

/** What the first page shows in Easy Read; nothing on it depends on who asks. */
export async function easyHomePage(deps: Pick<Deps, 'db'>): Promise<EasyHomePage> {
  const { free } = await homePage(deps)
  return {
    lead: HOME_LEAD,
    wishes: wishes(''),
    free: free.map(({ href, title, when }) => ({
      href: `/easy${href}`,
      title,
      lines: [line('free', 'It is free.'), ...(when === '' ? [] : [line('calendar', `When: ${when}.`)])],
    })),
    parts: [PROMISES, YOUR_PAGES],
  }
}
