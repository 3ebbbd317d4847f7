import { expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { noticesArrived, unreadNotices } from '#services/messages/person-notices.server.ts'
import { makeCouncil, makePerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

/** One notice a kind, a minute apart; gives their ids by kind. */
async function told(personId: string, kinds: readonly string[]): Promise<Map<string, string>> {
  const rows = kinds.map((kind, minute) => ({
    id: newId(),
    personId,
    kind,
    title: kind,
    body: 'Something happened.',
    subjectId: newId(),
    createdAt: new Date(Date.UTC(2026, 10, 2, 9, minute)),
  }))
  await house().deps.db.prisma.notice.createMany({ data: rows })
  return new Map(rows.map(({ kind, id }) => [kind, id]))
}
const person = async () => {
  const { deps } = house()
  return (await makePerson(deps, await makeCouncil(deps), [])).personId
}
const unread = async (personId: string, money = true, most = 10) =>
  house().deps.db.tx(async (tx) =>
    (await unreadNotices(tx, personId, { most, money })).map(({ title }) => title),
  )

test('news is newest first, without what the page asks as a question itself, and no more than it has room for', async () => {
  const personId = await person()
  await told(personId, ['booking.accepted', 'visit.delivered', 'visit.reminder', 'booking.declined'])
  expect(await unread(personId)).toEqual(['booking.declined', 'booking.accepted'])
  expect(await unread(personId, true, 1)).toEqual(['booking.declined'])
})

test('somebody who may not see the money is told nothing of budgets and payments', async () => {
  const personId = await person()
  await told(personId, ['budget.arrived', 'payment.failed', 'booking.accepted'])
  expect(await unread(personId, false)).toEqual(['booking.accepted'])
  expect(await unread(personId)).toHaveLength(3)
})

test('one person’s news is not another’s', async () => {
  const personId = await person()
  await told(await person(), ['booking.accepted'])
  expect(await unread(personId)).toEqual([])
})

test('what was shown counts as arrived, once; nobody else’s notice does', async () => {
  const { deps, clock } = house()
  const personId = await person()
  const mine = await told(personId, ['booking.accepted', 'booking.declined'])
  const theirs = await told(await person(), ['booking.accepted'])
  const ids = [mine.get('booking.accepted') ?? '', theirs.get('booking.accepted') ?? '']
  const show = () =>
    deps.db.tx((tx) => noticesArrived(tx, clock.now(), personId, { noticeIds: ids, visitIds: [] }))
  const arrived = async (id: string | undefined) =>
    (await deps.db.prisma.notice.findUniqueOrThrow({ where: { id: id ?? '' } })).arrivedAt
  await show()
  const first = await arrived(mine.get('booking.accepted'))
  expect(first).not.toBeNull()
  expect(await arrived(mine.get('booking.declined'))).toBeNull()
  expect(await arrived(theirs.get('booking.accepted'))).toBeNull()
  clock.set('2026-11-03T10:00:00Z')
  await show()
  expect(await arrived(mine.get('booking.accepted'))).toEqual(first)
})
