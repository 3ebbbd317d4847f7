import { describe, expect, test } from 'vitest'
import { saveStep, startListing } from '#services/catalogue/save-step.server.ts'
import { previewPage, servicePage } from '#services/catalogue/service-page.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { priceForm, signUp, verify, whatForm, writeListing } from '#tests/factories/listings.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps

describe('the preview of a listing', () => {
  test('is the page that people will see, before and after it is published', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider)
    const before = await previewPage(deps(), provider.owner, id)
    expect(before).toMatchObject({ missing: [], mayEdit: true, page: { title: 'Company on Tuesdays' } })
    await submitListing(deps(), provider.owner, id)
    const { paying, ...shown } = await servicePage(deps(), ANONYMOUS, before.page.slug, false)
    const undated = { nextFree: null, nextFreeOn: null }
    expect({ ...before.page, ...undated }).toEqual({ ...shown, ...undated })
    expect(paying).toEqual({ kind: 'anybody', signedIn: false })
  })

  test('shows the draft while people still see what was published', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, id)
    await saveStep(deps(), provider.owner, id, 'price', priceForm({ base: '31.00' }))
    const { page } = await previewPage(deps(), provider.owner, id)
    expect(page.price?.total).toBe(3350)
    expect((await servicePage(deps(), ANONYMOUS, page.slug, false)).price?.total).toBe(2250)
  })

  test('of a listing just begun says what is missing and at which step, and nothing breaks', async () => {
    const provider = await signUp(deps())
    const { serviceId } = await startListing(deps(), provider.owner, provider.providerId, whatForm())
    const { page, missing } = await previewPage(deps(), provider.owner, serviceId)
    expect(page).toMatchObject({ price: null, freeWords: null, hours: [] })
    expect(missing.map(({ step }) => step)).toEqual(expect.arrayContaining(['who', 'area', 'price', 'hours']))
    const refused = await submitListing(deps(), provider.owner, serviceId).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'REFUSED_BY_RULE',
      details: { fields: Object.fromEntries(missing.map(({ step, sentence }) => [step, [sentence]])) },
    })
  })

  test('is not there for strangers', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    const stranger = await signUp(deps(), { name: 'Somebody else' })
    await expect(previewPage(deps(), stranger.owner, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(previewPage(deps(), { kind: 'anonymous' }, id)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})
