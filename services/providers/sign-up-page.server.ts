import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireUser } from './providers.policy.ts'

/** What the sign-up form offers: councils to choose from and, when somebody claims an imported place, what is known of it. */
export interface SignUpPage {
  councils: { id: string; name: string }[]
  /** The imported provider that is claimed; its regulator's id goes into the form. */
  claim: {
    name: string
    slug: string
    cqcProviderId: string
    places: { name: string; town: string | null }[]
  } | null
}

/**
 * @param claim slug of an imported provider or place, from the button on its page
 * @throws DomainError SIGN_IN when signed out; NOT_FOUND for a claim of something that cannot be claimed
 */
export async function signUpPage(deps: Deps, actor: Actor, claim: string | null): Promise<SignUpPage> {
  requireUser(actor)
  const councils = await deps.db.prisma.council.findMany({
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 500,
  })
  if (claim === null) return { councils, claim: null }
  const found = await deps.db.prisma.provider.findFirst({
    where: { claimed: false, OR: [{ slug: claim }, { places: { some: { slug: claim } } }] },
    select: {
      name: true,
      slug: true,
      cqcProviderId: true,
      places: { select: { name: true, town: true }, orderBy: { name: 'asc' }, take: 20 },
    },
  })
  if (!found?.cqcProviderId) throw notFound()
  return {
    councils,
    claim: { name: found.name, slug: found.slug, cqcProviderId: found.cqcProviderId, places: found.places },
  }
}
