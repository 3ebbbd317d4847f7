import { describe, expect, test } from 'vitest'
import { serviceHoursPage } from '#services/availability/hours-page.server.ts'
import { nextFreeAt } from '#services/availability/next-free.server.ts'
import {
  addException,
  removeException,
  removeHours,
  saveHours,
} from '#services/availability/save-hours.server.ts'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import type { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { addMember } from '#services/providers/add-member.server.ts'
import { signUp, verify, week, writeListing } from '#tests/factories/listings.ts'
import { makeCouncil, makePerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

// Monday 2 November 2026, ten in the morning.
const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  try {
    await work
  } catch (error) {
    return error as DomainError
  }
  throw new Error('It was not refused.')
}
const nextFree = async (id: string) =>
  (await deps().db.tx((tx) => nextFreeAt(tx, deps().clock.now(), [id]))).get(id)?.toISOString() ?? null
const entryFree = async (id: string) =>
  (await db().searchEntry.findUniqueOrThrow({ where: { id } })).nextFreeAt?.toISOString() ?? null

async function published() {
  const provider = await signUp(deps())
  await verify(deps(), provider.providerId, 'identity')
  const id = await writeListing(deps(), provider)
  await submitListing(deps(), provider.owner, id)
  return { ...provider, id }
}

/** A visit that holds a lane of this provider. */
async function takeLane(
  provider: { providerId: string; id: string },
  laneId: string,
  from: string,
  until: string,
) {
  const councilId = await makeCouncil(deps())
  const { personId } = await makePerson(deps(), councilId, [])
  const service = await db().service.findUniqueOrThrow({ where: { id: provider.id } })
  const booking = await db().booking.create({
    data: {
      reference: newId(),
      personId,
      providerId: provider.providerId,
      serviceId: provider.id,
      serviceVersionId: service.currentVersionId ?? '',
      categoryCode: 'sitting_and_company',
      terms: {},
    },
  })
  await db().visit.create({
    data: {
      bookingId: booking.id,
      personId,
      providerId: provider.providerId,
      startsAt: from,
      endsAt: until,
      minutes: 60,
      occupiedFrom: from,
      occupiedUntil: until,
      quotedPence: 0,
      laneId,
      holdsLane: true,
    },
  })
}

describe('next free time', () => {
  test('keeps the notice, the hours and the visits in the lane, and follows a second worker', async () => {
    const provider = await published()
    // 24 hours' notice from Monday 10:00.
    expect(await nextFree(provider.id)).toBe('2026-11-03T10:00:00.000Z')
    const lane = await db().lane.findFirstOrThrow({ where: { providerId: provider.providerId } })
    await takeLane(provider, lane.id, '2026-11-03T09:00:00Z', '2026-11-03T14:00:00Z')
    // 15 minutes are kept free after it, and starts lie on half hours from 9.
    expect(await nextFree(provider.id)).toBe('2026-11-03T14:30:00.000Z')
    await addMember(deps(), provider.owner, provider.providerId, {
      name: 'Second',
      email: `${newId()}@test.example`,
      role: 'worker',
    })
    expect(await nextFree(provider.id)).toBe('2026-11-03T10:00:00.000Z')
    expect(await entryFree(provider.id)).toBe('2026-11-03T10:00:00.000Z')
  })

  test('a service with places of its own uses these and not the shared ones', async () => {
    const provider = await published()
    const place = await db().lane.create({
      data: { providerId: provider.providerId, serviceId: provider.id, name: 'Place 1' },
    })
    await takeLane(provider, place.id, '2026-11-03T08:00:00Z', '2026-11-03T18:00:00Z')
    expect(await nextFree(provider.id)).toBe('2026-11-04T09:00:00.000Z')
  })

  test('a paused provider, one that takes nobody new, and one without workers have none', async () => {
    const paused = await published()
    await db().provider.update({
      where: { id: paused.providerId },
      data: { pausedAt: new Date('2026-11-01T00:00:00Z') },
    })
    const full = await published()
    await db().service.update({ where: { id: full.id }, data: { acceptsNew: false } })
    const empty = await published()
    await db().lane.updateMany({ where: { providerId: empty.providerId }, data: { active: false } })
    for (const { id } of [paused, full, empty]) expect(await nextFree(id)).toBeNull()
    await deps().db.tx((tx) => indexServices(tx, deps().clock.now(), [paused.id]))
    expect((await db().searchEntry.findUniqueOrThrow({ where: { id: paused.id } })).bookable).toBe(false)
  })

  test('many services are asked for at once; ids that are none of them have no time', async () => {
    const all = [await published(), await published()]
    const unknown = newId()
    const answer = await deps().db.tx((tx) =>
      nextFreeAt(tx, deps().clock.now(), [...all.map(({ id }) => id), unknown]),
    )
    expect([...answer.values()].filter((moment) => moment !== null)).toHaveLength(2)
    expect(answer.get(unknown)).toBeNull()
    expect(await deps().db.tx((tx) => nextFreeAt(tx, deps().clock.now(), []))).toEqual(new Map())
  })
})

describe('hours', () => {
  test('a change holds at once and is in the search in the same moment', async () => {
    const { id, owner } = await published()
    await saveHours(deps(), owner, id, { 'day6.1.from': '22:00', 'day6.1.until': '07:00' })
    const page = await serviceHoursPage(deps(), owner, id)
    expect(page.week).toEqual(['Saturday, 10pm to 7am the next day'])
    expect(page.values).toEqual({ 'day6.1.from': '22:00', 'day6.1.until': '07:00' })
    expect(await entryFree(id)).toBe('2026-11-07T22:00:00.000Z')
    expect((await db().searchEntry.findUniqueOrThrow({ where: { id } })).days).toEqual([6])
  })

  test('a closed day is skipped, and is as usual again when it is taken away', async () => {
    const { id, owner } = await published()
    await addException(deps(), owner, id, { day: '2026-11-03', closed: 'yes' })
    expect(await entryFree(id)).toBe('2026-11-04T09:00:00.000Z')
    const page = await serviceHoursPage(deps(), owner, id)
    expect(page.exceptions).toEqual([
      expect.objectContaining({ day: 'Tuesday 3 November 2026', words: 'Closed' }),
    ])
    await removeException(deps(), owner, id, page.exceptions[0]?.id ?? '')
    expect(await entryFree(id)).toBe('2026-11-03T10:00:00.000Z')
  })

  test('closing a day takes the other hours of that day away', async () => {
    const { id, owner } = await published()
    await addException(deps(), owner, id, { day: '2026-11-03', closed: 'no', from: '18:00', until: '20:00' })
    expect(await entryFree(id)).toBe('2026-11-03T18:00:00.000Z')
    await addException(deps(), owner, id, { day: '2026-11-03', closed: 'yes' })
    expect(await db().availabilityException.count({ where: { serviceId: id } })).toBe(1)
  })

  test.each([
    ['a time that does not exist', { 'day1.1.from': '25:00', 'day1.1.until': '26:00' }, 'day1.1.from'],
    ['a minute that does not exist', { 'day1.1.from': '09:61', 'day1.1.until': '17:00' }, 'day1.1.from'],
    ['a start without an end', { 'day1.1.from': '09:00' }, 'day1.1.until'],
    ['an end without a start', { 'day2.1.until': '09:00' }, 'day2.1.from'],
    ['hours that overlap', { ...week(), 'day1.2.from': '16:00', 'day1.2.until': '18:00' }, 'day1.2.from'],
    ['no hours at all', {}, 'day1.1.from'],
    ['something that is no time', { 'day1.1.from': '<script>', 'day1.1.until': 'DROP TABLE' }, 'day1.1.from'],
  ])('%s is refused beside its box, and the old hours stay', async (_name, input, field) => {
    const { id, owner } = await published()
    const refused = await refusal(saveHours(deps(), owner, id, input))
    expect(refused.code).toBe('INVALID')
    expect(refused.details.fields).toHaveProperty([field])
    expect(await db().availabilityRule.count({ where: { serviceId: id } })).toBe(5)
  })

  test.each([
    ['a day that does not exist', { day: '2027-02-29', closed: 'yes' }, 'day'],
    ['no day', { day: '', closed: 'yes' }, 'day'],
    ['a day that is over', { day: '2026-11-01', closed: 'yes' }, 'day'],
    ['a day in ten years', { day: '2036-11-01', closed: 'yes' }, 'day'],
    ['neither closed nor open', { day: '2026-12-25' }, 'closed'],
    ['other hours without hours', { day: '2026-12-25', closed: 'no' }, 'from'],
  ])('%s cannot be a day that differs', async (_name, input, field) => {
    const { id, owner } = await published()
    expect((await refusal(addException(deps(), owner, id, input))).details.fields).toHaveProperty(field)
  })

  test('strangers find no hours and change none', async () => {
    const { id } = await published()
    const stranger = (await signUp(deps())).owner
    for (const work of [
      () => serviceHoursPage(deps(), stranger, id),
      () => saveHours(deps(), stranger, id, week()),
      () => addException(deps(), stranger, id, { day: '2026-12-25', closed: 'yes' }),
      () => removeException(deps(), stranger, id, newId()),
    ])
      expect((await refusal(work())).code).toBe('NOT_FOUND')
  })

  test('two who save at the same moment leave one week', async () => {
    const { id, owner } = await published()
    await Promise.all([
      saveHours(deps(), owner, id, week('08:00')),
      saveHours(deps(), owner, id, week('10:00')),
    ])
    expect(await db().availabilityRule.count({ where: { serviceId: id } })).toBe(5)
  })
})

describe('hours for a time of the year', () => {
  const summer = (changes: Record<string, string> = {}) => ({
    ...week('10:00', '12:00'),
    period: 'new',
    validFrom: '2026-11-09',
    validUntil: '2026-11-15',
    ...changes,
  })
  const stored = (id: string) =>
    db().availabilityRule.findMany({
      where: { serviceId: id },
      orderBy: [{ weekday: 'asc' }, { fromMinute: 'asc' }],
    })

  test('stay when the usual hours are saved, replace them while they hold, and can be taken away', async () => {
    const { owner, id } = await published()
    await saveHours(deps(), owner, id, summer())
    await saveHours(deps(), owner, id, week('08:00', '16:00'))
    const rules = await stored(id)
    expect(rules).toHaveLength(10)
    expect(rules.filter((rule) => rule.validFrom !== null)).toHaveLength(5)
    const page = await serviceHoursPage(deps(), owner, id, '2026-11-09_2026-11-15')
    expect(page.period).toMatchObject({
      words: 'From 9 November 2026 until 15 November 2026',
      from: '2026-11-09',
      until: '2026-11-15',
    })
    expect(page.values['day1.1.from']).toBe('10:00')
    expect(page.periods.map((period) => period.key)).toEqual(['usual', '2026-11-09_2026-11-15'])
    house().clock.set('2026-11-07T20:00:00Z')
    expect(await nextFree(id)).toBe('2026-11-09T10:00:00.000Z')
    await removeHours(deps(), owner, id, '2026-11-09_2026-11-15')
    await removeHours(deps(), owner, id, '2026-11-09_2026-11-15')
    expect(await nextFree(id)).toBe('2026-11-09T08:00:00.000Z')
    expect(await stored(id)).toHaveLength(5)
    house().clock.set('2026-11-02T10:00:00Z')
  })

  test('can be changed, dates and times', async () => {
    const { owner, id } = await published()
    await saveHours(deps(), owner, id, summer())
    await saveHours(
      deps(),
      owner,
      id,
      summer({ period: '2026-11-09_2026-11-15', validFrom: '2026-11-10', validUntil: '' }),
    )
    const page = await serviceHoursPage(deps(), owner, id, '2026-11-10_')
    expect(page.period.words).toBe('From 10 November 2026 on')
    await expect(serviceHoursPage(deps(), owner, id, '2026-11-09_2026-11-15')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(
      (await refusal(saveHours(deps(), owner, id, summer({ period: '2026-11-09_2026-11-15' })))).code,
    ).toBe('STALE_STATE')
  })

  test.each([
    ['without any day', { validFrom: '', validUntil: '' }, 'validFrom'],
    ['with a day that does not exist', { validFrom: '2026-11-31' }, 'validFrom'],
    ['that are over', { validFrom: '2026-10-01', validUntil: '2026-10-31' }, 'validUntil'],
    ['that end before they begin', { validUntil: '2026-11-08' }, 'validUntil'],
    ['years ahead', { validFrom: '2062-11-09', validUntil: '2062-11-10' }, 'validFrom'],
  ])('%s are refused beside the field', async (_words, changes, field) => {
    const { owner, id } = await published()
    const error = await refusal(saveHours(deps(), owner, id, summer(changes)))
    expect(error.code).toBe('INVALID')
    expect(Object.keys(error.details.fields ?? {})).toEqual([field])
    expect(await stored(id)).toHaveLength(5)
  })

  test('never meet other hours with dates', async () => {
    const { owner, id } = await published()
    await saveHours(deps(), owner, id, summer())
    const error = await refusal(
      saveHours(deps(), owner, id, summer({ validFrom: '2026-11-15', validUntil: '2026-11-20' })),
    )
    expect(error.details.fields?.['validFrom']?.[0]).toContain('from 9 November 2026 until 15 November 2026')
  })
})
