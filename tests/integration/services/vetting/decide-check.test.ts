import { describe, expect, test } from 'vitest'
import type { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { writeEntries } from '#services/discovery/write-entries.server.ts'
import { checkPage } from '#services/vetting/check-page.server.ts'
import { checksPage } from '#services/vetting/checks-page.server.ts'
import { decideCheck } from '#services/vetting/decide-check.server.ts'
import { expireChecks } from '#services/vetting/expire-checks.server.ts'
import { addCheck, giveEvidence } from '#services/vetting/give-evidence.server.ts'
import { queuePage } from '#services/vetting/queue-page.server.ts'
import { operator, signUp, verify, writeListing } from '#tests/factories/listings.ts'
import { market } from '#tests/factories/market.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const codeOf = async (work: Promise<unknown>) => {
  try {
    await work
    return 'done'
  } catch (error) {
    return (error as DomainError).code
  }
}
const staff = async (
  councilId: string,
  role: 'adviser' | 'council_admin' | 'commissioner' | 'finance' | 'safeguarding',
) => userActor(await makeUser(deps()), { staff: [{ councilId, roles: [role] }] })
const identityOf = (providerId: string) =>
  db().verification.findFirstOrThrow({ where: { providerId, kind: 'identity' } })

/** A provider as the import of the register leaves it. */
async function imported(cqcProviderId: string) {
  const provider = await db().provider.create({
    data: {
      slug: `imported-${cqcProviderId}`,
      name: 'Elm House Care',
      claimed: false,
      cqcProviderId,
      places: {
        create: {
          slug: `elm-${cqcProviderId}`,
          name: 'Elm House',
          town: 'Moorend',
          postcode: 'ZZ9 9ZZ',
          lat: 53.5,
          lon: -2.1,
          cqcLocationId: cqcProviderId.replace('1-', '1-9'),
          registrationStatus: 'Registered',
          rating: 'Good',
          ratingDate: new Date('2025-05-14T00:00:00Z'),
          regulatedActivities: ['Personal care'],
          source: 'https://register.example/elm',
        },
      },
    },
    include: { places: true },
  })
  const place = provider.places[0]
  const document = market(1)[0]
  if (!place || !document) throw new Error('nothing was made')
  await deps().db.tx((tx) =>
    writeEntries(tx, [{ ...document, id: place.id, entryKind: 'place', slug: place.slug }]),
  )
  return { provider, place }
}

describe('who may check', () => {
  test('the operator, and advisers and administrators of the provider’s council; nobody else finds the page', async () => {
    const { providerId, councilId, owner } = await signUp(deps())
    const other = await makeCouncil(deps())
    const check = await identityOf(providerId)
    const seen = [
      await operator(deps()),
      await staff(councilId, 'adviser'),
      await staff(councilId, 'council_admin'),
    ]
    for (const actor of seen) expect((await checkPage(deps(), actor, check.id)).provider.id).toBe(providerId)
    const strangers = [
      await staff(other, 'adviser'),
      await staff(councilId, 'commissioner'),
      await staff(councilId, 'finance'),
      await staff(councilId, 'safeguarding'),
      owner,
    ]
    for (const actor of strangers) {
      expect(await codeOf(checkPage(deps(), actor, check.id))).toBe('NOT_FOUND')
      expect(await codeOf(decideCheck(deps(), actor, check.id, { decision: 'verify' }))).toBe('NOT_FOUND')
    }
    expect(await codeOf(queuePage(deps(), owner, { show: 'waiting', page: 1 }))).toBe('NOT_FOUND')
    expect(await codeOf(queuePage(deps(), { kind: 'anonymous' }, { show: 'waiting', page: 1 }))).toBe(
      'SIGN_IN',
    )
    expect((await identityOf(providerId)).state).toBe('asked')
  })

  test('nobody checks an organisation that they belong to', async () => {
    const { providerId, owner } = await signUp(deps())
    const both = { ...owner, operator: true }
    const check = await identityOf(providerId)
    expect(await codeOf(decideCheck(deps(), both, check.id, { decision: 'verify' }))).toBe('NOT_FOUND')
    const queue = await queuePage(deps(), both, { show: 'asked', page: 1 })
    expect(queue.checks.map((entry) => entry.provider.id)).not.toContain(providerId)
  })

  test('a provider that named no council waits for the operators alone', async () => {
    const { providerId, councilId } = await signUp(deps(), { councilId: 'none' })
    const check = await identityOf(providerId)
    expect(await codeOf(checkPage(deps(), await staff(councilId, 'adviser'), check.id))).toBe('NOT_FOUND')
    expect(await codeOf(checkPage(deps(), await operator(deps()), check.id))).toBe('done')
  })
})

describe('deciding', () => {
  test('a refusal needs a reason, and the provider reads it', async () => {
    const { providerId, owner } = await signUp(deps())
    const check = await identityOf(providerId)
    const actor = await operator(deps())
    expect(await codeOf(decideCheck(deps(), actor, check.id, { decision: 'refuse', reason: '  ' }))).toBe(
      'INVALID',
    )
    expect(await codeOf(decideCheck(deps(), actor, check.id, {}))).toBe('INVALID')
    await decideCheck(deps(), actor, check.id, {
      decision: 'refuse',
      reason: 'The number belongs to somebody else.',
    })
    const page = await checksPage(deps(), owner, providerId)
    expect(page.checks[0]).toMatchObject({
      standing: 'refused',
      reason: 'The number belongs to somebody else.',
      mayAnswer: true,
    })
    await giveEvidence(deps(), owner, check.id, { statement: 'Here is the right one.', reference: '1012345' })
    expect(await identityOf(providerId)).toMatchObject({
      state: 'evidence_given',
      reason: null,
      reference: '1012345',
    })
  })

  test('of two who decide at the same moment one is told that it was decided', async () => {
    const { providerId } = await signUp(deps())
    const check = await identityOf(providerId)
    const [one, two] = [await operator(deps()), await operator(deps())]
    const both = await Promise.all([
      codeOf(decideCheck(deps(), one, check.id, { decision: 'verify' })),
      codeOf(decideCheck(deps(), two, check.id, { decision: 'refuse', reason: 'No.' })),
    ])
    expect(both).toContain('done')
    // A verified check may be taken back, so the second may also have come after the first.
    expect(['verified', 'refused']).toContain((await identityOf(providerId)).state)
  })

  test.each([
    ['a date that does not exist', '2027-02-30'],
    ['a date that has passed', '2026-11-01'],
    ['a date in words', 'next year'],
  ])('%s is no end of a check', async (_name, expiresOn) => {
    const { providerId } = await signUp(deps())
    const check = await identityOf(providerId)
    expect(
      await codeOf(decideCheck(deps(), await operator(deps()), check.id, { decision: 'verify', expiresOn })),
    ).toBe('INVALID')
    expect((await identityOf(providerId)).state).toBe('asked')
  })

  test('every decision is written down with who made it', async () => {
    const { providerId } = await signUp(deps())
    const check = await identityOf(providerId)
    const actor = await operator(deps())
    await decideCheck(deps(), actor, check.id, { decision: 'verify' })
    const events = await db().auditEvent.findMany({ where: { subjectId: check.id } })
    expect(events).toEqual([expect.objectContaining({ action: 'check.verified', actorUserId: actor.userId })])
  })

  test('what a listing waits for stands in the queue, also an identity for which nothing was sent', async () => {
    const provider = await signUp(deps())
    const actor = await staff(provider.councilId, 'adviser')
    expect((await queuePage(deps(), actor, { show: 'waiting', page: 1 })).total).toBe(0)
    const id = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, id)
    const queue = await queuePage(deps(), actor, { show: 'waiting', page: 1 })
    expect(queue.checks).toEqual([expect.objectContaining({ kind: 'identity', listingsWaiting: 1 })])
  })
})

describe('taking over what was imported', () => {
  test('the register’s facts stand beside the claim, and verifying moves the places and the address of the page', async () => {
    const { provider: unclaimed, place } = await imported('1-710000001')
    const { providerId } = await signUp(deps(), { cqcProviderId: ' 1-710000001 ' })
    const check = await db().verification.findFirstOrThrow({
      where: { providerId, kind: 'cqc_registration' },
    })
    expect(check).toMatchObject({ state: 'evidence_given', reference: '1-710000001' })
    const page = await checkPage(deps(), await operator(deps()), check.id)
    expect(page.register).toMatchObject({
      name: 'Elm House Care',
      heldBy: null,
      places: [
        { name: 'Elm House', status: 'Registered', rating: 'Good', ratingDate: 'Wednesday 14 May 2025' },
      ],
    })
    await verify(deps(), providerId, 'cqc_registration')
    expect(await db().place.findUniqueOrThrow({ where: { id: place.id } })).toMatchObject({ providerId })
    expect(await db().searchEntry.findUnique({ where: { id: place.id } })).toBeNull()
    expect(await db().provider.findUniqueOrThrow({ where: { id: providerId } })).toMatchObject({
      cqcProviderId: '1-710000001',
      slug: 'imported-1-710000001',
    })
    expect(await db().provider.findUniqueOrThrow({ where: { id: unclaimed.id } })).toMatchObject({
      cqcProviderId: null,
      claimed: false,
    })
  })

  test('the rating of the place stands on the listing that rests on the registration', async () => {
    await imported('1-710000002')
    const provider = await signUp(deps(), { cqcProviderId: '1-710000002' })
    await verify(deps(), provider.providerId, 'identity')
    await verify(deps(), provider.providerId, 'cqc_registration')
    const id = await writeListing(deps(), provider, {
      what: { categoryCode: 'personal_care' },
      care: { regulation: 'registered', registrationId: '1-710000002' },
    })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: true })
    expect(await db().searchEntry.findUniqueOrThrow({ where: { id } })).toMatchObject({
      rating: 'Good',
      ratingSource: 'https://register.example/elm',
      regulated: true,
    })
  })

  test('a registration that another organisation holds is not accepted a second time', async () => {
    await imported('1-710000003')
    const first = await signUp(deps(), { cqcProviderId: '1-710000003' })
    await verify(deps(), first.providerId, 'cqc_registration')
    const second = await signUp(deps(), { cqcProviderId: '1-710000003' })
    expect(await codeOf(verify(deps(), second.providerId, 'cqc_registration'))).toBe('REFUSED_BY_RULE')
    const check = await db().verification.findFirstOrThrow({
      where: { providerId: second.providerId, kind: 'cqc_registration' },
    })
    expect(check.state).toBe('evidence_given')
  })

  test('until it is verified nothing of the imported provider changes', async () => {
    const { provider } = await imported('1-710000004')
    await signUp(deps(), { cqcProviderId: '1-710000004' })
    expect(await db().provider.findUniqueOrThrow({ where: { id: provider.id } })).toMatchObject({
      claimed: false,
      cqcProviderId: '1-710000004',
    })
  })
})

describe('a provider’s own checks', () => {
  test('are told of with date and level, and never by a stranger or a worker', async () => {
    const { providerId, owner } = await signUp(deps())
    const stranger = (await signUp(deps())).owner
    const input = {
      kind: 'dbs',
      statement: 'Both of us, seen by the church.',
      level: 'enhanced',
      expiresOn: '2027-08-20',
    }
    const { checkId } = await addCheck(deps(), owner, providerId, input)
    expect(await db().verification.findUniqueOrThrow({ where: { id: checkId } })).toMatchObject({
      state: 'evidence_given',
      level: 'enhanced',
    })
    expect(await codeOf(addCheck(deps(), stranger, providerId, input))).toBe('NOT_FOUND')
    expect(await codeOf(giveEvidence(deps(), stranger, checkId, input))).toBe('NOT_FOUND')
    expect(await codeOf(giveEvidence(deps(), owner, newId(), input))).toBe('NOT_FOUND')
    const worker = userActor(await makeUser(deps()), {
      providers: [{ providerId, memberId: newId(), role: 'worker' }],
    })
    expect(await codeOf(addCheck(deps(), worker, providerId, input))).toBe('FORBIDDEN')
    expect(await codeOf(addCheck(deps(), owner, providerId, { ...input, level: '' }))).toBe('INVALID')
    expect(await codeOf(addCheck(deps(), owner, providerId, { ...input, kind: 'identity' }))).toBe('INVALID')
    expect(await codeOf(addCheck(deps(), owner, providerId, { ...input, expiresOn: '2026-02-31' }))).toBe(
      'INVALID',
    )
  })

  test('run out on their day: the provider is told, and an identity that ran out takes the listings off', async () => {
    const provider = await signUp(deps())
    const check = await identityOf(provider.providerId)
    await decideCheck(deps(), await operator(deps()), check.id, {
      decision: 'verify',
      expiresOn: '2026-12-01',
    })
    const id = await writeListing(deps(), provider)
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: true })
    const start = deps().clock.now()
    house().clock.set('2026-12-01T12:00:00Z')
    await expireChecks(deps())
    expect((await identityOf(provider.providerId)).state).toBe('verified')
    house().clock.set('2026-12-02T00:30:00Z')
    expect((await checksPage(deps(), provider.owner, null)).checks[0]?.standing).toBe('ended')
    await expireChecks(deps())
    await expireChecks(deps())
    expect((await identityOf(provider.providerId)).state).toBe('expired')
    expect((await db().service.findUniqueOrThrow({ where: { id } })).state).toBe('unpublished')
    const told = await db().notice.findMany({
      where: { providerId: provider.providerId, kind: 'check.expired' },
    })
    expect(told).toHaveLength(1)
    house().clock.set(start)
  })
})
