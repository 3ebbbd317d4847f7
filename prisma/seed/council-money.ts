import type { Prisma } from '#services/db/generated/client.ts'
import { Temporal } from '#services/kernel/time.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import type { Borough } from './borough.ts'
import type { BudgetRows, SeededAllocation } from './budgets.ts'
import { at, column, DAY, dayOf, HOUR, type Kit } from './kit.ts'
import type { SeededProvider } from './providers.ts'
import type { PlayedVisit, World } from './world.ts'

/** What a council needs before it may pay, and what its finance finds to do: as the use cases would have left it. */
export interface CouncilMoneyRows {
  suppliers: Prisma.CouncilSupplierCreateManyInput[]
  payees: Prisma.PayeeAccountCreateManyInput[]
  orders: Prisma.CouncilOrderCreateManyInput[]
  runLines: Prisma.RunLineCreateManyInput[]
  imports: Prisma.MonitoringImportCreateManyInput[]
  monitoring: Prisma.MonitoringLineCreateManyInput[]
}

interface Code {
  order: string
  costCode: string
  caseReference: string
}
const isCouncil = (allocation: SeededAllocation): boolean => allocation.payer.kind === 'council'

/** Adds to the world: runs that wait, and notices; changes the plan lines of adviser-held funds into standing approvals. */
export function makeCouncilMoney(
  kit: Kit,
  world: World,
  budgets: BudgetRows,
  borough: Borough,
): CouncilMoneyRows {
  const rows: CouncilMoneyRows = { suppliers: [], payees: [], orders: [], runLines: [], imports: [], monitoring: [] } // prettier-ignore
  const visits = world.bookings.flatMap((booking) => booking.visits)
  const since = kit.nowMs - 400 * DAY
  standingForAdvisers(kit, world, budgets)
  const paid = new Map<string, SeededProvider>()
  const supplierOf = new Map<string, string>()
  for (const visit of visits)
    for (const { allocation } of visit.funding) {
      const { provider } = visit.booking.service
      const key = `${allocation.payer.id}:${provider.id}`
      if (!isCouncil(allocation) || supplierOf.has(key)) continue
      const number = String(100_200 + supplierOf.size * 7)
      supplierOf.set(key, number)
      paid.set(provider.id, provider)
      rows.suppliers.push({
        councilId: allocation.payer.id,
        providerId: provider.id,
        number,
        createdAt: at(since),
      })
    }
  const payeeOf = makePayees(kit, world, rows, [...paid.values()], since)
  const codeOf = makeOrders(kit, world, rows, budgets, visits)
  askedFor(kit, world, rows)
  waitForApproval(kit, world, borough)
  keepLines(world, rows, supplierOf, payeeOf, codeOf)
  longerThanBooked(kit, world, rows, visits)
  return rows
}

function standingForAdvisers(kit: Kit, world: World, budgets: BudgetRows): void {
  const held = new Set(world.allocations.filter((one) => one.held === 'adviser_held').map(({ id }) => id))
  for (const line of budgets.planLine) {
    if (!held.has(line.allocationId) || !line.approvedAt) continue
    const number = String(kit.rng.int(10_000, 99_999))
    Object.assign(line, {
      orderNumber: `PO-${number}`,
      costCode: `ASC-${String(kit.rng.int(100, 999))}`,
      caseReference: `C${number}`,
    })
  }
}

/** Sort codes that no bank has. One provider has asked for another account, and waits for the call back. */
function makePayees(
  kit: Kit,
  world: World,
  rows: CouncilMoneyRows,
  providers: readonly SeededProvider[],
  since: number,
): Map<string, string> {
  const active = new Map<string, string>()
  const account = (provider: SeededProvider, state: 'active' | 'proposed', ms: number): string => {
    const id = kit.id(ms)
    const settled = state === 'active'
    rows.payees.push({
      id,
      providerId: provider.id,
      state,
      accountName: provider.seed.name,
      sortCode: `0000${String(kit.rng.int(10, 99))}`,
      accountNumber: String(kit.rng.int(10_000_000, 99_999_999)),
      payeeCheck: settled ? 'match' : 'not_asked',
      checkedAt: settled ? at(ms + DAY) : null,
      calledBackAt: settled ? at(ms + DAY) : null,
      callBackNote: settled ? 'Rang the office on the number from the contract; they read it out.' : '',
      proposedById: provider.memberIds[0] ?? '',
      proposedAt: at(ms),
      usableFrom: settled ? at(ms + 6 * DAY) : null,
    })
    return id
  }
  for (const provider of providers) active.set(provider.id, account(provider, 'active', since - 10 * DAY))
  const changing = providers.find(({ seed }) => seed.slug === 'lantern-living') ?? providers[0]
  if (changing) {
    const id = account(changing, 'proposed', kit.nowMs - 20 * HOUR)
    const councils = rows.suppliers.filter(({ providerId }) => providerId === changing.id)
    for (const { councilId } of councils)
      world.notices.push(
        notice(
          kit,
          kit.nowMs - 20 * HOUR,
          { councilId },
          {
            kind: 'money.payee_proposed',
            title: `${changing.seed.name} asks to be paid into another account`,
            body: 'Ask the bank whether the name fits, and ring them on the number that you know from before.',
            path: `/council/money/payees/${id}`,
            subjectId: id,
          },
        ),
      )
  }
  return active
}

const notice = (
  kit: Kit,
  ms: number,
  to: { councilId: string },
  words: { kind: string; title: string; body: string; path: string; subjectId: string },
): Prisma.NoticeCreateManyInput => ({
  id: kit.id(ms),
  personId: null,
  userId: null,
  providerId: null,
  ...to,
  ...words,
  createdAt: at(ms),
  arrivedAt: at(ms + 45_000),
  readAt: null,
})

/** What is bought without a standing approval has an order of its own; both say under which codes a visit is paid. */
function makeOrders(
  kit: Kit,
  world: World,
  rows: CouncilMoneyRows,
  budgets: BudgetRows,
  visits: readonly PlayedVisit[],
): Map<string, Code> {
  const standing = new Map<string, Code>()
  for (const line of budgets.planLine)
    if (line.orderNumber && line.costCode && line.caseReference)
      standing.set(`${line.allocationId}:${line.categoryCode}`, {
        order: line.orderNumber,
        costCode: line.costCode,
        caseReference: line.caseReference,
      })
  const orders = new Map<string, Code>()
  const codeOf = new Map<string, Code>()
  for (const visit of visits)
    for (const allocation of new Set(visit.funding.map((one) => one.allocation))) {
      if (!isCouncil(allocation)) continue
      const categories = visit.funding
        .filter((one) => one.allocation === allocation)
        .flatMap((one) => visit.quote[one.line]?.category ?? [])
      const code = categories.flatMap((category) => standing.get(`${allocation.id}:${category}`) ?? [])[0]
      const { provider } = visit.booking.service
      const category = categories[0] ?? visit.booking.row.categoryCode
      const key = `${allocation.id}:${provider.id}:${category}`
      if (!code && !orders.has(key)) {
        const number = String(kit.rng.int(10_000, 99_999))
        const ordered = { order: `ORD-${String(4_000 + orders.size)}`, costCode: `ASC-${String(kit.rng.int(100, 999))}`, caseReference: `C${number}` } // prettier-ignore
        orders.set(key, ordered)
        rows.orders.push({
          id: kit.id(allocation.knownMs),
          councilId: allocation.payer.id,
          personId: allocation.person.id,
          providerId: provider.id,
          allocationId: allocation.id,
          categoryCode: category,
          state: 'placed',
          number: ordered.order,
          costCode: ordered.costCode,
          caseReference: ordered.caseReference,
          startsOn: column(Temporal.PlainDate.from(allocation.startsOn)),
          endsOn: column(Temporal.PlainDate.from(allocation.endsOn)),
          reason: 'Agreed when the plan was made.',
          askedById: null,
          askedAt: at(allocation.knownMs),
          placedById: world.paying.finance.get(allocation.payer.id)?.[0] ?? null,
          placedAt: at(allocation.knownMs + 2 * DAY),
        })
      }
      const found = code ?? orders.get(key)
      if (found) codeOf.set(`${visit.row.id ?? ''}:${allocation.id}`, found)
    }
  return codeOf
}

/** Somebody wants what their plan does not give yet: finance answers. */
function askedFor(kit: Kit, world: World, rows: CouncilMoneyRows): void {
  const ms = kit.nowMs - 26 * HOUR
  const allocation = world.allocations.findLast(
    (one) => one.person.seed.name === 'Halima Yusuf' && one.held === 'council_managed',
  )
  const provider = world.bookings.find(
    ({ service }) => service.slug === 'a-hand-at-home-and-out-lantern-living',
  )?.service.provider
  if (!allocation || !provider) return
  const id = kit.id(ms)
  rows.orders.push({
    id,
    councilId: allocation.payer.id,
    personId: allocation.person.id,
    providerId: provider.id,
    allocationId: allocation.id,
    categoryCode: 'getting_out',
    state: 'asked',
    number: null,
    costCode: null,
    caseReference: null,
    startsOn: column(kit.today),
    endsOn: column(Temporal.PlainDate.from(allocation.endsOn)),
    reason: 'I would like to go to the women’s group on Thursdays, and cannot get there alone.',
    askedById: allocation.person.userId,
    askedAt: at(ms),
    placedById: null,
    placedAt: null,
  })
  world.notices.push(
    notice(
      kit,
      ms,
      { councilId: allocation.payer.id },
      {
        kind: 'money.order_asked',
        title: 'An order is asked for',
        body: `Getting out and about from ${provider.seed.name}. It cannot be booked before you have answered.`,
        path: `/council/money/orders/${id}`,
        subjectId: id,
      },
    ),
  )
}

/** A run that one of Aldermere's finance has made, and another one has to approve; what it leaves is due. */
function waitForApproval(kit: Kit, world: World, borough: Borough): void {
  const { paying } = world
  const councilId = borough.councilId.aldermere
  const groups = [...paying.waiting.values()]
    .filter(({ allocation }) => allocation.payer.id === councilId)
    .filter(({ payables }) => payables.reduce((sum, one) => sum + one.pence, 0) > 0)
    .filter((_, index) => index % 3 === 0)
  if (groups.length === 0) return
  const ms = kit.nowMs - 2 * HOUR
  const runId = kit.id(ms)
  paying.runs.push({
    id: runId,
    councilId,
    number: 1 + paying.runs.filter((one) => one.councilId === councilId).length,
    state: 'submitted',
    untilDay: column(dayOf(ms)),
    madeById: paying.finance.get(councilId)?.[0] ?? '',
    madeAt: at(ms),
    submittedAt: at(ms + HOUR / 4),
    approvedById: null,
    approvedAt: null,
    fileTakenAt: null,
    fileTakenById: null,
    sentById: null,
    sentAt: null,
    endedAt: null,
  })
  for (const { allocation, payables } of groups) {
    const id = kit.id(ms)
    paying.payments.push({
      id,
      reference: paymentReference(id),
      payerKind: 'council',
      payerId: councilId,
      providerId: payables[0]?.providerId ?? '',
      personId: allocation.person.id,
      pence: payables.reduce((sum, one) => sum + one.pence, 0),
      method: 'payment_run',
      state: 'started',
      runId,
      failure: null,
      startedAt: at(ms),
      sentAt: null,
      endedAt: null,
    })
    for (const payable of payables) {
      paying.lines.push({ paymentId: id, payableId: payable.id ?? '', pence: payable.pence })
      Object.assign(payable, { state: 'in_payment', paymentId: id })
    }
  }
}

/** What each payment of a run was made with. */
function keepLines(
  world: World,
  rows: CouncilMoneyRows,
  supplierOf: ReadonlyMap<string, string>,
  payeeOf: ReadonlyMap<string, string>,
  codeOf: ReadonlyMap<string, Code>,
): void {
  const payables = new Map(world.paying.payables.map((one) => [one.id ?? '', one]))
  const firstOf = new Map<string, string>()
  for (const { paymentId, payableId } of world.paying.lines)
    if (!firstOf.has(paymentId)) firstOf.set(paymentId, payableId)
  const positions = new Map<string, number>()
  for (const { id, runId, payerId, providerId } of world.paying.payments) {
    const payable = payables.get(firstOf.get(id ?? '') ?? '')
    const code = codeOf.get(`${payable?.visitId ?? ''}:${payable?.allocationId ?? ''}`)
    const supplierNumber = supplierOf.get(`${payerId}:${providerId}`)
    if (!runId || !code || !supplierNumber) continue
    const position = (positions.get(runId) ?? 0) + 1
    positions.set(runId, position)
    rows.runLines.push({
      paymentId: id ?? '',
      runId,
      position,
      supplierNumber,
      orderNumber: code.order,
      costCode: code.costCode,
      caseReference: code.caseReference,
      payeeId: payeeOf.get(providerId) ?? null,
    })
  }
}

/** One visit was longer than booked, by the provider's word and by the council's record: somebody decides what is paid. */
function longerThanBooked(
  kit: Kit,
  world: World,
  rows: CouncilMoneyRows,
  visits: readonly PlayedVisit[],
): void {
  const fits = ({ row, booking, funding }: PlayedVisit): boolean =>
    row.state === 'delivered' &&
    booking.service.terms.unit === 'hour' &&
    booking.service.terms.chargingBasis === 'actual_minutes' &&
    funding.length > 0 &&
    funding.every(({ allocation }) => isCouncil(allocation))
  const found = visits.filter(fits)
  const visit = found.findLast(({ booking }) => booking.person.council === 'aldermere') ?? found.at(-1)
  if (!visit) return
  const minutes = visit.row.minutes + 30
  visit.row.actualMinutes = minutes
  const { councilId } = visit.booking.person
  const ms = kit.nowMs - HOUR
  const importId = kit.id(ms)
  rows.imports.push({
    id: importId,
    councilId,
    fileName: 'call-monitoring.csv',
    digest: importId.replaceAll('-', ''),
    rows: 1,
    importedById: world.paying.finance.get(councilId)?.[0] ?? null,
    importedAt: at(ms),
  })
  rows.monitoring.push({ id: kit.id(ms), importId, visitId: visit.row.id ?? '', minutes, state: 'waits' })
}
