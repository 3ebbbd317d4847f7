import { beforeEach, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { giveVisit } from '#services/bookings/give-visit.server.ts'
import { providerVisitPage } from '#services/bookings/provider-visit-page.server.ts'
import { ask, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

async function booked(lanes: number) {
  const w = await makeBookingWorld(house().deps, { lanes })
  const bookingId = await ask(w, '2026-11-09', 2750)
  await acceptRequest(w.deps, w.provider.owner, { bookingId, laneId: w.provider.laneIds[0] ?? null })
  const visitId = await onlyVisit(w, bookingId)
  const lane = async () => (await w.deps.db.prisma.visit.findUniqueOrThrow({ where: { id: visitId } })).laneId
  const notices = () => w.deps.db.prisma.notice.count({ where: { subjectId: visitId, kind: 'visit.given' } })
  return { ...w, w, visitId, lane, notices, second: w.provider.laneIds[1] ?? '' }
}

test('a booked visit is given to somebody else who is free; the person is told once', async () => {
  const { deps, provider, visitId, lane, notices, second } = await booked(2)
  const page = await providerVisitPage(deps, provider.owner, visitId)
  expect(page.others.map(({ id }) => id)).toEqual([second])
  await giveVisit(deps, provider.owner, { visitId, laneId: second })
  await giveVisit(deps, provider.owner, { visitId, laneId: second })
  expect(await lane()).toBe(second)
  expect(await notices()).toBe(1)
})

test('not to somebody who has another visit then, nor to a stranger’s worker', async () => {
  const { w, deps, provider, visitId, lane, second } = await booked(2)
  const other = await ask(w, '2026-11-09', 2750)
  await acceptRequest(deps, provider.owner, { bookingId: other, laneId: second })
  const theirs = await makeProvider(deps)
  for (const laneId of [second, theirs.laneIds[0] ?? '', 'nobody'])
    await expect(giveVisit(deps, provider.owner, { visitId, laneId })).rejects.toMatchObject({
      code: 'INVALID',
      details: { fields: { laneId: [expect.any(String)] } },
    })
  expect(await lane()).toBe(provider.laneIds[0])
})

test('only by those who may answer', async () => {
  const { deps, provider, visitId, second } = await booked(2)
  const stranger = await makeProvider(deps)
  await expect(giveVisit(deps, provider.worker, { visitId, laneId: second })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(giveVisit(deps, stranger.owner, { visitId, laneId: second })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
