import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { pence } from '#services/kernel/money.ts'
import { purchaseCleared, purchaseHeld } from '#services/ledger/purchase-templates.rules.ts'
import { allocationAdjusted, allocationFunded } from '#services/ledger/templates.rules.ts'
import type { Borough, CouncilSlug } from './borough.ts'
import { VOUCHERS, FUNDS, PURCHASES, type FundStory, type PurchaseStory } from './buying-list.ts'
import { at, column, DAY, HOUR, insertRows, type Kit, wallMs } from './kit.ts'
import type { SeededPerson } from './people.ts'
import { receiptPdf } from './receipt.ts'
import type { Streams } from './streams.ts'
import type { Users } from './users.ts'
import type { World } from './world.ts'

/** What is bought from people who are not listed, vouchers, and what advisers spend; as the use cases would have left it. */
export interface Buying {
  streams: Prisma.FundingStreamCreateManyInput[]
  budgets: Prisma.BudgetCreateManyInput[]
  allocations: Prisma.AllocationCreateManyInput[]
  instalments: Prisma.InstalmentCreateManyInput[]
  planLines: Prisma.PlanLineCreateManyInput[]
  purchases: Prisma.PurchaseCreateManyInput[]
  instructions: Prisma.PaymentInstructionCreateManyInput[]
  evidence: Record<string, unknown>[]
  limits: { councilId: string; atOnce: number | null; adviser: number | null; nowMs: number }[]
  /** Streams that ask for receipts above a sum. */
  receipts: { streamId: string; over: number }[]
}

interface Given {
  world: World
  people: readonly SeededPerson[]
  streams: Streams
  borough: Borough
  users: Users
}

interface Fund {
  id: string
  streamId: string
  holderId: string | null
}

export function makeBuying(kit: Kit, given: Given): Buying {
  const { people, streams, borough } = given
  const buying: Buying = { streams: [], budgets: [], allocations: [], instalments: [], planLines: [], purchases: [], instructions: [], evidence: [], limits: [], receipts: [] } // prettier-ignore
  const own = ownStreams(kit, borough, buying)
  const person = (name: string): SeededPerson => {
    const found = people.find((one) => one.seed.name === name)
    if (!found) throw new Error(`Nobody is called ${name}`)
    return found
  }
  const streamOf = (story: FundStory, council: CouncilSlug): string =>
    own.get(story.stream) ?? streams[council][story.stream as keyof Streams[CouncilSlug]].id
  const funds = new Map<string, Fund>()
  for (const story of FUNDS) {
    const who = person(story.person)
    funds.set(
      `${story.person} ${story.key}`,
      addFund(kit, given, buying, who, story, streamOf(story, who.council)),
    )
  }
  for (const story of PURCHASES) {
    const who = person(story.person)
    const fund = funds.get(`${story.person} ${story.fund}`) ?? fundOfHistory(given.world, who, story)
    if (fund) addPurchase(kit, given, buying, who, story, fund)
  }
  addVouchers(kit, given, buying, (stream) => own.get(stream) ?? streams.aldermere.voucher.id)
  const [aldermere, thornhaugh] = [borough.councilId.aldermere, borough.councilId.thornhaugh]
  buying.limits.push({ councilId: aldermere, atOnce: 10_000, adviser: 10_000, nowMs: kit.nowMs })
  buying.limits.push({ councilId: thornhaugh, atOnce: null, adviser: 10_000, nowMs: kit.nowMs })
  buying.receipts.push({ streamId: streams.aldermere.health.id, over: 5_000 })
  for (const council of ['aldermere', 'thornhaugh'] as const)
    buying.receipts.push({ streamId: streams[council].equipment.id, over: 10_000 })
  return buying
}

/** Two schemes of Aldermere beside those that every council has. */
function ownStreams(kit: Kit, borough: Borough, buying: Buying): Map<string, string> {
  const made = new Map<string, string>()
  for (const { code, ...rules } of [
    {
      code: 'get_online',
      kind: 'voucher' as const,
      name: 'Get Online voucher',
      funder: 'Aldermere Community Fund',
      allowedCategories: ['technology', 'learning_and_skills'],
      canBuy: 'a tablet or what goes with it, and somebody to show you how',
      refusalReason: 'What is left at the end goes back to the fund.',
    },
    {
      code: 'break',
      kind: 'carer' as const,
      name: 'Break for carers',
      funder: 'Aldermere Council',
      allowedCategories: [
        'short_breaks',
        'getting_out',
        'day_activities',
        'wellbeing',
        'learning_and_skills',
      ],
      canBuy: 'a break from caring: a weekend away, a day out, a class',
      refusalReason: 'Care for the person you look after comes from their own budget.',
    },
  ]) {
    const id = kit.id(kit.nowMs)
    made.set(code, id)
    buying.streams.push({
      id,
      councilId: borough.councilId.aldermere,
      refusedCategories: [],
      createdAt: at(kit.nowMs - 400 * DAY),
      ...rules,
    })
  }
  return made
}

function addFund(
  kit: Kit,
  { world, users }: Pick<Given, 'world' | 'users'>,
  buying: Buying,
  who: SeededPerson,
  story: Omit<FundStory, 'person' | 'key'> & { allowed?: readonly string[] },
  streamId: string,
): Fund {
  const from = kit.today.subtract({ days: story.daysAgo })
  const until = kit.today.add({ days: story.daysAhead })
  const ms = wallMs(from, 360)
  const [budgetId, id, instalmentId] = [kit.id(ms - DAY), kit.id(ms - DAY), kit.id(ms - DAY)]
  const adviser = who.council === 'aldermere' ? 'Leon Marsh' : 'Sian Beckett'
  const adviserId = users.byName.get(adviser)?.id ?? null
  buying.budgets.push({
    id: budgetId,
    personId: who.id,
    startsOn: column(from),
    endsOn: column(until),
    createdAt: at(ms - DAY),
  })
  buying.allocations.push({
    id,
    budgetId,
    streamId,
    personId: who.id,
    deployment: story.held,
    agreedPence: story.value,
    cadence: 'once',
    instalmentPence: story.value,
    startsOn: column(from),
    endsOn: column(until),
    adviserUserId: story.held === 'adviser_held' ? adviserId : null,
    chosenBecause: story.because,
    explainedBy: `${adviser}, adviser`,
    chosen: true,
    createdAt: at(ms - DAY),
  })
  buying.instalments.push({
    id: instalmentId,
    allocationId: id,
    number: 1,
    dueOn: column(from),
    pence: story.value,
    arrivedAt: at(ms),
  })
  world.book.post(ms, allocationFunded(`funded:${instalmentId}`, id, pence(story.value)))
  for (const category of story.plan ?? [])
    buying.planLines.push({
      id: kit.id(ms),
      allocationId: id,
      categoryCode: category,
      weeklyPence: 500,
      approvedAt: at(ms),
      approvedById: adviserId,
      startsOn: column(from),
      endsOn: column(until),
    })
  return { id, streamId, holderId: null }
}

/** A fund that history was played with: what it has left is taken note of, and nothing is bought that it cannot pay. */
function fundOfHistory(world: World, who: SeededPerson, story: PurchaseStory): Fund | null {
  const today = world.kit.today.toString()
  const found = (world.fundsOf.get(who.id) ?? []).find(
    (one) => one.code === story.fund && one.startsOn <= today && today <= one.endsOn,
  )
  if (!found) return null
  const needs = story.state === 'ordered' || story.state === 'paid' ? story.pence : 0
  if (found.available < needs) return null
  found.available -= story.state === 'paid' ? (story.paid ?? story.pence) : needs
  return {
    id: found.id,
    streamId: found.stream.id,
    holderId: found.payer.kind === 'fund_holder' ? found.payer.id : null,
  }
}

const ORDER = ['proposed', 'agreed', 'ordered', 'paid'] as const

function addPurchase(
  kit: Kit,
  { world, users }: Given,
  buying: Buying,
  who: SeededPerson,
  story: PurchaseStory,
  fund: Fund,
): void {
  const userOf = (name: string | undefined): string | null =>
    name ? (users.byName.get(name)?.id ?? null) : null
  const proposedMs = Math.min(kit.nowMs - HOUR, wallMs(kit.today.subtract({ days: story.daysAgo }), 615))
  const has = (state: (typeof ORDER)[number]): boolean => ORDER.indexOf(story.state) >= ORDER.indexOf(state)
  const later = (days: number): number => Math.min(kit.nowMs - HOUR / 2, proposedMs + days * DAY)
  const id = kit.id(proposedMs)
  const agreedMs = later(1)
  const paidMs = later(4)
  const by = userOf(story.by) ?? who.userId
  const authority = story.by
    ? (who.supporters.find(({ userId }) => userId === by)?.authorityId ?? null)
    : null
  const paidPence = has('paid') ? (story.paid ?? story.pence) : null
  const councilAgreed = has('agreed') || story.councilAgreed === true
  buying.purchases.push({
    id,
    personId: who.id,
    allocationId: fund.id,
    categoryCode: story.category,
    seller: story.seller,
    what: story.what,
    pence: story.pence,
    units: story.units ?? 1,
    paidPence,
    refundedPence: 0,
    state: story.state,
    outcome: story.outcome ?? '',
    reason: story.reason ?? '',
    proposedById: by,
    authorityId: authority,
    proposedAt: at(proposedMs),
    agreedById: councilAgreed ? userOf(story.agreedBy) : null,
    agreedAt: councilAgreed ? at(agreedMs) : null,
    personAgreedAt: story.waitsForPerson ? null : at(agreedMs),
    paidOn: has('paid') ? column(kit.today.subtract({ days: Math.max(0, story.daysAgo - 4) })) : null,
    recordedById: has('paid') ? (userOf(story.recordedBy) ?? who.userId) : null,
    auditedById: story.audit ? userOf('Gillian Stott') : null,
    auditedAt: story.audit ? at(later(6)) : null,
    auditNote: story.audit?.note ?? '',
    flagged: story.audit?.flagged ?? false,
  })
  const person = { userId: who.userId, personId: who.id }
  if (has('ordered'))
    world.book.post(
      later(2),
      purchaseHeld(`purchase:${id}:${String(agreedMs)}:held`, id, [
        { allocationId: fund.id, amount: pence(story.pence) },
      ]),
      person,
    )
  if (paidPence !== null)
    world.book.post(
      paidMs,
      purchaseCleared(`purchase:${id}:paid`, id, [
        { allocationId: fund.id, held: pence(story.pence), amount: pence(paidPence) },
      ]),
      person,
    )
  if (has('ordered') && fund.holderId !== null)
    buying.instructions.push({
      id: kit.id(later(2)),
      allocationId: fund.id,
      personId: who.id,
      holderId: fund.holderId,
      purchaseId: id,
      pence: story.pence,
      state: has('paid') ? 'done' : 'asked',
      note: `${story.what}, ${story.seller}`,
      askedById: who.userId,
      askedAt: at(later(2)),
      answeredAt: has('paid') ? at(paidMs) : null,
    })
  if (story.receipt && paidPence !== null) {
    const bytes = receiptPdf([story.seller, story.what, `Paid ${(paidPence / 100).toFixed(2)}`])
    buying.evidence.push({
      id: kit.id(paidMs),
      personId: who.id,
      purchaseId: id,
      name: 'receipt.pdf',
      mime: 'application/pdf',
      bytes: `\\x${Buffer.from(bytes).toString('hex')}`,
      givenById: who.userId,
      givenAt: at(paidMs),
    })
  }
  for (const [verb, ms] of [
    ['proposed', proposedMs],
    ...(has('agreed') ? [['agreed', agreedMs] as const] : []),
    ...(has('ordered') ? [['ordered', later(2)] as const] : []),
    ...(has('paid') ? [['paid', paidMs] as const] : []),
  ] as const)
    world.audits.push({
      id: kit.id(ms),
      at: at(ms),
      actorUserId:
        verb === 'agreed'
          ? userOf(story.agreedBy)
          : verb === 'paid'
            ? (userOf(story.recordedBy) ?? who.userId)
            : by,
      forPersonId: who.id,
      authorityId: verb === 'proposed' ? authority : null,
      action: `purchase.${verb}`,
      subjectType: 'purchase',
      subjectId: id,
      facts: { pence: story.pence },
    })
}

/** Vouchers of people without a story, so that their issuer has something to read: some not used, some in part, some over. */
function addVouchers(kit: Kit, given: Given, buying: Buying, streamOf: (stream: string) => string): void {
  const { rng } = kit
  const named = new Set([...FUNDS, ...PURCHASES].map(({ person }) => person))
  const others = given.people.filter(
    ({ council, seed }) =>
      council === 'aldermere' && !named.has(seed.name) && !seed.carer && seed.name !== 'Joan Ellery',
  )
  for (const { stream, people: many, value, uses, plan, ended } of VOUCHERS) {
    rng
      .shuffled(others)
      .slice(0, many)
      .forEach((who, n) => {
        const over = n < ended
        const fund = addFund(
          kit,
          given,
          buying,
          who,
          {
            stream,
            held: 'council_managed',
            value,
            daysAgo: over ? 200 : 90,
            daysAhead: over ? -20 : 60,
            because: 'A voucher from the community fund.',
            plan,
          },
          streamOf(stream),
        )
        const used = uses[n % uses.length]
        if (used)
          addPurchase(
            kit,
            given,
            buying,
            who,
            {
              ...used,
              person: who.seed.name,
              fund: stream,
              daysAgo: over ? 60 : rng.int(12, 60),
              agreedBy: 'Farida Hussain',
              recordedBy: 'Gillian Stott',
              state: 'paid',
            },
            fund,
          )
        const left = value - (used?.paid ?? used?.pence ?? 0)
        const ms = wallMs(kit.today.subtract({ days: 19 }), 100)
        // As the job does on the day after the last one.
        if (over && left > 0) {
          const day = kit.today.subtract({ days: 19 }).toString()
          const journal = allocationAdjusted(`voucher_ended:${fund.id}:${day}`, fund.id, pence(left))
          given.world.book.post(ms, { ...journal, note: 'it ended, and what was left went back' })
        }
      })
  }
}

/** After the people, their budgets and the year of history. */
export async function writeBuying(tx: Tx, buying: Buying): Promise<void> {
  await insertRows(tx, 'funding_stream', buying.streams)
  await insertRows(tx, 'budget', buying.budgets)
  await insertRows(tx, 'allocation', buying.allocations)
  await insertRows(tx, 'instalment', buying.instalments)
  await insertRows(tx, 'plan_line', buying.planLines)
  await insertRows(tx, 'purchase', buying.purchases)
  await insertRows(tx, 'payment_instruction', buying.instructions)
  await insertRows(tx, 'evidence', buying.evidence)
  for (const { streamId, over } of buying.receipts)
    await tx.fundingStream.update({
      where: { id: streamId },
      data: { receipts: 'over', receiptsOverPence: over },
    })
  for (const { councilId, atOnce, adviser, nowMs } of buying.limits) {
    const limits = { purchaseAtOncePence: atOnce, adviserLimitPence: adviser, updatedAt: at(nowMs) }
    await tx.councilMoney.upsert({ where: { councilId }, create: { councilId, ...limits }, update: limits })
  }
}
