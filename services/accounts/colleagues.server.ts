import { z } from 'zod'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor, StaffRole, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { recordAudit } from './record-audit.server.ts'
import { mailSecurity } from './security-mail.server.ts'
import { councilsFor, requireFreshSecondStep } from './staff.policy.ts'

const MOST = 200

export interface Colleague {
  userId: string
  name: string
  email: string
  council: string
  roles: readonly StaffRole[]
  operator: boolean
  app: boolean
  passkeys: number
}

interface Scope {
  actor: UserActor
  /** Whose second step they may reset; a council's administrator never an operator's, who can do more than they. */
  where: Prisma.UserWhereInput
}

/** @throws SIGN_IN; NOT_FOUND for all but administrators of a council and operators */
function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.kind !== 'user') throw notFound()
  const others = { id: { not: actor.userId } }
  if (actor.operator)
    return { actor, where: { ...others, OR: [{ operator: true }, { staff: { some: { endedAt: null } } }] } }
  const councilIds = councilsFor(actor, 'colleagues.reset')
  if (councilIds.length === 0) throw notFound()
  const theirs = { some: { endedAt: null, councilId: { in: councilIds } } }
  return { actor, where: { ...others, operator: false, staff: theirs } }
}

const select = {
  id: true,
  name: true,
  email: true,
  operator: true,
  staff: {
    where: { endedAt: null },
    orderBy: { createdAt: 'asc' },
    select: { roles: true, council: { select: { name: true } } },
  },
  twoFactors: { where: { verified: true }, select: { id: true }, take: 1 },
  _count: { select: { passkeys: true } },
} satisfies Prisma.UserSelect

const colleague = (user: Prisma.UserGetPayload<{ select: typeof select }>): Colleague => ({
  userId: user.id,
  name: user.name || user.email,
  email: user.email,
  council: user.staff.map(({ council }) => council.name).join(' and ') || 'This installation',
  roles: [...new Set(user.staff.flatMap(({ roles }) => roles))],
  operator: user.operator,
  app: user.twoFactors.length > 0,
  passkeys: user._count.passkeys,
})

/**
 * Colleagues whose second step the actor may reset, and which they have.
 * @throws as `scopeOf`
 */
export async function colleaguesPage(deps: Deps, given: Actor): Promise<Colleague[]> {
  const { where } = scopeOf(given)
  const users = await deps.db.prisma.user.findMany({
    where,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
    select,
  })
  return users.map(colleague)
}

/** @throws as `scopeOf`; NOT_FOUND for whoever is no colleague of theirs */
export async function colleaguePage(deps: Deps, given: Actor, userId: string): Promise<Colleague> {
  const { where } = scopeOf(given)
  if (!isId(userId)) throw notFound()
  const user = await deps.db.prisma.user.findFirst({ where: { AND: [where, { id: userId }] }, select })
  if (!user) throw notFound()
  return colleague(user)
}

export const SEEN = ['in_person', 'video', 'known_number'] as const
export const resetSchema = z.object({
  userId: z.string(),
  seen: z.enum(SEEN, { error: 'Choose how you made sure that it is them' }),
})

/**
 * For a colleague who lost everything: takes their app, backup codes and passkeys off and ends their sessions. At the next
 * sign-in they set up anew. They are told by mail, and it is written down who did it and how they made sure.
 * @throws SIGN_IN; NOT_FOUND; SECOND_STEP when the actor's own was long ago; INVALID
 */
export async function resetColleague(
  deps: Deps,
  given: Actor,
  input: z.input<typeof resetSchema> | Record<string, unknown>,
): Promise<{ name: string }> {
  const { actor } = scopeOf(given)
  requireFreshSecondStep(actor)
  const { userId, seen } = resetSchema.parse(input)
  const { name, email } = await colleaguePage(deps, actor, userId)
  await deps.db.tx(async (tx) => {
    const apps = await tx.twoFactor.deleteMany({ where: { userId } })
    const passkeys = await tx.passkey.deleteMany({ where: { userId } })
    const sessions = await tx.session.deleteMany({ where: { userId } })
    await tx.user.update({ where: { id: userId }, data: { twoFactorEnabled: false }, select: { id: true } })
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'second_step.reset',
      subjectType: 'user',
      subjectId: userId,
      facts: { seen, apps: apps.count, passkeys: passkeys.count, sessions: sessions.count },
    })
    await mailSecurity(tx, email, {
      title: 'Your second step for Kith was reset',
      paragraphs: [
        'A colleague took your authenticator app, your backup codes and your passkeys off your account. You are signed out everywhere.',
        'At your next sign-in you set up a new app.',
      ],
      end: 'If you did not ask for this, ring whoever looks after Kith at your council now.',
    })
  })
  return { name }
}
