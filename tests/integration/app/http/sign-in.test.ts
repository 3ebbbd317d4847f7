import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readActor } from '#services/accounts/read-actor.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import { startActing } from '#services/circle/acting.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { takeKeptForm } from '~/http/kept-form.server.ts'
import { makeAuthority, makePerson, makeSession, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { openSite, type TestSite } from '#tests/support/site.ts'

const house = useHouse()
let site: TestSite
beforeAll(async () => {
  site = await openSite(house(), {
    'my/week': ({ actor }) =>
      actor.kind === 'user'
        ? { user: actor.userId, acting: actor.actingFor?.personName ?? null }
        : { user: null },
    'book/tea': async ({ actor, request }) => {
      const sent = request.method === 'POST' ? await request.formData() : null
      if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
      return { note: sent?.get('note') ?? null }
    },
    'council/people': ({ actor }) => ({ councils: requireStaff(actor, 'people.read').councilIds }),
    'council/decide': async ({ actor, request }) => {
      const sent = request.method === 'POST' ? await request.formData() : null
      if (sent) requireFreshSecondStep(actor)
      return { reason: sent?.get('reason') ?? null }
    },
    kept: async ({ deps, actor, request }) => ({ kept: await takeKeptForm(deps, actor, request) }),
  })
})
afterAll(() => site.close())

const get = (path: string, cookie?: string) =>
  fetch(`${site.url}/${path}`, { redirect: 'manual', ...(cookie ? { headers: { Cookie: cookie } } : {}) })
const post = (path: string, fields: Record<string, string>, cookie?: string) =>
  fetch(`${site.url}/${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { Origin: site.url, ...(cookie ? { Cookie: cookie } : {}) },
  })

describe('who a request is from', () => {
  test('is read from the cookie; a forged one is nobody’s', async () => {
    const userId = await makeUser(house().deps)
    const { cookie } = await makeSession(house().deps, userId)
    expect(await (await get('my/week', cookie)).text()).toContain(userId)
    const [name] = cookie.split('=')
    expect(await (await get('my/week', `${name ?? ''}=forged.c2lnbmF0dXJl`)).text()).toContain('"user":null')
    expect(await (await get('my/week')).text()).toContain('"user":null')
  })
  test('acting for somebody is asked afresh with every request', async () => {
    const { deps } = house()
    const { personId } = await makePerson(deps, await makeCouncil(deps))
    const supporterUserId = await makeUser(deps)
    const authorityId = await makeAuthority(deps, { personId, supporterUserId })
    const session = await makeSession(deps, supporterUserId)
    await startActing(deps, (await session.actor()) ?? ANONYMOUS, { authorityId })
    expect(await (await get('my/week', session.cookie)).text()).toContain('"acting":"Joan"')
    await deps.db.prisma.authority.update({
      where: { id: authorityId },
      data: { endedAt: new Date('2026-11-02T09:59:00Z') },
    })
    expect(await (await get('my/week', session.cookie)).text()).toContain('"acting":null')
  })
  test('signed-in pages are kept by no cache', async () => {
    const { cookie } = await makeSession(house().deps, await makeUser(house().deps))
    expect((await get('my/week', cookie)).headers.get('Cache-Control')).toBe('no-store')
  })
})

describe('staff without the second step', () => {
  test('are led to it from the council’s pages, and come back', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const userId = await makeStaff(deps, councilId, ['adviser'])
    const first = await makeSession(deps, userId)
    const answer = await get('council/people', first.cookie)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('Location')).toBe('/sign-in/second-step?next=%2Fcouncil%2Fpeople')
    const second = await makeSession(deps, userId, { secondStep: true })
    expect(await (await get('council/people', second.cookie)).text()).toContain(councilId)
  })
  test('everybody else finds nothing there', async () => {
    const { cookie } = await makeSession(house().deps, await makeUser(house().deps))
    expect((await get('council/people', cookie)).status).toBe(404)
    expect((await get('council/people')).headers.get('Location')).toBe('/sign-in?next=%2Fcouncil%2Fpeople')
  })
})

describe('what cannot be taken back', () => {
  test('asks for a second step that is ten minutes old once more, and keeps what was typed', async () => {
    const { deps } = house()
    const userId = await makeStaff(deps, await makeCouncil(deps), ['council_admin'])
    const { cookie, sessionId } = await makeSession(deps, userId, { secondStep: true, hours: 8 })
    const typed = { reason: 'The insurance ran out' }
    expect(await (await post('council/decide', typed, cookie)).text()).toContain('The insurance ran out')
    const tenMinutesAgo = new Date(house().clock.now().epochMilliseconds - 600_000)
    await deps.db.prisma.session.update({ where: { id: sessionId }, data: { secondStepAt: tenMinutesAgo } })
    // Looking is not deciding.
    expect((await get('council/decide', cookie)).status).toBe(200)
    const answer = await post('council/decide', typed, cookie)
    expect(answer.headers.get('Location')).toBe('/sign-in/second-step?next=%2Fcouncil%2Fdecide')
    const kept = answer.headers.getSetCookie().map((one) => one.split(';')[0])
    expect(await (await get('kept', [cookie, ...kept].join('; '))).text()).toContain('The insurance ran out')
  })
})

describe('a form sent after the session had ended', () => {
  const typed = { note: 'I use a wheelchair', day: '2026-12-01' }
  const cookieOf = (answer: Response): string =>
    answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')

  test('leads to sign-in and is back afterwards, sealed in between', async () => {
    const { deps } = house()
    const userId = await makeUser(deps)
    const ended = await makeSession(deps, userId, { hours: -1 })
    const answer = await post('book/tea', typed, ended.cookie)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('Location')).toBe('/sign-in?next=%2Fbook%2Ftea')
    const kept = cookieOf(answer)
    expect(answer.headers.getSetCookie().join()).toContain('HttpOnly; SameSite=Lax')
    expect(decodeURIComponent(kept)).not.toContain('wheelchair')
    const again = await makeSession(deps, userId)
    const text = await (await get('kept', `${again.cookie}; ${kept}`)).text()
    expect(JSON.parse(text)).toMatchObject({
      'routes/kept': {
        kept: {
          path: '/book/tea',
          fields: [
            ['note', 'I use a wheelchair'],
            ['day', '2026-12-01'],
          ],
        },
      },
    })
    const other = await makeSession(deps, await makeUser(deps))
    expect(await (await get('kept', `${other.cookie}; ${kept}`)).text()).toContain('"kept":null')
    expect(await (await get('kept', kept)).text()).toContain('"kept":null')
  })
  test('goes on as usual for somebody who is signed in, and keeps nothing', async () => {
    const { cookie } = await makeSession(house().deps, await makeUser(house().deps))
    const answer = await post('book/tea', typed, cookie)
    expect(await answer.text()).toContain('I use a wheelchair')
    expect(answer.headers.getSetCookie()).toEqual([])
  })
  test('is refused and not kept when another website sent it', async () => {
    const answer = await fetch(`${site.url}/book/tea`, {
      method: 'POST',
      body: new URLSearchParams(typed),
      headers: { Origin: 'https://elsewhere.example' },
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})

test('a session that moves on with use is written at most once a day', async () => {
  const { deps } = house()
  const session = await makeSession(deps, await makeUser(deps), { hours: 700 })
  const ends = async () =>
    (
      await deps.db.prisma.session.findUniqueOrThrow({ where: { id: session.sessionId } })
    ).expiresAt.toISOString()
  const before = await ends()
  await readActor(deps, session.token)
  expect(await ends()).toBe(before)
  house().clock.advance({ hours: 5 })
  await readActor(deps, session.token)
  expect(await ends()).not.toBe(before)
})
