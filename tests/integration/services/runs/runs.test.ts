import { beforeEach, describe, expect, test } from 'vitest'
import { refund } from '#services/ledger/templates.rules.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { issueInvoices } from '#services/invoicing/issue-invoices.server.ts'
import { numberWords } from '#services/invoicing/numbers.rules.ts'
import { duePage, dueCsv } from '#services/runs/due-page.server.ts'
import { exportColumnsPage, saveExportColumns } from '#services/runs/export-columns.server.ts'
import { makeRun } from '#services/runs/make-run.server.ts'
import { abandonRun, approveRun, submitRun } from '#services/runs/move-run.server.ts'
import { recordRestPaid, recordResult, recordResultFile } from '#services/runs/record-results.server.ts'
import { remittanceCsv, remittancePage, remittancesPage } from '#services/runs/remittances-page.server.ts'
import { newRunPage, runPage, runsPage } from '#services/runs/runs-page.server.ts'
import { markRunSent, takeRunFile } from '#services/runs/send-run.server.ts'
import { makeBilling } from '#tests/factories/billing.ts'
import {
  type CouncilWorld,
  anotherPerson,
  day,
  makeCouncilWorld,
  makeFinance,
  makePayee,
} from '#tests/factories/council-pays.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeCouncil, makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** Two people of one council with settled visits: £55.00 and £27.50 due to one provider. */
async function twoPeople() {
  const w = await makeCouncilWorld(house().deps)
  const other = await anotherPerson(w)
  const mine = await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
  house().clock.set(TEST_NOW)
  const theirs = await settledVisits(house(), { ...w, person: other }, ['2026-11-11'])
  house().clock.set('2026-11-16T09:00:00Z')
  return { w, other, visitIds: [...mine, ...theirs] }
}
const make = (w: CouncilWorld, untilDay = '2026-11-16', actor = w.maker) =>
  makeRun(w.deps, actor, { councilId: w.councilId, untilDay, providerIds: [w.provider.providerId] })
async function sentRun(w: CouncilWorld) {
  const { runId } = await make(w)
  await submitRun(w.deps, w.maker, runId)
  await approveRun(w.deps, w.approver, runId)
  const { csv } = await takeRunFile(w.deps, w.maker, runId)
  await markRunSent(w.deps, w.maker, runId)
  const page = await runPage(w.deps, w.maker, { runId, page: null, show: null })
  return { runId, csv, lines: page.lines }
}
const stateOf = async (w: CouncilWorld, runId: string) =>
  (await runPage(w.deps, w.maker, { runId, page: null, show: null })).state
const payables = (w: CouncilWorld) =>
  w.deps.db.prisma.payable.findMany({
    where: { providerId: w.provider.providerId },
    orderBy: [{ onDay: 'asc' }, { id: 'asc' }],
  })

test('an invoice has the same number in the payment file, on the remittance and on itself', async () => {
  const { w } = await twoPeople()
  await makeBilling(w.deps, w.provider.providerId)
  await issueInvoices(w.deps)
  const issued = await w.deps.db.prisma.invoice.findMany({
    where: { providerId: w.provider.providerId },
    orderBy: { number: 'asc' },
  })
  const numbers = issued.map(numberWords)
  expect(numbers).toEqual(['TST-0001', 'TST-0002'])
  const { csv, lines } = await sentRun(w)
  for (const { paymentId } of lines) {
    const page = await remittancePage(w.deps, w.provider.owner, paymentId)
    for (const { invoice } of page.visits) expect(numbers).toContain(invoice)
  }
  for (const number of numbers) expect(csv).toContain(`,${number},`)
})

describe('a payment run', () => {
  test('goes from due to paid: made, approved by somebody else, its file taken, sent, results by hand and by file', async () => {
    const { w } = await twoPeople()
    expect(await duePage(w.deps, w.maker, { council: null, show: null, page: null })).toMatchObject({
      total: { payments: 2, pence: 8_250 },
      payable: { payments: 2, pence: 8_250 },
      blocked: { payments: 0 },
      oldest: 7,
    })
    const made = await make(w)
    expect(made).toMatchObject({ number: 1, lines: 2, total: 8_250 })
    expect(await faults()).toEqual([])
    await submitRun(w.deps, w.maker, made.runId)

    const maker = await refusal(approveRun(w.deps, w.maker, made.runId))
    expect([maker.code, maker.publicMessage]).toEqual(['FORBIDDEN', expect.stringMatching(/somebody else/)])
    await expect(
      house().asOwner(
        `update payment_run set state = 'approved', approved_by_id = made_by_id where id = $1`,
        [made.runId],
      ),
    ).rejects.toThrow(/maker_is_not_approver/)
    expect((await refusal(takeRunFile(w.deps, w.maker, made.runId))).code).toBe('STALE_STATE')
    await approveRun(w.deps, w.approver, made.runId)

    expect((await refusal(markRunSent(w.deps, w.maker, made.runId))).publicMessage).toMatch(
      /Take the file first/,
    )
    const { csv } = await takeRunFile(w.deps, w.maker, made.runId)
    const rows = csv.trimEnd().split('\r\n')
    expect(rows[0]).toBe(
      '\uFEFFSupplier,Supplier name,Order,Cost code,Case,Invoice,Reference,From,To,Net,Gross',
    )
    expect(rows).toHaveLength(3)
    expect(
      rows.some((row) => row.startsWith(`${w.supplierNumber},A provider,PO-`) && row.endsWith('55.00,55.00')),
    ).toBe(true)
    await markRunSent(w.deps, w.maker, made.runId)
    expect((await refusal(markRunSent(w.deps, w.maker, made.runId))).code).toBe('STALE_STATE')
    expect((await payables(w)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
    expect(await faults()).toEqual([])
    const told = await w.deps.db.prisma.notice.findMany({
      where: { providerId: w.provider.providerId, kind: 'payment.sent' },
    })
    expect(told.map(({ title }) => title)).toEqual(['A council has sent you £82.50'])

    const { lines } = await runPage(w.deps, w.maker, { runId: made.runId, page: null, show: null })
    const [first, second] = lines
    await recordResult(w.deps, w.maker, { runId: made.runId, paymentId: first?.paymentId ?? '', outcome: 'failed', failure: 'account_closed' }) // prettier-ignore
    expect(await stateOf(w, made.runId)).toBe('sent')
    const file = `Reference,Result,Amount\n${second?.reference ?? ''},paid,${((second?.pence ?? 0) / 100).toFixed(2)}\n`
    expect(await recordResultFile(w.deps, w.maker, { runId: made.runId, text: file })).toEqual({ recorded: 1, already: 0, problems: [] }) // prettier-ignore
    expect(await stateOf(w, made.runId)).toBe('finished')
    expect(await recordResultFile(w.deps, w.maker, { runId: made.runId, text: file })).toEqual({ recorded: 0, already: 1, problems: [] }) // prettier-ignore
    expect(await faults()).toEqual([])

    // What did not arrive is due again, and goes into the next run.
    const news = await w.deps.db.prisma.notice.findMany({
      where: { kind: { in: ['payment.failed', 'money.payment_failed'] }, OR: [{ providerId: w.provider.providerId }, { councilId: w.councilId }] }, // prettier-ignore
      orderBy: { kind: 'asc' },
    })
    expect(news.map(({ kind }) => kind)).toEqual(['money.payment_failed', 'payment.failed'])
    const again = await make(w)
    expect(again).toMatchObject({ number: 2, lines: 1, total: first?.pence })
    expect(await runsPage(w.deps, w.maker, null)).toMatchObject({
      runs: [
        { number: 2, state: 'draft' },
        { number: 1, state: 'finished', failed: 1 },
      ],
    })
    expect(await faults()).toEqual([])
  })

  test('given up at any time before it was sent makes all of it due again', async () => {
    const { w } = await twoPeople()
    for (const step of [0, 1, 2]) {
      const { runId } = await make(w)
      if (step > 0) await submitRun(w.deps, w.maker, runId)
      if (step > 1) await approveRun(w.deps, w.approver, runId)
      expect((await refusal(abandonRun(w.deps, w.approver, runId, { note: '' }))).code).toBe('INVALID')
      await abandonRun(w.deps, w.approver, runId, { note: 'Wrong month.' })
      expect((await payables(w)).every(({ state }) => state === 'due')).toBe(true)
      expect((await refusal(submitRun(w.deps, w.maker, runId))).code).toBe('STALE_STATE')
    }
    const { runId } = await sentRun(w)
    expect((await refusal(abandonRun(w.deps, w.maker, runId, { note: 'Too late.' }))).code).toBe(
      'STALE_STATE',
    )
    expect(await faults()).toEqual([])
  })

  test('takes what is due once: two made at the same moment share nothing', async () => {
    const { w } = await twoPeople()
    const both = await Promise.allSettled([make(w), make(w, '2026-11-16', w.approver)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await w.deps.db.prisma.payment.count({ where: { providerId: w.provider.providerId } })).toBe(2)
  })

  test('is for days up to the one that was chosen, and none ahead', async () => {
    const { w } = await twoPeople()
    expect(await make(w, '2026-11-09')).toMatchObject({ lines: 1, total: 2_750 })
    for (const bad of ['2026-11-17', '2026-02-30', '', 'today'])
      expect((await refusal(make(w, bad))).code).toBe('INVALID')
    expect((await refusal(newRunPage(w.deps, w.maker, { council: null, until: '2026-13-01' }))).code).toBe(
      'INVALID',
    )
  })

  test('asks for the second step again before anything that cannot be taken back', async () => {
    const { w } = await twoPeople()
    const stale = { ...w.maker, secondStepFresh: false }
    const { runId } = await make(w)
    expect((await refusal(submitRun(w.deps, stale, runId))).code).toBe('SECOND_STEP')
    await submitRun(w.deps, w.maker, runId)
    expect((await refusal(approveRun(w.deps, { ...w.approver, secondStepFresh: false }, runId))).code).toBe(
      'SECOND_STEP',
    )
    await approveRun(w.deps, w.approver, runId)
    await takeRunFile(w.deps, w.maker, runId)
    expect((await refusal(markRunSent(w.deps, stale, runId))).code).toBe('SECOND_STEP')
    expect((await refusal(recordRestPaid(w.deps, stale, { runId, sure: true }))).code).toBe('SECOND_STEP')
  })

  test('does not exist for another council’s finance', async () => {
    const { w } = await twoPeople()
    const { runId } = await make(w)
    const elsewhere = await makeFinance(w.deps, await makeCouncil(w.deps), 'Finance elsewhere')
    for (const work of [
      () => make(w, '2026-11-16', elsewhere),
      () => runPage(w.deps, elsewhere, { runId, page: null, show: null }),
      () => submitRun(w.deps, elsewhere, runId),
      () => approveRun(w.deps, elsewhere, runId),
      () => takeRunFile(w.deps, elsewhere, runId),
      () => duePage(w.deps, elsewhere, { council: w.councilId, show: null, page: null }),
    ])
      expect((await refusal(work())).code).toBe('NOT_FOUND')
  })
})

describe('what cannot be paid', () => {
  test('is shown with why, and is in no run', async () => {
    const { w } = await twoPeople()
    const { prisma } = w.deps.db
    await prisma.planLine.updateMany({
      where: { allocationId: w.person.allocationIds[0] ?? '' },
      data: { costCode: null },
    })
    expect(await duePage(w.deps, w.maker, { council: null, show: 'blocked', page: null })).toMatchObject({
      rows: [{ blocks: ['order'], pence: 5_500 }],
      payable: { pence: 2_750 },
    })
    expect(await make(w)).toMatchObject({ lines: 1, total: 2_750 })
    await prisma.councilSupplier.deleteMany({ where: { councilId: w.councilId } })
    await prisma.payeeAccount.updateMany({
      where: { providerId: w.provider.providerId },
      data: { state: 'replaced' },
    })
    expect((await dueCsv(w.deps, w.maker, null)).csv).toContain('no supplier number; no order and no standing approval; no bank details that may be used') // prettier-ignore
    expect((await refusal(make(w))).publicMessage).toMatch(/Nothing of what you chose can be paid/)
  })

  test('is paid under the order for this provider, before a standing approval', async () => {
    const { w } = await twoPeople()
    const orderId = newId()
    await w.deps.db.prisma.councilOrder.create({
      data: {
        id: orderId, councilId: w.councilId, personId: w.person.personId, providerId: w.provider.providerId, allocationId: w.person.allocationIds[0] ?? '',
        categoryCode: 'help_at_home', state: 'placed', number: 'ORD-7', costCode: 'CC-7', caseReference: 'K7', startsOn: day('2026-11-10'), endsOn: day('2026-11-30'),
        askedAt: new Date(TEST_NOW), placedById: w.maker.userId, placedAt: new Date(TEST_NOW),
      },
    }) // prettier-ignore
    const { runId, lines } = await make(w)
    expect(lines).toBe(3)
    const page = await runPage(w.deps, w.maker, { runId, page: null, show: null })
    expect(page.lines.find(({ order }) => order === 'ORD-7')).toMatchObject({ costCode: 'CC-7', caseReference: 'K7', pence: 2_750 }) // prettier-ignore
    const ordered = await w.deps.db.prisma.payable.findMany({ where: { orderId } })
    expect(ordered.map(({ pence: amount }) => amount)).toEqual([2_750])
  })

  test('bank details that change after it was made stop the file; they are never paid into unasked', async () => {
    const { w } = await twoPeople()
    const { runId } = await make(w)
    await submitRun(w.deps, w.maker, runId)
    await approveRun(w.deps, w.approver, runId)
    await w.deps.db.prisma.payeeAccount.update({ where: { id: w.payeeId }, data: { state: 'replaced' } })
    await makePayee(w.deps, w.provider.providerId, { accountNumber: '87654321' })
    expect((await refusal(takeRunFile(w.deps, w.maker, runId))).publicMessage).toMatch(
      /Bank details have changed/,
    )
  })
})

/** Gives back part of a settled visit, as a refund's use case does. */
async function giveBack(w: CouncilWorld, visitId: string, amount: number) {
  const { prisma } = w.deps.db
  const visit = await prisma.visit.findUniqueOrThrow({ where: { id: visitId } })
  const allocationId = w.person.allocationIds[0] ?? ''
  const refundId = newId()
  const now = w.deps.clock.now()
  await w.deps.db.tx(async (tx) => {
    const [settled] = await house().asOwner<{ id: string }>('select id::text from ledger_journal where key = $1', [`settle:${visitId}`]) // prettier-ignore
    await tx.refund.create({
      data: { id: refundId, visitId, personId: visit.personId, providerId: visit.providerId, pence: amount, state: 'decided', reason: 'x', askedAt: new Date(TEST_NOW), decidedById: w.maker.userId, decidedAt: new Date(TEST_NOW) },
    }) // prettier-ignore
    await postJournals(tx, now, system('test'), [
      refund(`refund:${refundId}`, settled?.id ?? '', visit.providerId, [
        { allocationId, bookingId: visit.bookingId, visitId, amount: pence(amount), payer: { kind: 'council', id: w.councilId }, allocationEnded: false },
      ]),
    ]) // prettier-ignore
    await tx.payable.create({
      data: { id: newId(), visitId, refundId, bookingId: visit.bookingId, allocationId, personId: visit.personId, providerId: visit.providerId, payerKind: 'council', payerId: w.councilId, pence: -amount, onDay: day('2026-11-09'), createdAt: new Date(TEST_NOW) },
    }) // prettier-ignore
  })
}

describe('what comes back', () => {
  test('is set against what is due under the same order; more than that waits for more', async () => {
    const w = await makeCouncilWorld(house().deps)
    const [visitId = '', second = ''] = await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
    house().clock.set('2026-11-16T09:00:00Z')
    await giveBack(w, visitId, 2_000)
    const { lines, runId } = await sentRun(w)
    expect(lines.map((one) => one.pence)).toEqual([3_500])
    await recordRestPaid(w.deps, w.maker, { runId, sure: true })
    expect(await stateOf(w, runId)).toBe('finished')

    await giveBack(w, second, 2_750)
    expect(await duePage(w.deps, w.maker, { council: null, show: null, page: null })).toMatchObject({
      rows: [{ pence: -2_750, blocks: ['credit'] }],
    })
    expect((await refusal(make(w))).code).toBe('INVALID')
    expect(await faults()).toEqual([])
    house().clock.set('2026-11-16T10:00:00Z')
    await settledVisits(house(), w, ['2026-11-23'])
    // A debt of the same size: nothing moves, and both are done when the run is sent.
    house().clock.set('2026-11-24T10:00:00Z')
    const run = await makeRun(w.deps, w.maker, { councilId: w.councilId, untilDay: '2026-11-24', providerIds: [w.provider.providerId] }) // prettier-ignore
    await submitRun(w.deps, w.maker, run.runId)
    await approveRun(w.deps, w.approver, run.runId)
    const { csv } = await takeRunFile(w.deps, w.maker, run.runId)
    expect(csv.trim().split('\r\n')).toHaveLength(1)
    await markRunSent(w.deps, w.maker, run.runId)
    expect(await stateOf(w, run.runId)).toBe('finished')
    expect((await payables(w)).every(({ state }) => state === 'paid')).toBe(true)
    expect(await faults()).toEqual([])
  })
})

describe('results that cannot be right', () => {
  test('a payment marked twice, or before it was sent, is refused and changes nothing', async () => {
    const { w } = await twoPeople()
    const draft = await make(w, '2026-11-09')
    const { runId, lines } = await sentRun(w)
    const paymentId = lines[0]?.paymentId ?? ''
    const say = (outcome: string, failure = 'other') =>
      recordResult(w.deps, w.maker, { runId, paymentId, outcome, failure })
    expect((await refusal(recordRestPaid(w.deps, w.maker, { runId: draft.runId, sure: true }))).code).toBe(
      'STALE_STATE',
    )
    expect((await refusal(say('lost'))).details.fields).toHaveProperty('outcome')
    expect((await refusal(say('failed', 'because'))).details.fields).toHaveProperty('failure')
    await say('paid')
    for (const outcome of ['paid', 'failed']) expect((await refusal(say(outcome))).code).toBe('STALE_STATE')
    expect(
      (
        await refusal(
          recordResult(w.deps, w.maker, { runId, paymentId: newId(), outcome: 'paid', failure: '' }),
        )
      ).code,
    ).toBe('NOT_FOUND')
    await say('returned')
    expect((await payables(w)).filter(({ state }) => state === 'due').length).toBeGreaterThan(0)
    expect((await refusal(recordRestPaid(w.deps, w.maker, { runId, sure: false }))).code).toBe('INVALID')
    expect(await faults()).toEqual([])
  })

  test('a file with broken, doubled, unknown and contradicting lines records the rest and names them', async () => {
    const { w } = await twoPeople()
    const { runId, lines } = await sentRun(w)
    const [a, b] = lines.map(({ reference }) => reference)
    const text = `Reference,Result,Amount\n${a ?? ''},paid,"1,000,000.00"\nXXXX XXXX,paid,\n${a ?? ''},"paid,\n${b ?? ''},paid,\n${b ?? ''},paid,\n${a ?? ''}`
    const read = await recordResultFile(w.deps, w.maker, { runId, text })
    expect(read.recorded).toBe(1)
    expect(read.problems.map(({ line }) => line)).toEqual([2, 3, 4, 6, 7])
    for (const bad of ['', 'Payment;Amount\n1;2\n', 'Reference,Result\n', 'PK\u0000'])
      expect((await refusal(recordResultFile(w.deps, w.maker, { runId, text: bad }))).code).toBe('INVALID')
    expect(await faults()).toEqual([])
  })
})

describe('a remittance', () => {
  test('lists the visits of a payment for its provider, and does not exist for others', async () => {
    const { w } = await twoPeople()
    const draft = await make(w, '2026-11-09')
    const unsent =
      (await runPage(w.deps, w.maker, { runId: draft.runId, page: null, show: null })).lines[0]?.paymentId ??
      ''
    const { lines } = await sentRun(w)
    const paymentId = lines.find(({ pence: amount }) => amount === 2_750)?.paymentId ?? ''
    const page = await remittancePage(w.deps, w.provider.owner, paymentId)
    expect(page).toMatchObject({ pence: 2_750, state: 'sent', order: { supplier: w.supplierNumber } })
    expect(page.visits).toMatchObject([
      { time: '9am', minutes: 60, length: '1 hour', person: 'A. T.', pence: 2_750 },
    ])
    expect((await remittanceCsv(w.deps, w.provider.owner, paymentId)).csv).toMatch(
      /2026-11-1\d,09:00,60,A\. T\./,
    )
    expect(await remittancesPage(w.deps, w.provider.owner, { org: null, page: null })).toMatchObject({
      count: 2,
      onItsWay: 5_500,
    })
    const stranger = await makeProvider(w.deps)
    for (const work of [
      () => remittancePage(w.deps, stranger.owner, paymentId),
      () => remittancePage(w.deps, w.maker, paymentId),
      () => remittancePage(w.deps, w.provider.owner, unsent),
    ])
      expect((await refusal(work())).code).toBe('NOT_FOUND')
    expect((await refusal(remittancePage(w.deps, w.provider.worker, paymentId))).code).toBe('FORBIDDEN')
    expect((await refusal(remittancePage(w.deps, { kind: 'anonymous' }, paymentId))).code).toBe('SIGN_IN')
  })
})

describe('the columns of the file', () => {
  test('are the council’s own, in its order; nonsense is refused beside its line', async () => {
    const { w } = await twoPeople()
    const save = (columns: { column: string; field: string }[]) =>
      saveExportColumns(w.deps, w.maker, { councilId: w.councilId, columns })
    await save([
      { column: 'Betrag', field: 'gross' },
      { column: '', field: '' },
      { column: 'Our ref', field: 'reference' },
      { column: 'Sort', field: 'sort_code' },
    ])
    const { csv } = await sentRun(w)
    expect(csv.split('\r\n')[0]).toBe('\uFEFFBetrag,Our ref,Sort')
    expect(csv).toContain(',00-00-12')
    for (const [columns, field] of [
      [[{ column: '=A1', field: 'gross' }], 'column-0'],
      [[{ column: 'A', field: 'wages' }], 'field-0'],
      [[{ column: '', field: 'gross' }], 'column-0'],
      [
        [
          { column: 'A', field: 'gross' },
          { column: 'a', field: 'net' },
        ],
        'column-1',
      ],
      [[{ column: 'A', field: 'gross' }], 'field-0'],
      [[{ column: 'x'.repeat(41), field: 'gross' }], 'column-0'],
    ] as [{ column: string; field: string }[], string][])
      // prettier-ignore
      expect((await refusal(save(columns))).details.fields).toHaveProperty(field)
    await save([])
    expect(await exportColumnsPage(w.deps, w.maker, null)).toMatchObject({ own: false })
  })
})
