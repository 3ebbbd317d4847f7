import { beforeEach, expect, test } from 'vitest'
import { nextVisitEnd } from '#services/accounts/next-visit-end.server.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { ask, book, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
beforeEach(() => house().clock.set(TEST_NOW))

test('the next agreed visit of anybody, until it is over or cancelled; what is only asked for does not count', async () => {
  const w = await makeBookingWorld(deps(), { lanes: 2 })
  expect(await nextVisitEnd(deps())).toBeNull()

  const asked = await ask(w, '2026-11-06')
  const askedVisit = await onlyVisit(w, asked)
  expect(await nextVisitEnd(deps())).toBeNull()
  expect(await nextVisitEnd(deps(), askedVisit)).toBeNull()

  const later = await book(w, '2026-11-10')
  const sooner = await book(w, '2026-11-09')
  expect((await nextVisitEnd(deps()))?.toString()).toBe('2026-11-09T10:00:00Z')
  expect((await nextVisitEnd(deps(), later.visitId))?.toString()).toBe('2026-11-10T10:00:00Z')
  await acceptRequest(deps(), w.provider.owner, { bookingId: asked })
  expect((await nextVisitEnd(deps()))?.toString()).toBe('2026-11-06T10:00:00Z')

  house().clock.set('2026-11-09T09:59:00Z')
  expect((await nextVisitEnd(deps()))?.toString()).toBe('2026-11-09T10:00:00Z')
  house().clock.set('2026-11-09T10:00:00Z')
  expect(await nextVisitEnd(deps(), sooner.visitId)).toBeNull()
  expect((await nextVisitEnd(deps()))?.toString()).toBe('2026-11-10T10:00:00Z')
  await cancelVisit(deps(), w.person.actor, {
    visitId: later.visitId,
    personId: w.person.personId,
    expectedFee: 1375,
  })
  expect(await nextVisitEnd(deps())).toBeNull()
})

test('a visit that was said to be over, or that is none, has no end to come', async () => {
  const w = await makeBookingWorld(deps())
  const { visitId } = await book(w, '2026-12-01')
  house().clock.set('2026-12-01T09:40:00Z')
  await deliverVisit(deps(), w.provider.owner, { visitId, minutes: 30, note: '' })
  expect(await nextVisitEnd(deps(), visitId)).toBeNull()
  expect(await nextVisitEnd(deps(), newId())).toBeNull()
})
