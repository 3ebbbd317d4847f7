import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'

export interface ConcernFormPage {
  councils: { id: string; name: string; phone: string; urgentPhone: string }[]
  /** The council of the person whose pages these are. */
  councilId: string | null
  /** As the actor calls them; the form's field stays empty, since a concern may be about anybody. */
  providerName: string | null
}

/** What the form needs: the councils with their telephone numbers, and which is most likely meant. */
export async function concernFormPage(
  deps: Deps,
  actor: Actor,
  input: { providerSlug: string | null },
): Promise<ConcernFormPage> {
  const personId = actor.kind === 'user' ? (actor.actingFor?.personId ?? actor.personId) : null
  const { prisma } = deps.db
  const [councils, person, provider] = await Promise.all([
    prisma.council.findMany({
      orderBy: { name: 'asc' },
      take: 500,
      select: { id: true, name: true, phone: true, urgentPhone: true },
    }),
    personId ? prisma.person.findUnique({ where: { id: personId }, select: { councilId: true } }) : null,
    input.providerSlug
      ? prisma.provider.findUnique({ where: { slug: input.providerSlug }, select: { name: true } })
      : null,
  ])
  return {
    councils,
    councilId: person?.councilId ?? (councils.length === 1 ? (councils[0]?.id ?? null) : null),
    providerName: provider?.name ?? null,
  }
}
