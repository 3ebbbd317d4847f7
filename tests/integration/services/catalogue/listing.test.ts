import { describe, expect, test } from 'vitest'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { pressListing } from '#services/catalogue/press-listing.server.ts'
import { saveStep, startListing } from '#services/catalogue/save-step.server.ts'
import { servicesPage } from '#services/catalogue/services-page.server.ts'
import { stepPage } from '#services/catalogue/step-page.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import {
  listedAs,
  priceForm,
  readListing,
  signUp,
  timesForm,
  verify,
  whatForm,
  writeListing,
} from '#tests/factories/listings.ts'
import { userActor, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const service = (id: string) => readListing(deps(), id)
const entry = (id: string) => listedAs(deps(), id)

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
