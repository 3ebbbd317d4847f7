import { openHouse } from '#services/composition.server.ts'
import { makePool } from '#services/db/client.server.ts'
import { readSettings } from '#services/env.server.ts'
import { system, traceOf } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded, holdPlaced } from '#services/ledger/templates.rules.ts'
import { ledgerCall } from '#services/ledger/wire.rules.ts'
import { makeLog } from '#services/log.server.ts'
import { makeCouncil, makePerson } from '#tests/factories/world.ts'
import { type Row, interleaved, load, median } from './measure.ts'
import { BENCH_DATA } from './site.ts'
import { fillTpcb, tpcb } from './tpcb.ts'

const CLIENTS = 8
const SECONDS = 5
const ROUNDS = 5
const FUNDS = 400

/** One journal a call, as a hold is posted: two accounts of one of many funds. */
export async function ledgerPost(): Promise<Row[]> {
  const settings = {
    ...readSettings({ ...globalThis.process.env, DATA_DIR: BENCH_DATA, DEMO: '0', NODE_ENV: 'production' }),
    databaseUrl: null,
    pool: CLIENTS,
  }
  const house = await openHouse(settings, makeLog('error'))
  const { deps } = house
  const pool = makePool({ url: house.url, max: CLIENTS })
  const owner = makePool({ url: house.url, role: null, max: 1 })
  try {
    await fillTpcb(owner)
    const person = await makePerson(
      deps,
      await makeCouncil(deps),
      Array.from({ length: FUNDS }, () => ({ pence: 1000 })),
    )
    const bookingId = newId()
    const hold = (allocationId: string) =>
      holdPlaced(newId(), [{ allocationId, bookingId, visitId: newId(), amount: pence(100) }])
    for (const allocationId of person.allocationIds)
      await deps.db.tx((tx) =>
        postJournals(tx, deps.clock.now(), system('bench'), [
          allocationFunded(newId(), allocationId, pence(50_000_000)),
          hold(allocationId),
        ]),
      )
    const trace = { ...traceOf(system('bench')), forPersonId: person.personId }
    let next = 0
    const post = async (): Promise<void> => {
      next += 1
      const call = ledgerCall([hold(person.allocationIds[next % FUNDS] ?? '')], deps.clock.now(), trace)
      await deps.db.hot('bench.ledger_post', 'select * from ledger_post($1::jsonb, $2::jsonb)', [
        call.journals,
        call.accounts,
      ])
    }
    await load(CLIENTS, 2, post)
    await owner.query('vacuum analyze')
    const { floor, subject } = await interleaved(
      ROUNDS,
      () => load(CLIENTS, SECONDS, () => tpcb(pool)),
      () => load(CLIENTS, SECONDS, post),
    )
    const faults = await owner.query('select * from ledger_faults()')
    if (faults.rows.length > 0) throw new Error('the books do not balance after the bench')
    const base = median(floor.map((round) => round.perSecond))
    const value = median(subject.map((round) => round.perSecond))
    const ratio = value / base
    return [
      {
        name: 'ledger-post',
        value,
        unit: 'journals/s',
        floor: base,
        ratio,
        target: '≥ 0.70 of TPC-B',
        ok: ratio >= 0.7,
      },
    ]
  } finally {
    await Promise.all([pool.end(), owner.end()])
    await house.close()
  }
}
