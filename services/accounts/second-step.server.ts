import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { appKey, type AppKey } from './app-key.ts'
import { authOf, authRefusal } from './auth.server.ts'
import { codesLeft, hashOfCode } from './backup-code-rules.server.ts'
import { headersOf, type Browser } from './browser.ts'
import { countTry, firstUse, type Limit } from './count-tries.server.ts'
import { machineNow } from './machine-time.ts'
import { privilegedSteps } from './read-steps.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { secretOf } from './seal.server.ts'
import { mailSecurity } from './security-mail.server.ts'
import { readSessionToken } from './session-cookie.server.ts'
import { codeForm } from './sign-in.schema.ts'

export const STEP_TRIED: Limit = { what: 'second-step.tried', most: 5, minutes: 15 }
/** A code of an app is good for a minute and a half at most, and for one use. */
export const CODE_USED = { what: 'second-step.used', minutes: 5 }

export interface SecondStepPage {
  /**
   * begin: nothing yet, first the button that begins. enrol: the key, until its first code is right; after that nobody
   * gets to see it. passkey: there is a passkey and no app.
   */
  state: 'done' | 'begin' | 'enrol' | 'ask' | 'passkey'
  /** It was done in this session, longer than 10 minutes ago. */
  again: boolean
  key: AppKey | null
  passkeys: number
  codesLeft: number
  /** One of the demo's people, for whom a press is enough. */
  demo: boolean
}

/**
 * What the page of the second step asks for.
 * @throws SIGN_IN; NOT_FOUND for everybody who needs no second step
 */
export async function secondStepPage(deps: Deps, given: Actor, browser: Browser): Promise<SecondStepPage> {
  const { actor, steps } = await privilegedSteps(deps, given)
  const { passkeys, codesLeft, demo } = steps
  const page = { again: actor.secondStep, key: null, passkeys, codesLeft, demo }
  if (actor.secondStepFresh) return { ...page, state: 'done' }
  if (steps.app === 'ready') return { ...page, state: 'ask' }
  if (passkeys > 0) return { ...page, state: 'passkey' }
  if (steps.app === 'none') return { ...page, state: 'begin' }
  const { totpURI } = await authOf(deps).api.getTOTPURI({ body: {}, headers: headersOf(browser) })
  return { ...page, state: 'enrol', key: appKey(totpURI) }
}

/**
 * Makes a key for an authenticator app; it counts once a code of it was typed.
 * @throws SIGN_IN, NOT_FOUND; STALE_STATE when there is an app or a passkey already
 */
export async function beginSecondStep(deps: Deps, given: Actor, browser: Browser): Promise<void> {
  const { actor, steps } = await privilegedSteps(deps, given)
  if (steps.app === 'ready')
    throw new DomainError('STALE_STATE', 'You have an authenticator app already. Type the code it shows.')
  // A code from the mail must not be enough to go round a passkey.
  if (steps.passkeys > 0)
    throw new DomainError(
      'STALE_STATE',
      'You have a passkey. Use it; you can add an app on your account’s page.',
    )
  await authOf(deps).api.enableTwoFactor({ body: { method: 'totp' }, headers: headersOf(browser) })
  // Set now, so that the library has no reason to begin another session when the first code is right.
  await deps.db.prisma.user.update({
    where: { id: actor.userId },
    data: {
      twoFactorEnabled: true,
      // The library makes backup codes with the key, and nobody saw these.
      twoFactors: { updateMany: { where: {}, data: { backupCodes: '[]' } } },
    },
    select: { id: true },
  })
}

/** The session gets a new token, so that one seen before has no new powers. */
async function passSecondStep(
  deps: Deps,
  actor: UserActor,
  browser: Browser,
  facts: { how: 'app' | 'backup_code' | 'demo'; first: boolean },
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const old = readSessionToken(deps.settings, browser.cookie) ?? ''
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
      facts,
    })
  })
  return token
}

export const wrongAppCode = (): DomainError => {
  const wrong = 'That is not the code your app shows now. Wait for the next one and type it'
  return new DomainError('INVALID', wrong, { fields: { code: [wrong] } })
}

/**
 * The second step with a code of the app.
 * @returns the session's new token, and whether this was the app's first code
 * @throws SIGN_IN, NOT_FOUND; INVALID beside `code`; TOO_MANY after five wrong ones
 */
export async function finishSecondStep(
  deps: Deps,
  given: Actor,
  input: { code: string; browser: Browser },
): Promise<{ token: string; first: boolean }> {
  const { actor, steps } = await privilegedSteps(deps, given)
  // As long as there is a passkey, an app that was only begun proves nothing.
  if (steps.app === 'none' || (steps.app === 'begun' && steps.passkeys > 0))
    throw new DomainError('STALE_STATE', 'Set up an authenticator app first.')
  const { code } = codeForm.parse(input)
  await countTry(deps, STEP_TRIED, actor.userId)
  try {
    await authOf(deps).api.verifyTOTP({ body: { code }, headers: headersOf(input.browser) })
  } catch (error) {
    throw authRefusal(error) === null ? error : wrongAppCode()
  }
  if (!(await firstUse(deps, CODE_USED, `${actor.userId} ${code}`))) throw wrongAppCode()
  const first = steps.app === 'begun'
  return { token: await passSecondStep(deps, actor, input.browser, { how: 'app', first }), first }
}

const backupForm = z.object({
  backupCode: z
    .string({ error: 'Type one of your backup codes' })
    .trim()
    .min(1, 'Type one of your backup codes')
    .max(40, 'A backup code has ten letters and digits. Check it and type it again'),
})

/**
 * The second step with a backup code, which then works no longer; its owner is told by mail.
 * @returns the session's new token
 * @throws SIGN_IN, NOT_FOUND; INVALID beside `backupCode`; TOO_MANY after five wrong ones
 */
export async function useBackupCode(
  deps: Deps,
  given: Actor,
  input: { backupCode: string; browser: Browser },
): Promise<string> {
  const { actor, steps } = await privilegedSteps(deps, given)
  const { backupCode } = backupForm.parse(input)
  await countTry(deps, STEP_TRIED, actor.userId)
  const wrong = 'That is not one of your backup codes, or it was used before. Try another'
  const refused = new DomainError('INVALID', wrong, { fields: { backupCode: [wrong] } })
  if (steps.app !== 'ready') throw refused
  const code = hashOfCode(secretOf(deps.settings), backupCode)
  try {
    await authOf(deps).api.verifyBackupCode({
      body: { code, disableSession: true },
      headers: headersOf(input.browser),
    })
  } catch (error) {
    throw authRefusal(error) === null ? error : refused
  }
  const token = await passSecondStep(deps, actor, input.browser, { how: 'backup_code', first: false })
  const row = await deps.db.prisma.twoFactor.findFirst({ where: { userId: actor.userId } })
  const left = codesLeft(row?.backupCodes)
  await deps.db.tx((tx) =>
    mailSecurity(tx, steps.email, {
      title: 'A backup code was used to sign in to Kith',
      paragraphs: [
        `It works no longer. You have ${String(left)} left.`,
        'Have you lost your authenticator app? Replace it on your account’s page.',
      ],
    }),
  )
  return token
}

/**
 * The demo's people have neither telephone nor passkey: a press counts.
 * @throws SIGN_IN; NOT_FOUND for everybody real
 */
export async function passDemoStep(deps: Deps, given: Actor, browser: Browser): Promise<string> {
  const { actor, steps } = await privilegedSteps(deps, given)
  if (!steps.demo) throw notFound()
  return passSecondStep(deps, actor, browser, { how: 'demo', first: false })
}
