import type { Actor } from '#services/kernel/actor.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView } from '#services/providers/providers.policy.ts'
import { mayPress } from './checks.rules.ts'
import { type CheckLine, checkLine } from './check-words.ts'

export interface ChecksPage {
  provider: { id: string; name: string }
  mayGive: boolean
  checks: (CheckLine & { mayAnswer: boolean; listing: string | null; serviceId: string | null })[]
  runOut: number
  wanted: number
}

/** A provider's checks with their dates, what runs out first on top. @throws DomainError SIGN_IN; NOT_FOUND for strangers */
export async function checksPage(deps: Deps, actor: Actor, wanted: string | null): Promise<ChecksPage> {
  const { providerId, role } = providerInView(actor, wanted)
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: {
      id: true,
      name: true,
      checks: {
        orderBy: [{ expiresOn: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }],
        take: 300,
        include: {
          service: {
            select: { versions: { orderBy: { number: 'desc' }, take: 1, select: { title: true } } },
          },
        },
      },
    },
  })
  const today = londonDate(deps.clock.now())
  const mayGive = memberMay(role, 'give_evidence')
  const checks = provider.checks.map((check) => ({
    ...checkLine(check, today),
    // The reason of an exemption is part of its listing and is changed there.
    mayAnswer: mayGive && check.kind !== 'regulation_exemption' && mayPress('give_evidence', check.state),
    listing: check.service?.versions[0]?.title ?? null,
    serviceId: check.serviceId,
  }))
  return {
    provider: { id: provider.id, name: provider.name },
    mayGive,
    checks,
    runOut: checks.filter((check) => check.standing === 'runs_out' || check.standing === 'ended').length,
    wanted: checks.filter((check) => check.standing === 'wanted' || check.standing === 'refused').length,
  }
}
