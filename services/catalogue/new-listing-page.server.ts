import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { CATEGORIES } from './categories.ts'

export interface NewListingPage {
  provider: { id: string; name: string }
  categories: { value: string; label: string }[]
}

export const categoryChoices = (): { value: string; label: string }[] =>
  CATEGORIES.map(({ code, name }) => ({ value: code, label: name }))

/** The first question of a new listing. @throws DomainError SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers */
export async function newListingPage(
  deps: Deps,
  actor: Actor,
  wanted: string | null,
): Promise<NewListingPage> {
  const { providerId } = providerInView(actor, wanted)
  requireMember(actor, providerId, 'edit_listing')
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: { id: true, name: true },
  })
  return { provider, categories: categoryChoices() }
}
