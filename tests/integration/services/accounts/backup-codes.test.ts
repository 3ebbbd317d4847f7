import { describe, expect, test } from 'vitest'
import { accountPage } from '#services/accounts/account-page.server.ts'
import { makeBackupCodes } from '#services/accounts/backup-codes.server.ts'
import { useBackupCode as passWithBackupCode } from '#services/accounts/second-step.server.ts'
import { type Desk, useDesks } from '#tests/support/desks.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const { deskOf, later, mailsTo, staffDesk, withApp } = useDesks(house)

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
