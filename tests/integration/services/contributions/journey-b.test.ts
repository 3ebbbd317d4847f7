/** Council-managed, gross: £26.50 an hour, two hours a week for four weeks, £32.40 a week assessed, to the penny. */
import { expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { finalQuote } from '#services/bookings/quote.rules.ts'
import { termsSchema } from '#services/bookings/terms.schema.ts'
import { londonInstant } from '#services/kernel/time.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { ask, onlyVisit } from '#tests/factories/bookings.ts'
import {
  type PayingWorld,
  assess,
  fundAccounts,
  giveBack,
  makePayingWorld,
  settledHours,
  owes,
  weeksOf,
} from '#tests/factories/contributions.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
/** Fifteen minutes over, which the council approves before it is settled: £6.625 is £6.63. */
async function overrun(w: PayingWorld, date: string): Promise<void> {
  const bookingId = await ask(w, date, 2_650)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  const visitId = await onlyVisit(w, bookingId)
  house().clock.set(londonInstant(date, '11:00'))
  await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 75, note: '' })
  await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
  const { booking } = await w.deps.db.prisma.visit.findUniqueOrThrow({
    where: { id: visitId },
    include: { booking: true },
  })
  const approved = finalQuote(
    termsSchema.parse(booking.terms),
    londonInstant(date, '09:00'),
    60,
    75,
    true,
  ).total
  await w.deps.db.prisma.visit.update({ where: { id: visitId }, data: { finalPence: approved } })
  await w.deps.db.prisma.fundingLine.updateMany({ where: { visitId }, data: { pence: approved } })
  await settleVisits(w.deps, [visitId])
}
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

test('weeks of £53.00, £26.50, £59.63 and £53.00: the person pays £123.70, the council £68.43; a disproved visit gives £5.90 back', async () => {
  const w = await makePayingWorld(house().deps)
  await assess(w)
  // The second visit of week two was missed.
  await settledHours(house(), w, ['2026-11-09', '2026-11-11', '2026-11-16', '2026-11-23'])
  await overrun(w, '2026-11-25')
  const [, disproved] = await settledHours(house(), w, ['2026-11-30', '2026-12-02'])
  await house().runJobs()

  expect(await weeksOf(w)).toEqual([
    ['2026-11-09', 5_300, 3_240],
    ['2026-11-16', 2_650, 2_650],
    ['2026-11-23', 5_963, 3_240],
    ['2026-11-30', 5_300, 3_240],
  ])
  const weeks = await weeksOf(w)
  const [cost, person] = [1, 2].map((at) => weeks.reduce((sum, week) => sum + Number(week[at]), 0))
  expect([cost, person, (cost ?? 0) - (person ?? 0)]).toEqual([19_213, 12_370, 6_843])
  expect(await owes(w)).toBe(12_370)
  expect(await faults()).toEqual([])

  const before = await fundAccounts(w)
  const week = await giveBack(w, disproved ?? '', 2_650)
  expect(week).toMatchObject({
    monday: '2026-11-30',
    before: { cost: 5_300, charged: 3_240 },
    after: { cost: 2_650, charged: 2_650 },
    difference: -590,
  })
  // £26.50 in all: £5.90 to the person, the rest to the council.
  expect(2_650 + (week?.difference ?? 0)).toBe(2_060)
  expect(await owes(w)).toBe(11_780)
  // The fund got the whole of it back, once; the person's part is between them and the council.
  const id = w.person.allocationIds[0] ?? ''
  const after = await fundAccounts(w)
  expect((after[`available:${id}`] ?? 0) - (before[`available:${id}`] ?? 0)).toBe(2_650)
  expect(await faults()).toEqual([])
  await house().runJobs()
  expect(await owes(w)).toBe(11_780)
})
