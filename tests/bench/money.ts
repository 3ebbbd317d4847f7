import { moneyPage } from '#services/budgets/money-page.server.ts'
import { openHouse, type House } from '#services/composition.server.ts'
import { makePool } from '#services/db/client.server.ts'
import { readSettings } from '#services/env.server.ts'
import { verifyBooks } from '#services/ledger/verify-books.server.ts'
import { makeLog } from '#services/log.server.ts'
import { settleDueVisits } from '#services/settlement/settle-visits.server.ts'
import { makeCouncil, makePerson, makeProvider, makeService, userActor } from '#tests/factories/world.ts'
import { manyConfirmedVisits, manyPeople, manyPostings } from '#tests/support/many.ts'
import { type Row, median } from './measure.ts'
import { BENCH_DATA, emptyFolder } from './site.ts'

/** About £1.00 a visit, four visits a week for two years: 417 of them, six postings each. */
const CYCLES = 417
const POSTINGS_A_PERSON = CYCLES * 6
const MANY = 5_000_000
const PAGES = 60

async function open(): Promise<{ house: House; owner: ReturnType<typeof makePool> }> {
  await emptyFolder(BENCH_DATA)
  const settings = {
    ...readSettings({ ...globalThis.process.env, DATA_DIR: BENCH_DATA, DEMO: '0', NODE_ENV: 'production' }),
    databaseUrl: null,
  }
  const house = await openHouse(settings, makeLog('error'))
  // One connection, so that temporary tables are still there for the next statement.
  return { house, owner: makePool({ url: house.url, role: null, max: 1 }) }
}

async function world(house: House) {
  const { deps } = house
  const councilId = await makeCouncil(deps)
  const { providerId } = await makeProvider(deps)
  const { serviceId } = await makeService(deps, providerId)
  const { allocationIds } = await makePerson(deps, councilId, [{ pence: 100 }])
  const { streamId } = await deps.db.prisma.allocation.findUniqueOrThrow({
    where: { id: allocationIds[0] ?? '' },
  })
  return {
    councilId,
    providerId,
    serviceId,
    streamId,
    deployment: 'direct_payment_bank',
    pence: 100 * CYCLES + 50_000,
  }
}

/** How long "My money" takes for people who have been here for two years, one after another: the median in milliseconds. */
async function myMoney(house: House, name: string): Promise<number> {
  const people = await house.deps.db.prisma.person.findMany({
    where: { name },
    select: { id: true },
    take: PAGES,
  })
  const times: number[] = []
  for (let n = 0; n < PAGES + 5; n += 1) {
    const personId = people[n % people.length]?.id ?? ''
    const from = performance.now()
    await moneyPage(house.deps, userActor(personId, { personId }), { month: null, page: null, holds: false })
    // The first ones plan their statements.
    if (n >= 5) times.push(performance.now() - from)
  }
  return median(times)
}

async function refuseFaults(owner: ReturnType<typeof makePool>): Promise<void> {
  const faults = await owner.query('select * from ledger_faults() union all select * from money_faults()')
  if (faults.rows.length > 0) throw new Error('the books do not balance after the bench')
}

/** "My money" and the proof of the books, with five thousand postings and with five million. */
export async function longHistory(): Promise<Row[]> {
  const { house, owner } = await open()
  try {
    const made = await world(house)
    const fill = async (name: string, count: number): Promise<void> => {
      await manyPeople(owner, { ...made, name, count })
      await manyPostings(owner, { name, each: CYCLES, providerId: made.providerId })
      await owner.query('vacuum analyze')
    }
    await fill('Of few', 2)
    const few = await myMoney(house, 'Of few')
    await fill('Of many', Math.ceil(MANY / POSTINGS_A_PERSON))
    const many = await myMoney(house, 'Of many')
    const from = performance.now()
    const { faults, postings } = await verifyBooks(house.deps.db)
    const seconds = (performance.now() - from) / 1000
    if (faults.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(faults.slice(0, 3))}`)
    if (postings < MANY) throw new Error(`only ${String(postings)} postings`)
    return [
      {
        name: 'my-money-growth',
        value: many,
        unit: 'ms',
        floor: few,
        ratio: many / few,
        target: '≤ 1.3 × with five thousand postings',
        ok: many / few <= 1.3,
      },
      {
        name: 'ledger-verify',
        value: seconds,
        unit: 's',
        floor: null,
        ratio: null,
        target: '< 60 s',
        ok: seconds < 60,
      },
    ]
  } finally {
    await owner.end()
    await house.close()
  }
}

/** A month of a large council: a hundred thousand confirmed visits of two thousand people, by the job that does it. */
export async function settleMonth(): Promise<Row[]> {
  const { house, owner } = await open()
  try {
    const { pence: _pence, ...made } = await world(house)
    const name = 'Of a month'
    await manyPeople(owner, { ...made, name, count: 2_000, pence: 2_000 * 50 + 500 })
    await manyConfirmedVisits(owner, {
      name,
      each: 50,
      providerId: made.providerId,
      serviceId: made.serviceId,
    })
    await owner.query('vacuum analyze')
    const from = performance.now()
    const { settled } = await settleDueVisits(house.deps)
    const seconds = (performance.now() - from) / 1000
    if (settled.length !== 100_000)
      throw new Error(`${String(settled.length)} of 100,000 visits were settled`)
    await refuseFaults(owner)
    return [
      {
        name: 'settle-month',
        value: seconds,
        unit: 's',
        floor: null,
        ratio: null,
        target: '< 120 s',
        ok: seconds < 120,
      },
    ]
  } finally {
    await owner.end()
    await house.close()
  }
}
