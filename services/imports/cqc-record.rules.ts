import { normalisePostcode, type Point } from '#services/kernel/geo.ts'
import { cqcLocationSchema, cqcProviderSchema, type CqcLocationRecord } from './cqc.schema.ts'
import { inTheUnitedKingdom } from './national-grid.rules.ts'
import type { Read } from './postcode-file.rules.ts'
import {
  clean,
  fieldNames,
  holdsBrokenText,
  isSocialCare,
  orNull,
  webAddress,
} from './register-text.rules.ts'

/** The regulator's four ratings; everything else it writes means that there is none yet. */
export const RATINGS = ['Outstanding', 'Good', 'Requires improvement', 'Inadequate'] as const
export const NOT_YET_RATED = 'Not yet rated'
export type Rating = (typeof RATINGS)[number] | typeof NOT_YET_RATED

/** A location of the register as Kith keeps it. Null is "this file does not say", and leaves what is held alone. */
export interface CqcLocation {
  kind: 'location'
  locationId: string
  providerId: string
  name: string
  /** The provider's own name, when the file gives it. */
  providerName: string | null
  status: 'Registered' | 'Deregistered'
  registeredOn: string | null
  deregisteredOn: string | null
  /** Registered, and not running now; null when the file does not say. */
  dormant: boolean | null
  addressLine: string | null
  town: string | null
  postcode: string | null
  localAuthority: string | null
  point: Point | null
  rating: Rating | null
  ratingDate: string | null
  serviceTypes: string[]
  specialisms: string[]
  regulatedActivities: string[] | null
  beds: number | null
  website: string | null
}
export interface CqcProvider {
  kind: 'provider'
  providerId: string
  name: string
}
export type CqcRow = CqcLocation | CqcProvider

export const locationPage = (locationId: string): string => `https://www.cqc.org.uk/location/${locationId}`
export const providerPage = (providerId: string): string => `https://www.cqc.org.uk/provider/${providerId}`

/** One value of a JSON file as a row to keep, or why not. */
export function readCqcRecord(value: unknown): Read<CqcRow> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { why: 'not_a_record' }
  if (!('locationId' in value)) return readProvider(value)
  if (!('providerId' in value) && 'locationName' in value) return { why: 'only_a_summary' }
  const parsed = cqcLocationSchema.safeParse(value)
  if (!parsed.success) return { why: 'bad_record', detail: fieldNames(parsed.error.issues) }
  if (holdsBrokenText(parsed.data)) return { why: 'null_byte' }
  const record = parsed.data
  const serviceTypes = names(record.gacServiceTypes)
  const name = clean(record.name)
  if (name === '') return { why: 'bad_record', detail: 'name' }
  const status = readStatus(record.registrationStatus)
  if (!status) return { why: 'bad_record', detail: 'registrationStatus' }
  if (record.type !== 'Social Care Org' && !isSocialCare(serviceTypes)) return { why: 'not_social_care' }
  return {
    row: {
      kind: 'location',
      locationId: record.locationId,
      providerId: record.providerId,
      name,
      providerName: null,
      status,
      registeredOn: record.registrationDate ?? null,
      deregisteredOn: record.deregistrationDate ?? null,
      dormant: yesOrNo(record.dormancy ?? ''),
      addressLine: orNull(
        [record.postalAddressLine1, record.postalAddressLine2].map(clean).filter(Boolean).join(', '),
      ),
      town: orNull(clean(record.postalAddressTownCity)),
      postcode: normalisePostcode(record.postalCode ?? ''),
      localAuthority: orNull(clean(record.localAuthority)),
      point: readPoint(record),
      ...readRating(record),
      serviceTypes,
      specialisms: names(record.specialisms),
      regulatedActivities: names(record.regulatedActivities),
      beds: record.numberOfBeds ?? null,
      website: webAddress(record.website ?? ''),
    },
  }
}

function readProvider(value: object): Read<CqcProvider> {
  if (!('providerId' in value)) return { why: 'not_a_record' }
  const parsed = cqcProviderSchema.safeParse(value)
  if (!parsed.success) return { why: 'bad_record', detail: fieldNames(parsed.error.issues) }
  if (holdsBrokenText(parsed.data)) return { why: 'null_byte' }
  const name = clean(parsed.data.name)
  if (name === '') return { why: 'bad_record', detail: 'name' }
  return { row: { kind: 'provider', providerId: parsed.data.providerId, name } }
}

function readStatus(status: string): CqcLocation['status'] | null {
  const word = status.trim().toLowerCase()
  return word === 'registered' ? 'Registered' : word === 'deregistered' ? 'Deregistered' : null
}

/** 'Y', 'N', 'Yes', 'no'; anything else does not say. */
export function yesOrNo(text: string): boolean | null {
  const word = text.trim().toLowerCase()
  return /^y(es)?$/.test(word) ? true : /^no?$/.test(word) ? false : null
}

/** The newer of the two places where the register may keep the overall rating. */
function readRating({
  currentRatings,
  assessment,
}: CqcLocationRecord): Pick<CqcLocation, 'rating' | 'ratingDate'> {
  const found = [
    {
      rating: currentRatings?.overall?.rating,
      date: currentRatings?.overall?.reportDate ?? currentRatings?.reportDate ?? null,
    },
    ...(assessment ?? []).flatMap(({ assessmentPlanPublishedDateTime, ratings }) =>
      (ratings?.asgRatings ?? [])
        .filter(({ status }) => status === 'Current')
        .map(({ rating }) => ({ rating, date: assessmentPlanPublishedDateTime ?? null })),
    ),
  ].flatMap(({ rating, date }) => {
    const known = RATINGS.find((name) => name.toLowerCase() === rating?.trim().toLowerCase())
    return known ? [{ rating: known, ratingDate: date }] : []
  })
  found.sort((a, b) => (b.ratingDate ?? '').localeCompare(a.ratingDate ?? ''))
  return found[0] ?? { rating: NOT_YET_RATED, ratingDate: null }
}

function readPoint({ onspdLatitude: lat, onspdLongitude: lon }: CqcLocationRecord): Point | null {
  if (lat === null || lat === undefined || lon === null || lon === undefined) return null
  const point = { lat, lon }
  return inTheUnitedKingdom(point) ? point : null
}

const names = (items: readonly { name: string }[] | null | undefined): string[] => [
  ...new Set((items ?? []).map((item) => clean(item.name)).filter(Boolean)),
]
