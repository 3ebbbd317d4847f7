import { beforeEach, expect, test } from 'vitest'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { book, makeBookingWorld } from '#tests/factories/bookings.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))
const titles = (ids: readonly string[]) => deps().db.tx((tx) => visitTitles(tx, ids))

test('each visit once, with what it was, whose, when and how it ended', async () => {
  const w = await makeBookingWorld(deps())
  const [one, two] = [await book(w, '2026-11-09'), await book(w, '2026-11-10')]
  house().clock.set('2026-11-09T11:00:00Z')
  await deliverVisit(deps(), w.provider.owner, { visitId: one.visitId, minutes: 60, note: '' })
  await confirmVisits(deps(), w.person.actor, { personId: w.person.personId, visitIds: [one.visitId] })
  const read = await titles([one.visitId, two.visitId, one.visitId])
  expect(read.size).toBe(2)
  expect(read.get(one.visitId)).toEqual({
    title: 'Morning help at home',
    provider: 'A provider',
    startsAt: new Date('2026-11-09T09:00:00Z'),
    outcome: 'attended',
  })
  expect(read.get(two.visitId)).toMatchObject({ outcome: null })
})

test('the title is the one that was agreed to, not the one that the service has now', async () => {
  const w = await makeBookingWorld(deps())
  const { visitId } = await book(w)
  const id = newId()
  await deps().db.prisma.serviceVersion.create({
    data: {
      id,
      serviceId: w.serviceId,
      number: 2,
      title: 'Quite another thing',
      summary: '',
      categoryCode: 'help_at_home',
      setting: 'at_home',
      minMinutes: 30,
      maxMinutes: 60,
      prices: { create: [{ kind: 'base', label: 'An hour', pence: 2500, upliftBps: 0, position: 0 }] },
    },
  })
  await deps().db.prisma.serviceVersion.update({ where: { id }, data: { frozenAt: new Date(TEST_NOW) } })
  await deps().db.prisma.service.update({ where: { id: w.serviceId }, data: { currentVersionId: id } })
  expect((await titles([visitId])).get(visitId)?.title).toBe('Morning help at home')
})

test('no ids are no question, and ids that are nobody’s are not there', async () => {
  expect(await titles([])).toEqual(new Map())
  expect(await titles([newId()])).toEqual(new Map())
})
