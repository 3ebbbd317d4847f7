import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { moneyPage } from '#services/budgets/money-page.server.ts'
import { circlePage } from '#services/circle/circle-page.server.ts'
import { assistantPage } from '#services/employing/assistant-page.server.ts'
import { assistantsPage } from '#services/employing/assistants-page.server.ts'
import { changePage } from '#services/employing/change-page.server.ts'
import { hoursPage } from '#services/employing/hours-page.server.ts'
import { keepPage, keptBackPage } from '#services/employing/kept-back-page.server.ts'
import { myHoursPage } from '#services/employing/my-hours-page.server.ts'
import { newAssistantPage } from '#services/employing/new-assistant-page.server.ts'
import { payrollPage } from '#services/employing/payroll-page.server.ts'
import { recordsPage, taxYearOf, taxYearWords } from '#services/employing/records-page.server.ts'
import { readRingFences, setRingFence } from '#services/employing/ring-fences.server.ts'
import { sendPayroll } from '#services/employing/send-payroll.server.ts'
import { takeResults } from '#services/employing/take-results.server.ts'
import { PURPOSES } from '#services/employing/ring-fence.rules.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { openTimesheets } from '#services/employing/open-timesheets.server.ts'
import {
  approve,
  eightyHours,
  employ,
  fundOf,
  makeEmployingWorld,
  resultFile,
  resultLine,
  sentHours,
  STARTED,
  submit,
} from '#tests/factories/employing.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const world = (options?: Parameters<typeof makeEmployingWorld>[1]) =>
  makeEmployingWorld(house().deps, options)

test('the employer’s pages show what waits, the terms, holiday and sickness; a stranger finds none of them', async () => {
  const w = await world()
  const of = await employ(w, { insuranceEndsOn: '2026-11-20' })
  await submit(w, of, { typed: eightyHours(STARTED, { 'worked-2026-10-07': '', 'sick-2026-10-07': '4' }) })
  expect(await assistantsPage(w.deps, w.person.actor)).toMatchObject({
    mayManage: true,
    assistants: [
      {
        name: 'Gwen',
        ended: null,
        sheets: [{ words: 'Waiting for your yes' }, { words: 'These weeks go on' }],
      },
    ],
    funds: [{ name: 'Social care budget' }],
  })
  await approve(w, of)
  const page = await assistantPage(w.deps, w.person.actor, of.employmentId)
  expect(page.looks).toMatchObject([
    { title: 'The insurance ends soon', words: expect.stringMatching(/^Friday 20 November/) },
  ])
  expect(page.sheets[1]).toMatchObject({
    hours: '76 hours worked, 4 hours off sick',
    words: 'Approved. Next: the payroll',
  })
  expect(page.holiday.rows).toEqual([
    { term: 'Built up', value: '8 hours 36 minutes' },
    { term: 'Taken', value: '0 minutes' },
    { term: 'Left', value: '8 hours 36 minutes' },
  ])
  expect(page.sick).toEqual({
    taken: 'One day, 4 hours in all',
    since: 'Monday 6 April 2026',
    rule: 'Statutory sick pay is £123.25 for a whole week, from the first day. The payroll works it out.',
  })
  expect((await changePage(w.deps, w.person.actor, of.employmentId)).values).toMatchObject({ hourly: '14.00', hours: '20', email: w.assistantEmail }) // prettier-ignore
  expect(await newAssistantPage(w.deps, w.person.actor)).toMatchObject({
    least: '£12.71',
    joinsFrom: '£192.00',
  })
  const stranger = (await world()).person.actor
  for (const who of [stranger, w.assistant, w.bureau.owner])
    for (const open of [
      () => assistantPage(w.deps, who, of.employmentId),
      () => changePage(w.deps, who, of.employmentId),
      () => recordsPage(w.deps, who, { id: of.employmentId, year: null }),
    ])
      expect((await refusal(open())).code).toBe('NOT_FOUND')
  expect((await refusal(assistantPage(w.deps, ANONYMOUS, of.employmentId))).code).toBe('SIGN_IN')
})

test('whether a fund lasts counts the wages that are paid from it', async () => {
  const w = await world()
  await employ(w)
  const page = await moneyPage(w.deps, w.person.actor, { month: null, page: null, holds: false })
  // £1,157.20 for four weeks, all in, as estimated before somebody decides.
  expect(page.lasting).toMatchObject([
    { lasts: false, basis: '£289.30 a week for whom you employ, because nothing else is booked' },
  ])
})

test('the assistant sees their own hours and nothing of the money; before that, those of four weeks ago can be begun with', async () => {
  const w = await world()
  const of = await employ(w)
  const open = (who = w.assistant, timesheetId = of.timesheetId, fill: string | null = null) =>
    hoursPage(w.deps, who, { employmentId: of.employmentId, timesheetId, fill })
  expect(await open()).toMatchObject({
    side: 'assistant',
    mayWrite: true,
    maySend: true,
    mayAnswer: false,
    money: null,
  })
  await submit(w, of)
  expect(await open()).toMatchObject({
    mayWrite: false,
    mayAnswer: false,
    money: null,
    sentBy: 'Gwen sent these hours on Monday 2 November 2026.',
    standing: { words: 'Sent. Waiting for a yes' },
  })
  const asEmployer = await open(w.person.actor)
  expect(asEmployer).toMatchObject({ side: 'employer', mayAnswer: true, hours: { words: '80 hours worked' } })
  expect(asEmployer.money?.estimate.at(-1)).toEqual({ term: 'All in', value: '£1,157.20' })
  expect(await myHoursPage(w.deps, w.assistant)).toMatchObject({
    jobs: [{ employer: 'Ada', sheets: [{}, { hours: '80 hours worked' }] }],
  })
  expect((await circlePage(w.deps, w.assistant)).employed).toBe(true)
  // The next four weeks, at their end.
  house().clock.set('2026-11-29T18:00:00Z')
  const next = await w.deps.db.prisma.timesheet.findFirstOrThrow({
    where: { employmentId: of.employmentId, state: 'draft' },
  })
  const filled = await open(w.assistant, next.id, 'last')
  expect(filled).toMatchObject({ filled: true, mayFill: false, hours: { total: '0 minutes' } })
  expect(filled.weeks[0]?.days.map(({ worked }) => worked)).toEqual(['4', '4', '4', '4', '4', '', ''])
  expect((await open(w.assistant, next.id)).mayFill).toBe(true)
  for (const who of [w.bureau.owner, (await world()).person.actor])
    expect((await refusal(open(who))).code).toBe('NOT_FOUND')
  expect((await refusal(hoursPage(w.deps, ANONYMOUS, { employmentId: of.employmentId, timesheetId: of.timesheetId, fill: null }))).code).toBe('SIGN_IN') // prettier-ignore
})

describe('wage records', () => {
  test('stand in the tax year in which their weeks end: 5 April is the last day of one, 6 April the first of the next', async () => {
    expect(['2026-04-05', '2026-04-06', '2027-01-01'].map((day) => taxYearOf(Temporal.PlainDate.from(day)))).toEqual([2025, 2026, 2026]) // prettier-ignore
    expect([2025, 2099].map(taxYearWords)).toEqual(['2025/26', '2099/00'])
    house().clock.set('2026-04-07T10:00:00Z')
    const w = await world({ funds: [{ pence: 600_000 }] })
    // Its first four weeks end on Sunday 5 April, the next on 3 May.
    const of = await employ(w, { startsOn: '2026-03-09' })
    await submit(w, of, { typed: eightyHours('2026-03-09') })
    await approve(w, of)
    house().clock.set('2026-05-04T10:00:00Z')
    await w.deps.db.tx((tx) => openTimesheets(tx, w.deps.clock.now(), of.employmentId))
    const second = await w.deps.db.prisma.timesheet.findFirstOrThrow({
      where: { employmentId: of.employmentId, periodStartsOn: new Date('2026-04-06') },
    })
    await submit(w, { ...of, timesheetId: second.id }, { typed: eightyHours('2026-04-06') })
    await approve(w, { ...of, timesheetId: second.id })
    await sendPayroll(w.deps, w.bureau.owner, { providerId: w.bureau.providerId })
    await takeResults(w.deps, w.bureau.owner, {
      providerId: w.bureau.providerId,
      file: resultFile(
        resultLine(of.reference, { period: '2026-03-09' }),
        resultLine(of.reference, { period: '2026-04-06' }),
      ),
    })
    const year = (value: string | null) =>
      recordsPage(w.deps, w.person.actor, { id: of.employmentId, year: value })
    expect((await year('2025')).records).toMatchObject([
      { period: '9 March to 5 April 2026', total: '£1,157.20' },
    ])
    expect(await year(null)).toMatchObject({
      year: '2026/27',
      records: [{ period: '6 April to 3 May 2026', net: '£1,045.24', yourPension: '£19.20' }],
      sum: { total: '£1,157.20' },
    })
    for (const bad of ['26', '2026/27', '99999', 'x']) expect((await refusal(year(bad))).code).toBe('INVALID')
  })
})

test('the payroll page shows a service its clients’ hours, files, and wages that wait, and nobody else’s', async () => {
  const w = await world({ funds: [{ pence: 100_000, deployment: 'direct_payment_managed_account' }] })
  const of = await sentHours(w)
  const open = () => payrollPage(w.deps, w.bureau.owner, null)
  expect(await open()).toMatchObject({
    clients: 1,
    approved: [],
    waiting: [],
    files: [
      { lines: [{ reference: of.reference, assistant: 'Gwen', employer: 'Ada Test', hours: '80 hours worked', kept: w.allocationId }] },
    ],
  }) // prettier-ignore
  await takeResults(w.deps, w.bureau.owner, { providerId: w.bureau.providerId, file: resultFile(resultLine(of.reference)) }) // prettier-ignore
  expect(await open()).toMatchObject({ files: [], waiting: [{ total: '£1,157.20' }] })
  const page = await hoursPage(w.deps, w.person.actor, { employmentId: of.employmentId, timesheetId: of.timesheetId, fill: null }) // prettier-ignore
  expect(page).toMatchObject({ mayPay: true, money: { total: '£1,157.20', short: '£157.20' }, standing: { words: 'Worked out. Waiting for money' } }) // prettier-ignore
  expect(await payrollPage(w.deps, (await world()).bureau.owner, null)).toMatchObject({ clients: 0, files: [], waiting: [] }) // prettier-ignore
  expect((await refusal(payrollPage(w.deps, w.bureau.worker, null))).code).toBe('FORBIDDEN')
  expect((await refusal(payrollPage(w.deps, w.person.actor, null))).code).toBe('NOT_FOUND')
  // The fund is held by the service: its owner may keep money back in it; others may not even look.
  expect(await keepPage(w.deps, w.bureau.owner, w.allocationId)).toMatchObject({
    holder: true,
    available: '£0.00',
  })
  expect(await keepPage(w.deps, w.person.actor, w.allocationId)).toMatchObject({ holder: false, advice: 'A usual week of wages is £280.00. By law notice begins after a month in the job.' }) // prettier-ignore
  expect((await refusal(keepPage(w.deps, w.assistant, w.allocationId))).code).toBe('NOT_FOUND')
  expect((await keptBackPage(w.deps, w.person.actor)).funds).toMatchObject([{ total: '£1,000.00', kept: [{ value: '£1,000.00' }] }]) // prettier-ignore
})

test('whatever is kept back and freed, the ledger, the table and the sum say the same, and no penny is lost', async () => {
  const w = await world({ funds: [{ pence: 50_000 }] })
  const { prisma } = w.deps.db
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...PURPOSES), fc.integer({ min: 0, max: 30_000 })), {
        minLength: 1,
        maxLength: 8,
      }),
      async (steps) => {
        for (const [purpose, amount] of steps) {
          const before = await readRingFences(prisma, w.allocationId)
          const others = PURPOSES.filter((one) => one !== purpose).reduce((sum, one) => sum + before[one], 0)
          const work = w.deps.db.tx((tx) =>
            setRingFence(tx, w.deps.clock.now(), system('test'), {
              allocationId: w.allocationId, purpose, pence: pence(amount), reason: 'Test',
            }),
          ) // prettier-ignore
          if (others + amount > 50_000) expect((await refusal(work)).code).toBe('NOT_ENOUGH_MONEY')
          else expect(await work).toBe(amount - before[purpose])
          const after = await readRingFences(prisma, w.allocationId)
          const { available, kept } = await fundOf(w)
          expect(PURPOSES.reduce((sum, one) => sum + after[one], 0)).toBe(kept)
          expect(available + kept).toBe(50_000)
        }
      },
    ),
    { numRuns: 6 },
  )
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})
