import { beforeEach, describe, expect, test } from 'vitest'
import { importBankFile } from '#services/bank/import-bank-file.server.ts'
import { changePayBy, howYouPayPage } from '#services/budgets/how-you-pay.server.ts'
import { type Scope, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { refund } from '#services/ledger/templates.rules.ts'
import { beginTransfer } from '#services/settlement/begin-transfer.server.ts'
import { payPage } from '#services/settlement/pay-page.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { sayTransfer } from '#services/settlement/say-transfer.server.ts'
import { transferPage } from '#services/settlement/transfer-page.server.ts'
import { type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** Somebody who pays by transfer and owes for two visits; the provider's details may be used. */
async function owing({ details = true } = {}) {
  const w = await makeBookingWorld(house().deps)
  const { prisma } = house().deps.db
  await changePayBy(house().deps, w.person.actor, {
    personId: w.person.personId,
    allocationId: w.person.allocationIds[0] ?? '',
    payBy: 'bank_transfer',
  })
  if (details)
    await prisma.payeeAccount.create({
      data: {
        providerId: w.provider.providerId,
        state: 'active',
        accountName: 'A Provider Ltd',
        sortCode: '000000',
        accountNumber: '00012345',
        proposedById: w.provider.owner.userId,
        proposedAt: new Date('2026-09-01T10:00:00Z'),
        calledBackAt: new Date('2026-09-02T10:00:00Z'),
        usableFrom: new Date('2026-09-05T10:00:00Z'),
      },
    })
  await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
  return w
}
const personId = (w: BookingWorld) => w.person.personId
const acting = async (w: BookingWorld, scopes: Scope[]) =>
  userActor(await makeUser(house().deps), {
    actingFor: { personId: personId(w), personName: 'Ada', authorityId: newId(), type: 'nominated_person', scopes, organisationName: null }, // prettier-ignore
  })
async function begin(w: BookingWorld, actor = w.person.actor) {
  const [owed] = (await payPage(house().deps, w.person.actor)).owed
  const { paymentId } = await beginTransfer(house().deps, actor, {
    personId: personId(w),
    providerId: w.provider.providerId,
    payableIds: owed?.lines.map(({ id }) => id) ?? [],
  })
  return paymentId
}
const say = (w: BookingWorld, paymentId: string, press: 'sent' | 'not_sent' | 'came_back') =>
  sayTransfer(house().deps, w.person.actor, { personId: personId(w), paymentId, press })
const bank = (w: BookingWorld, ...lines: string[]) =>
  importBankFile(house().deps, w.person.actor, {
    owner: { kind: 'person', id: personId(w) },
    allocationId: null,
    fileName: 'x.csv',
    content: ['Date,Description,Amount', ...lines].join('\n'),
  })

describe('paying by bank transfer', () => {
  test('what is owed, where to send it, sent, and paid only when the bank says so', async () => {
    const w = await owing()
    // Nothing pays it by itself.
    expect(await payVisits(house().deps, (await house().deps.db.prisma.visit.findMany({ where: { personId: personId(w) } })).map(({ id }) => id))).toEqual([]) // prettier-ignore
    const before = await payPage(house().deps, w.person.actor)
    expect(before).toMatchObject({
      mayPay: true,
      open: [],
      owed: [
        {
          bank: true,
          total: 5_500,
          lines: [
            { what: 'Morning help at home, Monday 9 November', pence: 2_750, failed: null },
            { what: 'Morning help at home, Tuesday 10 November', pence: 2_750 },
          ],
        },
      ],
    })
    const paymentId = await begin(w)
    const page = await transferPage(house().deps, w.person.actor, paymentId)
    expect(page).toMatchObject({
      pence: 5_500,
      payee: { name: 'A Provider Ltd', sortCode: '00-00-00', accountNumber: '00012345' },
      words: { state: 'Not sent yet' },
      presses: ['sent', 'not_sent'],
    })
    await say(w, paymentId, 'sent')
    await say(w, paymentId, 'sent')
    const sent = await transferPage(house().deps, w.person.actor, paymentId)
    expect(sent).toMatchObject({ paid: false, words: { state: 'Sent' }, presses: ['came_back'] })
    expect((await payPage(house().deps, w.person.actor)).owed).toEqual([])
    expect(await faults()).toEqual([])
    await bank(w, `10/11/2026,FPO ${page.reference},-55.00`)
    expect(await transferPage(house().deps, w.person.actor, paymentId)).toMatchObject({
      paid: true,
      words: { state: 'Paid' },
    })
    expect(await faults()).toEqual([])
  })

  test('not sent after all: due again, and it cannot be sent any more; money that left all the same finds its way', async () => {
    const w = await owing()
    const first = await begin(w)
    const { reference } = await transferPage(house().deps, w.person.actor, first)
    await say(w, first, 'not_sent')
    await say(w, first, 'not_sent')
    await expect(say(w, first, 'sent')).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await payPage(house().deps, w.person.actor)).owed[0]?.total).toBe(5_500)
    await bank(w, `10/11/2026,FPO ${reference},-55.00`)
    const [line] = await house().deps.db.prisma.bankLine.findMany({ where: { ownerId: personId(w) } })
    expect(line).toMatchObject({ state: 'unmatched', why: expect.stringContaining('called off') as unknown })
    expect(await faults()).toEqual([])
  })

  test('it came back, before and after the bank’s file: due again, and the provider is told', async () => {
    const w = await owing()
    const first = await begin(w)
    await say(w, first, 'sent')
    await say(w, first, 'came_back')
    const again = await payPage(house().deps, w.person.actor)
    expect(again.owed[0]?.lines[0]?.failed).toBe('The bank sent it back.')
    const second = await begin(w)
    const { reference } = await transferPage(house().deps, w.person.actor, second)
    await bank(w, `10/11/2026,${reference},-55.00`)
    await say(w, second, 'came_back')
    await say(w, second, 'came_back')
    expect((await transferPage(house().deps, w.person.actor, second)).words.state).toBe('It came back')
    expect(await house().deps.db.prisma.notice.count({ where: { providerId: w.provider.providerId, kind: 'payment.returned' } })).toBe(1) // prettier-ignore
    expect(await faults()).toEqual([])
  })

  test('money that a provider gives back is set against what is due; the same again meets it', async () => {
    const w = await owing()
    const { prisma } = house().deps.db
    const [visit] = await prisma.visit.findMany({
      where: { personId: personId(w) },
      orderBy: { startsAt: 'asc' },
    })
    const journal = await prisma.ledgerJournal.findUniqueOrThrow({
      where: { key: `settle:${visit?.id ?? ''}` },
    })
    const refundId = newId()
    await house().deps.db.tx(async (tx) => {
      await postJournals(tx, house().deps.clock.now(), system('test'), [
        refund(`refund:${refundId}`, journal.id, w.provider.providerId, [
          {
            allocationId: w.person.allocationIds[0] ?? '',
            bookingId: visit?.bookingId ?? '',
            visitId: visit?.id ?? '',
            amount: pence(2_750),
            payer: { kind: 'person', id: personId(w) },
            allocationEnded: false,
          },
        ]),
      ])
      await tx.refund.create({
        data: {
          id: refundId,
          visitId: visit?.id ?? '',
          personId: personId(w),
          providerId: w.provider.providerId,
          pence: 2_750,
          state: 'decided',
          reason: 'x',
          askedAt: new Date(),
          decidedAt: new Date(),
          decidedById: w.provider.owner.userId,
        },
      })
      await tx.payable.create({
        data: {
          refundId,
          visitId: visit?.id ?? '',
          bookingId: visit?.bookingId ?? '',
          allocationId: w.person.allocationIds[0] ?? '',
          personId: personId(w),
          providerId: w.provider.providerId,
          payerKind: 'person',
          payerId: personId(w),
          pence: -2_750,
          onDay: new Date('2026-11-09'),
          createdAt: new Date(),
        },
      })
    })
    const [owed] = (await payPage(house().deps, w.person.actor)).owed
    expect(owed).toMatchObject({ total: 2_750 })
    const pair = owed?.lines.filter(({ what }) => what.includes('9 November')).map(({ id }) => id) ?? []
    expect(pair).toHaveLength(2)
    expect(
      await beginTransfer(house().deps, w.person.actor, {
        personId: personId(w),
        providerId: w.provider.providerId,
        payableIds: pair,
      }),
    ).toMatchObject({ setOff: true })
    expect((await payPage(house().deps, w.person.actor)).owed[0]?.total).toBe(2_750)
    expect(await faults()).toEqual([])
  })

  test('without details that may be used nothing is begun; nor with nothing chosen, nor twice', async () => {
    const w = await owing({ details: false })
    expect((await payPage(house().deps, w.person.actor)).owed[0]?.bank).toBe(false)
    await expect(begin(w)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    const { prisma } = house().deps.db
    await prisma.payeeAccount.create({
      data: {
        providerId: w.provider.providerId,
        state: 'active',
        accountName: 'A Provider Ltd',
        sortCode: '000000',
        accountNumber: '00012345',
        proposedById: w.provider.owner.userId,
        proposedAt: new Date('2026-11-09T10:00:00Z'),
        calledBackAt: new Date('2026-11-09T10:00:00Z'),
        // Still cooling off.
        usableFrom: new Date('2026-11-30T10:00:00Z'),
      },
    })
    await expect(begin(w)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    house().clock.set('2026-12-01T10:00:00Z')
    await expect(
      beginTransfer(house().deps, w.person.actor, {
        personId: personId(w),
        providerId: w.provider.providerId,
        payableIds: [],
      }),
    ).rejects.toMatchObject({ name: 'ZodError' })
    const [owed] = (await payPage(house().deps, w.person.actor)).owed
    const both = await Promise.allSettled(
      [0, 1].map(() =>
        beginTransfer(house().deps, w.person.actor, {
          personId: personId(w),
          providerId: w.provider.providerId,
          payableIds: owed?.lines.map(({ id }) => id) ?? [],
        }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await faults()).toEqual([])
  })

  test('is for the person, and for a supporter who manages the money', async () => {
    const w = await owing()
    const seeing = await acting(w, ['see_money', 'book'])
    expect(await payPage(house().deps, seeing)).toMatchObject({ mayPay: false })
    await expect(begin(w, seeing)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(payPage(house().deps, await acting(w, ['book']))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const paymentId = await begin(w, await acting(w, ['see_money', 'manage_money']))
    expect((await transferPage(house().deps, seeing, paymentId)).presses).toEqual([])
    const { person: other } = await makeBookingWorld(house().deps)
    await expect(transferPage(house().deps, other.actor, paymentId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      sayTransfer(house().deps, other.actor, { personId: other.personId, paymentId, press: 'sent' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('how a fund pays', () => {
  test('can be chosen where the person pays from their own account; a card’s fund is as it is', async () => {
    const w = await makeBookingWorld(house().deps, {
      funds: [
        { pence: 1_000 },
        { pence: 1_000, deployment: 'direct_payment_card' },
        { pence: 1_000, deployment: 'council_managed' },
      ],
    })
    const [bankFund, cardFund, council] = w.person.allocationIds
    const page = await howYouPayPage(house().deps, w.person.actor)
    expect(page.funds.map(({ id, fixed }) => [id, fixed]).sort()).toEqual([[bankFund, false], [cardFund, true]].sort()) // prettier-ignore
    const change = (allocationId = '', payBy = 'card_each_time', actor = w.person.actor) =>
      changePayBy(house().deps, actor, {
        personId: personId(w),
        allocationId,
        payBy: payBy as 'card_each_time',
      })
    await change(bankFund)
    await expect(change(cardFund)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(change(council)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(change(bankFund, 'prepaid_card')).rejects.toMatchObject({ name: 'ZodError' })
    await expect(change(bankFund, 'saved_card', await acting(w, ['see_money']))).rejects.toMatchObject({ code: 'FORBIDDEN' }) // prettier-ignore
    await change(bankFund, 'saved_card', await acting(w, ['manage_money']))
    expect(await house().deps.db.prisma.notice.count({ where: { personId: personId(w), kind: 'payment.pay_by_changed' } })).toBe(1) // prettier-ignore
  })
})
