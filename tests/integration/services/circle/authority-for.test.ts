import { describe, expect, test } from 'vitest'
import { authorityFor } from '#services/circle/authority-for.server.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeAuthority, makePerson } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
async function joan() {
  const { personId, userId } = await makePerson(deps(), await makeCouncil(deps()))
  return { personId, self: userActor(userId ?? '', { personId }) }
}
const supporter = async () => userActor(await makeUser(deps(), 'A brother'))

describe('by which authority somebody acts', () => {
  test('the one they were given, with how the person is called', async () => {
    const { personId } = await joan()
    const brother = await supporter()
    const authorityId = await makeAuthority(deps(), { personId, supporterUserId: brother.userId })
    expect(await authorityFor(deps(), brother, personId)).toEqual({ authorityId, name: 'Joan' })
  })

  test('of two that count the older one', async () => {
    const { personId } = await joan()
    const brother = await supporter()
    const given = { personId, supporterUserId: brother.userId }
    const [younger, older] = [
      await makeAuthority(deps(), given),
      await makeAuthority(deps(), { ...given, type: 'broker' }),
    ]
    const written = (id: string, createdAt: string) =>
      deps().db.prisma.authority.update({ where: { id }, data: { createdAt: new Date(createdAt) } })
    await written(younger, '2026-03-01')
    await written(older, '2026-02-01')
    expect(await authorityFor(deps(), brother, personId)).toMatchObject({ authorityId: older })
  })

  test('staff of an organisation have the organisation’s, until they leave it', async () => {
    const { personId } = await joan()
    const { providerId, worker } = await makeProvider(deps())
    const authorityId = await makeAuthority(deps(), { personId, supporterProviderId: providerId })
    expect(await authorityFor(deps(), worker, personId)).toMatchObject({ authorityId })
    await deps().db.prisma.member.updateMany({
      where: { userId: worker.userId },
      data: { endedAt: new Date('2026-11-01') },
    })
    expect(await authorityFor(deps(), worker, personId)).toBeNull()
  })

  test.each([
    ['begins tomorrow', { startsOn: '2026-11-03' }, false],
    ['begins today', { startsOn: '2026-11-02' }, true],
    ['ends today', { endsOn: '2026-11-02' }, true],
    ['ended yesterday', { endsOn: '2026-11-01' }, false],
  ])('one that %s', async (_when, dates, counts) => {
    const { personId } = await joan()
    const brother = await supporter()
    await makeAuthority(deps(), { personId, supporterUserId: brother.userId, ...dates })
    expect((await authorityFor(deps(), brother, personId)) !== null).toBe(counts)
  })

  test('none once it was ended, before its last day too', async () => {
    const { personId } = await joan()
    const brother = await supporter()
    const id = await makeAuthority(deps(), {
      personId,
      supporterUserId: brother.userId,
      endsOn: '2027-03-31',
    })
    await deps().db.prisma.authority.update({ where: { id }, data: { endedAt: new Date('2026-11-01') } })
    expect(await authorityFor(deps(), brother, personId)).toBeNull()
  })

  test('none for somebody else, for oneself, for nobody, or for what is no id', async () => {
    const [{ personId, self }, other] = [await joan(), await joan()]
    const brother = await supporter()
    await makeAuthority(deps(), { personId, supporterUserId: brother.userId })
    for (const wanted of [other.personId, newId(), '', "no id'"])
      expect(await authorityFor(deps(), brother, wanted)).toBeNull()
    for (const actor of [self, await supporter(), ANONYMOUS, system('test')])
      expect(await authorityFor(deps(), actor, personId)).toBeNull()
  })
})
