import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { authOf } from './auth.server.ts'
import { headersOf, type Browser } from './browser.ts'
import { privilegedSteps } from './read-steps.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { mailSecurity } from './security-mail.server.ts'
import { requireFreshSecondStep } from './staff.policy.ts'

/**
 * How many backup codes are left.
 * @throws SIGN_IN; NOT_FOUND; SECOND_STEP
 */
export async function backupCodesPage(deps: Deps, given: Actor): Promise<{ app: boolean; left: number }> {
  const { actor, steps } = await privilegedSteps(deps, given)
  requireFreshSecondStep(actor)
  return { app: steps.app === 'ready', left: steps.codesLeft }
}

/**
 * Makes ten new backup codes; the older ones work no longer.
 * @returns the codes, which nobody can read afterwards
 * @throws SIGN_IN; NOT_FOUND; SECOND_STEP; REFUSED_BY_RULE without an authenticator app, since they stand in for one
 */
export async function makeBackupCodes(deps: Deps, given: Actor, browser: Browser): Promise<string[]> {
  const { actor, steps } = await privilegedSteps(deps, given)
  requireFreshSecondStep(actor)
  if (steps.app !== 'ready')
    throw new DomainError(
      'REFUSED_BY_RULE',
      'Backup codes stand in for an authenticator app. Set up an app first.',
    )
  const { backupCodes } = await authOf(deps).api.generateBackupCodes({
    body: {},
    headers: headersOf(browser),
  })
  await deps.db.tx(async (tx) => {
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'backup_codes.made',
      subjectType: 'user',
      subjectId: actor.userId,
    })
    await mailSecurity(tx, steps.email, {
      title: 'You have new backup codes for Kith',
      paragraphs: ['The older ones work no longer.'],
    })
  })
  return backupCodes
}
