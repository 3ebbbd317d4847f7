import { indexServices } from '#services/catalogue/index-services.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { makeBorough, type Borough } from './borough.ts'
import { makeBudgets, type BudgetRows } from './budgets.ts'
import { makeConcerns } from './concerns.ts'
import { playHistory } from './history.ts'
import { branch, DAY, insertRows, makeKit, type Kit } from './kit.ts'
import { makeFirstLogins, makeStaff } from './logins.ts'
import { makePeople, type PeopleRows } from './people.ts'
import { makeProviders, type ProviderRows } from './providers.ts'
import { makeReviews } from './reviews.ts'
import { makeSearches } from './searches.ts'
import { makeServices, type ServiceRows } from './services.ts'
import { makeSlots } from './slots.ts'
import { makeStreams } from './streams.ts'
import { noUsers, type Users } from './users.ts'
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
  const absences = peopleRows.absence.map(({ personId, startsOn, endsOn }) => ({
    personId,
    fromMs: new Date(startsOn).getTime(),
    untilMs: endsOn ? new Date(endsOn).getTime() + DAY : kit.nowMs + 14 * DAY,
  }))
  const world = playHistory(branch(kit, 6), { people, services, slots, allocations, absences, streams })
  const reviews = makeReviews(branch(kit, 7), world)
  const searches = makeSearches(branch(kit, 8), borough, services)
  const concerns = makeConcerns(kit, borough)
  return { borough, users, staff, providerRows, services, serviceRows, streamRows, peopleRows, budgetRows, world, reviews, searches, concerns } // prettier-ignore
}

/**
 * Fills an empty database with two made-up boroughs and a year of their support. Does nothing when anything is there.
 * All of it is one transaction: a start that is killed half-way leaves the database empty.
 * @returns whether it was filled now
 */
export async function seedDemo(deps: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
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
      await writePeople(tx, demo.peopleRows, demo.staff, demo.streamRows, demo.budgetRows)
      await writeHistory(tx, demo.world)
      await insertRows(tx, 'review', demo.reviews)
      await insertRows(tx, 'search_event', demo.searches)
      await insertRows(tx, 'concern', demo.concerns)
      await insertRows(tx, 'notice', demo.world.notices)
      await insertRows(tx, 'audit_event', demo.world.audits)
      await indexServices(
        tx,
        kit.now,
        demo.services.map((service) => service.id),
      )
      return true
    },
    { maxWait: 10_000, timeout: 300_000 },
  )
  if (written) await analyze(deps)
  return written
}

/** Plans made while the tables were empty are several times slower. Only their owner may look at them anew. */
export async function analyze(deps: Pick<Deps, 'db'>): Promise<void> {
  await deps.db.prisma.$transaction([
    deps.db.prisma.$executeRawUnsafe('set local role none'),
    deps.db.prisma.$executeRawUnsafe('analyze'),
  ])
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
): Promise<void> {
  await insertRows(tx, 'staff_membership', staff)
  await insertRows(tx, 'person', people.person)
  await insertRows(tx, 'person_absence', people.absence)
  await insertRows(tx, 'authority', people.authority)
  await insertRows(tx, 'plan', people.plan)
  await insertRows(tx, 'plan_outcome', people.outcome)
  await insertRows(tx, 'funding_stream', streams)
  await insertRows(tx, 'budget', budgets.budget)
  await insertRows(tx, 'allocation', budgets.allocation)
  await insertRows(tx, 'instalment', budgets.instalment)
  await insertRows(tx, 'plan_line', budgets.planLine)
}

async function writeHistory(tx: Tx, world: World): Promise<void> {
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
  // What was confirmed a moment ago, or may still be disputed, is settled when its time comes.
  for (const visit of visits) {
    if (visit.row.state !== 'confirmed') continue
    const settleMs =
      visit.row.outcome === 'no_answer' ? (visit.row.confirmedAt as Date).getTime() + 7 * DAY : kit.nowMs
    await tx.$executeRaw`select jobs.add_job('settle_visits', ${JSON.stringify({ visitIds: [visit.row.id] })}::json, null, ${new Date(settleMs).toISOString()}::timestamptz)`
  }
}
