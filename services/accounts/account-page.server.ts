import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { deviceName } from './device-name.rules.ts'
import { machineNow } from './machine-time.ts'
import { readSteps } from './read-steps.server.ts'

export interface AccountPage {
  name: string
  email: string
  devices: { sessionId: string; name: string; lastUsed: string; signedIn: string; thisOne: boolean }[]
  passkeys: { id: string; name: string; made: string | null }[]
  /** Which second steps staff and operators have; null for everybody else. */
  steps: { app: boolean; codesLeft: number } | null
}

/**
 * One's own account: name, devices that are signed in, passkeys.
 * @throws SIGN_IN
 */
export async function accountPage(deps: Deps, actor: Actor): Promise<AccountPage> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const steps = await readSteps(deps, actor.userId)
  const user = await deps.db.prisma.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: {
      name: true,
      email: true,
      passkeys: {
        orderBy: { createdAt: 'asc' },
        take: 20,
        select: { id: true, name: true, createdAt: true },
      },
      sessions: {
        where: { expiresAt: { gt: toDate(machineNow(deps.clock)) } },
        orderBy: { updatedAt: 'desc' },
        take: 50,
        select: { id: true, userAgent: true, createdAt: true, updatedAt: true },
      },
    },
  })
  const day = (date: Date): string => longDate(londonDate(fromDate(date)))
  return {
    name: user.name,
    email: user.email,
    devices: user.sessions.map((one) => ({
      sessionId: one.id,
      name: deviceName(one.userAgent ?? ''),
      lastUsed: day(one.updatedAt),
      signedIn: day(one.createdAt),
      thisOne: one.id === actor.sessionId,
    })),
    passkeys: user.passkeys.map((one) => ({
      id: one.id,
      name: one.name ?? 'Passkey',
      made: one.createdAt && day(one.createdAt),
    })),
    steps: steps.privileged ? { app: steps.app === 'ready', codesLeft: steps.codesLeft } : null,
  }
}
