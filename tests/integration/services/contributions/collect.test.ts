import { moneyPage } from '#services/budgets/money-page.server.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { answerDispute, letGo, raiseDispute } from '#services/contributions/dispute.server.ts'
import { contributionsPage } from '#services/contributions/contributions-page.server.ts'
import { beginTransfer, endTransfer } from '#services/contributions/pay-transfer.server.ts'
import { payToPage, savePayTo } from '#services/contributions/pay-to.server.ts'
import {
  letGoPage,
  personContributionPage,
  questionPage,
  recordPage,
} from '#services/contributions/person-contribution-page.server.ts'
import {
  markContributionsFailed,
  markContributionsReturned,
  recordContributions,
} from '#services/contributions/record-contributions.server.ts'
import { recordTransfer, sayNotArrived } from '#services/contributions/record-payment.server.ts'
import {
  payPage,
  receiptPage,
  towardsCsv,
  towardsPage,
  wrongPage,
} from '#services/contributions/towards-page.server.ts'
import { type Scope, type UserActor, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import {
  type PayingWorld,
  assess,
  fundAccounts,
  makePayingWorld,
  settledHours,
  owes,
} from '#tests/factories/contributions.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const actor = system('test')
const latest = { allWeeks: false }

/** Two weeks of £26.50, so £53.00 is owed; it is Thursday of the third week. */
async function owing(): Promise<PayingWorld> {
  const w = await makePayingWorld(house().deps)
  await assess(w)
  await settledHours(house(), w, ['2026-11-09', '2026-11-16'])
  house().clock.set('2026-11-26T10:00:00Z')
  expect(await owes(w)).toBe(5_300)
  return w
}
const supporter = async (w: PayingWorld, scopes: Scope[]): Promise<UserActor> =>
  userActor(await makeUser(w.deps), {
    actingFor: {
      personId: w.person.personId,
      personName: 'Ada',
      authorityId: newId(),
      type: 'informal',
      scopes,
      organisationName: null,
    },
  })
const noticesOf = async (w: PayingWorld, kind: string) =>
  (await w.deps.db.prisma.notice.findMany({ where: { personId: w.person.personId, kind } })).map(
    ({ title, body }) => `${title}. ${body}`,
  )

const all = { month: null, page: null, holds: false }

describe('a bank transfer', () => {
  test('has a reference, is on its way when the person says so, and counts as paid when the council has it', async () => {
    const w = await owing()
    const { personId } = w.person
    const accounts = await fundAccounts(w)
    // Pressed twice, then with another amount: one payment, one reference.
    await Promise.all([1, 2].map(() => beginTransfer(w.deps, w.person.actor, { personId, amount: '53.00' })))
    const first = (await payPage(w.deps, w.person.actor)).announced
    await beginTransfer(w.deps, w.person.actor, { personId, amount: '£50' })
    const page = await payPage(w.deps, w.person.actor)
    expect(page.announced).toMatchObject({ reference: first?.reference, pence: 5_000 })
    expect(page.collectable).toBe(5_300)
    const paymentId = page.announced?.id ?? ''
    for (let press = 0; press < 2; press += 1)
      await endTransfer(w.deps, w.person.actor, { personId, paymentId }, 'sent')
    expect(await towardsPage(w.deps, w.person.actor, latest)).toMatchObject({
      owed: 5_300,
      onItsWay: 5_000,
      collectable: 300,
    })
    expect(await owes(w)).toBe(5_300)
    // "My money" says what is asked for now: not what is on its way.
    expect((await moneyPage(w.deps, w.person.actor, all)).owedTowards).toBe(300)

    // Finance sees £53.00 in its bank: what arrived counts. Twice is once.
    const seen = { paymentId, amount: '53', onDay: '2026-11-25' }
    await Promise.all([1, 2].map(() => recordTransfer(w.deps, w.finance, personId, seen)))
    expect(await owes(w)).toBe(0)
    expect((await moneyPage(w.deps, w.person.actor, all)).owedTowards).toBe(0)
    expect(await noticesOf(w, 'payment.contribution_received')).toHaveLength(1)
    expect(await receiptPage(w.deps, w.person.actor, paymentId)).toMatchObject({
      pence: 5_300,
      how: 'Bank transfer',
      day: 'Wednesday 25 November 2026',
    })
    expect(
      (await refusal(endTransfer(w.deps, w.person.actor, { personId, paymentId }, 'cancelled'))).code,
    ).toBe('STALE_STATE')
    expect(await fundAccounts(w)).toEqual(accounts)
    expect(await faults()).toEqual([])
  })

  test('that nobody announced is written down, too, and what is over counts for later weeks', async () => {
    const w = await owing()
    const form = await recordPage(w.deps, w.finance, w.person.personId)
    await recordTransfer(w.deps, w.finance, w.person.personId, {
      paymentId: form.newId,
      amount: '60.00',
      onDay: '2026-11-24',
    })
    expect(await towardsPage(w.deps, w.person.actor, latest)).toMatchObject({
      owed: 0,
      credit: 700,
      collectable: 0,
    })
    expect((await towardsCsv(w.deps, w.person.actor)).csv.split('\r\n')[1]).toBe(
      '2026-11-09,26.50,32.40,26.50,0.00,0.00',
    )
    expect(await faults()).toEqual([])
  })

  test('that never came is owed as before; one that came back is owed again; both are told', async () => {
    const w = await owing()
    const { personId } = w.person
    await beginTransfer(w.deps, w.person.actor, { personId, amount: '53' })
    const announced = (await recordPage(w.deps, w.finance, personId)).announced[0]
    await sayNotArrived(w.deps, w.finance, personId, announced?.id ?? '')
    expect((await refusal(sayNotArrived(w.deps, w.finance, personId, announced?.id ?? ''))).code).toBe(
      'STALE_STATE',
    )
    expect(await noticesOf(w, 'payment.contribution_failed')).toEqual([
      '£53.00 did not arrive. It did not arrive. What you owe is as it was before. Your support goes on.',
    ])

    const id = newId()
    const arrived = {
      newId: id,
      personId,
      councilId: w.councilId,
      pence: pence(5_300),
      onDay: Temporal.PlainDate.from('2026-11-20'),
    }
    await w.deps.db.tx((tx) => recordContributions(tx, w.deps.clock.now(), actor, [arrived]))
    expect(await owes(w)).toBe(0)
    const back = [{ id, failure: 'indemnity_claim' as const }]
    for (const moved of [1, 0])
      expect(
        await w.deps.db.tx((tx) => markContributionsReturned(tx, w.deps.clock.now(), actor, back)),
      ).toHaveLength(moved)
    expect(await w.deps.db.tx((tx) => markContributionsFailed(tx, w.deps.clock.now(), back))).toEqual([])
    expect(await owes(w)).toBe(5_300)
    expect((await noticesOf(w, 'payment.contribution_returned'))[0]).toContain('Direct Debit guarantee')
    expect(
      (await towardsPage(w.deps, w.person.actor, latest)).payments.map(({ words, why }) => [
        words,
        why !== null,
      ]),
    ).toEqual([
      ['Came back', true],
      ['Did not arrive', true],
    ])
    expect((await refusal(receiptPage(w.deps, w.person.actor, id))).code).toBe('NOT_FOUND')
    expect(await faults()).toEqual([])
  })

  test.each([
    ['20 digits', { amount: '12345678901234567890' }],
    ['nothing', { amount: '0' }],
    ['a minus', { amount: '-1' }],
    ['three decimals', { amount: '1.005' }],
    ['more than any transfer', { amount: '100000.01' }],
    ['tomorrow', { onDay: '2026-11-27' }],
    ['three years ago', { onDay: '2023-11-25' }],
    ['no day', { onDay: '' }],
    ['a day that is none', { onDay: '2026-11-31' }],
  ])('of %s is refused', async (_name, changes) => {
    const w = (made ??= await owing())
    house().clock.set('2026-11-26T10:00:00Z')
    const input = { paymentId: newId(), amount: '5.00', onDay: '2026-11-25', ...changes }
    expect(await refusal(recordTransfer(w.deps, w.finance, w.person.personId, input))).toBeInstanceOf(Error)
    expect(await w.deps.db.prisma.contributionPayment.count({ where: { personId: w.person.personId } })).toBe(
      0,
    )
  })
  let made: PayingWorld | null = null

  test('of somebody else, or by somebody who may not, is not there', async () => {
    const [w, other] = [await owing(), await makePayingWorld(house().deps)]
    const { personId } = w.person
    await beginTransfer(w.deps, w.person.actor, { personId, amount: '53' })
    const paymentId = (await payPage(w.deps, w.person.actor)).announced?.id ?? ''
    const seen = { paymentId, amount: '53', onDay: '2026-11-25' }
    expect((await refusal(recordTransfer(w.deps, other.finance, personId, seen))).code).toBe('NOT_FOUND')
    expect((await refusal(recordTransfer(w.deps, other.finance, other.person.personId, seen))).code).toBe(
      'NOT_FOUND',
    )
    expect(
      (
        await refusal(
          endTransfer(w.deps, other.person.actor, { personId: other.person.personId, paymentId }, 'sent'),
        )
      ).code,
    ).toBe('NOT_FOUND')
    expect((await refusal(payPage(w.deps, await supporter(w, ['see_money'])))).code).toBe('FORBIDDEN')
    expect((await refusal(towardsPage(w.deps, await supporter(w, ['book']), latest))).code).toBe('FORBIDDEN')
    expect((await towardsPage(w.deps, await supporter(w, ['see_money']), latest)).person.self).toBe(false)
    expect((await refusal(towardsPage(w.deps, w.provider.owner, latest))).code).toBe('NOT_FOUND')
  })
})

describe('what the person says is wrong', () => {
  test('is not collected until finance has answered with a reason', async () => {
    const w = await owing()
    const { personId } = w.person
    const week = '2026-11-09'
    expect((await wrongPage(w.deps, w.person.actor, week)).week).toMatchObject({ charged: 2_650 })
    const said = { personId, week, reason: 'Nobody came.' }
    await Promise.all([
      raiseDispute(w.deps, w.person.actor, said),
      raiseDispute(w.deps, w.person.actor, said),
    ])
    const mine = await towardsPage(w.deps, w.person.actor, latest)
    expect(mine).toMatchObject({ owed: 5_300, disputed: 2_650, collectable: 2_650 })
    expect(mine.weeks.map(({ questioned }) => questioned)).toEqual([false, true])
    expect(
      await w.deps.db.prisma.notice.count({
        where: { councilId: w.councilId, kind: 'contribution.questioned' },
      }),
    ).toBe(1)
    const list = await contributionsPage(w.deps, w.finance, { name: '', show: 'questions', page: null })
    expect(list.rows).toMatchObject([{ questions: 1, owed: 5_300 }])
    const [question] = (await personContributionPage(w.deps, w.finance, personId, latest)).questions
    const id = question?.id ?? ''
    expect((await questionPage(w.deps, w.finance, personId, id)).question).toMatchObject({
      unpaid: 2_650,
      reason: 'Nobody came.',
    })

    for (const bad of [
      { outcome: 'stands' as const, decision: ' ' },
      { outcome: 'maybe' as 'stands', decision: 'x' },
    ])
      expect(await refusal(answerDispute(w.deps, w.finance, id, bad))).toBeInstanceOf(Error)
    await answerDispute(w.deps, w.finance, id, {
      outcome: 'stands',
      decision: 'The visit log shows that she came.',
    })
    expect(
      (await refusal(answerDispute(w.deps, w.finance, id, { outcome: 'let_go', decision: 'x' }))).code,
    ).toBe('STALE_STATE')
    expect(await towardsPage(w.deps, w.person.actor, latest)).toMatchObject({
      owed: 5_300,
      disputed: 0,
      collectable: 5_300,
    })
    expect((await noticesOf(w, 'budget.contribution_answered'))[0]).toContain(
      '“The visit log shows that she came.”',
    )
  })

  test('and is let go: the person need not pay it, and no fund moves', async () => {
    const w = await owing()
    const { personId } = w.person
    const accounts = await fundAccounts(w)
    await raiseDispute(w.deps, await supporter(w, ['see_money', 'message']), {
      personId,
      week: '',
      reason: 'Too much for her.',
    })
    const [question] = (await personContributionPage(w.deps, w.finance, personId, latest)).questions
    await answerDispute(w.deps, w.finance, question?.id ?? '', { outcome: 'let_go', decision: 'We agree.' })
    expect(await owes(w)).toBe(0)
    expect(await fundAccounts(w)).toEqual(accounts)
    expect(await faults()).toEqual([])
    // Nothing of it is unpaid now.
    await raiseDispute(w.deps, w.person.actor, { personId, week: '2026-11-16', reason: 'This one, too.' })
    const open = (await personContributionPage(w.deps, w.finance, personId, latest)).questions.find(
      ({ state }) => state === 'open',
    )
    expect(
      (await refusal(answerDispute(w.deps, w.finance, open?.id ?? '', { outcome: 'let_go', decision: 'x' })))
        .code,
    ).toBe('INVALID')
  })

  test('a week that was not charged, nothing at all, and somebody who may not write are refused', async () => {
    const w = await owing()
    const { personId } = w.person
    const reason = 'It is wrong.'
    for (const week of ['2026-11-10', '2026-11-02', '2030-01-07'])
      expect((await refusal(raiseDispute(w.deps, w.person.actor, { personId, week, reason }))).code).toBe(
        'NOT_FOUND',
      )
    expect(
      (await refusal(raiseDispute(w.deps, await supporter(w, ['see_money']), { personId, week: '', reason })))
        .code,
    ).toBe('FORBIDDEN')
    expect(
      (await refusal(raiseDispute(w.deps, await supporter(w, ['message']), { personId, week: '', reason })))
        .code,
    ).toBe('FORBIDDEN')
    const other = await makePayingWorld(house().deps)
    expect(
      (await refusal(raiseDispute(w.deps, other.person.actor, { personId, week: '', reason }))).code,
    ).toBe('STALE_STATE')
    expect(
      (
        await refusal(
          raiseDispute(w.deps, other.person.actor, { personId: other.person.personId, week: '', reason }),
        )
      ).code,
    ).toBe('INVALID')
    expect((await refusal(wrongPage(w.deps, w.person.actor, '2026-11-02'))).code).toBe('NOT_FOUND')
  })
})

describe('letting go', () => {
  test('of a part, with a reason, by finance whose second step is fresh; sent twice it is done once', async () => {
    const w = await owing()
    const { personId } = w.person
    const { writeOffId } = await letGoPage(w.deps, w.finance, personId)
    const input = { writeOffId, amount: '20.00', reason: 'It costs more to ask for it.' }
    expect(
      (await refusal(letGo(w.deps, { ...w.finance, secondStepFresh: false }, personId, input))).code,
    ).toBe('SECOND_STEP')
    expect((await refusal(letGo(w.deps, w.person.actor, personId, input))).code).toBe('NOT_FOUND')
    expect(await refusal(letGo(w.deps, w.finance, personId, { ...input, amount: '53.01' }))).toMatchObject({
      details: { fields: { amount: ['Only £53.00 is owed. Enter that or less'] } },
    })
    await Promise.all([letGo(w.deps, w.finance, personId, input), letGo(w.deps, w.finance, personId, input)])
    expect(await owes(w)).toBe(3_300)
    // The oldest week is let go first.
    const mine = await towardsPage(w.deps, w.person.actor, latest)
    expect(mine.weeks.map(({ owed }) => owed)).toEqual([2_650, 650])
    expect(mine.letGo).toMatchObject([{ pence: 2_000, reason: 'It costs more to ask for it.' }])
    expect(await faults()).toEqual([])
  })
})

test('arrears are told by age, on the list and to the person', async () => {
  const w = await owing()
  house().clock.set('2027-01-10T10:00:00Z')
  // The weeks ended on 15 and 22 November: 56 and 49 days ago.
  const mine = await towardsPage(w.deps, w.person.actor, latest)
  expect(mine.byAge.map(({ pence: amount }) => amount)).toEqual([0, 5_300, 0])
  house().clock.set('2027-01-11T10:00:00Z')
  const list = await contributionsPage(w.deps, w.finance, { name: '', show: 'owed', page: null })
  expect(list.rows).toMatchObject([{ byAge: { to28: 0, to56: 2_650, over56: 2_650 }, owed: 5_300 }])
  expect(list.ages.map(({ pence: amount }) => amount)).toEqual([0, 2_650, 2_650])
  for (const bad of [{ page: '0' }, { page: '2' }, { page: 'x' }, { show: 'everybody' }])
    expect(
      (await refusal(contributionsPage(w.deps, w.finance, { name: '', show: 'all', page: null, ...bad })))
        .code,
    ).toBe('NOT_FOUND')
  expect((await contributionsPage(w.deps, w.finance, { name: '%', show: null, page: null })).rows).toEqual([])
  expect(
    (await contributionsPage(w.deps, w.finance, { name: 'ada t', show: null, page: null })).rows,
  ).toHaveLength(1)
})

test('where people pay to is finance’s to say, and shows to those who pay', async () => {
  const w = await owing()
  expect((await payPage(w.deps, w.person.actor)).payTo).toBeNull()
  const input = { councilId: w.councilId, name: 'A council', sortCode: '00-00-01', account: '1234 5678' }
  for (const bad of [{ sortCode: '12345' }, { account: '123456789' }, { name: ' ' }, { account: '1234567x' }])
    expect(await refusal(savePayTo(w.deps, w.finance, { ...input, ...bad }))).toBeInstanceOf(Error)
  await savePayTo(w.deps, w.finance, input)
  await savePayTo(w.deps, w.finance, input)
  expect((await payToPage(w.deps, w.finance)).councils).toMatchObject([
    { account: { sortCode: '000001', account: '12345678' } },
  ])
  expect((await payPage(w.deps, w.person.actor)).payTo).toEqual({
    name: 'A council',
    sortCode: '00-00-01',
    account: '12345678',
  })
  const other = await makePayingWorld(house().deps)
  expect((await refusal(savePayTo(w.deps, other.finance, input))).code).toBe('NOT_FOUND')
})
