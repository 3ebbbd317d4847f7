import { describe, expect, test } from 'vitest'
import { addOwnPlan, removeOwnPlan } from '#services/bookings/keep-own-plan.server.ts'
import { ownPlanPage } from '#services/bookings/own-plan-page.server.ts'
import { weekPage } from '#services/bookings/week-page.server.ts'
import { ANONYMOUS, type Scope } from '#services/kernel/actor.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import {
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeUser,
  userActor,
} from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps

/** It is Monday 2 November 2026. A café on Tuesdays from 10am to 12 noon, and somebody who may go. */
async function cafe() {
  const { personId, actor } = await makePerson(deps(), await makeCouncil(deps()), [])
  const { providerId } = await makeProvider(deps())
  const { serviceId, slug } = await makeService(deps(), providerId, {
    funded: 'free',
    setting: 'at_venue',
    hours: [{ weekday: 2, fromMinute: 600, untilMinute: 720 }],
  })
  return { personId, actor, serviceId, slug }
}
async function supporter(personId: string, scopes: Scope[]) {
  const userId = await makeUser(deps(), 'A brother')
  const authorityId = await makeAuthority(deps(), { personId, supporterUserId: userId, scopes })
  return userActor(userId, {
    actingFor: {
      personId,
      authorityId,
      type: 'informal',
      scopes,
      personName: 'Ada Test',
      organisationName: null,
    },
  })
}
const tuesdays = async (actor: Parameters<typeof weekPage>[1], week: string | null = null) =>
  (await weekPage(deps(), actor, week)).days[1]?.plans ?? []
const TUESDAY = '2026-11-03 600'

describe('free support in my week', () => {
  test('offers the next times, and puts one of them in the week: no booking, no money, nobody told', async () => {
    const { personId, actor, slug } = await cafe()
    const page = await ownPlanPage(deps(), actor, slug)
    expect(page.sessions[0]).toEqual({ value: TUESDAY, label: 'Tuesday 3 November, 10am to 12 noon' })
    expect(page.sessions).toHaveLength(8)
    await addOwnPlan(deps(), actor, { personId, slug, session: TUESDAY, often: 'once', time: '' })
    expect(await tuesdays(actor)).toMatchObject([
      {
        title: 'Morning help at home',
        time: '10am to 12 noon',
        weekly: false,
        warning: null,
        href: `/services/${slug}`,
      },
    ])
    expect(await tuesdays(actor, '2026-11-10')).toEqual([])
    expect(await deps().db.prisma.booking.count({ where: { personId } })).toBe(0)
    expect(await deps().db.prisma.notice.count({ where: { personId } })).toBe(0)
  })

  test('every week, except one, until it is taken out; what was before stays', async () => {
    const { personId, actor, slug } = await cafe()
    await addOwnPlan(deps(), actor, { personId, slug, session: TUESDAY, often: 'weekly', time: '11:00' })
    const [plan] = await tuesdays(actor)
    expect(plan).toMatchObject({ weekly: true, time: '11am to 11:30am' })
    const planId = plan?.id ?? ''
    await removeOwnPlan(deps(), actor, { personId, planId, day: '2026-11-10' })
    expect(await tuesdays(actor, '2026-11-10')).toEqual([])
    expect(await tuesdays(actor, '2026-11-17')).toHaveLength(1)
    house().clock.set('2026-11-18T10:00:00Z')
    await removeOwnPlan(deps(), actor, { personId, planId, day: null })
    expect(await tuesdays(actor, '2026-11-24')).toEqual([])
    expect(await tuesdays(actor, '2026-11-17')).toHaveLength(1)
    house().clock.set('2026-11-02T10:00:00Z')
  })

  test('says so when they are closed on that day after all, or are not listed any more', async () => {
    const { personId, actor, slug, serviceId } = await cafe()
    await addOwnPlan(deps(), actor, { personId, slug, session: TUESDAY, often: 'once', time: '' })
    await deps().db.prisma.availabilityException.create({
      data: { serviceId, day: new Date('2026-11-03'), closed: true },
    })
    expect((await tuesdays(actor))[0]?.warning).toMatch(/closed then/)
    await deps().db.prisma.service.update({ where: { id: serviceId }, data: { state: 'unpublished' } })
    expect((await tuesdays(actor))[0]).toMatchObject({
      href: null,
      warning: expect.stringMatching(/not listed/),
    })
  })

  test('a supporter within scope does it for somebody; without it neither does nor sees it', async () => {
    const { personId, actor, slug } = await cafe()
    const brother = await supporter(personId, ['book'])
    await addOwnPlan(deps(), brother, { personId, slug, session: TUESDAY, often: 'once', time: '' })
    expect(await tuesdays(actor)).toHaveLength(1)
    expect(await tuesdays(brother)).toHaveLength(1)
    const friend = await supporter(personId, ['message'])
    await expect(
      addOwnPlan(deps(), friend, { personId, slug, session: TUESDAY, often: 'once', time: '' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await tuesdays(friend)).toEqual([])
    // Without an identity the database shows nothing of it.
    expect(await deps().db.prisma.ownPlan.count({ where: { personId } })).toBe(0)
    expect(
      await deps().db.prisma.auditEvent.count({ where: { action: 'own_plan.added', forPersonId: personId } }),
    ).toBe(1)
  })

  test.each([
    ['a day that they are not open', { session: '2026-11-04 600' }, 'INVALID'],
    ['a time outside their hours', { time: '09:00' }, 'INVALID'],
    ['a day that is in the week already', {}, 'CLASH'],
  ])('%s is refused and nothing changes', async (_what, change, code) => {
    const { personId, actor, slug } = await cafe()
    const input = { personId, slug, session: TUESDAY, often: 'once' as const, time: '' }
    if (code === 'CLASH') await addOwnPlan(deps(), actor, input)
    const before = await tuesdays(actor)
    await expect(addOwnPlan(deps(), actor, { ...input, ...change })).rejects.toMatchObject({ code })
    expect(await tuesdays(actor)).toEqual(before)
  })

  test('strangers and paid services: not found; nobody signed in: sign in', async () => {
    const { personId, actor, slug } = await cafe()
    const stranger = (await cafe()).actor
    await addOwnPlan(deps(), actor, { personId, slug, session: TUESDAY, often: 'once', time: '' })
    const planId = (await tuesdays(actor))[0]?.id ?? ''
    await expect(removeOwnPlan(deps(), stranger, { personId, planId, day: null })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      removeOwnPlan(deps(), stranger, { personId: stranger.personId ?? '', planId, day: null }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ownPlanPage(deps(), ANONYMOUS, slug)).rejects.toMatchObject({ code: 'SIGN_IN' })
    const paid = await makeService(deps(), (await makeProvider(deps())).providerId)
    await expect(ownPlanPage(deps(), actor, paid.slug)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
