import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { ZERO, pounds } from '#services/kernel/money.ts'
import { dateColumn, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { weeklyWagesFrom } from './change-ring-fence.server.ts'
import { requireKeeper } from './employing.policy.ts'
import { pagePerson } from './person-words.server.ts'
import { followsHours, HELD_BY_COUNCIL, noticeWeeks, PURPOSE_WORDS, PURPOSES } from './ring-fence.rules.ts'
import { readRingFences } from './ring-fences.server.ts'

/**
 * What is kept back in each of a person's funds.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter without the scope `see_money`
 */
export async function keptBackPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const today = londonDate(deps.clock.now())
  const [person, funds] = await Promise.all([
    pagePerson(prisma, actor, personId),
    prisma.allocation.findMany({
      where: {
        personId,
        // What the person pays in is no fund of its own.
        towardsId: null,
        OR: [
          { endsOn: { gte: dateColumn(today) }, deployment: { notIn: [...HELD_BY_COUNCIL] } },
          { ringFences: { some: { pence: { gt: 0 } } } },
          { payIn: { ringFences: { some: { pence: { gt: 0 } } } } },
        ],
      },
      orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
      take: 100,
      include: {
        stream: { select: { name: true } },
        ringFences: true,
        payIn: { select: { ringFences: true } },
      },
    }),
  ])
  return {
    person,
    mayManage: may(actor, personId, 'manage_money'),
    funds: funds.map((fund) => {
      const all = [...fund.ringFences, ...(fund.payIn?.ringFences ?? [])]
      return {
        id: fund.id,
        name: fund.stream.name,
        total: pounds(all.reduce((sum, one) => sum + one.pence, 0)),
        kept: PURPOSES.flatMap((purpose) => {
          const rows = all.filter((one) => one.purpose === purpose && one.pence > 0)
          if (rows.length === 0) return []
          const value = pounds(rows.reduce((sum, one) => sum + one.pence, 0))
          return [{ term: PURPOSE_WORDS[purpose].name, value, why: rows[0]?.reason ?? '' }]
        }),
      }
    }),
  }
}

/**
 * One fund, with the form for keeping money back by hand: for the person's side, and for whoever holds the fund.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN
 */
export async function keepPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, allocationId: string) {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const { prisma } = deps.db
  const fund = isId(allocationId)
    ? await prisma.allocation.findUnique({
        where: { id: allocationId },
        include: {
          stream: { select: { name: true } },
          employments: { select: { startsOn: true, endsOn: true }, take: 100 },
        },
      })
    : null
  if (!fund) throw notFound()
  const { holder } = requireKeeper(actor, fund, 'manage_money')
  const today = londonDate(deps.clock.now())
  const [fences, balances, weekly] = await Promise.all([
    readRingFences(prisma, allocationId),
    readBalances(prisma, [allocationId]),
    weeklyWagesFrom(prisma, allocationId, today),
  ])
  const longest = fund.employments
    .filter(({ endsOn }) => endsOn === null || plainDateOf(endsOn).until(today).days <= 0)
    .map(({ startsOn }) => plainDateOf(startsOn).until(today, { largestUnit: 'years' }))
    .reduce((most, { years, months }) => Math.max(most, noticeWeeks(years, months)), 0)
  return {
    id: allocationId,
    holder,
    person: await pagePerson(prisma, actor, fund.personId),
    name: fund.stream.name,
    until: longDate(plainDateOf(fund.endsOn)),
    available: pounds(balances.get(allocationId)?.available ?? ZERO),
    rows: PURPOSES.map((purpose) => ({
      purpose,
      ...PURPOSE_WORDS[purpose],
      pence: pounds(fences[purpose]),
      byHand: !followsHours(purpose),
    })),
    advice:
      weekly > 0
        ? `A usual week of wages is ${pounds(weekly)}. ${longest > 0 ? `By law notice is ${longest === 1 ? 'one week' : `${String(longest)} weeks`} at least by now.` : 'By law notice begins after a month in the job.'}`
        : null,
  }
}
