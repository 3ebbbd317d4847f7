import { beforeEach, describe, expect, test } from 'vitest'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { reviewsPage } from '#services/quality/reviews-page.server.ts'
import { replyToReview, writeReview } from '#services/quality/write-review.server.ts'
import { book, makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: { lanes?: number } = {}) => makeNeighbourWorld(house().deps, options)

describe('what people say', () => {
  test('words from the first on, figures from three people on, one reply, never who or which day', async () => {
    const w = await world()
    const { visitId } = await book(w)
    house().clock.set('2026-11-09T10:00:00Z')
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 60, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
    await writeReview(w.deps, w.person.actor, {
      visitId,
      review: {
        personId: w.person.personId,
        keptMeInControl: 5, reliable: 2, respectful: 5, listened: 5, madeADifference: 4,
        comment: 'Kind, and late.',
      }, // prettier-ignore
    })
    const read = () => reviewsPage(w.deps, w.provider.owner, { org: null, page: 99 })
    const page = await read()
    expect(page).toMatchObject({ people: 1, inAll: 1, unanswered: 1, page: 1, pages: 1, mayReply: true })
    expect(page.spreads.every((spread) => spread.counts === null)).toBe(true)
    expect(page.reviews).toMatchObject([{ comment: 'Kind, and late.', month: 'November 2026', reply: null }])
    expect(JSON.stringify(page)).not.toContain(w.person.personId)
    const reviewId = page.reviews[0]?.id ?? ''
    await replyToReview(w.deps, w.provider.owner, { reviewId, reply: 'We now leave ten minutes earlier.' })
    await expect(
      replyToReview(w.deps, w.provider.owner, { reviewId, reply: 'And another thing.' }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await read()).reviews[0]?.reply).toBe('We now leave ten minutes earlier.')
  })

  test('a worker reads and does not reply; strangers find nothing', async () => {
    const w = await world()
    expect(await reviewsPage(w.deps, w.provider.worker, { org: null, page: 1 })).toMatchObject({
      mayReply: false,
    })
    const other = await makeProvider(w.deps)
    await expect(
      reviewsPage(w.deps, w.provider.owner, { org: other.providerId, page: 1 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
