import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { quarterBefore, quarterOf } from '#services/hours-saved/hours.rules.ts'
import { compareLoose } from '#services/reconciliation/compare-bank.rules.ts'
import { otherAmounts } from '#services/reconciliation/compare-runs.rules.ts'
import type { Difference } from '#services/reconciliation/difference.rules.ts'
import type { Borough, CouncilSlug } from './borough.ts'
import { at, column, DAY, dayOf, HOUR, insertRows, type Kit } from './kit.ts'
import type { SeededPerson } from './people.ts'
import type { World } from './world.ts'

export interface ProofRows {
  openings: Prisma.AuditOpeningCreateManyInput[]
  imports: Prisma.BankImportCreateManyInput[]
  lines: Prisma.BankLineCreateManyInput[]
  items: Prisma.ReconciliationItemCreateManyInput[]
  hours: Prisma.HoursAnswerCreateManyInput[]
}

interface Made {
  borough: Borough
  world: World
  people: readonly SeededPerson[]
  /** Two of each council's finance. */
  finance: ReadonlyMap<string, readonly [string, string]>
}

const COUNCILS: readonly CouncilSlug[] = ['aldermere', 'thornhaugh']

/** What each council’s finance finds: who looked at a fund, what does not agree, and hours that people said. */
export function makeProof(kit: Kit, made: Made): ProofRows {
  const rows: ProofRows = { openings: [], imports: [], lines: [], items: [], hours: [] }
  for (const slug of COUNCILS) {
    const councilId = made.borough.councilId[slug]
    const [first = '', second = ''] = made.finance.get(councilId) ?? []
    lookAtOne(kit, made, rows, { councilId, by: first })
    bankLine(kit, rows, { councilId, by: first })
    otherResults(kit, made.world, rows, { councilId, first, second })
  }
  sayHours(kit, made, rows)
  return rows
}

/** The yearly look at the largest direct payment of somebody who signs in. */
function lookAtOne(kit: Kit, { world }: Made, rows: ProofRows, of: { councilId: string; by: string }): void {
  const ms = kit.nowMs - 19 * DAY
  const [fund] = world.allocations
    .filter(
      (one) =>
        one.code === 'social_care' &&
        one.person.councilId === of.councilId &&
        one.person.userId !== null &&
        one.endsMs > kit.nowMs &&
        one.knownMs < ms,
    ) // prettier-ignore
    .sort((a, b) => b.available - a.available || (a.id < b.id ? -1 : 1))
  if (!fund) return
  const id = kit.id(ms)
  rows.openings.push({
    id,
    allocationId: fund.id,
    personId: fund.person.id,
    councilId: of.councilId,
    openedById: of.by,
    purpose: 'yearly_look',
    words: 'Whether the visits that were paid for are in the plan.',
    openedAt: at(ms),
  })
  world.audits.push({
    id: kit.id(ms),
    at: at(ms),
    actorUserId: of.by,
    forPersonId: fund.person.id,
    authorityId: null,
    action: 'audit.opened',
    subjectType: 'allocation',
    subjectId: fund.id,
    facts: { openingId: id, purpose: 'yearly_look' },
  })
}

const item = (
  kit: Kit,
  foundMs: number,
  of: Difference,
  more: Partial<Prisma.ReconciliationItemCreateManyInput> = {},
): Prisma.ReconciliationItemCreateManyInput => ({
  id: kit.id(foundMs),
  ...of,
  state: 'open',
  ownerUserId: null,
  foundAt: at(foundMs),
  closedAt: null,
  closedById: null,
  note: '',
  ...more,
})

/** Somebody paid in without a reference, and nobody has said yet what it is. */
function bankLine(kit: Kit, rows: ProofRows, of: { councilId: string; by: string }): void {
  const broughtMs = kit.nowMs - 11 * DAY
  const importId = kit.id(broughtMs)
  const bookedOn = dayOf(broughtMs - 2 * DAY)
  const lineId = kit.id(broughtMs)
  const pence = 2_960
  rows.imports.push({
    id: importId,
    ownerKind: 'council',
    ownerId: of.councilId,
    fileName: 'income-account.csv',
    digest: `demo-${of.councilId}`,
    rows: 1,
    importedById: of.by,
    importedAt: at(broughtMs),
  })
  rows.lines.push({
    id: lineId,
    importId,
    ownerKind: 'council',
    ownerId: of.councilId,
    bookedOn: column(bookedOn),
    description: 'FASTER PAYMENT MUM CARE',
    pence,
    fingerprint: `demo-${lineId}`,
    state: 'unmatched',
  })
  for (const one of compareLoose([
    {
      lineId,
      councilId: of.councilId,
      providerId: null,
      bookedOn,
      pence,
      account: 'council',
      suggested: false,
    },
  ]))
    rows.items.push(item(kit, kit.nowMs - 3 * DAY - 5 * HOUR, one))
}

/** A bank kept 20p of one payment, and of an earlier one, which is explained. */
function otherResults(
  kit: Kit,
  { paying }: World,
  rows: ProofRows,
  of: { councilId: string; first: string; second: string },
): void {
  const ended = paying.payments
    .filter((one) => one.payerId === of.councilId && one.method === 'payment_run' && one.state === 'confirmed' && one.pence > 1_000)
    .sort((a, b) => (b.endedAt as Date).getTime() - (a.endedAt as Date).getTime()) // prettier-ignore
  const late = ended.find((one) => (one.endedAt as Date).getTime() < kit.nowMs - 9 * DAY)
  const old = ended.find((one) => (one.endedAt as Date).getTime() < kit.nowMs - 40 * DAY)
  for (const payment of [late, old]) {
    if (!payment?.id) continue
    const foundMs = (payment.endedAt as Date).getTime()
    const run = paying.runs.find(({ id }) => id === payment.runId)
    const found = otherAmounts([
      {
        paymentId: payment.id,
        councilId: of.councilId,
        providerId: payment.providerId,
        runNumber: run?.number ?? 0,
        pence: payment.pence,
        said: payment.pence - 20,
      },
    ])
    for (const one of found)
      rows.items.push(
        item(
          kit,
          foundMs,
          one,
          payment === late
            ? { ownerUserId: of.second }
            : {
                state: 'explained',
                ownerUserId: of.first,
                closedAt: at(foundMs + 2 * DAY),
                closedById: of.first,
                note: 'The bank took 20p of its own for a payment by hand. It has sent it on since.',
              },
        ),
      )
  }
}

/** Most people with a direct payment said their hours in the last three quarters; of this one few have been asked yet. */
function sayHours(kit: Kit, { world, people }: Made, rows: ProofRows): void {
  const paid = new Set(
    world.allocations.filter(({ payer }) => payer.kind === 'person').map(({ person }) => person.id),
  )
  const quarters = [quarterBefore(quarterOf(kit.today))]
  while (quarters.length < 3) quarters.unshift(quarterBefore(quarters[0] ?? kit.today))
  for (const quarter of quarters)
    for (const person of people) {
      if (!paid.has(person.id) || !kit.rng.chance(0.7)) continue
      const ms = Math.min(
        kit.nowMs,
        Date.parse(`${quarter.toString()}T12:00:00Z`) + kit.rng.int(60, 88) * DAY,
      )
      if (person.sinceMs > ms) continue
      rows.hours.push({
        id: kit.id(ms),
        personId: person.id,
        quarter: column(quarter),
        // One in ten would rather not say.
        minutes: kit.rng.chance(0.1) ? null : kit.rng.int(2, 30) * 30,
        answeredAt: at(ms),
      })
    }
}

export async function writeProof(tx: Tx, rows: ProofRows): Promise<void> {
  await insertRows(tx, 'audit_opening', rows.openings)
  await insertRows(tx, 'bank_import', rows.imports)
  await insertRows(tx, 'bank_line', rows.lines)
  await insertRows(tx, 'reconciliation_item', rows.items)
  await insertRows(tx, 'hours_answer', rows.hours)
}
