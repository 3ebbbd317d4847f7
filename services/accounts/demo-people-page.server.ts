import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { clockTime, inLondon, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  DEMO_ADDRESS,
  DEMO_GROUPS,
  groupDemoPeople,
  type DemoGroup,
  type DemoPerson,
  type DemoUser,
} from './demo.rules.ts'
import { nextVisitEnd } from './next-visit-end.server.ts'

/** More would not help a stranger to choose. */
const MOST = 300
const SHOWN = 8

export interface DemoPage {
  groups: { group: DemoGroup; people: DemoPerson[]; others: DemoPerson[] }[]
  /** What the demo's clock says: 'Saturday 21 November 2026, 10:07pm'. */
  now: string
  movedForward: boolean
  /** When the next planned visit ends, in words; null when there is none. */
  nextVisitEnds: string | null
}

/**
 * The people a stranger may be, by role, and the demo's clock.
 * @throws NOT_FOUND when the demo is off
 */
export async function demoPeoplePage(deps: Deps, _actor: Actor): Promise<DemoPage> {
  if (!deps.settings.demo) throw notFound()
  const rows = await deps.db.prisma.user.findMany({
    where: { email: { endsWith: DEMO_ADDRESS } },
    orderBy: { id: 'asc' },
    take: MOST,
    select: {
      id: true,
      name: true,
      operator: true,
      person: {
        select: {
          isCarer: true,
          council: { select: { name: true } },
          budgets: {
            select: {
              allocations: {
                select: { deployment: true, stream: { select: { name: true } } },
                orderBy: { id: 'asc' },
                take: 6,
              },
            },
            orderBy: { startsOn: 'desc' },
            take: 1,
          },
        },
      },
      authorities: {
        where: { endedAt: null },
        select: { type: true, relationship: true, person: { select: { shortName: true } } },
        take: 40,
      },
      memberships: {
        where: { endedAt: null },
        select: {
          role: true,
          provider: {
            select: {
              name: true,
              authorities: {
                where: { endedAt: null },
                select: { type: true, relationship: true, person: { select: { shortName: true } } },
                take: 40,
              },
            },
          },
        },
        take: 5,
      },
      staff: {
        where: { endedAt: null },
        select: { roles: true, council: { select: { name: true } } },
        take: 5,
      },
    },
  })
  const users = rows.map((row): DemoUser => ({
    id: row.id,
    name: row.name,
    operator: row.operator,
    person: row.person && {
      isCarer: row.person.isCarer,
      council: row.person.council.name,
      funds: row.person.budgets.flatMap((budget) =>
        budget.allocations.map(({ deployment, stream }) => ({ name: stream.name, deployment })),
      ),
    },
    supports: [...row.authorities, ...row.memberships.flatMap((member) => member.provider.authorities)].map(
      ({ type, relationship, person }) => ({ type, relationship, person: person.shortName }),
    ),
    memberships: row.memberships.map(({ role, provider }) => ({ role, provider: provider.name })),
    staff: row.staff.map(({ roles, council }) => ({ roles, council: council.name })),
  }))
  const groups = groupDemoPeople(users)
  const now = inLondon(deps.clock.now())
  const ends = await nextVisitEnd(deps)
  const words = (at: typeof now): string => `${longDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`
  return {
    groups: DEMO_GROUPS.map((group) => ({
      group,
      people: groups[group].slice(0, SHOWN),
      others: groups[group].slice(SHOWN),
    })),
    now: words(now),
    movedForward: (deps.clock.demo?.offsetSeconds() ?? 0) > 0,
    nextVisitEnds: ends && words(inLondon(ends)),
  }
}
