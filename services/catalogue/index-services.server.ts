import { z } from 'zod'
import { type FreeTimes, readFreeTimes } from '#services/availability/next-free.server.ts'
import { LINE_KINDS } from '#services/bookings/terms.schema.ts'
import { unitTotal } from '#services/bookings/quote.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type EntryDocument, removeEntries, writeEntries } from '#services/discovery/write-entries.server.ts'
import { type Temporal, londonDate } from '#services/kernel/time.ts'
import { type Experience, readExperience } from '#services/quality/read-experience.server.ts'
import { accessName } from './access.ts'

const row = z.object({
  id: z.string(),
  slug: z.string(),
  listed_at: z.date(),
  confirmed_at: z.date(),
  bookable: z.boolean(),
  title: z.string(),
  summary: z.string(),
  description: z.string(),
  category_code: z.string(),
  setting: z.enum(['at_home', 'in_community', 'at_venue', 'online', 'live_in']),
  funded_by: z.enum(['bought', 'commissioned', 'free']),
  audiences: z.array(z.string()),
  languages: z.array(z.string()),
  accessibility: z.array(z.string()),
  workers: z.array(z.string()),
  checks: z.array(z.string()),
  regulation: z.enum(['not_regulated', 'registered', 'exempt']),
  unit: z.string(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  radius_metres: z.number().nullable(),
  place_name: z.string().nullable(),
  provider_id: z.string(),
  provider_name: z.string(),
  provider_slug: z.string(),
  provider_kind: z.string(),
  provider_size: z.string().nullable(),
  rating: z.string().nullable(),
  rating_date: z.date().nullable(),
  rating_source: z.string().nullable(),
  prices: z.array(
    z.object({
      kind: z.enum(LINE_KINDS),
      label: z.string(),
      pence: z.number(),
      upliftBps: z.number(),
      category: z.string().nullable(),
    }),
  ),
  days: z.array(z.number()),
})
type Row = z.infer<typeof row>

/** So that one message to the database never grows without bound. */
const AT_ONCE = 1_000

/**
 * Lists services anew in search, as they stand in this transaction: published ones are written, all others taken out.
 * A set of statements for up to 1,000 services, whatever their number. Call it in the transaction that changed a service, its hours, its
 * provider, its reviews or its visits.
 * The price is the total for one unit with travel and every extra that cannot be avoided.
 */
export async function indexServices(
  tx: Tx,
  now: Temporal.Instant,
  serviceIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(serviceIds)]
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await indexSome(tx, now, ids.slice(from, from + AT_ONCE))
}

async function indexSome(tx: Tx, now: Temporal.Instant, ids: string[]): Promise<void> {
  const documents = await readServiceEntries(tx, now, ids)
  const listed = new Set(documents.map(({ id }) => id))
  await removeEntries(
    tx,
    ids.filter((id) => !listed.has(id)),
  )
  if (documents.length > 0) await writeEntries(tx, documents)
}

/** What search may know of those of up to 1,000 services that are published. */
export async function readServiceEntries(
  tx: Tx,
  now: Temporal.Instant,
  ids: readonly string[],
): Promise<EntryDocument[]> {
  const rows = await publishedRows(tx, now, [...ids])
  if (rows.length === 0) return []
  const listed = rows.map(({ id }) => id)
  const free = await readFreeTimes(tx, now, listed)
  const experience = await readExperience(tx, listed)
  return rows.map((service) => documentOf(service, free.get(service.id), experience.get(service.id)))
}

async function publishedRows(tx: Tx, now: Temporal.Instant, ids: string[]): Promise<Row[]> {
  const today = londonDate(now).toString()
  const rows = await tx.$queryRaw`
    SELECT s.id, s.slug, coalesce(s.published_at, s.created_at) AS listed_at, s.confirmed_at,
      s.accepts_new AND p.paused_at IS NULL AND v.funded_by <> 'commissioned'
        AND NOT is_off_register(s.id, v.id) AS bookable,
      v.title, v.summary, v.description, v.category_code, v.setting, v.funded_by, v.audiences, v.languages, v.accessibility, v.workers,
      -- Seen, and of nobody still missing: one worker's certificate is not everybody's.
      ARRAY(SELECT c.kind::text FROM verification c
            WHERE c.provider_id = p.id AND (c.service_id IS NULL OR c.service_id = s.id) AND c.state <> 'not_needed'
            GROUP BY c.kind HAVING bool_and(c.state = 'verified' AND (c.expires_on IS NULL OR c.expires_on >= ${today}::date))) AS checks,
      v.regulation, v.unit, coalesce(l.lat, v.lat) AS lat, coalesce(l.lon, v.lon) AS lon, v.radius_metres,
      coalesce(l.town, l.name, v.area_label, near.name) AS place_name,
      p.id AS provider_id, p.name AS provider_name, p.slug AS provider_slug, p.kind AS provider_kind, p.size AS provider_size,
      cqc.rating, cqc.rating_date, cqc.source AS rating_source,
      coalesce((SELECT json_agg(json_build_object('kind', x.kind, 'label', x.label, 'pence', x.pence, 'upliftBps', x.uplift_bps,
                                                  'category', x.category_code) ORDER BY x.position)
                FROM price_line x WHERE x.version_id = v.id), '[]') AS prices,
      ARRAY(SELECT DISTINCT r.weekday FROM availability_rule r
            WHERE r.service_id = s.id AND (r.valid_until IS NULL OR r.valid_until >= ${today}::date) ORDER BY 1) AS days
    FROM service s
    JOIN service_version v ON v.id = s.current_version_id
    JOIN provider p ON p.id = s.provider_id
    LEFT JOIN place l ON l.id = s.place_id
    LEFT JOIN LATERAL (
      SELECT w.name FROM ward w
      WHERE v.lat IS NOT NULL AND abs(w.lat - v.lat) < 0.1 AND abs(w.lon - v.lon) < 0.15
      ORDER BY (w.lat - v.lat) ^ 2 + ((w.lon - v.lon) * 0.6) ^ 2 LIMIT 1) near ON true
    -- The place that the regulator rates: where it happens, or the one that the registration names, or the only one there is.
    LEFT JOIN LATERAL (
      SELECT c.rating, c.rating_date, c.source FROM place c
      WHERE v.regulation = 'registered' AND c.provider_id = p.id AND c.cqc_location_id IS NOT NULL
        AND (c.id = s.place_id OR c.cqc_location_id = v.registration_id
          OR NOT EXISTS (SELECT 1 FROM place o WHERE o.provider_id = p.id AND o.cqc_location_id IS NOT NULL AND o.id <> c.id))
      ORDER BY c.id = s.place_id DESC NULLS LAST, c.cqc_location_id = v.registration_id DESC LIMIT 1) cqc ON true
    WHERE s.id = ANY (${ids}::uuid[]) AND s.state = 'published' AND p.claimed`
  return z.array(row).parse(rows)
}

function documentOf(service: Row, free: FreeTimes | undefined, said: Experience | undefined): EntryDocument {
  const registered = service.regulation === 'registered'
  return {
    id: service.id,
    entryKind: 'service',
    slug: service.slug,
    title: service.title,
    summary: service.summary,
    description: service.description,
    moreWords: [...service.languages, ...service.accessibility.map(accessName)],
    categoryCode: service.category_code,
    setting: service.setting,
    audiences: service.audiences,
    providerId: service.provider_id,
    providerName: service.provider_name,
    providerSlug: service.provider_slug,
    providerKind: service.provider_kind,
    providerSize: service.provider_size,
    regulated: registered,
    free: service.funded_by !== 'bought',
    bookable: service.bookable,
    pricePence: unitTotal(service),
    priceUnit: service.funded_by === 'bought' ? service.unit : null,
    days: service.days,
    nextFreeAt: free?.next ?? null,
    freeWeek: free?.week ?? null,
    languages: service.languages,
    access: service.accessibility,
    checks: service.checks,
    workers: service.workers,
    point: service.lat === null || service.lon === null ? null : { lat: service.lat, lon: service.lon },
    radiusMetres: service.radius_metres,
    comesToYou: service.setting !== 'at_venue' && service.setting !== 'online',
    placeName: service.place_name,
    experience: said && said.count > 0 ? said.counts : [],
    experienceCount: said?.count ?? 0,
    experienceScore: said?.score ?? 0,
    newestReviewAt: said?.newestAt ?? null,
    rating: registered ? (service.rating ?? 'Not yet rated') : null,
    ratingDate: registered ? service.rating_date : null,
    ratingSource: registered ? service.rating_source : null,
    listedAt: service.listed_at,
    confirmedAt: service.confirmed_at,
  }
}
