import { describe, expect, test } from 'vitest'
import { weekPlans } from '#services/bookings/week-plans.server.ts'
import { ANONYMOUS, type Actor } from '#services/kernel/actor.ts'
import { dateColumn, Temporal } from '#services/kernel/time.ts'
import {
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  type TestPerson,
} from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const day = (iso: string) => dateColumn(Temporal.PlainDate.from(iso))
const someone = async () => makePerson(deps(), await makeCouncil(deps()), [])
async function club() {
  const { providerId } = await makeProvider(deps(), { name: 'A club' })
  return makeService(deps(), providerId, { funded: 'free', setting: 'at_venue' })
}

interface Plan {
  firstOn: string
  weekly?: boolean
  lastOn?: string
  fromMinute?: number
  without?: string[]
}
const plan = async ({ personId, actor }: TestPerson, serviceId: string, given: Plan) =>
  deps().db.asActor(actor, (tx) =>
    tx.ownPlan.create({
      data: {
        personId,
        serviceId,
        firstOn: day(given.firstOn),
        weekly: given.weekly ?? false,
        lastOn: given.lastOn ? day(given.lastOn) : null,
        without: (given.without ?? []).map(day),
        fromMinute: given.fromMinute ?? 600,
        untilMinute: (given.fromMinute ?? 600) + 60,
        addedById: actor.userId,
        createdAt: new Date(TEST_NOW),
      },
    }),
  )
/** The days of that week which have something in them. */
async function daysOf(person: TestPerson, monday: string, reader: Actor = person.actor) {
  const first = Temporal.PlainDate.from(monday)
  const on = await weekPlans(deps().db, reader, person.personId, first)
  return Array.from({ length: 7 }, (_, index) => first.add({ days: index }).toString()).filter(
    (one) => on(one).length > 0,
  )
}

describe('free support in a week', () => {
  test('what is once is in its own week, on the Monday and on the Sunday too, and in no other', async () => {
    const [person, { serviceId }] = [await someone(), await club()]
    await plan(person, serviceId, { firstOn: '2026-11-02' })
    await plan(person, serviceId, { firstOn: '2026-11-08' })
    expect(await daysOf(person, '2026-10-26')).toEqual([])
    expect(await daysOf(person, '2026-11-02')).toEqual(['2026-11-02', '2026-11-08'])
    expect(await daysOf(person, '2026-11-09')).toEqual([])
  })

  test('what is weekly begins on its first day, leaves out single days and includes its last', async () => {
    const [person, { serviceId }] = [await someone(), await club()]
    await plan(person, serviceId, {
      firstOn: '2026-11-04',
      weekly: true,
      lastOn: '2026-11-18',
      without: ['2026-11-11'],
    })
    const weeks = ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']
    expect(await Promise.all(weeks.map((monday) => daysOf(person, monday)))).toEqual([
      [],
      ['2026-11-04'],
      [],
      ['2026-11-18'],
      [],
    ])
  })

  test('keeps its hour when the clocks change', async () => {
    const [person, { serviceId }] = [await someone(), await club()]
    await plan(person, serviceId, { firstOn: '2026-10-18', weekly: true })
    for (const monday of ['2026-10-12', '2026-10-19']) {
      const first = Temporal.PlainDate.from(monday)
      const on = await weekPlans(deps().db, person.actor, person.personId, first)
      expect(on(first.add({ days: 6 }).toString())).toMatchObject([{ time: '10am to 11am', warning: null }])
    }
  })

  test('a day outside the week that was read has nothing in it, whatever there is on it', async () => {
    const [person, { serviceId }] = [await someone(), await club()]
    await plan(person, serviceId, { firstOn: '2026-11-03', weekly: true })
    const on = await weekPlans(
      deps().db,
      person.actor,
      person.personId,
      Temporal.PlainDate.from('2026-11-02'),
    )
    expect(on('2026-11-03')).toHaveLength(1)
    expect(on('2026-11-10')).toEqual([])
  })

  test('stands in the order of the day, with whom to ring', async () => {
    const [person, { serviceId, slug }] = [await someone(), await club()]
    await plan(person, serviceId, { firstOn: '2026-11-03', fromMinute: 840 })
    await plan(person, serviceId, { firstOn: '2026-11-03', fromMinute: 540, weekly: true })
    const on = await weekPlans(
      deps().db,
      person.actor,
      person.personId,
      Temporal.PlainDate.from('2026-11-02'),
    )
    expect(on('2026-11-03')).toMatchObject([
      { time: '9am to 10am', weekly: true, fromMinute: 540 },
      { time: '2pm to 3pm', weekly: false, href: `/services/${slug}`, provider: { name: 'A club' } },
    ])
  })

  test('warns on the day that they are closed, and on no other', async () => {
    const [person, { serviceId }] = [await someone(), await club()]
    await plan(person, serviceId, { firstOn: '2026-11-03', weekly: true })
    await deps().db.prisma.availabilityException.create({
      data: { serviceId, day: day('2026-11-10'), closed: true },
    })
    const warnings = async (monday: string) => {
      const first = Temporal.PlainDate.from(monday)
      const on = await weekPlans(deps().db, person.actor, person.personId, first)
      return on(first.add({ days: 1 }).toString()).map(({ warning }) => warning)
    }
    expect(await warnings('2026-11-02')).toEqual([null])
    expect(await warnings('2026-11-09')).toEqual([
      'They say that they are closed then. Ring them before you go.',
    ])
  })

  test('is there for nobody but the person: neither signed out nor signed in as somebody else', async () => {
    const [person, { serviceId }] = [await someone(), await club()]
    await plan(person, serviceId, { firstOn: '2026-11-03' })
    expect(await daysOf(person, '2026-11-02', ANONYMOUS)).toEqual([])
    expect(await daysOf(person, '2026-11-02', (await someone()).actor)).toEqual([])
    expect(await daysOf(person, '2026-11-02')).toEqual(['2026-11-03'])
  })
})
