import type { Prisma } from '#services/db/generated/client.ts'
import type { Borough } from './borough.ts'
import { at, column, DAY, dayOf, type Kit } from './kit.ts'
import type { World } from './world.ts'

export interface SurplusRows {
  money: Prisma.CouncilMoneyCreateManyInput[]
  cases: Prisma.SurplusCaseCreateManyInput[]
}

/** Somebody whose brother answers for her, whatever chance has left in the funds. */
const ASKED = 'Grace Whitlow'

/** Aldermere asks when more than 12 weeks lie in a fund; she was asked, or whoever has most lying there, and has answered. */
export function makeSurplus(kit: Kit, borough: Borough, world: World): SurplusRows {
  const foundMs = kit.nowMs - 9 * DAY
  const [fund] = world.allocations
    .filter(
      (one) =>
        one.code === 'social_care' &&
        one.held === 'direct_payment_bank' &&
        one.person.council === 'aldermere' &&
        one.endsMs > kit.nowMs,
    )
    .sort(
      (a, b) =>
        Number(b.person.seed.name === ASKED) - Number(a.person.seed.name === ASKED) ||
        b.available - a.available,
    )
  const surplus = fund ? Math.floor(fund.available * 0.3) : 0
  return {
    money: [
      {
        councilId: borough.councilId.aldermere,
        surplusWeeks: 12,
        answerDays: 28,
        appealDays: 28,
        updatedAt: at(kit.nowMs - 200 * DAY),
      },
    ],
    cases:
      fund && surplus > 0
        ? [
            {
              id: kit.id(foundMs),
              allocationId: fund.id,
              councilId: borough.councilId.aldermere,
              personId: fund.person.id,
              state: 'answered',
              availablePence: fund.available,
              keepPence: fund.available - surplus,
              surplusPence: surplus,
              foundAt: at(foundMs),
              answerBy: column(dayOf(foundMs + 28 * DAY)),
              answer:
                'I was ill for a month and went nowhere. I mean to start again after Christmas, twice a week.',
              answeredAt: at(foundMs + 3 * DAY),
            },
          ]
        : [],
  }
}
