import { unitTotal, unitWords } from '#services/bookings/quote.rules.ts'
import type { LineKind, PriceUnit } from '#services/bookings/terms.schema.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { pence, pounds, share } from '#services/kernel/money.ts'
import { OFF_REGISTER_WORDS } from '#services/providers/registration-words.ts'
import { hoursWords, lengthWords, shareWords } from './words.ts'

/** The price of one unit with everything that cannot be avoided, line by line. */
export interface PublicPrice {
  heading: string
  lines: { label: string; pence: number }[]
  total: number
  /** 'for one hour, all in' */
  unit: string
  /** Dearer times, and how time is counted. */
  notes: string[]
}

interface Priced {
  unit: PriceUnit
  chargingBasis: string
  roundingMinutes: number
  toleranceMinutes: number
  minMinutes: number
  maxMinutes: number
  prices: readonly {
    kind: LineKind
    label: string
    pence: number
    upliftBps: number
    categoryCode: string | null
  }[]
}

const ONE: Readonly<Record<PriceUnit, string>> = {
  hour: 'One hour',
  visit: 'One visit',
  half_day: 'Half a day',
  day: 'One day',
  night: 'One night',
  week: 'One week',
  session: 'One session',
  item: 'One',
  fixed: 'Everything',
}

export function priceOf(version: Priced): PublicPrice | null {
  const prices = version.prices.map(({ kind, label, pence: amount, upliftBps, categoryCode }) => ({
    kind,
    label,
    pence: amount,
    upliftBps,
    category: categoryCode,
  }))
  const total = unitTotal({ prices })
  const base = prices.find(({ kind }) => kind === 'base')
  if (total === null || !base) return null
  const dearer = prices
    .filter(({ upliftBps }) => upliftBps > 0)
    .map(({ label, upliftBps }) => `${label}: ${pounds(total + share(pence(base.pence), upliftBps))}.`)
  const counted =
    version.chargingBasis === 'booked_time'
      ? 'You pay for the time that you booked.'
      : `You pay for the time it took, in steps of ${String(version.roundingMinutes)} minutes. Up to ${String(version.toleranceMinutes)} minutes more or less change nothing.`
  return {
    heading: `Price ${unitWords(version.unit)}`,
    lines: prices
      .filter(({ kind }) => kind === 'base' || kind === 'travel' || kind === 'extra')
      .map(({ kind, label, pence: amount }) => ({
        label: kind === 'base' ? ONE[version.unit] : label,
        pence: amount,
      })),
    total,
    unit: version.unit === 'fixed' ? 'in all' : `${unitWords(version.unit)}, all in`,
    notes: [
      ...dearer,
      'Nothing else is added.',
      ...(version.unit === 'hour'
        ? [`A visit lasts ${lengthWords(version.minMinutes, version.maxMinutes)}.`, counted]
        : []),
    ],
  }
}

/** 'Free until 24 hours before. After that you pay half the price.' and the like. */
export function termRows(version: {
  fundedBy: string
  noticeHours: number
  cancelWindowHours: number
  cancelShareBps: number
  noAnswerShareBps: number
  endNoticeDays: number
  contingency: string
  unit: PriceUnit
  minMinutes: number
  maxMinutes: number
}): { term: string; value: string }[] {
  const days = version.endNoticeDays === 1 ? '1 day' : `${String(version.endNoticeDays)} days`
  const window = hoursWords(version.cancelWindowHours).toLowerCase()
  const always = [
    { term: 'If they cannot come', value: version.contingency || 'They have not said. Ask them first.' },
  ]
  if (version.fundedBy !== 'bought') return always
  return [
    {
      term: 'If you cancel',
      value:
        version.cancelWindowHours === 0
          ? 'Free until the visit starts.'
          : `Free until ${window} before. After that you pay ${shareWords(version.cancelShareBps)}.`,
    },
    ...always,
    { term: 'No answer at the door', value: `You pay ${shareWords(version.noAnswerShareBps)}.` },
    {
      term: 'How soon they can come',
      value:
        version.noticeHours === 0
          ? 'They need no notice.'
          : `They need ${hoursWords(version.noticeHours)} of notice.`,
    },
    {
      term: 'Notice to stop',
      value: version.endNoticeDays === 0 ? 'None.' : `${days}, from you or from them.`,
    },
  ]
}

export function ageWords(min: number | null, max: number | null): string {
  if (min === null && max === null) return 'Any age'
  if (max === null) return `${String(min)} and over`
  return min === null ? `Up to ${String(max)}` : `${String(min)} to ${String(max)}`
}

export function areaWords(
  version: { setting: string; lat: number | null; radiusMetres: number | null; areaLabel: string | null },
  place: { name: string; addressLine: string | null; town: string | null; postcode: string | null } | null,
): string {
  if (version.setting === 'online') return 'Anywhere: online or by phone'
  if (version.setting === 'at_venue')
    return place
      ? [place.name, place.addressLine, place.town, place.postcode].filter(Boolean).join(', ')
      : 'Ask them'
  if (!version.radiusMetres) return 'Ask them'
  const miles = Math.round(version.radiusMetres / METRES_IN_A_MILE)
  const far = miles === 1 ? '1 mile' : `${String(miles)} miles`
  return `They come to you, up to ${far} from ${version.areaLabel ?? 'where they start'}`
}

/** Whether it is regulated, and which way, for somebody who has never heard of it. */
export function regulationOf(version: {
  regulation: string
  personalCare: boolean
  registrationId: string | null
  exemptionReason: string | null
}): { regulated: boolean; words: string } {
  if (version.regulation === 'registered')
    return {
      regulated: true,
      words: `Yes. It is registered with the Care Quality Commission, number ${version.registrationId ?? 'not given'}.`,
    }
  if (version.regulation === 'exempt')
    return {
      regulated: false,
      words: `It gives personal care that needs no registration, and we have checked why: ${version.exemptionReason ?? ''}`,
    }
  return {
    regulated: false,
    words: 'No. It gives no personal care, so CQC does not inspect this kind of support.',
  }
}

/** Why a service cannot be asked for here. */
export type WhyNot = 'off_register' | 'paused' | 'full' | 'sent_on_to' | 'just_go' | 'agree_with_them'

/** Nothing when it can be asked for. */
export function whyNotBookable(service: {
  fundedBy: string
  setting: string
  acceptsNew: boolean
  paused: boolean
  offRegister: boolean
}): WhyNot | null {
  if (service.offRegister) return 'off_register'
  if (service.paused) return 'paused'
  if (!service.acceptsNew) return 'full'
  if (service.fundedBy === 'commissioned') return 'sent_on_to'
  if (service.fundedBy === 'free')
    return service.setting === 'at_venue' || service.setting === 'in_community'
      ? 'just_go'
      : 'agree_with_them'
  return null
}

export const WHY_NOT_WORDS: Readonly<Record<WhyNot, string>> = {
  off_register: OFF_REGISTER_WORDS,
  paused: 'They are not taking new bookings just now. You can look for others who are.',
  full: 'They are not taking new people just now. You can ask them when they will.',
  sent_on_to: 'You do not book this. Ask them, or ask your council or your doctor to send you on.',
  just_go: 'You do not need to book. Just go, or ask them first.',
  agree_with_them: 'You do not book this through Kith. Ask them, and agree when.',
}
