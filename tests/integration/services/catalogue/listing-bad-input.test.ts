import { describe, expect, test } from 'vitest'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { saveStep, startListing } from '#services/catalogue/save-step.server.ts'
import {
  priceForm,
  readListing,
  signUp,
  timesForm,
  verify,
  whatForm,
  writeListing,
} from '#tests/factories/listings.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const service = (id: string) => readListing(deps(), id)

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
