import { beforeEach, describe, expect, test } from 'vitest'
import type { Owner } from '#services/bank/bank.policy.ts'
import { bankPage } from '#services/bank/bank-page.server.ts'
import { decideBankLine } from '#services/bank/decide-bank-line.server.ts'
import { importBankFile } from '#services/bank/import-bank-file.server.ts'
import { type Scope, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { personCharged } from '#services/ledger/templates.rules.ts'
import { markReturned, markSent, startPayments } from '#services/settlement/payments.server.ts'
import { type BookingWorld, balances, makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const now = () => house().deps.clock.now()

/** A person who owes £27.50 for 9 November and has begun to pay it; the clock stands on that day. */
async function owing(dates: readonly string[] = ['2026-11-09']) {
  house().clock.set(TEST_NOW)
  const w = await makeBookingWorld(house().deps)
  await house().deps.db.prisma.allocation.updateMany({
    where: { personId: w.person.personId },
    data: { payBy: 'bank_transfer' },
  })
  await settledVisits(house(), w, dates)
  const due = await house().deps.db.prisma.payable.findMany({
    where: { personId: w.person.personId },
    orderBy: { onDay: 'asc' },
  })
  const started = await house().deps.db.tx((tx) =>
    startPayments(
      tx,
      now(),
      system('test'),
      due.map(({ id }) => ({
        method: 'bank_transfer' as const,
        payer: { kind: 'person' as const, id: w.person.personId },
        providerId: w.provider.providerId,
        personId: w.person.personId,
        payableIds: [id],
      })),
    ),
  )
  const [first] = started
  if (!first) throw new Error('nothing was begun')
  return { w, payment: first, payments: started }
}
const ofPerson = (w: BookingWorld): Owner => ({ kind: 'person', id: w.person.personId })
const csv = (...lines: string[]) => ['Date,Description,Amount', ...lines].join('\n')
const bring = (w: BookingWorld, content: string, actor = w.person.actor) =>
  importBankFile(house().deps, actor, {
    owner: ofPerson(w),
    allocationId: null,
    fileName: 'November.csv',
    content,
  })
const stateOf = async (id: string) =>
  (await house().deps.db.prisma.payment.findUniqueOrThrow({ where: { id } })).state
const linesOf = (w: BookingWorld) =>
  house().deps.db.prisma.bankLine.findMany({
    where: { ownerId: w.person.personId },
    orderBy: [{ bookedOn: 'asc' }, { id: 'asc' }],
  })
const acting = async (w: BookingWorld, scopes: Scope[]) =>
  userActor(await makeUser(house().deps), {
    actingFor: {
      personId: w.person.personId,
      personName: 'Ada',
      authorityId: newId(),
      type: 'nominated_person',
      scopes,
      organisationName: null,
    },
  })

describe('a payment that went out', () => {
  test('is paid when the bank says so: reference and amount to the penny', async () => {
    const { w, payment } = await owing()
    const brought = await bring(
      w,
      csv(`10/11/2026,FPO WEAVERS ${payment.reference},-27.50`, '10/11/2026,BAKERY,-3.20'),
    )
    expect(brought).toMatchObject({ rows: 2, matched: 1, suggested: 0, unmatched: 1, known: 0, refused: [] })
    expect(await stateOf(payment.id)).toBe('confirmed')
    expect(
      await house().deps.db.prisma.payable.findFirst({ where: { paymentId: payment.id } }),
    ).toMatchObject({ state: 'paid' })
    expect(await faults()).toEqual([])
  })

  test('the same file twice changes nothing, and a line of two files is one', async () => {
    const { w, payment } = await owing()
    const november = csv(
      `10/11/2026,${payment.reference},-27.50`,
      '11/11/2026,BAKERY,-3.20',
      '11/11/2026,BAKERY,-3.20',
    )
    await bring(w, november)
    const again = await bring(w, november)
    expect(again).toMatchObject({ rows: 3, matched: 0, suggested: 0, unmatched: 0, known: 3 })
    // A longer file with the same days: one more of the equal lines is new, and the payment is not paid again.
    const longer = await bring(
      w,
      csv(
        `10/11/2026,${payment.reference.toLowerCase()},-27.50`,
        ...Array<string>(3).fill('11/11/2026,Bakery,-3.20'),
      ),
    )
    expect(longer).toMatchObject({ rows: 4, matched: 0, known: 3, unmatched: 1 })
    expect(await linesOf(w)).toHaveLength(4)
    expect(await faults()).toEqual([])
  })

  test('one file brought twice at the same moment counts once', async () => {
    const { w, payment } = await owing()
    const file = csv(`10/11/2026,${payment.reference},-27.50`)
    const both = await Promise.all([bring(w, file), bring(w, `${file}\n`), bring(w, file)])
    expect(both.reduce((sum, one) => sum + one.matched, 0)).toBe(1)
    expect(await linesOf(w)).toHaveLength(1)
    expect(await faults()).toEqual([])
  })

  test('a second line with its reference is not paid twice, and says so', async () => {
    const { w, payment } = await owing()
    await bring(w, csv(`10/11/2026,${payment.reference},-27.50`))
    await bring(w, csv(`10/11/2026,${payment.reference},-27.50`, `11/11/2026,${payment.reference},-27.50`))
    expect((await linesOf(w)).map(({ state, why }) => [state, why.includes('paid twice')])).toEqual([
      ['matched', false],
      ['unmatched', true],
    ])
    expect(await faults()).toEqual([])
  })

  test('without a reference it is a question; yes makes it paid, and a second yes is no harm', async () => {
    const { w, payment } = await owing()
    await house().deps.db.tx((tx) => markSent(tx, now(), system('test'), [payment.id]))
    expect(await bring(w, csv('10/11/2026,A PROVIDER,-27.50'))).toMatchObject({ matched: 0, suggested: 1 })
    expect(await stateOf(payment.id)).toBe('sent')
    const page = await bankPage(house().deps, w.person.actor, ofPerson(w), { state: null, page: null })
    expect(page).toMatchObject({
      state: 'suggested',
      counts: { suggested: 1, unmatched: 0, matched: 0, left_out: 0 },
      lines: [
        {
          day: 'Tue 10 Nov',
          subject: `Payment to A provider, £27.50, reference ${payment.reference}`,
          why: expect.stringContaining('The reference') as unknown,
          choices: [],
        },
      ],
    })
    const lineId = page.lines[0]?.id ?? ''
    const press = () => decideBankLine(house().deps, w.person.actor, ofPerson(w), { press: 'accept', lineId })
    expect(await Promise.all([press(), press()])).toEqual(['matched', 'matched'])
    expect(await stateOf(payment.id)).toBe('confirmed')
    expect(await faults()).toEqual([])
    // A wrong yes is put right by the payment coming back.
    await house().deps.db.tx((tx) =>
      markReturned(tx, now(), system('test'), [{ id: payment.id, failure: 'returned' }]),
    )
    expect(await faults()).toEqual([])
  })

  test('two that fit are never guessed; choosing one leaves the other', async () => {
    const { w, payments } = await owing(['2026-11-09', '2026-11-10'])
    const [one, two] = payments
    expect(await bring(w, csv('10/11/2026,A PROVIDER,-27.50'))).toMatchObject({ matched: 0, suggested: 1 })
    const [line] = await linesOf(w)
    const other = [one, two].find((payment) => payment?.id !== line?.subjectId)
    const page = await bankPage(house().deps, w.person.actor, ofPerson(w), { state: null, page: null })
    expect(page.lines[0]?.choices).toEqual([
      {
        value: `payment:${other?.id ?? ''}`,
        label: `Payment to A provider, £27.50, reference ${other?.reference ?? ''}`,
      },
    ])
    await decideBankLine(house().deps, w.person.actor, ofPerson(w), {
      press: 'choose',
      lineId: line?.id ?? '',
      subject: `payment:${other?.id ?? ''}`,
    })
    expect(await stateOf(other?.id ?? '')).toBe('confirmed')
    expect(await stateOf(line?.subjectId ?? '')).toBe('started')
    expect(await faults()).toEqual([])
  })

  test('two lines for one payment: the second finds it done', async () => {
    const { w, payment } = await owing()
    await bring(w, csv('10/11/2026,A PROVIDER,-27.50', '11/11/2026,A PROVIDER,-27.50'))
    const [one, two] = await linesOf(w)
    expect([one?.state, two?.state]).toEqual(['suggested', 'suggested'])
    const accept = (lineId = '') =>
      decideBankLine(house().deps, w.person.actor, ofPerson(w), { press: 'accept', lineId })
    await accept(one?.id)
    await expect(accept(two?.id)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await linesOf(w)).map(({ state }) => state)).toEqual(['matched', 'unmatched'])
    expect(await stateOf(payment.id)).toBe('confirmed')
    // The database itself keeps it so.
    await expect(
      house().deps.db.prisma.bankLine.update({
        where: { id: two?.id ?? '' },
        data: { state: 'matched', subjectType: 'payment', subjectId: payment.id },
      }),
    ).rejects.toThrow()
  })

  test('what it can never be is refused: another amount, money that came in, somebody else’s payment', async () => {
    const { w, payment } = await owing()
    const { payment: strangers } = await owing()
    house().clock.set('2026-11-12T10:00:00Z')
    await bring(
      w,
      csv('10/11/2026,A PROVIDER,-27.51', '11/11/2026,A PROVIDER,27.50', '12/11/2026,A PROVIDER,-27.50'),
    )
    const [less, came, right] = await linesOf(w)
    const choose = (lineId = '', id = payment.id) =>
      decideBankLine(house().deps, w.person.actor, ofPerson(w), {
        press: 'choose',
        lineId,
        subject: `payment:${id}`,
      })
    await expect(choose(less?.id)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(choose(came?.id)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(choose(right?.id, strangers.id)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect([await stateOf(payment.id), await stateOf(strangers.id)]).toEqual(['started', 'started'])
  })

  test('a line that is none of Kith’s is left out, and may still be chosen later', async () => {
    const { w, payment } = await owing()
    await bring(w, csv('10/11/2026,A PROVIDER,-27.50'))
    const [line] = await linesOf(w)
    const lineId = line?.id ?? ''
    for (let again = 0; again < 2; again += 1)
      expect(
        await decideBankLine(house().deps, w.person.actor, ofPerson(w), { press: 'leave_out', lineId }),
      ).toBe('left_out')
    await decideBankLine(house().deps, w.person.actor, ofPerson(w), {
      press: 'choose',
      lineId,
      subject: `payment:${payment.id}`,
    })
    await expect(
      decideBankLine(house().deps, w.person.actor, ofPerson(w), { press: 'leave_out', lineId }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await faults()).toEqual([])
  })
})

describe('money that came in', () => {
  async function expecting(expected: { dueOn: string; pence: number }[]) {
    const w = await makeBookingWorld(house().deps, { funds: [{ pence: 0, expected }] })
    return w
  }

  test('the instalment that is due arrives, with the day the bank says', async () => {
    const w = await expecting([
      { dueOn: '2026-11-02', pence: 42_000 },
      { dueOn: '2026-11-30', pence: 42_000 },
    ])
    expect(await bring(w, csv('01/11/2026,A COUNCIL,420.00'))).toMatchObject({ matched: 1 })
    expect(await balances(w)).toMatchObject({ funded: 42_000, available: 42_000 })
    const [first, next] = await house().deps.db.prisma.instalment.findMany({
      where: { allocationId: w.person.allocationIds[0] ?? '' },
      orderBy: { number: 'asc' },
    })
    expect(first).toMatchObject({ source: 'bank', arrivedPence: null })
    expect(first?.arrivedAt?.toISOString().slice(0, 10)).toBe('2026-11-01')
    expect(next?.arrivedAt).toBeNull()
    expect(await faults()).toEqual([])
  })

  test('another sum is asked about, and yes puts what came into the fund', async () => {
    const w = await expecting([{ dueOn: '2026-11-02', pence: 42_000 }])
    // 'A council' says nothing of its own: the name of the fund's reference does.
    await house().deps.db.prisma.fundingStream.updateMany({
      where: { allocations: { some: { personId: w.person.personId } } },
      data: { funder: 'Thornhaugh Council' },
    })
    expect(await bring(w, csv('02/11/2026,THORNHAUGH COUNCIL,400.00'))).toMatchObject({ suggested: 1 })
    const [line] = await linesOf(w)
    await decideBankLine(house().deps, w.person.actor, ofPerson(w), {
      press: 'accept',
      lineId: line?.id ?? '',
    })
    expect(await balances(w)).toMatchObject({ funded: 40_000, available: 40_000 })
    expect(
      await house().deps.db.prisma.instalment.findFirst({
        where: { allocationId: w.person.allocationIds[0] ?? '' },
      }),
    ).toMatchObject({ arrivedPence: 40_000, source: 'bank' })
    expect(await faults()).toEqual([])
  })
})

describe('other accounts', () => {
  test('a council’s file brings what people pay towards their care', async () => {
    const w = await makeBookingWorld(house().deps)
    const paymentId = newId()
    const { prisma } = house().deps.db
    await prisma.contributionWeek.create({
      data: {
        personId: w.person.personId,
        councilId: w.councilId,
        weekStartsOn: new Date('2026-10-26'),
        costPence: 5_300,
        assessedPence: 3_240,
        chargedPence: 3_240,
        updatedAt: new Date(TEST_NOW),
      },
    })
    await prisma.contributionPayment.create({
      data: {
        id: paymentId,
        reference: 'M4N5 PQ7R',
        personId: w.person.personId,
        councilId: w.councilId,
        pence: 3_240,
        method: 'transfer',
        startedAt: new Date('2026-11-01T10:00:00Z'),
      },
    })
    await house().deps.db.tx((tx) =>
      postJournals(tx, now(), system('test'), [
        personCharged(`charge:${newId()}`, w.person.personId, w.councilId, pence(3_240)),
      ]),
    )
    expect(await faults()).toEqual([])
    const finance = userActor(await makeUser(house().deps), {
      staff: [{ councilId: w.councilId, roles: ['finance'] }],
    })
    const owner: Owner = { kind: 'council', id: w.councilId }
    const file = {
      owner,
      allocationId: null,
      fileName: 'x.csv',
      content: csv('02/11/2026,A TEST M4N5PQ7R,32.40'),
    }
    expect(await importBankFile(house().deps, finance, file)).toMatchObject({ matched: 1 })
    expect(await prisma.contributionPayment.findUnique({ where: { id: paymentId } })).toMatchObject({
      state: 'confirmed',
    })
    expect(await faults()).toEqual([])
    const stale = { ...finance, secondStepFresh: false }
    await expect(importBankFile(house().deps, stale, file)).rejects.toMatchObject({ code: 'SECOND_STEP' })
    await expect(importBankFile(house().deps, w.person.actor, file)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('a holder’s file of one fund finds what they paid from it, and no other fund', async () => {
    const w = await makeBookingWorld(house().deps, {
      funds: [{ pence: 48_000, deployment: 'direct_payment_managed_account' }],
    })
    await settledVisits(house(), w, ['2026-11-09'])
    const { prisma } = house().deps.db
    const payable = await prisma.payable.findFirstOrThrow({ where: { personId: w.person.personId } })
    const [payment] = await house().deps.db.tx((tx) =>
      startPayments(tx, now(), system('test'), [
        {
          method: 'fund_holder',
          payer: { kind: 'fund_holder', id: payable.payerId },
          providerId: w.provider.providerId,
          personId: w.person.personId,
          payableIds: [payable.id],
        },
      ]),
    )
    const owner: Owner = { kind: 'fund_holder', id: payable.payerId }
    const member = (role: 'owner' | 'coordinator' | 'worker') =>
      userActor(newId(), { providers: [{ providerId: payable.payerId, memberId: newId(), role }] })
    const content = csv(`10/11/2026,${payment?.reference ?? ''},-27.50`)
    const file = (allocationId: string) => ({ owner, allocationId, fileName: 'x.csv', content })
    const coordinator = userActor(await makeUser(house().deps), {
      providers: [{ providerId: payable.payerId, memberId: newId(), role: 'coordinator' }],
    })
    await expect(
      importBankFile(house().deps, member('worker'), file(payable.allocationId)),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(importBankFile(house().deps, coordinator, file(newId()))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      importBankFile(house().deps, w.provider.owner, file(payable.allocationId)),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await importBankFile(house().deps, coordinator, file(payable.allocationId))).toMatchObject({
      matched: 1,
    })
    expect(await faults()).toEqual([])
  })

  test('a person’s file is for them and for a supporter who manages the money', async () => {
    const { w } = await owing()
    const file = csv('10/11/2026,BAKERY,-3.20')
    await expect(bring(w, file, await acting(w, ['see_money', 'book']))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await bring(w, file, await acting(w, ['see_money', 'manage_money']))).toMatchObject({
      unmatched: 1,
    })
    const { w: other } = await owing()
    await expect(bring(w, file, other.person.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const [line] = await linesOf(w)
    await expect(
      decideBankLine(house().deps, other.person.actor, ofPerson(other), {
        press: 'leave_out',
        lineId: line?.id ?? '',
      }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a file that is not as it should be', () => {
  test('bad lines are refused by their numbers; the good ones count all the same', async () => {
    const { w, payment } = await owing()
    const brought = await bring(
      w,
      csv(
        `10/11/2026,${payment.reference},-27.50`,
        '10/11/2026,X,-27.505',
        '10/11/2026,X,12345678901234567890',
        '10/11/2026,X,',
        '31/11/2026,X,5.00',
        '10/11/2026,"X,5.00',
        '10/11/2026,X',
      ),
    )
    expect(brought).toMatchObject({ rows: 1, matched: 1 })
    expect(brought.refused.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8])
    expect(await faults()).toEqual([])
  })

  test('a file without a heading asks for its columns, and is read as they are chosen', async () => {
    const { w, payment } = await owing()
    const content = `10/11/2026,${payment.reference},-27.50\n11/11/2026,BAKERY,-3.20\n`
    await expect(bring(w, content)).rejects.toMatchObject({
      code: 'INVALID',
      details: {
        facts: {
          columns: [{ number: 1, samples: ['10/11/2026', '11/11/2026'] }, { number: 2 }, { number: 3 }],
        },
      },
    })
    expect(await linesOf(w)).toEqual([])
    const chosen = {
      heading: false,
      date: 1,
      description: [2],
      amount: 3,
      moneyIn: null,
      moneyOut: null,
      plusIsOut: false,
    }
    const file = { owner: ofPerson(w), allocationId: null, fileName: '../../etc/passwd', content }
    await expect(
      importBankFile(house().deps, w.person.actor, { ...file, mapping: { ...chosen, date: 9 } }),
    ).rejects.toMatchObject({
      code: 'INVALID',
      details: { fields: { date: ['Choose the column with the date'] } },
    })
    expect(await importBankFile(house().deps, w.person.actor, { ...file, mapping: chosen })).toMatchObject({
      matched: 1,
    })
    const page = await bankPage(house().deps, w.person.actor, ofPerson(w), { state: 'matched', page: '1' })
    expect(page.files.map(({ name }) => name)).toEqual(['passwd'])
    await expect(
      bankPage(house().deps, w.person.actor, ofPerson(w), { state: 'matched', page: '7' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
