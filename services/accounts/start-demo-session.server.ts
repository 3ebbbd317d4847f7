import { randomBytes } from 'node:crypto'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { beginSession, type NewSession } from './begin-session.server.ts'
import { headersOf, type Browser } from './browser.ts'
import { DEMO_ADDRESS } from './demo.rules.ts'
import { machineNow } from './machine-time.ts'
import { readSessionToken } from './session-cookie.server.ts'
import { firstExpiry } from './sessions.rules.ts'

/**
 * Signs in as one of the demo's people, the second step counted as done.
 * @throws NOT_FOUND when the demo is off, and for anybody who is not of the demo
 */
export async function startDemoSession(
  deps: Deps,
  _actor: Actor,
  input: { userId: string; browser: Browser },
): Promise<NewSession> {
  if (!deps.settings.demo || !isId(input.userId)) throw notFound()
  const user = await deps.db.prisma.user.findFirst({
    where: { id: input.userId, email: { endsWith: DEMO_ADDRESS } },
    select: { id: true },
  })
  if (!user) throw notFound()
  const now = machineNow(deps.clock)
  const token = randomBytes(24).toString('base64url')
  await deps.db.prisma.session.create({
    data: {
      userId: user.id,
      token,
      createdAt: toDate(now),
      updatedAt: toDate(now),
      // The longest; a staff session is cut to its length where sessions are read.
      expiresAt: toDate(firstExpiry('person', now)),
      secondStepAt: toDate(now),
      userAgent: headersOf(input.browser).get('user-agent'),
    },
    select: { id: true },
  })
  return beginSession(deps, token, 'demo', readSessionToken(deps.settings, input.browser.cookie))
}
