import { SCOPES } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import type { Borough } from './borough.ts'
import type { BudgetRows } from './budgets.ts'
import { at, column, DAY, wallMs, type Kit } from './kit.ts'
import type { PeopleRows } from './people.ts'
import type { Streams } from './streams.ts'
import { addUser, type Users } from './users.ts'
import type { World } from './world.ts'

const FOUR_WEEKS = 128_000

/** Two people who are about to employ somebody from an account that Evenhand looks after: one for each run of that journey. */
const EMPLOYERS = [
  { name: 'Noreen Baptiste', short: 'Noreen', ward: 'Millgate', assistant: 'Gwen Tully', about: 'Retired postwoman. I know every gate in Millgate and I want to go through them again.' }, // prettier-ignore
  { name: 'Ivor Stead', short: 'Ivor', ward: 'Moorend', assistant: 'Ash Penrose', about: 'Choirmaster, now in a chair by the window. I would like the same person each morning.' }, // prettier-ignore
] as const

export function makeEmployers(
  kit: Kit,
  given: {
    borough: Borough
    users: Users
    streams: Streams
    people: PeopleRows
    budgets: BudgetRows
    world: World
    holderId: string
  },
): void {
  const { borough, users, people, budgets, world, holderId } = given
  const monday = kit.today.subtract({ days: kit.today.dayOfWeek - 1 })
  // The four weeks before this one are over, so that their hours can be sent.
  const from = monday.subtract({ days: 28 })
  const until = from.add({ days: 363 })
  const sinceMs = wallMs(from, 540) - 15 * DAY
  for (const seed of EMPLOYERS) {
    const ward = borough.wardNamed(seed.ward)
    const { addressLine, postcode, point } = borough.address(ward)
    const councilId = borough.councilId[ward.council]
    const [personId, planId, budgetId, allocationId] = [kit.id(sinceMs), kit.id(sinceMs), kit.id(sinceMs), kit.id(sinceMs)] // prettier-ignore
    addUser(kit, users, seed.assistant, sinceMs)
    people.person.push({
      id: personId,
      userId: addUser(kit, users, seed.name, sinceMs),
      councilId,
      name: seed.name,
      shortName: seed.short,
      addressLine,
      postcode,
      lat: point.lat,
      lon: point.lon,
      phone: `01632 960${String(kit.rng.int(400, 799))}`,
      isCarer: false,
      section117: false,
      createdAt: at(sinceMs),
    })
    people.authority.push({
      id: kit.id(sinceMs),
      personId,
      supporterUserId: null,
      supporterProviderId: holderId,
      type: 'nominated_person',
      relationship: 'direct-payment support',
      scopes: SCOPES.filter((scope) => scope !== 'see_plan' && scope !== 'review'),
      startsOn: column(from.subtract({ days: 14 })),
      endsOn: column(until),
      endedAt: null,
      evidenceSeen: 'Agreement to receive and manage the direct payment, signed by both',
      recordedById: users.byName.get('Farida Hussain')?.id ?? null,
      createdAt: at(sinceMs),
    })
    people.plan.push({
      id: planId,
      personId,
      aboutMe: seed.about,
      startsOn: column(from),
      endsOn: null,
      createdAt: at(sinceMs),
    })
    people.outcome.push({
      id: kit.id(sinceMs),
      planId,
      position: 0,
      words: 'The same person at my side each day',
    })
    budgets.budget.push({
      id: budgetId,
      personId,
      startsOn: column(from),
      endsOn: column(until),
      createdAt: at(sinceMs),
    })
    budgets.allocation.push({
      id: allocationId,
      budgetId,
      streamId: given.streams[ward.council].social_care.id,
      personId,
      deployment: 'direct_payment_managed_account',
      agreedPence: FOUR_WEEKS * 13,
      cadence: 'four_weekly',
      instalmentPence: FOUR_WEEKS,
      startsOn: column(from),
      endsOn: column(until),
      holderProviderId: holderId,
      adviserUserId: null,
      chosenBecause: 'I decide who works for me. Evenhand do the sums.',
      explainedBy: 'Farida Hussain, adviser',
      chosen: true,
      createdAt: at(sinceMs),
    })
    for (let number = 1; number <= 13; number += 1) {
      const first = number === 1
      // The first payment came at the start; the second is a week away, so that its four weeks stand alone.
      const due = first ? from : from.add({ days: 28 * (number - 1) + 7 })
      const arrivesMs = wallMs(due, 360)
      const id = kit.id(sinceMs)
      budgets.instalment.push({
        id,
        allocationId,
        number,
        dueOn: column(due),
        pence: FOUR_WEEKS,
        arrivedAt: first ? at(arrivesMs) : null,
      })
      if (first) world.book.post(arrivesMs, allocationFunded(`funded:${id}`, allocationId, pence(FOUR_WEEKS)))
    }
    budgets.planLine.push({
      id: kit.id(sinceMs),
      allocationId,
      categoryCode: 'personal_assistant',
      weeklyPence: FOUR_WEEKS / 4,
      approvedAt: at(sinceMs + 2 * DAY),
      approvedById: users.byName.get('Leon Marsh')?.id ?? null,
      orderNumber: null,
      costCode: null,
      caseReference: null,
      startsOn: column(from),
      endsOn: column(until),
    })
  }
}
