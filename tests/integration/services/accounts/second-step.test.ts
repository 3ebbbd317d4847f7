import { describe, expect, test } from 'vitest'
import { newPasskeyChallenge } from '#services/accounts/passkeys.server.ts'
import { readActor } from '#services/accounts/read-actor.server.ts'
import { beginSecondStep, passDemoStep, secondStepPage } from '#services/accounts/second-step.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makePasskey, makeSession } from '#tests/factories/circle.ts'
import { makeUser } from '#tests/factories/world.ts'
import { useDesks } from '#tests/support/desks.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const { appShows, begin, deskOf, finish, later, staffDesk, withApp } = useDesks(house)

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
    await makePasskey(house().deps, desk.userId)
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
    await makePasskey(house().deps, desk.userId)
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
