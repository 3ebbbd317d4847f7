import { describe, expect, test } from 'vitest'
import { demoClock } from '#services/adapters/clock/demo.server.ts'
import { keptMail } from '#services/adapters/mail/kept.server.ts'
import { demoMailPage } from '#services/accounts/demo-mail-page.server.ts'
import { demoPeoplePage } from '#services/accounts/demo-people-page.server.ts'
import { moveDemoClock } from '#services/accounts/move-demo-clock.server.ts'
import { startDemoSession } from '#services/accounts/start-demo-session.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const browser = { cookie: null, userAgent: null }
const demoDeps = () => ({ ...house().deps, clock: demoClock(house().deps.db) })
const withoutDemo = () => ({ ...demoDeps(), settings: { ...house().deps.settings, demo: false } })
const demoAddress = (userId: string) =>
  house().deps.db.prisma.user.update({
    where: { id: userId },
    data: { email: `${userId}@demo.kith.example` },
  })

describe('being somebody of the demo', () => {
  test('staff are signed in with the second step done', async () => {
    const { deps } = house()
    const userId = await makeStaff(deps, await makeCouncil(deps), ['adviser'], 'Priya Nair')
    await demoAddress(userId)
    const { signedIn } = await startDemoSession(deps, ANONYMOUS, { userId, browser })
    expect(signedIn.actor).toMatchObject({
      name: 'Priya Nair',
      secondStep: true,
      staff: [{ roles: ['adviser'] }],
    })
    const page = await demoPeoplePage(deps, ANONYMOUS)
    expect(page.groups.find(({ group }) => group === 'staff')?.people.map(({ name }) => name)).toContain(
      'Priya Nair',
    )
  })
  test('is possible for the demo’s people alone, and only while the demo is on', async () => {
    const { deps } = house()
    const userId = await makeUser(deps)
    const as = (id: string, which = deps) => startDemoSession(which, ANONYMOUS, { userId: id, browser })
    await expect(as(userId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(as(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(as("x' or 1=1")).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await demoAddress(userId)
    await expect(as(userId, withoutDemo())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(as(userId)).resolves.toBeDefined()
  })
})

describe('with the demo off', () => {
  test('neither its people, nor its mail, nor its clock are there', async () => {
    const deps = withoutDemo()
    await expect(demoPeoplePage(deps, ANONYMOUS)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(demoMailPage(deps, ANONYMOUS, { page: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(moveDemoClock(deps, ANONYMOUS, { step: 'hour' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

test('mail is shown newest first, by pages', async () => {
  const { deps, clock } = house()
  const mail = keptMail(deps.db, clock)
  for (let i = 1; i <= 21; i += 1) {
    await mail.send({
      to: 'joan@example.org',
      subject: `Mail ${String(i)}`,
      text: 'x',
      key: `page-test-${String(i)}`,
    })
    clock.advance({ minutes: 1 })
  }
  const first = await demoMailPage(deps, ANONYMOUS, { page: 1 })
  expect(first).toMatchObject({ page: 1, pages: 2 })
  expect(first.mails[0]).toMatchObject({ subject: 'Mail 21', to: 'joan@example.org' })
  expect((await demoMailPage(deps, ANONYMOUS, { page: 99 })).mails.map(({ subject }) => subject)).toEqual([
    'Mail 1',
  ])
})

describe('the demo’s clock', () => {
  test('goes forward by what was pressed and starts the work that is due', async () => {
    const deps = demoDeps()
    await deps.clock.refresh?.()
    const before = deps.clock.now()
    await moveDemoClock(deps, ANONYMOUS, { step: 'day' })
    expect(before.until(deps.clock.now()).total('hours')).toBeCloseTo(24, 1)
    const jobs = await house().asOwner<{ n: number }>(
      "select count(*)::int as n from jobs.outbox where job_key like 'now:%'",
    )
    expect(jobs[0]?.n).toBeGreaterThan(0)
  })
  test('says so when no visit lies ahead, and has an end', async () => {
    const deps = demoDeps()
    await expect(moveDemoClock(deps, ANONYMOUS, { step: 'after_visit' })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
    await expect(moveDemoClock(deps, ANONYMOUS, { step: 'year' as 'day' })).rejects.toThrow()
    for (let i = 0; i < 57; i += 1) await moveDemoClock(deps, ANONYMOUS, { step: 'week' })
    await expect(moveDemoClock(deps, ANONYMOUS, { step: 'week' })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
  })
})
