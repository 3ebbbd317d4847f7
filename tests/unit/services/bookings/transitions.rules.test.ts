import { describe, expect, test } from 'vitest'
import {
  BOOKING_STATES,
  BOOKING_TRANSITIONS,
  VISIT_STATES,
  VISIT_TRANSITIONS,
  bookingMay,
  visitMay,
} from '#services/bookings/transitions.rules.ts'

const allowed = (rules: Record<string, { from: readonly string[]; to: string }>) =>
  new Set(Object.values(rules).flatMap((rule) => rule.from.map((from) => `${from} → ${rule.to}`)))
const pairs = (states: readonly string[]) => states.flatMap((from) => states.map((to) => `${from} → ${to}`))

describe('a booking', () => {
  test('can go only where the table says', () => {
    const may = allowed(BOOKING_TRANSITIONS)
    expect(
      pairs(BOOKING_STATES)
        .filter((pair) => may.has(pair))
        .sort(),
    ).toEqual(
      [
        'draft → requested',
        'requested → accepted',
        'requested → declined',
        'requested → countered',
        'requested → withdrawn',
        'requested → expired',
        'countered → accepted',
        'countered → withdrawn',
        'countered → expired',
        'accepted → paused',
        'paused → accepted',
        'accepted → ended',
        'paused → ended',
      ].sort(),
    )
  })

  test('that is over stays over', () => {
    for (const over of ['declined', 'withdrawn', 'expired', 'ended'] as const)
      for (const press of Object.keys(BOOKING_TRANSITIONS) as (keyof typeof BOOKING_TRANSITIONS)[])
        expect(
          bookingMay(press, over, 'person') ||
            bookingMay(press, over, 'provider') ||
            bookingMay(press, over, 'clock'),
        ).toBe(false)
  })

  test('is asked for by the person and answered by the provider, never the other way round', () => {
    expect(bookingMay('ask', 'draft', 'provider')).toBe(false)
    expect(bookingMay('accept', 'requested', 'person')).toBe(false)
  })
})

describe('a visit', () => {
  test('can go only where the table says', () => {
    const may = allowed(VISIT_TRANSITIONS)
    expect(
      pairs(VISIT_STATES)
        .filter((pair) => may.has(pair))
        .sort(),
    ).toEqual(
      [
        'planned → started',
        'planned → delivered',
        'started → delivered',
        'delivered → confirmed',
        'delivered → disputed',
        'disputed → confirmed',
        'disputed → cancelled_free',
        'confirmed → disputed',
        'planned → cancelled_free',
        'planned → confirmed',
        'planned → missed_by_provider',
        'confirmed → settled',
      ].sort(),
    )
  })

  test('that is settled, cancelled or missed stays so', () => {
    for (const over of ['settled', 'cancelled_free', 'missed_by_provider'] as const)
      for (const press of Object.keys(VISIT_TRANSITIONS) as (keyof typeof VISIT_TRANSITIONS)[])
        expect(
          visitMay(press, over, 'person') ||
            visitMay(press, over, 'provider') ||
            visitMay(press, over, 'clock'),
        ).toBe(false)
  })

  test('is never said to have happened by anybody but the provider', () =>
    expect(visitMay('deliver', 'planned', 'person')).toBe(false))
})
