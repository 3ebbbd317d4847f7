/** A year of a council's market, as rows: what was spent, searched, asked and said. Random, and the same for the same seed. */
import type { Deployment } from '#services/budgets/payer.rules.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { numbersFrom } from './market.ts'

const CATEGORIES = ['personal_care', 'help_at_home', 'getting_out', 'wellbeing', 'day_activities'] as const
const KINDS = [
  ['private_company', 'fifty_to_249'],
  ['private_company', 'ten_to_49'],
  ['charity', 'ten_to_49'],
  ['charity', 'two_to_nine'],
  ['cooperative', 'two_to_nine'],
  ['user_led_organisation', 'two_to_nine'],
  ['micro_enterprise', 'two_to_nine'],
  ['micro_enterprise', 'one'],
  ['personal_assistant', 'one'],
] as const

export interface YearVisit {
  personId: string
  providerId: string
  category: string
  ward: string
  settledAt: Temporal.Instant
  pence: number
  own: boolean
}
export interface MarketYear {
  councilId: string
  wards: { id: string; name: string; lat: number; lon: number }[]
  people: { id: string; name: string; ward: string }[]
  providers: { id: string; name: string; kind: string; size: string; owner: string; sole: boolean }[]
  visits: YearVisit[]
  funds: { personId: string; deployment: Deployment; chosen: boolean }[]
  searches: { at: Date; area: string | null; categoryCode: string | null; bookable: number }[]
  /** Requests that nobody answered in time, by what should have been the last day for it. */
  unanswered: { personId: string; ward: string; category: string; answerBy: Date }[]
  reviews: { providerId: string; createdAt: Date; keptMeInControl: number; reliable: number }[]
  /** Pence for an hour with travel in. */
  prices: { providerId: string; pence: number }[]
}

export interface YearOptions {
  seed?: number
  people?: number
  providers?: number
  visitsEach?: number
  /** The first instant after the last month that counts. */
  before?: string
}

export async function marketYear(deps: Deps, options: YearOptions = {}): Promise<MarketYear> {
  const {
    seed = 1,
    people: many = 40,
    providers: makers = 14,
    visitsEach = 12,
    before = '2026-11-01T00:00:00Z',
  } = options
  const random = numbersFrom(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const end = Temporal.Instant.from(before)
  const { prisma } = deps.db
  const councilId = newId()
  const tag = councilId.slice(-6)
  await prisma.council.create({
    data: {
      id: councilId,
      slug: `c-${councilId}`,
      name: `Borough ${tag} Council`,
      phone: '01632 960000',
      urgentPhone: '01632 960001',
    },
  })
  const wards = ['Northfields', 'Moorend', 'Millgate'].map((name, i) => ({
    id: newId(),
    name,
    lat: 53.5 + i * 0.1,
    lon: -2,
  }))
  await prisma.ward.createMany({ data: wards.map((ward) => ({ ...ward, councilId })) })

  const providers = Array.from({ length: makers }, (_, i) => {
    const [kind, size] = KINDS[i % KINDS.length] ?? KINDS[0]
    const name = `Maker ${String(i)} ${tag}`
    return {
      id: newId(),
      name,
      kind,
      size,
      owner: i < 2 ? `Group ${tag}` : name,
      sole: kind === 'personal_assistant' || size === 'one',
    }
  })
  await prisma.provider.createMany({
    data: providers.map(({ id, name, kind, size, owner }) => ({
      id,
      slug: `p-${id}`,
      name,
      kind,
      size,
      ultimateOwner: owner,
      councilId,
    })),
  })
  const services = providers.map(({ id: providerId }) => ({ id: newId(), providerId, versionId: newId() }))
  await prisma.service.createMany({
    data: services.map(({ id, providerId }) => ({ id, providerId, slug: `s-${id}` })),
  })
  await prisma.serviceVersion.createMany({
    data: services.map(({ id, versionId }) => ({
      id: versionId,
      serviceId: id,
      number: 1,
      title: 'Support',
      summary: 'Support',
      categoryCode: 'help_at_home',
      setting: 'at_home' as const,
      audiences: [],
      languages: [],
      accessibility: [],
    })),
  })

  const prices = services.map(({ providerId, versionId }) => ({
    providerId,
    versionId,
    pence: 1_800 + below(40) * 50,
  }))
  await prisma.priceLine.createMany({
    data: prices.flatMap(({ versionId, pence }) => [
      { versionId, position: 1, kind: 'base' as const, label: 'An hour', pence: pence - 150 },
      { versionId, position: 2, kind: 'travel' as const, label: 'Travel', pence: 150 },
      { versionId, position: 3, kind: 'weekend' as const, label: 'Weekend', upliftBps: 2_000 },
    ]),
  })
  await prisma.verification.createMany({
    data: providers.map(({ id: providerId }) => ({
      providerId,
      kind: 'identity' as const,
      state: 'verified' as const,
      checkedOn: dateColumn(Temporal.PlainDate.from('2025-01-01')),
    })),
  })
  const versionIds = services.map(({ versionId }) => versionId)
  await prisma.serviceVersion.updateMany({
    where: { id: { in: versionIds } },
    data: { frozenAt: toDate(end) },
  })
  await prisma.$executeRaw`UPDATE service s SET state = 'published', current_version_id = v.id
    FROM service_version v WHERE v.service_id = s.id AND v.id = ANY (${versionIds}::uuid[])`

  const people = Array.from({ length: many }, (_, i) => {
    const ward = pick(wards)
    return {
      id: newId(),
      name: `Holder ${String(i)} ${tag}`,
      ward: ward.id,
      lat: ward.lat + (random() - 0.5) * 0.08,
      lon: -2 + (random() - 0.5) * 0.05,
    }
  })
  await prisma.person.createMany({
    data: people.map(({ id, name, lat, lon }) => ({
      id,
      councilId,
      name,
      shortName: name.slice(0, 9),
      lat,
      lon,
    })),
  })
  const streams = { social: newId(), own: newId() }
  await prisma.fundingStream.createMany({
    data: [
      {
        id: streams.social,
        councilId,
        kind: 'adult_social_care',
        name: 'Social care',
        funder: 'Council',
        canBuy: 'support',
        allowedCategories: [],
        refusedCategories: [],
      },
      {
        id: streams.own,
        councilId,
        kind: 'own_money',
        name: 'Own money',
        funder: 'Person',
        canBuy: 'anything',
        allowedCategories: [],
        refusedCategories: [],
      },
    ],
  })
  const dates = {
    startsOn: dateColumn(Temporal.PlainDate.from('2025-11-01')),
    endsOn: dateColumn(Temporal.PlainDate.from('2027-10-31')),
  }
  const budgets = people.map(({ id: personId }) => ({ id: newId(), personId, ...dates }))
  await prisma.budget.createMany({ data: budgets })
  const allocations = budgets.flatMap(({ id: budgetId, personId }) =>
    (['social', 'own'] as const).map((kind) => ({
      id: newId(),
      budgetId,
      personId,
      streamId: streams[kind],
      deployment:
        kind === 'own'
          ? 'direct_payment_bank'
          : pick(['council_managed', 'direct_payment_bank', 'direct_payment_card'] as const),
      chosen: random() < 0.7,
      agreedPence: 1_000_000n,
      cadence: 'four_weekly' as const,
      instalmentPence: 80_000,
      ...dates,
    })),
  )
  await prisma.allocation.createMany({ data: allocations })

  const visits: YearVisit[] = []
  const rows = {
    booking: [] as object[],
    visit: [] as object[],
    quoteLine: [] as object[],
    fundingLine: [] as object[],
    review: [] as object[],
  }
  for (const person of people) {
    for (let n = 0; n < visitsEach; n += 1) {
      // A few large makers and many small ones, as markets are.
      const maker = Math.min(below(makers), below(makers))
      const provider = providers[maker]
      const service = services[maker]
      if (!provider || !service) continue
      const category = pick(CATEGORIES)
      // Some fall before the year and some into the month that is not over.
      const settledAt = end.subtract({ hours: Math.round((random() * 410 - 15) * 24) })
      const pence = 500 + below(20_000)
      const own = random() < 0.15
      const allocation = allocations.find(
        ({ personId, streamId }) => personId === person.id && streamId === streams[own ? 'own' : 'social'],
      )
      if (!allocation) continue
      const [bookingId, visitId, lineId] = [newId(), newId(), newId()] as const
      const startsAt = toDate(settledAt.subtract({ hours: 48 }))
      const endsAt = toDate(settledAt.subtract({ hours: 47 }))
      const at = toDate(settledAt)
      rows.booking.push({
        id: bookingId, reference: bookingId.slice(-12), personId: person.id, providerId: provider.id, serviceId: service.id, serviceVersionId: service.versionId,
        categoryCode: category, state: 'accepted', terms: {}, fundOrder: [], askedAt: startsAt, answerBy: endsAt, answeredAt: startsAt,
      }) // prettier-ignore
      rows.visit.push({
        id: visitId, bookingId, personId: person.id, providerId: provider.id, state: 'settled', startsAt, endsAt, minutes: 60, occupiedFrom: startsAt, occupiedUntil: endsAt,
        quotedPence: pence, actualMinutes: 60, deliveredAt: endsAt, outcome: 'attended', finalPence: pence, confirmedAt: endsAt, settledAt: at,
      }) // prettier-ignore
      rows.quoteLine.push({
        id: lineId,
        visitId,
        position: 1,
        kind: 'base',
        label: 'Support',
        quantity: 60,
        categoryCode: category,
        pence,
      })
      rows.fundingLine.push({
        visitId,
        quoteLineId: lineId,
        allocationId: allocation.id,
        position: 1,
        pence,
        usedPence: pence,
        reason: 'test',
        state: 'used',
      })
      if (random() < 0.2)
        rows.review.push({
          visitId, serviceId: service.id, providerId: provider.id, personId: person.id, createdAt: at,
          keptMeInControl: 1 + below(5), reliable: 1 + below(5), respectful: 4, listened: 3, madeADifference: 5,
        }) // prettier-ignore
      visits.push({
        personId: person.id,
        providerId: provider.id,
        category,
        ward: person.ward,
        settledAt,
        pence,
        own,
      })
    }
  }
  await prisma.booking.createMany({ data: rows.booking as never })
  await prisma.visit.createMany({ data: rows.visit as never })
  await prisma.quoteLine.createMany({ data: rows.quoteLine as never })
  await prisma.fundingLine.createMany({ data: rows.fundingLine as never })
  await prisma.review.createMany({ data: rows.review as never })
  const searches = Array.from({ length: 400 }, () => ({
    at: toDate(end.subtract({ hours: below(400 * 24) })),
    area: pick(['Northfields', 'moorend', 'Millgate', 'Millgate', null]),
    categoryCode: pick([...CATEGORIES, null]),
    results: below(3),
    bookable: below(3),
  }))
  await prisma.searchEvent.createMany({ data: searches.map((search) => ({ ...search, councilId })) })
  const unanswered = Array.from({ length: 90 }, () => {
    const person = pick(people)
    const answerBy = toDate(end.subtract({ hours: below(400 * 24) }))
    return { personId: person.id, ward: person.ward, category: pick(CATEGORIES), answerBy }
  })
  const [service] = services
  if (service)
    await prisma.booking.createMany({
      data: unanswered.map(({ personId, category, answerBy }, i) => {
        const id = newId()
        // One in five was answered, but late; both count as unanswered in time.
        const late = i % 5 === 0 ? { answeredAt: new Date(answerBy.getTime() + 60_000) } : {}
        return {
          id, reference: id.slice(-12), personId, providerId: service.providerId, serviceId: service.id, serviceVersionId: service.versionId,
          categoryCode: category, state: i % 5 === 0 ? ('declined' as const) : ('expired' as const), terms: {}, fundOrder: [], askedAt: answerBy, answerBy, ...late,
        }
      }),
    }) // prettier-ignore
  return {
    councilId,
    wards,
    people,
    providers,
    visits,
    funds: allocations
      .filter(({ streamId }) => streamId === streams.social)
      .map(({ personId, deployment, chosen }) => ({ personId, deployment, chosen })),
    searches,
    unanswered,
    reviews: rows.review as MarketYear['reviews'],
    prices,
  }
}
