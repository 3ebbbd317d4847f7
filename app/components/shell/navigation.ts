import type { Viewer, ViewerRole } from './viewer.ts'

export interface NavLink {
  label: string
  href: string
}

const FIND: NavLink = { label: 'Find support', href: '/find' }

const PERSON: readonly NavLink[] = [
  FIND,
  { label: 'My week', href: '/my/week' },
  { label: 'My money', href: '/my/money' },
  { label: 'My circle', href: '/my/circle' },
]
const PROVIDER: readonly NavLink[] = [
  { label: 'Today', href: '/provider' },
  { label: 'Services', href: '/provider/services' },
  { label: 'Hours', href: '/provider/hours' },
  { label: 'Team', href: '/provider/team' },
  { label: 'Money', href: '/provider/money' },
  { label: 'Checks', href: '/provider/checks' },
  { label: 'Reviews', href: '/provider/reviews' },
  { label: 'Organisation', href: '/provider/details' },
]
export type Area = 'my' | 'provider' | 'council' | 'public'

/** Which of somebody's areas a page belongs to. */
function areaOf(path: string): Area {
  if (path === '/provider' || path.startsWith('/provider/')) return 'provider'
  if (path === '/council' || path.startsWith('/council/')) return 'council'
  if (/^\/(my|book|bookings)(\/|$)/.test(path)) return 'my'
  return 'public'
}

const has = (viewer: Viewer, ...roles: ViewerRole[]): boolean =>
  roles.some((role) => viewer.roles.includes(role))

const providerLinks = ({ providerMoney }: Viewer): NavLink[] =>
  PROVIDER.filter(({ href }) => providerMoney || href !== '/provider/money')

/**
 * What the policies let them open, and nothing else: the links come with the viewer. A page that is behind another one of them
 * is left to that one: with all of finance's, the links would fill three lines of a phone.
 */
const councilLinks = ({ councilPages }: Viewer): NavLink[] => [
  { label: 'Council', href: '/council' },
  ...councilPages
    .filter(({ href }) => !councilPages.some((above) => href.startsWith(`${above.href}/`)))
    .map(({ label, href }) => ({ label, href })),
  FIND,
]

/** Own pages, or the pages of the person acted for; a supporter who acts for nobody sees whom they support. */
function personalLinks(viewer: Viewer): readonly NavLink[] {
  if (viewer.acting)
    return PERSON.map((link) => ({
      ...link,
      label: link.label.replace(/^My (.)/, (_, first: string) => first.toUpperCase()),
    }))
  if (has(viewer, 'person')) return PERSON
  return [FIND, { label: 'People I support', href: '/my/circle' }]
}

/**
 * Links for who is signed in and where they are. Somebody with several roles sees the links of the area
 * they are in, and one link to each other area.
 */
export function navigation(viewer: Viewer | null, path: string): NavLink[] {
  if (!viewer) return [FIND, { label: 'I offer support', href: '/provide' }, { label: 'Help', href: '/help' }]
  const staff = has(viewer, 'adviser', 'finance', 'commissioner', 'safeguarding', 'council_admin', 'operator')
  const provider = has(viewer, 'provider')
  const personal = viewer.acting !== null || has(viewer, 'person', 'supporter') || (!staff && !provider)
  const area = areaOf(path)
  const main: Area =
    area === 'provider' && provider
      ? 'provider'
      : area === 'council' && staff
        ? 'council'
        : personal
          ? 'my'
          : provider
            ? 'provider'
            : 'council'
  const links =
    main === 'provider'
      ? providerLinks(viewer)
      : main === 'council'
        ? councilLinks(viewer)
        : [...personalLinks(viewer)]
  if (main !== 'my' && personal) links.push({ label: 'My own pages', href: '/my/week' })
  if (main !== 'provider' && provider) links.push({ label: 'Our provider pages', href: '/provider' })
  if (main !== 'council' && staff) links.push({ label: 'Council pages', href: '/council' })
  return links
}

/** The link of the page one is on: the longest address that the path starts with. */
export function currentLink(links: readonly NavLink[], path: string): string | null {
  const fits = links.filter(({ href }) => path === href || path.startsWith(`${href}/`))
  return fits.sort((a, b) => b.href.length - a.href.length)[0]?.href ?? null
}
