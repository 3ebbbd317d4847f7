import { DomainError, isDomainError, type ErrorCode } from '#services/kernel/errors.ts'

interface Shape {
  name?: unknown
  code?: unknown
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } }
  constraint?: unknown
  table?: unknown
  cause?: unknown
}
const shape = (error: unknown): Shape => (typeof error === 'object' && error !== null ? error : {})

/** The SQLSTATE of an error from Prisma or pg; null when the database did not answer with one. */
export function sqlState(error: unknown): string | null {
  const { code, meta } = shape(error)
  const original = meta?.driverAdapterError?.cause?.originalCode
  if (typeof original === 'string') return original
  // Prisma's own codes (P2002) have the same length.
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code) ? code : null
}

/** What a refusal by the database means to a person, where no use case said it better. */
const meaning: Readonly<Record<string, [ErrorCode, string]>> = {
  '23P01': ['CLASH', 'Somebody else has taken that time. Nothing was changed. Choose another time.'],
  '23505': ['STALE_STATE', 'This has been done already. Refresh the page to see how it stands.'],
  '23503': ['STALE_STATE', 'Something this depends on has changed. Refresh the page and try again.'],
  '40001': ['STALE_STATE', 'Somebody else changed this at the same moment. Please try again.'],
  '40P01': ['STALE_STATE', 'Somebody else changed this at the same moment. Please try again.'],
  '55P03': ['STALE_STATE', 'Somebody else is changing this just now. Please try again.'],
  '22021': ['INVALID', 'The text holds a character that cannot be kept. Remove it and try again.'],
  '22P05': ['INVALID', 'The text holds a character that cannot be kept. Remove it and try again.'],
  '22001': ['INVALID', 'Something you typed is too long. Make it shorter and try again.'],
  '22003': ['INVALID', 'A number you typed is too large.'],
  '22008': ['INVALID', 'A date you typed does not exist.'],
  '57P01': ['UNAVAILABLE', 'Kith is restarting. Please try again in a minute.'],
  '57P03': ['UNAVAILABLE', 'Kith is restarting. Please try again in a minute.'],
  '53300': ['UNAVAILABLE', 'Kith is very busy. Please try again in a minute.'],
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'P1001',
  'P1002',
  'P2024',
])

/**
 * Turns what Prisma or pg threw into a refusal where the database meant one; anything else comes back as it was.
 * The only place that reads SQLSTATEs.
 */
export function asDomainError(error: unknown): unknown {
  if (isDomainError(error)) return error
  const state = sqlState(error)
  const known = state === null ? undefined : meaning[state]
  if (known) return new DomainError(known[0], known[1], {}, { cause: error })
  const { code, meta } = shape(error)
  const original = meta?.driverAdapterError?.cause?.originalCode
  if ([code, original].some((value) => typeof value === 'string' && UNREACHABLE.has(value)))
    return new DomainError(
      'UNAVAILABLE',
      'Kith cannot reach its records just now. Please try again in a minute.',
      {},
      { cause: error },
    )
  // Prisma: a row that had to be there is not.
  if (code === 'P2025')
    return new DomainError(
      'STALE_STATE',
      'This has changed. Refresh the page to see how it stands.',
      {},
      { cause: error },
    )
  return error
}
