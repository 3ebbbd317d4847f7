import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { codesLeft } from './backup-code-rules.server.ts'
import { DEMO_ADDRESS } from './demo.rules.ts'
import { requireFreshSecondStep } from './staff.policy.ts'

export interface Steps {
  email: string
  /** Staff or operator: somebody who needs a second step. Asked of the database and not of the actor, who is nothing special before it. */
  privileged: boolean
  app: 'none' | 'begun' | 'ready'
  codesLeft: number
  passkeys: number
  /** One of the demo's people, who have no telephone. */
  demo: boolean
}

/** Which second steps somebody has. */
export async function readSteps(deps: Deps, userId: string): Promise<Steps> {
  const user = await deps.db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      email: true,
      operator: true,
      staff: { where: { endedAt: null }, select: { id: true }, take: 1 },
      twoFactors: { select: { verified: true, backupCodes: true }, take: 1 },
      _count: { select: { passkeys: true } },
    },
  })
  const app = user.twoFactors[0]
  return {
    email: user.email,
    privileged: user.operator || user.staff.length > 0,
    app: app ? (app.verified ? 'ready' : 'begun') : 'none',
    codesLeft: app?.verified ? codesLeft(app.backupCodes) : 0,
    passkeys: user._count.passkeys,
    demo: deps.settings.demo && user.email.endsWith(DEMO_ADDRESS),
  }
}

/** @throws SIGN_IN; NOT_FOUND for everybody who needs no second step */
export async function privilegedSteps(deps: Deps, actor: Actor): Promise<{ actor: UserActor; steps: Steps }> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const steps = await readSteps(deps, actor.userId)
  if (!steps.privileged) throw notFound()
  return { actor, steps }
}

/**
 * Lets somebody change how they sign in. Whoever has a second step does it first: else a code from the mail alone would be
 * enough to make another one.
 * @throws SIGN_IN; SECOND_STEP
 */
export async function mayChangeSteps(deps: Deps, actor: Actor): Promise<{ actor: UserActor; steps: Steps }> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const steps = await readSteps(deps, actor.userId)
  if (steps.privileged && (steps.app === 'ready' || steps.passkeys > 0)) requireFreshSecondStep(actor)
  return { actor, steps }
}
