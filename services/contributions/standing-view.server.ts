/** How somebody stands with what they pay towards it: what finance and the person themselves both see. */
import type { Tx } from '#services/db/client.server.ts'
import { Temporal, londonDate, longDate, plainDateOf, fromDate } from '#services/kernel/time.ts'
import { type Method, holdsOn } from './assessment.rules.ts'
import { METHOD_WORDS, dayWords, weekWords, weeklyWords, whyCharged } from './contribution-words.ts'
import { AGES, AGE_WORDS } from './owed.rules.ts'
import { paymentView } from './payment-view.ts'
import { readAssessments } from './read-assessments.server.ts'
import { readStanding } from './read-standing.server.ts'
import { isOwnAccount } from './record-payment.server.ts'

const WEEKS_SHOWN = 26

/**
 * @param options allWeeks: more than the last half year; to: whom the words speak to
 */
export async function standingView(
  tx: Tx,
  person: { personId: string; councilId: string },
  today: Temporal.PlainDate,
  { allWeeks, to }: { allWeeks: boolean; to: 'person' | 'finance' },
) {
  const { personId, councilId } = person
  const standing = await readStanding(tx, personId, councilId, today)
  const decisions = await readDecisions(tx, personId, councilId, today)
  const open = standing.disputes.filter(({ kind, state }) => kind === 'dispute' && state === 'open')
  const questioned = new Set(
    open.flatMap(({ weekStartsOn }) => (weekStartsOn ? [plainDateOf(weekStartsOn).toString()] : [])),
  )
  const weeks = [...standing.owed.weeks].reverse()
  const shown = allWeeks ? weeks : weeks.slice(0, WEEKS_SHOWN)
  return {
    ...decisions,
    owed: standing.owed.total as number,
    credit: standing.owed.credit as number,
    onItsWay: standing.onItsWay as number,
    disputed: standing.disputed as number,
    collectable: standing.collectable as number,
    byAge: AGES.map((age) => ({ age, words: AGE_WORDS[age], pence: standing.owed.byAge[age] })),
    weeks: shown.map((week) => ({
      id: week.id,
      monday: week.monday,
      words: weekWords(week.monday),
      cost: week.costPence,
      assessed: week.assessedPence,
      charged: week.chargedPence,
      owed: week.owed,
      why: whyCharged(week, to),
      again: week.round > 1,
      questioned: questioned.has(week.monday),
    })),
    moreWeeks: weeks.length - shown.length,
    payments: standing.payments.map(paymentView),
    questions: standing.disputes
      .filter(({ kind }) => kind === 'dispute')
      .map((one) => ({
        id: one.id,
        about: one.weekStartsOn ? weekWords(plainDateOf(one.weekStartsOn).toString()) : null,
        pence: one.pence,
        reason: one.reason,
        state: one.state,
        decision: one.decision,
        raised: longDate(londonDate(fromDate(one.raisedAt))),
        decided: one.decidedAt ? longDate(londonDate(fromDate(one.decidedAt))) : null,
      })),
    letGo: standing.disputes
      .filter(({ kind, state }) => kind === 'write_off' && state === 'agreed')
      .map((one) => ({
        id: one.id,
        pence: one.pence,
        reason: one.reason,
        day: longDate(londonDate(fromDate(one.raisedAt))),
      })),
    payIns: await readPayIns(tx, personId, today),
  }
}

async function readDecisions(tx: Tx, personId: string, councilId: string, today: Temporal.PlainDate) {
  const rows = await tx.contributionAssessment.findMany({
    where: { personId, councilId },
    orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
    take: 100,
  })
  const all = (await readAssessments(tx, [personId])).get(`${personId} ${councilId}`) ?? []
  const holds = holdsOn(all, today.toString())
  const coming = rows.find(
    (row) =>
      plainDateOf(row.startsOn).toString() > today.toString() &&
      holdsOn(all, plainDateOf(row.startsOn).toString())?.id === row.id,
  )
  const wordsOf = (method: Method, weeklyPence: number) => ({
    method,
    pence: weeklyPence,
    weekly: weeklyWords(weeklyPence),
    how: METHOD_WORDS[method],
  })
  return {
    now: holds ? wordsOf(holds.method, holds.weeklyPence) : null,
    next: coming
      ? {
          ...wordsOf(coming.method, coming.weeklyPence),
          from: dayWords(plainDateOf(coming.startsOn).toString()),
        }
      : null,
    decisions: rows.map((row) => ({
      id: row.id,
      ...wordsOf(row.method, row.weeklyPence),
      from: longDate(plainDateOf(row.startsOn)),
      until: row.endsOn ? longDate(plainDateOf(row.endsOn)) : null,
      reason: row.reason,
      decided: longDate(londonDate(fromDate(row.decidedAt))),
      holds: row.id === holds?.id,
    })),
  }
}

const MOST_PAY_INS = 400

/** What is paid into the account of each fund that has not ended, beside the council's part. */
async function readPayIns(tx: Tx, personId: string, today: Temporal.PlainDate) {
  const rows = await tx.allocation.findMany({
    where: { personId, towardsId: { not: null } },
    orderBy: [{ startsOn: 'desc' }, { id: 'desc' }],
    take: 20,
    include: {
      towards: {
        include: { stream: { select: { name: true } }, instalments: { take: MOST_PAY_INS }, holder: true },
      },
      instalments: { orderBy: [{ dueOn: 'asc' }, { number: 'asc' }], take: MOST_PAY_INS },
    },
  })
  return rows.map((row) => {
    const lines = row.instalments.map((one) => {
      const dueOn = plainDateOf(one.dueOn)
      const council = row.towards?.instalments
        .filter((theirs) => plainDateOf(theirs.dueOn).equals(dueOn))
        .reduce((sum, theirs) => sum + (theirs.arrivedPence ?? theirs.pence), 0)
      return {
        id: one.id,
        due: longDate(dueOn),
        pence: one.arrivedPence ?? one.pence,
        council: council ?? 0,
        arrived: one.arrivedAt ? longDate(londonDate(fromDate(one.arrivedAt))) : null,
        overdue: !one.arrivedAt && Temporal.PlainDate.compare(dueOn, today) <= 0,
      }
    })
    const open = lines.filter(({ arrived }) => arrived === null)
    const overdue = open.filter((one) => one.overdue)
    return {
      id: row.id,
      fund: row.towards?.stream.name ?? row.id,
      holder: row.towards?.holder?.name ?? null,
      ownAccount: isOwnAccount(row.deployment),
      /** Over, and nothing of it is asked for any more. */
      ended: plainDateOf(row.endsOn).toString() < today.toString() && open.length === 0,
      open: open.reduce((sum, one) => sum + one.pence, 0),
      overdue: overdue.reduce((sum, one) => sum + one.pence, 0),
      overdueSince: overdue[0]?.due ?? null,
      next: open.find((one) => !one.overdue) ?? null,
      lines,
    }
  })
}
