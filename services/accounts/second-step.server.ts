import { randomBytes } from 'node:crypto'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { authOf, authRefusal } from './auth.server.ts'
import { headersOf, type Browser } from './browser.ts'
import { countTry, firstUse } from './count-tries.server.ts'
import { machineNow } from './machine-time.ts'
import { recordAudit } from './record-audit.server.ts'
import { readSessionToken } from './session-cookie.server.ts'
import { codeForm } from './sign-in.schema.ts'

const TRIED = { what: 'second-step.tried', most: 5, minutes: 15 }
/** A code of an app is good for a minute and a half at most, and for one use. */
const USED = { what: 'second-step.used', minutes: 5 }

export type SecondStepPage =
  | { state: 'done' }
  /** No app yet: first the button that begins. */
  | { state: 'begin'; passkeys: number }
  /** The key to put into the app, in groups of four, and as an address that opens an app on this device. */
  | { state: 'enrol'; key: string; uri: string; passkeys: number }
  | { state: 'ask'; passkeys: number }

/** Asked of the database and not of the actor, who is nothing special before this step. */
async function mustBePrivileged(deps: Deps, actor: Actor) {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const user = await deps.db.prisma.user.findUnique({
    where: { id: actor.userId },
    select: {
      operator: true,
      staff: { where: { endedAt: null }, select: { id: true }, take: 1 },
      twoFactors: { select: { verified: true }, take: 1 },
      _count: { select: { passkeys: true } },
    },
  })
  if (!user || (!user.operator && user.staff.length === 0)) throw notFound()
  return { actor, app: user.twoFactors[0] ?? null, passkeys: user._count.passkeys }
}

/**
 * What the page of the second step asks for.
 * @throws SIGN_IN; NOT_FOUND for everybody who needs no second step
 */
export async function secondStepPage(deps: Deps, given: Actor, browser: Browser): Promise<SecondStepPage> {
  const { actor, app, passkeys } = await mustBePrivileged(deps, given)
  if (actor.secondStep) return { state: 'done' }
  if (!app) return { state: 'begin', passkeys }
  if (app.verified) return { state: 'ask', passkeys }
  // Shown only until the first code is right; after that nobody gets to see it.
  const { totpURI } = await authOf(deps).api.getTOTPURI({ body: {}, headers: headersOf(browser) })
  const key = new URL(totpURI).searchParams.get('secret') ?? ''
  return { state: 'enrol', key: key.replaceAll(/(.{4})(?=.)/g, '$1 '), uri: totpURI, passkeys }
}

/**
 * Makes a key for an authenticator app; it counts once a code of it was typed.
 * @throws SIGN_IN, NOT_FOUND; STALE_STATE when there is an app already
 */
export async function beginSecondStep(deps: Deps, given: Actor, browser: Browser): Promise<void> {
  const { actor, app } = await mustBePrivileged(deps, given)
  if (app?.verified)
    throw new DomainError('STALE_STATE', 'You have an authenticator app already. Type the code it shows.')
  await authOf(deps).api.enableTwoFactor({ body: { method: 'totp' }, headers: headersOf(browser) })
  // Set now, so that the library has no reason to begin another session when the first code is right.
  await deps.db.prisma.user.update({
    where: { id: actor.userId },
    data: { twoFactorEnabled: true },
    select: { id: true },
  })
}

/**
 * The second step with a code of the app. The session gets a new token, so that one seen before has no new powers.
 * @returns the new token
 * @throws SIGN_IN, NOT_FOUND; INVALID beside `code`; TOO_MANY after five wrong ones
 */
export async function finishSecondStep(
  deps: Deps,
  given: Actor,
  input: { code: string; browser: Browser },
): Promise<string> {
  const { actor, app } = await mustBePrivileged(deps, given)
  if (!app) throw new DomainError('STALE_STATE', 'Set up an authenticator app first.')
  const { code } = codeForm.parse(input)
  await countTry(deps, TRIED, actor.userId)
  const wrong = 'That is not the code your app shows now. Wait for the next one and type it'
  const refused = new DomainError('INVALID', wrong, { fields: { code: [wrong] } })
  try {
    await authOf(deps).api.verifyTOTP({ body: { code }, headers: headersOf(input.browser) })
  } catch (error) {
    throw authRefusal(error) === null ? error : refused
  }
  if (!(await firstUse(deps, USED, `${actor.userId} ${code}`))) throw refused
  const token = randomBytes(24).toString('base64url')
  const old = readSessionToken(deps.settings, input.browser.cookie) ?? ''
  await deps.db.tx(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: actor.sessionId, token: old },
      data: { token, secondStepAt: toDate(machineNow(deps.clock)) },
    })
    if (count !== 1) throw new DomainError('SIGN_IN', 'Sign in to see this page.')
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'session.second_step',
      subjectType: 'user',
      subjectId: actor.userId,
      facts: { first: !app.verified },
    })
  })
  return token
}
