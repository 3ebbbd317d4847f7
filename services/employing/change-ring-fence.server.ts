import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Pence, ZERO, pence, pounds, times, total } from '#services/kernel/money.ts'
import { dateColumn, londonDate, plainDateOf, type Temporal } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireKeeper } from './employing.policy.ts'
import { keepSchema } from './employment.schema.ts'
import { fourWeeksOf } from './fund.rules.ts'
import { HELD_BY_COUNCIL, PURPOSE_WORDS, ringFenceProblem } from './ring-fence.rules.ts'
import { readRingFences, setRingFence } from './ring-fences.server.ts'
import { beside } from './terms.server.ts'

/** What all who are employed from a fund earn in a usual week, now. */
export async function weeklyWagesFrom(
  tx: Tx,
  allocationId: string,
  today: Temporal.PlainDate,
): Promise<Pence> {
  const rows = await tx.employment.findMany({
    where: { allocationId, OR: [{ endsOn: null }, { endsOn: { gte: dateColumn(today) } }] },
    select: { hourlyPence: true, weeklyMinutes: true },
    take: 100,
  })
  return total(rows.map((row) => times(pence(row.hourlyPence), row.weeklyMinutes, 60)))
}

/**
 * Keeps money back in a fund for notice, or for when things go wrong: the person, a supporter who manages their money, or an owner of
 * whoever holds the fund. What is kept for wages and holiday follows the hours.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; ZodError and INVALID beside fields, with the figure that would do
 */
export async function changeRingFence(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  allocationId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  const now = deps.clock.now()
  const fund = isId(allocationId)
    ? await deps.db.prisma.allocation.findUnique({
        where: { id: allocationId },
        include: { stream: { select: { name: true } }, holder: { select: { name: true } } },
      })
    : null
  if (!fund) throw notFound()
  const { holder } = requireKeeper(actor, fund, 'manage_money')
  const given = keepSchema.parse(input)
  if ((HELD_BY_COUNCIL as readonly string[]).includes(fund.deployment) && given.amount > 0)
    throw beside('amount', 'The council looks after this fund: nothing has to be kept back in it')
  await deps.db.tx(async (tx) => {
    const [kept, balances, weeklyWages] = [
      await readRingFences(tx, allocationId),
      await readBalances(tx, [allocationId]),
      await weeklyWagesFrom(tx, allocationId, londonDate(now)),
    ]
    const problem = ringFenceProblem({
      purpose: given.purpose,
      pence: given.amount,
      now: kept[given.purpose],
      available: balances.get(allocationId)?.available ?? ZERO,
      weeklyWages,
      fourWeeks: fourWeeksOf({
        ...fund,
        agreedPence: Number(fund.agreedPence),
        startsOn: plainDateOf(fund.startsOn),
        endsOn: plainDateOf(fund.endsOn),
      }),
    })
    if (problem) throw beside('amount', problem)
    const more = await setRingFence(tx, now, actor, {
      allocationId,
      purpose: given.purpose,
      pence: given.amount,
      reason: given.reason,
    })
    if (more === 0) return
    await recordAudit(tx, now, actor, {
      action: 'ring_fence.set',
      subjectType: 'allocation',
      subjectId: allocationId,
      forPersonId: fund.personId,
      facts: { purpose: given.purpose, pence: given.amount },
    })
    if (holder)
      await tell(tx, now, [
        {
          to: { personId: fund.personId },
          kind: 'budget.kept_back',
          title: `${pounds(given.amount)} is kept back in ${fund.stream.name}`,
          body: `${fund.holder?.name ?? 'Whoever holds it'} keeps it for: ${PURPOSE_WORDS[given.purpose].name.toLowerCase()}. Why: ${given.reason.replace(/\.?$/, '.')}`,
          path: `/my/kept-back/${allocationId}`,
          subjectId: allocationId,
        },
      ])
  })
}
