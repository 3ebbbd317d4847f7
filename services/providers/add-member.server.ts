import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { mailPage } from '#services/messages/mail-page.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from './fields.schema.ts'
import { memberSchema } from './provider.schema.ts'
import { requireMember } from './providers.policy.ts'
import { reindexProvider } from './reindex-provider.server.ts'

const MOST_MEMBERS = 300

/**
 * Adds somebody to an organisation. A worker gets a lane, so that visits can be put in their calendar; everybody is
 * invited by mail and belongs to the organisation as soon as they sign in with that address.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for all but owners; INVALID; TOO_MANY
 */
export async function addMember(
  deps: Deps,
  actor: Actor,
  providerId: string,
  input: unknown,
): Promise<{ memberId: string }> {
  requireMember(actor, providerId, 'manage_team')
  const given = parseInput(memberSchema, input)
  const now = deps.clock.now()
  const memberId = newId()
  await deps.db.tx(async (tx) => {
    const members = await tx.member.findMany({
      where: { providerId, endedAt: null },
      select: { email: true },
      take: MOST_MEMBERS + 1,
    })
    if (members.length >= MOST_MEMBERS)
      throw new DomainError('TOO_MANY', 'There are 300 people in your team already.')
    if (members.some((member) => member.email === given.email))
      throw invalid({ email: ['Somebody with this address belongs to your team already.'] })
    const user = await tx.user.findUnique({ where: { email: given.email }, select: { id: true } })
    // A former member who comes back has a row with their user already; one user is one member of a provider.
    if (user) await tx.member.updateMany({ where: { providerId, userId: user.id }, data: { userId: null } })
    await tx.member.create({
      data: { id: memberId, providerId, userId: user?.id ?? null, ...given, createdAt: toDate(now) },
      select: { id: true },
    })
    if (given.role === 'worker')
      await tx.lane.create({
        data: { id: newId(), providerId, memberId, name: given.name },
        select: { id: true },
      })
    await addJob(tx, 'mail_invitation', { memberId })
    await recordAudit(tx, now, actor, {
      action: 'member.added',
      subjectType: 'member',
      subjectId: memberId,
      forPersonId: null,
      facts: { providerId, role: given.role },
    })
    if (given.role === 'worker') await reindexProvider(tx, now, providerId)
  })
  return { memberId }
}

const payload = z.object({ memberId: z.uuid() })
const ROLE_WORDS = {
  owner: 'You can change everything, and say who belongs to the team.',
  coordinator: 'You can answer requests and change listings and hours.',
  worker: 'You can see your visits and say how long they took.',
} as const

/** The job `mail_invitation`: tells a new member how to sign in. Somebody whose membership ended meanwhile is not written to. */
export async function mailInvitation(deps: Deps, input: unknown): Promise<void> {
  const { memberId } = payload.parse(input)
  const member = await deps.db.prisma.member.findUnique({
    where: { id: memberId },
    select: { name: true, email: true, role: true, endedAt: true, provider: { select: { name: true } } },
  })
  if (!member?.email || member.endedAt) return
  await deps.mail.send({
    to: member.email,
    subject: `${member.provider.name} added you to its team on Kith`,
    key: `invitation:${memberId}`,
    ...mailPage({
      title: `You belong to the team of ${member.provider.name}`,
      paragraphs: [
        `Hello ${member.name}.`,
        ROLE_WORDS[member.role],
        'Sign in with this e-mail address. We send you a code; there is no password.',
      ],
      link: { words: 'Sign in', href: `${deps.settings.origin}/sign-in?next=/provider` },
      end: 'If you do not know this organisation, you need do nothing. Nobody can act in your name.',
    }),
  })
}
