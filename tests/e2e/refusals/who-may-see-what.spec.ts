import type { APIRequestContext } from '@playwright/test'
import { expect, test } from '@playwright/test'
import { dayAhead } from '../support/dates.ts'
import { enter, PEOPLE, type Who } from '../support/people.ts'
import { builtRoutes } from '../support/routes.ts'

type Visitor = Who | 'nobody'
/** What a visitor gets: the page, a redirect to sign in, the door shut, or no such thing. */
type Answer = 200 | 302 | 400 | 403 | 404 | 409

const STAFF = ['adviser', 'finance', 'commissioner', 'safeguarding', 'councilAdmin', 'otherCouncil'] as const
const VISITORS = ['nobody', ...(Object.keys(PEOPLE) as Who[])] as const

/** Answers for a page that only some may see; everybody else gets 404, and nobody is sent to sign in. */
interface Row {
  /** A page of somebody's own, with real ids. */
  path: string
  sees: readonly Visitor[]
  /** Who gets something else than 404. */
  but?: Partial<Record<Visitor, readonly Answer[]>>
  others?: readonly Answer[]
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

async function first(request: APIRequestContext, page: string, link: string): Promise<string> {
  const html = await (await request.get(page)).text()
  const found = new RegExp(`href="(${link})(?:[#?][^"]*)?"`).exec(html)?.[1]
  if (!found) throw new Error(`No link like ${link} on ${page}`)
  return found
}

/** Real things of Joan, of Weavers Care and of Aldermere, for strangers to ask for. */
async function realThings(request: APIRequestContext): Promise<Record<string, string>> {
  const things: Record<string, string> = {}
  await enter(request, PEOPLE.person)
  things['/my/visits/:id'] = await first(request, '/my/week', `/my/visits/${UUID}`)
  things['/my/bookings/:id'] = await first(request, '/my/week', `/my/bookings/${UUID}`)
  things['/my/bookings/:id/resume'] = `${things['/my/bookings/:id']}/resume`
  const day = dayAhead(80)
  const page = await (await request.get('/book/a-hand-with-the-house-weavers-care')).text()
  const personId = /name="personId" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const form = {
    personId,
    'date.day': String(day.day),
    'date.month': String(day.month),
    'date.year': String(day.year),
    time: '10:00',
    minutes: '60',
    repeat: 'once',
    weeks: '',
    note: '',
  }
  const draft = await request.post('/book/a-hand-with-the-house-weavers-care', { form, maxRedirects: 0 })
  const funds = draft.headers()['location'] ?? ''
  expect(funds).toMatch(/^\/bookings\/.*\/funds$/)
  things['/bookings/:id/funds'] = funds
  await enter(request, PEOPLE.owner)
  things['/provider/requests/:bookingId'] = await first(request, '/provider', `/provider/requests/${UUID}`)
  things['/provider/visits/:visitId'] = await first(request, '/provider', `/provider/visits/${UUID}`)
  const service = await first(request, '/provider/services', `/provider/services/${UUID}`)
  things['/provider/services/:serviceId'] = service
  things['/provider/services/:serviceId/:step'] = `${service}/what`
  things['/provider/services/:serviceId/hours'] = `${service}/hours`
  things['/provider/services/:serviceId/preview'] = `${service}/preview`
  await enter(request, PEOPLE.operator)
  things['/council/checks/:checkId'] = await first(request, '/council/checks', `/council/checks/${UUID}`)
  await enter(request, PEOPLE.adviser)
  things['/council/people/:personId'] = await first(request, '/council/people', `/council/people/${UUID}`)
  await enter(request, PEOPLE.councilAdmin)
  things['/council/colleagues/:userId'] = await first(
    request,
    '/council/colleagues',
    `/council/colleagues/${UUID}`,
  )
  await enter(request, PEOPLE.safeguarding)
  things['/council/concerns/:concernId'] = await first(
    request,
    '/council/concerns',
    `/council/concerns/${UUID}`,
  )
  return things
}

const EVERYBODY: readonly Visitor[] = VISITORS
const SIGNED_IN = VISITORS.filter((one) => one !== 'nobody')
const WITH_BUDGET: readonly Visitor[] = ['person', 'stranger']
const WEAVERS: readonly Visitor[] = ['owner']
const SHUT: readonly Answer[] = [403, 404]
/** Pages about the person in view: those who have none are led to their circle. */
const OWN_PAGES = { sees: WITH_BUDGET, others: [302, 403, 404] as const }

/** Every page that can be asked for, and who gets it. A route that stands in no row fails the test below. */
const TABLE: Readonly<Record<string, Omit<Row, 'path'> & { path?: string }>> = {
  '/': { sees: EVERYBODY },
  '/accessibility': { sees: EVERYBODY },
  '/concern': { sees: EVERYBODY },
  '/concern/sent': { sees: [], others: [200, 302, 404], but: { nobody: [200, 302, 404] } },
  '/demo': { sees: EVERYBODY },
  '/demo/mail': { sees: EVERYBODY },
  '/demo/clock': { sees: [], others: [302], but: { nobody: [302] } },
  '/design': { sees: EVERYBODY },
  '/employing': { sees: EVERYBODY },
  '/find': { sees: EVERYBODY },
  '/help': { sees: EVERYBODY },
  '/privacy': { sees: EVERYBODY },
  '/provide': { sees: EVERYBODY },
  '/ranking': { sees: EVERYBODY },
  '/rights': { sees: EVERYBODY },
  '/robots.txt': { sees: EVERYBODY },
  '/sitemap.xml': { sees: EVERYBODY },
  '/providers/:slug': { path: '/providers/weavers-care', sees: EVERYBODY },
  '/services/:slug': { path: '/services/a-hand-with-the-house-weavers-care', sees: EVERYBODY },
  '/sign-in': { sees: ['nobody'], others: [200, 302] },
  '/sign-in/code': { sees: [], others: [302], but: { nobody: [302] } },
  '/sign-in/link': { sees: [], others: [200, 302, 404], but: { nobody: [200, 302, 404] } },
  '/sign-in/carry-on': { sees: [], others: [200, 302, 404], but: { nobody: [200, 302, 404] } },
  '/sign-in/name': { sees: [], others: [200, 302], but: { nobody: [302] } },
  '/sign-in/passkey': { sees: EVERYBODY, others: [200, 302] },
  '/sign-in/second-step': { sees: [], others: [200, 302, 403, 404], but: { nobody: [302] } },
  '/sign-out': { sees: [], others: [302, 404], but: { nobody: [302, 404] } },
  '/circle/act': { sees: [], others: [302, 404], but: { nobody: [302, 404] } },
  '/my': { sees: [], others: [302], but: { nobody: [302] } },
  '/my/account': { sees: SIGNED_IN },
  '/my/account/passkey': { sees: SIGNED_IN },
  '/my/account/authenticator': { sees: [...STAFF, 'operator'] },
  '/my/account/backup-codes': { sees: [...STAFF, 'operator'] },
  '/my/circle': { sees: SIGNED_IN, others: [200, 302] },
  '/my/circle/add': { ...OWN_PAGES },
  '/my/circle/introduce': { sees: [], others: [200, 302, 403, 404] },
  '/my/week': { ...OWN_PAGES },
  '/my/money': { ...OWN_PAGES },
  '/my/money.csv': { ...OWN_PAGES },
  '/my/visits/:id': { sees: ['person'], but: { supporter: [200, 403, 404] } },
  '/my/bookings/:id': { sees: ['person'], but: { supporter: [200, 403, 404] } },
  // Only of what is paused; nothing of the demo is.
  '/my/bookings/:id/resume': { sees: [], others: [403, 404], but: { nobody: [302], person: [404, 409] } },
  // Those who book for nobody are told so.
  '/book/:slug': { path: '/book/a-hand-with-the-house-weavers-care', sees: WITH_BUDGET, others: [403, 409] },
  '/services/:slug/week': {
    path: '/services/memory-cafe-fenside-memory/week',
    sees: WITH_BUDGET,
    others: [403, 404, 409],
  },
  '/bookings/:id/funds': { sees: ['person'], but: { supporter: [200, 403, 404] } },
  '/bookings/:id/check': { sees: ['person'], but: { supporter: [200, 403, 404] } },
  '/provider': { sees: ['owner', 'worker', 'otherOwner'], others: SHUT },
  '/provider/services': { sees: ['owner', 'otherOwner'], others: SHUT, but: { worker: [200, 403] } },
  '/provider/services/new': { sees: ['owner', 'otherOwner'], others: SHUT },
  '/provider/hours': { sees: ['owner', 'otherOwner'], others: SHUT, but: { worker: [200, 403] } },
  '/provider/team': { sees: ['owner', 'otherOwner'], others: SHUT, but: { worker: [200, 403] } },
  '/provider/details': { sees: ['owner', 'otherOwner'], others: SHUT, but: { worker: [200, 403] } },
  '/provider/checks': { sees: ['owner', 'otherOwner'], others: SHUT, but: { worker: [200, 403] } },
  '/provider/reviews': { sees: ['owner', 'otherOwner'], others: SHUT, but: { worker: [200, 403] } },
  '/provider/requests/:bookingId': { sees: WEAVERS, but: { worker: [200, 403, 404] } },
  '/provider/visits/:visitId': { sees: WEAVERS, but: { worker: [200, 403, 404] } },
  '/provider/services/:serviceId': { sees: WEAVERS, but: { worker: [200, 403] } },
  '/provider/services/:serviceId/:step': { sees: WEAVERS, but: { worker: [200, 403] } },
  '/provider/services/:serviceId/hours': { sees: WEAVERS, but: { worker: [200, 403] } },
  '/provider/services/:serviceId/preview': { sees: WEAVERS, but: { worker: [200, 403] } },
  '/council': { sees: [...STAFF, 'operator'], others: [403] },
  '/council/checks': { sees: ['adviser', 'otherCouncil', 'councilAdmin', 'operator'], others: SHUT },
  '/council/checks/:checkId': {
    sees: ['operator'],
    others: SHUT,
    but: { councilAdmin: [200, 404], adviser: [200, 404] },
  },
  '/council/people': { sees: ['adviser', 'otherCouncil'], others: SHUT },
  '/council/people/new': { sees: ['adviser', 'otherCouncil'], others: SHUT },
  '/council/people/:personId': { sees: ['adviser'], others: SHUT },
  '/council/concerns': { sees: ['safeguarding'], others: SHUT },
  '/council/concerns/:concernId': { sees: ['safeguarding'], others: SHUT },
  '/council/colleagues': { sees: ['councilAdmin', 'operator'], others: SHUT },
  '/council/colleagues/:userId': { sees: ['councilAdmin', 'operator'], others: SHUT },
  '/council/market': { sees: ['commissioner', 'councilAdmin'], others: SHUT },
  '/council/market.csv': {
    path: '/council/market.csv?table=kinds',
    sees: ['commissioner', 'councilAdmin'],
    others: SHUT,
  },
}

test('every page is for those it is meant for, and for nobody else', async ({
  playwright,
  baseURL,
  request,
}) => {
  test.setTimeout(240_000)
  const routes = (await builtRoutes()).filter((route) => !route.path.includes('*'))
  expect(
    routes.map(({ path }) => path).filter((path) => !(path in TABLE)),
    'routes without a row',
  ).toEqual([])
  const things = await realThings(request)
  things['/bookings/:id/check'] = (things['/bookings/:id/funds'] ?? '').replace('/funds', '/check')
  const wrong: string[] = []
  for (const visitor of VISITORS) {
    const one = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
    if (visitor !== 'nobody') await enter(one, PEOPLE[visitor])
    for (const { path: pattern } of routes) {
      const row = TABLE[pattern]
      if (!row) continue
      const path = row.path ?? things[pattern] ?? pattern
      const answer = await one.get(path, { maxRedirects: 0 })
      const status = answer.status()
      const expected: readonly number[] =
        row.but?.[visitor] ??
        (row.sees.includes(visitor) ? [200] : visitor === 'nobody' ? [302] : (row.others ?? [404]))
      if ((await answer.text()).startsWith('{')) wrong.push(`${visitor} gets JSON at ${path}`)
      if (!expected.includes(status)) wrong.push(`${visitor} gets ${String(status)} at ${path}`)
      const to = answer.headers()['location'] ?? ''
      if (visitor === 'nobody' && status === 302 && !row.but?.nobody && !to.startsWith('/sign-in?next='))
        wrong.push(`nobody is sent from ${path} to ${to}`)
    }
    await one.dispose()
  }
  expect(wrong).toEqual([])
})

test('an id that is nobody’s and an id that is somebody else’s look the same', async ({ request }) => {
  const things = await realThings(request)
  await enter(request, PEOPLE.stranger)
  for (const pattern of ['/my/visits/:id', '/my/bookings/:id', '/bookings/:id/funds']) {
    const real = things[pattern] ?? ''
    const made = real.replace(new RegExp(UUID), '0193b3f0-0000-7000-8000-000000000000')
    const [theirs, nobodys] = [await request.get(real), await request.get(made)]
    expect([pattern, theirs.status()]).toEqual([pattern, 404])
    expect(nobodys.status()).toBe(404)
    const words = async (answer: typeof theirs) =>
      (await answer.text())
        .replace(/nonce="[^"]*"/g, '')
        .replace(/<script.*?<\/script>/gs, '')
        .replaceAll(real, made)
    expect(await words(theirs)).toBe(await words(nobodys))
  }
})

test('an address with ids that are none is not found, and nothing breaks', async ({ request }) => {
  await enter(request, PEOPLE.operator)
  const routes = await builtRoutes()
  const bad = [
    '0',
    "'; drop table visit; --",
    '<script>alert(1)</script>',
    '\u202E\u{1F9F6}',
    'a'.repeat(2_000),
    '%00',
    '..%2f..%2fetc',
  ]
  const wrong: string[] = []
  for (const { path } of routes.filter((route) => route.path.includes(':')))
    for (const id of bad) {
      const asked = path.replace(
        /:\w+/g,
        id.startsWith('%') || id.startsWith('..') ? id : encodeURIComponent(id),
      )
      const status = (await request.get(asked, { maxRedirects: 0 })).status()
      if (![302, 400, 403, 404].includes(status)) wrong.push(`${String(status)} at ${asked.slice(0, 80)}`)
    }
  expect(wrong).toEqual([])
})
