import { describe, expect, test } from 'vitest'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { pressListing } from '#services/catalogue/press-listing.server.ts'
import { saveStep } from '#services/catalogue/save-step.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { takeOffStale } from '#services/catalogue/take-off-stale.server.ts'
import {
  listedAs,
  priceForm,
  readListing,
  signUp,
  timesForm,
  verify,
  writeListing,
} from '#tests/factories/listings.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const service = (id: string) => readListing(deps(), id)
const entry = (id: string) => listedAs(deps(), id)

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
