import { describe, expect, test } from 'vitest'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { pressListing } from '#services/catalogue/press-listing.server.ts'
import { saveStep, startListing } from '#services/catalogue/save-step.server.ts'
import { servicesPage } from '#services/catalogue/services-page.server.ts'
import { stepPage } from '#services/catalogue/step-page.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { takeOffStale } from '#services/catalogue/take-off-stale.server.ts'
import type { DomainError } from '#services/kernel/errors.ts'
import { decideCheck } from '#services/vetting/decide-check.server.ts'
import {
  operator,
  priceForm,
  signUp,
  timesForm,
  verify,
  whatForm,
  writeListing,
} from '#tests/factories/listings.ts'
import { userActor, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const service = (id: string) =>
  db().service.findUniqueOrThrow({ where: { id }, include: { versions: { include: { prices: true } } } })
const entry = (id: string) => db().searchEntry.findUnique({ where: { id } })
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  try {
    await work
  } catch (error) {
    return error as DomainError
  }
  throw new Error('It was not refused.')
}

describe('a listing that needs no registration', () => {
  test('waits for the identity and is published, indexed and told by the last decision', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    expect((await service(id)).state).toBe('submitted')
    expect(await entry(id)).toBeNull()
    const decision = await verify(deps(), provider.providerId, 'identity')
    expect(decision.published).toEqual([id])
    const published = await service(id)
    expect(published).toMatchObject({ state: 'published', submittedAt: null })
    expect(published.versions[0]?.frozenAt).not.toBeNull()
    expect(await entry(id)).toMatchObject({
      title: 'Company on Tuesdays',
      pricePence: 2250,
      priceUnit: 'hour',
      bookable: true,
      regulated: false,
      days: [1, 2, 3, 4, 5],
      comesToYou: true,
    })
    const told = await db().notice.findMany({ where: { providerId: provider.providerId } })
    expect(told.map((notice) => notice.kind)).toEqual(
      expect.arrayContaining(['check.verified', 'service.published']),
    )
  })

  test('is published at once when the provider is known already', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider)
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: true })
  })

  test('may be free, and then needs no price', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, { what: { fundedBy: 'free', setting: 'online' } })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: true })
    expect(await entry(id)).toMatchObject({ free: true, pricePence: 0, comesToYou: false })
  })

  test('with an answer missing is not sent in, and each step says what it lacks', async () => {
    const provider = await signUp(deps())
    const { serviceId } = await startListing(deps(), provider.owner, provider.providerId, whatForm())
    const refused = await refusal(submitListing(deps(), provider.owner, serviceId))
    expect(refused.code).toBe('REFUSED_BY_RULE')
    expect(Object.keys(refused.details.fields ?? {})).toEqual([
      'who',
      'area',
      'price',
      'times',
      'hours',
      'terms',
    ])
    expect((await service(serviceId)).state).toBe('draft')
  })

  test('sent in twice is sent in once', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    const both = await Promise.allSettled([
      submitListing(deps(), provider.owner, id),
      submitListing(deps(), provider.owner, id),
    ])
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('personal care', () => {
  const care = { what: { categoryCode: 'personal_care' } }

  test('without a registration or an exemption cannot even be answered', async () => {
    const provider = await signUp(deps())
    const { serviceId } = await startListing(
      deps(),
      provider.owner,
      provider.providerId,
      whatForm({ categoryCode: 'personal_care' }),
    )
    const refused = await refusal(
      saveStep(deps(), provider.owner, serviceId, 'care', { personalCare: 'no', regulation: 'none' }),
    )
    expect(refused.details.fields?.['regulation']?.[0]).toMatch(/CQC registration/)
  })

  test('without that answer cannot be sent in, and the page says why it cannot be published', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, care)
    const refused = await refusal(submitListing(deps(), provider.owner, id))
    expect(refused.details.fields).toHaveProperty('care')
    const page = await listingPage(deps(), provider.owner, id)
    expect(page.hindrances.join(' ')).toMatch(/registration with the Care Quality Commission/)
  })

  test('with a registration waits until somebody has checked it', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      ...care,
      care: { regulation: 'registered', registrationId: '1-700000001' },
    })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    expect((await listingPage(deps(), provider.owner, id)).hindrances).toHaveLength(1)
    expect((await verify(deps(), provider.providerId, 'cqc_registration')).published).toEqual([id])
    expect(await entry(id)).toMatchObject({ regulated: true, rating: 'Not yet rated' })
  })

  test('with an exemption that nobody has reviewed stays unpublished; a refusal sends it back with the reason', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const exempt = {
      regulation: 'exempt',
      exemptionReason: 'I work for one person, who directs all that I do.',
    }
    const id = await writeListing(deps(), provider, { ...care, care: exempt })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    const check = await db().verification.findFirstOrThrow({
      where: { serviceId: id, kind: 'regulation_exemption' },
    })
    await decideCheck(deps(), await operator(deps()), check.id, {
      decision: 'refuse',
      reason: 'You send other people too.',
    })
    expect((await service(id)).state).toBe('draft')
    expect((await listingPage(deps(), provider.owner, id)).refused[0]?.reason).toBe(
      'You send other people too.',
    )
    // Another reason is another claim: the refused one does not stand in its way, and does not count for it.
    await saveStep(deps(), provider.owner, id, 'care', {
      ...exempt,
      exemptionReason: 'Since May I work alone, for one person who directs me.',
    })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    expect((await verify(deps(), provider.providerId, 'regulation_exemption')).published).toEqual([id])
    expect(await entry(id)).toMatchObject({ regulated: false })
  })

  test('is refused by the database itself, whatever the software does', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      ...care,
      care: { regulation: 'registered', registrationId: '1-700000002' },
    })
    const draft = await db().serviceVersion.findFirstOrThrow({ where: { serviceId: id } })
    await db().serviceVersion.update({ where: { id: draft.id }, data: { frozenAt: new Date(0) } })
    await expect(
      house().asOwner(`UPDATE service SET state = 'published', current_version_id = $1 WHERE id = $2`, [
        draft.id,
        id,
      ]),
    ).rejects.toMatchObject({ code: 'KP003' })
  })

  test('in a category that may have it is asked once, and asked again when the category changes', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider, {
      what: { categoryCode: 'nights' },
      care: { personalCare: 'no', regulation: 'none' },
    })
    expect((await listingPage(deps(), provider.owner, id)).missing).toEqual([])
    await saveStep(deps(), provider.owner, id, 'what', whatForm({ categoryCode: 'live_in' }))
    expect((await listingPage(deps(), provider.owner, id)).missing.map(({ step }) => step)).toEqual(['care'])
    await saveStep(deps(), provider.owner, id, 'what', whatForm({ categoryCode: 'help_at_home' }))
    expect((await listingPage(deps(), provider.owner, id)).missing).toEqual([])
  })

  test('that loses its registration is taken off', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      ...care,
      care: { regulation: 'registered', registrationId: '1-700000003' },
    })
    const other = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, id)
    await submitListing(deps(), provider.owner, other)
    await verify(deps(), provider.providerId, 'cqc_registration')
    const check = await db().verification.findFirstOrThrow({
      where: { providerId: provider.providerId, kind: 'cqc_registration' },
    })
    const decision = await decideCheck(deps(), await operator(deps()), check.id, {
      decision: 'refuse',
      reason: 'The register says: ended.',
    })
    expect(decision.withdrawn).toEqual([id])
    expect((await service(id)).state).toBe('unpublished')
    expect((await service(other)).state).toBe('published')
    expect(await entry(id)).toBeNull()
  })
})

describe('changing what is published', () => {
  const published = async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, id)
    return { provider, id, owner: provider.owner }
  }

  test('a dearer price is a new version: people see the old one until it is published, then the new one at once', async () => {
    const { id, owner } = await published()
    const first = (await service(id)).currentVersionId
    await saveStep(deps(), owner, id, 'price', priceForm({ base: '30' }))
    expect((await service(id)).currentVersionId).toBe(first)
    expect((await entry(id))?.pricePence).toBe(2250)
    expect((await listingPage(deps(), owner, id)).change).toEqual({
      price: true,
      regulation: false,
      area: false,
      words: false,
    })
    expect(await submitListing(deps(), owner, id)).toEqual({ published: true })
    const after = await service(id)
    expect(after.currentVersionId).not.toBe(first)
    expect((await entry(id))?.pricePence).toBe(3250)
    expect(after.versions.map(({ number }) => number).sort()).toEqual([1, 2])
    expect(after.versions.every(({ frozenAt }) => frozenAt !== null)).toBe(true)
  })

  test('neither a published version nor its prices can be changed by anybody', async () => {
    const { id } = await published()
    const version = (await service(id)).versions[0]
    await expect(
      house().asOwner(`UPDATE service_version SET title = 'x' WHERE id = $1`, [version?.id]),
    ).rejects.toMatchObject({
      code: 'KF001',
    })
    await expect(
      house().asOwner(`DELETE FROM price_line WHERE version_id = $1`, [version?.id]),
    ).rejects.toMatchObject({
      code: 'KF001',
    })
  })

  test('two changes at the same moment write on one draft', async () => {
    const { id, owner } = await published()
    await Promise.all([
      saveStep(deps(), owner, id, 'times', { ...timesForm, noticeHours: '72' }),
      saveStep(deps(), owner, id, 'price', priceForm({ base: '21' })),
    ])
    const drafts = (await service(id)).versions.filter(({ frozenAt }) => frozenAt === null)
    expect(drafts).toHaveLength(1)
    expect(drafts[0]).toMatchObject({ noticeHours: 72 })
    expect(drafts[0]?.prices.find((price) => price.kind === 'base')?.pence).toBe(2100)
  })

  test('personal care that is added later goes back to be checked, and people see the version before until then', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      what: { categoryCode: 'nights' },
      care: { personalCare: 'no', regulation: 'none' },
    })
    await submitListing(deps(), provider.owner, id)
    await saveStep(deps(), provider.owner, id, 'care', {
      personalCare: 'yes',
      regulation: 'registered',
      registrationId: '1-700000004',
    })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    expect(await service(id)).toMatchObject({ state: 'published' })
    expect(await entry(id)).toMatchObject({ regulated: false })
    const locked = await refusal(saveStep(deps(), provider.owner, id, 'times', timesForm))
    expect(locked.code).toBe('STALE_STATE')
    await verify(deps(), provider.providerId, 'cqc_registration')
    expect(await entry(id)).toMatchObject({ regulated: true })
  })

  test('a change can be dropped', async () => {
    const { id, owner } = await published()
    await saveStep(deps(), owner, id, 'price', priceForm({ base: '30' }))
    await pressListing(deps(), owner, id, 'drop_changes')
    expect((await service(id)).versions).toHaveLength(1)
  })

  test('pause, show again, take nobody new, take off, and send in again as it was', async () => {
    const { id, owner } = await published()
    await pressListing(deps(), owner, id, 'pause')
    expect(await entry(id)).toBeNull()
    await pressListing(deps(), owner, id, 'resume')
    await pressListing(deps(), owner, id, 'stop_new')
    expect(await entry(id)).toMatchObject({ bookable: false, nextFreeAt: null })
    await pressListing(deps(), owner, id, 'take_new')
    await pressListing(deps(), owner, id, 'take_off')
    expect(await entry(id)).toBeNull()
    expect((await refusal(pressListing(deps(), owner, id, 'resume'))).code).toBe('STALE_STATE')
    expect(await submitListing(deps(), owner, id)).toEqual({ published: true })
    expect(await entry(id)).not.toBeNull()
  })

  test('“still right” keeps it listed; after a year without it, it is taken off and the provider is told', async () => {
    const { id, owner, provider } = await published()
    const start = deps().clock.now()
    house().clock.advance({ months: 11 })
    await pressListing(deps(), owner, id, 'still_right')
    house().clock.advance({ months: 11 })
    await takeOffStale(deps())
    expect((await service(id)).state).toBe('published')
    house().clock.advance({ months: 2 })
    await takeOffStale(deps())
    expect((await service(id)).state).toBe('unpublished')
    expect(
      await db().notice.count({ where: { providerId: provider.providerId, kind: 'service.taken_off' } }),
    ).toBe(1)
    house().clock.set(start)
  })
})

describe('who may', () => {
  test('a stranger finds no listing, page or step; the same as for one that does not exist', async () => {
    const provider = await signUp(deps())
    const other = await signUp(deps())
    const id = await writeListing(deps(), provider)
    const unknown = '01930000-0000-7000-8000-000000000000'
    for (const wanted of [id, unknown])
      for (const work of [
        () => listingPage(deps(), other.owner, wanted),
        () => stepPage(deps(), other.owner, wanted, 'price'),
        () => saveStep(deps(), other.owner, wanted, 'price', priceForm()),
        () => submitListing(deps(), other.owner, wanted),
        () => pressListing(deps(), other.owner, wanted, 'pause'),
      ])
        expect((await refusal(work())).code).toBe('NOT_FOUND')
    expect((await refusal(startListing(deps(), other.owner, provider.providerId, whatForm()))).code).toBe(
      'NOT_FOUND',
    )
    expect((await refusal(servicesPage(deps(), other.owner, provider.providerId))).code).toBe('NOT_FOUND')
  })

  test('a worker sees a listing and may not change it', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    const worker = userActor(await makeUser(deps()), {
      providers: [{ providerId: provider.providerId, memberId: id, role: 'worker' }],
    })
    expect(await listingPage(deps(), worker, id)).toMatchObject({ mayEdit: false, presses: [] })
    expect((await refusal(saveStep(deps(), worker, id, 'times', timesForm))).code).toBe('FORBIDDEN')
    expect((await refusal(submitListing(deps(), worker, id))).code).toBe('FORBIDDEN')
  })

  test('somebody signed out is asked to sign in', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    expect((await refusal(listingPage(deps(), { kind: 'anonymous' }, id))).code).toBe('SIGN_IN')
  })
})

describe('bad input', () => {
  test.each([
    ['a negative price', 'price', priceForm({ base: '-5' }), 'base'],
    ['a price in words', 'price', priceForm({ base: 'twenty' }), 'base'],
    ['a price of nothing', 'price', priceForm({ base: '0' }), 'base'],
    ['a price above ten thousand pounds', 'price', priceForm({ base: '10000.01' }), 'base'],
    ['half a penny', 'price', priceForm({ base: '1.005' }), 'base'],
    ['an uplift of 400 per cent', 'price', priceForm({ weekend: '400' }), 'weekend'],
    ['an extra without a name', 'price', priceForm({ extraPrice1: '3' }), 'extraLabel1'],
    ['an extra without a price', 'price', priceForm({ extraLabel2: 'Lunch' }), 'extraPrice2'],
    ['a unit that there is not', 'price', priceForm({ unit: 'fortnight' }), 'unit'],
    ['0 minutes', 'times', { ...timesForm, minMinutes: '0' }, 'minMinutes'],
    ['a longest visit below the shortest', 'times', { ...timesForm, maxMinutes: '30' }, 'maxMinutes'],
    ['a place that nobody knows', 'area', { near: 'Nowhere at all', miles: '5' }, 'near'],
    ['no miles', 'area', { near: 'OL1 1AA', miles: '' }, 'miles'],
    [
      'a share above all of it',
      'terms',
      {
        cancelWindowHours: '24',
        cancelShare: '101',
        noAnswerShare: '0',
        endNoticeDays: '1',
        contingency: 'x',
      },
      'cancelShare',
    ],
    ['a null byte', 'what', whatForm({ title: 'a\u0000b' }), 'title'],
    ['marks that turn the reading direction', 'what', whatForm({ title: 'abc\u202Edef' }), 'title'],
    ['a title that is too long', 'what', whatForm({ title: 'x'.repeat(81) }), 'title'],
    ['a category that there is not', 'what', whatForm({ categoryCode: 'magic' }), 'categoryCode'],
    ['an audience that there is not', 'who', { audiences: ['everybody'], languages: 'English' }, 'audiences'],
    [
      'an oldest age below the youngest',
      'who',
      { languages: 'English', minAge: '40', maxAge: '18' },
      'maxAge',
    ],
    ['something that is no form', 'times', null, ''],
  ] as const)('%s is refused beside its field, and nothing changes', async (_name, step, input, name) => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    const before = await service(id)
    const refused = await refusal(saveStep(deps(), provider.owner, id, step, input))
    expect(refused.code).toBe('INVALID')
    expect(Object.keys(refused.details.fields ?? {})).toContain(name)
    expect(await service(id)).toEqual(before)
  })

  test('HTML, quotes and emoji are words like others', async () => {
    const provider = await signUp(deps())
    const title = `<b>O'Brien's "tea" & cake</b> 🍰`
    const { serviceId } = await startListing(deps(), provider.owner, provider.providerId, whatForm({ title }))
    expect((await listingPage(deps(), provider.owner, serviceId)).title).toBe(title)
  })

  test('another provider’s place cannot be used', async () => {
    const provider = await signUp(deps())
    const other = await signUp(deps())
    const place = await db().place.create({
      data: { providerId: other.providerId, slug: `hall-${other.providerId}`, name: 'Hall' },
    })
    const { serviceId } = await startListing(
      deps(),
      provider.owner,
      provider.providerId,
      whatForm({ setting: 'at_venue' }),
    )
    const refused = await refusal(saveStep(deps(), provider.owner, serviceId, 'area', { placeId: place.id }))
    expect(refused.details.fields).toHaveProperty('placeId')
  })

  test('a place that is added keeps its point, and people see where it is', async () => {
    const provider = await signUp(deps())
    await db().postcode.create({ data: { postcode: 'ZZ1 2AB', outcode: 'ZZ1', lat: 53.5, lon: -2.2 } })
    await verify(deps(), provider.providerId, 'identity')
    const { serviceId } = await startListing(
      deps(),
      provider.owner,
      provider.providerId,
      whatForm({ setting: 'at_venue', fundedBy: 'free' }),
    )
    await saveStep(deps(), provider.owner, serviceId, 'area', {
      placeId: 'new',
      placeName: 'Millgate Hall',
      addressLine: '1 Mill Lane',
      town: 'Millgate',
      postcode: 'zz12ab',
    })
    const version = (await service(serviceId)).versions[0]
    expect(version).toMatchObject({ lat: 53.5, lon: -2.2, radiusMetres: null, areaLabel: 'Millgate' })
    expect((await listingPage(deps(), provider.owner, serviceId)).area).toBe(
      'Millgate Hall, 1 Mill Lane, Millgate, ZZ1 2AB',
    )
  })
})
