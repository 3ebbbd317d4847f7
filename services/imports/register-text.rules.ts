/**
 * The register's own short names of service types that are social care. The register also holds dentists, surgeries
 * and hospitals, which Kith does not list. A location with any one of these is listed.
 */
const SOCIAL_CARE = new Set([
  'Homecare agencies',
  'Residential homes',
  'Nursing homes',
  'Supported living',
  'Supported housing',
  'Shared lives',
  'Community services - Learning disabilities',
  'Community services - Mental Health',
  'Community services - Substance abuse',
  'Home hospice care',
  'Hospice',
  'Rehabilitation (substance abuse)',
  'Specialist college service',
])

export const isSocialCare = (serviceTypes: readonly string[]): boolean =>
  serviceTypes.some((type) => SOCIAL_CARE.has(type))

/** Only an address that a browser opens as a web page; the register holds free text here. */
export function webAddress(text: string): string | null {
  const address = text.trim()
  if (address === '' || /\s/.test(address)) return null
  try {
    const url = new URL(/^https?:\/\//i.test(address) ? address : `https://${address}`)
    const named = url.hostname.includes('.') && url.username === '' && url.password === ''
    return /^https?:$/.test(url.protocol) && named ? url.href : null
  } catch {
    return null
  }
}

export const orNull = (text: string): string | null => (text === '' ? null : text)
/** One line of text: no control characters, nothing that turns the writing direction, single spaces. */
export const clean = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Null bytes and half characters (a lone surrogate) are what Postgres refuses; either means a damaged record. */
export function holdsBrokenText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || /\p{Cs}/u.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsBrokenText)
}

/** Which fields are wrong, never what stands in them. */
export const fieldNames = (issues: readonly { path: readonly PropertyKey[] }[]): string =>
  [...new Set(issues.map((issue) => String(issue.path[0] ?? 'record')))].slice(0, 4).join(', ')

/** 'shaw-house-care-home'; 'place' when nothing of the name can stand in an address. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '') || 'place'
