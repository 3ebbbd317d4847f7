import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { beginSession } from '#services/accounts/begin-session.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeSession } from '#tests/factories/circle.ts'
import { makeProvider, makeUser } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(TEST_NOW) })
})
afterEach(() => vi.useRealTimers())

/** A provider who has offered a membership to this address. */
async function offered(email: string, changes: { endedAt?: Date; role?: 'worker' | 'coordinator' } = {}) {
  const { providerId } = await makeProvider(deps())
  const id = newId()
  await db().member.create({ data: { id, providerId, name: 'Sam', email, role: 'worker', ...changes } })
  return { providerId, memberId: id }
}
const begin = async (userId: string, earlier: string | null = null) =>
  beginSession(deps(), (await makeSession(deps(), userId)).token, 'code', earlier)
const holderOf = async (id: string) => (await db().member.findUniqueOrThrow({ where: { id } })).userId

describe('a membership that was offered to an address', () => {
  test('becomes theirs who have shown that it is their address, however it was written', async () => {
    const userId = await makeUser(deps())
    const { providerId, memberId } = await offered(`${userId.toUpperCase()}@Test.Example`)
    const { signedIn } = await begin(userId)
    expect(await holderOf(memberId)).toBe(userId)
    expect(signedIn.actor.providers).toEqual([{ providerId, memberId, role: 'worker' }])
  })

  test('stays nobody’s while the address is not confirmed', async () => {
    const userId = await makeUser(deps())
    await db().user.update({ where: { id: userId }, data: { emailVerified: false } })
    const { memberId } = await offered(`${userId}@test.example`)
    expect((await begin(userId)).signedIn.actor.providers).toEqual([])
    expect(await holderOf(memberId)).toBeNull()
  })

  test('is not given to another address, nor when it has ended', async () => {
    const userId = await makeUser(deps())
    const other = await offered(`not-${userId}@test.example`)
    const ended = await offered(`${userId}@test.example`, { endedAt: new Date(TEST_NOW) })
    expect((await begin(userId)).signedIn.actor.providers).toEqual([])
    expect([await holderOf(other.memberId), await holderOf(ended.memberId)]).toEqual([null, null])
  })

  test('offered twice by one provider is taken once: the first', async () => {
    const userId = await makeUser(deps())
    const first = await offered(`${userId}@test.example`)
    const second = newId()
    await db().member.create({
      data: {
        id: second,
        providerId: first.providerId,
        name: 'Sam',
        email: `${userId}@test.example`,
        role: 'coordinator',
        createdAt: new Date('2099-01-01'),
      },
    })
    expect((await begin(userId)).signedIn.actor.providers).toHaveLength(1)
    expect([await holderOf(first.memberId), await holderOf(second)]).toEqual([userId, null])
  })

  test('is not given to somebody who is a member there already', async () => {
    const { owner, providerId } = await makeProvider(deps())
    const id = newId()
    await db().member.create({
      data: { id, providerId, name: 'Sam', email: `${owner.userId}@test.example`, role: 'worker' },
    })
    expect((await begin(owner.userId)).signedIn.actor.providers.map(({ role }) => role)).toEqual(['owner'])
    expect(await holderOf(id)).toBeNull()
  })

  test('by several providers is taken from each', async () => {
    const userId = await makeUser(deps())
    const both = [await offered(`${userId}@test.example`), await offered(`${userId}@test.example`)]
    const { signedIn } = await begin(userId)
    expect(signedIn.actor.providers.map(({ providerId }) => providerId).sort()).toEqual(
      both.map(({ providerId }) => providerId).sort(),
    )
  })
})

describe('the session itself', () => {
  test('ends the browser’s earlier one, whoever’s it was, and no other', async () => {
    const userId = await makeUser(deps())
    const earlier = await makeSession(deps(), await makeUser(deps()))
    const elsewhere = await makeSession(deps(), userId)
    await begin(userId, earlier.token)
    expect(await earlier.actor()).toBeNull()
    expect(await elsewhere.actor()).not.toBeNull()
  })

  test('does not end itself when the browser sends the same one', async () => {
    const session = await makeSession(deps(), await makeUser(deps()))
    await beginSession(deps(), session.token, 'passkey', session.token)
    expect(await session.actor()).not.toBeNull()
  })

  test.each(['code', 'passkey', 'demo'] as const)('is written down, and that it was by %s', async (how) => {
    const userId = await makeUser(deps())
    const { token } = await makeSession(deps(), userId)
    await beginSession(deps(), token, how, null)
    const written = await db().auditEvent.findMany({ where: { subjectId: userId } })
    expect(written).toMatchObject([{ action: 'session.begun', actorUserId: userId, facts: { how } }])
  })

  test('says when the name is still to be asked for', async () => {
    expect((await begin(await makeUser(deps(), ''))).nameMissing).toBe(true)
    expect((await begin(await makeUser(deps(), 'Joan'))).nameMissing).toBe(false)
  })

  test('that does not exist is not begun', async () => {
    await expect(beginSession(deps(), newId(), 'code', null)).rejects.toThrow()
  })
})
