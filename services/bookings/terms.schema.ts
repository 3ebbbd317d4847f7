import { z } from 'zod'

export const UNITS = [
  'hour',
  'visit',
  'half_day',
  'day',
  'night',
  'week',
  'session',
  'item',
  'fixed',
] as const
export type PriceUnit = (typeof UNITS)[number]
export const LINE_KINDS = ['base', 'weekend', 'bank_holiday', 'evening', 'travel', 'extra'] as const
export type LineKind = (typeof LINE_KINDS)[number]

const whole = z.number().int().nonnegative()

/** What was promised when it was asked for; kept on the booking, so that a later change of the listing alters nothing. */
export const termsSchema = z.object({
  title: z.string(),
  category: z.string(),
  unit: z.enum(UNITS),
  /** base: pence a unit. travel, extra: pence a visit. weekend, bank_holiday, evening: basis points on top of base. */
  prices: z.array(
    z.object({
      kind: z.enum(LINE_KINDS),
      label: z.string(),
      pence: whole,
      upliftBps: whole,
      category: z.string().nullable(),
    }),
  ),
  chargingBasis: z.enum(['booked_time', 'actual_minutes']),
  roundingMinutes: z.number().int().min(1),
  toleranceMinutes: whole,
  minMinutes: z.number().int().min(5),
  maxMinutes: z.number().int().min(5),
  stepMinutes: z.number().int().min(5),
  bufferMinutes: whole,
  noticeHours: whole,
  cancelWindowHours: whole,
  cancelShareBps: whole,
  noAnswerShareBps: whole,
  endNoticeDays: whole,
  contingency: z.string(),
})
export type Terms = z.infer<typeof termsSchema>

/** A service version with its price lines, as the database keeps them. */
export interface VersionRow {
  title: string
  categoryCode: string
  unit: PriceUnit
  chargingBasis: Terms['chargingBasis']
  roundingMinutes: number
  toleranceMinutes: number
  minMinutes: number
  maxMinutes: number
  stepMinutes: number
  bufferMinutes: number
  noticeHours: number
  cancelWindowHours: number
  cancelShareBps: number
  noAnswerShareBps: number
  endNoticeDays: number
  contingency: string
  prices: readonly {
    kind: LineKind
    label: string
    pence: number
    upliftBps: number
    categoryCode: string | null
    position: number
  }[]
}

/** The terms that a booking made on this version keeps. */
export function termsOf(version: VersionRow): Terms {
  const prices = [...version.prices].sort((a, b) => a.position - b.position)
  return {
    title: version.title,
    category: version.categoryCode,
    unit: version.unit,
    prices: prices.map(({ kind, label, pence, upliftBps, categoryCode }) => ({
      kind,
      label,
      pence,
      upliftBps,
      category: categoryCode,
    })),
    chargingBasis: version.chargingBasis,
    roundingMinutes: version.roundingMinutes,
    toleranceMinutes: version.toleranceMinutes,
    minMinutes: version.minMinutes,
    maxMinutes: version.maxMinutes,
    stepMinutes: version.stepMinutes,
    bufferMinutes: version.bufferMinutes,
    noticeHours: version.noticeHours,
    cancelWindowHours: version.cancelWindowHours,
    cancelShareBps: version.cancelShareBps,
    noAnswerShareBps: version.noAnswerShareBps,
    endNoticeDays: version.endNoticeDays,
    contingency: version.contingency,
  }
}
