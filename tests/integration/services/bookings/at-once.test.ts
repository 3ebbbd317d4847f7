import { expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { makeCouncil, makePerson, makeProvider, makeService, times } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const codes = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map((result) =>
    result.status === 'fulfilled'
      ? 'done'
      : isDomainError(result.reason)
        ? result.reason.code
        : String(result.reason),
  )
const count = (all: readonly string[], code: string) => all.filter((entry) => entry === code).length

test('50 requests at the same moment against a budget with money for three: three are asked, never an overspend', async () => {
  const { deps } = house()
  const provider = await makeProvider(deps, { lanes: 50 })
  const { slug } = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, await makeCouncil(deps), [{ pence: 3 * 2750 + 2749 }])
  const drafts = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      startDraft(deps, person.actor, {
        slug,
        times: times(person.personId, '2026-11-09', `${String(8 + (index % 10)).padStart(2, '0')}:00`),
      }),
    ),
  )
  const results = codes(
    await Promise.allSettled(
      drafts.map((draft) =>
        askForVisits(deps, person.actor, { ...draft, personId: person.personId, expectedPence: 2750 }),
      ),
    ),
  )
  expect([count(results, 'done'), count(results, 'NOT_ENOUGH_MONEY')]).toEqual([3, 47])
  expect(
    await deps.db.prisma.booking.count({ where: { personId: person.personId, state: 'requested' } }),
  ).toBe(3)
  expect(await house().asOwner('select * from ledger_faults()')).toEqual([])
})

test('50 acceptances at the same moment for one hour of one worker: one is booked, never two', async () => {
  const { deps } = house()
  const provider = await makeProvider(deps)
  const { slug } = await makeService(deps, provider.providerId, { bufferMinutes: 15 })
  const councilId = await makeCouncil(deps)
  const people = await Promise.all(
    Array.from({ length: 50 }, () => makePerson(deps, councilId, [{ pence: 10_000 }])),
  )
  const asked = await Promise.all(
    people.map(async (person, index) => {
      const draft = await startDraft(deps, person.actor, {
        slug,
        times: times(person.personId, '2026-11-09', index % 2 ? '09:00' : '09:30'),
      })
      await askForVisits(deps, person.actor, { ...draft, personId: person.personId, expectedPence: 2750 })
      return draft.bookingId
    }),
  )
  const results = codes(
    await Promise.allSettled(asked.map((bookingId) => acceptRequest(deps, provider.owner, { bookingId }))),
  )
  expect([count(results, 'done'), count(results, 'CLASH')]).toEqual([1, 49])
  expect(
    await deps.db.prisma.visit.count({ where: { providerId: provider.providerId, holdsLane: true } }),
  ).toBe(1)
  expect(await house().asOwner('select * from ledger_faults()')).toEqual([])
})
