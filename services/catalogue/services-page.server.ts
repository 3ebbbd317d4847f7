import type { Actor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView } from '#services/providers/providers.policy.ts'
import { categoryName, settingName } from '#services/discovery/vocabulary.ts'
import { missingFrom } from './listing.rules.ts'
import { type ListingStanding, standingOfListing } from './states.rules.ts'
import { isWaiting, versionInclude } from './versions.server.ts'
import { priceWords } from './words.ts'

export interface ServicesPage {
  provider: {
    id: string
    name: string
    slug: string
    kind: string
    identityVerified: boolean
    paused: boolean
  }
  /** Other organisations of the reader, to change over to. */
  others: { id: string; name: string }[]
  mayEdit: boolean
  services: {
    id: string
    slug: string
    title: string
    category: string
    setting: string
    price: string
    state: string
    standing: ListingStanding
    confirmed: string
  }[]
}

/** A provider's listings with their states in words and the next step. @throws DomainError SIGN_IN; NOT_FOUND for strangers */
export async function servicesPage(deps: Deps, actor: Actor, wanted: string | null): Promise<ServicesPage> {
  const { providerId, role } = providerInView(actor, wanted)
  const db = deps.db.prisma
  const mine = actor.kind === 'user' ? actor.providers.map((entry) => entry.providerId) : []
  const [provider, others] = await Promise.all([
    db.provider.findUniqueOrThrow({
      where: { id: providerId },
      include: {
        checks: { where: { kind: 'identity', state: 'verified' }, select: { id: true }, take: 1 },
        services: {
          orderBy: { createdAt: 'asc' },
          take: 200,
          include: {
            // The draft, when there is one, and what people see: the two newest.
            versions: { orderBy: { number: 'desc' }, take: 2, include: versionInclude },
            _count: { select: { rules: true, exceptions: { where: { closed: false } } } },
          },
        },
      },
    }),
    db.provider.findMany({
      where: { id: { in: mine.filter((id) => id !== providerId) } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    }),
  ])
  const today = londonDate(deps.clock.now())
  return {
    provider: {
      id: provider.id,
      name: provider.name,
      slug: provider.slug,
      kind: provider.kind,
      identityVerified: provider.checks.length > 0,
      paused: provider.pausedAt !== null,
    },
    others,
    mayEdit: memberMay(role, 'edit_listing'),
    services: provider.services.flatMap((service) => {
      const newest = service.versions[0]
      if (!newest) return []
      const draft = newest.frozenAt === null ? newest : null
      const hours = service._count.rules + service._count.exceptions
      const confirmedOn = londonDate(fromDate(service.confirmedAt))
      const base =
        newest.fundedBy === 'bought' ? priceWords(newest.unit, newest.prices)[0]?.value : 'Free for people'
      return [
        {
          id: service.id,
          slug: service.slug,
          title: newest.title,
          category: categoryName(newest.categoryCode),
          setting: settingName(newest.setting),
          price:
            newest.prices.length === 0 && newest.fundedBy === 'bought'
              ? 'No price yet'
              : (base ?? 'No price yet'),
          state: service.state,
          standing: standingOfListing(
            {
              state: service.state,
              waiting: isWaiting(service.submittedAt, newest),
              hasDraft: draft !== null,
              missing: draft ? missingFrom(draft, hours).length : 0,
              acceptsNew: service.acceptsNew,
              paused: provider.pausedAt !== null,
              confirmedOn,
            },
            today,
          ),
          confirmed: longDate(confirmedOn),
        },
      ]
    }),
  }
}
