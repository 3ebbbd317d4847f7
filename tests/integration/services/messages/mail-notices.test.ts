import { describe, expect, test } from 'vitest'
import { mailNotices } from '#services/messages/mail-notices.server.ts'
import { tell, type Reader } from '#services/messages/tell.server.ts'
import { makeAuthority, makePerson, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

const notice = async (to: Reader, kind = 'visit.delivered'): Promise<string> => {
  const { deps, clock } = house()
  const [id] = await deps.db.tx((tx) =>
    tell(tx, clock.now(), [
      { to, kind, title: 'A visit was done', body: 'Say whether it is right.', path: '/my/week' },
    ]),
  )
  return id ?? ''
}
const emailOf = async (userId: string | null): Promise<string> =>
  (await house().deps.db.prisma.user.findUniqueOrThrow({ where: { id: userId ?? '' } })).email
const toOf = (subject = 'A visit was done'): string[] =>
  house()
    .mail.sent.filter((mail) => mail.subject === subject)
    .map(({ to }) => to)
const arrived = async (id: string) =>
  (await house().deps.db.prisma.notice.findUniqueOrThrow({ where: { id } })).arrivedAt !== null

describe('who gets the mail', () => {
  test('a person and those who support them, but not a friend without anything to do, nor a supporter of the past', async () => {
    const { deps, mail } = house()
    mail.sent.length = 0
    const { personId, userId } = await makePerson(deps, await makeCouncil(deps))
    const [brother, friend, before, advocate] = [
      await makeUser(deps),
      await makeUser(deps),
      await makeUser(deps),
      await makeUser(deps),
    ]
    const provider = await makeProvider(deps)
    await makeAuthority(deps, { personId, supporterUserId: brother, scopes: ['confirm_hours'] })
    await makeAuthority(deps, { personId, supporterUserId: friend, scopes: ['see_plan'] })
    await makeAuthority(deps, { personId, supporterUserId: before, scopes: ['book'], endsOn: '2026-11-01' })
    await makeAuthority(deps, { personId, supporterUserId: advocate, type: 'advocate', scopes: ['see_plan'] })
    await makeAuthority(deps, {
      personId,
      supporterProviderId: provider.providerId,
      type: 'broker',
      scopes: ['propose'],
    })
    const id = await notice({ personId })
    await house().runJobs()
    const expected = await Promise.all([userId, brother, advocate, provider.owner.userId].map(emailOf))
    expect(toOf().sort()).toEqual(expected.sort())
    expect(await arrived(id)).toBe(true)
    expect(mail.sent.find(({ to }) => to === expected[0])?.text).toContain('http://localhost:3000/my/week')
  })

  test.each(['budget.short', 'payment.failed', 'purchase.agreed'])(
    'of money (%s), not who supports them without seeing the money',
    async (kind) => {
      const { deps, mail } = house()
      mail.sent.length = 0
      const { personId, userId } = await makePerson(deps, await makeCouncil(deps))
      const [brother, sister] = [await makeUser(deps), await makeUser(deps)]
      await makeAuthority(deps, { personId, supporterUserId: brother, scopes: ['book', 'see_money'] })
      await makeAuthority(deps, { personId, supporterUserId: sister, scopes: ['book', 'message'] })
      await notice({ personId }, kind)
      await house().runJobs()
      expect(toOf().sort()).toEqual((await Promise.all([userId, brother].map(emailOf))).sort())
    },
  )

  test('a person without an address: their supporters’ mail is what arrives; without supporters nothing does', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const [helped, alone] = [
      await makePerson(deps, councilId, { userId: null }),
      await makePerson(deps, councilId, { userId: null }),
    ]
    await makeAuthority(deps, {
      personId: helped.personId,
      supporterUserId: await makeUser(deps),
      scopes: ['message'],
    })
    const ids = [await notice({ personId: helped.personId }), await notice({ personId: alone.personId })]
    await house().runJobs()
    expect(await Promise.all(ids.map(arrived))).toEqual([true, false])
  })

  test('owners and coordinators of a provider, not its workers', async () => {
    const { deps, mail } = house()
    mail.sent.length = 0
    const { providerId, owner } = await makeProvider(deps)
    await deps.db.prisma.member.create({
      data: { providerId, name: 'Cora', email: `${providerId}@coordinator.example`, role: 'coordinator' },
    })
    await notice({ providerId })
    await house().runJobs()
    expect(toOf().sort()).toEqual([await emailOf(owner.userId), `${providerId}@coordinator.example`].sort())
  })

  test('one user; and of a council only those whose work it is', async () => {
    const { deps, mail } = house()
    mail.sent.length = 0
    const councilId = await makeCouncil(deps)
    const [adviser, team, user] = [
      await makeStaff(deps, councilId, ['adviser']),
      await makeStaff(deps, councilId, ['safeguarding']),
      await makeUser(deps),
    ]
    await notice({ userId: user })
    await notice({ councilId })
    await house().runJobs()
    expect(toOf().sort()).toEqual((await Promise.all([user, adviser].map(emailOf))).sort())
    mail.sent.length = 0
    await notice({ councilId }, 'concern.raised')
    await house().runJobs()
    expect(toOf()).toEqual([await emailOf(team)])
  })
})

describe('when it goes wrong', () => {
  test('a job that comes twice mails nobody twice', async () => {
    const { deps, mail } = house()
    mail.sent.length = 0
    const id = await notice({ userId: await makeUser(deps) })
    await mailNotices(deps, [id])
    await mailNotices(deps, [id])
    expect(mail.sent).toHaveLength(1)
  })
  test('what was not accepted did not arrive', async () => {
    const { deps } = house()
    const id = await notice({ userId: await makeUser(deps) })
    const broken = { ...deps, mail: { send: () => Promise.reject(new Error('the server is away')) } }
    await expect(mailNotices(broken, [id])).rejects.toThrow('away')
    expect(await arrived(id)).toBe(false)
    await mailNotices(deps, [id])
    expect(await arrived(id)).toBe(true)
  })
})
