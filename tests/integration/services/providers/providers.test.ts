import { describe, expect, test } from 'vitest'
import type { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { addMember } from '#services/providers/add-member.server.ts'
import { endMembership } from '#services/providers/end-membership.server.ts'
import { signUpPage } from '#services/providers/sign-up-page.server.ts'
import { signUpProvider } from '#services/providers/sign-up-provider.server.ts'
import { teamPage } from '#services/providers/team-page.server.ts'
import { signUp, signUpForm } from '#tests/factories/listings.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

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

describe('signing up', () => {
  test('makes the organisation, its owner, their lane and the checks that its claims call for', async () => {
    const { providerId, councilId, owner } = await signUp(deps(), {
      kind: 'user_led_organisation',
      userLed: 'yes',
      boardSize: '8',
      boardLived: '6',
      cqcProviderId: '1-720000001',
    })
    const provider = await db().provider.findUniqueOrThrow({
      where: { id: providerId },
      include: { members: true, lanes: true, checks: { orderBy: { kind: 'asc' } } },
    })
    expect(provider).toMatchObject({
      claimed: true,
      councilId,
      kind: 'user_led_organisation',
      size: 'one',
      cqcProviderId: null,
    })
    expect(provider.members).toEqual([expect.objectContaining({ userId: owner.userId, role: 'owner' })])
    expect(provider.lanes).toEqual([
      expect.objectContaining({ name: 'Olive Owner', memberId: provider.members[0]?.id }),
    ])
    expect(provider.checks.map(({ kind, state }) => [kind, state])).toEqual([
      ['identity', 'asked'],
      ['cqc_registration', 'evidence_given'],
      ['user_led_status', 'evidence_given'],
    ])
    expect(provider.checks[2]?.statement).toMatch(/^6 of the 8/)
  })

  test('two organisations of one name have two addresses', async () => {
    const [one, two] = [
      await signUp(deps(), { name: 'Tŷ Gwyn & Co' }),
      await signUp(deps(), { name: 'Tŷ Gwyn & Co' }),
    ]
    const slugs = await db().provider.findMany({
      where: { id: { in: [one.providerId, two.providerId] } },
      select: { slug: true },
      orderBy: { createdAt: 'asc' },
    })
    expect(slugs.map(({ slug }) => slug.replace(/-[0-9a-f]{6}$/, ''))).toEqual([
      'ty-gwyn-and-co',
      'ty-gwyn-and-co',
    ])
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(2)
  })

  test.each([
    ['no name', { name: ' ' }, 'name'],
    ['the kind that only imports have', { kind: 'unknown' }, 'kind'],
    [
      'a user-led claim below three quarters',
      { userLed: 'yes', boardSize: '8', boardLived: '5' },
      'boardLived',
    ],
    [
      'more people with experience than people',
      { userLed: 'yes', boardSize: '3', boardLived: '4' },
      'boardLived',
    ],
    ['a user-led claim without numbers', { userLed: 'yes' }, 'boardSize'],
    ['a user-led organisation that is not user-led', { kind: 'user_led_organisation' }, 'userLed'],
    ['a CQC id that is none', { cqcProviderId: 'hello there' }, 'cqcProviderId'],
    ['a charity number that is none', { charityNumber: '12' }, 'charityNumber'],
    ['a company number that is none', { companyNumber: 'ABC' }, 'companyNumber'],
    ['a telephone number that is none', { phone: 'call me' }, 'phone'],
    ['a web address that runs a script', { website: 'javascript:alert(1)' }, 'website'],
    ['a council that does not exist', { councilId: '01930000-0000-7000-8000-000000000000' }, 'councilId'],
    ['half a character', { about: 'a\ud800b' }, 'about'],
    ['a text that is too long', { about: 'x'.repeat(2001) }, 'about'],
  ])('%s is refused beside its field', async (_name, changes, field) => {
    const userId = await makeUser(deps())
    const refused = await refusal(signUpProvider(deps(), userActor(userId), signUpForm(changes)))
    expect(refused.code).toBe('INVALID')
    expect(refused.details.fields).toHaveProperty(field)
    expect(await db().member.count({ where: { userId } })).toBe(0)
  })

  test('somebody signed out is asked to sign in', async () => {
    expect((await refusal(signUpProvider(deps(), { kind: 'anonymous' }, signUpForm()))).code).toBe('SIGN_IN')
  })

  test('only what was imported and is not yet claimed can be taken over', async () => {
    const userId = await makeUser(deps())
    await db().provider.create({
      data: { slug: 'oak-home', name: 'Oak Home', claimed: false, cqcProviderId: '1-720000002' },
    })
    const page = await signUpPage(deps(), userActor(userId), 'oak-home')
    expect(page.claim).toMatchObject({ name: 'Oak Home', cqcProviderId: '1-720000002' })
    const { providerId } = await signUp(deps())
    const { slug } = await db().provider.findUniqueOrThrow({ where: { id: providerId } })
    for (const claim of [slug, 'nobody-at-all'])
      expect((await refusal(signUpPage(deps(), userActor(userId), claim))).code).toBe('NOT_FOUND')
  })
})

describe('a team', () => {
  test('a worker gets a lane and an invitation; they belong to it when they have an account', async () => {
    const { owner, providerId } = await signUp(deps())
    const workerId = await makeUser(deps(), 'Will Worker')
    const { email } = await db().user.findUniqueOrThrow({ where: { id: workerId } })
    const { memberId } = await addMember(deps(), owner, providerId, {
      name: 'Will Worker',
      email: ` ${email.toUpperCase()} `,
      role: 'worker',
    })
    expect(
      await db().member.findUniqueOrThrow({ where: { id: memberId }, include: { lanes: true } }),
    ).toMatchObject({
      userId: workerId,
      email,
      lanes: [expect.objectContaining({ name: 'Will Worker', active: true })],
    })
    await house().runJobs()
    expect(house().mail.sent.find(({ key }) => key === `invitation:${memberId}`)).toMatchObject({ to: email })
  })

  test('a coordinator gets no lane, and an address without an account waits for its first sign-in', async () => {
    const { owner, providerId } = await signUp(deps())
    const email = `${newId()}@test.example`
    const { memberId } = await addMember(deps(), owner, providerId, {
      name: 'Cora',
      email,
      role: 'coordinator',
    })
    expect(
      await db().member.findUniqueOrThrow({ where: { id: memberId }, include: { lanes: true } }),
    ).toMatchObject({
      userId: null,
      lanes: [],
    })
    const again = await refusal(addMember(deps(), owner, providerId, { name: 'Cora', email, role: 'worker' }))
    expect(again.details.fields).toHaveProperty('email')
  })

  test('ending a membership closes the lane; the last owner stays', async () => {
    const { owner, providerId } = await signUp(deps())
    const { memberId } = await addMember(deps(), owner, providerId, {
      name: 'Will',
      email: `${newId()}@test.example`,
      role: 'worker',
    })
    expect(await endMembership(deps(), owner, providerId, memberId)).toEqual({ visitsAhead: 0 })
    expect(await db().lane.findFirstOrThrow({ where: { memberId } })).toMatchObject({ active: false })
    expect((await refusal(endMembership(deps(), owner, providerId, memberId))).code).toBe('STALE_STATE')
    const own = owner.providers[0]?.memberId ?? ''
    expect((await refusal(endMembership(deps(), owner, providerId, own))).code).toBe('REFUSED_BY_RULE')
  })

  test('somebody who comes back is a member once', async () => {
    const { owner, providerId } = await signUp(deps())
    const userId = await makeUser(deps())
    const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } })
    const first = await addMember(deps(), owner, providerId, { name: 'Will', email, role: 'worker' })
    await endMembership(deps(), owner, providerId, first.memberId)
    await addMember(deps(), owner, providerId, { name: 'Will', email, role: 'coordinator' })
    expect(await db().member.count({ where: { providerId, userId } })).toBe(1)
  })

  test('is changed by owners alone, seen by members without addresses, and unknown to strangers', async () => {
    const { owner, providerId } = await signUp(deps())
    const stranger = (await signUp(deps())).owner
    const coordinator = userActor(await makeUser(deps()), {
      providers: [{ providerId, memberId: newId(), role: 'coordinator' }],
    })
    const input = { name: 'Will', email: `${newId()}@test.example`, role: 'worker' }
    expect((await refusal(addMember(deps(), coordinator, providerId, input))).code).toBe('FORBIDDEN')
    expect((await refusal(addMember(deps(), stranger, providerId, input))).code).toBe('NOT_FOUND')
    const own = owner.providers[0]?.memberId ?? ''
    expect((await refusal(endMembership(deps(), stranger, providerId, own))).code).toBe('NOT_FOUND')
    const theirs = stranger.providers[0]?.memberId ?? ''
    expect((await refusal(endMembership(deps(), owner, providerId, theirs))).code).toBe('NOT_FOUND')
    const page = await teamPage(deps(), coordinator, providerId)
    expect(page).toMatchObject({ mayManage: false, members: [expect.objectContaining({ email: null })] })
    expect((await refusal(teamPage(deps(), stranger, providerId))).code).toBe('NOT_FOUND')
  })

  test.each([
    ['no address', { email: '' }, 'email'],
    ['an address that is none', { email: 'will at home' }, 'email'],
    ['a role that there is not', { role: 'manager' }, 'role'],
    ['no name', { name: '' }, 'name'],
  ])('%s is refused beside its field', async (_name, changes, field) => {
    const { owner, providerId } = await signUp(deps())
    const input = { name: 'Will', email: `${newId()}@test.example`, role: 'worker', ...changes }
    expect((await refusal(addMember(deps(), owner, providerId, input))).details.fields).toHaveProperty(field)
  })
})
