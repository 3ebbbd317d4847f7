import { beforeAll, describe, expect, test } from 'vitest'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { providerPage } from '#services/providers/provider-page.server.ts'
import { publicReviews } from '#services/quality/public-reviews.server.ts'
import { signUp, verify, writeListing } from '#tests/factories/listings.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
let slug = ''
let providerSlug = ''
let serviceId = ''

beforeAll(async () => {
  const { deps } = house()
  const provider = await signUp(deps, { phone: '01632 960321' })
  serviceId = await writeListing(deps, provider)
  await submitListing(deps, provider.owner, serviceId)
  await verify(deps, provider.providerId, 'identity')
  await deps.db.prisma.user.updateMany({ where: { name: 'An operator' }, data: { operator: true } })
  const service = await deps.db.prisma.service.findUniqueOrThrow({
    where: { id: serviceId },
    include: { provider: true },
  })
  slug = service.slug
  providerSlug = service.provider.slug
})

describe('the page of a service', () => {
  test('puts the whole price first, line by line, and says what makes it dearer', async () => {
    const { price } = await servicePage(house().deps, ANONYMOUS, slug, false)
    expect(price).toEqual({
      heading: 'Price for one hour',
      lines: [
        { label: 'One hour', pence: 2_000 },
        { label: 'Travel', pence: 250 },
      ],
      total: 2_250,
      unit: 'for one hour, all in',
      notes: [
        'Saturday and Sunday: £27.50.',
        'Nothing else is added.',
        'A visit lasts 1 hour to 4 hours.',
        'You pay for the time it took, in steps of 15 minutes. Up to 5 minutes more or less change nothing.',
      ],
    })
  })
  test('answers who, where, when, and what if', async () => {
    const page = await servicePage(house().deps, ANONYMOUS, slug, false)
    expect(page.title).toBe('Company on Tuesdays')
    expect(page.happens).toEqual(['We drink tea.'])
    expect(page.hours).toEqual(['Monday to Friday, 9am to 5pm'])
    expect(page.nextFree).toBe('Tuesday 3 November, 10am')
    expect(page.notBookable).toBeNull()
    expect(page.regulation).toEqual({
      regulated: false,
      words: 'No. It gives no personal care, so CQC does not inspect this kind of support.',
    })
    expect(page.terms).toEqual([
      { term: 'If you cancel', value: 'Free until 24 hours before. After that you pay half the price.' },
      { term: 'If they cannot come', value: 'I ring by 8am and send Pat, whom you have met.' },
      { term: 'No answer at the door', value: 'You pay the whole price.' },
      { term: 'How soon they can come', value: 'They need 24 hours of notice.' },
      { term: 'Notice to stop', value: '14 days, from you or from them.' },
    ])
  })
  test('says who checked what and when, and nothing of what a paper says', async () => {
    const { checks } = await servicePage(house().deps, ANONYMOUS, slug, false)
    expect(checks[0]).toMatchObject({
      name: 'Who they are',
      tone: 'done',
      words: 'Checked',
      checked: '2 November 2026',
      by: 'Kith',
    })
    expect(checks.some((check) => 'statement' in check || 'reason' in check)).toBe(false)
  })
  test('has no figures until three people have said', async () => {
    const { said, regulator } = await servicePage(house().deps, ANONYMOUS, slug, false)
    expect(said).toEqual({ count: 0, newest: null, spreads: [], reviews: [] })
    expect(regulator).toEqual({ rating: 'not_required', date: null, href: null })
  })
  test.each([['nothing-by-that-name'], [''], ["x' or 1=1"], ['../etc']])(
    'is not found for “%s”',
    async (name) => {
      await expect(servicePage(house().deps, ANONYMOUS, name, false)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    },
  )
  test('is not there while it is not published', async () => {
    const provider = await signUp(house().deps, { name: 'Not yet' })
    const id = await writeListing(house().deps, provider)
    const { slug: hidden } = await house().deps.db.prisma.service.findUniqueOrThrow({ where: { id } })
    await expect(servicePage(house().deps, ANONYMOUS, hidden, false)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('the page of a provider', () => {
  test('lists what it offers, who it is and what was checked', async () => {
    const page = await providerPage(house().deps, providerSlug)
    expect(page).toMatchObject({
      name: 'Harbour Hands',
      claimed: true,
      kind: 'micro_enterprise',
      phone: '01632 960321',
    })
    expect(page.services).toEqual([
      expect.objectContaining({
        href: `/services/${slug}`,
        title: 'Company on Tuesdays',
        price: { pence: 2_250, unit: 'for one hour, travel in' },
      }),
    ])
    expect(page.facts).toContainEqual({ term: 'People who work there', value: 'Only me' })
    expect(page.checks.map(({ name }) => name)).toContain('Who they are')
  })
  test('of a newcomer without anything published is not there', async () => {
    const { providerId } = await signUp(house().deps, { name: 'A newcomer' })
    const { slug: hidden } = await house().deps.db.prisma.provider.findUniqueOrThrow({
      where: { id: providerId },
    })
    await expect(providerPage(house().deps, hidden)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  test('that nobody claimed shows a register’s facts with source and date, and nothing of ours', async () => {
    const { prisma } = house().deps.db
    const id = newId()
    await prisma.provider.create({
      data: {
        id,
        slug: 'stone-lodge',
        name: 'Stone Lodge',
        kind: 'unknown',
        claimed: false,
        phone: '01632 960999',
      },
    })
    await prisma.place.create({
      data: {
        id: newId(),
        providerId: id,
        slug: 'stone-lodge-home',
        name: 'Stone Lodge Home',
        town: 'Lees',
        postcode: 'OL4 3AA',
        cqcLocationId: '1-12345678',
        registrationStatus: 'Registered',
        registeredOn: new Date('2015-04-01T00:00:00Z'),
        rating: 'Requires improvement',
        ratingDate: new Date('2024-09-03T00:00:00Z'),
        serviceTypes: ['Residential homes'],
        specialisms: ['Dementia'],
        beds: 24,
        source: 'https://www.cqc.org.uk/location/1-12345678',
        sourceDate: new Date('2025-01-15T00:00:00Z'),
        updatedAt: new Date('2025-01-15T00:00:00Z'),
      },
    })
    const page = await providerPage(house().deps, 'stone-lodge')
    expect(page).toMatchObject({
      claimed: false,
      services: [],
      checks: [],
      said: null,
      phone: null,
      userLed: null,
    })
    expect(page.places[0]).toMatchObject({
      name: 'Stone Lodge Home',
      source: { date: '15 January 2025' },
      regulator: { rating: 'requires_improvement', date: '3 September 2024' },
    })
    expect(page.places[0]?.rows).toContainEqual({
      term: 'Registration',
      value: 'Registered since 1 April 2015, number 1-12345678',
    })
  })
})

describe('what people said', () => {
  test('of a service without a word is nothing, in the shape of something', async () => {
    const said = await publicReviews(house().deps.db, { kind: 'service', id: serviceId }, 5)
    expect(said).toEqual({ count: 0, newestAt: null, spreads: null, reviews: [] })
  })
})
