import { describe, expect, test } from 'vitest'
import { mayChangeSteps, privilegedSteps, readSteps } from '#services/accounts/read-steps.server.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { makePasskey, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const staff = async () => makeStaff(deps(), await makeCouncil(deps()), ['adviser'])
const giveApp = (userId: string, verified: boolean, codes: readonly string[] = []) =>
  deps().db.prisma.twoFactor.create({
    data: { userId, verified, secret: 'a secret', backupCodes: JSON.stringify(codes) },
  })
const givePasskey = (userId: string) => makePasskey(deps(), userId)
const rename = (userId: string, email: string) =>
  deps().db.prisma.user.update({ where: { id: userId }, data: { email } })

describe('which second steps somebody has', () => {
  test('somebody new has none and needs none', async () => {
    const userId = await makeUser(deps())
    expect(await readSteps(deps(), userId)).toEqual({
      email: `${userId}@test.example`,
      privileged: false,
      app: 'none',
      codesLeft: 0,
      passkeys: 0,
      demo: false,
    })
  })

  test('an app without a right code yet is begun, and its backup codes open nothing', async () => {
    const userId = await makeUser(deps())
    await giveApp(userId, false, ['k:one', 'k:two'])
    expect(await readSteps(deps(), userId)).toMatchObject({ app: 'begun', codesLeft: 0 })
  })

  test('of an app that is ready only the codes that were shown to somebody count', async () => {
    const userId = await makeUser(deps())
    await giveApp(userId, true, ['k:one', 'never shown', 'k:two'])
    await givePasskey(userId)
    await givePasskey(userId)
    expect(await readSteps(deps(), userId)).toMatchObject({ app: 'ready', codesLeft: 2, passkeys: 2 })
  })

  test('staff and operators need one; staff who left do not', async () => {
    const [adviser, left, operator] = [await staff(), await staff(), await makeUser(deps())]
    const { prisma } = deps().db
    await prisma.staffMembership.updateMany({ where: { userId: left }, data: { endedAt: new Date(0) } })
    await prisma.user.update({ where: { id: operator }, data: { operator: true } })
    const needed = await Promise.all(
      [adviser, left, operator].map(async (id) => (await readSteps(deps(), id)).privileged),
    )
    expect(needed).toEqual([true, false, true])
  })

  test('the demo’s people are told by their address, and only where there is a demo', async () => {
    const [theirs, alike] = [await makeUser(deps()), await makeUser(deps())]
    await rename(theirs, `${theirs}@demo.kith.example`)
    await rename(alike, `${alike}@demo.kith.example.org`)
    expect(await readSteps(deps(), theirs)).toMatchObject({ demo: true })
    expect(await readSteps(deps(), alike)).toMatchObject({ demo: false })
    const live = { ...deps(), settings: { ...deps().settings, demo: false } }
    expect(await readSteps(live, theirs)).toMatchObject({ demo: false })
  })
})

describe('pages for those who need a second step', () => {
  test('are there for staff, also before they have done it', async () => {
    const userId = await staff()
    const before = userActor(userId, { secondStep: false, secondStepFresh: false })
    expect(await privilegedSteps(deps(), before)).toMatchObject({
      actor: { userId },
      steps: { privileged: true },
    })
  })

  test('are not there for anybody else, whatever their session says', async () => {
    const actor = userActor(await makeUser(deps()), { operator: true })
    await expect(privilegedSteps(deps(), actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const nobody of [ANONYMOUS, system('test')])
      await expect(privilegedSteps(deps(), nobody)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})

describe('who may change how they sign in', () => {
  const stale = (userId: string) => userActor(userId, { secondStep: true, secondStepFresh: false })

  test('nobody who is signed out', async () => {
    for (const nobody of [ANONYMOUS, system('test')])
      await expect(mayChangeSteps(deps(), nobody)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })

  test('people who need no second step, as they like', async () => {
    const userId = await makeUser(deps())
    await givePasskey(userId)
    expect(await mayChangeSteps(deps(), stale(userId))).toMatchObject({ steps: { passkeys: 1 } })
  })

  test('staff who have none yet, and staff whose app has not shown a right code', async () => {
    const [none, begun] = [await staff(), await staff()]
    await giveApp(begun, false)
    expect(await mayChangeSteps(deps(), stale(none))).toMatchObject({ steps: { app: 'none' } })
    expect(await mayChangeSteps(deps(), stale(begun))).toMatchObject({ steps: { app: 'begun' } })
  })

  test('staff with an app or a passkey only after they have shown it just now', async () => {
    const [app, passkey] = [await staff(), await staff()]
    await giveApp(app, true)
    await givePasskey(passkey)
    for (const userId of [app, passkey]) {
      await expect(mayChangeSteps(deps(), stale(userId))).rejects.toMatchObject({ code: 'SECOND_STEP' })
      expect(await mayChangeSteps(deps(), userActor(userId))).toMatchObject({ actor: { userId } })
    }
  })
})
