import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import type { DomainError } from '#services/kernel/errors.ts'
import { addLane, renameLane, saveCapacity, switchLane } from '#services/providers/save-lanes.server.ts'
import { teamPage } from '#services/providers/team-page.server.ts'
import { ask, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

/** One provider with so many unnamed lanes. */
async function world(lanes = 1) {
  const w = await makeBookingWorld(house().deps, { lanes })
  const { providerId, owner } = w.provider
  const capacity = async () => (await teamPage(w.deps, owner, providerId)).capacity
  const named = async (name: string) => {
    const found = (await capacity()).named.find((lane) => lane.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  return { ...w, w, providerId, owner, capacity, named }
}
const refusal = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: unknown) => error as DomainError,
  )

describe('how many visits can run at the same time', () => {
  test('a number of lanes without a name goes up and down, and keeps those that were there', async () => {
    const { deps, owner, providerId, capacity } = await world(1)
    await saveCapacity(deps, owner, providerId, { count: '3' })
    expect((await capacity()).unnamed).toBe(3)
    await saveCapacity(deps, owner, providerId, { count: '0' })
    await saveCapacity(deps, owner, providerId, { count: '2' })
    expect((await capacity()).unnamed).toBe(2)
    expect(await deps.db.prisma.lane.count({ where: { providerId } })).toBe(3)
    expect(
      await deps.db.prisma.auditEvent.count({ where: { action: 'capacity.saved', subjectId: providerId } }),
    ).toBe(3)
  })

  test('a second accepted request at the same hour needs a second lane', async () => {
    const { w, deps, owner, providerId } = await world(1)
    const [first, second] = [await ask(w, '2026-11-09', 2750), await ask(w, '2026-11-09', 2750)]
    await acceptRequest(deps, owner, { bookingId: first })
    expect((await refusal(acceptRequest(deps, owner, { bookingId: second }))).code).toBe('CLASH')
    await addLane(deps, owner, providerId, { laneName: 'Sam' })
    await acceptRequest(deps, owner, { bookingId: second })
  })

  test.each(['-1', '2.5', '301', 'many', ''])('%s is no number of them', async (count) => {
    const { deps, owner, providerId } = await world()
    const error = await refusal(saveCapacity(deps, owner, providerId, { count }))
    expect(error).toMatchObject({ code: 'INVALID', details: { fields: { count: [expect.any(String)] } } })
  })

  test('lower than visits hold is refused, and the visits are named', async () => {
    const { w, deps, owner, providerId, capacity } = await world(2)
    await acceptRequest(deps, owner, { bookingId: await ask(w, '2026-11-09', 2750) })
    await saveCapacity(deps, owner, providerId, { count: '1' })
    const error = await refusal(saveCapacity(deps, owner, providerId, { count: '0' }))
    expect(error.code).toBe('REFUSED_BY_RULE')
    expect(error.details.fields?.['count']?.[0]).toContain('Monday 9 November 2026')
    expect((await capacity()).unnamed).toBe(1)
    house().clock.set('2026-11-10T10:00:00Z')
    await saveCapacity(deps, owner, providerId, { count: '0' })
  })
})

describe('a worker by name', () => {
  test('is added, renamed, switched off and on again', async () => {
    const { deps, owner, providerId, capacity, named } = await world()
    await addLane(deps, owner, providerId, { laneName: '  Sam ' })
    await renameLane(deps, owner, providerId, (await named('Sam')).id, { laneName: 'Sam Otter' })
    const { id } = await named('Sam Otter')
    await switchLane(deps, owner, providerId, id, 'off')
    await switchLane(deps, owner, providerId, id, 'off')
    expect((await capacity()).off.map((lane) => lane.name)).toEqual(['Sam Otter'])
    await switchLane(deps, owner, providerId, id, 'on')
    expect((await named('Sam Otter')).visitsAhead).toBe(0)
    const actions = await deps.db.prisma.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { id: 'asc' },
      select: { action: true },
    })
    expect(actions.map(({ action }) => action)).toEqual([
      'lane.added',
      'lane.renamed',
      'lane.switched_off',
      'lane.switched_on',
    ])
  })

  test('with visits ahead is not switched off: it says which', async () => {
    const { w, deps, owner, providerId, named } = await world(0)
    await addLane(deps, owner, providerId, { laneName: 'Sam' })
    await acceptRequest(deps, owner, { bookingId: await ask(w, '2026-11-09', 2750) })
    const sam = await named('Sam')
    expect(sam).toMatchObject({ visitsAhead: 1, next: [{ when: expect.stringContaining('9am') as unknown }] })
    const error = await refusal(switchLane(deps, owner, providerId, sam.id, 'off'))
    expect(error.code).toBe('REFUSED_BY_RULE')
    expect(Object.values(error.details.fields ?? {})[0]?.[0]).toContain(
      'Sam still has a visit ahead: Monday 9 November 2026',
    )
    house().clock.set('2026-11-10T10:00:00Z')
    await switchLane(deps, owner, providerId, sam.id, 'off')
  })

  test('has a name that nobody else has', async () => {
    const { deps, owner, providerId } = await world()
    await addLane(deps, owner, providerId, { laneName: 'Sam' })
    expect((await refusal(addLane(deps, owner, providerId, { laneName: 'sam' }))).code).toBe('INVALID')
    expect((await refusal(addLane(deps, owner, providerId, { laneName: '' }))).code).toBe('INVALID')
    expect((await refusal(addLane(deps, owner, providerId, { laneName: 'x'.repeat(61) }))).code).toBe(
      'INVALID',
    )
  })
})

test('workers read it and cannot change it; strangers and their lanes are not there', async () => {
  const { deps, owner, provider, providerId, named } = await world()
  await addLane(deps, owner, providerId, { laneName: 'Sam' })
  expect((await teamPage(deps, provider.worker, providerId)).mayPlan).toBe(false)
  const { id } = await named('Sam')
  expect((await refusal(switchLane(deps, provider.worker, providerId, id, 'off'))).code).toBe('FORBIDDEN')
  const other = await makeProvider(deps)
  expect((await refusal(switchLane(deps, other.owner, providerId, id, 'off'))).code).toBe('NOT_FOUND')
  expect((await refusal(switchLane(deps, other.owner, other.providerId, id, 'off'))).code).toBe('NOT_FOUND')
  expect((await refusal(switchLane(deps, owner, providerId, 'no id', 'off'))).code).toBe('NOT_FOUND')
})
