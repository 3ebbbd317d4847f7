import { recordAudit } from './record-audit.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SignedIn } from './read-actor.server.ts'
import { readActor } from './read-actor.server.ts'

export interface NewSession {
  token: string
  signedIn: SignedIn
  /** Never said; asked for once. */
  nameMissing: boolean
}

/**
 * What follows every way of signing in: memberships that were offered to this address become theirs, the browser's
 * earlier session ends, and it is written down.
 * @param how 'code', 'passkey' or 'demo'
 */
export async function beginSession(
  deps: Deps,
  token: string,
  how: 'code' | 'passkey' | 'demo',
  earlierToken: string | null,
): Promise<NewSession> {
  const { userId, user } = await deps.db.prisma.session.findUniqueOrThrow({
    where: { token },
    select: { userId: true, user: { select: { name: true } } },
  })
  await deps.db.tx(async (tx) => {
    // Only now is it certain that the address is theirs. One membership for each provider and user.
    await tx.$executeRaw`
      update member m set user_id = u.id
      from app_user u
      where u.id = ${userId}::uuid and u.email_verified and lower(m.email) = u.email and m.user_id is null and m.ended_at is null
        and m.id = (select first.id from member first
                    where first.provider_id = m.provider_id and lower(first.email) = u.email and first.user_id is null and first.ended_at is null
                    order by first.created_at, first.id limit 1)
        and not exists (select 1 from member other where other.provider_id = m.provider_id and other.user_id = u.id)`
    if (earlierToken && earlierToken !== token)
      await tx.session.deleteMany({ where: { token: earlierToken } })
  })
  const signedIn = await readActor(deps, token)
  if (!signedIn) throw new Error('a session just begun is not there')
  await deps.db.tx((tx) =>
    recordAudit(tx, deps.clock.now(), signedIn.actor, {
      action: 'session.begun',
      subjectType: 'user',
      subjectId: userId,
      facts: { how },
    }),
  )
  return { token, signedIn, nameMissing: user.name === '' }
}
