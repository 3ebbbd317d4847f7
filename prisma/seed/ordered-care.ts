import { type Beginner, type Beginners, agreedOf, beginFund, beginPerson, noBeginners } from './beginners.ts'
import type { Borough } from './borough.ts'
import { at, type Kit } from './kit.ts'
import type { Streams } from './streams.ts'
import type { Users } from './users.ts'

const BEGINNERS: readonly Beginner[] = [
  {
    name: 'Dora Penney',
    short: 'Dora',
    ward: 'Fenside',
    about: 'I wound bobbins for thirty years and I still wake at five. Mornings are when I want somebody.',
    outcomes: ['Be washed and dressed without rushing', 'Keep my own front door'],
  },
  {
    name: 'Albert Tranter',
    short: 'Albert',
    ward: 'Fenside',
    about: 'Retired bus driver. I do not mind who comes so long as it is when they said.',
    outcomes: ['A proper wash twice a week', 'Be ready when my daughter rings'],
  },
]
/** £60.00 a week for a year from the council, which buys the support itself. */
const AGREED = 312_000
const ASSESSED_WEEKLY = 3_240

/**
 * Two people of Thornhaugh whose council-managed budget begins today. The council has ordered nothing yet and has no number for
 * who they will choose. They are assessed to pay up to £32.40 a week, billed by the council.
 */
export function makeOrderedCare(kit: Kit, borough: Borough, streams: Streams, users: Users): Beginners {
  const rows = noBeginners()
  const councilId = borough.councilId.thornhaugh
  const agreedMs = agreedOf(kit)
  for (const beginner of BEGINNERS) {
    const budget = beginPerson(kit, borough, users, rows, councilId, beginner)
    const { personId, startsOn, endsOn } = budget
    const allocationId = beginFund(kit, rows, {
      budget,
      streamId: streams.thornhaugh.social_care.id,
      each: AGREED,
      times: 1,
      deployment: 'council_managed',
      chosenBecause: 'I would rather not see a bill.',
      explainedBy: 'Sian Beckett, adviser',
    })
    rows.planLine.push({
      id: kit.id(agreedMs),
      allocationId,
      categoryCode: 'personal_care',
      weeklyPence: 6_000,
      startsOn,
      endsOn,
    })
    rows.assessment.push({
      id: kit.id(agreedMs),
      personId,
      councilId,
      method: 'gross_invoice',
      weeklyPence: ASSESSED_WEEKLY,
      startsOn,
      endsOn: null,
      reason: 'From the assessment of income and savings.',
      decidedAt: at(agreedMs),
    })
  }
  return rows
}
