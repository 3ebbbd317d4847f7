import { randomBytes } from 'node:crypto'
import { symmetricEncrypt } from 'better-auth/crypto'
import { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { appKey, type AppKey } from './app-key.ts'
import { countTry, firstUse } from './count-tries.server.ts'
import { machineNow } from './machine-time.ts'
import { privilegedSteps } from './read-steps.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { secretOf } from './seal.server.ts'
import { CODE_USED, STEP_TRIED, wrongAppCode } from './second-step.server.ts'
import { mailSecurity } from './security-mail.server.ts'
import { codeForm } from './sign-in.schema.ts'
import { requireFreshSecondStep } from './staff.policy.ts'
import { appShows, base32 } from './totp.server.ts'

/** A key that is nobody's yet; the browser keeps it sealed until a code of it was right. */
const pendingKey = z.object({ userId: z.string(), secret: z.string().length(32) })
export type PendingKey = z.output<typeof pendingKey>

const pendingOf = (userId: string, value: unknown): PendingKey | null => {
  const { data } = pendingKey.safeParse(value)
  return data?.userId === userId ? data : null
}

export interface NewAppPage {
  /** The old app works until the new one has shown a right code. */
  replaces: boolean
  key: AppKey
  pending: PendingKey
}

/**
 * The page that sets up another authenticator app, or the first one beside a passkey.
 * @param waiting the key that this browser was shown before, if any
 * @throws SIGN_IN; NOT_FOUND for everybody who needs no second step; SECOND_STEP
 */
export async function newAppPage(deps: Deps, given: Actor, waiting: unknown): Promise<NewAppPage> {
  const { actor, steps } = await privilegedSteps(deps, given)
  requireFreshSecondStep(actor)
  const pending = pendingOf(actor.userId, waiting) ?? {
    userId: actor.userId,
    secret: randomBytes(24).toString('base64url'),
  }
  const uri = new URL(`otpauth://totp/Kith:${encodeURIComponent(steps.email)}`)
  uri.search = new URLSearchParams({
    secret: base32(pending.secret),
    issuer: 'Kith',
    digits: '6',
    period: '30',
  }).toString()
  return { replaces: steps.app === 'ready', key: appKey(uri.href), pending }
}

/**
 * The new app has shown its first code: it takes the place of the old one, the old backup codes work no longer, and all
 * other devices are signed out, since the lost one may be among them.
 * @throws SIGN_IN; NOT_FOUND; SECOND_STEP; STALE_STATE when the key waited too long; INVALID beside `code`; TOO_MANY
 */
export async function confirmNewApp(
  deps: Deps,
  given: Actor,
  input: { code: string; waiting: unknown },
): Promise<void> {
  const { actor, steps } = await privilegedSteps(deps, given)
  requireFreshSecondStep(actor)
  const pending = pendingOf(actor.userId, input.waiting)
  if (!pending)
    throw new DomainError('STALE_STATE', 'This key waited too long. Scan the new one, then type its code.')
  const { code } = codeForm.parse(input)
  await countTry(deps, STEP_TRIED, actor.userId)
  if (!appShows(pending.secret, code, machineNow(deps.clock))) throw wrongAppCode()
  if (!(await firstUse(deps, CODE_USED, `${actor.userId} ${code}`))) throw wrongAppCode()
  // As the library keeps its own.
  const secret = await symmetricEncrypt({ key: secretOf(deps.settings), data: pending.secret })
  await deps.db.tx(async (tx) => {
    await tx.twoFactor.deleteMany({ where: { userId: actor.userId } })
    await tx.twoFactor.create({
      data: { id: newId(), userId: actor.userId, secret, backupCodes: '[]', verified: true },
      select: { id: true },
    })
    await tx.user.update({
      where: { id: actor.userId },
      data: { twoFactorEnabled: true },
      select: { id: true },
    })
    const { count } = await tx.session.deleteMany({
      where: { userId: actor.userId, id: { not: actor.sessionId } },
    })
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'second_step.app_replaced',
      subjectType: 'user',
      subjectId: actor.userId,
      facts: { first: steps.app !== 'ready', ended: count },
    })
    await mailSecurity(tx, steps.email, {
      title: 'Your authenticator app for Kith was changed',
      paragraphs: ['From now on only the codes of the new app work. All other devices were signed out.'],
    })
  })
}

/**
 * Takes the authenticator app off, and its backup codes with it.
 * @throws SIGN_IN; NOT_FOUND; SECOND_STEP; REFUSED_BY_RULE when nothing would be left for the second step
 */
export async function removeApp(deps: Deps, given: Actor): Promise<void> {
  const { actor, steps } = await privilegedSteps(deps, given)
  requireFreshSecondStep(actor)
  if (steps.passkeys === 0)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'The app is your only second step. Replace it, or make a passkey first.',
    )
  await deps.db.tx(async (tx) => {
    const { count } = await tx.twoFactor.deleteMany({ where: { userId: actor.userId } })
    if (count === 0) return
    await tx.user.update({
      where: { id: actor.userId },
      data: { twoFactorEnabled: false },
      select: { id: true },
    })
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'second_step.app_removed',
      subjectType: 'user',
      subjectId: actor.userId,
    })
    await mailSecurity(tx, steps.email, {
      title: 'Your authenticator app was taken off Kith',
      paragraphs: ['You sign in with your passkey from now on. The backup codes work no longer.'],
    })
  })
}
