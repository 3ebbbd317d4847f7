import { openHouse } from '#services/composition.server.ts'
import { makePool } from '#services/db/client.server.ts'
import { readSettings } from '#services/env.server.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { londonDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded, visitSettled } from '#services/ledger/templates.rules.ts'
import { makeLog } from '#services/log.server.ts'
import { makeRun } from '#services/runs/make-run.server.ts'
import { abandonRun } from '#services/runs/move-run.server.ts'
import { makeFinance, makePayee, standingApproval } from '#tests/factories/council-pays.ts'
import { makeCouncil, makePerson, makeProvider, makeService } from '#tests/factories/world.ts'
import { type Row, median } from './measure.ts'
import { BENCH_DATA } from './site.ts'

const PEOPLE = 100
const PROVIDERS = 50
/** Each person has a visit by each provider: a payment for a provider, a person and an order each. */
const LINES = PEOPLE * PROVIDERS
const ROUNDS = 3
const COST = 2_650

/** A run of 5,000 lines, built from what is due: read, put together, started, and kept with what it was made with. */
export async function paymentRun(): Promise<Row[]> {
  const settings = {
    ...readSettings({ ...globalThis.process.env, DATA_DIR: BENCH_DATA, DEMO: '0', NODE_ENV: 'production' }),
    databaseUrl: null,
  }
  const house = await openHouse(settings, makeLog('error'))
  const { deps } = house
  const owner = makePool({ url: house.url, role: null, max: 1 })
  try {
    const councilId = await makeCouncil(deps)
    const actor = await makeFinance(deps, councilId, 'Finance')
    const today = londonDate(deps.clock.now())
    const providers: { providerId: string; serviceId: string; versionId: string }[] = []
    for (let n = 0; n < PROVIDERS; n += 1) {
      const { providerId } = await makeProvider(deps)
      const { serviceId } = await makeService(deps, providerId)
      const service = await deps.db.prisma.service.findUniqueOrThrow({ where: { id: serviceId } })
      providers.push({ providerId, serviceId, versionId: service.currentVersionId ?? '' })
      await deps.db.prisma.councilSupplier.create({
        data: {
          councilId,
          providerId,
          number: `S${String(n)}`,
          createdAt: new Date(deps.clock.now().epochMilliseconds),
        },
      })
      await makePayee(deps, providerId)
    }
    const visits: { id: string; bookingId: string; lineId: string; personId: string; allocationId: string; n: number }[] = [] // prettier-ignore
    for (let n = 0; n < PEOPLE; n += 1) {
      const person = await makePerson(deps, councilId, [
        { pence: 100, deployment: 'council_managed', planCategory: 'help_at_home', approved: true },
      ])
      await standingApproval(deps, person)
      const [allocationId = ''] = person.allocationIds
      await deps.db.prisma.planLine.updateMany({
        where: { allocationId },
        data: { startsOn: new Date('2020-01-01'), endsOn: new Date('2100-01-01') },
      })
      for (let p = 0; p < PROVIDERS; p += 1)
        visits.push({ id: newId(), bookingId: newId(), lineId: newId(), personId: person.personId, allocationId, n: p }) // prettier-ignore
    }
    await owner.query(INSERT, [
      JSON.stringify(visits.map((one) => ({ ...one, ...providers[one.n], day: today.toString() }))),
      COST,
      councilId,
    ])
    for (let from = 0; from < visits.length; from += 500)
      await deps.db.tx((tx) =>
        postJournals(tx, deps.clock.now(), system('bench'), [
          ...visits
            .slice(from, from + 500)
            .map((one) => allocationFunded(`bench:${one.id}`, one.allocationId, pence(COST))),
          ...visits.slice(from, from + 500).map(
            (one) =>
            visitSettled(`settle:${one.id}`, providers[one.n]?.providerId ?? '', [
              { allocationId: one.allocationId, bookingId: one.bookingId, visitId: one.id, amount: pence(COST), held: pence(0), payer: { kind: 'council', id: councilId } },
            ]), // prettier-ignore
          ),
        ]),
      )
    await owner.query('vacuum analyze')
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now()
      const made = await makeRun(deps, actor, {
        councilId,
        untilDay: today.toString(),
        providerIds: providers.map(({ providerId }) => providerId),
      })
      times.push((performance.now() - start) / 1000)
      if (made.lines !== LINES) throw new Error(`the run has ${String(made.lines)} lines`)
      await abandonRun(deps, actor, made.runId, { note: 'The next round of the bench.' })
    }
    const faults = await owner.query('select * from ledger_faults() union all select * from money_faults()')
    if (faults.rows.length > 0) throw new Error('the books do not balance after the bench')
    const value = median(times)
    return [
      {
        name: 'payment-run',
        value,
        unit: `s for ${String(LINES)} lines`,
        floor: null,
        ratio: null,
        target: '< 5 s',
        ok: value < 5,
      },
    ]
  } finally {
    await owner.end()
    await house.close()
  }
}

/** Visits that were settled, each with its price line and what the council owes for it. */
const INSERT = `
with rows as (
  select * from jsonb_to_recordset($1::jsonb) as r (id uuid, "bookingId" uuid, "lineId" uuid, "personId" uuid, "allocationId" uuid, "providerId" uuid, "serviceId" uuid, "versionId" uuid, day date)
), bookings as (
  insert into booking (id, reference, person_id, provider_id, service_id, service_version_id, category_code, state, terms, asked_at, answer_by, updated_at)
  select "bookingId", "bookingId"::text, "personId", "providerId", "serviceId", "versionId", 'help_at_home', 'accepted', '{}', now(), now(), now() from rows
), visits as (
  insert into visit (id, booking_id, person_id, provider_id, state, starts_at, ends_at, minutes, occupied_from, occupied_until, quoted_pence, outcome, final_pence, confirmed_at, settled_at, updated_at)
  select id, "bookingId", "personId", "providerId", 'settled', day::timestamptz, day::timestamptz + interval '1 hour', 60, day::timestamptz, day::timestamptz + interval '1 hour', $2::int, 'attended', $2::int, now(), now(), now() from rows
), lines as (
  insert into quote_line (id, visit_id, position, kind, label, quantity, category_code, pence)
  select "lineId", id, 0, 'base', 'One hour', 60, 'help_at_home', $2::int from rows
), funding as (
  insert into funding_line (id, visit_id, quote_line_id, allocation_id, position, pence, used_pence, reason, state)
  select gen_random_uuid(), id, "lineId", "allocationId", 0, $2::int, $2::int, 'bench', 'used' from rows
)
insert into payable (id, visit_id, booking_id, allocation_id, person_id, provider_id, payer_kind, payer_id, pence, on_day, created_at)
select gen_random_uuid(), id, "bookingId", "allocationId", "personId", "providerId", 'council', $3::uuid, $2::int, day, now() from rows`
