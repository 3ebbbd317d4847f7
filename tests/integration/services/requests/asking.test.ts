import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { askForSupport, checkRequest, MOST_OPEN } from '#services/requests/ask-for-support.server.ts'
import { endSupportRequests, withdrawSupportRequest } from '#services/requests/end-requests.server.ts'
import { newRequestPage } from '#services/requests/new-request-page.server.ts'
import { requestPage } from '#services/requests/request-page.server.ts'
import { requestsPage } from '#services/requests/requests-page.server.ts'
import {
  askForm,
  askIn,
  makeAskingWorld,
  makeFitting,
  offerIn,
  supporterOf,
} from '#tests/factories/requests.ts'
import { makePerson, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const world = (options?: Parameters<typeof makeAskingWorld>[1]) => makeAskingWorld(house().deps, options)
const noticesTo = (where: { personId?: string; providerId?: string }) =>
  house().deps.db.prisma.notice.findMany({ where, orderBy: { id: 'asc' } })

describe('a request for support', () => {
  test('is checked in words first, and nothing is saved by it', async () => {
    const w = await world()
    const { words, openUntil } = await checkRequest(w.deps, w.person.actor, askForm(w.person.personId))
    expect(words).toMatchObject({ category: 'Help at home', where: 'Near QA1', pays: 'A social care budget' })
    expect(openUntil).toBe('Monday 16 November 2026')
    expect(await w.deps.db.prisma.supportRequest.count({ where: { personId: w.person.personId } })).toBe(0)
  })

  test('is published once, however often it is pressed, with the first half of the postcode alone', async () => {
    const w = await world()
    const form = askForm(w.person.personId, { near: 'qa1 7zz' })
    await Promise.all([1, 2, 3].map(() => askForSupport(w.deps, w.person.actor, form)))
    const rows = await w.deps.db.prisma.supportRequest.findMany({ where: { personId: w.person.personId } })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ outcode: 'QA1', state: 'open', days: [1, 3], fromMinute: 540 })
    expect(rows[0]?.openUntil.toISOString()).toBe('2026-11-17T00:00:00.000Z')
  })

  test.each([
    ['matters', { matters: 'Ring me on 07700 900123' }, /telephone/],
    ['matters', { matters: 'I am Adelaide Quillington' }, /name/],
    ['matters', { matters: 'The house is 9 Hollowgate Mews' }, /name/],
    ['near', { near: 'ZZ9' }, /do not know ZZ9/],
    ['date', { date: '2026-11-01' }, /has passed/],
    ['date', { date: '2027-08-01' }, /six months/],
    ['minutes', { minutes: '240' }, /does not fit/],
    ['days', { days: [] }, /one day or more/],
  ])('says what is wrong beside %s: %j', async (field, changes, sentence) => {
    const w = await world()
    const press = askForSupport(w.deps, w.person.actor, askForm(w.person.personId, changes))
    await expect(press).rejects.toMatchObject({
      code: 'INVALID',
      details: { fields: { [field]: [expect.stringMatching(sentence)] } },
    })
  })

  test('stands beside four others at most, also when two are sent at once', async () => {
    const w = await world()
    for (let n = 1; n < MOST_OPEN; n += 1) await askIn(w)
    const both = await Promise.allSettled([askIn(w), askIn(w)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(askIn(w)).rejects.toMatchObject({ code: 'TOO_MANY' })
  })

  test('begins with what is known: the person’s outcode, their kinds of fund, the kind that was searched for', async () => {
    const w = await world({ funds: [{ pence: 1_000, kind: 'carer' }] })
    const page = await newRequestPage(w.deps, w.person.actor, { category: 'getting_out', again: null })
    expect(page.values).toMatchObject({ near: 'QA1', category: 'getting_out', open: '14' })
    expect(page.ticked.funds).toEqual(['carer'])
    expect(JSON.stringify(page)).not.toContain('7ZZ')
  })

  test('can be asked again with its words kept; somebody else’s cannot be read that way', async () => {
    const w = await world()
    const id = await askIn(w, { matters: 'Only on good days.' })
    const again = await newRequestPage(w.deps, w.person.actor, { category: null, again: id })
    expect(again.values).toMatchObject({ matters: 'Only on good days.', from: '09:00', repeat: 'weekly' })
    expect(again.requestId).not.toBe(id)
    const other = await makePerson(w.deps, w.councilId, [])
    const page = await newRequestPage(w.deps, other.actor, { category: null, again: id })
    expect(page.values['matters']).toBe('')
  })
})

describe('who may ask', () => {
  test.each([
    [['propose'] as const, true],
    [['book'] as const, true],
    [['see_plan', 'message', 'see_money'] as const, false],
  ])('a supporter with %j: %s', async (scopes, may) => {
    const w = await world()
    const supporter = await supporterOf(w, scopes)
    const press = askForSupport(w.deps, supporter, askForm(w.person.personId))
    if (may) await expect(press).resolves.toBeTruthy()
    else await expect(press).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a supporter who may not see the money is not told of which kinds it is', async () => {
    const w = await world()
    const page = await newRequestPage(w.deps, await supporterOf(w, ['propose']), {
      category: null,
      again: null,
    })
    expect(page.ticked.funds).toEqual([])
  })

  test('nobody else finds it, and no form works for another person', async () => {
    const w = await world()
    const id = await askIn(w)
    const other = await makePerson(w.deps, w.councilId, [])
    const staff = userActor(await makeUser(w.deps), {
      staff: [{ councilId: w.councilId, roles: ['adviser', 'finance', 'commissioner'] }],
    })
    for (const actor of [other.actor, staff, w.provider.owner])
      await expect(requestPage(w.deps, actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(requestPage(w.deps, { kind: 'anonymous' }, id)).rejects.toMatchObject({ code: 'SIGN_IN' })
    await expect(askForSupport(w.deps, other.actor, askForm(w.person.personId))).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    await expect(
      withdrawSupportRequest(w.deps, other.actor, { personId: other.personId, requestId: id }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('taking a request back', () => {
  test('ends its offers, says so kindly, and does no harm twice', async () => {
    const w = await world()
    const id = await askIn(w)
    await offerIn(w, id)
    const press = { personId: w.person.personId, requestId: id }
    await withdrawSupportRequest(w.deps, w.person.actor, press)
    await withdrawSupportRequest(w.deps, w.person.actor, press)
    const told = (await noticesTo({ providerId: w.provider.providerId })).filter(
      ({ kind }) => kind === 'support.offer_declined',
    )
    expect(told).toHaveLength(1)
    expect(told[0]?.title).toBe('They no longer look for what you offered')
    const page = await requestPage(w.deps, w.person.actor, id)
    expect(page).toMatchObject({ open: false, state: 'withdrawn', offers: [] })
    expect((await requestsPage(w.deps, w.person.actor)).over[0]?.standing.words).toBe('You took it back')
  })
})

describe('when its time is over', () => {
  test('the clock ends it, its offers lapse, and the person reads what to do next', async () => {
    const w = await world()
    const [quiet, offered] = [await askIn(w), await askIn(w)]
    await offerIn(w, offered)
    house().clock.set('2026-11-16T23:59:00Z')
    expect(await endSupportRequests(w.deps)).toBe(0)
    house().clock.set('2026-11-17T00:00:00Z')
    expect(await endSupportRequests(w.deps)).toBeGreaterThanOrEqual(2)
    expect(await endSupportRequests(w.deps)).toBe(0)
    const told = (await noticesTo({ personId: w.person.personId })).filter(
      ({ kind }) => kind === 'support.expired',
    )
    expect(told.map(({ subjectId }) => subjectId).sort()).toEqual([quiet, offered].sort())
    expect(told.find(({ subjectId }) => subjectId === quiet)?.body).toMatch(
      /^Nobody has offered it\. You can ask again/,
    )
    const page = await requestPage(w.deps, w.person.actor, offered)
    expect(page).toMatchObject({ open: false, state: 'expired', offers: [] })
    expect(page.others.map(({ standing }) => standing)).toEqual(['Its time is over'])
    house().clock.set(TEST_NOW)
  })

  test('an offer that held for less lapses on its own, and the request stays', async () => {
    const w = await world()
    const id = await askIn(w)
    await offerIn(w, id, { holds: '2026-11-04' })
    house().clock.set('2026-11-05T00:00:00Z')
    // Before the job runs, the page does not offer it any more.
    expect((await requestPage(w.deps, w.person.actor, id)).offers).toEqual([])
    await endSupportRequests(w.deps)
    const [offer] = await w.deps.db.prisma.supportOffer.findMany({ where: { requestId: id } })
    expect(offer?.state).toBe('lapsed')
    expect((await requestPage(w.deps, w.person.actor, id)).open).toBe(true)
    house().clock.set(TEST_NOW)
  })
})

describe('what the database never lets be', () => {
  const row = async () => {
    const w = await world()
    return { w, id: await askIn(w) }
  }
  test.each([
    ['a whole postcode', `update request_for_support set outcode = 'QA1 7ZZ' where id = $1`],
    [
      'longer than 28 days',
      `update request_for_support set open_until = created_at + interval '30 days' where id = $1`,
    ],
    ['a day that is none', `update request_for_support set days = '{0}' where id = $1`],
    ['no day', `update request_for_support set days = '{}' where id = $1`],
    ['over without a time', `update request_for_support set state = 'expired' where id = $1`],
    ['hours that end before they begin', `update request_for_support set until_minute = 1 where id = $1`],
  ])('%s', async (_what, sql) => {
    const { id } = await row()
    await expect(house().asOwner(sql, [id])).rejects.toThrow(/check/i)
  })

  test('what is over never opens again, and no request has two taken offers', async () => {
    const { w, id } = await row()
    const other = await makeFitting(w.deps)
    await offerIn(w, id)
    await offerIn(w, id, {}, other)
    await expect(
      house().asOwner(
        `update support_offer set state = 'accepted', closed_at = now() where request_id = $1`,
        [id],
      ),
    ).rejects.toThrow()
    await withdrawSupportRequest(w.deps, w.person.actor, { personId: w.person.personId, requestId: id })
    await expect(
      house().asOwner(`update request_for_support set state = 'open', closed_at = null where id = $1`, [id]),
    ).rejects.toThrow(/stays over/)
    await expect(
      house().asOwner(`update support_offer set state = 'made', closed_at = null where request_id = $1`, [
        id,
      ]),
    ).rejects.toThrow(/stays over/)
  })

  test('an id that is somebody else’s request is not theirs to publish', async () => {
    const { w, id } = await row()
    const other = await makePerson(w.deps, w.councilId, [])
    await expect(
      askForSupport(w.deps, other.actor, askForm(other.personId, { requestId: id })),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(requestPage(w.deps, w.person.actor, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
