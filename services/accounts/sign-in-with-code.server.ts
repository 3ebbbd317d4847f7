import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { authOf, authRefusal, CODE_MINUTES } from './auth.server.ts'
import { beginSession, type NewSession } from './begin-session.server.ts'
import { headersOf, type Browser } from './browser.ts'
import { countTry } from './count-tries.server.ts'
import { readSessionToken } from './session-cookie.server.ts'
import { codeForm, emailSchema } from './sign-in.schema.ts'

/** Over all codes of an address; each code has five tries of its own. */
const CHECKED = { what: 'code.checked', most: 20, minutes: 60 }

const wrong = (sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { code: [sentence] } })
const REFUSALS: Readonly<Record<string, () => DomainError>> = {
  INVALID_OTP: () =>
    wrong('That is not the code in our newest e-mail to you. Check it, or ask for a new one'),
  OTP_EXPIRED: () => wrong(`That code is more than ${String(CODE_MINUTES)} minutes old. Ask for a new one`),
  TOO_MANY_ATTEMPTS: () => wrong('That code was tried too often and no longer works. Ask for a new one'),
}

/**
 * Signs in with the code from the mail. An address that nobody has used before becomes an account.
 * @throws INVALID with a sentence beside `code` for a wrong, old or used one; TOO_MANY
 */
export async function signInWithCode(
  deps: Deps,
  _actor: Actor,
  input: { email: string; code: string; browser: Browser },
): Promise<NewSession> {
  const email = emailSchema.parse(input.email)
  const { code } = codeForm.parse(input)
  await countTry(deps, CHECKED, email)
  try {
    const { token } = await authOf(deps).api.signInEmailOTP({
      body: { email, otp: code },
      headers: headersOf({ ...input.browser, cookie: null }),
    })
    return await beginSession(deps, token, 'code', readSessionToken(deps.settings, input.browser.cookie))
  } catch (error) {
    const refusal = REFUSALS[authRefusal(error) ?? '']
    throw refusal ? refusal() : error
  }
}
