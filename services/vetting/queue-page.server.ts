import type { Prisma } from '#services/db/generated/client.ts'
import { waitingServices } from '#services/catalogue/versions.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type CheckScope, requireChecker } from './vetting.policy.ts'
import { type CheckKind, type Show, checkName } from './checks.rules.ts'

const PER_PAGE = 30

export interface QueuePage {
  total: number
  page: number
  pages: number
  show: Show
  checks: {
    id: string
    name: string
    kind: CheckKind
    provider: { id: string; name: string; kind: string; council: string | null }
    since: string
    /** Listings that are published when this and what else they need is verified. */
    listingsWaiting: number
    state: string
  }[]
}

const STATES = {
  waiting: ['evidence_given'],
  asked: ['asked'],
  decided: ['verified', 'refused', 'expired'],
} as const satisfies Record<Show, readonly string[]>

/** Checks that a checker may decide. Never of an organisation that they belong to themselves. */
export function withinScope(actor: Actor, scope: CheckScope): Prisma.ProviderWhereInput {
  const own = actor.kind === 'user' ? actor.providers.map((entry) => entry.providerId) : []
  return { id: { notIn: own }, ...(scope.all ? {} : { councilId: { in: [...scope.councilIds] } }) }
}

/**
 * The queue: what waits first, longest waiting on top. An identity that was only asked for counts as waiting as soon as a
 * listing waits for it, because nobody else can move it on.
 * @throws DomainError SIGN_IN; NOT_FOUND for whoever checks nothing
 */
export async function queuePage(
  deps: Deps,
  actor: Actor,
  input: { show: Show; page: number },
): Promise<QueuePage> {
  const scope = requireChecker(actor)
  const provider = withinScope(actor, scope)
  const listingWaits = { services: { some: waitingServices } }
  const identityAsked: Prisma.VerificationWhereInput = { kind: 'identity', state: 'asked' }
  const where: Prisma.VerificationWhereInput =
    input.show === 'waiting'
      ? {
          OR: [
            { state: 'evidence_given', provider },
            { ...identityAsked, provider: { AND: [provider, listingWaits] } },
          ],
        }
      : input.show === 'asked'
        ? { state: 'asked', provider: { AND: [provider, { NOT: listingWaits }] } }
        : { state: { in: [...STATES.decided] }, provider }
  const [total, rows] = await Promise.all([
    deps.db.prisma.verification.count({ where }),
    deps.db.prisma.verification.findMany({
      where,
      orderBy:
        input.show === 'decided'
          ? [{ updatedAt: 'desc' }, { id: 'asc' }]
          : [{ updatedAt: 'asc' }, { id: 'asc' }],
      skip: (input.page - 1) * PER_PAGE,
      take: PER_PAGE,
      select: {
        id: true,
        kind: true,
        state: true,
        updatedAt: true,
        provider: {
          select: {
            id: true,
            name: true,
            kind: true,
            councilId: true,
            _count: { select: { services: { where: waitingServices } } },
          },
        },
      },
    }),
  ])
  const councils = await deps.db.prisma.council.findMany({
    where: { id: { in: [...new Set(rows.flatMap((row) => row.provider.councilId ?? []))] } },
    select: { id: true, name: true },
  })
  return {
    total,
    page: input.page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    show: input.show,
    checks: rows.map((row) => ({
      id: row.id,
      name: checkName(row.kind),
      kind: row.kind,
      state: row.state,
      provider: {
        id: row.provider.id,
        name: row.provider.name,
        kind: row.provider.kind,
        council: councils.find((council) => council.id === row.provider.councilId)?.name ?? null,
      },
      since: longDate(londonDate(fromDate(row.updatedAt))),
      listingsWaiting: row.provider._count.services,
    })),
  }
}
