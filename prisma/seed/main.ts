import { indexServices } from '#services/catalogue/index-services.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { writeBeginners } from './beginners.ts'
import { billHistory, writeBilling, type BillingRows } from './billing.ts'
import { makeBorough, type Borough } from './borough.ts'
import { makeBuying, writeBuying } from './buying.ts'
import { makeBudgets, type BudgetRows } from './budgets.ts'
import { makeConcerns } from './concerns.ts'
import { makeDirectPayments, writeDirectPayments } from './direct-payments.ts'
import { type CouncilMoneyRows, makeCouncilMoney } from './council-money.ts'
import { makeEmployers } from './employers.ts'
import { playHistory } from './history.ts'
import { letOwnersSignIn, makeHolding, writeHolding } from './holding.ts'
import { branch, DAY, insertRows, makeKit, type Kit } from './kit.ts'
import { financeOf, makeFirstLogins, makeStaff } from './logins.ts'
import { makeOrderedCare } from './ordered-care.ts'
import { writeChoices } from './choices.ts'
import { writeQuestions } from './questions.ts'
import { addPayIns } from './pay-ins.ts'
import { makePrepaidCards, writeCardPeople, writeCards } from './prepaid-cards.ts'
import { makePeople, type PeopleRows } from './people.ts'
import { writePhotos } from './photos.ts'
import { makeProof, writeProof } from './proof.ts'
import { makeProviders, type ProviderRows } from './providers.ts'
import { makeRequests, writeRequests } from './requests.ts'
import { makeReviews } from './reviews.ts'
import { makeSearches } from './searches.ts'
import { makeServices, type ServiceRows } from './services.ts'
import { writeShortlists } from './shortlists.ts'
import { makeSlots } from './slots.ts'
import { makeStreams } from './streams.ts'
import { writePayTo } from './pay-to.ts'
import { makeSurplus } from './surplus.ts'
import { makeSuppliers } from './suppliers.ts'
import { noUsers, type Users } from './users.ts'
import { type EmployingRows, fundWages, noEmploying, startWages } from './wages.ts'
import type { World } from './world.ts'

/** Everything the demo holds, made in memory; only then is it written. */
export function makeDemo(kit: Kit) {
  const borough = makeBorough(branch(kit, 1))
  const users = noUsers()
  const staff = makeStaff(kit, borough, users)
  makeFirstLogins(kit, users)
  const { providers, rows: providerRows } = makeProviders(kit, borough, users)
  const { services, rows: serviceRows } = makeServices(kit, providers, providerRows)
  const { streams, rows: streamRows } = makeStreams(kit, borough)
  const { people, rows: peopleRows } = makePeople(branch(kit, 2), borough, providers, users)
  const slots = makeSlots(branch(kit, 4), people, services)
  const { allocations, rows: budgetRows } = makeBudgets(
    branch(kit, 5),
    people,
    slots,
    streams,
    providers,
    users,
  )
  allocations.push(...addPayIns(branch(kit, 42), allocations, budgetRows, streams))
  const absences = peopleRows.absence.map(({ personId, startsOn, endsOn }) => ({
    personId,
    fromMs: new Date(startsOn).getTime(),
    untilMs: endsOn ? new Date(endsOn).getTime() + DAY : kit.nowMs + 14 * DAY,
  }))
  const finance = financeOf(staff)
  const employing = noEmploying()
  const holderId = providers.find(({ seed }) => seed.slug === 'evenhand')?.id ?? ''
  fundWages(allocations, budgetRows)
  const world = playHistory(branch(kit, 6), {
    people,
    services,
    slots,
    allocations,
    absences,
    streams,
    finance,
    holding: makeHolding(branch(kit, 41), allocations, providers, users),
    begin: (world) => {
      startWages(world, { bureauId: holderId, users, rows: employing })
    },
  })
  const billing = billHistory(branch(kit, 43), world, {
    people: peopleRows.person,
    providers: providerRows.provider,
    places: providerRows.place,
    councils: borough.rows.council,
    planLines: budgetRows.planLine,
    ownerId: users.byName.get('Magda Zielinska')?.id ?? '',
  })
  makeEmployers(branch(kit, 40), {
    borough,
    users,
    streams,
    people: peopleRows,
    budgets: budgetRows,
    world,
    holderId,
  })
  const councilMoney = makeCouncilMoney(branch(kit, 31), world, budgetRows, borough)
  const suppliers = makeSuppliers(kit, borough, providers, councilMoney.suppliers)
  const buying = makeBuying(branch(kit, 31), { world, people, streams, borough, users })
  const reviews = makeReviews(branch(kit, 7), world)
  const surplus = makeSurplus(branch(kit, 9), borough, world)
  const searches = makeSearches(branch(kit, 8), borough, services)
  const concerns = makeConcerns(kit, borough)
  letOwnersSignIn(kit, users, providers, providerRows.member)
  const directPayments = makeDirectPayments(branch(kit, 33), borough, providers, streams, users)
  const orderedCare = makeOrderedCare(branch(kit, 34), borough, streams, users)
  const prepaid = makePrepaidCards(branch(kit, 44), { borough, streams, users, world })
  const requests = makeRequests(branch(kit, 46), people, services)
  const proof = makeProof(branch(kit, 45), { borough, world, people, finance })
  return { borough, users, staff, suppliers, providerRows, services, serviceRows, streamRows, peopleRows, budgetRows, world, billing, councilMoney, employing, buying, reviews, searches, concerns, surplus, directPayments, orderedCare, prepaid, proof, requests } // prettier-ignore
}

/**
 * Fills an empty database with two made-up boroughs and a year of their support. Does nothing when anything is there.
 * All of it is one transaction: a start that is killed half-way leaves the database empty.
 * @returns whether it was filled now
 */
export async function seedDemo(deps: Pick<Deps, 'db' | 'clock' | 'files'>): Promise<boolean> {
  const kit = makeKit(deps.clock.now())
  if ((await deps.db.prisma.council.count()) > 0 || (await deps.db.prisma.user.count()) > 0) return false
  const demo = makeDemo(kit)
  const written = await deps.db.prisma.$transaction(
    async (tx) => {
      // Plans are under row-level security; this is what db.asActor does, with the time that a slow machine may need.
      await tx.$queryRaw`select set_config('kith.system', 'on', true), set_config('synchronous_commit', 'off', true),
        set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true)`
      // A second process that starts at the same moment waits here, and then finds it done.
      await tx.$executeRaw`select pg_advisory_xact_lock(20261121)`
      if ((await tx.council.count()) > 0) return false
      await writePlaces(tx, demo.borough, demo.users)
      await writeMarket(tx, demo.providerRows, demo.serviceRows)
      await writePeople(tx, demo.peopleRows, demo.staff, demo.streamRows, demo.budgetRows, demo.suppliers)
      await writeCardPeople(tx, demo.prepaid)
      await writeHistory(tx, demo.world, demo.billing)
      await writeCards(tx, demo.prepaid)
      await insertRows(tx, 'council_money', demo.surplus.money)
      await insertRows(tx, 'surplus_case', demo.surplus.cases)
      await writeCouncilMoney(tx, demo.councilMoney)
      await writeEmploying(tx, demo.employing)
      await writeBuying(tx, demo.buying)
      await insertRows(tx, 'review', demo.reviews)
      await insertRows(tx, 'search_event', demo.searches)
      await insertRows(tx, 'concern', demo.concerns)
      await insertRows(tx, 'notice', demo.world.notices)
      await insertRows(tx, 'audit_event', demo.world.audits)
      await writeDirectPayments(tx, demo.directPayments)
      await writeBeginners(tx, demo.orderedCare)
      await writeProof(tx, demo.proof)
      await writeRequests(tx, demo.requests)
      await writePayTo(tx, kit)
      await writeShortlists(tx, kit)
      await writeChoices(tx, kit)
      await writeQuestions(tx, kit)
      await indexServices(
        tx,
        kit.now,
        demo.services.map((service) => service.id),
      )
      return true
    },
    { maxWait: 10_000, timeout: 300_000 },
  )
  if (written) {
    await writePhotos(deps, kit)
    await analyze(deps)
  }
  return written
}

/** Plans made while the tables were empty are several times slower. Only their owner may look at them anew. */
export async function analyze(deps: Pick<Deps, 'db'>): Promise<void> {
  await deps.db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe('set local role none')
      await tx.$executeRawUnsafe('analyze')
    },
    // A busy machine takes longer than the usual five seconds, and a first start would end there.
    { maxWait: 10_000, timeout: 300_000 },
  )
}

export async function writePlaces(tx: Tx, { rows }: Borough, users: Users): Promise<void> {
  await insertRows(tx, 'council', rows.council)
  await insertRows(tx, 'area', rows.area)
  await insertRows(tx, 'ward', rows.ward)
  await insertRows(tx, 'outcode', rows.outcode)
  await insertRows(tx, 'postcode', rows.postcode)
  await insertRows(tx, 'app_user', users.rows)
}

async function writeMarket(tx: Tx, providers: ProviderRows, services: ServiceRows): Promise<void> {
  await insertRows(tx, 'provider', providers.provider)
  await insertRows(tx, 'member', providers.member)
  await insertRows(tx, 'place', providers.place)
  // Not yet published, because a version's prices come before it is frozen, and checks before it is published.
  await insertRows(
    tx,
    'service',
    services.service.map((row) => ({ ...row, state: 'draft' as const, currentVersionId: null })),
  )
  await insertRows(tx, 'verification', providers.verification)
  await insertRows(tx, 'lane', providers.lane)
  await insertRows(
    tx,
    'service_version',
    services.version.map((row) => ({ ...row, frozenAt: null })),
  )
  await insertRows(tx, 'price_line', services.price)
  await insertRows(tx, 'availability_rule', services.rule)
  await insertRows(tx, 'availability_exception', services.exception)
  const states = services.service.map(({ id, state, currentVersionId }) => ({
    id,
    state,
    version: currentVersionId,
  }))
  const frozen = services.version.map(({ id, frozenAt }) => ({ id, at: frozenAt }))
  await tx.$executeRaw`
    update service_version v set frozen_at = f.at
    from jsonb_to_recordset(${JSON.stringify(frozen)}::jsonb) as f (id uuid, at timestamptz) where v.id = f.id and f.at is not null`
  await tx.$executeRaw`
    update service s set state = f.state, current_version_id = f.version
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb) as f (id uuid, state service_state, version uuid) where s.id = f.id`
}

async function writePeople(
  tx: Tx,
  people: PeopleRows,
  staff: ReturnType<typeof makeStaff>,
  streams: object[],
  budgets: BudgetRows,
  suppliers: object[],
): Promise<void> {
  await insertRows(tx, 'staff_membership', staff)
  await insertRows(tx, 'person', people.person)
  await insertRows(tx, 'person_absence', people.absence)
  await insertRows(tx, 'authority', people.authority)
  await insertRows(tx, 'plan', people.plan)
  await insertRows(tx, 'plan_outcome', people.outcome)
  await insertRows(tx, 'funding_stream', streams)
  await insertRows(tx, 'council_supplier', suppliers)
  await insertRows(tx, 'budget', budgets.budget)
  await insertRows(tx, 'allocation', budgets.allocation)
  await insertRows(tx, 'instalment', budgets.instalment)
  await insertRows(tx, 'plan_line', budgets.planLine)
}

async function writeHistory(tx: Tx, world: World, billing: BillingRows): Promise<void> {
  const { kit } = world
  const visits = world.bookings.flatMap((booking) => booking.visits)
  await insertRows(
    tx,
    'booking',
    world.bookings.map((booking) => booking.row),
  )
  await insertRows(
    tx,
    'visit',
    visits.map((visit) => visit.row),
  )
  const quotes: object[] = []
  const funding: object[] = []
  for (const visit of visits) {
    const asked = (visit.booking.row.askedAt as Date).getTime()
    const ids = visit.quote.map(({ kind, label, quantity, category, pence }, position) => {
      const id = kit.id(asked)
      quotes.push({
        id,
        visitId: visit.row.id,
        position,
        kind,
        label,
        quantity,
        categoryCode: category,
        pence,
      })
      return id
    })
    for (const line of visit.funding) funding.push({ ...line.row, quoteLineId: ids[line.line] })
  }
  await insertRows(tx, 'quote_line', quotes)
  await insertRows(tx, 'funding_line', funding)
  await world.book.write(tx)
  await insertRows(tx, 'payment_run', world.paying.runs)
  await insertRows(tx, 'payment', world.paying.payments)
  await insertRows(tx, 'refund', world.paying.refunds)
  await writeBilling(tx, billing)
  await insertRows(tx, 'payable', world.paying.payables)
  await insertRows(tx, 'payment_line', world.paying.lines)
  await insertRows(tx, 'contribution_assessment', world.charging.assessments)
  await insertRows(tx, 'contribution_week', world.charging.weeks)
  await insertRows(tx, 'contribution_payment', world.charging.payments)
  await insertRows(tx, 'contribution_dispute', world.charging.disputes)
  await insertRows(tx, 'ring_fence', world.ringFences)
  await writeHolding(tx, world.holding)
  // What was confirmed a moment ago, or may still be disputed, is settled when its time comes.
  for (const visit of visits) {
    if (visit.row.state !== 'confirmed') continue
    const settleMs =
      visit.row.outcome === 'no_answer' ? (visit.row.confirmedAt as Date).getTime() + 7 * DAY : kit.nowMs
    await tx.$executeRaw`select jobs.add_job('settle_visits', ${JSON.stringify({ visitIds: [visit.row.id] })}::json, null, ${new Date(settleMs).toISOString()}::timestamptz)`
  }
}

async function writeCouncilMoney(tx: Tx, rows: CouncilMoneyRows): Promise<void> {
  await insertRows(tx, 'council_supplier', rows.suppliers)
  await insertRows(tx, 'payee_account', rows.payees)
  await insertRows(tx, 'council_order', rows.orders)
  await insertRows(tx, 'run_line', rows.runLines)
  await insertRows(tx, 'monitoring_import', rows.imports)
  await insertRows(tx, 'monitoring_line', rows.monitoring)
}

/** Sheets are drafts while their hours are written: what is approved takes no more. */
async function writeEmploying(tx: Tx, { employments, sheets, days, results }: EmployingRows): Promise<void> {
  await insertRows(tx, 'employment', employments)
  await insertRows(
    tx,
    'timesheet',
    sheets.map((sheet) => ({
      ...sheet,
      state: 'draft' as const,
      approvedById: null,
      approvedAt: null,
      sentAt: null,
    })),
  )
  await insertRows(tx, 'timesheet_day', days)
  await tx.$executeRaw`
    update timesheet t set state = s.state, approved_by_id = s."approvedById", approved_at = s."approvedAt", sent_at = s."sentAt"
    from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb)
      as s (id uuid, state timesheet_state, "approvedById" uuid, "approvedAt" timestamptz, "sentAt" timestamptz) where s.id = t.id`
  await insertRows(tx, 'payroll_result', results)
}
