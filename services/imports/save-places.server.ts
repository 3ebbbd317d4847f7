import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { z } from 'zod'
import {
  locationPage,
  providerPage,
  type CqcLocation,
  type CqcProvider,
  type CqcRow,
} from './cqc-record.rules.ts'
import { indexPlaces } from './index-places.server.ts'
import type { Numbered, Saved } from './run-import.server.ts'
import { slugOf } from './register-text.rules.ts'
import type { Skip } from './skipped.ts'

/** The day that the file's facts are of, and the instant of saving, both ISO. */
export interface Stamp {
  day: string
  now: string
}

const ids = z.array(z.object({ id: z.string() }))
const held = z.array(z.object({ location: z.string() }))
const differed = z.array(z.object({ id: z.string(), differs: z.boolean() }))

/** One import of register records at a time, so that what a batch looks up cannot change under it. */
const LOCK = 4_201_001

/**
 * Writes a batch of register records as places and their providers, and their search entries.
 * A place whose provider was taken over by its owner keeps its name, address and website; what the regulator says of
 * it is kept up to date all the same.
 */
export async function savePlaces(tx: Tx, rows: Numbered<CqcRow>[], stamp: Stamp): Promise<Saved> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`
  const { kept, skips } = lastOfEach(rows)
  const locations = kept.filter((one): one is Numbered<CqcLocation> => one.row.kind === 'location')
  const providers = kept.filter((one): one is Numbered<CqcProvider> => one.row.kind === 'provider')
  const known = await heldLocations(tx, locations)
  const wanted = locations.filter(({ line, row }) => {
    const keep = row.status === 'Registered' || known.has(row.locationId)
    if (!keep) skips.push({ line, why: 'deregistered' })
    return keep
  })
  await addProviders(tx, wanted, stamp)
  const added = await addPlaces(
    tx,
    wanted.filter(({ row }) => !known.has(row.locationId)),
    stamp,
  )
  const updated = await updatePlaces(
    tx,
    wanted.filter(({ row }) => known.has(row.locationId)),
    stamp,
  )
  const renamed = await nameProviders(tx, wanted, providers, stamp)
  skips.push(...renamed.skips)
  // Its provider's name stands on a place, so a new one changes the place too.
  const named = new Set(renamed.placeIds)
  const changed = updated.filter(({ id, differs }) => differs || named.has(id)).length + renamed.changed
  const touched = new Set([...added, ...updated.map(({ id }) => id), ...renamed.placeIds])
  await indexPlaces(tx, [...touched])
  return {
    added: added.length,
    changed,
    unchanged: wanted.length + providers.length - renamed.skips.length - added.length - changed,
    skips,
  }
}

function lastOfEach(rows: Numbered<CqcRow>[]): { kept: Numbered<CqcRow>[]; skips: Skip[] } {
  const last = new Map<string, Numbered<CqcRow>>()
  const skips: Skip[] = []
  for (const numbered of rows) {
    const { row } = numbered
    const key = row.kind === 'location' ? row.locationId : `provider ${row.providerId}`
    const earlier = last.get(key)
    if (earlier) skips.push({ line: earlier.line, why: 'repeated' })
    last.set(key, numbered)
  }
  return { kept: [...last.values()], skips }
}

async function heldLocations(tx: Tx, locations: Numbered<CqcLocation>[]): Promise<Set<string>> {
  const wanted = locations.map(({ row }) => row.locationId)
  const rows = held.parse(
    await tx.$queryRaw`select cqc_location_id as location from place where cqc_location_id = any(${wanted}::text[])`,
  )
  return new Set(rows.map((row) => row.location))
}

/** A provider is made when its first location comes, and takes that location's name unless the file gives its own. */
async function addProviders(tx: Tx, locations: Numbered<CqcLocation>[], { day }: Stamp): Promise<void> {
  // An owner who came before this import may have given the id of a location: the register says whose it is.
  await tx.$executeRaw`
    update provider p set cqc_provider_id = i.provider
    from (select distinct on (provider) * from jsonb_to_recordset(${JSON.stringify(
      locations.map(({ row }) => ({ location: row.locationId, provider: row.providerId })),
    )}::jsonb) as r(location text, provider text)
      where exists (select 1 from provider where cqc_provider_id = r.location)
        and not exists (select 1 from provider where cqc_provider_id = r.provider)
      order by provider, location) i
    where p.cqc_provider_id = i.location`
  const first = new Map<string, CqcLocation>()
  for (const { row } of locations) if (!first.has(row.providerId)) first.set(row.providerId, row)
  const input = [...first.values()].map((row) => {
    const name = row.providerName ?? row.name
    return {
      id: newId(),
      cqc: row.providerId,
      name,
      slug: slugOf(name),
      source: providerPage(row.providerId),
    }
  })
  await tx.$executeRaw`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(input)}::jsonb)
        as i(id uuid, cqc text, name text, slug text, source text)
      where not exists (select 1 from provider p where p.cqc_provider_id = i.cqc)
    ), slugged as (
      select *, exists (select 1 from provider p where p.slug = input.slug)
        or row_number() over (partition by slug order by cqc) > 1 as taken
      from input
    )
    insert into provider (id, slug, name, kind, claimed, cqc_provider_id, source, source_date)
    select id, case when taken then slug || '-' || lower(cqc) else slug end, name, 'unknown', false, cqc, source, ${day}::date
    from slugged order by cqc
    on conflict (cqc_provider_id) do nothing`
}

const recordOf = ({ row }: Numbered<CqcLocation>) => ({
  id: newId(),
  location: row.locationId,
  provider: row.providerId,
  name: row.name,
  slug: slugOf([row.name, row.town].filter(Boolean).join(' ')),
  status: row.status,
  registered: row.registeredOn,
  deregistered: row.deregisteredOn,
  dormant: row.dormant,
  address: row.addressLine,
  town: row.town,
  postcode: row.postcode,
  authority: row.localAuthority,
  lat: row.point?.lat ?? null,
  lon: row.point?.lon ?? null,
  rating: row.rating,
  rated: row.ratingDate,
  services: row.serviceTypes,
  specialisms: row.specialisms,
  activities: row.regulatedActivities,
  beds: row.beds,
  website: row.website,
  source: locationPage(row.locationId),
})

async function addPlaces(tx: Tx, locations: Numbered<CqcLocation>[], stamp: Stamp): Promise<string[]> {
  if (locations.length === 0) return []
  const rows = ids.parse(
    await tx.$queryRaw`
    with input as (
      select i.*, p.id as provider_id, coalesce(i.lat, pc.lat, oc.lat) as at_lat, coalesce(i.lon, pc.lon, oc.lon) as at_lon,
        exists (select 1 from place other where other.slug = i.slug)
          or row_number() over (partition by i.slug order by i.location) > 1 as taken
      from jsonb_to_recordset(${JSON.stringify(locations.map(recordOf))}::jsonb)
        as i(id uuid, location text, provider text, name text, slug text, status text, registered date, deregistered date, dormant boolean, address text,
             town text, postcode text, authority text, lat float8, lon float8, rating text, rated date, services text[],
             specialisms text[], activities text[], beds int, website text, source text)
      join lateral (
        select id from provider where cqc_provider_id in (i.location, i.provider)
        order by cqc_provider_id = i.location desc limit 1) p on true
      left join postcode pc on pc.postcode = i.postcode
      left join outcode oc on oc.outcode = split_part(i.postcode, ' ', 1)
    )
    insert into place (id, provider_id, slug, name, address_line, town, postcode, lat, lon, cqc_location_id,
      registration_status, registered_on, deregistered_on, dormant, rating, rating_date, local_authority, service_types, specialisms,
      regulated_activities, beds, website, source, source_date, updated_at)
    select id, provider_id, case when taken then slug || '-' || lower(location) else slug end, name, address, town, postcode,
      at_lat, at_lon, location, status, registered, deregistered, dormant, rating, rated, authority, services, specialisms,
      coalesce(activities, '{}'), beds, website, source, ${stamp.day}::date, ${stamp.now}::timestamptz
    from input order by location
    returning id::text`,
  )
  return rows.map((row) => row.id)
}

/** What the file does not say (null) stays as it is. The day is renewed on every row, and is no change by itself. */
async function updatePlaces(tx: Tx, locations: Numbered<CqcLocation>[], stamp: Stamp) {
  if (locations.length === 0) return []
  return differed.parse(
    await tx.$queryRaw`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(locations.map(recordOf))}::jsonb)
        as i(location text, provider text, name text, status text, registered date, deregistered date, dormant boolean, address text,
             town text, postcode text, authority text, lat float8, lon float8, rating text, rated date, services text[],
             specialisms text[], activities text[], beds int, website text, source text)
    ), next as (
      select p.id,
        case when owner.claimed then p.provider_id else named.id end as provider_id,
        case when owner.claimed then p.name else i.name end as name,
        case when owner.claimed then p.address_line else coalesce(i.address, p.address_line) end as address_line,
        case when owner.claimed then p.town else coalesce(i.town, p.town) end as town,
        case when owner.claimed then p.postcode else coalesce(i.postcode, p.postcode) end as postcode,
        case when owner.claimed then p.website else coalesce(i.website, p.website) end as website,
        case when owner.claimed then p.lat else coalesce(i.lat, p.lat, pc.lat, oc.lat) end as lat,
        case when owner.claimed then p.lon else coalesce(i.lon, p.lon, pc.lon, oc.lon) end as lon,
        i.status as registration_status, coalesce(i.registered, p.registered_on) as registered_on,
        case when i.status = 'Deregistered' then coalesce(i.deregistered, p.deregistered_on) end as deregistered_on,
        coalesce(i.dormant, p.dormant) as dormant,
        coalesce(i.rating, p.rating) as rating, case when i.rating is null then p.rating_date else i.rated end as rating_date,
        coalesce(i.authority, p.local_authority) as local_authority, i.services as service_types, i.specialisms,
        coalesce(i.activities, p.regulated_activities) as regulated_activities, coalesce(i.beds, p.beds) as beds, i.source
      from input i
      join place p on p.cqc_location_id = i.location
      join provider owner on owner.id = p.provider_id
      join provider named on named.cqc_provider_id = i.provider
      left join postcode pc on pc.postcode = i.postcode
      left join outcode oc on oc.outcode = split_part(i.postcode, ' ', 1)
      order by p.id
      for update of p
    ), judged as (
      select n.*, (p.provider_id, p.name, p.address_line, p.town, p.postcode, p.website, p.lat, p.lon, p.registration_status,
          p.registered_on, p.deregistered_on, p.dormant, p.rating, p.rating_date, p.local_authority, p.service_types, p.specialisms, p.regulated_activities,
          p.beds, p.source)
        is distinct from (n.provider_id, n.name, n.address_line, n.town, n.postcode, n.website, n.lat, n.lon, n.registration_status,
          n.registered_on, n.deregistered_on, n.dormant, n.rating, n.rating_date, n.local_authority, n.service_types, n.specialisms, n.regulated_activities,
          n.beds, n.source) as differs
      from next n join place p on p.id = n.id
    )
    update place p set provider_id = j.provider_id, name = j.name, address_line = j.address_line, town = j.town,
      postcode = j.postcode, website = j.website, lat = j.lat, lon = j.lon, registration_status = j.registration_status,
      registered_on = j.registered_on, deregistered_on = j.deregistered_on, dormant = j.dormant, rating = j.rating, rating_date = j.rating_date, local_authority = j.local_authority,
      service_types = j.service_types, specialisms = j.specialisms, regulated_activities = j.regulated_activities,
      beds = j.beds, source = j.source, source_date = ${stamp.day}::date,
      updated_at = case when j.differs then ${stamp.now}::timestamptz else p.updated_at end
    from judged j where p.id = j.id
    returning p.id::text, j.differs`,
  )
}

/** Names that the register gives a provider itself replace a location's name, until the owner takes the provider over. */
async function nameProviders(
  tx: Tx,
  locations: Numbered<CqcLocation>[],
  records: Numbered<CqcProvider>[],
  { day }: Stamp,
): Promise<{ changed: number; placeIds: string[]; skips: Skip[] }> {
  const names = new Map<string, string>()
  for (const { row } of locations) if (row.providerName) names.set(row.providerId, row.providerName)
  for (const { row } of records) names.set(row.providerId, row.name)
  if (names.size === 0) return { changed: 0, placeIds: [], skips: [] }
  const input = [...names].map(([cqc, name]) => ({ cqc, name }))
  const found = held.parse(
    await tx.$queryRaw`
    select cqc_provider_id as location from provider where cqc_provider_id = any(${[...names.keys()]}::text[])`,
  )
  const exists = new Set(found.map((row) => row.location))
  const renamed = z.array(z.object({ cqc: z.string(), place: z.string().nullable() })).parse(
    await tx.$queryRaw`
    with renamed as (
      update provider p set name = i.name, source_date = ${day}::date
      from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as i(cqc text, name text)
      where p.cqc_provider_id = i.cqc and not p.claimed and p.name <> i.name
      returning p.id, p.cqc_provider_id
    )
    select r.cqc_provider_id as cqc, place.id::text as place
    from renamed r left join place on place.provider_id = r.id`,
  )
  const renamedIds = new Set(renamed.map((row) => row.cqc))
  return {
    // Only records of providers: a location that brings its provider's name along is counted as a location.
    changed: records.filter(({ row }) => renamedIds.has(row.providerId)).length,
    placeIds: renamed.flatMap((row) => (row.place ? [row.place] : [])),
    skips: records
      .filter(({ row }) => !exists.has(row.providerId))
      .map(({ line }) => ({ line, why: 'provider_without_place' })),
  }
}
