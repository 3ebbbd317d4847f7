import { readFileSync, statSync } from 'node:fs'
import { expect, test, type APIRequestContext } from '@playwright/test'
import { dayAhead } from '../support/dates.ts'
import { crawl, routeOf, type FoundPage } from '../support/crawl.ts'
import { formsOf, sentBy, withTyped, wordsOf, type Fields, type FormOfPage } from '../support/forms.ts'
import { attacksOn, type Attack } from '../support/hostile.ts'
import { actFor, enter, PEOPLE } from '../support/people.ts'
import { builtRoutes } from '../support/routes.ts'

/** Where the server of this run writes its log; see playwright.config.ts. */
const LOG = process.env['E2E_LOG']

const BOOK = '/book/a-hand-with-the-house-weavers-care'
const OWN_PLAN = '/services/memory-cafe-fenside-memory/week'

interface Visitor {
  name: string
  /** Whom to sign in as; nobody by default. */
  as?: string
  actsFor?: string
  starts: readonly string[]
  /** Makes what no link leads to, and says where it is. */
  before?: (request: APIRequestContext) => Promise<string[]>
}

/** Pages of those who are signed in; everybody's are walked once, by nobody. */
const OWN =
  /^\/(my|provide|provider|council|circle|book|bookings|shortlist|choose|easy\/choose)(\/|$)|^\/services\/:slug\/(week|ask)$/

/** A series and a single visit in the middle of being asked for. */
async function drafts(request: APIRequestContext): Promise<string[]> {
  const form = formsOf(await (await request.get(BOOK)).text(), BOOK).find(({ fields }) =>
    fields.some(({ name }) => name === 'weeks'),
  )
  const day = dayAhead(84, [2])
  const when = { 'date.day': String(day.day), 'date.month': String(day.month), 'date.year': String(day.year) }
  const made = async (how: Readonly<Record<string, string>>): Promise<string> => {
    const fields = withTyped(form ? sentBy(form) : [], { ...when, time: '10:00', ...how })
    return (await send(request, BOOK, fields)).headers()['location'] ?? ''
  }
  const single = await made({ repeat: 'once' })
  return [
    await made({ repeat: 'weekly', weeks: '3' }),
    single.replace('/funds', '/check'),
    ...(await settledVisit(request)),
  ]
}

/** Where money can be asked back: a visit of an invoice, which a walk from the week may not come to. */
async function settledVisit(request: APIRequestContext): Promise<string[]> {
  const id = '[0-9a-f-]{36}'
  const find = async (page: string, link: string): Promise<string> =>
    new RegExp(`href="(${link})"`).exec(await (await request.get(page)).text())?.[1] ?? ''
  const invoice = await find('/my/money/invoices', `/my/money/invoices/${id}`)
  return [`${await find(invoice, `/my/visits/${id}`)}/refund`]
}

/** Everybody who has forms of their own. */
const VISITORS: readonly Visitor[] = [
  {
    name: 'nobody',
    starts: [
      '/',
      '/sign-in',
      '/concern',
      '/accessibility',
      '/demo',
      '/provide',
      '/choose',
      '/choose/where',
      '/easy/choose',
      '/easy/choose/where',
    ],
  },
  {
    name: 'person',
    as: PEOPLE.person,
    before: drafts,
    starts: [
      '/my/week',
      '/my/money/purchases',
      '/my/circle',
      '/my/account',
      '/shortlist',
      '/choose',
      '/choose/plan',
      '/my/plan',
      '/my/questions',
      '/services/memory-cafe-fenside-memory/ask',
      '/easy/choose',
      '/provide',
      BOOK,
      OWN_PLAN,
    ],
  },
  { name: 'another person', as: PEOPLE.stranger, starts: ['/my/week', '/my/money'] },
  { name: 'employer', as: 'Priya Nair', starts: ['/my/assistants', '/my/kept-back'] },
  { name: 'person with a prepaid card', as: 'Nora Quayle', starts: ['/my/money/card'] },
  { name: 'payroll service', as: 'Philippa Thorne', starts: ['/provider/money/payroll'] },
  { name: 'supporter', as: PEOPLE.supporter, starts: ['/my/circle', '/my/circle/introduce'] },
  {
    name: 'supporter who acts',
    as: PEOPLE.supporter,
    actsFor: 'Joan',
    starts: ['/my/week', '/shortlist', '/choose', BOOK],
  },
  {
    name: 'owner',
    as: PEOPLE.owner,
    starts: ['/provider', '/provider/questions', '/provider/services', '/my/account'],
  },
  { name: 'person whose account is looked after', as: 'Jamie Calloway', starts: ['/my/money/held'] },
  { name: 'holder of accounts', as: 'Philippa Thorne', starts: ['/provider/money/accounts'] },
  // The newest of its purchases waits to be paid.
  { name: 'holder of a fund', as: 'Chris Ashworth', starts: ['/provider/money/purchases'] },
  { name: 'worker', as: PEOPLE.worker, starts: ['/provider'] },
  {
    name: 'finance',
    as: PEOPLE.finance,
    starts: ['/council', '/council/money/contributions', '/council/money/invoices'],
  },
  {
    name: 'adviser',
    as: PEOPLE.adviser,
    starts: ['/council', '/council/funds-held', '/council/people/too-small', '/my/account'],
  },
  { name: 'council administrator', as: PEOPLE.councilAdmin, starts: ['/council'] },
  { name: 'safeguarding', as: PEOPLE.safeguarding, starts: ['/council'] },
  { name: 'operator', as: PEOPLE.operator, starts: ['/council', '/my/account/authenticator'] },
]

/** Pages of these routes differ by how things stand. */
const most = (pattern: string): number =>
  /^\/(my\/visits|my\/bookings|my\/money\/purchases|my\/assistants\/:id\/hours|council\/purchases|provider\/money\/purchases|council\/money\/(?:runs|invoices)|provider\/visits|provider\/requests|provider\/asked|provider\/services)\/:|:step$/.test(
    pattern,
  )
    ? 4
    : 1

const send = (request: APIRequestContext, action: string, fields: Fields) =>
  request.post(action, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams(fields).toString(),
    maxRedirects: 0,
  })

/** What may be sent back without anything having happened: the form again, or no such thing. */
const REFUSED = [400, 403, 404, 409, 413, 422, 429]

/** Choosing a theme, asking for a code and how a new account is called change nothing of anybody's. */
const harmless = ({ action }: FormOfPage, status: number): boolean =>
  (status === 302 && /^\/(accessibility|demo\/clock|sign-in|sign-in\/name)$/.test(action)) ||
  // Looks for somebody, and is a POST so that no name stands in an address.
  (status === 200 && /^\/council\/(people|money\/(contributions|audit))$/.test(action)) ||
  // Shows what a decision would change, and saves nothing.
  (status === 200 && /^\/council\/money\/contributions\/[^/]+\/assess$/.test(action))

/** Time passes while this runs: 'from 2:15am on' may be 'from 2:30am on' a moment later. */
const CLOCK = /\b\d{1,2}(?::\d\d)?(?:am|pm)\b|\b12 (?:noon|midnight)\b/g

/** Signing out is what it says; signing in as one of the demo's people is for anybody; the new codes show what they are. */
const LEFT_OUT = /^\/(sign-out|my\/account\/backup-codes)$/

/** Where two texts part. */
function difference(before: string, after: string): string {
  const [a, b] = [before.split(' '), after.split(' ')]
  const at = a.findIndex((word, i) => word !== b[i])
  return `“${a.slice(Math.max(0, at - 4), at + 8).join(' ')}” is “${b.slice(Math.max(0, at - 4), at + 8).join(' ')}”`
}

/** Two forms that are sent to the same route with the same fields are one. */
const kindOf = (page: FoundPage, form: FormOfPage): string => {
  const intent = form.fields.find(({ name, type }) => name === 'intent' && type !== 'button')?.value ?? ''
  return [
    page.pattern,
    intent.replace(/:.*/, ''),
    ...new Set(form.fields.map(({ name }) => name.replaceAll(/\d+/g, 'n'))),
  ].join(' ')
}

/** What is wrong with the answer to an attack; null when nothing is. */
function fault(form: FormOfPage, attack: Attack, status: number, html: string): string | null {
  if (html.includes('<script>alert("kith")')) return 'sent back unescaped'
  if (status >= 500) return 'broke'
  if (harmless(form, status)) return null
  if (!REFUSED.includes(status)) return 'was not refused'
  if (status !== 400 || attack.names.length === 0) return null
  if (!html.includes('role="alert"')) return 'has no summary of what is to be put right'
  const summary = /role="alert".*?<\/ul>/s.exec(html)?.[0] ?? ''
  // Another answer decides whether these are looked at: who is added, and whether a day is closed.
  const has = (field: string): boolean => form.fields.some(({ name }) => name === field)
  const either = [
    ...(has('who') ? ['email', 'providerId'] : []),
    ...(has('day.day') ? ['from', 'until'] : []),
  ]
  const links = (id: string): boolean => summary.includes(`href="#${id}`)
  const idsOf = (name: string): string[] =>
    [...html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)].flatMap(([tag]) =>
      tag.includes(` name="${name}"`) ? [/ id="([^"]+)"/.exec(tag)?.[1] ?? name] : [],
    )
  const unnamed = attack.names.filter(
    (name) => !either.includes(name) && !links(name) && !idsOf(name).some(links),
  )
  return unnamed.length > 0 ? `does not say what is wrong with ${unnamed.join(', ')}` : null
}

test('in the middle of signing in: hostile input is refused in words', async ({ request }) => {
  const email = `hostile-${String(process.pid)}-${String(process.hrtime.bigint())}@test.example`
  const wrong: string[] = []
  const attack = async (path: string): Promise<void> => {
    for (const form of formsOf(await (await request.get(path)).text(), path.split('?')[0] ?? path)) {
      if (LEFT_OUT.test(form.action)) continue
      for (const one of attacksOn(form)) {
        const answer = await send(request, form.action, one.fields)
        const again =
          answer.status() === 302 && /^\/sign-in(\/code)?$/.test(answer.headers()['location'] ?? '')
        const problem = again ? null : fault(form, one, answer.status(), await answer.text())
        if (problem) wrong.push(`${form.action}: ${one.kind}: ${problem} (${String(answer.status())})`)
      }
    }
  }
  await send(request, '/sign-in', [['email', email]])
  await attack('/sign-in/code')
  await attack('/sign-in/passkey')
  let link = ''
  await expect(async () => {
    const mail = await (await request.get('/demo/mail')).text()
    link = /\/sign-in\/link\?t=[\w-]+/.exec(mail.slice(mail.indexOf(email)))?.[0] ?? ''
    expect(link).not.toBe('')
  }).toPass()
  await attack(link)
  // Pressed in earnest; an account that is new is asked for its name.
  const signedIn = await send(request, '/sign-in/link', [['t', link.replace(/.*t=/, '')]])
  expect(signedIn.headers()['location']).toMatch(/^\/sign-in\/name/)
  await attack('/sign-in/name')
  expect(wrong).toEqual([])
})

test.describe('every form on every page of everybody', () => {
  const met = new Set<string>()
  const done = new Set<string>()

  for (const visitor of VISITORS)
    test(`${visitor.name}: hostile input is refused in words, and changes nothing`, async ({ request }) => {
      if (visitor.as) await enter(request, visitor.as)
      if (visitor.actsFor) await actFor(request, visitor.actsFor)
      // What was just done is said once, on the next page.
      await request.get('/help')
      const routes = (await builtRoutes()).filter(({ path }) => !path.includes('*')).map(({ path }) => path)
      const own = routes.filter((path) => !visitor.as || OWN.test(path))
      const starts = [...visitor.starts, ...(visitor.before ? await visitor.before(request) : [])]
      const pages = await crawl(request, starts, own, most)
      const wrong: string[] = []
      let tried = 0
      for (const page of pages) {
        const forms = formsOf(page.html, page.path).filter(({ action }) => !LEFT_OUT.test(action))
        const fresh = forms.filter((form) => !done.has(kindOf(page, form)))
        // Opening other pages has marked news as seen since this one was found.
        const before = fresh.length > 0 ? await (await request.get(page.path)).text() : ''
        for (const form of forms) met.add(routeOf(form.action, routes) ?? form.action)
        for (const form of fresh) {
          if (done.has(kindOf(page, form))) continue
          done.add(kindOf(page, form))
          const attacks = attacksOn(form)
          for (let i = 0; i < attacks.length; i += 6)
            await Promise.all(
              attacks.slice(i, i + 6).map(async (attack) => {
                tried += 1
                const answer = await send(request, form.action, attack.fields)
                const problem = fault(form, attack, answer.status(), await answer.text())
                if (problem)
                  wrong.push(`${form.action}: ${attack.kind}: ${problem} (${String(answer.status())})`)
              }),
            )
        }
        // The list of devices grows with every sign-in of the same person, here and in other tests.
        if (fresh.length > 0 && visitor.as && page.path !== '/my/account') {
          const after = await (await request.get(page.path)).text()
          const [then, now] = [before, after].map((html) => wordsOf(html).replace(CLOCK, '…'))
          if (then !== now)
            wrong.push(`${page.path} says something else now: ${difference(String(then), String(now))}`)
        }
      }
      test.info().annotations.push({
        type: 'tried',
        description: `${String(tried)} requests on ${String(pages.length)} pages`,
      })
      expect(wrong).toEqual([])
    })

  test('no action is left out, and nothing that was typed is in the log', async () => {
    const actions = (await builtRoutes()).filter(({ hasAction }) => hasAction).map(({ path }) => path)
    expect(actions.filter((path) => !met.has(path) && !NOT_MET.has(path))).toEqual([])
    if (!LOG || !statSync(LOG, { throwIfNoEntry: false })) return
    const log = readFileSync(LOG, 'utf8')
    for (const typed of ['alert(', 'DROP TABLE', 'kithnull', 'kithlong', 'ZZ99', 'kith-none'])
      expect(log.includes(typed), `“${typed}” in the log`).toBe(false)
  })
})

/** Actions whose forms only stand there in the middle of signing in, tried by a test of their own; and presses without fields. */
const NOT_MET = new Set([
  // Asked by script with the position of a browser; nearest-place.test.ts tries what is no position.
  '/near-me',
  // Only below what somebody has searched; saved-searches.test.ts tries what is no search and what is somebody else's.
  '/my/searches',
  '/my/money/surplus/:caseId',
  '/sign-out',
  '/sign-in/carry-on',
  '/sign-in/code',
  '/sign-in/link',
  '/sign-in/name',
  '/sign-in/passkey',
  '/sign-in/second-step',
  '/my/account/backup-codes',
  // Only while a series is paused, while somebody may set up others, and while a visit of today waits for a press.
  '/my/bookings/:id/resume',
  '/my/circle/introduce',
  '/provider',
  // Only of a payment by card or transfer that was begun; and what the payment service could not tell us in the end.
  '/my/money/payments/:paymentId',
  '/my/money/pay/:paymentId',
  // Only while something waits to be paid from a bank account, and while a fund will not last.
  '/my/money/pay',
  '/my/money/short',
  '/demo/payments/:reference',
  '/council/webhooks',
  // Only while somebody has said that their budget is too small.
  '/council/people/too-small',
  // Only while what is chosen cannot be booked without an order.
  '/bookings/:id/order',
  // Only while money is on its way back to a fund that they hold.
  '/provider/money/refunds',
  // Reached by ticking what was paid; and only while a payment is on its way.
  '/provider/money/accounts/:allocationId/pay',
  '/provider/money/accounts/:allocationId/payments/:paymentId',
])

test('every action refuses what another website sends, whoever is signed in', async ({ request }) => {
  await enter(request, PEOPLE.person)
  const wrong: string[] = []
  for (const { path, hasAction } of await builtRoutes()) {
    if (!hasAction) continue
    const action = path.replace(/:\w+/g, '0193b3f0-0000-7000-8000-000000000000')
    const answer = await request.post(action, {
      headers: { Origin: 'https://elsewhere.example' },
      form: { intent: 'yes' },
      maxRedirects: 0,
    })
    if (answer.status() !== 403) wrong.push(`${action} answers ${String(answer.status())}`)
  }
  expect(wrong).toEqual([])
})

test('every action without a session, or with a stranger’s, refuses an empty form and never breaks', async ({
  playwright,
  baseURL,
}) => {
  const wrong: string[] = []
  for (const who of [null, 'stranger', 'worker', 'commissioner'] as const) {
    const request = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
    if (who) await enter(request, PEOPLE[who])
    for (const { path, hasAction } of await builtRoutes()) {
      // Signing out is what it says; a demo session is for anybody.
      if (!hasAction || path === '/sign-out') continue
      const action = path.replace(/:\w+/g, '0193b3f0-0000-7000-8000-000000000000')
      const answer = await request.post(action, { form: { nothing: '' }, maxRedirects: 0 })
      const status = answer.status()
      const to = answer.headers()['location'] ?? ''
      // To sign in, or for those who have done so, to their own first page.
      const led =
        status === 302 && (/^\/(sign-in|my\/circle|accessibility)/.test(to) || action.startsWith('/sign-in'))
      if (!REFUSED.includes(status) && !led)
        wrong.push(`${who ?? 'nobody'}: ${action} answers ${String(status)} ${to}`)
      // What is no page has no words for a person.
      if ((await answer.text()).startsWith('{')) wrong.push(`${who ?? 'nobody'}: ${action} answers with JSON`)
    }
    await request.dispose()
  }
  expect(wrong).toEqual([])
})

const VALUES: Readonly<Record<string, string>> = {
  words: '<script>alert("kith")</script>\'; DROP TABLE booking; --\u{1F9F6}\u202Ereversed',
  'a null byte': 'a\0b',
  '10,000 letters': 'a'.repeat(10_000),
  nothing: '',
  'no number': '-1e9',
}

/** Every page that reads its address, with the parameters it knows. */
const SEARCHES: readonly [string | null, string, readonly string[]][] = [
  [
    null,
    '/find',
    [
      'q',
      'near',
      'within',
      'category',
      'kind',
      'setting',
      'for',
      'day',
      'regulated',
      'per',
      'max',
      'sort',
      'page',
    ],
  ],
  [null, '/easy/find', ['q', 'near', 'category', 'setting', 'max', 'sort', 'page']],
  [null, '/easy/without-a-budget', ['near']],
  [PEOPLE.person, '/easy/my/money/statement', ['from']],
  [null, '/concern', ['about', 'from', 'provider', 'service', 'visit']],
  [null, '/employing', ['hourly', 'hours', 'age', 'fee', 'insurance', 'budget']],
  ['Priya Nair', '/employing', ['fund', 'hourly', 'hours', 'age']],
  ['Priya Nair', '/my/assistants/new', ['step']],
  ['Philippa Thorne', '/provider/money/payroll', ['org']],
  ['Philippa Thorne', '/provider/money/payroll.csv', ['org', 'sent']],
  [null, '/sign-in', ['next']],
  [null, '/sign-in/link', ['t']],
  [null, '/providers/weavers-care', ['page', 'sort']],
  [null, '/services/a-hand-with-the-house-weavers-care', ['page', 'day']],
  [null, '/demo/mail', ['page']],
  [PEOPLE.person, '/my/week', ['week', 'from', 'date']],
  [PEOPLE.person, '/my/money', ['page', 'fund', 'from']],
  [PEOPLE.person, '/my/money.csv', ['fund', 'from']],
  [PEOPLE.finance, '/council/purchases', ['show', 'page']],
  [PEOPLE.finance, '/council/money/adviser-spending', ['show', 'page']],
  [PEOPLE.finance, '/council/vouchers.csv', ['table']],
  [PEOPLE.finance, '/council/money/audit', ['page']],
  [PEOPLE.finance, '/council/money/reconciliation', ['show', 'source', 'page']],
  [PEOPLE.finance, '/council/money/reconciliation.csv', ['show', 'source']],
  [PEOPLE.person, BOOK, ['draft', 'date', 'time']],
  [PEOPLE.person, '/my/requests/new', ['category', 'again']],
  [PEOPLE.owner, '/provider/asked', ['org']],
  [PEOPLE.owner, '/provider', ['org', 'day', 'date', 'page']],
  [PEOPLE.owner, '/provider/services', ['org', 'page', 'show']],
  [PEOPLE.owner, '/provider/reviews', ['org', 'page']],
  [PEOPLE.owner, '/provider/team', ['org']],
  [PEOPLE.owner, '/provider/money/accounts', ['org', 'show', 'page']],
  [PEOPLE.operator, '/council/checks', ['show', 'page']],
  [PEOPLE.operator, '/sign-in/second-step', ['next']],
  [PEOPLE.operator, '/my/account/backup-codes', ['next']],
  [
    PEOPLE.commissioner,
    '/council/market',
    ['period', 'category', 'council', 'from', 'until', 'by', 'months'],
  ],
  [PEOPLE.commissioner, '/council/market.csv', ['table', 'period', 'category']],
  [PEOPLE.adviser, '/council/people', ['page', 'q']],
  [PEOPLE.adviser, '/council/funds-held', ['page']],
  [PEOPLE.safeguarding, '/council/concerns', ['page', 'show']],
]

test('hostile addresses are answered with a page', async ({ playwright, baseURL }) => {
  const wrong: string[] = []
  for (const who of new Set(SEARCHES.map(([who]) => who))) {
    const request = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
    if (who) await enter(request, who)
    for (const [, path, names] of SEARCHES.filter(([other]) => other === who))
      await Promise.all(
        // All at once, and each alone with what no address may hold.
        Object.entries(VALUES).flatMap(([kind, value]) =>
          (kind === 'a null byte' || kind === 'no number' ? names : ['']).map(async (one) => {
            const query = new URLSearchParams(
              (one ? [one, one] : [...names, ...names]).map((name) => [name, value]),
            )
            const answer = await request.get(`${path}?${query.toString()}`, { maxRedirects: 0 })
            const told = `${path} ${one}, ${kind}: ${String(answer.status())}`
            if (![200, 302, 400, 404, 414, 431].includes(answer.status())) wrong.push(told)
            if ((await answer.text()).includes('<script>alert("kith")')) wrong.push(`${told}: unescaped`)
            if (/^(https?:)?\/\//.test(answer.headers()['location'] ?? '')) wrong.push(`${told}: leads away`)
          }),
        ),
      )
    await request.dispose()
  }
  expect(wrong).toEqual([])
})

test('a form that is too large is refused before it is read', async ({ request }) => {
  const answer = await request.post('/sign-in', { form: { email: 'a'.repeat(1_100_000) }, maxRedirects: 0 })
  expect(answer.status()).toBe(413)
})
