import { beforeEach, describe, expect, test } from 'vitest'
import { ask, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))

describe('what the database never lets stand', () => {
  const IMPOSSIBLE_VISITS = [
    ['holds_lane = true, lane_id = null', 'visit_lane'],
    ['quoted_pence = -1', 'visit_amounts'],
    ['final_pence = -1', 'visit_amounts'],
    ['actual_minutes = 10081', 'visit_amounts'],
    ['ends_at = starts_at', 'visit_times'],
    ["occupied_from = starts_at + interval '1 minute'", 'visit_times'],
    ['minutes = 0', 'visit_times'],
    ["state = 'delivered'", 'visit_delivered'],
    ["state = 'confirmed'", 'visit_confirmed'],
    ["state = 'confirmed', confirmed_at = now(), outcome = 'attended'", 'visit_confirmed'],
    [
      "state = 'settled', confirmed_at = now(), outcome = 'attended', final_pence = 1, delivered_at = now(), actual_minutes = 1",
      'visit_settled',
    ],
    ['settled_at = now()', 'visit_settled'],
    ["paused_at = now(), state = 'started'", 'visit_paused_holds_nothing'],
    ['pause_round = -1', 'visit_pause_round'],
    ['offered_minutes = 5', 'visit_offered'],
    ["offered_minutes = 5, offered_by = 'somebody'", 'visit_offered'],
  ] as const

  test('a visit that cannot be, each by its name; the same row with nothing wrong is let through', async () => {
    const w = await makeBookingWorld(house().deps)
    const visitId = await onlyVisit(w, await ask(w, '2026-11-09', 2750))
    for (const [change, constraint] of IMPOSSIBLE_VISITS)
      await expect(
        house().asOwner(`update visit set ${change} where id = $1`, [visitId]),
        change,
      ).rejects.toMatchObject({ code: '23514', constraint })
    await house().asOwner('update visit set quoted_pence = quoted_pence where id = $1', [visitId])
  })

  test('a booking that cannot be', async () => {
    const w = await makeBookingWorld(house().deps)
    const bookingId = await ask(w, '2026-11-09', 2750)
    for (const [change, constraint] of [
      ["note = repeat('a', 1001)", 'booking_texts'],
      ['answer_by = null', 'booking_asked'],
      ["state = 'countered'", 'booking_counter'],
    ])
      await expect(
        house().asOwner(`update booking set ${String(change)} where id = $1`, [bookingId]),
        String(change),
      ).rejects.toMatchObject({ code: '23514', constraint })
  })

  test('an account whose kind and owner do not fit, or that changes its kind', async () => {
    const w = await makeBookingWorld(house().deps)
    await ask(w, '2026-11-09', 2750)
    const allocationId = w.person.allocationIds[0]
    await expect(
      house().asOwner(
        `insert into ledger_account (id, key, kind, allocation_id) values (gen_random_uuid(), 'odd', 'due', $1)`,
        [allocationId],
      ),
    ).rejects.toMatchObject({ code: '23514', constraint: 'ledger_account_shape' })
    await expect(
      house().asOwner(`update ledger_account set kind = 'earned' where key = $1`, [
        `held:${String(allocationId)}`,
      ]),
    ).rejects.toMatchObject({ code: '23514' })
    await expect(
      house().asOwner(`update ledger_account set balance = -1 where key = $1`, [
        `held:${String(allocationId)}`,
      ]),
    ).rejects.toMatchObject({ code: '23514', constraint: 'ledger_account_bounds' })
  })
})
