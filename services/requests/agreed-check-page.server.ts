import { draftPage } from '#services/bookings/draft-page.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { offerOfDraft } from './take-offer.server.ts'
import { choicesSchema } from '#services/bookings/draft.schema.ts'
import { isWithinOffer } from './offer.rules.ts'

/**
 * What is checked before a press: a draft, and whether the provider has said yes to it already by an offer.
 * @returns null when it has been asked for
 * @throws as `draftPage`
 */
export async function checkPage(
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
  actor: Actor,
  bookingId: string,
) {
  const page = await draftPage(deps, actor, bookingId)
  if (!page) return null
  const offer = await offerOfDraft(deps, actor, bookingId, page.person.id)
  const draft = offer
    ? await deps.db.prisma.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { choices: true } })
    : null
  const agreed = offer && draft ? isWithinOffer(choicesSchema.parse(draft.choices), offer.choices) : false
  return { ...page, agreed, requestId: agreed && offer ? offer.requestId : null }
}
