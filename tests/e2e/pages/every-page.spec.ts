import type { Page } from '@playwright/test'
import { actFor, enter, PEOPLE } from '../support/people.ts'
import { axe } from '../support/axe.ts'
import { expect, test } from '../support/test.ts'

interface Role {
  name: string
  signIn: string | null
  actsFor?: string
  /** Pages that no link leads to, or that are wanted in a state of their own. */
  also: readonly string[]
  /** Follows no other links: somebody whose other pages have been looked at as somebody else's. */
  only?: RegExp
  /** Pages that must have been met, so that a crawl that finds nothing is no success. */
  meets: readonly string[]
}

const ROLES: readonly Role[] = [
  {
    name: 'somebody who is not signed in',
    signIn: null,
    also: [
      '/find',
      '/find?near=Millgate',
      '/find?q=zzzzqqq',
      '/find?q=swiming&near=Lockside&within=3&max=40',
      '/find?near=nowhere-at-all',
      '/without-a-budget',
      '/without-a-budget?near=Millgate',
      '/without-a-budget?near=nowhere-at-all',
      '/shortlist',
      '/choose/what',
      '/choose/where',
      '/choose/when',
      '/compare',
      '/compare?service=cleaning-with-tact-tidy-thursday&service=a-hand-with-the-house-weavers-care&service=memory-cafe-fenside-memory&service=massage-at-home-quiet-hour',
      '/compare?service=none-of-that-name',
      '/concern',
      '/employing?hourly=14&hours=20&age=adult&fee=18&insurance=130&budget=1280',
      '/rights',
      '/easy',
      '/easy/find',
      '/easy/find?q=garden&near=Millgate',
      '/easy/find?q=zzzzqqq',
      '/easy/find?near=nowhere-at-all',
      '/easy/services/memory-cafe-fenside-memory',
      '/easy/rights',
      '/easy/without-a-budget?near=Millgate',
      '/easy/choose',
      '/easy/choose/what',
      '/easy/choose/where',
      '/easy/choose/access',
      '/ranking',
      '/accessibility',
      '/privacy',
      '/sign-in',
      '/demo',
      '/demo/mail',
      '/demo/payments',
      '/demo/cards',
      '/design',
      '/nowhere',
    ],
    meets: [
      '/',
      '/help',
      '/provide',
      '/services/:slug',
      '/providers/:slug',
      '/shortlist',
      '/compare',
      '/choose',
      '/easy',
    ],
  },
  {
    name: 'a person with a budget',
    signIn: PEOPLE.person,
    also: [
      '/services/a-hand-with-the-house-weavers-care',
      '/services/memory-cafe-fenside-memory/week',
      '/services/memory-cafe-fenside-memory/ask?kind=visit',
      '/my/circle/add',
      '/my/account',
      '/shortlist',
      '/choose',
      '/choose/options',
      // A search that can be kept.
      '/find?near=Millgate&day=tuesday&from=10&until=12&language=british_sign_language&access=step_free',
      '/compare?service=cleaning-with-tact-tidy-thursday&service=a-hand-with-the-house-weavers-care&first=said',
      '/easy/services/a-hand-with-the-house-weavers-care',
      '/easy/my/money/statement',
      '/easy/choose/options',
      '/my/money/purchases/new',
      '/my/requests/new?category=getting_out',
    ],
    meets: [
      '/my/week',
      '/my/money',
      '/my/money/statement',
      '/my/money/invoices',
      '/my/money/invoices/:id',
      '/my/money/bank',
      '/my/money/how-you-pay',
      '/my/money/pay',
      '/my/money/purchases/:id',
      '/my/money/vouchers/:id',
      '/my/money/towards',
      '/my/requests',
      '/my/requests/:id',
      '/my/circle',
      '/choose/when',
      '/choose/check',
      '/choose/plan',
      '/my/plan',
      '/my/questions',
      '/my/questions/:id',
      '/easy/choose',
      '/easy/choose/check',
      '/easy/choose/when',
      '/my/searches',
      '/my/visits/:id',
      '/my/bookings/:id',
      '/book/:slug',
      '/my/money/held',
      '/my/money/held/:id',
      '/my/money/held/:id/statement',
      '/my/money/audit',
      '/my/money/audit/:id',
      '/my/money/hours',
    ],
  },
  {
    name: 'a person who employs an assistant',
    signIn: 'Priya Nair',
    also: ['/my/assistants', '/my/kept-back'],
    only: /^\/my\/(assistants|kept-back)/,
    meets: [
      '/my/assistants/new',
      '/my/assistants/:id',
      '/my/assistants/:id/change',
      '/my/assistants/:id/records',
      '/my/assistants/:id/hours/:id',
      '/my/kept-back/:id',
    ],
  },
  {
    name: 'a person with a prepaid card',
    signIn: 'Nora Quayle',
    also: ['/my/money/card'],
    only: /^\/my\/money\/card$/,
    meets: ['/my/money/card'],
  },
  {
    name: 'an assistant',
    signIn: 'Sam Akande',
    also: ['/my/hours'],
    only: /^\/my\/hours/,
    meets: ['/my/hours'],
  },
  {
    name: 'a payroll service',
    signIn: 'Philippa Thorne',
    also: ['/provider/money/payroll'],
    only: /^\/provider\/money\/payroll/,
    meets: ['/provider/money/payroll'],
  },
  {
    name: 'a supporter who acts for somebody',
    signIn: PEOPLE.supporter,
    actsFor: 'Joan',
    // As the person's own pages, with who acts above them: the bigger ones are looked at.
    also: [],
    only: /^\/my\/(week|money|circle|visits|bookings|questions|plan)(\/[^/]+)?$/,
    meets: ['/my/week', '/my/money', '/my/visits/:id', '/my/bookings/:id'],
  },
  {
    name: 'an owner of a provider',
    signIn: PEOPLE.owner,
    also: ['/provider/services/new', '/provide'],
    meets: [
      '/provider',
      '/provider/services',
      '/provider/services/:id',
      '/provider/services/:id/photos',
      '/provider/photo',
      '/provider/hours',
      '/provider/team',
      '/provider/checks',
      '/provider/reviews',
      '/provider/requests/:id',
      '/provider/asked',
      '/provider/asked/:id',
      '/provider/questions',
      '/provider/questions/:id',
      '/provider/visits/:id',
      '/provider/money/invoices',
      '/provider/money/invoices/:id',
      '/provider/money/billing',
      '/provider/money/bills',
      '/provider/money/refunds',
    ],
  },
  {
    name: 'an owner of a provider that holds people’s money',
    signIn: 'Philippa Thorne',
    also: ['/provider/money/accounts'],
    only: /^\/provider\/money\/accounts/,
    meets: [
      '/provider/money/accounts',
      '/provider/money/accounts/:id',
      '/provider/money/accounts/:id/statement',
      '/provider/money/accounts/:id/refuse/:id',
    ],
  },
  {
    name: 'a worker of a provider',
    signIn: PEOPLE.worker,
    also: [],
    meets: ['/provider', '/provider/visits/:id'],
  },
  {
    name: 'an adviser of a council',
    signIn: PEOPLE.adviser,
    also: ['/council/people/new', '/council/funds-held'],
    meets: [
      '/council',
      '/council/people',
      '/council/people/:id',
      '/council/people/too-small',
      '/council/purchases',
      '/council/purchases/:id',
      '/council/purchases/new/:id',
      '/council/funds-held/:id/agreement',
    ],
  },
  {
    name: 'finance of a council',
    signIn: PEOPLE.finance,
    also: [],
    meets: [
      '/council',
      '/council/money',
      '/council/money/invoices',
      '/council/money/invoices/:id',
      '/council/money/refunds',
      '/council/money/refunds/:id',
      '/council/money/bank',
      '/council/money/cards',
      '/council/money/cards/file',
      '/council/money/due',
      '/council/money/instalments',
      '/council/money/runs/:id',
      '/council/money/orders/:id',
      '/council/money/payees/:id',
      '/council/money/suppliers/:id',
      '/council/money/monitoring',
      '/council/money/export',
      '/council/money/adviser-spending',
      '/council/money/contributions',
      '/council/money/contributions/:id',
      '/council/money/audit',
      '/council/money/audit/:id',
      '/council/money/reconciliation',
      '/council/money/reconciliation/:id',
      '/council/money/hours-saved',
      '/council/purchases/:id',
      '/council/vouchers',
    ],
  },
  {
    name: 'a commissioner',
    signIn: PEOPLE.commissioner,
    also: [],
    meets: ['/council', '/council/market', '/council/money/hours-saved'],
  },
  {
    name: 'a safeguarding team',
    signIn: PEOPLE.safeguarding,
    also: [],
    meets: ['/council', '/council/concerns', '/council/concerns/:id'],
  },
  {
    name: 'an operator',
    signIn: PEOPLE.operator,
    also: ['/council/checks?show=decided'],
    meets: ['/council', '/council/checks', '/council/checks/:id', '/council/money/reconciliation'],
  },
]

/** What answers otherwise than 200. The first page leads everybody to the council's door, where others are told so. */
const STATUS: Readonly<Record<string, readonly number[]>> = {
  '/nowhere': [404],
  '/council': [200, 403],
  '/find?near=nowhere-at-all': [400],
  '/without-a-budget?near=nowhere-at-all': [400],
  '/easy/find?near=nowhere-at-all': [400],
  '/compare?service=none-of-that-name': [400],
}

/** Looked at once, by somebody who is not signed in. */
const EVERYBODYS = [
  '/', '/help', '/concern', '/rights', '/ranking', '/accessibility', '/privacy', '/demo', '/demo/mail', '/design',
  '/easy', '/easy/find', '/easy/rights', '/easy/without-a-budget',
  '/find', '/without-a-budget', '/services/:slug', '/providers/:slug', '/provide', '/employing',
] // prettier-ignore

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** One page is looked at for each of these. */
function patternOf(path: string): string {
  return path
    .replaceAll(UUID, ':id')
    .replace(/^(\/easy)?\/(services|providers|book)\/[^/]+(\/week)?$/, '$1/$2/:slug$3')
}

/** Paths of this site that the page leads to, without what is no page. */
async function linksOf(page: Page): Promise<string[]> {
  const hrefs = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href]:not([download])')]
      .filter((link) => link.checkVisibility({ visibilityProperty: true }))
      .map(({ href }) => href),
  )
  const { origin } = new URL(page.url())
  return hrefs
    .filter((href) => URL.canParse(href) && new URL(href).origin === origin)
    .map((href) => new URL(href).pathname)
    .filter((path) => !/\.\w+$/.test(path))
}

/** On the page of components the same piece stands there several times, so its landmarks are alike. */
const isAlike = (fault: string): boolean => fault.startsWith('landmark-unique')

/** What is wrong with the page that is open. */
async function faultsOf(page: Page): Promise<string[]> {
  const alike = new URL(page.url()).pathname === '/design'
  const look = async (how: string): Promise<string[]> =>
    (await axe(page)).filter((fault) => !alike || !isAlike(fault)).map((fault) => `${how}: ${fault}`)
  const faults = await page.evaluate(() => {
    const found: string[] = []
    const headings = document.querySelectorAll('h1').length
    if (headings !== 1) found.push(`${String(headings)} headings of level 1`)
    if (document.documentElement.lang !== 'en-GB') found.push(`lang is ${document.documentElement.lang}`)
    if (!/^\S.* (–|on) Kith$|^Kith/.test(document.title)) found.push(`title is "${document.title}"`)
    const styled = document.querySelectorAll('[style]').length
    if (styled > 0) found.push(`${String(styled)} inline styles`)
    return found
  })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  faults.push(...(await look('light, 390')))
  await page.setViewportSize({ width: 320, height: 700 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > 320) faults.push(`at 320 px it is ${String(wide)} px wide`)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'dark' })
  faults.push(...(await look('dark, 1280')))
  return faults
}

for (const role of ROLES)
  test(`every page for ${role.name}`, async ({ page, context }) => {
    test.setTimeout(180_000)
    if (role.signIn) await enter(context.request, role.signIn)
    if (role.actsFor) await actFor(context.request, role.actsFor)
    const seen = new Set<string>(role.signIn ? EVERYBODYS : [])
    const met = new Set<string>()
    const faults: string[] = []
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text())
    })

    await page.goto('/')
    const ahead = [...role.also, ...(role.signIn ? [] : ['/']), ...(await linksOf(page))]
    for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
      const pattern = patternOf(path)
      if (seen.has(pattern) || (role.only && !role.only.test(path))) continue
      seen.add(pattern)
      const response = await page.goto(path)
      const landed = patternOf(new URL(page.url()).pathname)
      met.add(landed)
      seen.add(landed)
      const status = response?.status() ?? 0
      const wanted = STATUS[path] ?? [200]
      const wrong = !wanted.includes(status)
      faults.push(
        ...(wrong ? [`answers ${String(status)}`] : [])
          .concat(await faultsOf(page))
          .map((fault) => `${path}: ${fault}`),
      )
      // The page of components shows pieces of pages; their links lead nowhere.
      if (path !== '/design') ahead.push(...(await linksOf(page)))
    }
    expect(faults).toEqual([])
    expect(complaints).toEqual([])
    expect([...met]).toEqual(expect.arrayContaining([...role.meets]))
  })
