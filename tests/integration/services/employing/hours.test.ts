import { beforeEach, describe, expect, test } from 'vitest'
import { approveHours, returnHours } from '#services/employing/answer-hours.server.ts'
import { changeEmployment } from '#services/employing/change-employment.server.ts'
import { costPage } from '#services/employing/cost-page.server.ts'
import { openAllTimesheets } from '#services/employing/open-timesheets.server.ts'
import { readRingFences } from '#services/employing/ring-fences.server.ts'
import { checkStep, startEmployment } from '#services/employing/start-employment.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import {
  approve,
  eightyHours,
  employ,
  fundOf,
  makeEmployingWorld,
  makeSupportWorker,
  shown,
  STARTED,
  submit,
  terms,
} from '#tests/factories/employing.ts'
import { makeProvider, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const world = (options?: Parameters<typeof makeEmployingWorld>[1]) =>
  makeEmployingWorld(house().deps, options)
const stateOf = async (timesheetId: string) =>
  (await house().deps.db.prisma.timesheet.findUniqueOrThrow({ where: { id: timesheetId } })).state

/** Sentences beside fields, whether a rule or a schema refused. */
async function problems(work: Promise<unknown>): Promise<Record<string, string[]>> {
  const error: unknown = await refusal(work)
  if (isDomainError(error)) return error.details.fields ?? { '': [error.publicMessage] }
  const { issues } = error as { issues: { path: PropertyKey[]; message: string }[] }
  return Object.fromEntries(issues.map(({ path, message }) => [path.map(String).join('.'), [message]]))
}

describe('what it would cost is held against a fund', () => {
  test('for those who may see it: what would be left of four weeks', async () => {
    const w = await world()
    const asked = new URLSearchParams({
      fund: w.allocationId, hourly: '14', hours: '20', age: 'adult', fee: '18', insurance: '', budget: '',
    }) // prettier-ignore
    const page = await costPage(w.deps, w.person.actor, asked)
    expect(page).toMatchObject({
      budget: 128_000,
      fund: { name: 'Social care budget', fourWeeks: 128_000, left: 128_000, refuses: null },
      cost: { totalWithAllowance: 115_720, totalWithout: 126_760 },
    })
    expect((await refusal(costPage(w.deps, w.assistant, asked))).code).toBe('NOT_FOUND')
    expect((await refusal(costPage(w.deps, ANONYMOUS, asked))).code).toBe('SIGN_IN')
    asked.set('fund', 'no id')
    expect((await refusal(costPage(w.deps, w.person.actor, asked))).code).toBe('NOT_FOUND')
  })
})

describe('writing down an employment', () => {
  test('keeps the terms, opens the pay periods that have begun, and tells the assistant; a second press makes nothing', async () => {
    const w = await world()
    const input = terms(w)
    const id = await startEmployment(w.deps, w.person.actor, input)
    expect(await startEmployment(w.deps, w.person.actor, input)).toBe(id)
    const found = await w.deps.db.prisma.employment.findMany({
      where: { personId: w.person.personId },
      include: { timesheets: { orderBy: { periodStartsOn: 'asc' } } },
    })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      assistantUserId: w.assistant.userId, hourlyPence: 1_400, weeklyMinutes: 1_200, hoursVary: false, payrollFeePence: 1_800,
    }) // prettier-ignore
    expect(found[0]?.payrollReference).toMatch(/^PA-/)
    expect(found[0]?.timesheets.map(({ periodStartsOn, periodEndsOn }) => [periodStartsOn, periodEndsOn].map((day) => day.toISOString().slice(0, 10)))) // prettier-ignore
      .toEqual([
        ['2026-10-05', '2026-11-01'],
        ['2026-11-02', '2026-11-29'],
      ])
    expect(await w.deps.db.prisma.notice.count({ where: { userId: w.assistant.userId } })).toBe(1)
    // New periods begin by themselves, once.
    house().clock.set('2026-11-30T09:00:00Z')
    await openAllTimesheets(w.deps)
    await openAllTimesheets(w.deps)
    expect(await w.deps.db.prisma.timesheet.count({ where: { employmentId: id } })).toBe(3)
  })

  test('what cannot be is refused beside its field, and nothing is kept', async () => {
    const w = await world()
    for (const [changes, field, sentence] of [
      [{ hourly: '12.70' }, 'hourly', 'By law somebody of this age is paid at least £12.71 an hour'],
      [{ hourly: '-14' }, 'hourly', 'Enter the pay for an hour, for example 14.00'],
      [{ hourly: '14.005' }, 'hourly', 'Enter the pay for an hour, for example 14.00'],
      [{ hourly: '99999999999999999999' }, 'hourly', 'Enter the pay for an hour, for example 14.00'],
      [{ hours: '169' }, 'hours', 'A week has 168 hours'],
      [{ name: ' ' }, 'name', 'Enter what you call them'],
      [{ email: 'gwen@' }, 'email', 'Enter an e-mail address like name@example.org'],
      [{ startsOn: '2026-02-31' }, 'startsOn', 'Enter a date that exists, such as 27 3 2027'],
      [{ startsOn: '0026-10-05' }, 'startsOn', 'Enter the day on which they started, with its year'],
      [
        { startsOn: '2028-10-05' },
        'startsOn',
        'This is more than a year ahead. Write it down nearer the time',
      ],
      [{ bureau: 'me' }, 'bureau', 'Choose who works out the pay'],
      [{ age: 'old' }, 'age', 'Choose how old they are'],
    ] as const)
      expect(
        await problems(startEmployment(w.deps, w.person.actor, terms(w, changes))),
        JSON.stringify(changes),
      ).toEqual({ [field]: [sentence] })
    expect(await w.deps.db.prisma.employment.count({ where: { personId: w.person.personId } })).toBe(0)
  })

  test('needs a fund that may pay for it and has not ended, a payroll service that is one, and an address that is not their own', async () => {
    const w = await world({
      funds: [
        { pence: 1_000 },
        { pence: 1_000, name: 'Voucher', allowed: ['transport'] },
        { pence: 1_000, name: 'Old fund', endsOn: '2026-11-01' },
      ],
    })
    const [, voucher = '', old = ''] = w.person.allocationIds
    const wrong = async (changes: Record<string, string>) =>
      Object.values(await problems(startEmployment(w.deps, w.person.actor, terms(w, changes))))[0]?.[0]
    expect(await wrong({ allocationId: voucher })).toBe(
      'Voucher is not for employing somebody: that is a rule of A council. It can pay for help at home.',
    )
    expect(await wrong({ allocationId: old })).toBe('Choose a fund that has not ended')
    expect(await wrong({ bureau: (await makeProvider(w.deps)).providerId })).toBe(
      'Choose a payroll service from the list',
    )
    expect(await wrong({ email: `${w.person.actor.userId}@test.example` })).toBe(
      'This is your own address. Enter theirs, or leave it empty',
    )
    expect(
      await problems(
        checkStep(w.deps, w.person.actor, {
          personId: w.person.personId,
          step: 'pay',
          values: { hourly: '10.84', hours: '20', age: 'under_21', vary: 'no' },
        }),
      ),
    ).toEqual({ hourly: ['By law somebody of this age is paid at least £10.85 an hour'] })
  })

  test('is for the person and for who manages their money; the page says for whom it was opened', async () => {
    const w = await world()
    const daughter = await makeUser(w.deps)
    const authorityId = await makeAuthority(w.deps, {
      personId: w.person.personId,
      supporterUserId: daughter,
      scopes: ['see_money', 'book'],
    })
    const acting = userActor(daughter, {
      actingFor: {
        personId: w.person.personId, personName: 'Ada', authorityId, type: 'informal', scopes: ['see_money', 'book'], organisationName: null,
      },
    }) // prettier-ignore
    expect((await refusal(startEmployment(w.deps, acting, terms(w)))).code).toBe('FORBIDDEN')
    expect((await refusal(startEmployment(w.deps, ANONYMOUS, terms(w)))).code).toBe('SIGN_IN')
    const stranger = (await world()).person.actor
    expect((await refusal(startEmployment(w.deps, stranger, terms(w)))).code).toBe('STALE_STATE')
    const bethan = await makeSupportWorker(w)
    await employ(w, {}, { as: await bethan.actor() })
    const [audit] = await w.deps.db.prisma.auditEvent.findMany({ where: { action: 'employment.started', forPersonId: w.person.personId } }) // prettier-ignore
    expect(audit).toMatchObject({ actorUserId: bethan.userId, authorityId: bethan.authorityId })
  })
})

describe('hours', () => {
  test('are saved while the weeks go on, and sent when they are over', async () => {
    const w = await world()
    const of = await employ(w, {}, { period: 1 })
    const some = new Map([['worked-2026-11-02', '4:30'], ['holiday-2026-11-27', '4']]) // prettier-ignore
    await submit(w, of, { typed: some, submit: false })
    expect(await w.deps.db.prisma.timesheetDay.findMany({ where: { timesheetId: of.timesheetId }, select: { kind: true, minutes: true }, orderBy: { day: 'asc' } })) // prettier-ignore
      .toEqual([{ kind: 'worked', minutes: 270 }, { kind: 'holiday', minutes: 240 }]) // prettier-ignore
    expect((await refusal(submit(w, of, { typed: some }))).publicMessage).toBe(
      'These four weeks go on until Sunday 29 November 2026. Save the hours now, and send them on that day or later.',
    )
    house().clock.set('2026-11-29T20:00:00Z')
    await submit(w, of, { typed: some })
    expect(await stateOf(of.timesheetId)).toBe('submitted')
    expect((await refusal(submit(w, of, { typed: some, submit: false }))).code).toBe('STALE_STATE')
  })

  test('that cannot be are refused beside their field, and nothing is kept', async () => {
    const w = await world()
    const of = await employ(w, { startsOn: '2026-10-07' })
    for (const [field, text, sentence] of [
      ['worked-2026-11-02', '4', 'This day is not one of these four weeks'],
      ['worked-2026-10-04', '4', 'This day is not one of these four weeks'],
      ['worked-2026-02-31', '4', 'This day is not one of these four weeks'],
      ['worked-2026-10-20', '25', 'Tuesday 20 October: this day has 24 hours'],
      ['worked-2026-10-25', '25:01', 'Sunday 25 October: this day has 25 hours'],
      ['sick-2026-10-20', '-4', 'Tuesday 20 October: enter hours, for example 4, 7.5 or 7:30'],
      ['holiday-2026-10-20', '7:60', 'Tuesday 20 October: enter hours, for example 4, 7.5 or 7:30'],
      ['worked-2026-10-06', '4', 'Tuesday 6 October: they were not employed on this day'],
    ] as const)
      expect(await problems(submit(w, of, { typed: new Map([[field, text]]) })), field).toEqual({
        [field]: [sentence],
      })
    expect(await w.deps.db.prisma.timesheetDay.count({ where: { timesheetId: of.timesheetId } })).toBe(0)
  })

  test('the night on which the clocks go back has 25 hours to work, and a day holds no more than it has in all kinds together', async () => {
    const w = await world()
    const of = await employ(w)
    await submit(w, of, { typed: new Map([['worked-2026-10-25', '25']]), submit: false })
    const both = new Map([['worked-2026-10-24', '20'], ['sick-2026-10-24', '4:15']]) // prettier-ignore
    expect(await problems(submit(w, of, { typed: both }))).toEqual({
      'sick-2026-10-24': ['Saturday 24 October: this day has 24 hours'],
    })
  })

  test('work on a day that has not come is refused; holiday may be ahead', async () => {
    const w = await world()
    const of = await employ(w, {}, { period: 1 })
    expect(
      await problems(submit(w, of, { typed: new Map([['worked-2026-11-03', '4']]), submit: false })),
    ).toEqual({ 'worked-2026-11-03': ['Tuesday 3 November: this day has not come yet'] })
    await submit(w, of, { typed: new Map([['holiday-2026-11-03', '4']]), submit: false })
  })

  test('written down on their behalf are recorded as such, and nobody else’s page opens', async () => {
    const w = await world()
    const of = await employ(w, { email: '' })
    expect((await refusal(submit(w, of))).code).toBe('NOT_FOUND')
    await submit(w, of, { as: w.person.actor })
    expect(await w.deps.db.prisma.timesheet.findUniqueOrThrow({ where: { id: of.timesheetId } })).toMatchObject({
      state: 'submitted', submittedById: w.person.actor.userId,
    }) // prettier-ignore
    const [audit] = await w.deps.db.prisma.auditEvent.findMany({ where: { subjectId: of.timesheetId } })
    expect(audit?.facts).toMatchObject({ by: 'employer', worked: 4_800 })
    // A form of the other side's page changes nothing.
    const other = await employ(w, {}, { period: 0 })
    expect((await refusal(submit(w, other, { personId: w.person.personId }))).code).toBe('STALE_STATE')
    expect((await refusal(submit(w, other, { as: w.person.actor, personId: '' }))).code).toBe('STALE_STATE')
  })
})

describe('saying yes to hours', () => {
  test('keeps their wages and the holiday back in the fund; twice does no harm; the hours stay as they are', async () => {
    const w = await world()
    const of = await employ(w)
    await submit(w, of)
    await approve(w, of)
    // 5.6 weeks × 20 hours × 28 of 365 days = 8 hours 36 minutes.
    expect(await readRingFences(w.deps.db.prisma, w.allocationId)).toEqual({
      wages: 115_720, holiday: 12_040, notice: 0, contingency: 0,
    }) // prettier-ignore
    expect(await fundOf(w)).toEqual({ available: 240, kept: 127_760, spent: 0 })
    await approve(w, of)
    expect(await fundOf(w)).toEqual({ available: 240, kept: 127_760, spent: 0 })
    expect((await refusal(submit(w, of, { submit: false }))).code).toBe('STALE_STATE')
    await expect(
      house().asOwner('update timesheet_day set minutes = 600 where timesheet_id = $1', [of.timesheetId]),
    ).rejects.toThrow('the hours of a wage record stay')
    expect(await faults()).toEqual([])
  })

  test('is never for the assistant: not on their own page, not as a supporter who manages the money, not in the database', async () => {
    const w = await world()
    const authorityId = await makeAuthority(w.deps, {
      personId: w.person.personId,
      supporterUserId: w.assistant.userId,
      type: 'nominated_person',
      scopes: ['see_money', 'manage_money'],
    })
    const acting = {
      ...w.assistant,
      actingFor: {
        personId: w.person.personId, personName: 'Ada', authorityId, type: 'nominated_person' as const, scopes: ['see_money', 'manage_money'] as const, organisationName: null,
      },
    } // prettier-ignore
    const of = await employ(w)
    await submit(w, of)
    expect((await refusal(approve(w, of, w.assistant))).code).toBe('NOT_FOUND')
    expect((await refusal(approve(w, of, acting))).publicMessage).toBe(
      'These are your own hours. Somebody else has to approve them or send them back.',
    )
    const input = { ...(await shown(w, of)), reason: 'mine' }
    expect((await refusal(returnHours(w.deps, acting, input))).code).toBe('FORBIDDEN')
    await expect(
      house().asOwner(
        `update timesheet set state = 'approved', approved_by_id = $2, approved_at = now(), hourly_pence = 1 where id = $1`,
        [of.timesheetId, w.assistant.userId],
      ),
    ).rejects.toThrow('nobody approves their own hours')
    // Written down by them in the employer's name, it still waits for somebody else.
    await returnHours(w.deps, w.person.actor, { ...(await shown(w, of)), reason: 'Wrong week' })
    house().clock.advance({ minutes: 1 })
    await submit(w, of, { as: acting })
    expect((await refusal(approve(w, of, acting))).code).toBe('FORBIDDEN')
    await approve(w, of)
  })

  test('hours that are sent back say why, and can be put right; a page from before approves nothing', async () => {
    const w = await world()
    const of = await employ(w)
    await submit(w, of)
    const before = await shown(w, of)
    expect(await problems(returnHours(w.deps, w.person.actor, { ...before, reason: '  ' }))).toEqual({
      reason: ['Say what has to be put right'],
    })
    await returnHours(w.deps, w.person.actor, { ...before, reason: 'You were away on Friday' })
    expect(await w.deps.db.prisma.timesheet.findUniqueOrThrow({ where: { id: of.timesheetId } })).toMatchObject({
      state: 'returned', reason: 'You were away on Friday',
    }) // prettier-ignore
    expect((await refusal(approveHours(w.deps, w.person.actor, before))).code).toBe('STALE_STATE')
    house().clock.advance({ minutes: 1 })
    await submit(w, of, { typed: eightyHours(STARTED, { 'worked-2026-10-30': '' }) })
    expect((await refusal(approveHours(w.deps, w.person.actor, before))).code).toBe('STALE_STATE')
    expect((await refusal(returnHours(w.deps, w.person.actor, { ...before, reason: 'x' }))).code).toBe(
      'STALE_STATE',
    )
    await approve(w, of)
    expect(await stateOf(of.timesheetId)).toBe('approved')
  })

  test('keeps back as much as there is, and says what is missing; two people at once approve it once', async () => {
    const w = await world({ funds: [{ pence: 100_000 }] })
    const of = await employ(w)
    await submit(w, of)
    const both = await Promise.all([approve(w, of), approve(w, of)])
    expect(both.map(({ missing }) => missing).sort((a, b) => b - a)[0]).toBe(27_760)
    expect(await fundOf(w)).toEqual({ available: 0, kept: 100_000, spent: 0 })
    expect(await faults()).toEqual([])
  })
})

describe('changing the terms', () => {
  const changed = (w: Awaited<ReturnType<typeof world>>, changes: Record<string, string> = {}) => {
    const { id: _id, startsOn: _from, ...rest } = terms(w)
    return { ...rest, endsOn: '', ...changes }
  }

  test('hours that were approved keep their pay; the end takes away what was not begun', async () => {
    const w = await world()
    const of = await employ(w)
    await submit(w, of)
    await approve(w, of)
    await changeEmployment(w.deps, w.person.actor, of.employmentId, changed(w, { hourly: '15.00', endsOn: '2026-11-01' })) // prettier-ignore
    const sheets = await w.deps.db.prisma.timesheet.findMany({ where: { employmentId: of.employmentId } })
    expect(sheets.map(({ hourlyPence }) => hourlyPence)).toEqual([1_400])
    await openAllTimesheets(w.deps)
    expect(await w.deps.db.prisma.timesheet.count({ where: { employmentId: of.employmentId } })).toBe(1)
    expect(await faults()).toEqual([])
  })

  test('another address takes the hours’ page along; an assistant changes nothing of their own employment', async () => {
    const w = await world()
    const of = await employ(w)
    await changeEmployment(w.deps, w.person.actor, of.employmentId, changed(w, { email: 'gwen@test.example', name: 'Gwen T' })) // prettier-ignore
    expect((await refusal(submit(w, of))).code).toBe('NOT_FOUND')
    const now = await w.deps.db.prisma.user.findUniqueOrThrow({ where: { email: 'gwen@test.example' } })
    expect(await w.deps.db.prisma.notice.count({ where: { userId: now.id } })).toBe(1)
    await submit(w, of, { as: userActor(now.id), personId: '' })
    const own = userActor(now.id, {
      actingFor: {
        personId: w.person.personId, personName: 'Ada', authorityId: newId(), type: 'nominated_person', scopes: ['see_money', 'manage_money'], organisationName: null,
      },
    }) // prettier-ignore
    expect((await refusal(changeEmployment(w.deps, own, of.employmentId, changed(w)))).publicMessage).toBe(
      'This is your own employment. Somebody else has to change it.',
    )
    expect(await problems(startEmployment(w.deps, own, terms(w, { email: 'gwen@test.example' })))).toEqual({
      email: ['This is your own address. Somebody else has to write down that you are employed'],
    })
  })

  test('another fund takes over what has to be kept back', async () => {
    const w = await world({ funds: [{ pence: FUND_A }, { pence: FUND_A, name: 'Health budget' }] })
    const [from = '', to = ''] = w.person.allocationIds
    const of = await employ(w)
    await submit(w, of)
    await approve(w, of)
    await changeEmployment(w.deps, w.person.actor, of.employmentId, changed(w, { allocationId: to }))
    expect([await fundOf(w, from), await fundOf(w, to)]).toEqual([
      { available: FUND_A, kept: 0, spent: 0 },
      { available: FUND_A - 127_760, kept: 127_760, spent: 0 },
    ])
    expect(await faults()).toEqual([])
  })

  test.each([
    [{ hourly: '12.00' }, { hourly: ['By law somebody of this age is paid at least £12.71 an hour'] }],
    [{ endsOn: '2026-10-04' }, { endsOn: ['This is before they started. Check the date'] }],
    [
      { endsOn: '2026-10-20' },
      { endsOn: ['Hours are written down for days after this one. Check the date'] },
    ],
  ])('%j is refused', async (changes, fields) => {
    const w = await world()
    const of = await employ(w)
    await submit(w, of)
    expect(
      await problems(changeEmployment(w.deps, w.person.actor, of.employmentId, changed(w, changes))),
    ).toEqual(fields)
    const stranger = (await world()).person
    expect((await refusal(changeEmployment(w.deps, stranger.actor, of.employmentId, changed(w, { personId: stranger.personId })))).code).toBe('NOT_FOUND') // prettier-ignore
  })
})

const FUND_A = 200_000
