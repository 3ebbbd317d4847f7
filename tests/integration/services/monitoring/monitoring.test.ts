import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { confirmRecorded } from '#services/bookings/confirm-recorded.server.ts'
import { confirmVisits, disputeVisit } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { decideLine } from '#services/monitoring/decide-line.server.ts'
import { importMonitoring } from '#services/monitoring/import-monitoring.server.ts'
import { monitoringPage, visitsToMonitorCsv } from '#services/monitoring/monitoring-page.server.ts'
import { ask, visitsOf } from '#tests/factories/bookings.ts'
import { type CouncilWorld, makeCouncilWorld, makeFinance } from '#tests/factories/council-pays.ts'
import { makeCouncil } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** Two hours a week at £26.50 for four weeks from 9 November, set aside £212.00. */
async function fourWeeks(): Promise<{ w: CouncilWorld; visitIds: string[] }> {
  const w = await makeCouncilWorld(house().deps, { service: { pence: 2_650, travel: 0 } })
  const bookingId = await ask(w, '2026-11-09', 21_200, { repeat: 'weekly', weeks: 4, minutes: 120 })
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  house().clock.set('2026-12-01T12:00:00Z')
  return { w, visitIds: (await visitsOf(w, bookingId)).map(({ id }) => id) }
}
const read = (w: CouncilWorld, text: string, fileName = 'november.csv') =>
  importMonitoring(w.deps, w.maker, { councilId: w.councilId, fileName, text })
const fileOf = (...rows: [visitId: string, minutes: number | string][]) =>
  `Visit,Minutes\n${rows.map(([id, minutes]) => `${id},${String(minutes)}`).join('\n')}\n`
const visit = (w: CouncilWorld, id: string) => w.deps.db.prisma.visit.findUniqueOrThrow({ where: { id } })
const waitingLine = async (w: CouncilWorld) => (await monitoringPage(w.deps, w.maker, null)).waiting[0]

describe('a month of actual times', () => {
  test('as booked, missed, longer and approved: £53.00, nothing, £59.63, £53.00, and the books agree', async () => {
    const { w, visitIds } = await fourWeeks()
    const [one = '', two = '', three = '', four = ''] = visitIds
    const file = fileOf([one, 120], [two, 0], [three, 135], [four, 120])
    expect(await read(w, file)).toMatchObject({ delivered: 2, missed: 1, waits: 1, already: 0, problems: [] })
    expect(await waitingLine(w)).toMatchObject({
      booked: '2 hours',
      was: '2 hours 15 minutes',
      quoted: 5_300,
      cost: 5_963,
    })
    expect(
      await decideLine(w.deps, w.maker, { lineId: (await waitingLine(w))?.id ?? '', decision: 'approve' }),
    ).toBe('approved')

    // The same file, and its lines in another one, change nothing.
    expect(await read(w, file)).toMatchObject({ importId: null, delivered: 0, missed: 0, waits: 0 })
    expect(await read(w, `${file}\n`, 'again.csv')).toMatchObject({
      delivered: 0,
      missed: 0,
      waits: 0,
      already: 4,
      problems: [],
    })

    // Nothing counts before the person had 7 days, and the provider 48 hours.
    await confirmRecorded(w.deps)
    expect(await Promise.all(visitIds.map(async (id) => (await visit(w, id)).state))).toEqual(['delivered', 'planned', 'delivered', 'delivered']) // prettier-ignore
    house().clock.set('2026-12-08T12:00:01Z')
    await house().deps.db.tx((tx) => tx.$executeRaw`select jobs.add_job('end_missed_visits', '{}')`)
    await confirmRecorded(w.deps)
    await house().runJobs()
    const visits = await Promise.all(visitIds.map((id) => visit(w, id)))
    expect(visits.map(({ state }) => state)).toEqual(['settled', 'missed_by_provider', 'settled', 'settled'])
    expect(visits.map(({ finalPence }) => finalPence)).toEqual([5_300, null, 5_963, 5_300])
    const due = await w.deps.db.prisma.payable.findMany({
      where: { providerId: w.provider.providerId },
      orderBy: { onDay: 'asc' },
    })
    expect(due.map(({ pence }) => pence)).toEqual([5_300, 5_963, 5_300])
    expect(await faults()).toEqual([])
  })

  test('shorter costs less; longer and not approved costs what was booked', async () => {
    const { w, visitIds } = await fourWeeks()
    const [one = '', two = ''] = visitIds
    await read(w, fileOf([one, 60], [two, 180]))
    expect(
      (await refusal(decideLine(w.deps, w.maker, { lineId: (await waitingLine(w))?.id ?? '', decision: '' })))
        .code,
    ).toBe('INVALID')
    const lineId = (await waitingLine(w))?.id ?? ''
    await decideLine(w.deps, w.maker, { lineId, decision: 'refuse' })
    expect((await refusal(decideLine(w.deps, w.maker, { lineId, decision: 'approve' }))).code).toBe(
      'STALE_STATE',
    )
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [one, two] })
    expect([(await visit(w, one)).finalPence, (await visit(w, two)).finalPence]).toEqual([2_650, 5_300])
  })

  test('names a visit by supplier, case, date and start as well; our own list of visits can be sent back', async () => {
    const { w } = await fourWeeks()
    const list = (await visitsToMonitorCsv(w.deps, w.maker, null)).csv
    expect(list.split('\r\n')[1]).toMatch(
      new RegExp(`^[0-9a-f-]{36},${w.supplierNumber},C\\d+,2026-11-09,09:00,120,$`),
    )
    const [, , caseReference = ''] = (list.split('\r\n')[1] ?? '').split(',')
    const file = `Supplier,Case,Date,Start,Minutes\n${w.supplierNumber},${caseReference},09/11/2026,09:00,110\n${w.supplierNumber},${caseReference},16/11/2026,10:00,120\nSUP-X,${caseReference},16/11/2026,09:00,120\n`
    expect(await read(w, file)).toMatchObject({ delivered: 1, problems: [{ line: 3 }, { line: 4 }] })
    expect((await read(w, list)).problems).toHaveLength(4)
  })
})

describe('the person’s right to say that it was different', () => {
  test('stays open for 7 days after the record, and longer while they are in hospital', async () => {
    const { w, visitIds } = await fourWeeks()
    const [one = '', two = ''] = visitIds
    await read(w, fileOf([one, 120], [two, 120]))
    house().clock.advance({ days: 6 })
    await disputeVisit(w.deps, w.person.actor, {
      personId: w.person.personId,
      visitId: one,
      reason: 'It was one hour.',
    })
    await w.deps.db.prisma.personAbsence.create({
      data: { personId: w.person.personId, kind: 'hospital', startsOn: new Date('2026-12-05') },
    })
    house().clock.advance({ days: 9 })
    await confirmRecorded(w.deps)
    expect((await visit(w, one)).state).toBe('disputed')
    expect((await visit(w, two)).state).toBe('delivered')
    expect((await read(w, fileOf([one, 100]))).problems[0]?.says).toMatch(/something was different/)
  })

  test('stands against the record: a visit that is only partly the council’s is the person’s to confirm', async () => {
    const { w, visitIds } = await fourWeeks()
    await w.deps.db.prisma.allocation.updateMany({
      where: { personId: w.person.personId },
      data: { deployment: 'direct_payment_bank' },
    })
    expect((await read(w, fileOf([visitIds[0] ?? '', 120]))).problems[0]?.says).toMatch(
      /person says how long/,
    )
  })
})

describe('what both sides say', () => {
  test('the provider’s own word is never exceeded, and a shorter record is told to them', async () => {
    const { w, visitIds } = await fourWeeks()
    const [one = '', two = ''] = visitIds
    for (const visitId of [one, two])
      await deliverVisit(w.deps, w.provider.owner, { visitId, minutes: 120, note: '' })
    expect(await read(w, fileOf([one, 150], [two, 90]))).toMatchObject({ delivered: 2, waits: 0 })
    expect([(await visit(w, one)).actualMinutes, (await visit(w, two)).actualMinutes]).toEqual([120, 90])
    expect(await w.deps.db.prisma.notice.count({ where: { subjectId: two, kind: 'visit.recorded' } })).toBe(1)
  })

  test('the provider can still say within 48 hours that they came', async () => {
    const { w, visitIds } = await fourWeeks()
    const [one = ''] = visitIds
    await read(w, fileOf([one, 0]))
    await deliverVisit(w.deps, w.provider.owner, { visitId: one, minutes: 120, note: 'We were there.' })
    house().clock.advance({ days: 20 })
    await confirmRecorded(w.deps)
    expect((await visit(w, one)).state).toBe('delivered')
  })
})

describe('files that cannot be right', () => {
  test('broken, doubled, contradicting and unknown lines are named and left out; the rest counts', async () => {
    const other = await fourWeeks()
    house().clock.set(TEST_NOW)
    const { w, visitIds } = await fourWeeks()
    const [one = '', two = '', three = ''] = visitIds
    const text = `Visit,Minutes\n${one},120\n${one},120\n${two},120\n${two},60\n${other.visitIds[0] ?? ''},120\nX,5\n${three},-5\n${three},52.5\n"${three},60\n${three}`
    const result = await read(w, text)
    expect(result).toMatchObject({ delivered: 1, missed: 0 })
    expect(result.problems.map(({ line }) => line)).toEqual([3, 5, 6, 7, 8, 9, 10, 11])
    expect((await visit(w, two)).state).toBe('planned')
    for (const bad of ['', 'Visit\nx\n', 'Visit,Minutes\n', '\u0000'])
      expect((await refusal(read(w, bad))).code).toBe('INVALID')
    expect(await faults()).toEqual([])
  })

  test('another council’s finance can do none of it', async () => {
    const { w, visitIds } = await fourWeeks()
    await read(w, fileOf([visitIds[0] ?? '', 180]))
    const lineId = (await waitingLine(w))?.id ?? ''
    const elsewhere = await makeFinance(w.deps, await makeCouncil(w.deps), 'Finance elsewhere')
    for (const work of [
      () => read({ ...w, maker: elsewhere }, fileOf([visitIds[0] ?? '', 60])),
      () => decideLine(w.deps, elsewhere, { lineId, decision: 'approve' }),
      () => monitoringPage(w.deps, elsewhere, w.councilId),
    ])
      expect((await refusal(work())).code).toBe('NOT_FOUND')
  })
})
