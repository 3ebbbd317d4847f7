import type { Tx } from '#services/db/client.server.ts'
import { METRES_IN_A_MILE, normalisePostcode } from '#services/kernel/geo.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { freeSlug } from '#services/providers/slug.server.ts'
import { areaSchemas } from './listing.schema.ts'
import { locate } from './locate.server.ts'
import { reachOf } from './steps.ts'

export interface AreaChange {
  lat: number | null
  lon: number | null
  radiusMetres: number | null
  areaLabel: string | null
  placeId: string | null
}

/**
 * Where a service happens, from what the form says: a point and a radius for those who come to people, a place for what
 * happens at one, nothing for what is online. A new place is added to the provider.
 * @throws DomainError INVALID, also for a postcode that nobody knows and for another provider's place
 */
export async function areaChange(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  draft: { setting: string },
  input: unknown,
): Promise<AreaChange> {
  switch (reachOf(draft.setting)) {
    case 'online':
      return { lat: null, lon: null, radiusMetres: null, areaLabel: null, placeId: null }
    case 'comes': {
      const given = parseInput(areaSchemas.comes, input)
      const located = await locate(tx, given.near)
      if (!located)
        throw invalid({
          near: ['We do not know this place. Enter a postcode, such as AL1 2AB, or the name of a ward.'],
        })
      const radiusMetres = Math.round(given.miles * METRES_IN_A_MILE)
      return { ...located.point, radiusMetres, areaLabel: located.label, placeId: null }
    }
    case 'venue': {
      const given = parseInput(areaSchemas.venue, input)
      const place =
        given.placeId === 'new'
          ? await addPlace(tx, now, providerId, given)
          : await tx.place.findFirst({
              where: { id: given.placeId, providerId },
              select: { id: true, lat: true, lon: true, town: true, name: true },
            })
      if (!place) throw invalid({ placeId: ['Choose one of your places, or add one.'] })
      return {
        lat: place.lat,
        lon: place.lon,
        radiusMetres: null,
        areaLabel: place.town ?? place.name,
        placeId: place.id,
      }
    }
  }
}

async function addPlace(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  given: {
    placeName: string | null
    addressLine: string | null
    town: string | null
    postcode: string | null
  },
): Promise<{ id: string; lat: number | null; lon: number | null; town: string | null; name: string }> {
  const postcode = normalisePostcode(given.postcode ?? '')
  if (!postcode) throw invalid({ postcode: ['This is not a whole postcode. It looks like AL1 2AB.'] })
  const located = await locate(tx, postcode)
  if (!located) throw invalid({ postcode: ['We do not know this postcode. Check it, or use one close by.'] })
  const name = given.placeName ?? 'Our place'
  return tx.place.create({
    data: {
      id: newId(),
      providerId,
      slug: await freeSlug(tx, 'place', name),
      name,
      addressLine: given.addressLine,
      town: given.town ?? located.label,
      postcode,
      ...located.point,
      serviceTypes: [],
      specialisms: [],
      regulatedActivities: [],
      updatedAt: toDate(now),
    },
    select: { id: true, lat: true, lon: true, town: true, name: true },
  })
}
