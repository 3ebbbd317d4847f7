/** People who buy something from somebody who is not listed, and the staff who agree it. */
import type { UserActor } from '#services/kernel/actor.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, Temporal, toDate } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { decidePurchase } from '#services/purchases/decide-purchase.server.ts'
import { setAside } from '#services/purchases/order-purchase.server.ts'
import { proposePurchase } from '#services/purchases/propose-purchase.server.ts'
import { actorOf, makeStaff } from './circle.ts'
import { type FundOptions, makeCouncil, makePerson, type TestPerson } from './world.ts'

/** A council with an adviser and two in finance, and a limit of £100.00 for each of the two sums. */
export async function makeBuyersCouncil(deps: Deps) {
  const councilId = await makeCouncil(deps)
  const [adviserId, financeId, secondId] = [
    await makeStaff(deps, councilId, ['adviser'], 'An adviser'),
    await makeStaff(deps, councilId, ['finance'], 'A first in finance'),
    await makeStaff(deps, councilId, ['finance'], 'A second in finance'),
  ]
  await deps.db.prisma.councilMoney.create({
    data: {
      councilId,
      purchaseAtOncePence: 10_000,
      adviserLimitPence: 10_000,
      updatedAt: toDate(deps.clock.now()),
    },
  })
  return {
    councilId,
    adviserId,
    adviser: await actorOf(deps, adviserId),
    finance: await actorOf(deps, financeId),
    secondFinance: await actorOf(deps, secondId),
  }
}
export type BuyersCouncil = Awaited<ReturnType<typeof makeBuyersCouncil>>

/** A person with these funds and a plan with one outcome. */
export async function makeBuyer(
  deps: Deps,
  councilId: string,
  funds: FundOptions[],
  outcome = 'Cook for myself',
): Promise<TestPerson> {
  const person = await makePerson(deps, councilId, funds)
  await deps.db.asActor(system('test'), (tx) =>
    tx.plan.create({
      data: {
        personId: person.personId,
        startsOn: dateColumn(Temporal.PlainDate.from('2026-10-01')),
        outcomes: { create: [{ position: 0, words: outcome }] },
      },
    }),
  )
  return person
}

/** What the form sends: a washing machine for £389.00 from the person's first fund. */
export const washingMachine = (person: TestPerson, changes: Record<string, unknown> = {}) => ({
  personId: person.personId,
  purchaseId: newId(),
  what: 'A washing machine',
  seller: 'Hartley Electrical',
  price: '389.00',
  units: '1',
  category: 'equipment_and_adaptations',
  fund: person.allocationIds[0] ?? '',
  outcome: '',
  ...changes,
})

/** Put forward, agreed by the adviser, set aside. */
export async function ordered(
  deps: Deps,
  council: BuyersCouncil,
  person: TestPerson,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const { purchaseId, state } = await proposePurchase(deps, person.actor, washingMachine(person, changes))
  if (state !== 'agreed')
    await decidePurchase(deps, council.adviser, { purchaseId, decision: 'agree', reason: '' })
  await setAside(deps, person.actor, { personId: person.personId, purchaseId })
  return purchaseId
}

export const fundOf = async (deps: Deps, person: TestPerson, index = 0) => {
  const id = person.allocationIds[index] ?? ''
  const of = (await readBalances(deps.db.prisma, [id])).get(id)
  return { available: of?.available, held: of?.held, spent: of?.spent }
}

/** A supporter who acts for the person under an authority with these scopes. */
export const actingFor = (
  supporter: UserActor,
  person: { personId: string },
  scopes: NonNullable<UserActor['actingFor']>['scopes'],
  authorityId: string,
): UserActor => ({
  ...supporter,
  actingFor: {
    personId: person.personId,
    personName: 'Ada',
    authorityId,
    type: 'nominated_person',
    scopes,
    organisationName: null,
  },
})
