import { councilInView, requireStaff } from '#services/accounts/staff.policy.ts'
import type { RunState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile, csvMoney, csvNumber } from '#services/kernel/csv.ts'
import { Temporal, fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type PaymentFailure, failureSentence } from '#services/settlement/payment-words.rules.ts'
import { BLOCK_WORDS, groupDue, isPayable } from './due.rules.ts'
import { ownRun } from './move-run.server.ts'
import { readDue } from './read-due.server.ts'
import { readRunLines } from './read-run-lines.server.ts'
import { invalid } from '#services/providers/fields.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export const RUN_STATE_WORDS: Record<RunState, string> = {
  draft: 'Made: to be checked',
  submitted: 'Waits for approval',
  approved: 'Approved: not sent yet',
  sent: 'Sent: waits for results',
  finished: 'Finished',
  abandoned: 'Given up',
}
const MOST_RUNS = 500

/** @throws SIGN_IN; NOT_FOUND for all but the council's finance */
export async function runsPage(deps: Pick<Deps, 'db'>, actor: Actor, council: string | null) {
  const { councilId } = councilInView(actor, 'money.read', council)
  const runs = await deps.db.prisma.paymentRun.findMany({
    where: { councilId },
    orderBy: { number: 'desc' },
    take: MOST_RUNS,
  })
  const sums = await deps.db.prisma.payment.groupBy({
    by: ['runId', 'state'],
    where: { runId: { in: runs.map(({ id }) => id) } },
    _sum: { pence: true },
    _count: true,
  })
  return {
    councilId,
    runs: runs.map((run) => {
      const own = sums.filter(({ runId }) => runId === run.id)
      const count = (...states: string[]) =>
        own.filter(({ state }) => states.includes(state)).reduce((all, one) => all + one._count, 0)
      return {
        id: run.id,
        number: run.number,
        state: run.state,
        stateWords: RUN_STATE_WORDS[run.state],
        until: plainDateOf(run.untilDay).toString(),
        untilWords: longDate(plainDateOf(run.untilDay)),
        payments: own.reduce((all, one) => all + one._count, 0),
        failed: count('failed', 'returned'),
        pence: own.reduce((all, one) => all + (one._sum.pence ?? 0), 0),
      }
    }),
  }
}

export async function runsCsv(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  council: string | null,
): Promise<{ filename: string; csv: string }> {
  const { runs } = await runsPage(deps, actor, council)
  return {
    filename: 'payment-runs.csv',
    csv: csvFile(
      ['Run', 'State', 'Visits up to', 'Payments', 'Did not arrive', 'Sum (£)'],
      runs.map((run) => [
        csvNumber(run.number),
        run.stateWords,
        run.until,
        csvNumber(run.payments),
        csvNumber(run.failed),
        csvMoney(run.pence),
      ]),
    ),
  }
}

/** A day as the address has it; today when it has none. @throws INVALID for one that does not exist or lies ahead */
function untilOf(text: string | null, today: Temporal.PlainDate): Temporal.PlainDate {
  if (text === null || text === '') return today
  try {
    const day = Temporal.PlainDate.from(text, { overflow: 'reject' })
    if (/^\d{4}-\d\d-\d\d$/.test(text) && Temporal.PlainDate.compare(day, today) <= 0) return day
  } catch {
    // Said below.
  }
  throw invalid({ untilDay: [`Enter a day up to today, ${longDate(today)}.`] })
}

/**
 * What a run up to a day could pay, provider by provider, and what it could not.
 * @param input.until ISO date; today when it is empty
 * @throws INVALID for a day that does not exist or lies ahead; otherwise as `runsPage`
 */
export async function newRunPage(
  deps: Needs,
  actor: Actor,
  input: { council: string | null; until: string | null },
) {
  const { councilId } = councilInView(actor, 'money.work', input.council)
  const now = deps.clock.now()
  const until = untilOf(input.until, londonDate(now))
  const groups = groupDue(await readDue(deps.db.prisma, councilId, until, now))
  const providers = new Map<
    string,
    { id: string; name: string; payments: number; pence: number; credits: number; blocked: Set<string> }
  >()
  for (const group of groups) {
    const one = providers.get(group.providerId) ?? { id: group.providerId, name: group.provider, payments: 0, pence: 0, credits: 0, blocked: new Set<string>() } // prettier-ignore
    if (isPayable(group)) {
      one.payments += 1
      one.pence += group.pence
      one.credits += group.credits
    } else for (const block of group.blocks) one.blocked.add(BLOCK_WORDS[block])
    providers.set(group.providerId, one)
  }
  const all = [...providers.values()].map(({ blocked, ...one }) => ({ ...one, blocked: [...blocked] }))
  const payable = groups.filter(isPayable)
  return {
    councilId,
    until: until.toString(),
    untilWords: longDate(until),
    providers: all.filter(({ payments }) => payments > 0),
    left: all.filter(({ blocked }) => blocked.length > 0),
    payments: payable.length,
    pence: payable.reduce((sum, { pence }) => sum + pence, 0),
  }
}

const LINE_STATE: Record<string, string> = {
  started: 'Not sent yet',
  needs_you: 'Not sent yet',
  sent: 'On its way',
  confirmed: 'Paid',
  failed: 'Did not arrive',
  returned: 'Came back',
  cancelled: 'Given up',
}
const PER_PAGE = 100

/**
 * One run: how it stands, who did what, what may be pressed by this person, and its payments.
 * @throws SIGN_IN; NOT_FOUND for all but the council's finance
 */
export async function runPage(
  deps: Needs,
  given: Actor,
  input: { runId: string; page: string | null; show: string | null },
) {
  const { actor, councilIds } = requireStaff(given, 'money.read')
  const run = await ownRun(deps.db.prisma, councilIds, input.runId)
  const lines = await readRunLines(deps.db.prisma, run.id)
  const ids = [run.madeById, run.approvedById, run.sentById, run.fileTakenById].filter((id) => id !== null)
  const users = await deps.db.prisma.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  const who = (id: string | null, at: Date | null): string | null =>
    id && at
      ? `${users.find((one) => one.id === id)?.name ?? 'Somebody'}, ${longDate(londonDate(fromDate(at)))}`
      : null
  const count = (...states: string[]) => lines.filter(({ state }) => states.includes(state)).length
  const sum = (...states: string[]) =>
    lines.filter(({ state }) => states.includes(state)).reduce((all, { gross }) => all + gross, 0)
  const failed = input.show === 'failed'
  const chosen = failed ? lines.filter(({ state }) => state === 'failed' || state === 'returned') : lines
  const pages = Math.max(1, Math.ceil(chosen.length / PER_PAGE))
  const page = Math.min(pages, Math.max(1, Number(input.page) || 1))
  return {
    id: run.id,
    number: run.number,
    state: run.state,
    stateWords: RUN_STATE_WORDS[run.state],
    until: longDate(plainDateOf(run.untilDay)),
    note: run.note,
    made: who(run.madeById, run.madeAt),
    approved: who(run.approvedById, run.approvedAt),
    fileTaken: who(run.fileTakenById, run.fileTakenAt),
    sent: who(run.sentById, run.sentAt),
    isMaker: run.madeById === actor.userId,
    total: { payments: lines.length, pence: lines.reduce((all, { gross }) => all + gross, 0) },
    providers: new Set(lines.map(({ providerId }) => providerId)).size,
    paid: { payments: count('confirmed'), pence: sum('confirmed') },
    open: { payments: count('sent'), pence: sum('sent') },
    failed: { payments: count('failed', 'returned'), pence: sum('failed', 'returned') },
    show: failed ? ('failed' as const) : ('all' as const),
    page,
    pages,
    lines: chosen.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((line) => ({
      paymentId: line.paymentId,
      position: line.position,
      provider: line.provider,
      person: line.person,
      supplier: line.supplier,
      order: line.order,
      costCode: line.costCode,
      caseReference: line.caseReference,
      reference: line.reference,
      visits: line.visits,
      pence: line.gross,
      state: line.state,
      stateWords: LINE_STATE[line.state] ?? line.state,
      why: failureSentence(line.failure),
    })),
  }
}

/** What a bank says when a transfer does not arrive; codes of services/settlement. */
const BY_HAND: readonly { value: PaymentFailure; label: string }[] = [
  { value: 'wrong_details', label: 'The bank did not know the account' },
  { value: 'account_closed', label: 'The account is closed' },
  { value: 'returned', label: 'The bank sent it back' },
  { value: 'other', label: 'The bank does not say why' },
]

/** One payment of a run, to say what became of it. @throws as `runPage` */
export async function runLinePage(deps: Needs, given: Actor, input: { runId: string; paymentId: string }) {
  const { councilIds } = requireStaff(given, 'money.work')
  const run = await ownRun(deps.db.prisma, councilIds, input.runId)
  const [line] = await readRunLines(deps.db.prisma, run.id, input.paymentId)
  if (!line) return null
  return {
    runId: run.id,
    number: run.number,
    canBePaid: line.state === 'sent',
    canReturn: line.state === 'confirmed' && line.method !== 'set_off',
    line: {
      provider: line.provider,
      person: line.person,
      reference: line.reference,
      pence: line.gross,
      order: line.order,
      stateWords: LINE_STATE[line.state] ?? line.state,
      why: failureSentence(line.failure),
    },
    reasons: BY_HAND,
  }
}
