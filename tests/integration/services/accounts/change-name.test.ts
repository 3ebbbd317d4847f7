import { expect, test } from 'vitest'
import { changeName } from '#services/accounts/change-name.server.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { makePerson } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const nameOf = async (id: string) =>
  (await house().deps.db.prisma.user.findUniqueOrThrow({ where: { id } })).name

test('the account is called as typed, without the spaces round it; the council’s record keeps its name', async () => {
  const { deps } = house()
  const userId = await makeUser(deps, 'Joan Ellery')
  const { personId } = await makePerson(deps, await makeCouncil(deps), { userId, name: 'Joan Ellery' })
  await changeName(deps, userActor(userId, { personId }), { name: '  Joanie 🧶 O’Hara ' })
  expect(await nameOf(userId)).toBe('Joanie 🧶 O’Hara')
  expect((await deps.db.prisma.person.findUniqueOrThrow({ where: { id: personId } })).name).toBe(
    'Joan Ellery',
  )
})

test('somebody who acts for another changes their own name, not the other’s', async () => {
  const { deps } = house()
  const [userId, other] = [await makeUser(deps, 'Daniel'), await makeUser(deps, 'Joan')]
  const { personId } = await makePerson(deps, await makeCouncil(deps), { userId: other })
  const actingFor = {
    personId, personName: 'Joan', authorityId: personId, type: 'informal' as const, scopes: [], organisationName: null,
  } // prettier-ignore
  await changeName(deps, userActor(userId, { actingFor }), { name: 'Dan' })
  expect([await nameOf(userId), await nameOf(other)]).toEqual(['Dan', 'Joan'])
})

test.each([
  ['nothing', '', 'Enter your name'],
  ['only spaces', '   ', 'Enter your name'],
  ['121 letters', 'a'.repeat(121), 'Use at most 120 letters for your name'],
])('%s is no name', async (_what, name, sentence) => {
  const { deps } = house()
  const userId = await makeUser(deps, 'Joan')
  await expect(changeName(deps, userActor(userId), { name })).rejects.toThrow(sentence)
  expect(await nameOf(userId)).toBe('Joan')
})

test('nobody who is not signed in has a name to change', async () => {
  const { deps } = house()
  for (const actor of [ANONYMOUS, system('test')])
    await expect(changeName(deps, actor, { name: 'Joan' })).rejects.toMatchObject({ code: 'SIGN_IN' })
})
