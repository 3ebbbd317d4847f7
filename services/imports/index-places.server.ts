import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type EntryDocument, removeEntries, writeEntries } from '#services/discovery/write-entries.server.ts'
import { placeEntry } from './place-entry.rules.ts'

const row = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  town: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  registered_on: z.string().nullable(),
  rating: z.string().nullable(),
  rating_date: z.date().nullable(),
  local_authority: z.string().nullable(),
  service_types: z.array(z.string()),
  specialisms: z.array(z.string()),
  beds: z.number().nullable(),
  dormant: z.boolean().nullable(),
  source: z.string().nullable(),
  source_date: z.date(),
  provider_id: z.string(),
  provider_name: z.string(),
  provider_slug: z.string(),
  provider_kind: z.string(),
})
type Row = z.infer<typeof row>

/**
 * Lists imported places anew in search, as they stand in this transaction: those on the register whose provider nobody
 * has claimed are written, all others taken out. They have no price, no experience, and cannot be booked.
 */
export async function indexPlaces(tx: Tx, placeIds: readonly string[]): Promise<void> {
  const ids = [...new Set(placeIds)]
  if (ids.length === 0) return
  const documents = await readPlaceEntries(tx, ids)
  const listed = new Set(documents.map(({ id }) => id))
  await removeEntries(
    tx,
    ids.filter((id) => !listed.has(id)),
  )
  await writeEntries(tx, documents)
}

/** What search may know of those of some places that nobody has claimed. */
export async function readPlaceEntries(tx: Tx, ids: readonly string[]): Promise<EntryDocument[]> {
  const rows = z.array(row).parse(
    await tx.$queryRaw`
    select l.id::text, l.slug, l.name, l.town, l.lat, l.lon, l.registered_on::text, l.rating, l.rating_date, l.local_authority,
      l.service_types, l.specialisms, l.beds, l.dormant, l.source, l.source_date,
      p.id::text as provider_id, p.name as provider_name, p.slug as provider_slug, p.kind::text as provider_kind
    from place l join provider p on p.id = l.provider_id
    where l.id = any(${[...ids]}::uuid[]) and not p.claimed and l.cqc_location_id is not null
      and l.registration_status = 'Registered' and l.source_date is not null`,
  )
  return rows.map(documentOf)
}

function documentOf(place: Row): EntryDocument {
  const { categoryCode, setting, audiences, summary } = placeEntry({
    serviceTypes: place.service_types,
    specialisms: place.specialisms,
    town: place.town,
    beds: place.beds,
    registeredOn: place.registered_on,
    dormant: place.dormant === true,
  })
  return {
    id: place.id,
    entryKind: 'place',
    slug: place.slug,
    title: place.name,
    summary,
    description: '',
    moreWords: [...place.service_types, ...place.specialisms, place.local_authority ?? ''],
    categoryCode,
    setting,
    audiences,
    providerId: place.provider_id,
    providerName: place.provider_name,
    providerSlug: place.provider_slug,
    providerKind: place.provider_kind,
    providerSize: null,
    regulated: true,
    free: false,
    bookable: false,
    pricePence: null,
    priceUnit: null,
    days: [],
    nextFreeAt: null,
    point: place.lat === null || place.lon === null ? null : { lat: place.lat, lon: place.lon },
    radiusMetres: null,
    // The register does not say how far they come, so distance is told from where they are.
    comesToYou: false,
    placeName: place.town,
    experience: [],
    experienceCount: 0,
    experienceScore: 0,
    newestReviewAt: null,
    rating: place.rating,
    ratingDate: place.rating_date,
    ratingSource: place.source,
    // Since when it is there, so that an import does not pass for an opening.
    listedAt: place.registered_on === null ? place.source_date : new Date(`${place.registered_on}T00:00:00Z`),
    confirmedAt: place.source_date,
  }
}
