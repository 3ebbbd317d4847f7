/** The least that a booking needs: a council, a provider with a published service and lanes, a person with funds. */
import type { Deployment } from '#services/budgets/payer.rules.ts'
import type { StreamKind } from '#services/db/generated/enums.ts'
import type { UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { dateColumn, Temporal } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { system } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'

const day = (iso: string): Date => dateColumn(Temporal.PlainDate.from(iso))

export async function makeUser(deps: Deps, name = 'A person'): Promise<string> {
  const id = newId()
  await deps.db.prisma.user.create({ data: { id, name, email: `${id}@test.example`, emailVerified: true } })
  return id
}

export const userActor = (userId: string, changes: Partial<UserActor> = {}): UserActor => ({
  kind: 'user',
  userId,
  name: 'A person',
  personId: null,
  providers: [],
  staff: [],
  operator: false,
  actingFor: null,
  sessionId: newId(),
  secondStep: true,
  secondStepFresh: true,
  ...changes,
})

export async function makeCouncil(deps: Deps): Promise<string> {
  const id = newId()
  await deps.db.prisma.council.create({
    data: {
      id,
      slug: `council-${id}`,
      name: 'A council',
      phone: '01632 960000',
      urgentPhone: '01632 960001',
    },
  })
  return id
}

export interface TestProvider {
  providerId: string
  owner: UserActor
  worker: UserActor
  laneIds: string[]
}

export async function makeProvider(
  deps: Deps,
  options: { lanes?: number; name?: string } = {},
): Promise<TestProvider> {
  const providerId = newId()
  const [ownerId, workerId] = [await makeUser(deps, 'An owner'), await makeUser(deps, 'A worker')]
  const laneIds = Array.from({ length: options.lanes ?? 1 }, () => newId())
  const members = [newId(), newId()] as const
  await deps.db.prisma.provider.create({
    data: {
      id: providerId,
      slug: `provider-${providerId}`,
      name: options.name ?? 'A provider',
      kind: 'cooperative',
      checks: { create: [{ kind: 'identity', state: 'verified', checkedOn: day('2026-01-05') }] },
      lanes: { create: laneIds.map((id, index) => ({ id, name: `Worker ${String(index + 1)}` })) },
      members: {
        create: [
          { id: members[0], userId: ownerId, name: 'An owner', role: 'owner' },
          { id: members[1], userId: workerId, name: 'A worker', role: 'worker' },
        ],
      },
    },
  })
  return {
    providerId,
    laneIds,
    owner: userActor(ownerId, { providers: [{ providerId, memberId: members[0], role: 'owner' }] }),
    worker: userActor(workerId, { providers: [{ providerId, memberId: members[1], role: 'worker' }] }),
  }
}

/** The council can pay this provider. */
export async function makeSupplier(deps: Deps, councilId: string, providerId: string): Promise<void> {
  await deps.db.prisma.councilSupplier.create({
    data: {
      councilId,
      providerId,
      number: providerId.slice(-8),
      createdAt: new Date('2026-01-05T00:00:00Z'),
    },
  })
}

export interface ServiceOptions {
  category?: string
  pence?: number
  travel?: number
  weekendBps?: number
  noticeHours?: number
  chargingBasis?: 'booked_time' | 'actual_minutes'
  cancelWindowHours?: number
  cancelShareBps?: number
  bufferMinutes?: number
  extra?: { label: string; pence: number; category: string }
  funded?: 'bought' | 'free'
  setting?: 'at_home' | 'at_venue' | 'online'
  /** Where they start, and how far they come; nothing is said by default. */
  area?: { lat: number; lon: number; radiusMetres: number | null }
  audiences?: string[]
  languages?: string[]
  accessibility?: string[]
  workers?: string[]
  /** Where they start from; they come within five miles. */
  at?: { lat: number; lon: number }
  /** Instead of every day from 6am to 10pm. */
  hours?: { weekday: number; fromMinute: number; untilMinute: number }[]
}

/** A published service, open every day from 6am to 10pm. */
export async function makeService(
  deps: Deps,
  providerId: string,
  options: ServiceOptions = {},
): Promise<{ serviceId: string; slug: string }> {
  const [serviceId, versionId] = [newId(), newId()]
  const slug = `service-${serviceId}`
  const prices = [
    { kind: 'base' as const, label: 'An hour', pence: options.pence ?? 2500, upliftBps: 0 },
    ...(options.travel === 0
      ? []
      : [{ kind: 'travel' as const, label: 'Travel', pence: options.travel ?? 250, upliftBps: 0 }]),
    ...(options.weekendBps
      ? [{ kind: 'weekend' as const, label: 'Weekend', pence: 0, upliftBps: options.weekendBps }]
      : []),
    ...(options.extra
      ? [
          {
            kind: 'extra' as const,
            label: options.extra.label,
            pence: options.extra.pence,
            upliftBps: 0,
            categoryCode: options.extra.category,
          },
        ]
      : []),
  ]
  await deps.db.prisma.service.create({ data: { id: serviceId, providerId, slug } })
  await deps.db.prisma.serviceVersion.create({
    data: {
      id: versionId,
      serviceId,
      number: 1,
      title: 'Morning help at home',
      summary: 'Help to get up and have breakfast.',
      categoryCode: options.category ?? 'help_at_home',
      setting: options.setting ?? 'at_home',
      fundedBy: options.funded ?? 'bought',
      chargingBasis: options.chargingBasis ?? 'actual_minutes',
      minMinutes: 30,
      maxMinutes: 480,
      noticeHours: options.noticeHours ?? 24,
      cancelWindowHours: options.cancelWindowHours ?? 24,
      cancelShareBps: options.cancelShareBps ?? 5000,
      bufferMinutes: options.bufferMinutes ?? 0,
      audiences: options.audiences ?? [],
      ...options.area,
      languages: options.languages ?? [],
      accessibility: options.accessibility ?? [],
      workers: options.workers ?? [],
      ...(options.at ? { ...options.at, radiusMetres: 8_000 } : {}),
      prices: { create: prices.map((price, position) => ({ ...price, position })) },
    },
  })
  await deps.db.prisma.serviceVersion.update({
    where: { id: versionId },
    data: { frozenAt: new Date('2026-01-05T10:00:00Z') },
  })
  await deps.db.prisma.availabilityRule.createMany({
    data: (
      options.hours ??
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 360, untilMinute: 1320 }))
    ).map((rule) => ({ serviceId, ...rule })),
  })
  await deps.db.prisma.service.update({
    where: { id: serviceId },
    data: { currentVersionId: versionId, state: 'published', publishedAt: new Date('2026-01-05T10:00:00Z') },
  })
  return { serviceId, slug }
}

export interface FundOptions {
  pence: number
  name?: string
  deployment?: Deployment
  allowed?: string[]
  refused?: string[]
  endsOn?: string
  /** Not yet arrived, by date. */
  expected?: { dueOn: string; pence: number }[]
  planCategory?: string
  approved?: boolean
  kind?: StreamKind
  canBuy?: string
  accreditedOnly?: boolean
  ceilingPence?: number
  /** Asks for receipts of all that costs more than this; 0: of everything. */
  receiptsOver?: number
  carryOver?: 'none' | 'all'
  adviserUserId?: string
  startsOn?: string
}

export interface TestPerson {
  personId: string
  actor: UserActor
  allocationIds: string[]
}

/** A person with these funds, in a budget from 1 October 2026 to 31 March 2027; what has arrived is on the ledger. */
export async function makePerson(deps: Deps, councilId: string, funds: FundOptions[]): Promise<TestPerson> {
  const userId = await makeUser(deps)
  const personId = newId()
  await deps.db.prisma.person.create({
    data: { id: personId, userId, councilId, name: 'Ada Test', shortName: 'Ada' },
  })
  const budgetId = newId()
  await deps.db.prisma.budget.create({
    data: { id: budgetId, personId, startsOn: day('2026-10-01'), endsOn: day('2027-03-31') },
  })
  const allocationIds: string[] = []
  for (const fund of funds) {
    const id = newId()
    allocationIds.push(id)
    const deployment = fund.deployment ?? 'direct_payment_bank'
    const holder =
      deployment === 'individual_service_fund' || deployment === 'direct_payment_managed_account'
        ? (await makeProvider(deps)).providerId
        : null
    const all = fund.pence + (fund.expected ?? []).reduce((sum, entry) => sum + entry.pence, 0)
    await deps.db.prisma.allocation.create({
      data: {
        id,
        personId,
        budgetId,
        streamId: (
          await deps.db.prisma.fundingStream.create({
            data: {
              councilId,
              kind: fund.kind ?? 'adult_social_care',
              name: fund.name ?? 'Social care budget',
              funder: 'A council',
              canBuy: fund.canBuy ?? 'help at home',
              accreditedOnly: fund.accreditedOnly ?? false,
              unitCeilingPence: fund.ceilingPence ?? null,
              receipts: fund.receiptsOver === undefined ? 'none' : fund.receiptsOver === 0 ? 'all' : 'over',
              receiptsOverPence: fund.receiptsOver || null,
              carryOver: fund.carryOver ?? 'none',
              allowedCategories: fund.allowed ?? [],
              refusedCategories: fund.refused ?? [],
            },
          })
        ).id,
        deployment,
        agreedPence: BigInt(all),
        cadence: 'four_weekly',
        instalmentPence: fund.pence || all,
        startsOn: day(fund.startsOn ?? '2026-10-01'),
        endsOn: day(fund.endsOn ?? '2027-03-31'),
        holderProviderId: holder,
        adviserUserId: deployment === 'adviser_held' ? (fund.adviserUserId ?? userId) : null,
        ...(fund.planCategory
          ? {
              planLines: {
                create: [
                  {
                    categoryCode: fund.planCategory,
                    weeklyPence: 5000,
                    startsOn: day('2026-10-01'),
                    endsOn: day('2027-03-31'),
                    ...(fund.approved
                      ? { approvedAt: new Date('2026-10-01T09:00:00Z'), approvedById: userId }
                      : {}),
                  },
                ],
              },
            }
          : {}),
        ...(fund.expected
          ? {
              instalments: {
                create: fund.expected.map((entry, index) => ({
                  number: index + 1,
                  dueOn: day(entry.dueOn),
                  pence: entry.pence,
                })),
              },
            }
          : {}),
      },
    })
    if (fund.pence > 0)
      await deps.db.tx((tx) =>
        postJournals(tx, deps.clock.now(), system('test'), [
          allocationFunded(`start:${id}`, id, pence(fund.pence)),
        ]),
      )
  }
  return { personId, allocationIds, actor: userActor(userId, { personId }) }
}

/** What the first booking page sends. */
export const times = (
  personId: string,
  date: string,
  time = '09:00',
  changes: Partial<{ minutes: number; weeks: number; repeat: 'once' | 'weekly' }> = {},
) => {
  return {
    personId,
    date,
    time,
    minutes: 60,
    repeat: 'once' as const,
    weeks: 2,
    note: '',
    ...changes,
  }
}
