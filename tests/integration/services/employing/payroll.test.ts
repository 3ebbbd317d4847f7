import { beforeEach, describe, expect, test } from 'vitest'
import { endAuthority } from '#services/circle/end-authority.server.ts'
import { changeEmployment } from '#services/employing/change-employment.server.ts'
import { changeRingFence } from '#services/employing/change-ring-fence.server.ts'
import { payNow, payWaitingWages } from '#services/employing/pay-wages.server.ts'
import { recordOwnPayroll } from '#services/employing/record-own-payroll.server.ts'
import { readRingFences, setRingFence } from '#services/employing/ring-fences.server.ts'
import { payrollCsv, sendPayroll } from '#services/employing/send-payroll.server.ts'
import { takeResults } from '#services/employing/take-results.server.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import {
  approve,
  employ,
  type EmployingWorld,
  FIGURES,
  fundOf,
  makeEmployingWorld,
  makeSupportWorker,
  resultFile,
  resultLine,
  sentHours,
  shown,
  submit,
  terms,
  type TestEmployment,
} from '#tests/factories/employing.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const world = (options?: Parameters<typeof makeEmployingWorld>[1]) =>
  makeEmployingWorld(house().deps, options)
const take = (w: EmployingWorld, ...lines: string[]) =>
  takeResults(w.deps, w.bureau.owner, { providerId: w.bureau.providerId, file: resultFile(...lines) })
const send = (w: EmployingWorld) => sendPayroll(w.deps, w.bureau.owner, { providerId: w.bureau.providerId })
const stateOf = async (w: EmployingWorld, of: TestEmployment) =>
  (await w.deps.db.prisma.timesheet.findUniqueOrThrow({ where: { id: of.timesheetId } })).state
const arrive = (w: EmployingWorld, amount: number) =>
  w.deps.db.tx((tx) =>
    postJournals(tx, w.deps.clock.now(), system('test'), [
      allocationFunded(`more:${w.allocationId}:${String(amount)}`, w.allocationId, pence(amount)),
    ]),
  )

test('journey C: 80 hours come to £1,157.20, and what is due stands when the authority ends', async () => {
  const w = await world()
  const bethan = await makeSupportWorker(w)
  const of = await employ(w, {}, { as: await bethan.actor() })
  await submit(w, of)
  await approve(w, of, await bethan.actor())
  expect(await w.deps.db.prisma.timesheet.findUniqueOrThrow({ where: { id: of.timesheetId } })).toMatchObject({
    approvedById: bethan.userId, authorityId: bethan.authorityId, hourlyPence: 1_400,
  }) // prettier-ignore
  expect(await send(w)).toBe(1)
  expect(await take(w, resultLine(of.reference))).toEqual([
    { line: 2, reference: of.reference, outcome: 'paid', words: '£1,157.20 in all, taken from the fund' },
  ])
  expect(await fundOf(w)).toEqual({ available: 240, kept: 12_040, spent: 115_720 })
  const [journal] = await house().asOwner(`select kind::text, note, actor_user_id from ledger_journal where key = $1`, [`payroll:${of.timesheetId}`]) // prettier-ignore
  expect(journal).toMatchObject({ kind: 'payroll_paid', note: 'Gwen, 5 October to 1 November 2026', actor_user_id: w.bureau.owner.userId }) // prettier-ignore

  // The next weeks are approved; then the person ends the authority.
  house().clock.set('2026-11-29T20:00:00Z')
  await arrive(w, 200_000)
  const next = await w.deps.db.prisma.timesheet.findFirstOrThrow({
    where: { employmentId: of.employmentId, state: 'draft' },
  })
  const second = { ...of, timesheetId: next.id }
  await submit(w, second, { typed: new Map([['worked-2026-11-09', '8']]) })
  const page = await shown(w, second)
  await approve(w, second, await bethan.actor())
  await endAuthority(w.deps, w.person.actor, { authorityId: bethan.authorityId, personId: w.person.personId })
  expect((await refusal(approve(w, second, await bethan.actor()))).code).toBe('NOT_FOUND')
  expect(page.personId).toBe(w.person.personId)
  const kept = await readRingFences(w.deps.db.prisma, w.allocationId)
  // 8 hours at £14.00 and the fee; they are far below the thresholds.
  expect(kept.wages).toBe(11_200 + 1_800)
  expect(await stateOf(w, second)).toBe('approved')
  expect(await faults()).toEqual([])
})

describe('the file to the payroll service', () => {
  test('has the approved hours of its clients and of nobody else, is the same each time, and takes each period once', async () => {
    const w = await world()
    const of = await employ(w)
    await submit(w, of)
    expect(await send(w)).toBe(0)
    await approve(w, of)
    const other = await world()
    expect(await sendPayroll(w.deps, other.bureau.owner, { providerId: other.bureau.providerId })).toBe(0)
    expect(await send(w)).toBe(1)
    house().clock.advance({ minutes: 5 })
    expect(await send(w)).toBe(0)
    const sent = String(new Date(TEST_NOW).getTime())
    const file = await payrollCsv(w.deps, w.bureau.owner, { org: null, sent })
    expect(file).toEqual({
      filename: 'payroll-2026-11-02.csv',
      csv: `reference,period_start,period_end,hours_worked,hours_holiday,hours_sick,hourly_rate\r\n${of.reference},2026-10-05,2026-11-01,80.00,0.00,0.00,14.00\r\n`,
    })
    await take(w, resultLine(of.reference))
    expect(await payrollCsv(w.deps, w.bureau.owner, { org: null, sent })).toEqual(file)
    for (const [who, org, when] of [
      [other.bureau.owner, null, sent],
      [w.bureau.owner, null, '1'],
      [w.bureau.owner, null, null],
      [other.bureau.owner, w.bureau.providerId, sent],
    ] as const)
      // prettier-ignore
      expect((await refusal(payrollCsv(w.deps, who, { org, sent: when }))).code).toBe('NOT_FOUND')
    expect((await refusal(payrollCsv(w.deps, w.bureau.worker, { org: null, sent }))).code).toBe('FORBIDDEN')
    expect((await refusal(sendPayroll(w.deps, w.bureau.worker, { providerId: w.bureau.providerId }))).code).toBe('FORBIDDEN') // prettier-ignore
    expect((await refusal(sendPayroll(w.deps, ANONYMOUS, { providerId: w.bureau.providerId }))).code).toBe('SIGN_IN') // prettier-ignore
  })
})

describe('the file of results', () => {
  test('costs what is wrong one line each; the good lines are booked', async () => {
    const w = await world({ funds: [{ pence: 300_000 }] })
    const of = await sentHours(w)
    const approved = await employ(w)
    await submit(w, approved)
    await approve(w, approved)
    const reports = await take(
      w,
      resultLine('PA-NOBODY'),
      resultLine(of.reference, { period: '2026-10-06' }),
      resultLine(of.reference, { period: '31/02/2026' }),
      resultLine(of.reference, { net: '"1,045.24"' }),
      resultLine(of.reference, { net: '1,045.24' }),
      resultLine(of.reference, { tax: '-30.60' }),
      resultLine(of.reference, { tax: '30.600' }),
      resultLine(of.reference, { total: '11572000000000000000' }),
      resultLine(of.reference, { fee: '17.99' }),
      resultLine(approved.reference),
      resultLine(of.reference, { period: '05/10/2026' }),
      resultLine(of.reference),
      `${of.reference},2026-10-05,1045.24,30.6`,
      `"${of.reference}`,
    )
    expect(reports.map(({ line, outcome, words }) => [line, outcome, words])).toEqual([
      [2, 'refused', 'Nobody whose payroll you run has this reference'],
      [3, 'refused', 'They have no pay period that begins on Tuesday 6 October 2026'],
      [4, 'refused', 'Its pay period cannot be read: write the first day, such as 2026-11-02 or 02/11/2026'],
      [
        5,
        'refused',
        expect.stringMatching(/^“1,045\.24” in “net” is no amount: write it in pounds and pence/),
      ],
      [6, 'refused', 'It has 11 columns where 10 are expected: an amount may have a comma'],
      [7, 'refused', expect.stringMatching(/^“-30\.60” in “tax” is no amount/)],
      [8, 'refused', expect.stringMatching(/^“30\.600” in “tax” is no amount/)],
      [9, 'refused', expect.stringMatching(/^“11572000000000000000” in “total” is no amount/)],
      [10, 'refused', 'The parts come to £1,157.19, and the total says £1,157.20'],
      [11, 'refused', 'The hours of this period are approved, but not in a file yet. Take them out first'],
      [12, 'paid', '£1,157.20 in all, taken from the fund'],
      [13, 'refused', 'The same person and pay period stand in line 12'],
      [14, 'refused', 'It has 4 columns where 10 are expected: the file may be cut off here'],
      [15, 'refused', 'A quotation mark is never closed'],
    ])
    expect((await fundOf(w)).spent).toBe(115_720)
    expect(await faults()).toEqual([])
  })

  test('changes nothing the second time, whoever sends it; other figures for the same weeks are refused', async () => {
    const w = await world()
    const of = await sentHours(w)
    const [first, second] = await Promise.all([
      take(w, resultLine(of.reference)),
      take(w, resultLine(of.reference)),
    ])
    expect([first, second].flatMap((reports) => reports.map(({ outcome }) => outcome)).sort()).toEqual(['again', 'paid']) // prettier-ignore
    const before = await fundOf(w)
    expect(await take(w, resultLine(of.reference))).toMatchObject([{ outcome: 'again' }])
    expect(await take(w, resultLine(of.reference, { fee: '20.00', total: '1159.20' }))).toMatchObject([
      { outcome: 'refused', words: 'Another result is in already: £1,157.20 in all. It stays as it is' },
    ])
    expect(await fundOf(w)).toEqual(before)
    await expect(
      house().asOwner('update payroll_result set net_pence = net_pence where timesheet_id = $1', [
        of.timesheetId,
      ]),
    ).rejects.toThrow('append-only')
    const other = await world()
    expect(await take(other, resultLine(of.reference))).toMatchObject([{ outcome: 'refused' }])
  })

  test.each([
    ['', 'This file is empty. Choose the one that your payroll software made'],
    ['\uFEFF \r\n', 'This file is empty. Choose the one that your payroll software made'],
    ['reference,period\r\n', 'The first line names the columns. Missing: net, tax, employee_ni, employer_ni, employee_pension, employer_pension, fee, total'],
    [resultFile(), 'There is nothing below the first line of this file'],
    ['\u0000\u0001PDF', 'The first line names the columns. Missing: reference, period, net, tax, employee_ni, employer_ni, employee_pension, employer_pension, fee, total'],
  ])('that is none is refused whole', async (file, sentence) => {
    const w = await world()
    const error = await refusal(takeResults(w.deps, w.bureau.owner, { providerId: w.bureau.providerId, file }))
    expect(error.details.fields).toEqual({ file: [sentence] })
  }) // prettier-ignore

  test('is for owners and coordinators of the service alone', async () => {
    const w = await world()
    for (const [who, code] of [
      [w.bureau.worker, 'FORBIDDEN'],
      [w.person.actor, 'NOT_FOUND'],
      [ANONYMOUS, 'SIGN_IN'],
    ] as const)
      // prettier-ignore
      expect((await refusal(takeResults(w.deps, who, { providerId: w.bureau.providerId, file: '' }))).code).toBe(code)
  })
})

describe('when the fund does not reach', () => {
  test('the wages wait with the person told once, and are booked when money comes; the books agree throughout', async () => {
    const w = await world({ funds: [{ pence: 100_000 }] })
    const of = await sentHours(w)
    expect(await take(w, resultLine(of.reference))).toMatchObject([{ outcome: 'waits', words: '£1,157.20 in all. The fund has less left: it waits for money' }]) // prettier-ignore
    expect(await stateOf(w, of)).toBe('sent')
    expect(await fundOf(w)).toEqual({ available: 0, kept: 100_000, spent: 0 })
    const told = () => w.deps.db.prisma.notice.count({ where: { personId: w.person.personId, kind: 'payment.wages_wait' } }) // prettier-ignore
    expect(await take(w, resultLine(of.reference))).toMatchObject([{ outcome: 'again' }])
    expect(await payWaitingWages(w.deps)).toBe(0)
    const press = { timesheetId: of.timesheetId, providerId: w.bureau.providerId, personId: null }
    expect((await refusal(payNow(w.deps, w.bureau.owner, press))).code).toBe('REFUSED_BY_RULE')
    expect(await told()).toBe(1)
    expect(await faults()).toEqual([])
    await arrive(w, 20_000)
    const stranger = await world()
    expect((await refusal(payNow(w.deps, stranger.bureau.owner, { ...press, providerId: stranger.bureau.providerId }))).code).toBe('NOT_FOUND') // prettier-ignore
    expect(await payWaitingWages(w.deps)).toBe(1)
    await payNow(w.deps, w.bureau.owner, press)
    expect(await stateOf(w, of)).toBe('paid')
    // What is left over is kept for holiday, as far as it goes.
    expect(await fundOf(w)).toEqual({ available: 0, kept: 4_280, spent: 115_720 })
    expect(await faults()).toEqual([])
  })

  test('wages of weeks before are paid from a fund that ended meanwhile', async () => {
    const w = await world({ funds: [{ pence: 128_000, endsOn: '2026-11-02' }] })
    const of = await sentHours(w)
    house().clock.set('2026-11-03T10:00:00Z')
    expect(await take(w, resultLine(of.reference))).toMatchObject([{ outcome: 'paid' }])
    expect(await faults()).toEqual([])
  })

  test('a fund that is held another way since pays from what replaces it', async () => {
    const w = await world({ funds: [{ pence: 128_000 }, { pence: 200_000 }] })
    const [from = '', to = ''] = w.person.allocationIds
    const of = await sentHours(w)
    await w.deps.db.prisma.allocation.update({ where: { id: to }, data: { replacesId: from } })
    expect(await take(w, resultLine(of.reference))).toMatchObject([{ outcome: 'paid' }])
    expect((await fundOf(w, to)).spent).toBe(115_720)
    expect(await w.deps.db.prisma.employment.findUniqueOrThrow({ where: { id: of.employmentId } })).toMatchObject({ allocationId: to }) // prettier-ignore
    expect(await faults()).toEqual([])
  })
})

describe('somebody who runs the payroll themselves', () => {
  test('writes down what it says; a payroll service’s wages are not theirs to write', async () => {
    const w = await world()
    const of = await employ(w, { bureau: 'none' })
    await submit(w, of)
    const record = (figures: Record<string, string>, target = of) =>
      recordOwnPayroll(w.deps, w.person.actor, { ...target, personId: w.person.personId, figures })
    expect((await refusal(record(FIGURES))).code).toBe('STALE_STATE')
    await approve(w, of)
    expect((await refusal(record({ ...FIGURES, total: '1,157.21' }))).details.fields).toEqual({
      total: ['The parts come to £1,157.20, and the total says £1,157.21'],
    })
    expect(await record({ ...FIGURES, total: '£1,157.20' })).toBe('paid')
    expect(await record(FIGURES)).toBe('again')
    expect((await fundOf(w)).spent).toBe(115_720)
    const theirs = await sentHours(w)
    expect((await refusal(record(FIGURES, theirs))).code).toBe('REFUSED_BY_RULE')
    const { id: _id, startsOn: _from, ...rest } = terms(w, { bureau: 'none' })
    expect((await refusal(changeEmployment(w.deps, w.person.actor, theirs.employmentId, { ...rest, endsOn: '' }))).details.fields).toHaveProperty('bureau') // prettier-ignore
    expect(await faults()).toEqual([])
  })
})

describe('money kept back by hand', () => {
  const keep = (w: EmployingWorld, amount: string, purpose = 'notice', as = w.person.actor) =>
    changeRingFence(w.deps, as, w.allocationId, { purpose, amount, reason: 'To be safe' })

  test('is for notice and for when things go wrong, within what the law and the fund allow', async () => {
    const w = await world({ funds: [{ pence: 500_000, deployment: 'direct_payment_managed_account' }] })
    const said = async (work: Promise<unknown>) => {
      const error: unknown = await refusal(work)
      return isDomainError(error) ? (error.details.fields?.['amount']?.[0] ?? error.code) : 'ZodError'
    }
    expect(await said(keep(w, '280'))).toBe(
      'Notice is for somebody who is employed from this fund, and nobody is.',
    )
    await employ(w)
    await keep(w, '280')
    await keep(w, '560.00')
    await keep(w, '100', 'contingency')
    expect(await readRingFences(w.deps.db.prisma, w.allocationId)).toMatchObject({
      notice: 56_000,
      contingency: 10_000,
    })
    expect(await said(keep(w, '3360.01'))).toBe(
      'The longest notice by law is 12 weeks: £3,360.00. Keep that or less',
    )
    expect(await said(keep(w, '10000.01', 'contingency'))).toBe('At most 8 weeks of this fund can be kept for this: £10,000.00') // prettier-ignore
    expect(await said(keep(w, '9999', 'contingency'))).toBe(
      '£4,340.00 is left in this fund, so at most £4,440.00 can be kept',
    )
    for (const bad of ['-1', '1.005', '1e9', '99999999999999999999'])
      expect(await said(keep(w, bad))).toBe('ZodError')
    expect(await said(keep(w, '1', 'wages'))).toBe('ZodError')
    await keep(w, '0')
    await keep(w, '0')
    expect(await fundOf(w)).toEqual({ available: 490_000, kept: 10_000, spent: 0 })
    expect(await house().asOwner(`select key from ledger_journal where key like 'ring:%' and id in (select journal_id from ledger_posting where allocation_id = $1)`, [w.allocationId])).toHaveLength(4) // prettier-ignore
    expect(await faults()).toEqual([])
  })

  test('may be kept by an owner of whoever holds the fund, who is named to the person; by nobody else', async () => {
    const w = await world()
    await employ(w)
    await keep(w, '280', 'notice', w.bureau.owner)
    expect(await w.deps.db.prisma.notice.count({ where: { personId: w.person.personId, kind: 'budget.kept_back' } })).toBe(1) // prettier-ignore
    for (const who of [w.bureau.worker, w.assistant, (await world()).bureau.owner])
      expect((await refusal(keep(w, '1', 'notice', who))).code).toBe('NOT_FOUND')
    expect((await refusal(keep(w, '1', 'notice', ANONYMOUS as never))).code).toBe('SIGN_IN')
  })

  test('by two at once is the one or the other, and never more than there is', async () => {
    const w = await world({ funds: [{ pence: 10_000 }] })
    const set = (amount: number) =>
      w.deps.db.tx((tx) =>
        setRingFence(tx, w.deps.clock.now(), system('test'), {
          allocationId: w.allocationId, purpose: 'contingency', pence: pence(amount), reason: 'Test',
        }),
      ) // prettier-ignore
    await Promise.all([set(6_000), set(7_000), set(6_000)])
    expect([6_000, 7_000]).toContain((await fundOf(w)).kept)
    expect((await refusal(set(10_001))).code).toBe('NOT_ENOUGH_MONEY')
    await expect(set(-1)).rejects.toThrow(RangeError)
    expect(await faults()).toEqual([])
  })
})

test('no payable, payment or invoice can come of it: nothing was made, and no table could say so', async () => {
  const w = await world()
  const of = await sentHours(w)
  await take(w, resultLine(of.reference))
  const { prisma } = w.deps.db
  const mine = { personId: w.person.personId }
  expect(
    await Promise.all([
      prisma.payable.count({ where: { OR: [mine, { providerId: w.bureau.providerId }] } }),
      prisma.payment.count({ where: { OR: [mine, { providerId: w.bureau.providerId }] } }),
      prisma.invoice.count({ where: { OR: [mine, { providerId: w.bureau.providerId }] } }),
      prisma.booking.count({ where: mine }),
    ]),
  ).toEqual([0, 0, 0, 0])
  // Wages move in the budget's book alone: nobody owes a provider anything by them.
  expect(
    await house().asOwner(
      `select distinct a.book::text from ledger_journal j join ledger_posting p on p.journal_id = j.id join ledger_account a on a.id = p.account_id
       where j.key = 'payroll:' || $1 or j.key like 'ring:%'`,
      [of.timesheetId],
    ),
  ).toEqual([{ book: 'budget' }])
  expect(
    await house().asOwner(
      `select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
       where contype = 'f' and conrelid::regclass::text in ('payable', 'payment', 'payment_line', 'invoice', 'invoice_line', 'booking', 'visit', 'refund')
         and confrelid::regclass::text in ('employment', 'timesheet', 'payroll_result')`,
    ),
  ).toEqual([])
})
