import { describe, expect, test } from 'vitest'
import { colleaguePage, colleaguesPage, resetColleague } from '#services/accounts/colleagues.server.ts'
import { secondStepPage } from '#services/accounts/second-step.server.ts'
import { ANONYMOUS, type UserActor } from '#services/kernel/actor.ts'
import { actorOf, makePasskey, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser } from '#tests/factories/world.ts'
import { useDesks } from '#tests/support/desks.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const { audited, deskOf, later, mailsTo, withApp } = useDesks(house)

describe('a colleague who lost everything', () => {
  const reset = async (by: UserActor, userId: string, seen = 'in_person') =>
    resetColleague(house().deps, by, { userId, seen })

  test('is reset by an administrator of the same council: steps off, sessions ended, told, written down', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const { desk: admin } = await withApp(['council_admin'], councilId)
    const { desk: lost } = await withApp(['adviser'], councilId)
    await makePasskey(deps, lost.userId)
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
