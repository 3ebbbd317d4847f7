import { beforeEach, describe, expect, test } from 'vitest'
import { decideAssessment, previewAssessment } from '#services/contributions/assess.server.ts'
import {
  assessPage,
  personContributionPage,
} from '#services/contributions/person-contribution-page.server.ts'
import { towardsPage } from '#services/contributions/towards-page.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal } from '#services/kernel/time.ts'
import {
  type Considered,
  type PayingWorld,
  assess,
  decision,
  fundAccounts,
  makePayingWorld,
  settleLike,
  settledHours,
  owes,
  weeksOf,
} from '#tests/factories/contributions.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const save = async (
  w: PayingWorld,
  input: Considered,
  preview?: { assessmentId: string; digest: string },
) => {
  const seen = preview ?? (await previewAssessment(w.deps, w.finance, w.person.personId, input))
  return decideAssessment(w.deps, w.finance, w.person.personId, {
    ...input,
    assessmentId: seen.assessmentId,
    seen: seen.digest,
  })
}

describe('a decision about weeks that are over', () => {
  test('shows each of them to the penny before it is saved, and then does just that', async () => {
    const w = await makePayingWorld(house().deps)
    await assess(w, { weekly: '32.40', startsOn: '2026-11-02' })
    await settledHours(house(), w, ['2026-11-09', '2026-11-11', '2026-11-16'])
    expect(await owes(w)).toBe(3_240 + 2_650)
    const accounts = await fundAccounts(w)

    const input = decision({ weekly: '10', startsOn: '2026-11-12', reason: 'Your rent was left out.' })
    const preview = await previewAssessment(w.deps, w.finance, w.person.personId, input)
    // Three days at £32.40 a week and four at £10.00; then a whole week.
    expect(
      preview.weeks.map(({ monday, before, after, difference }) => [
        monday,
        before.charged,
        after.charged,
        difference,
      ]),
    ).toEqual([
      ['2026-11-09', 3_240, 1_960, -1_280],
      ['2026-11-16', 2_650, 1_000, -1_650],
    ])
    expect(preview).toMatchObject({ difference: -2_930 })
    expect(preview.words.told).toContain('For weeks that are over you get £29.30 back.')
    expect(preview.words.told).toContain('ask for a review')
    expect(await owes(w)).toBe(5_890)

    // Pressed twice it is decided once.
    await Promise.all([save(w, input, preview), save(w, input, preview)])
    expect(await weeksOf(w)).toEqual([
      ['2026-11-09', 5_300, 1_960],
      ['2026-11-16', 2_650, 1_000],
    ])
    expect(await owes(w)).toBe(5_890 - 2_930)
    expect(await fundAccounts(w)).toEqual(accounts)
    expect(await faults()).toEqual([])
    const { prisma } = w.deps.db
    const of = { personId: w.person.personId }
    expect(await prisma.contributionAssessment.count({ where: of })).toBe(2)
    const told = await prisma.notice.findMany({ where: { ...of, kind: 'budget.contribution_assessed' } })
    expect(told.map(({ body }) => body)).toContain(preview.words.told)
    expect(told).toHaveLength(2)
    expect(
      await prisma.auditEvent.count({
        where: {
          action: 'contribution.assessed',
          forPersonId: w.person.personId,
          actorUserId: w.finance.userId,
        },
      }),
    ).toBe(2)

    // The older decision stays as it was, and both see which one holds.
    const page = await personContributionPage(w.deps, w.finance, w.person.personId, { allWeeks: false })
    expect(page.decisions.map(({ weekly, holds }) => [weekly, holds])).toEqual([
      ['£10.00 a week', true],
      ['£32.40 a week', false],
    ])
    const own = await towardsPage(w.deps, w.person.actor, { allWeeks: false })
    expect(own.weeks.map(({ words, charged, again, why }) => [words, charged, again, why])).toEqual([
      [
        'Monday 16 to Sunday 22 November 2026',
        1_000,
        true,
        'It was assessed as £10.00. The council pays the rest.',
      ],
      [
        'Monday 9 to Sunday 15 November 2026',
        1_960,
        true,
        'It was assessed as £19.60. The council pays the rest.',
      ],
    ])
  })

  test('is not saved when something was settled after it was looked at', async () => {
    const w = await makePayingWorld(house().deps)
    const input = decision({ startsOn: '2026-11-09' })
    const [first = ''] = await settledHours(house(), w, ['2026-11-09'])
    const preview = await previewAssessment(w.deps, w.finance, w.person.personId, input)
    await settleLike(w, first, Temporal.PlainDate.from('2026-11-10'), 2_650)
    expect(await refusal(save(w, input, preview))).toMatchObject({ code: 'STALE_STATE' })
    expect(
      await w.deps.db.prisma.contributionAssessment.count({ where: { personId: w.person.personId } }),
    ).toBe(0)
    expect(await weeksOf(w)).toEqual([])
    await save(w, input)
    expect(await owes(w)).toBe(3_240)
  })
})

describe('what is refused', () => {
  test.each<[string, Partial<Considered>, string, RegExp]>([
    ['a last day before the first', { endsOn: '2026-11-01' }, 'endsOn', /before the first/],
    ['a day that does not exist', { startsOn: '2026-02-30' }, 'startsOn', /date that exists/],
    ['no day', { startsOn: '' }, 'startsOn', /first day/],
    ['seven years ago', { startsOn: '2019-11-01' }, 'startsOn', /six years/],
    ['three years ahead', { startsOn: '2029-12-01' }, 'startsOn', /two years ahead/],
    ['20 digits', { weekly: '99999999999999999999' }, 'weekly', /pounds and pence/],
    ['a minus sign', { weekly: '-5.00' }, 'weekly', /pounds and pence/],
    ['three decimals', { weekly: '32.405' }, 'weekly', /pounds and pence/],
    ['words', { weekly: 'thirty' }, 'weekly', /pounds and pence/],
    ['more than anybody pays', { weekly: '5,000.01' }, 'weekly', /more than £5,000.00/],
    ['no amount', { weekly: ' ' }, 'weekly', /what they pay each week/],
    ['no reason', { reason: ' ' }, 'reason', /what it rests on/],
    ['a way that is none', { method: 'cash' as 'gross_invoice' }, 'method', /how they pay/],
    ['no account to pay into', { method: 'net_pay_in' }, 'method', /no direct payment/],
  ])('%s', async (_name, changes, field, sentence) => {
    const w = await shared()
    const error = (await refusal(
      previewAssessment(w.deps, w.finance, w.person.personId, decision(changes)),
    )) as unknown as {
      issues?: { path: string[]; message: string }[]
      details?: { fields?: Record<string, string[]> }
    }
    const said =
      error.issues?.find(({ path }) => path[0] === field)?.message ?? error.details?.fields?.[field]?.[0]
    expect(said).toMatch(sentence)
  })

  let made: PayingWorld | null = null
  const shared = async () => (made ??= await makePayingWorld(house().deps))

  test('any charge for aftercare under section 117: the page says why, and the database refuses it, too', async () => {
    const w = await makePayingWorld(house().deps)
    const { prisma } = w.deps.db
    const { personId } = w.person
    await prisma.person.update({ where: { id: personId }, data: { section117: true } })
    expect((await assessPage(w.deps, w.finance, personId)).person.aftercare).toContain('section 117')
    expect((await towardsPage(w.deps, w.person.actor, { allWeeks: false })).aftercare).toContain('It is free')
    expect(
      await refusal(previewAssessment(w.deps, w.finance, personId, decision({ weekly: '0.01' }))),
    ).toMatchObject({ code: 'INVALID', details: { fields: { weekly: [expect.stringContaining('free')] } } })
    await expect(
      prisma.contributionAssessment.create({
        data: {
          personId,
          councilId: w.councilId,
          method: 'gross_invoice',
          weeklyPence: 1,
          startsOn: new Date('2026-11-02T00:00:00Z'),
          decidedAt: new Date(TEST_NOW),
        },
      }),
    ).rejects.toThrow(/section 117/)
    await save(w, decision({ weekly: '0' }))
    await settledHours(house(), w, ['2026-11-09'])
    expect(await owes(w)).toBe(0)
    expect(await faults()).toEqual([])
  })

  test('somebody who is charged and whose support turns out to be aftercare gets all of it back with the next change', async () => {
    const w = await makePayingWorld(house().deps)
    await save(w, decision())
    await settledHours(house(), w, ['2026-11-09'])
    expect(await owes(w)).toBe(2_650)
    await w.deps.db.prisma.person.update({ where: { id: w.person.personId }, data: { section117: true } })
    await save(w, decision({ weekly: '0', startsOn: '2026-11-02', reason: 'It is aftercare.' }))
    expect(await owes(w)).toBe(0)
    expect(await faults()).toEqual([])
  })

  test('everybody but finance of that council, and finance whose second step is old', async () => {
    const w = await shared()
    const { personId } = w.person
    const elsewhere = userActor(await makeUser(w.deps), {
      staff: [{ councilId: await makeCouncil(w.deps), roles: ['finance'] }],
    })
    const adviser = userActor(await makeUser(w.deps), {
      staff: [{ councilId: w.councilId, roles: ['adviser', 'commissioner', 'council_admin'] }],
    })
    for (const actor of [elsewhere, adviser, w.person.actor, w.provider.owner]) {
      const works = [
        () => previewAssessment(w.deps, actor, personId, decision()),
        () => decideAssessment(w.deps, actor, personId, { ...decision(), assessmentId: newId(), seen: 'x' }),
        () => personContributionPage(w.deps, actor, personId, { allWeeks: false }),
      ]
      for (const work of works) expect((await refusal(work())).code).toBe('NOT_FOUND')
    }
    expect(
      await refusal(
        decideAssessment(w.deps, { ...w.finance, secondStepFresh: false }, personId, {
          ...decision(),
          assessmentId: newId(),
          seen: 'x',
        }),
      ),
    ).toMatchObject({ code: 'SECOND_STEP' })
  })

  test('changing or erasing a decision', async () => {
    const w = await makePayingWorld(house().deps)
    await save(w, decision())
    const { prisma } = w.deps.db
    const where = { personId: w.person.personId }
    await expect(
      prisma.contributionAssessment.updateMany({ where, data: { weeklyPence: 1 } }),
    ).rejects.toThrow()
    await expect(prisma.contributionAssessment.deleteMany({ where })).rejects.toThrow()
  })
})
