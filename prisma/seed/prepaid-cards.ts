import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { pence } from '#services/kernel/money.ts'
import { purchaseCleared, purchaseHeld, purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { allocationFunded, noted } from '#services/ledger/templates.rules.ts'
import type { Borough } from './borough.ts'
import { at, column, DAY, insertRows, type Kit, wallMs } from './kit.ts'
import { type Bought, BOUGHT, CARD_PEOPLE, type CardPerson, SCHEMES } from './prepaid-list.ts'
import type { Streams } from './streams.ts'
import { addUser, type Users } from './users.ts'
import type { World } from './world.ts'

/** Card schemes, and people of Thornhaugh whose direct payment is on a card; as the use cases would have left it. */
export interface PrepaidCards {
  programme: Prisma.CardProgrammeCreateManyInput[]
  person: Prisma.PersonCreateManyInput[]
  authority: Prisma.AuthorityCreateManyInput[]
  plan: Prisma.PlanCreateManyInput[]
  outcome: Prisma.PlanOutcomeCreateManyInput[]
  budget: Prisma.BudgetCreateManyInput[]
  allocation: Prisma.AllocationCreateManyInput[]
  instalment: Prisma.InstalmentCreateManyInput[]
  planLine: Prisma.PlanLineCreateManyInput[]
  card: Prisma.CardCreateManyInput[]
  movement: Prisma.CardTransactionCreateManyInput[]
  /** What the emulator knows of them. */
  record: { store: string; kind: string; id: string; groupKey: string | null; value: object }[]
}

interface Given {
  borough: Borough
  streams: Streams
  users: Users
  world: World
}

/** £105.00 a week, four weeks at a time for a year. */
const EACH = 42_000
const TIMES = 13
const CARD = 'emulator-card-1'

export function makePrepaidCards(kit: Kit, given: Given): PrepaidCards {
  const rows: PrepaidCards = { programme: [], person: [], authority: [], plan: [], outcome: [], budget: [], allocation: [], instalment: [], planLine: [], card: [], movement: [], record: [] } // prettier-ignore
  for (const { council, ...scheme } of SCHEMES)
    rows.programme.push({
      ...scheme,
      id: kit.id(kit.nowMs - 200 * DAY),
      councilId: given.borough.councilId[council],
      createdAt: at(kit.nowMs - 200 * DAY),
    })
  const scheme = rows.programme.find(({ councilId }) => councilId === given.borough.councilId.thornhaugh)
  for (const person of CARD_PEOPLE) addPerson(kit, given, rows, person, scheme?.id ?? '')
  return rows
}

function addPerson(kit: Kit, given: Given, rows: PrepaidCards, who: CardPerson, programmeId: string): void {
  const { borough, streams, users, world } = given
  const from = kit.today.subtract({ days: who.daysAgo })
  const until = from.add({ weeks: 4 * TIMES }).subtract({ days: 1 })
  const [startsOn, endsOn] = [column(from), column(until)]
  const sinceMs = wallMs(from, 360) - 15 * DAY
  const { addressLine, postcode, point } = borough.address(borough.wardNamed(who.ward))
  const [personId, planId, budgetId, id] = [
    kit.id(sinceMs),
    kit.id(sinceMs),
    kit.id(sinceMs),
    kit.id(sinceMs),
  ]
  rows.person.push({
    id: personId,
    userId: addUser(kit, users, who.name, sinceMs),
    councilId: borough.councilId.thornhaugh,
    name: who.name,
    shortName: who.short,
    addressLine,
    postcode,
    lat: point.lat,
    lon: point.lon,
    phone: `01632 960${String(kit.rng.int(400, 799))}`,
    isCarer: false,
    section117: false,
    createdAt: at(sinceMs),
  })
  if (who.supporter)
    rows.authority.push({
      id: kit.id(sinceMs),
      personId,
      supporterUserId: addUser(kit, users, who.supporter.name, sinceMs),
      type: 'nominated_person',
      relationship: who.supporter.as,
      scopes: ['see_plan', 'see_money', 'message', 'shortlist', 'propose', 'book', 'confirm_hours', 'review', 'manage_money'], // prettier-ignore
      startsOn,
      evidenceSeen: 'Agreement to receive and manage the direct payment, signed by both',
      createdAt: at(sinceMs),
    })
  rows.plan.push({ id: planId, personId, aboutMe: who.about, startsOn, endsOn: null, createdAt: at(sinceMs) })
  who.outcomes.forEach((words, position) =>
    rows.outcome.push({ id: kit.id(sinceMs), planId, position, words }),
  )
  rows.budget.push({ id: budgetId, personId, startsOn, endsOn, createdAt: at(sinceMs) })
  rows.allocation.push({
    id,
    budgetId,
    streamId: streams.thornhaugh.social_care.id,
    personId,
    deployment: 'direct_payment_card',
    agreedPence: EACH * TIMES,
    cadence: 'four_weekly',
    instalmentPence: EACH,
    startsOn,
    endsOn,
    chosenBecause: who.because,
    explainedBy: 'Sian Beckett, adviser',
    chosen: true,
    payBy: 'prepaid_card',
    createdAt: at(sinceMs),
  })
  rows.planLine.push({
    id: kit.id(sinceMs),
    allocationId: id,
    categoryCode: 'personal_care',
    weeklyPence: EACH / 4,
    approvedAt: at(sinceMs + DAY),
    approvedById: users.byName.get('Sian Beckett')?.id ?? null,
    startsOn,
    endsOn,
  })
  const arrived: number[] = []
  for (let number = 1; number <= TIMES; number += 1) {
    const due = from.add({ weeks: 4 * (number - 1) })
    const ms = wallMs(due, 360)
    const here = who.card && ms < kit.nowMs
    const instalmentId = kit.id(sinceMs)
    rows.instalment.push({
      id: instalmentId,
      allocationId: id,
      number,
      dueOn: column(due),
      pence: EACH,
      arrivedAt: here ? at(ms) : null,
    })
    if (!here) continue
    arrived.push(ms)
    world.book.post(ms, allocationFunded(`funded:${instalmentId}`, id, pence(EACH)))
  }
  if (who.card) addCard(kit, given.world, rows, { personId, allocationId: id, name: who.name, sinceMs, programmeId, arrived }) // prettier-ignore
}

interface Holder {
  personId: string
  allocationId: string
  name: string
  sinceMs: number
  programmeId: string
  arrived: readonly number[]
}

function addCard(kit: Kit, world: World, rows: PrepaidCards, holder: Holder): void {
  const { personId, allocationId, programmeId, sinceMs } = holder
  const cardId = kit.id(sinceMs)
  const record = (kind: string, id: string, value: object, groupKey: string | null = null) =>
    rows.record.push({ store: 'cards', kind, id, groupKey, value })
  rows.card.push({
    id: cardId,
    programmeId,
    allocationId,
    personId,
    holderName: holder.name,
    state: 'active',
    last4: '0001',
    externalId: CARD,
    createdAt: at(sinceMs + 2 * DAY),
  })
  const of = { cardId, allocationId, personId, declined: null, upToPence: null, heldPence: 0, refundsId: null, clearedId: null } // prettier-ignore
  holder.arrived.forEach((ms, index) => {
    const key = `load:${allocationId}:${String(index)}:${String(EACH * (index + 1))}`
    rows.movement.push({ ...of, id: kit.id(ms), movement: 'load', state: 'cleared', pence: EACH, externalId: key, clearedId: key, at: at(ms), updatedAt: at(ms) }) // prettier-ignore
  })
  const purse = { allocation: allocationId, balance: EACH * holder.arrived.length, setAside: 0 }
  let given = 0
  BOUGHT.forEach((bought, index) => {
    const ms = wallMs(kit.today.subtract({ days: bought.daysAgo }), 680)
    const authorisation = `emulator-auth-${String(index + 1)}`
    const transaction = `emulator-txn-${String(index + 1)}`
    const id = kit.id(ms)
    const merchant = { name: bought.shop, mcc: bought.mcc, town: null }
    rows.movement.push({
      ...of,
      id,
      movement: 'purchase',
      state: bought.state,
      pence: bought.pence,
      merchant: bought.shop,
      merchantCode: bought.mcc,
      declined: bought.declined ?? null,
      upToPence: bought.upTo ?? null,
      heldPence: bought.state === 'authorised' ? bought.pence : 0,
      externalId: authorisation,
      clearedId: bought.state === 'cleared' ? transaction : null,
      at: at(ms),
      updatedAt: at(ms),
    })
    record(
      'authorisation',
      authorisation,
      {
        authorisation,
        card: CARD,
        allocation: allocationId,
        amount: bought.pence,
        merchant,
        cash: false,
        at: Math.floor(ms / 1_000),
        state: bought.state === 'authorised' ? 'open' : bought.state,
        transaction: bought.state === 'cleared' ? transaction : null,
      },
      CARD,
    )
    if (bought.state === 'declined') return
    world.book.post(ms, noted(purchaseHeld(`card:${id}:held`, id, [{ allocationId, amount: pence(bought.pence) }]), bought.shop)) // prettier-ignore
    if (bought.state === 'authorised') {
      purse.setAside += bought.pence
      return
    }
    const took = noted(purchaseCleared(`card:${id}:cleared`, id, [{ allocationId, held: pence(bought.pence), amount: pence(bought.pence) }]), bought.shop) // prettier-ignore
    const journal = world.book.post(ms + DAY / 2, took)
    purse.balance -= bought.pence
    record('transaction', transaction, { transaction, authorisation, card: CARD, allocation: allocationId, amount: bought.pence, refunded: bought.back ?? 0, merchant }) // prettier-ignore
    if (bought.back === undefined) return
    given += 1
    purse.balance += bought.back
    giveBack(kit, world, rows, of, bought, { paid: id, journal, ms: ms + 3 * DAY, name: `emulator-txn-${String(BOUGHT.length + given)}` }) // prettier-ignore
  })
  record('card', CARD, {
    card: CARD,
    allocation: allocationId,
    holder: `emulator-holder-${personId}`,
    carriedBy: 'person',
    status: 'active',
    last4: '0001',
    expires: kit.today.add({ years: 3 }).toPlainYearMonth().toString(),
    controls: { shops: { not: SCHEMES[0]?.blockedMerchants ?? [] }, perPurchase: SCHEMES[0]?.mostAtOncePence ?? null, perDay: SCHEMES[0]?.mostADayPence ?? null, perMonth: SCHEMES[0]?.mostAMonthPence ?? null, cash: false }, // prettier-ignore
    replaces: null,
    account: null,
    replacedBy: null,
    plastic: true,
  })
  record('purse', allocationId, purse)
  for (const [kind, last] of [
    ['card', 1],
    ['auth', BOUGHT.length],
    ['txn', BOUGHT.length + given],
  ] as const)
    // prettier-ignore
    record('counter', kind, { last })
}

function giveBack(
  kit: Kit,
  world: World,
  rows: PrepaidCards,
  of: Pick<Prisma.CardTransactionCreateManyInput, 'cardId' | 'allocationId' | 'personId'>,
  bought: Bought,
  back: { paid: string; journal: string; ms: number; name: string },
): void {
  const id = kit.id(back.ms)
  const amount = pence(bought.back ?? 0)
  rows.movement.push({
    ...of,
    id,
    movement: 'refund',
    state: 'cleared',
    pence: amount,
    merchant: bought.shop,
    merchantCode: bought.mcc,
    externalId: back.name,
    clearedId: back.name,
    refundsId: back.paid,
    at: at(back.ms),
    updatedAt: at(back.ms),
  })
  world.book.post(
    back.ms,
    noted(
      purchaseRefunded(`card:${id}:refunded`, back.journal, [{ allocationId: of.allocationId, amount }]),
      bought.shop,
    ),
  )
}

/** People and funds first: the ledger's accounts are for funds that are there. */
export async function writeCardPeople(tx: Tx, rows: PrepaidCards): Promise<void> {
  await insertRows(tx, 'person', rows.person)
  await insertRows(tx, 'authority', rows.authority)
  await insertRows(tx, 'plan', rows.plan)
  await insertRows(tx, 'plan_outcome', rows.outcome)
  await insertRows(tx, 'budget', rows.budget)
  await insertRows(tx, 'allocation', rows.allocation)
  await insertRows(tx, 'instalment', rows.instalment)
  await insertRows(tx, 'plan_line', rows.planLine)
}

export async function writeCards(tx: Tx, rows: PrepaidCards): Promise<void> {
  await insertRows(tx, 'card_programme', rows.programme)
  await tx.card.createMany({ data: rows.card })
  await tx.cardTransaction.createMany({ data: rows.movement })
  await insertRows(tx, 'sandbox_record', rows.record)
}
