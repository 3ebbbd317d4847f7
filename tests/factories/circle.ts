/** People, supporters, staff and sessions, as rows. */
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import { readActor } from '#services/accounts/read-actor.server.ts'
import type { AuthorityType, Scope, StaffRole, UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { makeUser } from './world.ts'

export interface TestPerson {
  personId: string
  userId: string | null
}

export async function makePerson(
  deps: Deps,
  councilId: string,
  options: { userId?: string | null; name?: string; shortName?: string } = {},
): Promise<TestPerson> {
  const personId = newId()
  const userId =
    options.userId === undefined ? await makeUser(deps, options.name ?? 'Joan Ellis') : options.userId
  await deps.db.prisma.person.create({
    data: {
      id: personId,
      councilId,
      userId,
      name: options.name ?? 'Joan Ellis',
      shortName: options.shortName ?? 'Joan',
    },
  })
  return { personId, userId }
}

export async function makeStaff(
  deps: Deps,
  councilId: string,
  roles: StaffRole[],
  name = 'A colleague',
): Promise<string> {
  const userId = await makeUser(deps, name)
  await deps.db.prisma.staffMembership.create({ data: { councilId, userId, roles } })
  return userId
}

export async function makeAuthority(
  deps: Deps,
  given: {
    personId: string
    supporterUserId?: string
    supporterProviderId?: string
    type?: AuthorityType
    scopes?: Scope[]
    startsOn?: string
    endsOn?: string
  },
): Promise<string> {
  const id = newId()
  const day = (iso: string): Date => dateColumn(Temporal.PlainDate.from(iso))
  await deps.db.prisma.authority.create({
    data: {
      id,
      personId: given.personId,
      supporterUserId: given.supporterUserId ?? null,
      supporterProviderId: given.supporterProviderId ?? null,
      type: given.type ?? 'informal',
      relationship: 'brother',
      scopes: given.scopes ?? ['see_plan', 'book', 'confirm_hours', 'message'],
      startsOn: day(given.startsOn ?? '2026-01-01'),
      endsOn: given.endsOn ? day(given.endsOn) : null,
    },
  })
  return id
}

export interface TestSession {
  token: string
  sessionId: string
  /** Reads the session afresh, as a request does. */
  actor: () => Promise<UserActor | null>
  /** For a Cookie header. */
  cookie: string
}

/** A session as signing in leaves it; with `secondStep`, as the second step does. */
export async function makeSession(
  deps: Deps,
  userId: string,
  options: { secondStep?: boolean; hours?: number } = {},
): Promise<TestSession> {
  const token = newId()
  const now = deps.clock.now()
  const { id } = await deps.db.prisma.session.create({
    data: {
      userId,
      token,
      createdAt: toDate(now),
      updatedAt: toDate(now),
      expiresAt: toDate(now.add({ hours: options.hours ?? 720 })),
      secondStepAt: options.secondStep ? toDate(now) : null,
    },
  })
  return {
    token,
    sessionId: id,
    actor: async () => (await readActor(deps, token))?.actor ?? null,
    cookie: sessionCookie(deps.settings, token).split(';')[0] ?? '',
  }
}

/** Signed in, second step done. */
export async function actorOf(deps: Deps, userId: string): Promise<UserActor> {
  const actor = await (await makeSession(deps, userId, { secondStep: true })).actor()
  if (!actor) throw new Error('a session just made is not there')
  return actor
}

export const makePasskey = (deps: Deps, userId: string) =>
  deps.db.prisma.passkey.create({
    data: {
      userId,
      publicKey: 'a key',
      credentialID: newId(),
      counter: 0,
      deviceType: 'singleDevice',
      backedUp: false,
    },
  })
