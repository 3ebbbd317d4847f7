import { pino, type DestinationStream, type Logger } from 'pino'
import { sqlState } from '#services/db/errors.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { framesOf } from '#services/stack-frames.server.ts'

const speaksOfRows = (name: string): boolean => /^(Prisma|DriverAdapter|Zod|DatabaseError|error$)/.test(name)

/** Addresses, telephone numbers, postcodes and ids out of a sentence that was not written for a log. */
export const masked = (text: string): string =>
  text
    .replace(/[^\s@"'<>]+@[^\s@"'<>]+/g, '[e-mail]')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '[id]')
    .replace(/\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/gi, '[postcode]')
    .replace(/\+?\d[\d\s]{8,}\d/g, '[number]')
    .slice(0, 300)

/** What may be written down about an error: kind, code, place. Never the values it speaks of. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { name, message, cause } = error
  const { code, constraint, table } = error as Error & {
    code?: unknown
    constraint?: unknown
    table?: unknown
  }
  return {
    kind: name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(sqlState(error) ? { sqlState: sqlState(error) } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(isDomainError(error)
      ? { message: error.publicMessage }
      : speaksOfRows(name)
        ? {}
        : { message: masked(message) }),
    at: framesOf(error),
    ...(cause !== undefined && depth < 3 ? { cause: describeError(cause, depth + 1) } : {}),
  }
}

/** JSON lines on standard output. `err` is always passed through `describeError`. */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => describeError(error) },
  }
  return destination ? pino(options, destination) : pino(options)
}
