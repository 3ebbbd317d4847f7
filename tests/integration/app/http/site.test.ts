import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DomainError, type ErrorCode } from '#services/kernel/errors.ts'
import { openTestHouse, useHouse } from '#tests/support/house.ts'
import { openSite, type TestSite } from '#tests/support/site.ts'

const house = useHouse({ settings: { signInLimit: 3, metricsToken: 'a token for the metrics' } })
let site: TestSite
const SENTENCE = 'Somebody else has taken that time.'

beforeAll(async () => {
  site = await openSite(house(), {
    find: () => ({ found: 3 }),
    ask: async ({ request }) => ({ typed: (await request.formData()).get('words') }),
    'refused/:why': ({ params }) => {
      throw new DomainError(params['why'] as ErrorCode, SENTENCE)
    },
    'visits/:visitId': ({ params }) => ({ visit: params['visitId'] }),
    clash: ({ deps }) =>
      deps.db.prisma
        .$executeRaw`do $$ begin raise exception 'maureen@example.test' using errcode = '23P01'; end $$`,
    broken: () => {
      throw new TypeError('maureen@example.test is not a function')
    },
    'sign-in': () => null,
    my: () => null,
  })
})
afterAll(() => site.close())
beforeEach(() => {
  house().logged.length = 0
})

/** Read to its end: then the server has written its line, too. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`${site.url}${path}`, { redirect: 'manual', ...init })
  await response.clone().arrayBuffer()
  return response
}
const get = (path: string, headers: Record<string, string> = {}) => ask(path, { headers })
const post = (path: string, headers: Record<string, string> = {}, body = 'words=hello') =>
  ask(path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  })
const logText = () => JSON.stringify(house().logged)

test('a page comes with headers that allow our own files and nothing inline', async () => {
  const response = await get('/find')
  expect(response.status).toBe(200)
  const policy = response.headers.get('Content-Security-Policy') ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+'/)
  expect(policy).toContain("style-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  expect(response.headers.get('Referrer-Policy')).toBe('same-origin')
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(response.headers.get('X-Powered-By')).toBeNull()
})

test('pictures come from this site, and from the server of tiles when there is one, and from nowhere else', async () => {
  const pictures = async (url: string): Promise<string> =>
    /img-src [^;]*/.exec((await fetch(url)).headers.get('Content-Security-Policy') ?? '')?.[0] ?? ''
  expect(await pictures(`${site.url}/find`)).toBe("img-src 'self'")
  const mapTiles = { url: 'https://tiles.test/{z}/{x}/{y}.png', origin: 'https://tiles.test', credit: [] }
  const deps = { ...house().deps, settings: { ...house().deps.settings, mapTiles } }
  const other = await openSite({ ...house(), deps }, { find: () => null })
  expect(await pictures(`${other.url}/find`)).toBe("img-src 'self' https://tiles.test")
  await other.close()
})

test('every answer has a nonce of its own', async () => {
  const nonce = async () =>
    (await get('/find')).headers.get('Content-Security-Policy')?.match(/nonce-([^']+)/)?.[1]
  expect(await nonce()).not.toBe(await nonce())
})

test('search engines and caches keep off private pages, and may keep public ones', async () => {
  const own = await get('/my')
  expect(own.headers.get('X-Robots-Tag')).toBe('noindex, nofollow')
  expect(own.headers.get('Cache-Control')).toBe('no-store')
  const open = await get('/find')
  expect(open.headers.get('X-Robots-Tag')).toBeNull()
})

test('a form from our own page is taken', async () => {
  const response = await post('/ask', { Origin: site.url })
  expect(await response.text()).toContain('hello')
})

test('a form from another website is refused before it reaches the route', async () => {
  const response = await post('/ask', { Origin: 'https://evil.example' })
  expect(response.status).toBe(403)
  expect(await response.text()).not.toContain('hello')
})

test('the log has the route’s pattern, and neither the query nor what was typed', async () => {
  await get('/find?q=dementia&near=OL1+1AA')
  await get('/visits/019354a0-0000-7000-8000-000000000000?why=maureen')
  await post('/ask', { Origin: site.url }, 'words=maureen')
  expect(house().logged.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['GET', '/find', 200],
    ['GET', '/visits/:visitId', 200],
    ['POST', '/ask', 200],
  ])
  expect(logText()).not.toMatch(/dementia|OL1|019354a0-0000|maureen|127\.0\.0\.1/)
})

test.each([
  ['INVALID', 400],
  ['NOT_FOUND', 404],
  ['FORBIDDEN', 403],
  ['STALE_STATE', 409],
  ['NOT_ENOUGH_MONEY', 409],
  ['TOO_MANY', 429],
  ['UNAVAILABLE', 503],
])('%s is answered with %i and its sentence', async (code, status) => {
  const response = await get(`/refused/${code}`)
  expect(response.status).toBe(status)
  expect(await response.text()).toContain(SENTENCE)
})

test('somebody who must sign in is sent there and will come back', async () => {
  const response = await get('/refused/SIGN_IN?day=2')
  expect(response.status).toBe(302)
  expect(response.headers.get('Location')).toBe('/sign-in?next=%2Frefused%2FSIGN_IN%3Fday%3D2')
})

test('what the database refuses is a refusal for a person, without the database’s words', async () => {
  const response = await get('/clash')
  expect(response.status).toBe(409)
  expect(await response.text()).not.toContain('maureen')
  expect(logText()).not.toContain('maureen')
})

test('an unexpected error shows a reference that is in the log, and none of its words', async () => {
  const response = await get('/broken')
  expect(response.status).toBe(500)
  const text = await response.text()
  expect(text).not.toContain('maureen')
  const line = house().logged.find(({ msg }) => msg === 'request failed')
  expect(line).toBeDefined()
  expect(text).toContain(String(line?.['reference']))
  expect(logText()).not.toContain('maureen')
})

test.each([
  ['an id that is none', '/visits/1%20or%201=1', 404],
  ['an id with a null byte', '/visits/a%00b', 404],
  ['a query with a null byte', '/find?q=a%00b', 400],
  ['an address with a broken percent sign', '/find/%E0%A4%A', 400],
  ['a page that is not there', '/nowhere', 404],
])('%s is refused before the database', async (_name, path, status) => {
  expect((await get(path)).status).toBe(status)
})

test('a form that is too large is refused', async () => {
  const response = await post('/ask', { Origin: site.url }, `words=${'x'.repeat(1_100_000)}`)
  expect(response.status).toBe(413)
})

test('trying to sign in over and over is slowed down', async () => {
  const statuses = []
  for (let i = 0; i < 4; i += 1) statuses.push((await post('/sign-in', { Origin: site.url })).status)
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('the metrics are for this machine, or for a token', async () => {
  expect((await get('/metrics')).status).toBe(200)
  const outside = { 'X-Forwarded-For': '203.0.113.9' }
  expect((await get('/metrics', outside)).status).toBe(404)
  const withToken = await get('/metrics', { ...outside, Authorization: 'Bearer a token for the metrics' })
  expect(await withToken.text()).toContain('kith_http_request_seconds')
  const asLong = 'Bearer a token for the metric\u00e9'
  expect((await get('/metrics', { ...outside, Authorization: asLong })).status).toBe(404)
})

test('it is healthy while the database answers and is migrated', async () => {
  const response = await get('/healthz')
  expect([response.status, await response.text()]).toEqual([200, 'ok\n'])
})

test('it is not healthy when a migration is missing or the database is gone, and only the log says why', async () => {
  const other = await openTestHouse()
  const ill = await openSite(other, {})
  const health = async () => {
    const response = await fetch(`${ill.url}/healthz`)
    return [response.status, await response.text()]
  }
  await other.asOwner('update _prisma_migrations set finished_at = null where migration_name like $1', [
    '%_roles',
  ])
  expect(await health()).toEqual([503, 'unavailable\n'])
  expect(JSON.stringify(other.logged)).toMatch(/Migrations not applied: \d+_roles/)
  await other.deps.db.close()
  expect(await health()).toEqual([503, 'unavailable\n'])
  expect(JSON.stringify(other.logged)).toContain('The database does not answer')
  await ill.close()
  await other.close().catch(() => undefined)
})
