import type { Prisma } from '#services/db/generated/client.ts'
import { SCOPES } from '#services/kernel/actor.ts'
import type { Borough, CouncilSlug } from './borough.ts'
import { at, column, DAY, type Kit } from './kit.ts'
import {
  NAMED_PEOPLE,
  NAMED_THORNHAUGH,
  type FundSeed,
  type PersonSeed,
  type ProfileName,
} from './people-list.ts'
import { MORE_NAMES, STORIES } from './people-names.ts'
import type { SeededProvider } from './providers.ts'
import { addUser, type Users } from './users.ts'
import { EMPLOYER } from './wages.ts'

export interface SeededSupporter {
  userId: string
  authorityId: string
  mayBook: boolean
  mayConfirm: boolean
}
export interface SeededPerson {
  id: string
  seed: PersonSeed
  council: CouncilSlug
  councilId: string
  userId: string | null
  addressLine: string
  supporters: SeededSupporter[]
  /** Since when they have had support. */
  sinceMs: number
  lat: number
  lon: number
}
export interface PeopleRows {
  person: Prisma.PersonCreateManyInput[]
  authority: Prisma.AuthorityCreateManyInput[]
  absence: Prisma.PersonAbsenceCreateManyInput[]
  plan: Prisma.PlanCreateManyInput[]
  outcome: Prisma.PlanOutcomeCreateManyInput[]
}

const PROFILES: readonly (readonly [ProfileName, number])[] = [
  ['frail', 22], ['dementia', 11], ['physical', 13], ['learning', 12], ['mind', 11], ['illness', 8], ['stroke', 7],
  ['young', 6], ['carer', 6], ['nights', 4],
] // prettier-ignore

const BECAUSE: Record<FundSeed['held'], readonly string[]> = {
  council_managed: [
    'I would rather the council arranged it.',
    'It was simplest at the time.',
    'I did not want money in my account.',
  ],
  direct_payment_bank: [
    'I want to choose and pay myself.',
    'I run my own money and I can run this.',
    'My family can help with it.',
  ],
  direct_payment_card: [
    'A card is easier than a second bank account.',
    'I like to see what is left on the card.',
  ],
  direct_payment_managed_account: [
    'I choose; somebody else does the paperwork.',
    'I want control without the sums.',
  ],
  individual_service_fund: [
    'I trust the people who hold it.',
    'It lets me change my hours without asking the council.',
  ],
  adviser_held: ['We decide together what to try next.', 'I wanted somebody to think it through with.'],
}

/** Generated people: a way of holding the money, and sometimes a second fund. */
function seedOf(kit: Kit, first: string, last: string, ward: string, council: CouncilSlug): PersonSeed {
  const { rng } = kit
  const profile = rng.weighted(PROFILES)
  const story = STORIES[profile]
  const held = rng.weighted<FundSeed['held']>([
    ['council_managed', 30],
    ['direct_payment_bank', 24],
    ['direct_payment_card', 18],
    ['direct_payment_managed_account', 12],
    ['individual_service_fund', 9],
    ['adviser_held', 7],
  ])
  const holders =
    council === 'aldermere'
      ? held === 'individual_service_fund'
        ? ['lantern-living', 'quarry-house', 'fenside-support']
        : ['evenhand']
      : ['thornhaugh-speaks']
  const holder =
    held === 'individual_service_fund' || held === 'direct_payment_managed_account' ? rng.pick(holders) : null
  const fund = (
    stream: FundSeed['stream'],
    how: FundSeed['held'],
    extra: Partial<FundSeed> = {},
  ): FundSeed => ({
    stream,
    held: how,
    because: rng.pick(BECAUSE[how]),
    ...extra,
  })
  const main = fund(profile === 'carer' ? 'carer' : 'social_care', held, {
    ...(holder ? { holder } : {}),
    // Some were set up without a choice; the market page tells chosen from assigned.
    chosen: held === 'council_managed' ? rng.chance(0.6) : true,
  })
  const funds = [main]
  if (profile === 'stroke' || (profile === 'illness' && rng.chance(0.6)) || profile === 'nights')
    funds.push(fund('health', rng.pick(['direct_payment_bank', 'council_managed'] as const)))
  if (profile === 'young') funds.push(fund('skills', 'adviser_held'))
  if (profile === 'mind' && rng.chance(0.4)) funds.push(fund('employment', 'adviser_held'))
  if (rng.chance(0.08))
    funds.push(fund('voucher', 'council_managed', { once: rng.pick([8_000, 12_000, 15_000]), weeks: 20 }))
  if (rng.chance(0.05)) funds.push(fund('equipment', 'council_managed', { once: rng.pick([45_000, 80_000]) }))
  return {
    name: `${first} ${last}`,
    short: first,
    ward,
    profile,
    funds,
    signsIn: rng.chance(0.35),
    about: rng.pick(story.about),
    outcomes: rng.shuffled(story.outcomes).slice(0, rng.int(2, 3)),
    carer: profile === 'carer',
    section117: profile === 'mind' && rng.chance(0.25),
    supporters: rng.chance(0.12)
      ? [
          {
            name: 'Imani Clarke',
            type: 'broker',
            as: 'broker at Lantern Living',
            scopes: ['see_plan', 'see_money', 'message', 'shortlist', 'propose'],
          },
        ]
      : rng.chance(0.5) && holder === 'evenhand'
        ? [
            {
              organisation: 'evenhand',
              type: 'informal',
              as: 'direct-payment support',
              scopes: ['see_money', 'message', 'confirm_hours'],
            },
          ]
        : [],
  }
}

export function makePeople(
  kit: Kit,
  borough: Borough,
  providers: readonly SeededProvider[],
  users: Users,
): { people: SeededPerson[]; rows: PeopleRows } {
  const { rng } = kit
  const aldermere = borough.wards.filter((ward) => ward.council === 'aldermere')
  const thornhaugh = borough.wards.filter((ward) => ward.council === 'thornhaugh')
  const generated = MORE_NAMES.map(([first, last], index) => {
    const there = index % 5 === 4
    return seedOf(
      kit,
      first,
      last,
      rng.pick(there ? thornhaugh : aldermere).name,
      there ? 'thornhaugh' : 'aldermere',
    )
  })
  const rows: PeopleRows = { person: [], authority: [], absence: [], plan: [], outcome: [] }
  const named = [...NAMED_PEOPLE, ...NAMED_THORNHAUGH]
  const people = [...named, ...generated].map((seed): SeededPerson => {
    const ward = borough.wardNamed(seed.ward)
    const { addressLine, postcode, point } = borough.address(ward)
    const drawn = seed.short === 'Joan' ? 52 : rng.weighted(named.includes(seed) ? [[52, 1], [rng.int(20, 51), 4]] : [[52, 1], [rng.int(26, 51), 2], [rng.int(4, 25), 9]]) // prettier-ignore
    // Whoever employs somebody has a year of wages to show.
    const weeks = seed.name === EMPLOYER ? 52 : drawn
    const sinceMs = kit.nowMs - weeks * 7 * DAY
    const userId = seed.signsIn ? addUser(kit, users, seed.name, sinceMs) : null
    const id = kit.id(sinceMs)
    const councilId = borough.councilId[ward.council]
    rows.person.push({
      id,
      userId,
      councilId,
      name: seed.name,
      shortName: seed.short,
      addressLine,
      postcode,
      lat: point.lat,
      lon: point.lon,
      phone: `01632 960${String(rng.int(400, 799))}`,
      isCarer: seed.carer ?? false,
      section117: seed.section117 ?? false,
      createdAt: at(sinceMs),
    })
    if (seed.inHospital)
      rows.absence.push({
        id: kit.id(kit.nowMs - 5 * DAY),
        personId: id,
        kind: 'hospital',
        startsOn: column(kit.today.subtract({ days: 5 })),
        endsOn: null,
      })
    else if (rng.chance(0.1)) {
      const day = kit.today.subtract({ days: rng.int(40, 200) })
      rows.absence.push({
        id: kit.id(sinceMs),
        personId: id,
        kind: rng.pick(['hospital', 'away']),
        startsOn: column(day),
        endsOn: column(day.add({ days: rng.int(4, 15) })),
      })
    }
    const planId = kit.id(sinceMs)
    rows.plan.push({
      id: planId,
      personId: id,
      aboutMe: seed.about,
      startsOn: column(kit.today.subtract({ days: weeks * 7 })),
      endsOn: null,
      createdAt: at(sinceMs),
    })
    seed.outcomes.forEach((words, position) =>
      rows.outcome.push({ id: kit.id(sinceMs), planId, position, words }),
    )
    const supporters = circleOf(kit, seed, id, weeks, providers, users, rows.authority)
    return { id, seed, council: ward.council, councilId, userId, addressLine, supporters, sinceMs, ...point }
  })
  return { people, rows }
}

function circleOf(
  kit: Kit,
  seed: PersonSeed,
  personId: string,
  weeks: number,
  providers: readonly SeededProvider[],
  users: Users,
  rows: Prisma.AuthorityCreateManyInput[],
): SeededSupporter[] {
  const recordedById = users.byName.get('Farida Hussain')?.id ?? null
  return (seed.supporters ?? []).map((supporter) => {
    const days = Math.min(weeks * 7 - 3, kit.rng.int(120, 340))
    const startMs = kit.nowMs - days * DAY
    const id = kit.id(startMs)
    const userId = supporter.name
      ? addUser(kit, users, supporter.name, startMs)
      : (users.byName.get('Bethan Rowe')?.id ?? '')
    const lastDay = kit.today.add({ days: seed.short === 'Joan' ? 128 : kit.rng.int(60, 400) })
    rows.push({
      id,
      personId,
      supporterUserId: supporter.name ? userId : null,
      supporterProviderId: supporter.name
        ? null
        : (providers.find((provider) => provider.seed.slug === supporter.organisation)?.id ?? null),
      type: supporter.type,
      relationship: supporter.as,
      scopes: SCOPES.filter((scope) => supporter.scopes.includes(scope)),
      startsOn: column(kit.today.subtract({ days })),
      endsOn: supporter.ended ? null : column(lastDay),
      endedAt: supporter.ended ? at(kit.nowMs - 30 * DAY) : null,
      evidenceSeen: supporter.evidence ?? null,
      recordedById,
      createdAt: at(startMs),
    })
    return {
      userId,
      authorityId: id,
      mayBook: !supporter.ended && supporter.scopes.includes('book'),
      mayConfirm: !supporter.ended && supporter.scopes.includes('confirm_hours'),
    }
  })
}
