import { normalisePostcode } from '#services/kernel/geo.ts'
import { cqcLocationSchema } from './cqc.schema.ts'
import { yesOrNo, type CqcRow } from './cqc-record.rules.ts'
import type { Read } from './postcode-file.rules.ts'
import {
  clean,
  fieldNames,
  holdsBrokenText,
  isSocialCare,
  orNull,
  webAddress,
} from './register-text.rules.ts'

/** Columns of the directory CSV by what they hold; -1 when missing. */
export interface CqcDirectory {
  columns: number
  at: Record<DirectoryField, number>
}
type DirectoryField =
  | 'name'
  | 'address'
  | 'postcode'
  | 'website'
  | 'serviceTypes'
  | 'specialisms'
  | 'providerName'
  | 'localAuthority'
  | 'locationId'
  | 'providerId'
  | 'dormant'
const HEADINGS: Record<DirectoryField, string> = {
  name: 'name',
  address: 'address',
  postcode: 'postcode',
  website: "service's website (if available)",
  serviceTypes: 'service types',
  specialisms: 'specialisms/services',
  providerName: 'provider name',
  localAuthority: 'local authority',
  locationId: 'cqc location id (for office use only)',
  providerId: 'cqc provider id (for office use only)',
  dormant: 'dormant (y/n)',
}

/** The header of the directory, which stands below a few lines about the file; null for any other line. */
export function recogniseCqcDirectory(cells: readonly string[]): CqcDirectory | null {
  const found = cells.map((cell) => cell.trim().toLowerCase())
  const at = Object.fromEntries(
    Object.entries(HEADINGS).map(([field, heading]) => [field, found.indexOf(heading)]),
  ) as Record<DirectoryField, number>
  const enough = [at.name, at.locationId, at.providerId, at.serviceTypes].every((index) => index >= 0)
  return enough ? { columns: cells.length, at } : null
}

/** 'This data was produced on 19 August 2026' above the header, as a date; null for any other line. */
export function directoryDate(cells: readonly string[]): string | null {
  const match =
    /\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b/.exec(
      cells.join(' '),
    )
  if (!match) return null
  const [, day = '', month = '', year = ''] = match
  const number = MONTHS.indexOf(month) + 1
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
}
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** One row of the directory: it lists active registrations only, without rating, dates or position. */
export function readCqcDirectoryCells({ columns, at }: CqcDirectory, cells: readonly string[]): Read<CqcRow> {
  if (cells.length !== columns)
    return { why: 'wrong_columns', detail: `${String(cells.length)}, not ${String(columns)}` }
  if (holdsBrokenText(cells)) return { why: 'null_byte' }
  const field = (name: DirectoryField): string => clean(at[name] < 0 ? '' : cells[at[name]])
  const ids = cqcLocationSchema
    .pick({ locationId: true, providerId: true, name: true })
    .safeParse({ locationId: field('locationId'), providerId: field('providerId'), name: field('name') })
  if (!ids.success || ids.data.name === '')
    return { why: 'bad_record', detail: ids.success ? 'name' : fieldNames(ids.error.issues) }
  const serviceTypes = list(field('serviceTypes'))
  if (!isSocialCare(serviceTypes)) return { why: 'not_social_care' }
  // 'Street,Town': the last part is the town.
  const address = field('address').split(',').map(clean).filter(Boolean)
  const town = address.length > 1 ? address.pop() : undefined
  return {
    row: {
      kind: 'location',
      ...ids.data,
      providerName: orNull(field('providerName')),
      status: 'Registered',
      registeredOn: null,
      deregisteredOn: null,
      dormant: yesOrNo(field('dormant')),
      addressLine: orNull(address.join(', ')),
      town: town ?? null,
      postcode: normalisePostcode(field('postcode')),
      localAuthority: orNull(field('localAuthority')),
      point: null,
      rating: null,
      ratingDate: null,
      serviceTypes,
      specialisms: list(field('specialisms')),
      regulatedActivities: null,
      beds: null,
      website: webAddress(field('website')),
    },
  }
}

const list = (text: string): string[] => [...new Set(text.split('|').map(clean).filter(Boolean))]
