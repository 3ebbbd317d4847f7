import type { APIRequestContext } from '@playwright/test'
import { expect, test } from '@playwright/test'
import { formsOf, isTyped, wordsOf, type FormOfPage } from '../support/forms.ts'
import { enter, PEOPLE, type Who } from '../support/people.ts'
import { builtRoutes } from '../support/routes.ts'

const HOSTILE: Readonly<Record<string, string>> = {
  html: '<script>alert("kith")</script><img src=x onerror=alert(1)>',
  sql: "'; DROP TABLE booking; --",
  'a null byte': 'a\0b',
  emoji: '\u{1F9F6}\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  'marks of right-to-left writing': '\u202Ereversed\u202C\u200F',
  '10,000 letters': 'a'.repeat(10_000),
  nothing: '',
}

/** Pages with forms, by who sees them; the forms of listings and visits are reached by links from these. */
const PAGES: readonly [Who | null, readonly string[]][] = [
  [null, ['/sign-in', '/concern', '/accessibility', '/demo']],
  [
    'person',
    ['/my/week', '/my/account', '/my/circle', '/my/circle/add', '/book/a-hand-with-the-house-weavers-care'],
  ],
  ['person', ['/my/week > /my/visits/', '/my/week > /my/bookings/', '/provide']],
  ['owner', ['/provider/team', '/provider/checks', '/provider/reviews', '/provider/services/new']],
  [
    'owner',
    [
      '/provider > /provider/requests/',
      '/provider > /provider/visits/',
      '/provider/services > /provider/services/',
    ],
  ],
  ['adviser', ['/council/people', '/council/people/new', '/council/people > /council/people/']],
  ['operator', ['/council/checks > /council/checks/']],
  ['safeguarding', ['/council/concerns > /council/concerns/']],
]

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** '/list > /thing/' is the first thing that the list leads to. */
async function pageAt(request: APIRequestContext, where: string): Promise<string> {
  const [list = '', prefix] = where.split(' > ')
  if (!prefix) return list
  const html = await (await request.get(list)).text()
  const path = new RegExp(`href="(${prefix}${ID})`).exec(html)?.[1]
  if (!path) throw new Error(`${list} leads to nothing like ${prefix}`)
  return path
}

/** The same form with everything in it replaced, even what nobody types; nothing of that kind can be meant. */
const allOf = (form: FormOfPage, value: string) =>
  form.fields.map(({ name }): [string, string] => [name, value])

/** The form as it stands, but for what is typed; null when nothing is. Only for values that no field may take. */
const typedOf = (form: FormOfPage, value: string): [string, string][] | null =>
  form.fields.some(isTyped)
    ? form.fields.map((field): [string, string] => [field.name, isTyped(field) ? value : field.value])
    : null

const NEVER_TAKEN = new Set(['a null byte', '10,000 letters'])

const send = (request: APIRequestContext, action: string, fields: readonly [string, string][]) =>
  request.post(action, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
    maxRedirects: 0,
  })

/** What may be sent back without anything having happened: the form again, or no such thing. */
const REFUSED = [400, 403, 404, 409, 413, 422, 429]

for (const [who, pages] of PAGES)
  for (const where of pages)
    test(`${who ?? 'nobody'}: hostile input to the forms of ${where} changes nothing`, async ({
      request,
    }) => {
      if (who) await enter(request, PEOPLE[who])
      const path = await pageAt(request, where)
      const html = await (await request.get(path)).text()
      const before = wordsOf(html)
      const forms = formsOf(html, path).filter(({ action }) => action !== '/sign-out')
      expect(forms.length, 'forms on the page').toBeGreaterThan(0)
      const wrong: string[] = []
      for (const form of forms.slice(0, 8))
        for (const [kind, fields] of Object.entries(HOSTILE).flatMap(([kind, value]) => [
          [kind, allOf(form, value)] as const,
          [`${kind} where somebody types`, NEVER_TAKEN.has(kind) ? typedOf(form, value) : null] as const,
        ])) {
          if (!fields) continue
          const answer = await send(request, form.action, fields)
          const told = `${kind}: ${String(answer.status())} from ${form.action}`
          // A button without a field beside it is a press; with its fields replaced it is none of ours.
          if (!REFUSED.includes(answer.status()) && !harmless(form, answer.status())) wrong.push(told)
          if ((await answer.text()).includes('<script>alert("kith")'))
            wrong.push(`${told}: sent back unescaped`)
        }
      expect(wrong).toEqual([])
      expect(wordsOf(await (await request.get(path)).text())).toBe(before)
    })

/** Searching, choosing a theme and asking for a code may be answered with a redirect: they change nothing of anybody's. */
const harmless = ({ action }: FormOfPage, status: number): boolean =>
  (status === 302 && /^\/(accessibility|demo\/clock|sign-in)$/.test(action)) ||
  (status === 200 && SEARCHES.has(action))

/** Looks for somebody, and is a POST so that no name stands in an address. */
const SEARCHES = new Set(['/council/people'])

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

test('hostile searches are answered with a page', async ({ request }) => {
  const wrong: string[] = []
  const PARAMETERS = [
    'q',
    'near',
    'within',
    'category',
    'kind',
    'setting',
    'for',
    'day',
    'regulated',
    'max',
    'sort',
    'page',
  ]
  for (const name of PARAMETERS)
    for (const [kind, value] of Object.entries(HOSTILE)) {
      const answer = await request.get('/find', { params: { [name]: value } })
      if (![200, 400, 414].includes(answer.status()))
        wrong.push(`${name}, ${kind}: ${String(answer.status())}`)
      if ((await answer.text()).includes('<script>alert("kith")')) wrong.push(`${name}, ${kind}: unescaped`)
    }
  expect(wrong).toEqual([])
})

test('a form that is too large is refused before it is read', async ({ request }) => {
  const answer = await request.post('/sign-in', { form: { email: 'a'.repeat(1_100_000) }, maxRedirects: 0 })
  expect(answer.status()).toBe(413)
})
