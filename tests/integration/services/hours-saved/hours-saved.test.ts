import { beforeEach, describe, expect, test } from 'vitest'
import { councilHoursCsv, councilHoursPage } from '#services/hours-saved/council-hours.server.ts'
import { answerHours, asksForHours, personHoursPage } from '#services/hours-saved/person-hours.server.ts'
import { providerHours } from '#services/hours-saved/provider-hours.server.ts'
import { issueNow } from '#services/invoicing/issue-invoices.server.ts'
import { ANONYMOUS, type Actor, type StaffRole } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeBilling } from '#tests/factories/billing.ts'
import { makeBookingWorld } from '#tests/factories/bookings.ts'
import { actingFor } from '#tests/factories/purchases.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeCouncil, makePerson, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const staffOf = async (councilId: string, role: StaffRole) =>
  userActor(await makeUser(house().deps), { staff: [{ councilId, roles: [role] }] })
const said = (personId: string, hours: string, minutes = '') => ({ personId, skip: false, hours, minutes })

describe('a person', () => {
  test('sees the receipts that they did not keep, with what is assumed', async () => {
    const { deps } = house()
    const w = await makeBookingWorld(deps)
    expect(await personHoursPage(deps, w.person.actor)).toMatchObject({ receipts: 0 })
    await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
    expect(await personHoursPage(deps, w.person.actor)).toMatchObject({
      receipts: 2,
      saved: '10 minutes',
      assumption: { minutes: 5, source: 'Our own assumption. Nobody has measured it yet.' },
    })
  })

  test('whose council pays has none to keep', async () => {
    const { deps } = house()
    const w = await makeBookingWorld(deps, {
      funds: [{ pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true }],
    })
    await settledVisits(house(), w, ['2026-11-09'])
    expect(await personHoursPage(deps, w.person.actor)).toMatchObject({ receipts: 0 })
  })

  test('is asked once a quarter, and may put it right until it ends', async () => {
    const { deps } = house()
    const { person } = await makeBookingWorld(deps)
    expect(await asksForHours(deps, person.actor)).toBe(true)
    await answerHours(deps, person.actor, said(person.personId, '3', '30'))
    expect(await asksForHours(deps, person.actor)).toBe(false)
    expect(await personHoursPage(deps, person.actor)).toMatchObject({
      quarter: 'October to December 2026',
      answer: { hours: 3, minutes: 30, words: '3 hours 30 minutes' },
    })
    await answerHours(deps, person.actor, said(person.personId, '2'))
    expect(await deps.db.prisma.hoursAnswer.findMany({ where: { personId: person.personId } })).toMatchObject(
      [{ minutes: 120 }],
    )
    house().clock.set('2027-01-01T09:00:00Z')
    expect(await asksForHours(deps, person.actor)).toBe(true)
    expect(await personHoursPage(deps, person.actor)).toMatchObject({
      answer: null,
      before: [{ quarter: 'October to December 2026', words: '2 hours' }],
    })
  })

  test('who would rather not say is not asked again in that quarter, and may say after all', async () => {
    const { deps } = house()
    const { person } = await makeBookingWorld(deps)
    await answerHours(deps, person.actor, { personId: person.personId, skip: true, hours: 'x', minutes: '' })
    expect(await asksForHours(deps, person.actor)).toBe(false)
    expect(await personHoursPage(deps, person.actor)).toMatchObject({ answer: 'skipped' })
    await answerHours(deps, person.actor, said(person.personId, '1'))
    expect(await personHoursPage(deps, person.actor)).toMatchObject({ answer: { hours: 1 } })
  })

  test('or a supporter who manages their money answers; one who only sees it sees; nobody else', async () => {
    const { deps } = house()
    const { person, provider } = await makeBookingWorld(deps)
    const supporter = userActor(await makeUser(deps))
    const acting = (scopes: Parameters<typeof actingFor>[2]) => actingFor(supporter, person, scopes, newId())
    const answer = (actor: Actor) => answerHours(deps, actor, said(person.personId, '1'))
    await answer(acting(['see_money', 'manage_money']))
    expect(await personHoursPage(deps, acting(['see_money']))).toMatchObject({ mayAnswer: false })
    expect(await asksForHours(deps, acting(['see_money']))).toBe(false)
    await expect(answer(acting(['see_money']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(personHoursPage(deps, acting(['see_plan']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(answer(provider.owner)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(answer(ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
    const other = await makeBookingWorld(deps)
    await expect(answer(other.person.actor)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })
})

test('a provider sees the invoices that they did not type; a worker and others do not', async () => {
  const { deps } = house()
  const w = await makeBookingWorld(deps)
  const { providerId } = w.provider
  expect(await providerHours(deps, w.provider.owner, providerId)).toBeNull()
  await makeBilling(deps, providerId)
  await settledVisits(house(), w, ['2026-11-09'])
  await issueNow(deps, w.provider.owner, { providerId, only: null })
  expect(await providerHours(deps, w.provider.owner, providerId)).toMatchObject({
    invoices: 1,
    minutes: 8,
    saved: '10 minutes',
  })
  await expect(providerHours(deps, w.provider.worker, providerId)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(providerHours(deps, w.person.actor, providerId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

describe('a council', () => {
  /** So many people, each of whom says so many hours in the running quarter. */
  async function people(hours: readonly number[]) {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    for (const one of hours) {
      const person = await makePerson(deps, councilId, [{ pence: 1_000 }])
      await answerHours(deps, person.actor, said(person.personId, String(one)))
    }
    return councilId
  }
  const ownOf = async (councilId: string, role: StaffRole = 'finance') =>
    (await councilHoursPage(house().deps, await staffOf(councilId, role))).quarters.map(({ key, own }) => [
      key,
      own,
    ])

  test('sees sums of quarters that are over, from five people on', async () => {
    const five = await people([1, 2, 3, 4, 5])
    const four = await people([1, 2, 3, 4])
    const oneLoud = await people([0, 0, 0, 1, 100])
    // The quarter runs: one more answer would tell whose it is.
    expect((await ownOf(five)).every(([, own]) => own === null)).toBe(true)
    house().clock.set('2027-01-04T09:00:00Z')
    expect((await ownOf(five, 'commissioner'))[0]).toEqual(['2026-10-01', { people: 5, minutes: 900 }])
    for (const councilId of [four, oneLoud]) expect((await ownOf(councilId))[0]).toEqual(['2026-10-01', null])
    const { csv } = await councilHoursCsv(house().deps, await staffOf(five, 'finance'))
    expect(csv).toContain('2026-10-01')
    expect(csv).toContain(',5,15')
  })

  test('sees papers of fewer than five people as hidden, and of none as none', async () => {
    const { deps } = house()
    const w = await makeBookingWorld(deps)
    await settledVisits(house(), w, ['2026-11-09'])
    house().clock.set('2027-01-04T09:00:00Z')
    const { quarters } = await councilHoursPage(deps, await staffOf(w.councilId, 'finance'))
    expect(quarters[0]).toMatchObject({ receipts: null, invoices: { count: 0 }, keyed: { count: 0 } })
    expect(quarters).toHaveLength(4)
  })

  test('is finance and commissioners of it', async () => {
    const councilId = await people([])
    for (const role of ['adviser', 'safeguarding', 'council_admin'] as const)
      await expect(ownOf(councilId, role)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(councilHoursPage(house().deps, ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})
