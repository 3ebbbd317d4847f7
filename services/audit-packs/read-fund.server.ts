/** The grant's side of a pack: the fund, its people, its money over a time, and what was decided about it. */
import { fundStatementOf } from './read-lines.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { LONDON, dateColumn, fromDate, londonDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { readPeriod } from '#services/ledger/read-period.server.ts'
import { receiptRule } from '#services/purchases/purchases-of-funds.server.ts'
import type { PackPeriod, PackSums } from './pack.rules.ts'

const MOST = 200

const find = (tx: Tx, allocationId: string) =>
  tx.allocation.findUnique({
    where: { id: allocationId },
    include: {
      stream: true,
      holder: { select: { name: true } },
      payIn: { select: { id: true } },
      budget: {
        select: {
          person: {
            select: {
              id: true,
              name: true,
              shortName: true,
              councilId: true,
              section117: true,
              council: { select: { name: true } },
            },
          },
        },
      },
      agreement: {
        select: { startsOn: true, endsOn: true, feeWeeklyPence: true, terms: true, agreedWords: true },
      },
      choices: { orderBy: { recordedAt: 'asc' }, take: MOST },
      orders: {
        where: { state: { in: ['placed', 'ended'] } },
        orderBy: { startsOn: 'asc' },
        take: MOST,
        include: { provider: { select: { name: true } } },
      },
      planLines: {
        orderBy: { startsOn: 'asc' },
        take: MOST,
        include: { category: { select: { name: true } } },
      },
    },
  })

/** One fund with its person. A fund that the person pays in belongs to the one it goes towards. @throws NOT_FOUND */
export async function readFund(tx: Tx, allocationId: string) {
  const found = isId(allocationId) ? await find(tx, allocationId) : null
  if (!found || found.towardsId) throw notFound()
  const { budget, payIn, ...allocation } = found
  return {
    ...allocation,
    person: budget.person,
    startsOn: plainDateOf(allocation.startsOn),
    endsOn: plainDateOf(allocation.endsOn),
    receiptRule: receiptRule(allocation.stream),
    /** The fund, and what the person pays into it. */
    ids: [allocation.id, ...(payIn ? [payIn.id] : [])],
  }
}
export type Fund = Awaited<ReturnType<typeof readFund>>

const startOf = (day: PackPeriod['from']) => day.toZonedDateTime(LONDON).toInstant()

/** Every figure of the fund over a time, and each line of it, oldest first. */
export async function readMoney(tx: Tx, fund: Fund, period: PackPeriod) {
  const [from, until] = [startOf(period.from), startOf(period.until.add({ days: 1 }))]
  const [periods, balances, statements] = await Promise.all([
    readPeriod(tx, fund.ids, from, until),
    readBalances(tx, fund.ids),
    fundStatementOf(tx, fund.ids, period),
  ])
  const sum = (pick: (one: (typeof periods)[number]) => number): number =>
    periods.reduce((all, one) => all + pick(one), 0)
  const [closing, setAside, kept] = [
    sum((one) => one.closing),
    sum((one) => one.held),
    sum((one) => one.kept),
  ]
  const sums: PackSums = {
    opening: sum((one) => one.opening),
    in: sum((one) => one.moneyIn),
    out: sum((one) => one.moneyOut),
    closing,
    setAside,
    kept,
    left: closing - setAside - kept,
  }
  const now = [...balances.values()]
  const all = (pick: (one: (typeof now)[number]) => number): number =>
    now.reduce((total, one) => total + pick(one), 0)
  return {
    sums,
    now: {
      received: all((one) => one.funded),
      spent: all((one) => one.spent),
      setAside: all((one) => one.held),
      kept: all((one) => one.ringFenced),
      left: all((one) => one.available),
    },
    lines: statements.lines,
    linesLeftOut: statements.leftOut,
  }
}
/** What was due to come, and what came. */
export async function readInstalments(tx: Tx, fund: Fund, { from, until }: PackPeriod) {
  const rows = await tx.instalment.findMany({
    where: { allocationId: { in: fund.ids }, dueOn: { gte: dateColumn(from), lte: dateColumn(until) } },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  return rows.map((row) => ({
    id: row.id,
    payIn: row.allocationId !== fund.id,
    dueOn: plainDateOf(row.dueOn),
    pence: row.pence,
    arrivedOn: row.arrivedAt ? londonDate(fromDate(row.arrivedAt)) : null,
    arrivedPence: row.arrivedAt ? (row.arrivedPence ?? row.pence) : null,
    source: row.source,
  }))
}

/** What the person was assessed to pay towards it, in these days. Nothing for aftercare, or for a fund that is no social care. */
export async function readAssessed(tx: Tx, fund: Fund, { from, until }: PackPeriod) {
  if (fund.stream.kind !== 'adult_social_care' || fund.person.section117) return []
  const rows = await tx.contributionAssessment.findMany({
    where: {
      personId: fund.person.id,
      startsOn: { lte: dateColumn(until) },
      OR: [{ endsOn: null }, { endsOn: { gte: dateColumn(from) } }],
    },
    orderBy: [{ startsOn: 'asc' }, { decidedAt: 'asc' }],
    take: MOST,
  })
  return rows.map((row) => ({
    id: row.id,
    startsOn: plainDateOf(row.startsOn),
    endsOn: row.endsOn ? plainDateOf(row.endsOn) : null,
    decidedOn: londonDate(fromDate(row.decidedAt)),
    method: row.method,
    weekly: row.weeklyPence,
    reason: row.reason,
  }))
}
