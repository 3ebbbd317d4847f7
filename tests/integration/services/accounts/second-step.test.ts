import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accountPage } from '#services/accounts/account-page.server.ts'
import { makeBackupCodes } from '#services/accounts/backup-codes.server.ts'
import { colleaguePage, colleaguesPage, resetColleague } from '#services/accounts/colleagues.server.ts'
import { newPasskeyChallenge, removePasskey } from '#services/accounts/passkeys.server.ts'
import { readActor } from '#services/accounts/read-actor.server.ts'
import { confirmNewApp, newAppPage, removeApp } from '#services/accounts/replace-app.server.ts'
import {
  beginSecondStep,
  finishSecondStep,
  passDemoStep,
  secondStepPage,
  useBackupCode as passWithBackupCode,
} from '#services/accounts/second-step.server.ts'
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { ANONYMOUS, type StaffRole, type UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { actorOf, makeSession, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser } from '#tests/factories/world.ts'
import { authenticatorShows } from '#tests/support/authenticator.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
// The library asks the machine for the time: both clocks stand still together.
beforeEach(() => {
  house().clock.set(TEST_NOW)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(TEST_NOW) })
})
afterEach(() => vi.useRealTimers())
const later = (minutes: number): void => {
  house().clock.advance({ minutes })
  vi.setSystemTime(new Date(house().clock.now().epochMilliseconds))
}
const appShows = (key: string): string => authenticatorShows(key, house().clock.now())

/** A browser that is signed in as somebody; its token changes with the second step. */
interface Desk {
  userId: string
  actor: () => Promise<UserActor>
  browser: () => { cookie: string; userAgent: null }
  goOn: (token: string) => void
}

async function deskOf(userId: string): Promise<Desk> {
  const { deps } = house()
  let token = (await makeSession(deps, userId, { hours: 8 })).token
  return {
    userId,
    actor: async () => {
      const signedIn = await readActor(deps, token)
      if (!signedIn) throw new Error('nobody is signed in')
      return signedIn.actor
    },
    browser: () => ({ cookie: sessionCookie(deps.settings, token).split(';')[0] ?? '', userAgent: null }),
    goOn: (next) => {
      token = next
    },
  }
}
const staffDesk = async (roles: StaffRole[] = ['adviser'], councilId?: string): Promise<Desk> =>
  deskOf(await makeStaff(house().deps, councilId ?? (await makeCouncil(house().deps)), roles))

async function begin(desk: Desk): Promise<string> {
  await beginSecondStep(house().deps, await desk.actor(), desk.browser())
  const page = await secondStepPage(house().deps, await desk.actor(), desk.browser())
  if (!page.key) throw new Error(`the page is at ${page.state}`)
  return page.key.typed
}
async function finish(desk: Desk, code: string): Promise<{ first: boolean }> {
  const { token, first } = await finishSecondStep(house().deps, await desk.actor(), {
    code,
    browser: desk.browser(),
  })
  desk.goOn(token)
  return { first }
}
/** Staff with an app, their second step just done. */
async function withApp(roles?: StaffRole[], councilId?: string): Promise<{ desk: Desk; key: string }> {
  const desk = await staffDesk(roles, councilId)
  const key = await begin(desk)
  await finish(desk, appShows(key))
  return { desk, key }
}
const givePasskey = (userId: string) =>
  house().deps.db.prisma.passkey.create({
    data: {
      userId,
      publicKey: 'a key',
      credentialID: newId(),
      counter: 0,
      deviceType: 'singleDevice',
      backedUp: false,
    },
  })
const mailsTo = async (userId: string): Promise<string[]> => {
  await house().runJobs()
  return house()
    .mail.sent.filter(({ to }) => to === `${userId}@test.example`)
    .map(({ subject }) => subject)
}
const audited = async (action: string, subjectId: string) =>
  house().deps.db.prisma.auditEvent.findMany({ where: { action, subjectId } })

describe('the second step', () => {
  test('before it staff are nobody special', async () => {
    const desk = await staffDesk()
    expect(await desk.actor()).toMatchObject({ staff: [], secondStep: false, secondStepFresh: false })
  })

  test('an app is set up and its code makes the session a staff one, under a new token', async () => {
    const desk = await staffDesk()
    const key = await begin(desk)
    const before = await readActor(house().deps, (await makeSession(house().deps, desk.userId)).token)
    expect(before?.secondStepDue).toBe(true)
    const old = desk.browser().cookie
    expect(await finish(desk, appShows(key))).toEqual({ first: true })
    expect(desk.browser().cookie).not.toBe(old)
    expect(await desk.actor()).toMatchObject({ secondStep: true, secondStepFresh: true })
    expect((await desk.actor()).staff).toHaveLength(1)
  })

  test('once a code was right the key is shown to nobody', async () => {
    const { desk } = await withApp()
    const again = await deskOf(desk.userId)
    expect(await secondStepPage(house().deps, await again.actor(), again.browser())).toEqual({
      state: 'ask',
      again: false,
      key: null,
      passkeys: 0,
      codesLeft: 0,
      demo: false,
    })
    await expect(beginSecondStep(house().deps, await again.actor(), again.browser())).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('a code of the app works once', async () => {
    const { desk, key } = await withApp()
    const again = await deskOf(desk.userId)
    await expect(finish(again, appShows(key))).rejects.toMatchObject({ code: 'INVALID' })
    later(3)
    await expect(finish(again, appShows(key))).resolves.toEqual({ first: false })
  })

  test('after five wrong codes even the right one has to wait', async () => {
    const desk = await staffDesk()
    const key = await begin(desk)
    const wrong = appShows(key) === '123456' ? '123457' : '123456'
    for (let i = 0; i < 5; i += 1)
      await expect(finish(desk, wrong)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(finish(desk, appShows(key))).rejects.toMatchObject({ code: 'TOO_MANY' })
  })

  test('the page is not there for somebody who needs no second step', async () => {
    const desk = await deskOf(await makeUser(house().deps))
    await expect(secondStepPage(house().deps, await desk.actor(), desk.browser())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      secondStepPage(house().deps, ANONYMOUS, { cookie: null, userAgent: null }),
    ).rejects.toMatchObject({ code: 'SIGN_IN' })
  })

  test('whoever has a passkey cannot go round it with an app, nor with another passkey', async () => {
    const desk = await staffDesk()
    await givePasskey(desk.userId)
    const { deps } = house()
    expect(await secondStepPage(deps, await desk.actor(), desk.browser())).toMatchObject({ state: 'passkey' })
    await expect(beginSecondStep(deps, await desk.actor(), desk.browser())).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    await expect(newPasskeyChallenge(deps, await desk.actor(), desk.browser())).rejects.toMatchObject({
      code: 'SECOND_STEP',
    })
  })

  test('an app that was begun before the passkey does not go round it either', async () => {
    const desk = await staffDesk()
    const key = await begin(desk)
    await givePasskey(desk.userId)
    await expect(finish(desk, appShows(key))).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('whoever has an app needs it to make a passkey', async () => {
    const { desk } = await withApp()
    const again = await deskOf(desk.userId)
    await expect(
      newPasskeyChallenge(house().deps, await again.actor(), again.browser()),
    ).rejects.toMatchObject({ code: 'SECOND_STEP' })
    await expect(newPasskeyChallenge(house().deps, await desk.actor(), desk.browser())).resolves.toBeDefined()
  })
})

describe('asking again', () => {
  test('what cannot be taken back needs a second step of the last 10 minutes', async () => {
    const { desk, key } = await withApp()
    later(9)
    requireFreshSecondStep(await desk.actor())
    later(1)
    const actor = await desk.actor()
    expect(actor).toMatchObject({ secondStep: true, secondStepFresh: false })
    expect(() => {
      requireFreshSecondStep(actor)
    }).toThrow(expect.objectContaining({ code: 'SECOND_STEP' }))
    expect(await secondStepPage(house().deps, actor, desk.browser())).toMatchObject({
      state: 'ask',
      again: true,
    })
    await finish(desk, appShows(key))
    requireFreshSecondStep(await desk.actor())
  })

  test('a press is enough for the demo’s people, and for nobody else', async () => {
    const { deps } = house()
    const desk = await staffDesk()
    await expect(passDemoStep(deps, await desk.actor(), desk.browser())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await deps.db.prisma.user.update({
      where: { id: desk.userId },
      data: { email: `${newId()}@demo.kith.example` },
    })
    desk.goOn(await passDemoStep(deps, await desk.actor(), desk.browser()))
    expect(await desk.actor()).toMatchObject({ secondStepFresh: true })
    const off = { ...deps, settings: { ...deps.settings, demo: false } }
    await expect(passDemoStep(off, await desk.actor(), desk.browser())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('backup codes', () => {
  const make = async (desk: Desk) => makeBackupCodes(house().deps, await desk.actor(), desk.browser())
  const pass = async (desk: Desk, backupCode: string): Promise<void> => {
    const input = { backupCode, browser: desk.browser() }
    desk.goOn(await passWithBackupCode(house().deps, await desk.actor(), input))
  }

  test('ten are made; each opens the second step once, however it is typed', async () => {
    const { desk } = await withApp()
    const codes = await make(desk)
    expect(new Set(codes).size).toBe(10)
    const again = await deskOf(desk.userId)
    await pass(again, ` ${(codes[0] ?? '').toLowerCase().replace('-', ' ')} `)
    expect(await again.actor()).toMatchObject({ secondStep: true, secondStepFresh: true })
    const third = await deskOf(desk.userId)
    await expect(pass(third, codes[0] ?? '')).rejects.toMatchObject({
      details: { fields: { backupCode: [expect.stringContaining('used before')] } },
    })
    await pass(third, codes[1] ?? '')
    expect((await accountPage(house().deps, await third.actor())).steps).toEqual({ app: true, codesLeft: 8 })
    expect(await mailsTo(desk.userId)).toContain('A backup code was used to sign in to Kith')
  })

  test('of two presses with one code at the same moment one wins', async () => {
    const { desk } = await withApp()
    const [code = ''] = await make(desk)
    const desks = [await deskOf(desk.userId), await deskOf(desk.userId)]
    const answers = await Promise.allSettled(desks.map((one) => pass(one, code)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('cannot be read in the database', async () => {
    const { desk } = await withApp()
    const codes = await make(desk)
    const rows = await house().asOwner<{ row: string }>(
      'select t::text as row from two_factor t where user_id = $1',
      [desk.userId],
    )
    for (const code of codes) expect(rows[0]?.row).not.toContain(code.slice(0, 5))
  })

  test('new ones make the old ones worthless', async () => {
    const { desk } = await withApp()
    const [old = ''] = await make(desk)
    await make(desk)
    await expect(pass(await deskOf(desk.userId), old)).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('are tried five times and then have to wait', async () => {
    const { desk } = await withApp()
    const [code = ''] = await make(desk)
    const again = await deskOf(desk.userId)
    // One try of this quarter of an hour was the app's own.
    for (let i = 0; i < 4; i += 1)
      await expect(pass(again, 'AAAAA-AAAAA')).rejects.toMatchObject({ code: 'INVALID' })
    await expect(pass(again, code)).rejects.toMatchObject({ code: 'TOO_MANY' })
  })

  test('need a second step of the last 10 minutes, and an app', async () => {
    const { desk } = await withApp()
    later(11)
    await expect(make(desk)).rejects.toMatchObject({ code: 'SECOND_STEP' })
    const passkeyOnly = await staffDesk()
    const actor = { ...(await passkeyOnly.actor()), secondStepFresh: true }
    await expect(makeBackupCodes(house().deps, actor, passkeyOnly.browser())).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
  })
})

describe('replacing the app', () => {
  test('the old one works until the new one has shown a right code; then only the new one does', async () => {
    const { deps } = house()
    const { desk, key } = await withApp()
    await makeBackupCodes(deps, await desk.actor(), desk.browser())
    const other = await makeSession(deps, desk.userId, { secondStep: true })
    const page = await newAppPage(deps, await desk.actor(), null)
    expect(page.replaces).toBe(true)
    // The same key again, as long as the browser brings it.
    expect((await newAppPage(deps, await desk.actor(), page.pending)).key).toEqual(page.key)
    await expect(
      confirmNewApp(deps, await desk.actor(), { code: '000000', waiting: page.pending }),
    ).rejects.toMatchObject({ code: 'INVALID' })
    expect(await other.actor()).not.toBeNull()
    const code = appShows(page.key.typed)
    await confirmNewApp(deps, await desk.actor(), { code, waiting: page.pending })
    expect(await other.actor()).toBeNull()
    expect((await accountPage(deps, await desk.actor())).steps).toEqual({ app: true, codesLeft: 0 })
    later(6)
    const again = await deskOf(desk.userId)
    await expect(finish(again, appShows(key))).rejects.toMatchObject({ code: 'INVALID' })
    await finish(again, appShows(page.key.typed))
    expect(await audited('second_step.app_replaced', desk.userId)).toHaveLength(1)
    expect(await mailsTo(desk.userId)).toContain('Your authenticator app for Kith was changed')
  })

  test('a key that was shown to somebody else is no key', async () => {
    const { deps } = house()
    const [{ desk: mine }, { desk: theirs }] = [await withApp(), await withApp()]
    const { pending, key } = await newAppPage(deps, await theirs.actor(), null)
    await expect(
      confirmNewApp(deps, await mine.actor(), { code: appShows(key.typed), waiting: pending }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('needs a second step of the last 10 minutes', async () => {
    const { desk } = await withApp()
    later(11)
    await expect(newAppPage(house().deps, await desk.actor(), null)).rejects.toMatchObject({
      code: 'SECOND_STEP',
    })
  })
})

describe('taking a second step off', () => {
  test('the last one stays; one of two may go', async () => {
    const { deps } = house()
    const { desk } = await withApp()
    await expect(removeApp(deps, await desk.actor())).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    const { id } = await givePasskey(desk.userId)
    await removeApp(deps, await desk.actor())
    expect((await accountPage(deps, await desk.actor())).steps).toEqual({ app: false, codesLeft: 0 })
    await expect(removePasskey(deps, await desk.actor(), { passkeyId: id })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
  })
  test('people who need none remove their passkey as they like', async () => {
    const desk = await deskOf(await makeUser(house().deps))
    const { id } = await givePasskey(desk.userId)
    await removePasskey(house().deps, await desk.actor(), { passkeyId: id })
  })
})

describe('a colleague who lost everything', () => {
  const reset = async (by: UserActor, userId: string, seen = 'in_person') =>
    resetColleague(house().deps, by, { userId, seen })

  test('is reset by an administrator of the same council: steps off, sessions ended, told, written down', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const { desk: admin } = await withApp(['council_admin'], councilId)
    const { desk: lost } = await withApp(['adviser'], councilId)
    await givePasskey(lost.userId)
    const actor = await admin.actor()
    expect(await colleaguePage(deps, actor, lost.userId)).toMatchObject({ app: true, passkeys: 1 })
    await reset(actor, lost.userId)
    await expect(lost.actor()).rejects.toThrow()
    expect(await colleaguePage(deps, actor, lost.userId)).toMatchObject({ app: false, passkeys: 0 })
    expect(await mailsTo(lost.userId)).toContain('Your second step for Kith was reset')
    expect(await audited('second_step.reset', lost.userId)).toMatchObject([
      {
        actorUserId: admin.userId,
        facts: { seen: 'in_person', apps: 1, passkeys: 1, sessions: 1 },
      },
    ])
    // And they begin anew.
    const again = await deskOf(lost.userId)
    expect(await secondStepPage(deps, await again.actor(), again.browser())).toMatchObject({ state: 'begin' })
  })

  test('needs the administrator’s own second step of the last 10 minutes, and a way they made sure', async () => {
    const councilId = await makeCouncil(house().deps)
    const { desk: admin } = await withApp(['council_admin'], councilId)
    const { desk: lost } = await withApp(['adviser'], councilId)
    await expect(reset(await admin.actor(), lost.userId, 'they sent an e-mail')).rejects.toThrow(
      /how you made sure/,
    )
    later(11)
    await expect(reset(await admin.actor(), lost.userId)).rejects.toMatchObject({ code: 'SECOND_STEP' })
    expect(await lost.actor()).toBeDefined()
  })

  test('is nobody to an administrator of another council, to other roles and to strangers', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const { desk: lost } = await withApp(['adviser'], councilId)
    const others = [
      await actorOf(deps, await makeStaff(deps, await makeCouncil(deps), ['council_admin'])),
      await actorOf(deps, await makeStaff(deps, councilId, ['adviser', 'safeguarding', 'commissioner'])),
      await actorOf(deps, await makeUser(deps)),
    ]
    for (const actor of others)
      await expect(reset(actor, lost.userId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(colleaguesPage(deps, ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
    expect(await lost.actor()).toBeDefined()
  })

  test('nobody resets themselves, and an administrator no operator', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const { desk: admin } = await withApp(['council_admin'], councilId)
    await expect(reset(await admin.actor(), admin.userId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { desk: both } = await withApp(['adviser'], councilId)
    await deps.db.prisma.user.update({ where: { id: both.userId }, data: { operator: true } })
    await expect(reset(await admin.actor(), both.userId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const operator = await makeUser(deps)
    await deps.db.prisma.user.update({ where: { id: operator }, data: { operator: true } })
    await reset(await actorOf(deps, operator), both.userId)
    await expect(both.actor()).rejects.toThrow()
  })
})
