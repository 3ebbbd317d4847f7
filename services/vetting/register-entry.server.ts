import type { Tx } from '#services/db/client.server.ts'
import { registrationWords } from '#services/providers/registration-words.ts'
import { longDate, plainDateOf } from '#services/kernel/time.ts'

/** What the imported register says under an id: beside the provider's claim it shows whether the two are one. */
export interface RegisterEntry {
  name: string
  /** Whether an organisation on Kith holds it already, and which. */
  heldBy: { id: string; name: string } | null
  places: {
    name: string
    address: string
    status: string
    rating: string
    ratingDate: string | null
    activities: string[]
    source: string | null
  }[]
}

/** Looks a CQC id up, a provider's or a location's. Null: nothing was imported under it. */
export async function registerEntry(tx: Tx, registerId: string): Promise<RegisterEntry | null> {
  const provider = await tx.provider.findFirst({
    where: { OR: [{ cqcProviderId: registerId }, { places: { some: { cqcLocationId: registerId } } }] },
    select: {
      id: true,
      name: true,
      claimed: true,
      places: { where: { cqcLocationId: { not: null } }, orderBy: { name: 'asc' }, take: 50 },
    },
  })
  if (!provider) return null
  return {
    name: provider.name,
    heldBy: provider.claimed ? { id: provider.id, name: provider.name } : null,
    places: provider.places.map((place) => ({
      name: place.name,
      address: [place.addressLine, place.town, place.postcode].filter(Boolean).join(', '),
      status: place.registrationStatus === null ? 'Not known' : registrationWords(place),
      rating: place.rating ?? 'Not yet rated',
      ratingDate: place.ratingDate ? longDate(plainDateOf(place.ratingDate)) : null,
      activities: place.regulatedActivities,
      source: place.source,
    })),
  }
}
