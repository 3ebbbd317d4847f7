import { type Temporal, dateColumn, fromDate, londonDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type CaseFacts, type Need, bySoonest, dayWords, needsOf } from './caseload.rules.ts'
import { HELD, type HeldDeployment, isWord, wordFor } from './paying.rules.ts'
import { agreementOf } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** More people than any holder has; one that has more is told that the list is cut. */
export const MOST_ACCOUNTS = 1_000
const MOST_OWED = 10_000
/** An account that begins within so many days is in the list already. */
const SOON = 30

export interface CaseLine {
  allocationId: string
  person: string
  fund: string
  deployment: HeldDeployment
  /** In the account now: free, set aside, kept back, and owed but not yet paid. Pence. */
  cash: number
  free: number
  setAside: number
  keptBack: number
  owed: number
  onTheWay: number
  toPay: number
  payInOwed: number
  review: string | null
  insurance: string | null
  /** '14 March 2027' when the fund has ended. */
  ended: string | null
  facts: CaseFacts
  needs: Need[]
}

const daysTo = (today: Temporal.PlainDate, day: Temporal.PlainDate | null): number | null =>
  day ? today.until(day).days : null

/** All accounts of a holder that run, or have something left or owed; six statements, however many there are. */
export async function readCaseload(deps: Needs, holderId: string): Promise<CaseLine[]> {
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = londonDate(now)
  const allocations = await prisma.allocation.findMany({
    where: {
      holderProviderId: holderId,
      deployment: { in: [...HELD] },
      startsOn: { lte: dateColumn(today.add({ days: SOON })) },
    },
    orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
    take: MOST_ACCOUNTS,
    include: {
      budget: { select: { person: { select: { name: true } } } },
      stream: { select: { name: true } },
      agreement: { include: { _count: { select: { breaches: { where: { closedAt: null } } } } } },
      payIn: {
        select: {
          instalments: {
            where: { dueOn: { lte: dateColumn(today) } },
            select: { pence: true, arrivedAt: true, arrivedPence: true },
          },
        },
      },
    },
  })
  const ids = allocations.map(({ id }) => id)
  const payables = await prisma.payable.findMany({
    where: { allocationId: { in: ids }, payerKind: 'fund_holder', payerId: holderId, state: { not: 'paid' } },
    select: { id: true, allocationId: true, pence: true, state: true },
    orderBy: { onDay: 'asc' },
    take: MOST_OWED,
  })
  const due = payables.filter(({ state }) => state === 'due').map(({ id }) => id)
  const [balances, asked, messages] = await Promise.all([
    readBalances(prisma, ids),
    prisma.paymentInstruction.findMany({
      where: { holderId, OR: [{ state: 'asked' }, { state: 'done', payableId: { in: due } }] },
      select: {
        allocationId: true,
        payableId: true,
        purchaseId: true,
        state: true,
        pence: true,
        askedAt: true,
      },
      orderBy: { askedAt: 'asc' },
      take: MOST_OWED,
    }),
    prisma.fundMessage.groupBy({
      by: ['allocationId'],
      where: { holderId, answeredAt: null },
      _count: true,
      _min: { askedAt: true },
    }),
  ])
  const told = new Map(asked.flatMap((one) => (one.payableId ? [[one.payableId, one] as const] : [])))
  const lines = allocations.flatMap((row): CaseLine[] => {
    const of = balances.get(row.id)
    if (!of) return []
    const agreement = row.agreement?.holderProviderId === holderId ? agreementOf(row.agreement) : null
    const its = payables.filter(({ allocationId }) => allocationId === row.id)
    const sum = (pick: (payable: (typeof its)[number]) => boolean): number =>
      its.filter(pick).reduce((all, { pence }) => all + pence, 0)
    const deployment = row.deployment as HeldDeployment
    const waiting = asked.filter((one) => one.allocationId === row.id && one.state === 'asked')
    const toBuy = waiting
      .filter(({ purchaseId }) => purchaseId !== null)
      .reduce((all, { pence }) => all + pence, 0)
    const toPay =
      toBuy +
      Math.max(
        0,
        sum(
          ({ id, pence, state }) =>
            state === 'due' &&
            (pence < 0 ||
              isWord(
                wordFor({
                  deployment,
                  terms: agreement,
                  pence,
                  told: told.get(id) ?? null,
                  today: today.toString(),
                }),
              )),
        ),
      )
    const owed = sum(({ state }) => state === 'due' || state === 'in_payment')
    const ended = today.until(plainDateOf(row.endsOn)).days < 0
    const inIt = of.available + of.held + of.ringFenced + owed
    if (ended && inIt === 0) return []
    const wrote = messages.find(({ allocationId }) => allocationId === row.id)
    const oldest = [
      ...waiting.map(({ askedAt }) => askedAt),
      ...(wrote?._min.askedAt ? [wrote._min.askedAt] : []),
    ]
      .map((date) => date.getTime())
      .sort((a, b) => a - b)[0]
    const payIns = row.payIn?.instalments ?? []
    const facts: CaseFacts = {
      instructions: waiting.length,
      messages: wrote?._count ?? 0,
      waitsDays: oldest === undefined ? null : londonDate(fromDate(new Date(oldest))).until(today).days,
      toPay,
      onTheWay: sum(({ state }) => state === 'sent'),
      breaches: row.agreement?._count.breaches ?? 0,
      reviewIn: ended ? null : daysTo(today, agreement?.reviewDueOn ?? null),
      insuranceIn: ended ? null : daysTo(today, agreement?.insuranceEndsOn ?? null),
      payInOwed: payIns.reduce(
        (all, one) => all + Math.max(0, one.pence - (one.arrivedAt ? (one.arrivedPence ?? one.pence) : 0)),
        0,
      ),
      agreementMissing: !ended && agreement === null,
      endedWith: ended ? of.available : null,
    }
    return [
      {
        allocationId: row.id,
        person: row.budget.person.name,
        fund: row.stream.name,
        deployment,
        cash: inIt,
        free: of.available,
        setAside: of.held,
        keptBack: of.ringFenced,
        owed,
        onTheWay: facts.onTheWay,
        toPay,
        payInOwed: facts.payInOwed,
        review: dayWords(agreement?.reviewDueOn ?? null),
        insurance: dayWords(agreement?.insuranceEndsOn ?? null),
        ended: ended ? dayWords(plainDateOf(row.endsOn)) : null,
        facts,
        needs: needsOf(facts),
      },
    ]
  })
  return lines.sort(bySoonest)
}
