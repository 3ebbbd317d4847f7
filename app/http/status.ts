import type { ErrorCode } from '#services/kernel/errors.ts'

/** The only map from a refusal to a status. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  INVALID: 400,
  SIGN_IN: 401,
  SECOND_STEP: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  STALE_STATE: 409,
  CLASH: 409,
  NOT_ENOUGH_MONEY: 409,
  REFUSED_BY_RULE: 409,
  TOO_LARGE: 413,
  TOO_MANY: 429,
  UNAVAILABLE: 503,
}

/** What the root's error page gets to know. */
export interface Refusal {
  code: ErrorCode | 'UNEXPECTED'
  message: string | null
  /** For an unexpected error: what a person reads out on the telephone; the same is in the log. */
  reference: string | null
  fields?: Record<string, string[]>
  facts?: Record<string, unknown>
}
