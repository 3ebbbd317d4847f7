import { expect, test } from 'vitest'
import { statusOf } from '~/http/status.ts'

test('every refusal has the status that says what it is', () => {
  expect(statusOf).toEqual({
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
  })
})
