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
import { fillTpcb, tpcb } from './tpcb.ts'

const CLIENTS = 8
const SECONDS = 4
const ROUNDS = 3
const PEOPLE = 40
/** Far more than a round can ask for. */
const DRAFTS = 24_000

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
    await fillTpcb(owner)
    const world = await makeWorld(house)
    const floor = () => load(CLIENTS, SECONDS, () => tpcb(pool))
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
