import { beforeEach, describe, expect, test } from 'vitest'
import { withdrawRequest } from '#services/bookings/end-booking.server.ts'
import { tellOfRequest } from '#services/bookings/tell-of-request.server.ts'
import { ask, makeBookingWorld } from '#tests/factories/bookings.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

describe('telling a provider of a request', () => {
  const told = (bookingId: string) =>
    house().deps.db.prisma.notice.findMany({ where: { subjectId: bookingId, kind: 'booking.asked' } })

  test('is a job of the request: the notice is there once it ran, and once only however often it runs', async () => {
    const w = await makeBookingWorld(house().deps)
    const bookingId = await ask(w, '2026-11-09', 2750)
    expect(await told(bookingId)).toEqual([])

    await house().runJobs()
    await Promise.all([tellOfRequest(w.deps, bookingId), tellOfRequest(w.deps, bookingId)])
    expect(await told(bookingId)).toMatchObject([
      {
        providerId: w.provider.providerId,
        title: 'Somebody is asking for a visit',
        path: `/provider/requests/${bookingId}`,
      },
    ])
  })

  test('says nothing of a request that was taken back before it ran', async () => {
    const w = await makeBookingWorld(house().deps)
    const bookingId = await ask(w, '2026-11-09', 2750)
    await withdrawRequest(w.deps, w.person.actor, { bookingId, personId: w.person.personId })
    await house().runJobs()
    expect(await told(bookingId)).toEqual([])
  })
})
