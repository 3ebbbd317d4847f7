import { expect, test } from 'vitest'
import { councilLandingPage } from '#services/accounts/council-landing-page.server.ts'
import { ANONYMOUS, STAFF_ROLES, system } from '#services/kernel/actor.ts'
import { makeStaff, actorOf } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse({ now: new Date().toISOString() })

test.each(STAFF_ROLES.map((role) => [role]))('a council’s %s is shown its name and pages', async (role) => {
  const { deps } = house()
  const actor = await actorOf(deps, await makeStaff(deps, await makeCouncil(deps), [role]))
  const page = await councilLandingPage(deps, actor)
  expect(page.title).toBe('A council')
  expect(page.links.map(({ href }) => href)).toEqual(
    {
      adviser: ['/council/people', '/council/checks', '/council/purchases'],
      finance: [
        '/council/money',
        '/council/purchases',
        '/council/vouchers',
        '/council/money/hours-saved',
        '/council/money/reconciliation',
      ],
      commissioner: ['/council/market', '/council/vouchers', '/council/money/hours-saved'],
      safeguarding: ['/council/concerns'],
      council_admin: ['/council/checks', '/council/market', '/council/colleagues'],
    }[role],
  )
})

test('who works for two councils reads both names, in the order of the alphabet', async () => {
  const { deps } = house()
  const [second, first] = [await makeCouncil(deps), await makeCouncil(deps)]
  await deps.db.prisma.council.update({ where: { id: first }, data: { name: 'Aldermere' } })
  await deps.db.prisma.council.update({ where: { id: second }, data: { name: 'Thornhaugh' } })
  const staff = [second, first].map((councilId) => ({ councilId, roles: ['adviser' as const] }))
  const page = await councilLandingPage(deps, userActor(await makeUser(deps), { staff }))
  expect(page.title).toBe('Aldermere and Thornhaugh')
})

test('an operator is of no council', async () => {
  const { deps } = house()
  const page = await councilLandingPage(deps, userActor(await makeUser(deps), { operator: true }))
  expect(page.title).toBe('This installation')
  expect(page.links.map(({ href }) => href)).toContain('/council/checks')
})

test('others are told whose pages these are, and who is signed out to sign in', async () => {
  const { deps } = house()
  const { owner } = await makeProvider(deps)
  for (const actor of [owner, userActor(await makeUser(deps)), system('test')])
    await expect(councilLandingPage(deps, actor)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      publicMessage: expect.stringContaining('work for a council') as unknown,
    })
  await expect(councilLandingPage(deps, ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
})
