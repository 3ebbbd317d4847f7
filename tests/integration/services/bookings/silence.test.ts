import { beforeEach, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { confirmBySilence } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { makeCouncil, makePerson, makeProvider, makeService, times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

/** A visit that the provider said was made on Monday 9 November, and that nobody has answered. */
async function unanswered() {
  const { deps, clock } = house()
  const provider = await makeProvider(deps)
  const { slug } = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, await makeCouncil(deps), [{ pence: 48_000 }])
  const draft = await startDraft(deps, person.actor, { slug, times: times(person.personId, '2026-11-09') })
  await askForVisits(deps, person.actor, { ...draft, personId: person.personId, expectedPence: 2750 })
  await acceptRequest(deps, provider.owner, { bookingId: draft.bookingId })
  const visit = await deps.db.prisma.visit.findFirstOrThrow({ where: { bookingId: draft.bookingId } })
  clock.set('2026-11-09T10:00:00Z')
  await deliverVisit(deps, provider.owner, { visitId: visit.id, minutes: 60, note: '' })
  return { deps, clock, visitId: visit.id, personId: person.personId }
}
type Unanswered = Awaited<ReturnType<typeof unanswered>>

const stateOf = async ({ deps, visitId }: Unanswered) =>
  deps.db.prisma.visit.findUniqueOrThrow({ where: { id: visitId }, select: { state: true, bySilence: true } })
const arrive = ({ deps, visitId }: Unanswered, kind: string) =>
  deps.db.prisma.notice.updateMany({
    where: { subjectId: visitId, kind },
    data: { arrivedAt: new Date(TEST_NOW) },
  })

/** Reminds after four days, lets both notices arrive, and comes back after seven. */
async function silenceOfSevenDays(visit: Unanswered): Promise<void> {
  visit.clock.set('2026-11-13T11:00:00Z')
  await confirmBySilence(visit.deps)
  await arrive(visit, 'visit.delivered')
  await arrive(visit, 'visit.reminder')
  visit.clock.set('2026-11-16T10:00:00Z')
  await confirmBySilence(visit.deps)
}

test('silence is a yes after seven days, when both notices arrived', async () => {
  const visit = await unanswered()
  await silenceOfSevenDays(visit)
  expect(await stateOf(visit)).toEqual({ state: 'confirmed', bySilence: true })
})

test('silence is no yes when a notice did not arrive', async () => {
  const visit = await unanswered()
  visit.clock.set('2026-11-13T11:00:00Z')
  await confirmBySilence(visit.deps)
  await arrive(visit, 'visit.delivered')
  visit.clock.set('2026-11-30T10:00:00Z')
  await confirmBySilence(visit.deps)
  expect(await stateOf(visit)).toEqual({ state: 'delivered', bySilence: false })
})

test('silence is no yes while the person is in hospital', async () => {
  const visit = await unanswered()
  await visit.deps.db.prisma.personAbsence.create({
    data: { personId: visit.personId, kind: 'hospital', startsOn: new Date('2026-11-12T00:00:00Z') },
  })
  await silenceOfSevenDays(visit)
  expect(await stateOf(visit)).toEqual({ state: 'delivered', bySilence: false })
})

test('silence is no yes an hour too early', async () => {
  const visit = await unanswered()
  visit.clock.set('2026-11-13T11:00:00Z')
  await confirmBySilence(visit.deps)
  await arrive(visit, 'visit.delivered')
  await arrive(visit, 'visit.reminder')
  visit.clock.set('2026-11-16T09:00:00Z')
  await confirmBySilence(visit.deps)
  expect(await stateOf(visit)).toMatchObject({ state: 'delivered' })
})
