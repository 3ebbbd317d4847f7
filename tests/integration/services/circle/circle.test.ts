import { describe, expect, test } from 'vitest'
import { startActing, stopActing } from '#services/circle/acting.server.ts'
import { giveAuthority, recordAuthority } from '#services/circle/add-authority.server.ts'
import { circlePage } from '#services/circle/circle-page.server.ts'
import { may, requireScope } from '#services/circle/circle.policy.ts'
import { endAuthority } from '#services/circle/end-authority.server.ts'
import { peoplePage, personPage } from '#services/circle/people-page.server.ts'
import { introducePerson, setUpPerson } from '#services/circle/set-up-person.server.ts'
import { ANONYMOUS, type UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { actorOf, makeAuthority, makePerson, makeSession, makeStaff } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

async function joanAndMartin(changes: Partial<Parameters<typeof makeAuthority>[1]> = {}) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const { personId, userId } = await makePerson(deps, councilId)
  const martinId = await makeUser(deps, 'Martin Ellis')
  const authorityId = await makeAuthority(deps, { personId, supporterUserId: martinId, ...changes })
  const martin = await makeSession(deps, martinId)
  const now = async (): Promise<UserActor> => {
    const actor = await martin.actor()
    if (!actor) throw new Error('Martin is signed out')
    return actor
  }
  const joan = await actorOf(deps, userId ?? '')
  return { deps, councilId, personId, joan, martinId, martin: now, authorityId }
}

describe('acting for somebody', () => {
  test('begins with a press and is in the session from the next request on', async () => {
    const { deps, martin, authorityId, personId } = await joanAndMartin()
    expect((await martin()).actingFor).toBeNull()
    expect(await startActing(deps, await martin(), { authorityId })).toBe('Joan')
    expect((await martin()).actingFor).toMatchObject({ personId, personName: 'Joan', type: 'informal' })
    await stopActing(deps, await martin())
    expect((await martin()).actingFor).toBeNull()
  })

  test('stops counting at the next request when the person ends it', async () => {
    const { deps, joan, martin, authorityId, personId } = await joanAndMartin()
    await startActing(deps, await martin(), { authorityId })
    expect(may(await martin(), personId, 'book')).toBe(true)
    await endAuthority(deps, joan, { authorityId, personId })
    expect((await martin()).actingFor).toBeNull()
    expect(may(await martin(), personId, 'book')).toBe(false)
    expect(() => requireScope({ ...joan, personId: null, userId: newId() }, personId, 'book')).toThrow(
      /NOT_FOUND/,
    )
  })

  test('stops counting when its last day is over, though nobody pressed anything', async () => {
    const { deps, martin, authorityId } = await joanAndMartin({ endsOn: '2026-11-02' })
    await startActing(deps, await martin(), { authorityId })
    expect((await martin()).actingFor).not.toBeNull()
    house().clock.advance({ hours: 13 })
    expect((await martin()).actingFor).not.toBeNull()
    house().clock.advance({ hours: 1 })
    expect((await martin()).actingFor).toBeNull()
    house().clock.set('2026-11-02T10:00:00Z')
  })

  test.each([
    ['an authority of somebody else', {}],
    ['one that has not begun', { startsOn: '2026-11-03' }],
    ['one that is over', { endsOn: '2026-11-01' }],
  ])('is refused under %s', async (name, dates) => {
    const { deps, martin, authorityId } = await joanAndMartin(dates)
    const actor = name.includes('somebody else') ? await actorOf(deps, await makeUser(deps)) : await martin()
    await expect(startActing(deps, actor, { authorityId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is not possible signed out, nor with an id that is none', async () => {
    const { deps, martin, authorityId } = await joanAndMartin()
    await expect(startActing(deps, ANONYMOUS, { authorityId })).rejects.toMatchObject({ code: 'SIGN_IN' })
    await expect(startActing(deps, await martin(), { authorityId: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('a session cannot be talked into an authority that is not the user’s', async () => {
    const { deps, authorityId } = await joanAndMartin()
    const stranger = await makeSession(deps, await makeUser(deps))
    await deps.db.prisma.session.update({
      where: { id: stranger.sessionId },
      data: { actingAuthorityId: authorityId },
    })
    expect((await stranger.actor())?.actingFor).toBeNull()
  })

  test('the staff of an organisation cover for each other, until they leave it', async () => {
    const { deps, personId } = await joanAndMartin()
    const provider = await makeProvider(deps, { name: 'Lantern Living' })
    const authorityId = await makeAuthority(deps, {
      personId,
      supporterProviderId: provider.providerId,
      type: 'broker',
    })
    const session = await makeSession(deps, provider.worker.userId)
    const actor = await session.actor()
    await startActing(deps, actor ?? ANONYMOUS, { authorityId })
    expect((await session.actor())?.actingFor).toMatchObject({ organisationName: 'Lantern Living' })
    await deps.db.prisma.member.updateMany({
      where: { userId: provider.worker.userId },
      data: { endedAt: new Date('2026-11-02T09:00:00Z') },
    })
    expect((await session.actor())?.actingFor).toBeNull()
  })

  test('an advocate sees and is told, but cannot ask for support', async () => {
    const { deps, martin, authorityId, personId } = await joanAndMartin({
      type: 'advocate',
      scopes: ['see_plan', 'message'],
    })
    await startActing(deps, await martin(), { authorityId })
    const actor = await martin()
    expect(may(actor, personId, 'see_plan')).toBe(true)
    expect(() => requireScope(actor, personId, 'book')).toThrow(/FORBIDDEN/)
  })

  test('an advocate with more is refused by the database itself', async () => {
    const { deps, personId, martinId } = await joanAndMartin()
    await expect(
      makeAuthority(deps, { personId, supporterUserId: martinId, type: 'advocate', scopes: ['book'] }),
    ).rejects.toThrow()
  })
})

describe('choosing supporters', () => {
  const form = (personId: string, changes: object = {}) =>
    ({
      personId,
      who: 'somebody',
      name: 'Ruth',
      email: `${newId()}@test.example`,
      relationship: 'neighbour',
      type: 'informal',
      scopes: ['book', 'message'],
      ...changes,
    }) as Parameters<typeof giveAuthority>[2]

  test('a person gives it by an address alone; both are told, and it waits for the first sign-in', async () => {
    const { deps, joan, personId } = await joanAndMartin()
    const email = `${newId()}@test.example`
    await giveAuthority(deps, joan, form(personId, { email: email.toUpperCase() }))
    const user = await deps.db.prisma.user.findUniqueOrThrow({ where: { email } })
    expect(user).toMatchObject({ name: 'Ruth', emailVerified: false })
    await house().runJobs()
    expect(house().mail.sent.find(({ to }) => to === email)?.subject).toBe(
      'You may do things for Joan on Kith',
    )
    const page = await circlePage(deps, await actorOf(deps, user.id))
    expect(page.supports).toMatchObject([{ personName: 'Joan', as: 'neighbour' }])
    expect(page.mine).toBeNull()
  })

  test('typing an address does not reveal the name of its account', async () => {
    const { deps, joan, personId } = await joanAndMartin()
    const known = await deps.db.prisma.user.findUniqueOrThrow({
      where: { id: await makeUser(deps, 'Secret Name') },
    })
    await giveAuthority(deps, joan, form(personId, { email: known.email, name: 'Somebody' }))
    const page = await circlePage(deps, joan)
    expect(JSON.stringify(page)).not.toContain('Secret Name')
    expect(page.mine?.supporters.map(({ name }) => name)).toContain('Somebody')
  })

  test('twice the same is refused beside the field, also at the same moment', async () => {
    const { deps, joan, personId } = await joanAndMartin()
    const same = form(personId)
    const answers = await Promise.allSettled([
      giveAuthority(deps, joan, same),
      giveAuthority(deps, joan, same),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a supporter cannot choose further supporters', async () => {
    const { deps, martin, authorityId, personId } = await joanAndMartin()
    await startActing(deps, await martin(), { authorityId })
    await expect(giveAuthority(deps, await martin(), form(personId))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('a form opened for oneself does nothing once the session acts for another', async () => {
    const { deps, martin, martinId, authorityId, councilId } = await joanAndMartin()
    const { personId: own } = await makePerson(deps, councilId, { userId: martinId })
    await startActing(deps, await martin(), { authorityId })
    await expect(giveAuthority(deps, await martin(), form(own))).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })

  test('strangers end nothing, supporters may step back, and what a court made stays', async () => {
    const { deps, joan, martin, authorityId, personId } = await joanAndMartin({ type: 'authorised_person' })
    await expect(
      endAuthority(deps, await actorOf(deps, await makeUser(deps)), { authorityId }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(endAuthority(deps, joan, { authorityId, personId })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
    await endAuthority(deps, await martin(), { authorityId })
    await expect(endAuthority(deps, await martin(), { authorityId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('what the council does', () => {
  const details = (councilId: string, changes: object = {}) => ({
    councilId,
    name: 'Arthur Webb',
    shortName: 'Arthur',
    phone: '01632 960123',
    addressLine: '9 Mill Lane',
    postcode: 'al1 1aa',
    isCarer: false,
    email: '',
    ...changes,
  })

  test('an adviser sets up a person without an address, who is acted for by a nominated person', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const adviser = await actorOf(deps, await makeStaff(deps, councilId, ['adviser']))
    const personId = await setUpPerson(deps, adviser, details(councilId))
    expect(await deps.db.prisma.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({
      userId: null,
      postcode: 'AL1 1AA',
    })
    const email = `${newId()}@test.example`
    const nominated = {
      personId,
      who: 'somebody',
      name: 'Ruth Webb',
      email,
      relationship: 'daughter',
      type: 'nominated_person',
      scopes: ['book', 'manage_money'],
      evidenceSeen: 'agreement of 3 March 2026',
    } as Parameters<typeof recordAuthority>[2]
    const authorityId = await recordAuthority(deps, adviser, nominated)
    const ruth = await deps.db.prisma.user.findUniqueOrThrow({ where: { email } })
    const session = await makeSession(deps, ruth.id)
    await startActing(deps, (await session.actor()) ?? ANONYMOUS, { authorityId })
    expect(may((await session.actor()) ?? ANONYMOUS, personId, 'manage_money')).toBe(true)
    const page = await personPage(deps, adviser, personId)
    expect(page).toMatchObject({
      signsIn: false,
      supporters: [{ name: 'Ruth Webb', evidence: 'agreement of 3 March 2026' }],
    })
  })

  test('a person with an address signs in as themselves', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const adviser = await actorOf(deps, await makeStaff(deps, councilId, ['adviser']))
    const email = `${newId()}@test.example`
    const personId = await setUpPerson(deps, adviser, details(councilId, { email }))
    const user = await deps.db.prisma.user.findUniqueOrThrow({ where: { email } })
    expect((await actorOf(deps, user.id)).personId).toBe(personId)
    await expect(setUpPerson(deps, adviser, details(councilId, { email }))).rejects.toMatchObject({
      code: 'INVALID',
      details: { fields: { email: [expect.any(String)] } },
    })
  })

  test('only advisers, and only for their own council', async () => {
    const { deps } = house()
    const [ours, theirs] = [await makeCouncil(deps), await makeCouncil(deps)]
    const adviser = await actorOf(deps, await makeStaff(deps, ours, ['adviser']))
    const { personId } = await makePerson(deps, theirs)
    await expect(setUpPerson(deps, adviser, details(theirs))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(personPage(deps, adviser, personId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const role of ['finance', 'commissioner', 'safeguarding', 'council_admin'] as const) {
      const colleague = await actorOf(deps, await makeStaff(deps, ours, [role]))
      await expect(peoplePage(deps, colleague, { name: '', page: 1 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    await expect(peoplePage(deps, ANONYMOUS, { name: '', page: 1 })).rejects.toMatchObject({
      code: 'SIGN_IN',
    })
  })

  test('people are found by a part of their name, in the adviser’s councils alone', async () => {
    const { deps } = house()
    const [ours, theirs] = [await makeCouncil(deps), await makeCouncil(deps)]
    await makePerson(deps, ours, { name: 'Winifred 100% Oak' })
    await makePerson(deps, theirs, { name: 'Winifred Ash' })
    const adviser = await actorOf(deps, await makeStaff(deps, ours, ['adviser']))
    expect(
      (await peoplePage(deps, adviser, { name: 'WINI', page: 1 })).people.map(({ name }) => name),
    ).toEqual(['Winifred 100% Oak'])
    expect((await peoplePage(deps, adviser, { name: '0%', page: 9 })).total).toBe(1)
    expect((await peoplePage(deps, adviser, { name: '%', page: 1 })).total).toBe(1)
    expect((await peoplePage(deps, adviser, { name: 'nobody', page: 1 })).total).toBe(0)
  })

  test('a supporter sets somebody up only where the council allows it, and never gets their money', async () => {
    const { deps } = house()
    const councilId = await makeCouncil(deps)
    const neighbour = await actorOf(deps, await makeUser(deps))
    const input = { ...details(councilId), relationship: 'neighbour', agreed: 'yes' as const }
    await expect(introducePerson(deps, neighbour, input)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await deps.db.prisma.council.update({ where: { id: councilId }, data: { supportersMaySetUp: true } })
    const authorityId = await introducePerson(deps, neighbour, input)
    const authority = await deps.db.prisma.authority.findUniqueOrThrow({ where: { id: authorityId } })
    expect(authority).toMatchObject({ type: 'informal', supporterUserId: neighbour.userId })
    expect(authority.scopes).not.toContain('manage_money')
  })
})

describe('a plan, under row-level security', () => {
  const plansSeen = (actor: UserActor) =>
    house().deps.db.asActor(actor, (tx) => tx.plan.findMany({ select: { id: true } }))

  test('is seen by the person, by supporters who may, and by their council’s advisers; by nobody else', async () => {
    const { deps, joan, personId, councilId, martin, authorityId } = await joanAndMartin()
    const planId = newId()
    await house().asOwner(
      "insert into plan (id, person_id, about_me, starts_on) values ($1, $2, 'I like tea', '2026-01-01')",
      [planId, personId],
    )
    const seen = [{ id: planId }]
    expect(await plansSeen(joan)).toEqual(seen)
    expect(await plansSeen(await martin())).toEqual(seen)
    expect(await plansSeen(await actorOf(deps, await makeStaff(deps, councilId, ['adviser'])))).toEqual(seen)
    expect(await plansSeen(await actorOf(deps, await makeStaff(deps, councilId, ['commissioner'])))).toEqual(
      [],
    )
    expect(
      await plansSeen(await actorOf(deps, await makeStaff(deps, await makeCouncil(deps), ['adviser']))),
    ).toEqual([])
    expect(await plansSeen(await actorOf(deps, await makeUser(deps)))).toEqual([])
    expect(await deps.db.prisma.plan.findMany()).toEqual([])
    await endAuthority(deps, joan, { authorityId })
    expect(await plansSeen(await martin())).toEqual([])
  })
})
