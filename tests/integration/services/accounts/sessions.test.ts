import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accountPage } from '#services/accounts/account-page.server.ts'
import { forgetOldSignIns } from '#services/accounts/count-tries.server.ts'
import { forgetForm, keepForm, keptForm } from '#services/accounts/keep-form.server.ts'
import { readActor } from '#services/accounts/read-actor.server.ts'
import { endSessions, signOut } from '#services/accounts/sign-out.server.ts'
import { ANONYMOUS, type UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { actorOf, makeSession, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeUser } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(TEST_NOW) })
})
afterEach(() => vi.useRealTimers())
const later = (hours: number, minutes = 0): void => {
  house().clock.advance({ hours, minutes })
  vi.setSystemTime(new Date(house().clock.now().epochMilliseconds))
}
const mustBe = (actor: UserActor | null): UserActor => {
  if (!actor) throw new Error('nobody is signed in')
  return actor
}

describe('how long a session lasts', () => {
  test('a person’s moves on with use, and ends after 30 days without', async () => {
    const session = await makeSession(house().deps, await makeUser(house().deps))
    later(29 * 24)
    expect(await session.actor()).not.toBeNull()
    later(29 * 24)
    expect(await session.actor()).not.toBeNull()
    later(31 * 24)
    expect(await session.actor()).toBeNull()
  })
  test('a provider’s is cut to 14 days', async () => {
    const { owner } = await makeProvider(house().deps)
    const session = await makeSession(house().deps, owner.userId, { hours: 336 })
    later(13 * 24)
    expect(await session.actor()).not.toBeNull()
    later(15 * 24)
    expect(await session.actor()).toBeNull()
  })
  test('a staff session ends 8 hours after it began, however long its row says', async () => {
    const userId = await makeStaff(house().deps, await makeCouncil(house().deps), ['adviser'])
    const session = await makeSession(house().deps, userId, { secondStep: true })
    later(7)
    expect(await session.actor()).not.toBeNull()
    later(2)
    expect(await session.actor()).toBeNull()
  })
  test('an unknown session is nobody’s', async () =>
    expect(await readActor(house().deps, newId())).toBeNull())
  test('what is over is forgotten a week later', async () => {
    const session = await makeSession(house().deps, await makeUser(house().deps), { hours: 1 })
    later(24 * 8 + 2)
    await forgetOldSignIns(house().deps)
    expect(await house().deps.db.prisma.session.count({ where: { id: session.sessionId } })).toBe(0)
  })
})

describe('devices', () => {
  test('one can be signed out, the others, or all; never somebody else’s', async () => {
    const { deps } = house()
    const userId = await makeUser(deps)
    const [here, phone, library] = [
      await makeSession(deps, userId),
      await makeSession(deps, userId),
      await makeSession(deps, userId),
    ]
    const stranger = await makeSession(deps, await makeUser(deps))
    const actor = mustBe(await here.actor())
    expect((await accountPage(deps, actor)).devices).toHaveLength(3)
    await expect(endSessions(deps, actor, { sessionId: stranger.sessionId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await stranger.actor()).not.toBeNull()
    await endSessions(deps, actor, { sessionId: phone.sessionId })
    expect(await phone.actor()).toBeNull()
    expect(await endSessions(deps, actor, 'others')).toBe(1)
    expect(await library.actor()).toBeNull()
    expect(await here.actor()).not.toBeNull()
    await endSessions(deps, actor, 'all')
    expect(await here.actor()).toBeNull()
  })
  test('signing out ends the session on the server', async () => {
    const session = await makeSession(house().deps, await makeUser(house().deps))
    await signOut(house().deps, mustBe(await session.actor()))
    expect(await session.actor()).toBeNull()
    await expect(signOut(house().deps, ANONYMOUS)).resolves.toBeUndefined()
  })
})

describe('a form that was filled in when the session ended', () => {
  const form = {
    path: '/book/tea-and-company',
    fields: [['note', 'I use a wheelchair']] as [string, string][],
  }
  test('waits for the same user, and for nobody else', async () => {
    const { deps } = house()
    const userId = await makeUser(deps)
    const ended = await makeSession(deps, userId, { hours: -1 })
    const id = (await keepForm(deps, ended.token, form)) ?? ''
    expect(await keptForm(deps, await actorOf(deps, userId), id)).toEqual(form)
    expect(await keptForm(deps, await actorOf(deps, await makeUser(deps)), id)).toBeNull()
    expect(await keptForm(deps, ANONYMOUS, id)).toBeNull()
  })
  test('cannot be read in the database', async () => {
    const id = await keepForm(house().deps, null, form)
    const rows = await house().asOwner<{ sealed: string }>('select sealed from kept_form where id = $1', [id])
    expect(Buffer.from(rows[0]?.sealed ?? '', 'base64url').toString('latin1')).not.toContain('wheelchair')
  })
  test('waits half an hour, and can be thrown away', async () => {
    const { deps } = house()
    const actor = await actorOf(deps, await makeUser(deps))
    const [first, second] = [
      (await keepForm(deps, null, form)) ?? '',
      (await keepForm(deps, null, form)) ?? '',
    ]
    await forgetForm(deps, actor, first)
    expect(await keptForm(deps, actor, first)).toBeNull()
    later(0, 31)
    expect(await keptForm(deps, actor, second)).toBeNull()
  })
  test('is not kept when it is a book', async () =>
    expect(
      await keepForm(house().deps, null, { path: '/book/x', fields: [['note', 'a'.repeat(60_001)]] }),
    ).toBeNull())
})
