/** A person with money, a provider with a service, and what they ask of each other. */
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  type FundOptions,
  type ServiceOptions,
  type TestPerson,
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeSupplier,
  times,
} from './world.ts'

/** One person with £480.00 and one worker, unless told otherwise. */
export async function makeBookingWorld(
  deps: Deps,
  options: { funds?: FundOptions[]; service?: ServiceOptions; lanes?: number } = {},
) {
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps, { lanes: options.lanes ?? 1 })
  const listed = await makeService(deps, provider.providerId, options.service)
  const person = await makePerson(deps, councilId, options.funds ?? [{ pence: 48_000 }])
  await makeSupplier(deps, councilId, provider.providerId)
  return { deps, councilId, provider, ...listed, person }
}
export type BookingWorld = Awaited<ReturnType<typeof makeBookingWorld>>

export const ADDRESS = '7 Larch Close'

/** The same with two workers, and a person who lives in a ward and can be rung. */
export async function makeNeighbourWorld(deps: Deps, { lanes = 2 }: { lanes?: number } = {}) {
  const world = await makeBookingWorld(deps, { lanes })
  const { councilId, person } = world
  await deps.db.prisma.ward.createMany({
    data: [
      { councilId, name: 'Millgate', lat: 53.55, lon: -1.8 },
      { councilId, name: 'Moorend', lat: 53.6, lon: -1.9 },
    ],
  })
  await deps.db.prisma.person.update({
    where: { id: person.personId },
    data: { addressLine: ADDRESS, postcode: 'AM2 4TT', lat: 53.551, lon: -1.801, phone: '01632 960111' },
  })
  return world
}

interface AskOptions {
  repeat?: 'once' | 'weekly'
  weeks?: number
  minutes?: number
  person?: TestPerson
  time?: string
}

/** Asks for an hour at £25.00 and £2.50 of travel, at nine in the morning. */
export async function ask(
  w: BookingWorld,
  date: string,
  expectedPence = 2750,
  { person = w.person, time = '09:00', ...changes }: AskOptions = {},
): Promise<string> {
  const draft = await startDraft(w.deps, person.actor, {
    slug: w.slug,
    times: times(person.personId, date, time, changes),
  })
  await askForVisits(w.deps, person.actor, { ...draft, personId: person.personId, expectedPence })
  return draft.bookingId
}

export const visitsOf = (w: BookingWorld, bookingId: string) =>
  w.deps.db.prisma.visit.findMany({ where: { bookingId }, orderBy: { startsAt: 'asc' } })

export const onlyVisit = async (w: BookingWorld, bookingId: string): Promise<string> =>
  (await visitsOf(w, bookingId))[0]?.id ?? ''

/** Asked for and accepted. */
export async function book(w: BookingWorld, date = '2026-11-09') {
  const bookingId = await ask(w, date)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  return { bookingId, visitId: await onlyVisit(w, bookingId) }
}

/** What the ledger says of one of the person's funds. */
export const balances = async (w: BookingWorld, index = 0) => {
  const id = w.person.allocationIds[index] ?? ''
  return (await readBalances(w.deps.db.prisma, [id])).get(id)
}
