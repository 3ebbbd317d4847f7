import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { fundForAdviser } from './deployment.policy.ts'
import { DEPLOYMENT_WORDS } from './deployment.rules.ts'
import { DEPLOYMENTS } from './payer.rules.ts'

/**
 * How a fund is held, how it came to be so, and the ways in which it could be.
 * @throws SIGN_IN; NOT_FOUND for all but advisers of the person's council
 */
export async function deploymentPage(deps: Pick<Deps, 'db'>, actor: Actor, allocationId: string) {
  const { prisma } = deps.db
  const { allocation, person } = await fundForAdviser(prisma, actor, allocationId)
  const [choices, holders] = await Promise.all([
    prisma.deploymentChoice.findMany({
      where: { allocationId: allocation.id },
      orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }],
      take: 50,
    }),
    prisma.provider.findMany({
      where: { claimed: true, kind: { notIn: ['unknown', 'personal_assistant'] } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
      take: 500,
    }),
  ])
  return {
    personId: person.id,
    person: person.shortName,
    fund: allocation.stream.name,
    now: DEPLOYMENT_WORDS[allocation.deployment].name,
    holder: allocation.holder?.name ?? null,
    because: allocation.chosenBecause,
    explainedBy: allocation.explainedBy,
    chosen: allocation.chosen,
    until: longDate(plainDateOf(allocation.endsOn)),
    moved: allocation.replacedBy?.id ?? null,
    ways: DEPLOYMENTS.map((id) => ({ id, ...DEPLOYMENT_WORDS[id] })),
    holders,
    history: choices.map((one) => ({
      id: one.id,
      way: DEPLOYMENT_WORDS[one.deployment].name,
      from: longDate(plainDateOf(one.startsOn)),
      reason: one.reason,
      explainedBy: one.explainedBy,
      chosen: one.chosen,
    })),
  }
}

/** The funds of a person that an adviser can open, newest first. @throws as deploymentPage */
export async function fundsForAdviser(deps: Pick<Deps, 'db'>, actor: Actor, personId: string) {
  const { councilIds } = requireStaff(actor, 'deployments.record')
  if ((await deps.db.prisma.person.count({ where: { id: personId, councilId: { in: councilIds } } })) === 0)
    throw notFound()
  const funds = await deps.db.prisma.allocation.findMany({
    where: { personId, replacedBy: { is: null } },
    orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
    include: { stream: { select: { name: true } } },
    take: 50,
  })
  return funds.map((fund) => ({
    id: fund.id,
    name: fund.stream.name,
    held: DEPLOYMENT_WORDS[fund.deployment].name,
    until: longDate(plainDateOf(fund.endsOn)),
  }))
}
