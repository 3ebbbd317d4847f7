import { beforeEach, describe, expect, test } from 'vitest'
import { auditListPage } from '#services/audit-packs/audit-list.server.ts'
import { beforeOpeningPage, openPack } from '#services/audit-packs/open-pack.server.ts'
import { councilPackFile, packInvoice, personPackFile } from '#services/audit-packs/pack-files.server.ts'
import { councilPackPage, personPackPage, personPacksPage } from '#services/audit-packs/pack-page.server.ts'
import { issueNow } from '#services/invoicing/issue-invoices.server.ts'
import { ANONYMOUS, type Actor, type StaffRole } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { recordPaid } from '#services/purchases/pay-purchase.server.ts'
import { giveEvidence } from '#services/purchases/evidence.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { makeBilling } from '#tests/factories/billing.ts'
import { type BookingWorld, ask, makeBookingWorld } from '#tests/factories/bookings.ts'
import { png } from '#tests/factories/papers.ts'
import { actingFor, makeBuyer, makeBuyersCouncil, ordered } from '#tests/factories/purchases.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})

const NO_PERIOD = { month: null, from: null, until: null }
const staffOf = async (councilId: string, role: StaffRole = 'finance', name = 'Gill Maker') =>
  userActor(await makeUser(house().deps, name), { staff: [{ councilId, roles: [role] }] })
const why = (w: BookingWorld) => ({
  allocationId: w.person.allocationIds[0] ?? '',
  purpose: 'sample',
  words: 'Whether what was paid was delivered.',
})

/** £480.00, two visits of £27.50 that are billed to the person and paid, and one that is set aside for. */
async function spent() {
  const { deps } = house()
  house().clock.set(TEST_NOW)
  const w = await makeBookingWorld(deps)
  await makeBilling(deps, w.provider.providerId)
  const visitIds = await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
  const [invoice] = await issueNow(deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
  await payVisits(deps, visitIds)
  await ask(w, '2026-12-07')
  const finance = await staffOf(w.councilId)
  return { w, finance, invoiceId: invoice?.id ?? '', allocationId: w.person.allocationIds[0] ?? '' }
}
type Spent = Awaited<ReturnType<typeof spent>>
const open = async ({ w, finance, allocationId }: Spent, actor: Actor = finance) => ({
  allocationId,
  openingId: await openPack(w.deps, actor, why(w)),
})

describe('a pack', () => {
  test('goes from grant to spend, adds up, and leads to its papers', async () => {
    const made = await spent()
    const page = await councilPackPage(made.w.deps, made.finance, await open(made), NO_PERIOD)
    expect(page.sums).toEqual({
      opening: 0, in: 48_000, out: 5_500, closing: 42_500, setAside: 2_750, kept: 0, left: 39_750,
    }) // prettier-ignore
    expect(page.addsUp).toBe(true)
    const lines = page.tables.find(({ id }) => id === 'lines')
    expect(lines?.rows.map(({ cells }) => cells.slice(2, 4))).toEqual([
      [null, 48_000],
      [2_750, null],
      [2_750, null],
    ])
    expect(lines?.foot?.slice(2, 4)).toEqual([5_500, 48_000])
    // Each visit leads to its invoice and names its payment.
    for (const row of lines?.rows.slice(1) ?? []) {
      expect(row.documents).toEqual([{ kind: 'invoice', id: made.invoiceId, label: 'Invoice TST-0001' }])
      expect(row.cells[5]).toMatch(/^[A-Z2-9]{4} [A-Z2-9]{4}$/)
    }
    const table = (id: string) => page.tables.find((one) => one.id === id)?.rows.map(({ cells }) => cells)
    expect(table('invoices')).toEqual([[ 'TST-0001', 'A provider', 'Ada Test', expect.any(String), 'Paid', 5_500, 5_500 ]]) // prettier-ignore
    expect(table('payments')?.map((cells) => cells.slice(4))).toEqual([
      ['Arrived', 2_750, 2_750],
      ['Arrived', 2_750, 2_750],
    ])
    expect(page.missing.rows).toEqual([])
    expect(
      await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
    ).toEqual([])
  })

  test('over some days begins with what was there and ends with what is left', async () => {
    const made = await spent()
    const page = await councilPackPage(made.w.deps, made.finance, await open(made), {
      month: null, from: '2026-11-10', until: '2026-11-10',
    }) // prettier-ignore
    expect(page.sums).toMatchObject({ opening: 48_000, in: 0, out: 5_500, closing: 42_500 })
    expect(page.addsUp).toBe(true)
    await expect(
      personPackPage(made.w.deps, made.w.person.actor, made.allocationId, {
        month: null, from: '2026-11-10', until: '2026-11-09',
      }), // prettier-ignore
    ).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('is the same for the person, in one press, as for the council, and says that the council looked', async () => {
    const made = await spent()
    const { deps } = made.w
    expect((await personPacksPage(deps, made.w.person.actor)).funds).toMatchObject([{ looks: 0 }])
    const opened = await open(made)
    const council = await councilPackPage(deps, made.finance, opened, NO_PERIOD)
    const person = await personPackPage(deps, made.w.person.actor, made.allocationId, NO_PERIOD)
    expect(person.tables).toEqual(council.tables)
    expect(person.sums).toEqual(council.sums)
    expect(person.openings).toMatchObject([
      {
        by: 'Gill Maker',
        purpose: 'It is in a sample that was drawn',
        words: 'Whether what was paid was delivered.',
      },
    ])
    expect((await personPacksPage(deps, made.w.person.actor)).funds).toMatchObject([{ looks: 1 }])
    for (const kind of ['csv', 'pdf', 'zip'] as const) {
      const ours = await councilPackFile(deps, made.finance, opened, NO_PERIOD, kind)
      const theirs = await personPackFile(deps, made.w.person.actor, made.allocationId, NO_PERIOD, kind)
      expect(theirs.filename).toBe(ours.filename)
      expect(theirs.filename).not.toMatch(/ada/i)
      expect(theirs.bytes.equals(ours.bytes)).toBe(true)
    }
  })

  test('as one file holds the paper, the lines, and each invoice', async () => {
    const made = await spent()
    const { bytes } = await personPackFile(
      made.w.deps,
      made.w.person.actor,
      made.allocationId,
      NO_PERIOD,
      'zip',
    )
    for (const name of ['pack.pdf', 'lines.csv', 'documents.csv', 'payments.csv', 'invoices/TST-0001.pdf'])
      expect(bytes.includes(Buffer.from(name)), name).toBe(true)
    const { bytes: csv } = await personPackFile(
      made.w.deps,
      made.w.person.actor,
      made.allocationId,
      NO_PERIOD,
      'csv',
    )
    const rows = csv.toString('utf8').trimEnd().split('\r\n')
    expect(rows).toHaveLength(6)
    expect(rows[1]).toContain('In the fund before the first day')
    expect(rows[5]).toContain('425.00')
  })

  test('of a fund that the person pays into holds both sides; what is paid in has no pack of its own', async () => {
    const { deps } = house()
    const w = await makeBookingWorld(deps, {
      funds: [{ pence: 42_000 }, { pence: 6_000, kind: 'contribution', name: 'Paid in' }],
    })
    const [fund = '', payIn = ''] = w.person.allocationIds
    await deps.db.prisma.allocation.update({ where: { id: payIn }, data: { towardsId: fund } })
    const page = await personPackPage(deps, w.person.actor, fund, NO_PERIOD)
    expect(page.sums).toMatchObject({ in: 48_000, closing: 48_000 })
    expect(page.addsUp).toBe(true)
    await expect(personPackPage(deps, w.person.actor, payIn, NO_PERIOD)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await personPacksPage(deps, w.person.actor)).funds).toHaveLength(1)
  })
})

describe('receipts', () => {
  test('are asked for only where the scheme says so and only for what was bought outside Kith', async () => {
    const { deps } = house()
    const council = await makeBuyersCouncil(deps)
    const person = await makeBuyer(deps, council.councilId, [
      { pence: 100_000, receiptsOver: 5_000, allowed: [] },
    ])
    const [allocationId = ''] = person.allocationIds
    const bought = async (price: string) => {
      const purchaseId = await ordered(deps, council, person, { price })
      await recordPaid(deps, person.actor, {
        personId: person.personId, purchaseId, price, paidOn: '2026-11-02',
      }) // prettier-ignore
      return purchaseId
    }
    const large = await bought('389.00')
    await bought('30.00')
    const before = await personPackPage(deps, person.actor, allocationId, NO_PERIOD)
    expect(before.missing.rows.map(({ pence }) => pence)).toEqual([38_900])
    expect(before.missing.words).toContain('One receipt is missing, for £389.00.')
    await giveEvidence(deps, person.actor, {
      personId: person.personId, purchaseId: large, file: { name: 'bill.png', bytes: png() },
    }) // prettier-ignore
    const after = await personPackPage(deps, person.actor, allocationId, NO_PERIOD)
    expect(after.missing.rows).toEqual([])
    const { bytes } = await personPackFile(deps, person.actor, allocationId, NO_PERIOD, 'zip')
    expect(bytes.includes(Buffer.from('receipts/1-bill.png'))).toBe(true)
  })
})

describe('opening it', () => {
  test('asks for a purpose, and writes down who, when and why for good', async () => {
    const made = await spent()
    const { w, finance } = made
    const page = await beforeOpeningPage(w.deps, finance, made.allocationId)
    expect(page).toMatchObject({ person: 'Ada Test', fund: 'Social care budget' })
    expect(JSON.stringify(page)).not.toMatch(/480|sums/)
    for (const wrong of [{ purpose: '' }, { purpose: 'curious' }, { words: ' ' }])
      await expect(openPack(w.deps, finance, { ...why(w), ...wrong })).rejects.toThrow()
    expect(await w.deps.db.prisma.auditOpening.count({ where: { allocationId: made.allocationId } })).toBe(0)
    const { openingId } = await open(made)
    const kept = await w.deps.db.prisma.auditEvent.findMany({
      where: { subjectId: made.allocationId, action: 'audit.opened' },
    })
    expect(kept).toMatchObject([
      {
        actorUserId: finance.userId,
        forPersonId: w.person.personId,
        facts: { openingId, purpose: 'sample' },
      },
    ])
    await expect(
      w.deps.db.prisma.auditOpening.update({ where: { id: openingId }, data: { words: 'Other.' } }),
    ).rejects.toThrow()
    await councilPackFile(w.deps, finance, { allocationId: made.allocationId, openingId }, NO_PERIOD, 'pdf')
    expect(
      await w.deps.db.prisma.auditEvent.count({
        where: { subjectId: made.allocationId, action: 'audit.taken' },
      }),
    ).toBe(1)
  })

  test('opens it for the one who said why, for that fund, and until the end of the day at work', async () => {
    const made = await spent()
    const other = await spent()
    const { deps } = made.w
    const colleague = await staffOf(made.w.councilId)
    const at = await open(made)
    const see = (actor: Actor, where = at) => councilPackPage(deps, actor, where, NO_PERIOD)
    await expect(see(colleague)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const openingId of [newId(), 'none'])
      await expect(see(made.finance, { ...at, openingId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // The same staff at both councils: the purpose is still of one fund.
    const both = { ...made.finance, staff: [...made.finance.staff, ...other.finance.staff] }
    await expect(see(both, { ...at, allocationId: other.allocationId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(
      packInvoice(deps, made.finance, { ...at, invoiceId: other.invoiceId }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await packInvoice(deps, made.finance, { ...at, invoiceId: made.invoiceId })).filename).toBe(
      'TST-0001.pdf',
    )
    house().clock.advance({ hours: 8 })
    await expect(see(made.finance)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await expect(packInvoice(deps, made.finance, { ...at, invoiceId: made.invoiceId })).rejects.toMatchObject(
      {
        code: 'STALE_STATE',
      },
    )
  })

  test('is for finance of the person’s council alone', async () => {
    const made = await spent()
    const { w, allocationId } = made
    const elsewhere = await staffOf(await makeCouncil(w.deps))
    const roles = ['adviser', 'commissioner', 'safeguarding', 'council_admin'] as const
    const strangers: Actor[] = [elsewhere, w.provider.owner, w.person.actor]
    for (const role of roles) strangers.push(await staffOf(w.councilId, role))
    strangers.push({ ...made.finance, secondStep: false })
    for (const actor of strangers) {
      await expect(beforeOpeningPage(w.deps, actor, allocationId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(openPack(w.deps, actor, why(w))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(openPack(w.deps, ANONYMOUS, why(w))).rejects.toMatchObject({ code: 'SIGN_IN' })
    await expect(auditListPage(w.deps, w.person.actor, { search: '', page: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await auditListPage(w.deps, elsewhere, { search: 'Ada', page: 1 })).total).toBe(0)
  })
})

describe('the person’s own', () => {
  test('is for them and for supporters who may see their money', async () => {
    const { w, allocationId } = await spent()
    const supporter = userActor(await makeUser(w.deps))
    const acting = (scopes: Parameters<typeof actingFor>[2]) =>
      actingFor(supporter, w.person, scopes, newId())
    const see = (actor: Actor) => personPackPage(w.deps, actor, allocationId, NO_PERIOD)
    expect((await see(acting(['see_money']))).self).toBe(false)
    await expect(see(acting(['see_plan', 'book']))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const stranger = await makeBookingWorld(w.deps)
    for (const actor of [stranger.person.actor, w.provider.owner, supporter])
      await expect(see(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(see(ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})

test('funds are found by a part of a name or by a case reference', async () => {
  const { deps } = house()
  const w = await makeBookingWorld(deps, {
    funds: [{ pence: 48_000, planCategory: 'help_at_home', approved: true }],
  })
  await deps.db.prisma.person.update({ where: { id: w.person.personId }, data: { name: 'Zenobia Quill' } })
  await deps.db.prisma.planLine.updateMany({
    where: { allocationId: { in: w.person.allocationIds } },
    data: { caseReference: 'C77001' },
  })
  const finance = await staffOf(w.councilId)
  for (const search of ['zenobia', 'QUILL', 'c77001', ''])
    expect((await auditListPage(deps, finance, { search, page: 1 })).funds, search).toMatchObject([
      { person: 'Zenobia Quill', looked: null },
    ])
  for (const search of ['C770', '%', 'nobody'])
    expect((await auditListPage(deps, finance, { search, page: 1 })).total, search).toBe(0)
})
