import { expect, test } from 'vitest'
import { mailNotices } from '#services/messages/mail-notices.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { makeProvider, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

async function noticeTo(target: { userId: string } | { providerId: string }): Promise<string> {
  const id = newId()
  await house().deps.db.prisma.notice.create({
    data: {
      id,
      ...target,
      kind: 'test.notice',
      title: 'Some news',
      body: 'What it is.',
      path: '/my/account',
      subjectId: newId(),
      createdAt: toDate(house().clock.now()),
    },
  })
  return id
}
const arrivedAt = async (id: string): Promise<Date | null> =>
  (await house().deps.db.prisma.notice.findUniqueOrThrow({ where: { id } })).arrivedAt

test('news that the mail server refuses for good has not arrived, and the job is done', async () => {
  const { deps } = house()
  const id = await noticeTo({ userId: await makeUser(deps) })
  const refusing = { ...deps, mail: { send: () => Promise.resolve('refused' as const) } }
  await mailNotices(refusing, [id])
  expect(await arrivedAt(id)).toBeNull()
})

test('an address that does not answer now keeps the news from nobody else, and the job comes again', async () => {
  const { deps } = house()
  const { providerId, owner } = await makeProvider(deps)
  const coordinator = await makeUser(deps)
  await deps.db.prisma.member.create({
    data: { providerId, userId: coordinator, name: 'A coordinator', role: 'coordinator' },
  })
  const id = await noticeTo({ providerId })
  const mails: string[] = []
  const flaky = {
    ...deps,
    mail: {
      send: ({ to }: { to: string }) => {
        if (to.startsWith(owner.userId)) return Promise.reject(new Error('not now'))
        mails.push(to)
        return Promise.resolve('taken' as const)
      },
    },
  }
  await expect(mailNotices(flaky, [id])).rejects.toThrow('not now')
  expect(mails).toEqual([`${coordinator}@test.example`])
  expect(await arrivedAt(id)).not.toBeNull()
})
