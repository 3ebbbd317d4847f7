import { createHash } from 'node:crypto'
import { isTold } from '#services/circle/authority.rules.ts'
import { live } from '#services/circle/live.ts'
import type { Scope, StaffRole } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mailPage } from './mail-page.ts'
import { isAboutMoney } from './person-notices.server.ts'

interface Recipient {
  email: string
  /** Why they get it, when it is not about themselves. */
  because: string | null
  /** A supporter without `see_money` gets no mail about money. */
  money: boolean
}

/** Which of a council's staff hear of something that was told to the council. */
const councilRole = (kind: string): StaffRole =>
  kind.startsWith('concern.')
    ? 'safeguarding'
    : /^(money|finance|surplus|payment)\./.test(kind)
      ? 'finance'
      : 'adviser'

const MANAGERS = { endedAt: null, role: { in: ['owner' as const, 'coordinator' as const] } }
const MEMBER = { email: true, user: { select: { email: true } } } as const
const addressOf = (member: { email: string | null; user: { email: string } | null }): string | null =>
  member.user?.email ?? member.email

async function forPeople(deps: Deps, personIds: string[]): Promise<Map<string, Recipient[]>> {
  const people = await deps.db.prisma.person.findMany({
    where: { id: { in: personIds } },
    select: {
      id: true,
      shortName: true,
      user: { select: { email: true } },
      authorities: {
        where: live(deps.clock.now()),
        take: 50,
        select: {
          type: true,
          scopes: true,
          supporterUser: { select: { email: true } },
          supporterProvider: { select: { members: { where: MANAGERS, select: MEMBER, take: 20 } } },
        },
      },
    },
  })
  return new Map(
    people.map((person) => {
      const because = `You get this because you support ${person.shortName}.`
      const supporters = person.authorities
        .filter(({ type, scopes }) => isTold(type, scopes as Scope[]))
        .flatMap((one) =>
          [one.supporterUser?.email ?? null, ...(one.supporterProvider?.members ?? []).map(addressOf)].map(
            (email) => ({ email, money: one.scopes.includes('see_money') }),
          ),
        )
      return [
        person.id,
        [
          ...(person.user ? [{ email: person.user.email, because: null, money: true }] : []),
          ...supporters.flatMap(({ email, money }) => (email ? [{ email, because, money }] : [])),
        ],
      ]
    }),
  )
}

async function forProviders(deps: Deps, providerIds: string[]): Promise<Map<string, Recipient[]>> {
  const members = await deps.db.prisma.member.findMany({
    where: { ...MANAGERS, providerId: { in: providerIds } },
    select: { providerId: true, ...MEMBER },
    take: 1_000,
  })
  const found = new Map<string, Recipient[]>()
  for (const member of members) {
    const email = addressOf(member)
    if (email)
      found.set(member.providerId, [
        ...(found.get(member.providerId) ?? []),
        { email, because: null, money: true },
      ])
  }
  return found
}

async function forCouncils(
  deps: Deps,
  notices: { councilId: string | null; kind: string }[],
): Promise<Map<string, Recipient[]>> {
  const councilIds = notices.flatMap(({ councilId }) => councilId ?? [])
  if (councilIds.length === 0) return new Map()
  const staff = await deps.db.prisma.staffMembership.findMany({
    where: { councilId: { in: councilIds }, endedAt: null },
    select: { councilId: true, roles: true, user: { select: { email: true } } },
    take: 1_000,
  })
  return new Map(
    notices.flatMap(({ councilId, kind }) =>
      councilId
        ? [
            [
              `${councilId} ${councilRole(kind)}`,
              staff
                .filter((one) => one.councilId === councilId && one.roles.includes(councilRole(kind)))
                .map((one) => ({ email: one.user.email, because: null, money: true })),
            ],
          ]
        : [],
    ),
  )
}

/** One mail for one address, though somebody may be told for two reasons. */
function once(recipients: readonly Recipient[]): Recipient[] {
  return recipients.filter((one, i) => recipients.findIndex((other) => other.email === one.email) === i)
}

/**
 * Mails notices to whoever of their readers has an address: the person and those who support them, a provider's owners
 * and coordinators, one user, or a council's staff. `arrived_at` is set once one mail was accepted. A repeated job
 * mails nobody twice: the key names the notice and the address.
 */
export async function mailNotices(deps: Deps, noticeIds: readonly string[]): Promise<void> {
  const { prisma } = deps.db
  const notices = await prisma.notice.findMany({
    where: { id: { in: [...noticeIds] } },
    orderBy: { id: 'asc' },
  })
  const [people, providers, councils, users] = await Promise.all([
    forPeople(
      deps,
      notices.flatMap(({ personId }) => personId ?? []),
    ),
    forProviders(
      deps,
      notices.flatMap(({ providerId }) => providerId ?? []),
    ),
    forCouncils(deps, notices),
    prisma.user.findMany({
      where: { id: { in: notices.flatMap(({ userId }) => userId ?? []) } },
      select: { id: true, email: true },
    }),
  ])
  const readers = (notice: (typeof notices)[number]): Recipient[] => {
    if (notice.personId)
      return (people.get(notice.personId) ?? []).filter(({ money }) => money || !isAboutMoney(notice.kind))
    if (notice.providerId) return providers.get(notice.providerId) ?? []
    if (notice.councilId) return councils.get(`${notice.councilId} ${councilRole(notice.kind)}`) ?? []
    return users
      .filter(({ id }) => id === notice.userId)
      .map(({ email }) => ({ email, because: null, money: true }))
  }
  const arrived: string[] = []
  let failed: Error | null = null
  try {
    for (const notice of notices) {
      for (const { email, because } of once(readers(notice))) {
        const address = createHash('sha256').update(email).digest('base64url').slice(0, 22)
        const page = mailPage({
          title: notice.title,
          paragraphs: [notice.body, ...(because ? [because] : [])],
          ...(notice.path
            ? { link: { words: 'See it on Kith', href: new URL(notice.path, deps.settings.origin).href } }
            : {}),
        })
        const key = `notice:${notice.id}:${address}`
        try {
          const delivery = await deps.mail.send({ to: email, subject: notice.title, ...page, key })
          // Nothing arrives at an address that the server refuses; silence there is no yes.
          if (delivery === 'taken' && !arrived.includes(notice.id)) arrived.push(notice.id)
        } catch (error) {
          // One address that does not answer now must not keep the news from the others.
          failed ??= error instanceof Error ? error : new Error('a mail failed')
        }
      }
    }
  } finally {
    // Also when a later mail failed: what arrived has arrived, and the job comes again for the rest.
    await prisma.notice.updateMany({
      where: { id: { in: arrived }, arrivedAt: null },
      data: { arrivedAt: toDate(deps.clock.now()) },
    })
  }
  if (failed) throw failed
}
