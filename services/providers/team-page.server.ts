import type { Actor, MemberRole } from '#services/kernel/actor.ts'
import { fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Capacity, readCapacity } from './read-lanes.server.ts'
import { memberMay, providerInView } from './providers.policy.ts'

export interface TeamPage {
  provider: { id: string; name: string }
  /** Whether the reader may change who belongs to it. */
  mayManage: boolean
  members: {
    id: string
    name: string
    /** Only for those who may manage the team. */
    email: string | null
    role: MemberRole
    /** Has signed in, or had an account when they were added. */
    signedIn: boolean
    isYou: boolean
    since: string
    visitsAhead: number
  }[]
  /** Who, and how many, can be booked at the same time. */
  capacity: Capacity
  /** Whether the reader may change that. */
  mayPlan: boolean
}

/** Who belongs to an organisation now. @throws DomainError SIGN_IN; NOT_FOUND for strangers */
export async function teamPage(deps: Deps, actor: Actor, wanted: string | null): Promise<TeamPage> {
  const { providerId, role } = providerInView(actor, wanted)
  const mayManage = memberMay(role, 'manage_team')
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: {
      id: true,
      name: true,
      members: {
        where: { endedAt: null },
        orderBy: [{ role: 'asc' }, { name: 'asc' }],
        take: 300,
        select: {
          id: true,
          name: true,
          email: true,
          role: true,
          userId: true,
          createdAt: true,
          lanes: {
            select: {
              _count: {
                select: {
                  visits: { where: { holdsLane: true, startsAt: { gt: toDate(deps.clock.now()) } } },
                },
              },
            },
          },
        },
      },
    },
  })
  const now = deps.clock.now()
  return {
    provider: { id: provider.id, name: provider.name },
    mayManage,
    members: provider.members.map((member) => ({
      id: member.id,
      name: member.name,
      email: mayManage ? member.email : null,
      role: member.role,
      signedIn: member.userId !== null,
      isYou: actor.kind === 'user' && member.userId === actor.userId,
      since: longDate(londonDate(fromDate(member.createdAt))),
      visitsAhead: member.lanes.reduce((sum, lane) => sum + lane._count.visits, 0),
    })),
    capacity: await readCapacity(deps.db.prisma, now, providerId),
    mayPlan: memberMay(role, 'edit_hours'),
  }
}
