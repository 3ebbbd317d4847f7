import { describe, expect, test } from 'vitest'
import { accountPage } from '#services/accounts/account-page.server.ts'
import { makeBackupCodes } from '#services/accounts/backup-codes.server.ts'
import { removePasskey } from '#services/accounts/passkeys.server.ts'
import { confirmNewApp, newAppPage, removeApp } from '#services/accounts/replace-app.server.ts'
import { makePasskey, makeSession } from '#tests/factories/circle.ts'
import { makeUser } from '#tests/factories/world.ts'
import { useDesks } from '#tests/support/desks.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const { appShows, audited, deskOf, finish, later, mailsTo, withApp } = useDesks(house)

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
    const { id } = await makePasskey(house().deps, desk.userId)
    await removeApp(deps, await desk.actor())
    expect((await accountPage(deps, await desk.actor())).steps).toEqual({ app: false, codesLeft: 0 })
    await expect(removePasskey(deps, await desk.actor(), { passkeyId: id })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
  })
  test('people who need none remove their passkey as they like', async () => {
    const desk = await deskOf(await makeUser(house().deps))
    const { id } = await makePasskey(house().deps, desk.userId)
    await removePasskey(house().deps, await desk.actor(), { passkeyId: id })
  })
})
