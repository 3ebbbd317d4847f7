/** Browsers at which somebody signs in with a second step, for the test files about it. */
import { afterEach, beforeEach, vi } from 'vitest'
import { readActor } from '#services/accounts/read-actor.server.ts'
import { beginSecondStep, finishSecondStep, secondStepPage } from '#services/accounts/second-step.server.ts'
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import type { StaffRole, UserActor } from '#services/kernel/actor.ts'
import { makeSession, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil } from '#tests/factories/world.ts'
import { authenticatorShows } from './authenticator.ts'
import { TEST_NOW, type TestHouse } from './house.ts'

/** A browser that is signed in as somebody; its token changes with the second step. */
export interface Desk {
  userId: string
  actor: () => Promise<UserActor>
  browser: () => { cookie: string; userAgent: null }
  goOn: (token: string) => void
}

/** `useDesks(house)` at the top of a test file; in its tests the clocks stand still until `later`. */
export function useDesks(house: () => TestHouse) {
  // The library asks the machine for the time: both clocks stand still together.
  beforeEach(() => {
    house().clock.set(TEST_NOW)
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(TEST_NOW) })
  })
  afterEach(() => vi.useRealTimers())
  const later = (minutes: number): void => {
    house().clock.advance({ minutes })
    vi.setSystemTime(new Date(house().clock.now().epochMilliseconds))
  }
  const appShows = (key: string): string => authenticatorShows(key, house().clock.now())

  async function deskOf(userId: string): Promise<Desk> {
    const { deps } = house()
    let token = (await makeSession(deps, userId, { hours: 8 })).token
    return {
      userId,
      actor: async () => {
        const signedIn = await readActor(deps, token)
        if (!signedIn) throw new Error('nobody is signed in')
        return signedIn.actor
      },
      browser: () => ({ cookie: sessionCookie(deps.settings, token).split(';')[0] ?? '', userAgent: null }),
      goOn: (next) => {
        token = next
      },
    }
  }
  const staffDesk = async (roles: StaffRole[] = ['adviser'], councilId?: string): Promise<Desk> =>
    deskOf(await makeStaff(house().deps, councilId ?? (await makeCouncil(house().deps)), roles))

  async function begin(desk: Desk): Promise<string> {
    await beginSecondStep(house().deps, await desk.actor(), desk.browser())
    const page = await secondStepPage(house().deps, await desk.actor(), desk.browser())
    if (!page.key) throw new Error(`the page is at ${page.state}`)
    return page.key.typed
  }
  async function finish(desk: Desk, code: string): Promise<{ first: boolean }> {
    const { token, first } = await finishSecondStep(house().deps, await desk.actor(), {
      code,
      browser: desk.browser(),
    })
    desk.goOn(token)
    return { first }
  }
  /** Staff with an app, their second step just done. */
  async function withApp(roles?: StaffRole[], councilId?: string): Promise<{ desk: Desk; key: string }> {
    const desk = await staffDesk(roles, councilId)
    const key = await begin(desk)
    await finish(desk, appShows(key))
    return { desk, key }
  }
  const mailsTo = async (userId: string): Promise<string[]> => {
    await house().runJobs()
    return house()
      .mail.sent.filter(({ to }) => to === `${userId}@test.example`)
      .map(({ subject }) => subject)
  }
  const audited = async (action: string, subjectId: string) =>
    house().deps.db.prisma.auditEvent.findMany({ where: { action, subjectId } })

  return { appShows, audited, begin, deskOf, finish, later, mailsTo, staffDesk, withApp }
}
