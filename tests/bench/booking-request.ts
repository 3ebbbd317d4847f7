import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { choicesOf } from '#services/bookings/start-draft.server.ts'
import { openHouse, type House } from '#services/composition.server.ts'
import { makePool } from '#services/db/client.server.ts'
import { readSettings } from '#services/env.server.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { londonDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { makeLog } from '#services/log.server.ts'
import {
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  type TestPerson,
} from '#tests/factories/world.ts'
import { type Row, interleaved, load, median } from './measure.ts'
import { BENCH_DATA } from './site.ts'

const CLIENTS = 8
const SECONDS = 4
const ROUNDS = 3
const PEOPLE = 40
/** Far more than a round can ask for. */
const DRAFTS = 14_000
const SCALE = 10

/** pgbench's "TPC-B (sort of)": the same five statements in one transaction, tables filled and analysed. */
const TPCB = {
  fill: `
    create table bench_branches (bid int primary key, bbalance int not null, filler char(88));
    create table bench_tellers (tid int primary key, bid int not null, tbalance int not null, filler char(84));
    create table bench_accounts (aid int primary key, bid int not null, abalance int not null, filler char(84));
    create table bench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    insert into bench_branches select n, 0, '' from generate_series(1, ${String(SCALE)}) n;
    insert into bench_tellers select n, (n - 1) / 10 + 1, 0, '' from generate_series(1, ${String(SCALE * 10)}) n;
    insert into bench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${String(SCALE * 100_000)}) n;
    grant all on bench_branches, bench_tellers, bench_accounts, bench_history to kith_app;
    analyze bench_branches; analyze bench_tellers; analyze bench_accounts; analyze bench_history;`,
}

export async function bookingRequest(): Promise<Row[]> {
  const settings = {
    ...readSettings({ ...globalThis.process.env, DATA_DIR: BENCH_DATA, DEMO: '0', NODE_ENV: 'production' }),
    databaseUrl: null,
    pool: CLIENTS,
  }
  const house = await openHouse(settings, makeLog('error'))
  const pool = makePool({ url: house.url, max: CLIENTS })
  const owner = makePool({ url: house.url, role: null, max: 1 })
  try {
    const there = await owner.query<{ t: string | null }>(`select to_regclass('bench_accounts')::text as t`)
    if (!there.rows[0]?.t) await owner.query(TPCB.fill)
    const world = await makeWorld(house)
    const floor = () =>
      load(CLIENTS, SECONDS, async () => {
        const [aid, tid, bid, delta] = [
          random(SCALE * 100_000),
          random(SCALE * 10),
          random(SCALE),
          random(5000),
        ]
        const client = await pool.connect()
        try {
          await client.query('begin')
          await client.query({
            name: 'b1',
            text: 'update bench_accounts set abalance = abalance + $1 where aid = $2',
            values: [delta, aid],
          })
          await client.query({
            name: 'b2',
            text: 'select abalance from bench_accounts where aid = $1',
            values: [aid],
          })
          await client.query({
            name: 'b3',
            text: 'update bench_tellers set tbalance = tbalance + $1 where tid = $2',
            values: [delta, tid],
          })
          await client.query({
            name: 'b4',
            text: 'update bench_branches set bbalance = bbalance + $1 where bid = $2',
            values: [delta, bid],
          })
          await client.query({
            name: 'b5',
            text: 'insert into bench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
            values: [tid, bid, aid, delta],
          })
          await client.query('commit')
        } finally {
          client.release()
        }
      })
    const drafts = await makeDrafts(house, owner, world)
    let next = 0
    const askOnce = async (): Promise<void> => {
      const draft = drafts[next]
      next += 1
      if (!draft) throw new Error('more requests than drafts: raise DRAFTS')
      const asked = await askForVisits(house.deps, draft.person.actor, {
        bookingId: draft.bookingId,
        personId: draft.person.personId,
        expectedPence: 2750,
      })
      if (!asked.now) throw new Error('a request was not asked')
    }
    const subject = () => load(CLIENTS, SECONDS, askOnce)
    // Tables that were analysed while empty give plans that are several times slower.
    await load(CLIENTS, 3, askOnce)
    await owner.query('vacuum analyze')
    await load(CLIENTS, 1, async () => void (await pool.query('select 1')))
    const { floor: floors, subject: subjects } = await interleaved(ROUNDS, floor, subject)
    const faults = await owner.query('select * from ledger_faults()')
    if (faults.rows.length > 0) throw new Error('the books do not balance after the bench')
    const [base, value] = [
      median(floors.map((round) => round.perSecond)),
      median(subjects.map((round) => round.perSecond)),
    ]
    const ratio = value / base
    return [
      {
        name: 'booking-request',
        value,
        unit: 'requests/s',
        floor: base,
        ratio,
        target: '≥ 0.40 of TPC-B',
        ok: ratio >= 0.4,
      },
    ]
  } finally {
    await Promise.all([pool.end(), owner.end()])
    await house.close()
  }
}

const random = (most: number): number => 1 + Math.floor(Math.random() * most)

async function makeWorld(house: House) {
  const { deps } = house
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps, { lanes: 5 })
  const service = await makeService(deps, provider.providerId)
  const people: TestPerson[] = []
  for (let n = 0; n < PEOPLE; n += 1) {
    // Three funds each, as people have them: the read, the rules and the split work for what they cost.
    const person = await makePerson(deps, councilId, [{ pence: 1000 }, { pence: 1000 }, { pence: 1000 }])
    const first = person.allocationIds[0] ?? ''
    await deps.db.tx((tx) =>
      postJournals(tx, deps.clock.now(), system('bench'), [
        allocationFunded(newId(), first, pence(5_000_000_00)),
      ]),
    )
    people.push(person)
  }
  return { provider, service, people }
}

/** Drafts as the first page of booking makes them, by the thousand. */
async function makeDrafts(
  house: House,
  owner: ReturnType<typeof makePool>,
  world: Awaited<ReturnType<typeof makeWorld>>,
) {
  const service = await house.deps.db.prisma.service.findUniqueOrThrow({
    where: { id: world.service.serviceId },
  })
  const date = londonDate(house.deps.clock.now()).add({ days: 14 }).toString()
  const choices = choicesOf({ firstDate: date, time: '09:00', minutes: 60, visits: 1, without: [] })
  const drafts = Array.from({ length: DRAFTS }, (_, n) => ({
    bookingId: newId(),
    person: world.people[n % PEOPLE] as TestPerson,
  }))
  await owner.query(
    `insert into booking (id, reference, person_id, provider_id, service_id, service_version_id, category_code, terms, choices, updated_at)
     select d.id::uuid, d.id, d.person_id::uuid, $3, $4, $5, 'help_at_home', '{}', $6, now() from unnest($1::text[], $2::text[]) as d (id, person_id)`,
    [
      drafts.map((draft) => draft.bookingId),
      drafts.map((draft) => draft.person.personId),
      world.provider.providerId,
      service.id,
      service.currentVersionId,
      JSON.stringify(choices),
    ],
  )
  return drafts
}
