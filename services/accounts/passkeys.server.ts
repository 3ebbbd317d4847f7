import { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { authOf, authRefusal } from './auth.server.ts'
import { beginSession, type NewSession } from './begin-session.server.ts'
import { headersOf, type Browser } from './browser.ts'
import { countTry } from './count-tries.server.ts'
import { mayChangeSteps } from './read-steps.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { mailSecurity } from './security-mail.server.ts'
import { readSessionToken } from './session-cookie.server.ts'

const ADDED = { what: 'passkey.added', most: 10, minutes: 60 }
const MOST_PASSKEYS = 10

export interface PasskeyChallenge {
  /** For `navigator.credentials`, in its JSON form. */
  options: Record<string, unknown>
  /** Cookies that bind the answer to this browser. */
  cookies: string[]
}

const NOT_DONE = 'Your device did not finish. Nothing was changed. Try again, or use a code from your e-mail.'

function responseOf(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch {
    throw new DomainError('INVALID', NOT_DONE)
  }
}

/** Something for a device to sign. It says nothing about who has a passkey: the device offers those it knows. */
export async function passkeyChallenge(deps: Deps, _actor: Actor): Promise<PasskeyChallenge> {
  const { headers, response } = await authOf(deps).api.generatePasskeyAuthenticationOptions({
    headers: new Headers(),
    returnHeaders: true,
  })
  // A passkey counts as both steps, so the device must ask who is using it.
  return { options: { ...response, userVerification: 'required' }, cookies: headers.getSetCookie() }
}

/**
 * Signs in with what the device signed. It stands for both steps.
 * @throws INVALID when it was not right, too old or unknown: one sentence for all three
 */
export async function signInWithPasskey(
  deps: Deps,
  _actor: Actor,
  input: { response: string; browser: Browser },
): Promise<NewSession> {
  const response = responseOf(input.response)
  try {
    const { session } = await authOf(deps).api.verifyPasskeyAuthentication({
      // Any shape may come; the library checks it and what it signs.
      body: { response: response as never },
      headers: headersOf(input.browser),
    })
    return await beginSession(
      deps,
      session.token,
      'passkey',
      readSessionToken(deps.settings, input.browser.cookie),
    )
  } catch (error) {
    throw authRefusal(error) === null ? error : new DomainError('INVALID', NOT_DONE)
  }
}

/**
 * What a device needs to make a passkey for this account.
 * @throws SIGN_IN; REFUSED_BY_RULE when the session is more than a day old: a borrowed device must not get a key of its
 *   own; SECOND_STEP for whoever has one and did it long ago
 */
export async function newPasskeyChallenge(
  deps: Deps,
  given: Actor,
  browser: Browser,
): Promise<PasskeyChallenge> {
  const { steps } = await mayChangeSteps(deps, given)
  if (steps.passkeys >= MOST_PASSKEYS)
    throw new DomainError(
      'REFUSED_BY_RULE',
      `An account has at most ${String(MOST_PASSKEYS)} passkeys. Remove one first.`,
    )
  try {
    const { headers, response } = await authOf(deps).api.generatePasskeyRegistrationOptions({
      headers: headersOf(browser),
      query: {},
      returnHeaders: true,
    })
    return { options: { ...response }, cookies: headers.getSetCookie() }
  } catch (error) {
    throw authRefusal(error) === null
      ? error
      : new DomainError(
          'REFUSED_BY_RULE',
          'You signed in more than a day ago. Sign out, sign in again, then make the passkey.',
        )
  }
}

export const passkeyName = z
  .string()
  .trim()
  .min(1, 'Give the passkey a name, such as “my phone”')
  .max(60, 'Use at most 60 letters')

/**
 * Keeps the passkey that the device made.
 * @throws SIGN_IN; SECOND_STEP; INVALID when the device did not finish
 */
export async function addPasskey(
  deps: Deps,
  given: Actor,
  input: { name: string; response: string; browser: Browser },
): Promise<void> {
  const { actor, steps } = await mayChangeSteps(deps, given)
  const { name } = z.object({ name: passkeyName }).parse(input)
  const response = responseOf(input.response)
  await countTry(deps, ADDED, actor.userId)
  try {
    await authOf(deps).api.verifyPasskeyRegistration({
      body: { response, name },
      headers: headersOf(input.browser),
    })
  } catch (error) {
    throw authRefusal(error) === null ? error : new DomainError('INVALID', NOT_DONE)
  }
  await deps.db.tx(async (tx) => {
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'passkey.added',
      subjectType: 'user',
      subjectId: actor.userId,
    })
    if (steps.privileged)
      await mailSecurity(tx, steps.email, {
        title: 'A passkey was added to your Kith account',
        paragraphs: ['Whoever holds that device, and its PIN, can sign in as you.'],
      })
  })
}

/**
 * @throws SIGN_IN; SECOND_STEP; NOT_FOUND for one that is not theirs; REFUSED_BY_RULE for the last second step of somebody
 *   who needs one
 */
export async function removePasskey(deps: Deps, given: Actor, input: { passkeyId: string }): Promise<void> {
  const { actor, steps } = await mayChangeSteps(deps, given)
  if (steps.privileged && steps.passkeys === 1 && steps.app !== 'ready')
    throw new DomainError(
      'REFUSED_BY_RULE',
      'The passkey is your only second step. Set up an authenticator app or another passkey first.',
    )
  await deps.db.tx(async (tx) => {
    const { count } = await tx.passkey.deleteMany({ where: { id: input.passkeyId, userId: actor.userId } })
    if (count === 0) throw notFound()
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'passkey.removed',
      subjectType: 'user',
      subjectId: actor.userId,
    })
  })
}
