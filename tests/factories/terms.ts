import type { Terms } from '#services/bookings/terms.schema.ts'

/** £25.00 an hour and £2.50 travel, charged by actual minutes. */
export const terms = (changes: Partial<Terms> = {}): Terms => ({
  title: 'Morning help at home',
  category: 'help_at_home',
  unit: 'hour',
  prices: [
    { kind: 'base', label: 'An hour', pence: 2500, upliftBps: 0, category: null },
    { kind: 'travel', label: 'Travel', pence: 250, upliftBps: 0, category: null },
  ],
  chargingBasis: 'actual_minutes',
  roundingMinutes: 15,
  toleranceMinutes: 5,
  minMinutes: 30,
  maxMinutes: 480,
  stepMinutes: 15,
  bufferMinutes: 0,
  noticeHours: 24,
  cancelWindowHours: 24,
  cancelShareBps: 5000,
  noAnswerShareBps: 10_000,
  endNoticeDays: 14,
  contingency: '',
  ...changes,
})
