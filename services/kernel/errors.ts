/** Every way a use case may refuse. app/http maps each to a status in one exhaustive table. */
export type ErrorCode =
  | 'INVALID'
  | 'NOT_FOUND'
  | 'SIGN_IN'
  | 'SECOND_STEP'
  | 'FORBIDDEN'
  | 'STALE_STATE'
  | 'CLASH'
  | 'NOT_ENOUGH_MONEY'
  | 'REFUSED_BY_RULE'
  | 'TOO_MANY'
  | 'TOO_LARGE'
  | 'UNAVAILABLE'

/** What a page may do with a refusal besides showing the sentence. */
export interface ErrorDetails {
  /** Sentences beside form fields, by field name. */
  fields?: Record<string, string[]>
  /** Facts for the page that explains the refusal; never personal data of somebody else. */
  facts?: Record<string, unknown>
}

/** Bundles may hold two copies of this class, so the mark and not `instanceof` says what it is. */
const MARK = Symbol.for('kith.DomainError')

/**
 * An expected refusal. `publicMessage` is shown to a person: it says what happened and what to do,
 * and holds no personal data, because it may be logged.
 */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly publicMessage: string
  readonly details: ErrorDetails
  readonly [MARK] = true

  constructor(code: ErrorCode, publicMessage: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code}: ${publicMessage}`, options)
    this.name = 'DomainError'
    this.code = code
    this.publicMessage = publicMessage
    this.details = details
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return typeof error === 'object' && error !== null && MARK in error
}

/** Strangers and missing things look the same: one sentence, 404. */
export function notFound(): DomainError {
  return new DomainError(
    'NOT_FOUND',
    'We could not find that page. It may have moved, or the address may be mistyped.',
  )
}
