import type { Prisma } from '#services/db/generated/client.ts'
import type { HoursName, ServiceSeed } from './types.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7]
const WEEKDAYS = [1, 2, 3, 4, 5]
/** Weekdays, first and last minute in London; above 1,440 it runs past midnight. */
export const HOURS: Record<HoursName, readonly [readonly number[], number, number]> = {
  office: [WEEKDAYS, 540, 1020],
  weekdays: [WEEKDAYS, 480, 1080],
  mornings: [WEEK, 420, 780],
  afternoons: [WEEK, 780, 1080],
  evenings: [WEEK, 1020, 1320],
  every_day: [WEEK, 480, 1200],
  early_to_late: [WEEK, 420, 1320],
  nights: [WEEK, 1320, 1860],
  round_the_clock: [WEEK, 0, 1440],
  weekend: [[5, 6, 7], 480, 1920],
  monday: [[1], 600, 1020],
  tuesday: [[2], 600, 1020],
  wednesday: [[3], 600, 1260],
  thursday: [[4], 600, 1200],
  friday: [[5], 540, 1260],
  saturday: [[6], 540, 1320],
  sunday: [[7], 540, 1080],
}

type TermsPart = Pick<
  Prisma.ServiceVersionCreateManyInput,
  | 'noticeHours' | 'cancelWindowHours' | 'cancelShareBps' | 'noAnswerShareBps' | 'endNoticeDays'
  | 'chargingBasis' | 'roundingMinutes' | 'toleranceMinutes' | 'bufferMinutes'
> // prettier-ignore
const BOOKED = { chargingBasis: 'booked_time', roundingMinutes: 15, toleranceMinutes: 5 } as const
export const TERMS: Record<NonNullable<ServiceSeed['terms']>, TermsPart> = {
  easy: { ...BOOKED, noticeHours: 24, cancelWindowHours: 12, cancelShareBps: 0, noAnswerShareBps: 5_000, endNoticeDays: 7, bufferMinutes: 0 },
  fair: { ...BOOKED, noticeHours: 48, cancelWindowHours: 24, cancelShareBps: 5_000, noAnswerShareBps: 10_000, endNoticeDays: 14, bufferMinutes: 10 },
  firm: { ...BOOKED, noticeHours: 72, cancelWindowHours: 48, cancelShareBps: 10_000, noAnswerShareBps: 10_000, endNoticeDays: 28, bufferMinutes: 10 },
  minutes: { chargingBasis: 'actual_minutes', roundingMinutes: 15, toleranceMinutes: 5, noticeHours: 24, cancelWindowHours: 24, cancelShareBps: 5_000, noAnswerShareBps: 10_000, endNoticeDays: 7, bufferMinutes: 10 },
} // prettier-ignore
