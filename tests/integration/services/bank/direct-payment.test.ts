import { expect, test } from 'vitest'
import { importBankFile } from '#services/bank/import-bank-file.server.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { draftPage } from '#services/bookings/draft-page.server.ts'
import { agreeMissed, sayNobodyCame } from '#services/bookings/resolve-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { moneyPage } from '#services/budgets/money-page.server.ts'
import { londonInstant } from '#services/kernel/time.ts'
import { beginTransfer } from '#services/settlement/begin-transfer.server.ts'
import { payPage } from '#services/settlement/pay-page.server.ts'
import { sayTransfer } from '#services/settlement/say-transfer.server.ts'
import { settleDueVisits } from '#services/settlement/settle-visits.server.ts'
import { transferPage } from '#services/settlement/transfer-page.server.ts'
import { ask, balances, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import { times } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

/** £120.00 a week in four-weekly instalments, £15.00 of it paid in by the person, who pays providers by bank transfer. */
test('a direct payment to a bank account, net, to the penny', async () => {
  const { deps, clock } = house()
  const w = await makeBookingWorld(deps, {
    funds: [
      { pence: 0, planCategory: 'help_at_home', expected: [{ dueOn: '2026-11-02', pence: 42_000 }, { dueOn: '2026-11-30', pence: 42_000 }] },
      { pence: 0, expected: [{ dueOn: '2026-11-02', pence: 6_000 }, { dueOn: '2026-11-30', pence: 6_000 }] },
    ],
  }) // prettier-ignore
  const { prisma } = deps.db
  const { actor, personId, allocationIds } = w.person
  const [main = '', payIn = ''] = allocationIds
  await prisma.allocation.update({ where: { id: payIn }, data: { towardsId: main } })
  await prisma.allocation.updateMany({ where: { personId }, data: { payBy: 'bank_transfer' } })
  await prisma.councilMoney.create({
    data: { councilId: w.councilId, instalmentsArrive: 'recorded', updatedAt: new Date() },
  })
  await prisma.payeeAccount.create({
    data: {
      providerId: w.provider.providerId,
      state: 'active',
      accountName: 'A Provider Ltd',
      sortCode: '000012',
      accountNumber: '00314159',
      proposedById: w.provider.owner.userId,
      proposedAt: new Date('2026-09-01T10:00:00Z'),
      calledBackAt: new Date('2026-09-02T10:00:00Z'),
      usableFrom: new Date('2026-09-05T10:00:00Z'),
    },
  })
  const bank = (...lines: string[]) =>
    importBankFile(deps, actor, {
      owner: { kind: 'person', id: personId },
      allocationId: null,
      fileName: 'statement.csv',
      content: ['Date,Description,Money in,Money out', ...lines].join('\n'),
    })
  /** Both parts of the fund together, as one account has them. */
  const stands = async () => {
    const both = [await balances(w, 0), await balances(w, 1)]
    const sum = (pick: 'available' | 'held' | 'spent') =>
      both.reduce((all, one) => all + (one?.[pick] ?? 0), 0)
    return { available: sum('available'), setAside: sum('held'), spent: sum('spent') }
  }

  // The council's part arrives, the person's has not; then theirs.
  expect(await bank('02/11/2026,A COUNCIL BACS,420.00,')).toMatchObject({ matched: 1 })
  expect(await stands()).toEqual({ available: 42_000, setAside: 0, spent: 0 })
  expect((await balances(w, 1))?.available).toBe(0)
  expect(await bank('02/11/2026,ADA TEST,60.00,')).toMatchObject({ matched: 1 })
  expect(await stands()).toEqual({ available: 48_000, setAside: 0, spent: 0 })

  // Four visits at £27.50, and one after the next instalment.
  const dates = ['2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13']
  const bookings: string[] = []
  for (const date of dates) bookings.push(await ask(w, date, 2_750))
  expect(await stands()).toEqual({ available: 37_000, setAside: 11_000, spent: 0 })
  const later = await startDraft(deps, actor, { slug: w.slug, times: times(personId, '2026-12-01') })
  expect(await draftPage(deps, actor, later.bookingId)).toMatchObject({
    setAside: 0,
    planned: 2_750,
    short: 0,
    visits: [{ planned: true }],
  })
  await ask(w, '2026-12-01', 2_750)
  expect(await stands()).toEqual({ available: 37_000, setAside: 11_000, spent: 0 })

  // As booked; missed by the provider; a quarter of an hour shorter; cancelled ten hours before.
  for (const bookingId of bookings) await acceptRequest(deps, w.provider.owner, { bookingId })
  const [one, two, three, four] = await Promise.all(bookings.map((id) => onlyVisit(w, id)))
  clock.set(londonInstant('2026-11-10', '11:00'))
  await deliverVisit(deps, w.provider.owner, { visitId: one ?? '', minutes: 60, note: '' })
  clock.set(londonInstant('2026-11-11', '11:00'))
  await sayNobodyCame(deps, actor, { visitId: two ?? '', personId })
  await agreeMissed(deps, w.provider.owner, two ?? '')
  clock.set(londonInstant('2026-11-12', '11:00'))
  await deliverVisit(deps, w.provider.owner, { visitId: three ?? '', minutes: 45, note: '' })
  clock.set(londonInstant('2026-11-12', '23:00'))
  await cancelVisit(deps, actor, { visitId: four ?? '', personId, expectedFee: 1_375 })
  await confirmVisits(deps, actor, { personId, visitIds: [one ?? '', three ?? ''] })
  await settleDueVisits(deps)
  const visits = await prisma.visit.findMany({
    where: { id: { in: [one ?? '', two ?? '', three ?? '', four ?? ''] } },
    orderBy: { startsAt: 'asc' },
  })
  expect(visits.map(({ state, finalPence }) => [state, finalPence])).toEqual([
    ['settled', 2_750],
    ['missed_by_provider', null],
    ['settled', 2_125],
    ['settled', 1_375],
  ])
  expect(await stands()).toEqual({ available: 41_750, setAside: 0, spent: 6_250 })

  // Paid only when the bank says so.
  const [owed] = (await payPage(deps, actor)).owed
  expect(owed).toMatchObject({ total: 6_250, bank: true })
  const { paymentId } = await beginTransfer(deps, actor, {
    personId,
    providerId: w.provider.providerId,
    payableIds: owed?.lines.map(({ id }) => id) ?? [],
  })
  await sayTransfer(deps, actor, { personId, paymentId, press: 'sent' })
  const words = async () =>
    (await moneyPage(deps, actor, { month: '2026-11', page: null, holds: false })).statement.lines
      .filter(({ out }) => (out ?? 0) > 0)
      .map(({ out, stands: is }) => [out, is.words])
  expect(new Set((await words()).map(([, is]) => is))).toEqual(new Set(['Payment on its way']))
  const { reference, payee } = await transferPage(deps, actor, paymentId)
  expect(payee).toEqual({ name: 'A Provider Ltd', sortCode: '00-00-12', accountNumber: '00314159' })
  expect(await bank(`12/11/2026,FPO A PROVIDER ${reference},,62.50`)).toMatchObject({ matched: 1 })
  expect((await words()).map(([out, is]) => `${String(out)} ${String(is)}`).sort()).toEqual([
    '1375 Paid',
    '2125 Paid',
    '2750 Paid',
  ])
  expect(await stands()).toEqual({ available: 41_750, setAside: 0, spent: 6_250 })
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})
