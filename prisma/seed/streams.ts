import type { Prisma } from '#services/db/generated/client.ts'
import type { CategoryCode } from '#services/discovery/vocabulary.ts'
import type { Borough, CouncilSlug } from './borough.ts'
import type { Kit } from './kit.ts'

export type StreamCode =
  | 'social_care' | 'health' | 'carer' | 'skills' | 'employment' | 'equipment' | 'voucher' | 'contribution' | 'own' // prettier-ignore

type StreamRow = Prisma.FundingStreamCreateManyInput
export interface SeededStream {
  id: string
  row: StreamRow
  allowed: readonly string[]
  refused: readonly string[]
}
export type Streams = Record<CouncilSlug, Record<StreamCode, SeededStream>>

interface Rules {
  kind: StreamRow['kind']
  name: string
  funder: (council: string) => string
  allowed?: readonly CategoryCode[]
  refused?: readonly CategoryCode[]
  canBuy: string
  refusal?: string
  accreditedOnly?: boolean
  ceiling?: number
}

const COMMON: Record<StreamCode, Rules> = {
  social_care: {
    kind: 'adult_social_care',
    name: 'Social care budget',
    funder: (council) => `${council} Council`,
    refused: [
      'nursing',
      'rehabilitation_and_therapy',
      'wellbeing',
      'learning_and_skills',
      'employment_support',
    ],
    canBuy: 'help at home, help to go out, a personal assistant, and things that meet your goals',
    refusal: 'Nursing, therapy, massage and courses have funds of their own. That is Aldermere’s rule.',
  },
  health: {
    kind: 'nhs_personal_health_budget',
    name: 'Health budget',
    funder: () => 'The local NHS',
    allowed: ['rehabilitation_and_therapy', 'nursing', 'wellbeing', 'equipment_and_adaptations'],
    canBuy: 'therapy, exercise after illness, massage, nursing, and equipment that your health plan names',
    refusal: 'It does not pay for medicine or for company. That is the NHS’s rule.',
  },
  carer: {
    kind: 'carer',
    name: 'Carer’s budget',
    funder: (council) => `${council} Council`,
    allowed: [
      'wellbeing',
      'carers_support',
      'short_breaks',
      'learning_and_skills',
      'day_activities',
      'getting_out',
      'transport',
      'technology',
      'help_at_home',
    ],
    canBuy: 'what keeps you going as a carer: a massage, a weekend away, a class, help with the house',
    refusal: 'Care for the person you look after comes from their own budget.',
  },
  skills: {
    kind: 'education_and_skills',
    name: 'Skills account',
    funder: () => 'Moorland Skills Fund',
    allowed: ['learning_and_skills', 'employment_support'],
    canBuy: 'courses and coaching from accredited providers',
    refusal: 'It pays for learning only.',
    accreditedOnly: true,
  },
  employment: {
    kind: 'employment',
    name: 'Work fund',
    funder: () => 'Moorland Into Work',
    allowed: ['employment_support', 'learning_and_skills', 'transport', 'technology'],
    canBuy: 'what helps you into work: a job coach, a course, getting there, equipment to do it',
    refusal: 'It is for getting and keeping work.',
    ceiling: 4_500,
  },
  equipment: {
    kind: 'equipment',
    name: 'Equipment grant',
    funder: (council) => `${council} Council`,
    allowed: ['equipment_and_adaptations', 'technology'],
    canBuy: 'rails, ramps, alarms and equipment, and having them fitted',
    refusal: 'It is for equipment and for fitting it.',
  },
  voucher: {
    kind: 'voucher',
    name: 'Getting Out voucher',
    funder: (council) => `${council} Community Fund`,
    allowed: ['getting_out', 'day_activities', 'transport'],
    canBuy: 'trips and activities away from home, and a person to go with you',
    refusal: 'What is left at the end goes back to the fund.',
  },
  // Pays for what the social care budget pays for: see makeStreams.
  contribution: {
    kind: 'contribution',
    name: 'What you pay towards it',
    funder: () => 'You',
    canBuy: '',
  },
  own: {
    kind: 'own_money',
    name: 'Your own money',
    funder: () => 'You',
    canBuy: 'anything you like',
  },
}
/** The neighbouring council lets its social care budget buy what Aldermere's does not. */
const THORNHAUGH_SOCIAL_CARE: Rules = {
  ...COMMON.social_care,
  refused: ['nursing', 'employment_support'],
  canBuy: 'help at home, days out, a personal assistant, exercise, and a massage if it meets your goals',
  refusal: 'Nursing is paid for by the NHS. That is Thornhaugh’s rule.',
}

/** Each council's schemes. The rules belong to the fund, so the two councils differ. */
export function makeStreams(kit: Kit, borough: Borough): { streams: Streams; rows: StreamRow[] } {
  const rows: StreamRow[] = []
  const streams = {} as Streams
  for (const [slug, name] of [
    ['aldermere', 'Aldermere'],
    ['thornhaugh', 'Thornhaugh'],
  ] as const) {
    streams[slug] = {} as Record<StreamCode, SeededStream>
    for (const code of Object.keys(COMMON) as StreamCode[]) {
      const care = slug === 'thornhaugh' ? THORNHAUGH_SOCIAL_CARE : COMMON.social_care
      const { kind, name: called, funder } = COMMON[code]
      const rules: Rules =
        code === 'social_care'
          ? care
          : code === 'contribution'
            ? { ...care, kind, name: called, funder }
            : COMMON[code]
      const row: StreamRow = {
        id: kit.id(kit.nowMs),
        councilId: code === 'own' ? null : borough.councilId[slug],
        kind: rules.kind,
        name: rules.name,
        funder: rules.funder(name),
        allowedCategories: [...(rules.allowed ?? [])],
        refusedCategories: [...(rules.refused ?? [])],
        canBuy: rules.canBuy,
        refusalReason: rules.refusal ?? '',
        accreditedOnly: rules.accreditedOnly ?? false,
        unitCeilingPence: rules.ceiling ?? null,
      }
      rows.push(row)
      streams[slug][code] = {
        id: row.id ?? '',
        row,
        allowed: rules.allowed ?? [],
        refused: rules.refused ?? [],
      }
    }
  }
  return { streams, rows }
}

/** Which of a person's schemes is there for a kind of support, narrowest first. */
export function streamFor(
  category: string,
  has: readonly StreamCode[],
  streams: Record<StreamCode, SeededStream>,
): StreamCode | null {
  const covering = has.filter((code) => {
    const { allowed, refused } = streams[code]
    return (
      code !== 'own' && !refused.includes(category) && (allowed.length === 0 || allowed.includes(category))
    )
  })
  covering.sort((a, b) => (streams[a].allowed.length || 99) - (streams[b].allowed.length || 99))
  return covering[0] ?? null
}
