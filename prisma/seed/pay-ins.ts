import { assessedFor } from '#services/contributions/assessment.rules.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { BudgetRows, SeededAllocation, SeededInstalment } from './budgets.ts'
import { at, column, DAY, type Kit, wallMs } from './kit.ts'
import type { Streams } from './streams.ts'

/** Who pays net, and whether their newest payment has come: for one of them the page says that it has not. */
const LATE = ['Joan Ellery']

/**
 * The council pays these funds net, and the person pays the rest into the same account: an allocation of its own, with an
 * instalment beside each of the council's. Together they are as large as the fund was.
 */
export function addPayIns(
  kit: Kit,
  allocations: readonly SeededAllocation[],
  rows: BudgetRows,
  streams: Streams,
): SeededAllocation[] {
  return allocations
    .filter((one) => one.weeklyContribution > 0 && one.held !== 'council_managed')
    .map((fund) => payInOf(kit, fund, rows, streams))
}

function payInOf(kit: Kit, fund: SeededAllocation, rows: BudgetRows, streams: Streams): SeededAllocation {
  const { person } = fund
  const id = kit.id(fund.knownMs)
  const stream = streams[person.council].contribution
  const assessed = [
    {
      id,
      method: 'net_pay_in' as const,
      weeklyPence: fund.weeklyContribution,
      startsOn: fund.startsOn,
      endsOn: fund.endsOn,
      decidedAt: at(fund.knownMs).toISOString(),
    },
  ]
  const due = fund.instalments.filter(({ arrivesMs }) => arrivesMs <= kit.nowMs).length
  const instalments = fund.instalments.map((theirs, index): SeededInstalment => {
    const next = fund.instalments[index + 1]
    const until = next ? Temporal.PlainDate.from(next.dueOn).subtract({ days: 1 }).toString() : fund.endsOn
    const pence = Math.min(theirs.pence - 1, assessedFor(assessed, 'net_pay_in', theirs.dueOn, until))
    theirs.pence -= pence
    theirs.row.pence = theirs.pence
    const late = LATE.includes(person.seed.name) && fund.endsMs > kit.nowMs && index === due - 1
    const arrivesMs = wallMs(Temporal.PlainDate.from(theirs.dueOn), 540) + kit.rng.int(0, 5) * DAY
    const instalmentId = kit.id(fund.knownMs)
    const row = {
      id: instalmentId,
      allocationId: id,
      number: index + 1,
      dueOn: column(Temporal.PlainDate.from(theirs.dueOn)),
      pence,
      arrivedAt: null,
    }
    rows.instalment.push(row)
    return {
      id: instalmentId,
      dueOn: theirs.dueOn,
      pence,
      arrivesMs: late ? kit.nowMs + 400 * DAY : arrivesMs,
      row,
    }
  })
  const all = instalments.reduce((sum, one) => sum + one.pence, 0)
  const theirs = rows.allocation.find((row) => row.id === fund.id)
  if (!theirs) throw new Error('a fund without a row')
  theirs.agreedPence = Number(theirs.agreedPence) - all
  theirs.instalmentPence = Math.max(...fund.instalments.map(({ pence }) => pence))
  rows.allocation.push({
    ...theirs,
    id,
    streamId: stream.id,
    agreedPence: all,
    instalmentPence: Math.max(...instalments.map(({ pence }) => pence)),
    chosenBecause: '',
    explainedBy: '',
    towardsId: fund.id,
  })
  return {
    ...fund,
    id,
    code: 'contribution',
    stream,
    weeklyContribution: 0,
    towards: fund,
    planLines: [],
    instalments,
  }
}
